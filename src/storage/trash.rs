//! The trash of the library: what lies in it, since when, and what is emptied out of it.

use diesel::prelude::*;

use super::schema::{embedded_words, image_looks, images, originals, renditions};
use super::{ReadTx, StorageError, WriteTx, collections};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;

/// Puts an image in. The database refuses one that any revision shows.
pub fn put_in(
    tx: &mut WriteTx<'_>,
    id: ImageId,
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    diesel::update(images::table.find(id.get()))
        .set((
            images::trashed_at.eq(Some(now.millis())),
            images::trashed_by.eq(Some(by.get())),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Takes an image out again, as it was.
pub fn take_out(tx: &mut WriteTx<'_>, id: ImageId) -> Result<(), StorageError> {
    diesel::update(images::table.find(id.get()))
        .set((
            images::trashed_at.eq(None::<i64>),
            images::trashed_by.eq(None::<i64>),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The image that has lain there longest, if it was put in at that instant or before.
pub fn oldest(tx: &mut ReadTx<'_>, until: Instant) -> Result<Option<ImageId>, StorageError> {
    let id: Option<i64> = images::table
        .filter(images::trashed_at.le(until.millis()))
        .filter(images::emptied_at.is_null())
        .order(images::trashed_at)
        .select(images::id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(ImageId::new))
}

/// Its bytes and words go; its number stays, so that the journal goes on naming it. The same photo
/// can be taken in anew.
pub fn empty(tx: &mut WriteTx<'_>, id: ImageId, now: Instant) -> Result<(), StorageError> {
    let number = id.get();
    collections::forget(tx, id)?;
    diesel::delete(renditions::table.filter(renditions::image_id.eq(number)))
        .execute(tx.connection())?;
    diesel::delete(originals::table.find(number)).execute(tx.connection())?;
    diesel::delete(embedded_words::table.find(number)).execute(tx.connection())?;
    diesel::delete(image_looks::table.find(number)).execute(tx.connection())?;
    diesel::update(images::table.find(number))
        .set((
            images::emptied_at.eq(Some(now.millis())),
            images::hash.eq(format!("emptied-{number}")),
            images::file_name.eq(""),
            images::byte_count.eq(0),
            images::alt_state.eq("unwritten"),
            images::alt_text.eq(""),
            images::caption.eq(""),
            images::credit.eq(""),
            images::terms.eq(""),
            images::words_folded.eq(""),
            images::taken_on.eq(""),
            images::licence_last_day.eq(""),
            images::licence_ends_at.eq(None::<i64>),
            images::territory.eq(""),
            images::alt_weakness.eq(None::<String>),
            images::ready.eq(""),
            images::tone.eq(""),
            images::is_animated.eq(false),
        ))
        .execute(tx.connection())?;
    Ok(())
}
