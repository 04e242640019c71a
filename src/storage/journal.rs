//! Who did what when; rows are only ever added.

use diesel::prelude::*;

use super::schema::journal;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::settings::SettingChange;
use crate::newsroom::{FileId, ItemId};

/// What happened, and to what. The detail holds numbers and words of ours, never a draft's text.
pub struct Entry<'a> {
    pub what: &'static str,
    pub item: Option<ItemId>,
    pub image: Option<ImageId>,
    pub file: Option<FileId>,
    /// The person whom it is about.
    pub about: Option<PersonId>,
    pub detail: &'a str,
    /// The settings that it changed.
    pub changes: &'a [SettingChange],
}

impl<'a> Entry<'a> {
    pub fn of_item(what: &'static str, item: ItemId, detail: &'a str) -> Self {
        Self {
            what,
            item: Some(item),
            image: None,
            file: None,
            about: None,
            detail,
            changes: &[],
        }
    }

    pub fn of_image(what: &'static str, image: ImageId) -> Self {
        Self {
            what,
            item: None,
            image: Some(image),
            file: None,
            about: None,
            detail: "",
            changes: &[],
        }
    }

    pub fn of_file(what: &'static str, file: FileId, detail: &'a str) -> Self {
        Self {
            file: Some(file),
            ..Self::of_room(what, detail)
        }
    }

    pub fn of_person(what: &'static str, about: PersonId, detail: &'a str) -> Self {
        Self {
            what,
            item: None,
            image: None,
            file: None,
            about: Some(about),
            detail,
            changes: &[],
        }
    }

    pub fn of_room(what: &'static str, detail: &'a str) -> Self {
        Self {
            what,
            item: None,
            image: None,
            file: None,
            about: None,
            detail,
            changes: &[],
        }
    }
}

/// As the column holds them: nothing, or JSON.
fn kept(changes: &[SettingChange]) -> String {
    if changes.is_empty() {
        String::new()
    } else {
        serde_json::json!(changes).to_string()
    }
}

/// Who did this last to this image, or to the room where there is none, and when.
pub fn last(
    tx: &mut ReadTx<'_>,
    what: &'static str,
    image: Option<ImageId>,
) -> Result<Option<(PersonId, Instant)>, StorageError> {
    let row: Option<(Option<i64>, i64)> = journal::table
        .filter(journal::entry.eq(what))
        .filter(journal::image_id.is(image.map(ImageId::get)))
        .order(journal::id.desc())
        .select((journal::person_id, journal::at))
        .first(tx.connection())
        .optional()?;
    Ok(row.and_then(|(by, at)| Some((PersonId::new(by?), Instant::from_millis(at)))))
}

/// Who did this last to this file, and when.
pub fn last_of_file(
    tx: &mut ReadTx<'_>,
    what: &'static str,
    file: FileId,
) -> Result<Option<(PersonId, Instant)>, StorageError> {
    let row: Option<(Option<i64>, i64)> = journal::table
        .filter(journal::entry.eq(what))
        .filter(journal::file_id.eq(file.get()))
        .order(journal::id.desc())
        .select((journal::person_id, journal::at))
        .first(tx.connection())
        .optional()?;
    Ok(row.and_then(|(by, at)| Some((PersonId::new(by?), Instant::from_millis(at)))))
}

/// What somebody of staff did last to this item, and when.
pub fn last_of_item(
    tx: &mut ReadTx<'_>,
    item: ItemId,
) -> Result<Option<(String, PersonId, Instant)>, StorageError> {
    let row: Option<(String, Option<i64>, i64)> = journal::table
        .filter(journal::item_id.eq(item.get()))
        .filter(journal::person_id.is_not_null())
        .order(journal::id.desc())
        .select((journal::entry, journal::person_id, journal::at))
        .first(tx.connection())
        .optional()?;
    Ok(row.and_then(|(what, by, at)| Some((what, PersonId::new(by?), Instant::from_millis(at)))))
}

pub fn note(
    tx: &mut WriteTx<'_>,
    by: Option<PersonId>,
    entry: &Entry<'_>,
    now: Instant,
) -> Result<(), StorageError> {
    let session = tx.seat().map(|seat| seat.session);
    let device = tx.seat().map(|seat| seat.device.clone());
    diesel::insert_into(journal::table)
        .values((
            journal::at.eq(now.millis()),
            journal::person_id.eq(by.map(PersonId::get)),
            journal::entry.eq(entry.what),
            journal::item_id.eq(entry.item.map(ItemId::get)),
            journal::image_id.eq(entry.image.map(ImageId::get)),
            journal::file_id.eq(entry.file.map(FileId::get)),
            journal::about_id.eq(entry.about.map(PersonId::get)),
            journal::detail.eq(entry.detail),
            journal::session_number.eq(session),
            journal::device.eq(device.unwrap_or_default()),
            journal::changes.eq(kept(entry.changes)),
        ))
        .execute(tx.connection())?;
    Ok(())
}
