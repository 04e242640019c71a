//! Collections of pictures: begun, renamed, deleted, and what is put into them and taken out.

use super::library::standing;
use super::several::Outcome;
use super::writing::Sent;
use super::{Done, Failure};
use crate::accounts::{Editor, Person, PersonId, Writer};
use crate::media::ImageId;
use crate::newsroom::Refusal;
use crate::newsroom::collection::{CollectionId, CollectionName, collect};
use crate::storage::collections::{self, Collection};
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, WriteTx, forms};

/// Which collection something is put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    Known(CollectionId),
    /// It is begun, if there is none of this name yet.
    New(CollectionName),
}

pub fn add(
    tx: &mut WriteTx<'_>,
    name: &CollectionName,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<CollectionId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    if collections::named(tx, name)?.is_some() {
        return Err(Refusal::CollectionIsHere.into());
    }
    let id = begin(tx, name, sent, writer.id())?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(id))
}

fn begin(
    tx: &mut WriteTx<'_>,
    name: &CollectionName,
    sent: &Sent<'_>,
    by: PersonId,
) -> Result<CollectionId, Failure> {
    let id = collections::add(tx, name)?;
    let entry = Entry::of_room("began a collection", name.as_str());
    journal::note(tx, Some(by), &entry, sent.now)?;
    Ok(id)
}

pub fn rename(
    tx: &mut WriteTx<'_>,
    id: CollectionId,
    name: &CollectionName,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = found(tx, id)?;
    if collections::named(tx, name)?.is_some_and(|other| other != id) {
        return Err(Refusal::CollectionIsHere.into());
    }
    if before.name != *name {
        collections::rename(tx, id, name)?;
        let detail = format!("{} → {}", before.name.as_str(), name.as_str());
        let entry = Entry::of_room("renamed a collection", &detail);
        journal::note(tx, Some(writer.id()), &entry, sent.now)?;
    }
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// The pictures in it stay in the library.
pub fn delete(
    tx: &mut WriteTx<'_>,
    id: CollectionId,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = found(tx, id)?;
    let held = collections::delete(tx, id)?;
    let detail = format!("{}, pictures in it: {held}", before.name.as_str());
    let entry = Entry::of_room("deleted a collection", &detail);
    journal::note(tx, Some(editor.id()), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, "deleted", sent.now)?;
    Ok(Done::Now(()))
}

fn found(tx: &mut ReadTx<'_>, id: CollectionId) -> Result<Collection, Failure> {
    Ok(collections::find(tx, id)?.ok_or(Refusal::NoSuchCollection)?)
}

/// What becomes of an image in a collection. No reader sees a difference.
pub(super) enum Turn<'a> {
    Into(&'a Chosen),
    OutOf(CollectionId),
}

pub(super) fn turn(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    turn: &Turn<'_>,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Outcome, Failure> {
    if forms::answer(tx, sent.form_key)?.is_some() {
        return Ok(Outcome::Done);
    }
    let (_, standing) = standing(tx, image, sent.now)?;
    collect(person.roles, standing)?;
    let (what, collection, changed) = match turn {
        Turn::Into(chosen) => {
            let collection = chosen_one(tx, chosen, sent, person)?;
            let changed = collections::put_in(tx, collection.id, image)?;
            ("put into a collection", collection, changed)
        }
        Turn::OutOf(id) => {
            let collection = found(tx, *id)?;
            let changed = collections::take_out(tx, *id, image)?;
            ("taken out of a collection", collection, changed)
        }
    };
    if !changed {
        return Ok(Outcome::NothingToDo);
    }
    let entry = Entry {
        detail: collection.name.as_str(),
        ..Entry::of_image(what, image)
    };
    journal::note(tx, Some(person.id), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, &image.to_string(), sent.now)?;
    Ok(Outcome::Done)
}

fn chosen_one(
    tx: &mut WriteTx<'_>,
    chosen: &Chosen,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Collection, Failure> {
    let id = match chosen {
        Chosen::Known(id) => *id,
        Chosen::New(name) => match collections::named(tx, name)? {
            Some(id) => id,
            None => begin(tx, name, sent, person.id)?,
        },
    };
    found(tx, id)
}
