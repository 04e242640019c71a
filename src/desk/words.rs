//! Topics and places: add, rename, put below another, merge two into one, delete what nothing uses.

use super::writing::Sent;
use super::{Done, Failure};
use crate::accounts::Editor;
use crate::newsroom::country::Country;
use crate::newsroom::slug::Slug;
use crate::newsroom::tags::Tag;
use crate::newsroom::{Refusal, SubjectFamily, SubjectId, SubjectName, nesting};
use crate::storage::journal::{self, Entry};
use crate::storage::words::{self, Word};
use crate::storage::{ReadTx, WriteTx, countries, forms, purges, word_order};

/// What a topic or place shall be called, where it is found, below which place it stands, and where
/// among those beside it.
pub struct WordWords {
    pub name: SubjectName,
    /// Nothing: made of the name.
    pub slug: Option<Slug>,
    pub parent: Option<SubjectName>,
    /// From 1; nothing: by its name, behind those that have one.
    pub place: Option<usize>,
}

/// Adds a topic or place that no item names yet.
pub fn add(
    tx: &mut WriteTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<SubjectId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    if words::named(tx, family, name)?.is_some() {
        return Err(Refusal::WordIsHere.into());
    }
    let id = words::add(tx, family, name)?;
    note(tx, (family, "added"), name.as_str(), sent, editor)?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(id))
}

/// Adds every country that no place is yet; of those, one that has the name already is that country
/// from now on. Tells how many were added.
pub fn add_countries(
    tx: &mut WriteTx<'_>,
    all: &[Country],
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<usize>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let mut added = 0;
    for country in all {
        if countries::is_known(tx, &country.code)? {
            continue;
        }
        let here = words::named(tx, SubjectFamily::Place, &country.name)?;
        let place = match here {
            Some(place) => place,
            None => words::add(tx, SubjectFamily::Place, &country.name)?,
        };
        added += usize::from(here.is_none());
        countries::know(tx, &country.code, place)?;
    }
    if added > 0 {
        let detail = format!("{added} added");
        let entry = Entry::of_room("loaded the countries", &detail);
        journal::note(tx, Some(editor.id()), &entry, sent.now)?;
    }
    forms::remember(tx, sent.form_key, "countries", sent.now)?;
    Ok(Done::Now(added))
}

/// Gives a topic or place other words, if it says what was looked at; `shown` is the hash of that.
pub fn change(
    tx: &mut WriteTx<'_>,
    (family, id, shown): (SubjectFamily, SubjectId, &str),
    new: &WordWords,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let word = found(tx, family, id)?;
    if word.hash().as_str() != shown {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if words::called(tx, family, &new.name)?.is_some_and(|other| other != id) {
        return Err(Refusal::WordIsHere.into());
    }
    let slug = new.slug.clone().unwrap_or_else(|| new.name.slug());
    if words::slug_owner(tx, family, slug.as_str())?.is_some_and(|other| other != id) {
        return Err(Refusal::WordAddressTaken.into());
    }
    let mut told = Vec::new();
    if word.name != new.name.as_str() || word.slug != slug.as_str() {
        words::rename(tx, (family, &word), (&new.name, &slug), sent.now)?;
        told.push(format!(
            "{} ({}) → {} ({})",
            word.name,
            word.slug,
            new.name.as_str(),
            slug.as_str()
        ));
    }
    if let Some(moved) = put_below(tx, (family, &word), new.parent.as_ref())? {
        told.push(moved);
    }
    if let Some(placed) = put_at(tx, (family, &word), new.place)? {
        told.push(placed);
    }
    if !told.is_empty() {
        note(tx, (family, "changed"), &told.join("; "), sent, editor)?;
        owe(tx, (family, &word.slug), sent)?;
    }
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// Where it stands now, if that is another place than before.
fn put_below(
    tx: &mut WriteTx<'_>,
    (family, word): (SubjectFamily, &Word),
    parent: Option<&SubjectName>,
) -> Result<Option<String>, Failure> {
    let before = word.parent.as_ref().map(|(id, _)| *id);
    let after = match parent {
        Some(name) => Some(words::named(tx, family, name)?.ok_or(Refusal::NoSuchParent)?),
        None => None,
    };
    if before == after || family == SubjectFamily::Topic {
        return Ok(None);
    }
    if let Some(parent) = after {
        let mut chain = vec![parent];
        chain.extend(words::above(tx, parent)?);
        nesting::may_stand_below(word.id, &chain, words::steps_below(tx, word.id)?)?;
    }
    leave(tx, (family, word))?;
    words::put_below(tx, word.id, after)?;
    let where_to = parent.map_or("no other place", SubjectName::as_str);
    Ok(Some(format!("{} below {where_to}", word.name)))
}

/// The places of those beside it close up behind one that goes.
fn leave(tx: &mut WriteTx<'_>, (family, word): (SubjectFamily, &Word)) -> Result<(), Failure> {
    let parent = word.parent.as_ref().map(|(id, _)| *id);
    word_order::forget(tx, word.id)?;
    let left = word_order::placed(tx, family, parent)?;
    Ok(word_order::put_in_order(tx, &left)?)
}

/// Where it stands now among those beside it, if that is another place than before. One that was
/// moved below another place does not carry its old number there.
fn put_at(
    tx: &mut WriteTx<'_>,
    (family, word): (SubjectFamily, &Word),
    place: Option<usize>,
) -> Result<Option<String>, Failure> {
    if place == word.place {
        return Ok(None);
    }
    let parent = words::above(tx, word.id)?.first().copied();
    let mut order = word_order::placed(tx, family, parent)?;
    order.retain(|id| *id != word.id);
    word_order::forget(tx, word.id)?;
    let number = place.map(|place| place.clamp(1, order.len() + 1));
    if let Some(number) = number {
        order.insert(number - 1, word.id);
    }
    word_order::put_in_order(tx, &order)?;
    Ok(Some(match number {
        Some(number) => format!("{} at place {number}", word.name),
        None => format!("{} by its name", word.name),
    }))
}

/// Items name it, and lists of what is about it have its name.
fn owe(
    tx: &mut WriteTx<'_>,
    (family, slug): (SubjectFamily, &str),
    sent: &Sent<'_>,
) -> Result<(), Failure> {
    let shown = [Tag::About(family, slug.to_owned()), Tag::Listing];
    Ok(purges::owe(tx, &shown, (sent.now, sent.now))?)
}

/// Makes one topic or place into another one, for good.
pub fn merge(
    tx: &mut WriteTx<'_>,
    (family, id): (SubjectFamily, SubjectId),
    into: &SubjectName,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<SubjectId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (word, survivor) = pair(tx, (family, id), into)?;
    leave(tx, (family, &word))?;
    let mut order = word_order::placed(tx, family, Some(survivor.id))?;
    order.extend(word_order::placed(tx, family, Some(id))?);
    words::merge(tx, (family, &word), survivor.id, sent.now)?;
    word_order::put_in_order(tx, &order)?;
    owe(tx, (family, &word.slug), sent)?;
    let detail = format!(
        "{} into {}, in {} items",
        word.name, survivor.name, word.uses
    );
    note(tx, (family, "merged"), &detail, sent, editor)?;
    forms::remember(tx, sent.form_key, &survivor.id.to_string(), sent.now)?;
    Ok(Done::Now(survivor.id))
}

/// The one that goes and the one that stays, where they can be merged.
pub fn pair(
    tx: &mut ReadTx<'_>,
    (family, id): (SubjectFamily, SubjectId),
    into: &SubjectName,
) -> Result<(Word, Word), Failure> {
    let word = found(tx, family, id)?;
    let survivor = words::named(tx, family, into)?.ok_or(Refusal::NoSuchWord)?;
    if survivor == id {
        return Err(Refusal::IntoItself.into());
    }
    if words::above(tx, survivor)?.contains(&id) {
        return Err(Refusal::IntoWhatIsBelow.into());
    }
    let depth = words::above(tx, survivor)?.len() + words::steps_below(tx, id)?;
    if depth > nesting::DEEPEST {
        return Err(Refusal::TooDeep.into());
    }
    Ok((word, found(tx, family, survivor)?))
}

/// Takes away what no revision of any item names.
pub fn delete(
    tx: &mut WriteTx<'_>,
    (family, id): (SubjectFamily, SubjectId),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let word = found(tx, family, id)?;
    if words::is_used(tx, id)? {
        return Err(Refusal::WordIsUsed.into());
    }
    leave(tx, (family, &word))?;
    words::delete(tx, id)?;
    note(tx, (family, "deleted"), &word.name, sent, editor)?;
    forms::remember(tx, sent.form_key, "deleted", sent.now)?;
    Ok(Done::Now(()))
}

fn found(tx: &mut ReadTx<'_>, family: SubjectFamily, id: SubjectId) -> Result<Word, Failure> {
    Ok(words::one(tx, family, id)?.ok_or(Refusal::NoSuchSubject)?)
}

fn note(
    tx: &mut WriteTx<'_>,
    (family, deed): (SubjectFamily, &'static str),
    detail: &str,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<(), Failure> {
    let what = match (family, deed) {
        (SubjectFamily::Topic, "added") => "added a topic",
        (SubjectFamily::Topic, "changed") => "changed a topic",
        (SubjectFamily::Topic, "merged") => "merged topics",
        (SubjectFamily::Topic, _) => "deleted a topic",
        (SubjectFamily::Place, "added") => "added a place",
        (SubjectFamily::Place, "changed") => "changed a place",
        (SubjectFamily::Place, "merged") => "merged places",
        (SubjectFamily::Place, _) => "deleted a place",
    };
    journal::note(
        tx,
        Some(editor.id()),
        &Entry::of_room(what, detail),
        sent.now,
    )?;
    Ok(())
}
