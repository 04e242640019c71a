//! Another file under an image that stays what it is.

use diesel::prelude::*;

use super::folded::folded;
use super::images::{NewImage, tone_of};
use super::schema::{embedded_words, image_looks, images, originals, renditions};
use super::{StorageError, WriteTx, embedded};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = images)]
struct FileRow {
    hash: String,
    file_name: String,
    format: String,
    width: i64,
    height: i64,
    byte_count: i64,
    alt_state: String,
    alt_text: String,
    caption: String,
    credit: String,
    terms: String,
    words_folded: String,
    uploaded_by: i64,
    uploaded_at: i64,
    taken_on: String,
    licence_last_day: String,
    licence_ends_at: Option<i64>,
    territory: String,
    alt_weakness: Option<String>,
    ready: String,
    tone: String,
    is_animated: bool,
}

/// Gives an image another file. Its number, its words and whatever shows it stay. The file before
/// becomes an image of its own, with a copy of the words, in the trash: its number is returned.
pub fn replace(
    tx: &mut WriteTx<'_>,
    id: ImageId,
    new: &NewImage<'_>,
) -> Result<ImageId, StorageError> {
    let before: FileRow = images::table
        .find(id.get())
        .select(FileRow::as_select())
        .first(tx.connection())?;
    rename(tx, id, &before, new)?;
    let aside = put_aside(tx, before, (new.by, new.now))?;
    move_bytes(tx, id.get(), aside)?;
    diesel::insert_into(originals::table)
        .values((
            originals::image_id.eq(id.get()),
            originals::bytes.eq(new.original),
        ))
        .execute(tx.connection())?;
    super::renditions::add(tx, id, &new.taken.renditions)?;
    embedded::add(tx, id, &new.taken.metadata)?;
    Ok(ImageId::new(aside))
}

/// What the row says of its file.
fn rename(
    tx: &mut WriteTx<'_>,
    id: ImageId,
    before: &FileRow,
    new: &NewImage<'_>,
) -> Result<(), StorageError> {
    let taken = new.taken;
    let searched = [
        new.file_name,
        &before.alt_text,
        &before.caption,
        &before.credit,
        &before.terms,
        &before.territory,
    ];
    diesel::update(images::table.find(id.get()))
        .set((
            images::hash.eq(taken.hash.as_str()),
            images::file_name.eq(new.file_name),
            images::format.eq(taken.format.as_str()),
            images::width.eq(i64::from(taken.width)),
            images::height.eq(i64::from(taken.height)),
            images::byte_count.eq(i64::try_from(new.original.len()).unwrap_or(i64::MAX)),
            images::words_folded.eq(folded(&searched.join("\n"))),
            images::ready.eq(""),
            images::tone.eq(tone_of(taken)),
            images::is_animated.eq(taken.is_animated),
        ))
        .execute(tx.connection())?;
    Ok(())
}

fn put_aside(
    tx: &mut WriteTx<'_>,
    before: FileRow,
    (by, now): (PersonId, Instant),
) -> Result<i64, StorageError> {
    Ok(diesel::insert_into(images::table)
        .values((
            before,
            images::trashed_at.eq(Some(now.millis())),
            images::trashed_by.eq(Some(by.get())),
        ))
        .returning(images::id)
        .get_result(tx.connection())?)
}

/// Everything that is made of the file goes with it.
fn move_bytes(tx: &mut WriteTx<'_>, from: i64, to: i64) -> Result<(), StorageError> {
    diesel::update(originals::table.find(from))
        .set(originals::image_id.eq(to))
        .execute(tx.connection())?;
    diesel::update(renditions::table.filter(renditions::image_id.eq(from)))
        .set(renditions::image_id.eq(to))
        .execute(tx.connection())?;
    diesel::update(embedded_words::table.find(from))
        .set(embedded_words::image_id.eq(to))
        .execute(tx.connection())?;
    diesel::update(image_looks::table.find(from))
        .set(image_looks::image_id.eq(to))
        .execute(tx.connection())?;
    Ok(())
}
