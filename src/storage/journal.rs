//! Who did what when; rows are only ever added.

use diesel::prelude::*;

use super::schema::journal;
use super::{StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::ItemId;

/// What happened, and to what. The detail holds numbers and words of ours, never a draft's text.
pub struct Entry<'a> {
    pub what: &'static str,
    pub item: Option<ItemId>,
    pub image: Option<ImageId>,
    pub detail: &'a str,
}

impl<'a> Entry<'a> {
    pub fn of_item(what: &'static str, item: ItemId, detail: &'a str) -> Self {
        Self {
            what,
            item: Some(item),
            image: None,
            detail,
        }
    }

    pub fn of_image(what: &'static str, image: ImageId) -> Self {
        Self {
            what,
            item: None,
            image: Some(image),
            detail: "",
        }
    }

    pub fn of_room(what: &'static str, detail: &'a str) -> Self {
        Self {
            what,
            item: None,
            image: None,
            detail,
        }
    }
}

pub fn note(
    tx: &mut WriteTx<'_>,
    by: Option<PersonId>,
    entry: &Entry<'_>,
    now: Instant,
) -> Result<(), StorageError> {
    diesel::insert_into(journal::table)
        .values((
            journal::at.eq(now.millis()),
            journal::person_id.eq(by.map(PersonId::get)),
            journal::entry.eq(entry.what),
            journal::item_id.eq(entry.item.map(ItemId::get)),
            journal::image_id.eq(entry.image.map(ImageId::get)),
            journal::detail.eq(entry.detail),
        ))
        .execute(tx.connection())?;
    Ok(())
}
