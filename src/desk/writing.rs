//! Writing: start an item, save a revision. Saving never overwrites.

use super::{Done, Failure, checklist};
use crate::accounts::{PersonId, Writer};
use crate::clock::Instant;
use crate::newsroom::slug::Slug;
use crate::newsroom::{ItemId, Refusal, Revision, RevisionId, SubjectFamily, Wording};
use crate::storage::items::NewRevision;
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, StorageError, WriteTx, forms, images, items, subjects};

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

/// Starts an item with its first revision.
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
    let item = items::start(tx, uid, writer.id(), sent.now)?;
    let wording = settled(tx, wording)?;
    let revision = add(tx, item, wording, writer.id(), sent.now)?;
    journal::note(
        tx,
        Some(writer.id()),
        &Entry::of_item("started", item, ""),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, &format!("{item} {revision}"), sent.now)?;
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
    let head = items::head(tx, item)?.ok_or(Refusal::NoSuchItem)?;
    let wording = settled(tx, wording)?;
    if head.hash == wording.hash() {
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
    let detail = format!("revision {}", head.number + 1);
    journal::note(
        tx,
        Some(writer.id()),
        &Entry::of_item("saved", item, &detail),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, &format!("{item} {revision}"), sent.now)?;
    Ok(Done::Now(Saved::Revision(revision)))
}

fn add(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    wording: Wording,
    by: PersonId,
    now: Instant,
) -> Result<RevisionId, Failure> {
    let shown = images::shown(tx, &checklist::images_of(&wording))?;
    if let Some(lead) = wording.lead
        && !shown.iter().any(|image| image.id == lead.image)
    {
        return Err(Refusal::NoSuchImage.into());
    }
    if let Some(original) = wording.translation_of
        && (original == item || !items::exists(tx, original)?)
    {
        return Err(Refusal::NoSuchItem.into());
    }
    let ids: Vec<_> = shown.into_iter().map(|image| image.id).collect();
    Ok(items::save(
        tx,
        &NewRevision {
            item,
            wording: &wording,
            images: &ids,
            by,
            now,
        },
    )?)
}

/// The wording with its topics and places spelled as the room spells them.
fn settled(tx: &mut ReadTx<'_>, mut wording: Wording) -> Result<Wording, StorageError> {
    wording.topics = subjects::as_known(tx, SubjectFamily::Topic, wording.topics)?;
    wording.places = subjects::as_known(tx, SubjectFamily::Place, wording.places)?;
    Ok(wording)
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
