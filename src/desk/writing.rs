//! Writing: start an item, save a revision, bring old words back. Saving never overwrites.

use super::publishing::{found, once};
use super::{Done, Failure, checklist};
use crate::accounts::{PersonId, Roles, Writer};
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::files::MOST_FILES;
use crate::newsroom::slug::Slug;
use crate::newsroom::{ItemId, Move, Refusal, Revision, RevisionId, SubjectFamily, Wording, moves};
use crate::prose::markdown;
use crate::storage::autosaves::Place;
use crate::storage::items::NewRevision;
use crate::storage::journal::{self, Entry};
use crate::storage::{
    ReadTx, StorageError, WriteTx, autosaves, files, forms, images, items, subjects,
};

/// Which form is sent when. The clock is asked inside the transaction: whoever waits in line
/// decides about what has become of the room by then.
pub struct Sent<'a> {
    pub form_key: &'a str,
    pub now: Instant,
}

/// What came of a save.
#[derive(Debug)]
pub enum Saved {
    /// A new revision, or none where nothing had changed.
    Revision(RevisionId),
    /// Somebody saved in between: nothing was stored, and these are the two texts to merge.
    Conflict {
        theirs: Box<Revision>,
        base: Option<Box<Revision>>,
    },
}

/// The item that this form saved already with other words, and that revision.
pub fn saved_before(
    tx: &mut ReadTx<'_>,
    form_key: &str,
) -> Result<Option<(ItemId, RevisionId)>, StorageError> {
    let answer = forms::answer_of_key(tx, form_key)?;
    let numbers = answer.as_deref().and_then(|answer| answer.split_once(' '));
    Ok(numbers.and_then(|(item, revision)| Some((item.parse().ok()?, revision.parse().ok()?))))
}

/// Starts an item with its first revision. A form that started one already and comes with other
/// words changes that one.
pub fn start(
    tx: &mut WriteTx<'_>,
    uid: &str,
    wording: Wording,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<ItemId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    if let Some((item, shown)) = saved_before(tx, sent.form_key)? {
        return match save(tx, (item, shown), wording, sent, writer)? {
            Done::Now(Saved::Revision(_)) => Ok(Done::Now(item)),
            Done::Now(Saved::Conflict { .. }) => Err(Refusal::MovedOn.into()),
            Done::Before(answer) => Ok(Done::Before(answer)),
        };
    }
    let item = items::start(tx, uid, writer.id(), sent.now)?;
    let wording = settled(tx, item, wording)?;
    let revision = add(tx, item, wording, writer.id(), sent.now)?;
    journal::note(
        tx,
        Some(writer.id()),
        &Entry::of_item("started", item, ""),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, &format!("{item} {revision}"), sent.now)?;
    let form_key = forms::key_alone(sent.form_key).to_owned();
    autosaves::forget(tx, writer.id(), &Place::New(form_key))?;
    Ok(Done::Now(item))
}

/// Saves a wording as the item's newest revision, if the person saw the newest one.
pub fn save(
    tx: &mut WriteTx<'_>,
    (item, shown): (ItemId, RevisionId),
    wording: Wording,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<Saved>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let shown = match saved_before(tx, sent.form_key)? {
        // Whoever pressed twice and wrote on in between has seen their own words.
        Some((known, revision)) if known == item => revision,
        Some(_) | None => shown,
    };
    let head = items::head(tx, item)?.ok_or(Refusal::NoSuchItem)?;
    let wording = settled(tx, item, wording)?;
    // Read anew on both sides: a topic may have got another name since the revision was written.
    if head.wording.hash() == wording.hash() {
        autosaves::forget(tx, writer.id(), &Place::Item(item))?;
        return Ok(Done::Now(Saved::Revision(head.id)));
    }
    if head.id != shown {
        let base = items::revision(tx, shown)?
            .filter(|base| base.item == item)
            .map(Box::new);
        return Ok(Done::Now(Saved::Conflict {
            theirs: Box::new(head),
            base,
        }));
    }
    let revision = add(tx, item, wording, writer.id(), sent.now)?;
    let detail = format!("revision {}", items::revisions(tx, item)?);
    journal::note(
        tx,
        Some(writer.id()),
        &Entry::of_item("saved", item, &detail),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, &format!("{item} {revision}"), sent.now)?;
    autosaves::forget(tx, writer.id(), &Place::Item(item))?;
    Ok(Done::Now(Saved::Revision(revision)))
}

/// Makes the words of an older revision the newest: a revision of their own, as if somebody had
/// typed them again, and only if the person saw the newest ones.
pub fn bring_back_words(
    tx: &mut WriteTx<'_>,
    (item, shown): (ItemId, RevisionId),
    number: i64,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    once(tx, item, sent, |tx| {
        let desk = found(tx, item)?;
        let situation = desk.situation(sent.now, writer.id());
        moves::allow(Move::BringBackWords, Roles::AUTHOR, situation)?;
        if desk.head.id != shown {
            return Err(Refusal::MovedOn.into());
        }
        let old = items::numbered(tx, item, number)?.ok_or(Refusal::NoSuchRevision)?;
        let wording = settled(tx, item, old.wording)?;
        if desk.head.wording.hash() == wording.hash() {
            return Err(Refusal::SameWords.into());
        }
        add(tx, item, wording, writer.id(), sent.now)?;
        let detail = format!("revision {number} as revision {}", desk.revisions + 1);
        let entry = Entry::of_item("brought back the words of", item, &detail);
        Ok(journal::note(tx, Some(writer.id()), &entry, sent.now)?)
    })
}

fn add(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    wording: Wording,
    by: PersonId,
    now: Instant,
) -> Result<RevisionId, Failure> {
    let images = checklist::images_of(&wording);
    are_here(tx, &wording, &images)?;
    files_are_here(tx, &wording)?;
    Ok(items::save(
        tx,
        &NewRevision {
            item,
            wording: &wording,
            images: &images,
            by,
            now,
        },
    )?)
}

/// A revision shows only what is in the library: a picture that comes later under a number that
/// a text named already would be public without being part of it.
fn are_here(tx: &mut ReadTx<'_>, wording: &Wording, images: &[ImageId]) -> Result<(), Failure> {
    const MOST: usize = 100;
    // Each place of an image counts: one that is shown a thousand times is a thousand figures.
    let texts = [wording.body.as_str(), wording.notes.as_str()];
    let places: usize = texts.into_iter().map(markdown::places_of_images).sum();
    if places > MOST {
        let over = places - MOST;
        return Err(Refusal::TooManyImages { most: MOST, over }.into());
    }
    let known = images::shown(tx, images)?;
    let unknown = images
        .iter()
        .find(|id| !known.iter().any(|image| image.id == **id));
    match unknown {
        None => Ok(()),
        Some(id) if wording.lead.is_some_and(|lead| lead.image == *id) => {
            Err(Refusal::NoSuchImage.into())
        }
        Some(id) => Err(Refusal::NoSuchImageInBody { number: *id }.into()),
    }
}

/// The same of files.
fn files_are_here(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<(), Failure> {
    let over = wording.files.len().saturating_sub(MOST_FILES);
    if over > 0 {
        let most = MOST_FILES;
        return Err(Refusal::TooManyFiles { most, over }.into());
    }
    let known = files::all_of(tx, &wording.files)?;
    let mut named = wording.files.iter();
    match named.find(|id| !known.iter().any(|file| file.id == **id)) {
        Some(id) => Err(Refusal::NoSuchFileHere { number: *id }.into()),
        None => Ok(()),
    }
}

/// The wording with its topics and places spelled as the room spells them, and as a translation
/// of the first text of all: a translation of a translation belongs to the same family.
fn settled(tx: &mut ReadTx<'_>, item: ItemId, mut wording: Wording) -> Result<Wording, Failure> {
    wording.topics = subjects::as_known(tx, SubjectFamily::Topic, wording.topics)?;
    wording.places = subjects::as_known(tx, SubjectFamily::Place, wording.places)?;
    if let Some(named) = wording.translation_of {
        wording.translation_of = Some(original(tx, item, named)?);
    }
    Ok(wording)
}

fn original(tx: &mut ReadTx<'_>, item: ItemId, named: ItemId) -> Result<ItemId, Failure> {
    if named == item {
        return Err(Refusal::OwnTranslation.into());
    }
    if items::has_translations(tx, item)? {
        return Err(Refusal::HasTranslations.into());
    }
    let head = items::head(tx, named)?.ok_or(Refusal::NoSuchOriginal)?;
    Ok(head.wording.translation_of.unwrap_or(named))
}

/// An address that nobody has, from the title: with a number behind it where needed.
pub fn free_slug(
    tx: &mut ReadTx<'_>,
    wanted: &Slug,
    item: Option<ItemId>,
) -> Result<Slug, StorageError> {
    const TRIES: u32 = 1_000;
    let mut slug = wanted.clone();
    for number in 2..TRIES {
        match items::owner_of(tx, &slug)? {
            None => return Ok(slug),
            Some(owner) if Some(owner) == item => return Ok(slug),
            Some(_other) => slug = wanted.numbered(number),
        }
    }
    Ok(slug)
}
