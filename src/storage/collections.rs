//! Collections of images: what each is called, and what is in it.

use diesel::prelude::*;

use super::columns::parsed;
use super::folded::folded;
use super::schema::{collected_images, collections, images};
use super::{ReadTx, StorageError, WriteTx};
use crate::media::ImageId;
use crate::newsroom::collection::{CollectionId, CollectionName};

/// A collection as a list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    pub id: CollectionId,
    pub name: CollectionName,
}

/// Every collection, by its name.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Collection>, StorageError> {
    let rows: Vec<(i64, String)> = collections::table
        .order(collections::folded)
        .select((collections::id, collections::name))
        .load(tx.connection())?;
    rows.into_iter().map(read).collect()
}

fn read((id, name): (i64, String)) -> Result<Collection, StorageError> {
    Ok(Collection {
        id: CollectionId::new(id),
        name: parsed("collections.name", &name)?,
    })
}

pub fn find(tx: &mut ReadTx<'_>, id: CollectionId) -> Result<Option<Collection>, StorageError> {
    collections::table
        .find(id.get())
        .select((collections::id, collections::name))
        .first(tx.connection())
        .optional()?
        .map(read)
        .transpose()
}

/// The collection of that name, however it is written.
pub fn named(
    tx: &mut ReadTx<'_>,
    name: &CollectionName,
) -> Result<Option<CollectionId>, StorageError> {
    let id: Option<i64> = collections::table
        .filter(collections::folded.eq(folded(name.as_str())))
        .select(collections::id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(CollectionId::new))
}

/// How many images are in each that has any; what lies in the trash does not count.
pub fn sizes(tx: &mut ReadTx<'_>) -> Result<Vec<(CollectionId, u64)>, StorageError> {
    let rows: Vec<(i64, i64)> = collected_images::table
        .inner_join(images::table.on(images::id.eq(collected_images::image_id)))
        .filter(images::trashed_at.is_null())
        .group_by(collected_images::collection_id)
        .select((collected_images::collection_id, diesel::dsl::count_star()))
        .load(tx.connection())?;
    Ok(rows
        .into_iter()
        .map(|(id, size)| {
            (
                CollectionId::new(id),
                u64::try_from(size).unwrap_or_default(),
            )
        })
        .collect())
}

/// Those that this image is in, by their names.
pub fn of(tx: &mut ReadTx<'_>, image: ImageId) -> Result<Vec<Collection>, StorageError> {
    let rows: Vec<(i64, String)> = collected_images::table
        .inner_join(collections::table.on(collections::id.eq(collected_images::collection_id)))
        .filter(collected_images::image_id.eq(image.get()))
        .order(collections::folded)
        .select((collections::id, collections::name))
        .load(tx.connection())?;
    rows.into_iter().map(read).collect()
}

pub fn add(tx: &mut WriteTx<'_>, name: &CollectionName) -> Result<CollectionId, StorageError> {
    let id = diesel::insert_into(collections::table)
        .values((
            collections::name.eq(name.as_str()),
            collections::folded.eq(folded(name.as_str())),
        ))
        .returning(collections::id)
        .get_result(tx.connection())?;
    Ok(CollectionId::new(id))
}

pub fn rename(
    tx: &mut WriteTx<'_>,
    id: CollectionId,
    name: &CollectionName,
) -> Result<(), StorageError> {
    diesel::update(collections::table.find(id.get()))
        .set((
            collections::name.eq(name.as_str()),
            collections::folded.eq(folded(name.as_str())),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The images stay where they are. Tells how many were in it.
pub fn delete(tx: &mut WriteTx<'_>, id: CollectionId) -> Result<usize, StorageError> {
    let held = diesel::delete(
        collected_images::table.filter(collected_images::collection_id.eq(id.get())),
    )
    .execute(tx.connection())?;
    diesel::delete(collections::table.find(id.get())).execute(tx.connection())?;
    Ok(held)
}

/// Puts an image in; whether it was not in before.
pub fn put_in(
    tx: &mut WriteTx<'_>,
    id: CollectionId,
    image: ImageId,
) -> Result<bool, StorageError> {
    let known: Option<i64> = collected_images::table
        .find((id.get(), image.get()))
        .select(collected_images::image_id)
        .first(tx.connection())
        .optional()?;
    if known.is_some() {
        return Ok(false);
    }
    diesel::insert_into(collected_images::table)
        .values((
            collected_images::collection_id.eq(id.get()),
            collected_images::image_id.eq(image.get()),
        ))
        .execute(tx.connection())?;
    Ok(true)
}

/// Takes an image out; whether it was in.
pub fn take_out(
    tx: &mut WriteTx<'_>,
    id: CollectionId,
    image: ImageId,
) -> Result<bool, StorageError> {
    let gone = diesel::delete(collected_images::table.find((id.get(), image.get())))
        .execute(tx.connection())?;
    Ok(gone > 0)
}

/// Takes an image out of all that it is in.
pub(super) fn forget(tx: &mut WriteTx<'_>, image: ImageId) -> Result<(), StorageError> {
    diesel::delete(collected_images::table.filter(collected_images::image_id.eq(image.get())))
        .execute(tx.connection())?;
    Ok(())
}
