//! How pictures look, and which look alike.

use diesel::prelude::*;

use super::schema::{image_looks, images, renditions};
use super::{ReadTx, StorageError, WriteTx};
use crate::media::{ImageId, Look, RenditionFormat};

/// Keeps how an image looks, in place of how it looked before.
pub fn keep(tx: &mut WriteTx<'_>, id: ImageId, look: Option<Look>) -> Result<(), StorageError> {
    let bits = image_looks::bits.eq(look.map(Look::bits));
    let changed = diesel::update(image_looks::table.find(id.get()))
        .set(bits)
        .execute(tx.connection())?;
    if changed == 0 {
        diesel::insert_into(image_looks::table)
            .values((image_looks::image_id.eq(id.get()), bits))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Images that look like this one and are not in the trash, those that are most alike first.
pub fn like(tx: &mut ReadTx<'_>, id: ImageId, most: usize) -> Result<Vec<ImageId>, StorageError> {
    let own: Option<Option<i64>> = image_looks::table
        .find(id.get())
        .select(image_looks::bits)
        .first(tx.connection())
        .optional()?;
    let Some(own) = own.flatten().map(Look::from_bits) else {
        return Ok(Vec::new());
    };
    // The database cannot count bits, so it hands over all of them, out of an index that holds
    // nothing else.
    let all: Vec<(i64, i64)> = image_looks::table
        .filter(image_looks::bits.is_not_null())
        .filter(image_looks::image_id.ne(id.get()))
        .select((image_looks::image_id, image_looks::bits.assume_not_null()))
        .load(tx.connection())?;
    let mut alike: Vec<(u32, i64)> = all
        .into_iter()
        .map(|(other, bits)| (Look::from_bits(bits), other))
        .filter(|(look, _)| own.is_like(*look))
        .map(|(look, other)| (own.distance(look), other))
        .collect();
    alike.sort_unstable();
    let numbers: Vec<i64> = alike.iter().map(|(_, other)| *other).collect();
    let here = here(tx, &numbers)?;
    let kept = numbers.into_iter().filter(|number| here.contains(number));
    Ok(kept.take(most).map(ImageId::new).collect())
}

fn here(tx: &mut ReadTx<'_>, numbers: &[i64]) -> Result<Vec<i64>, StorageError> {
    Ok(images::table
        .filter(images::id.eq_any(numbers))
        .filter(images::trashed_at.is_null())
        .select(images::id)
        .load(tx.connection())?)
}

/// An image that nobody has looked at yet, with its smallest rendition.
pub fn unseen(tx: &mut ReadTx<'_>) -> Result<Option<(ImageId, Vec<u8>)>, StorageError> {
    let seen = image_looks::table
        .filter(image_looks::image_id.eq(renditions::image_id))
        .select(image_looks::image_id);
    let found: Option<(i64, Vec<u8>)> = renditions::table
        .filter(renditions::format.eq(RenditionFormat::Jpeg.extension()))
        .filter(diesel::dsl::not(diesel::dsl::exists(seen)))
        .order((renditions::image_id, renditions::width))
        .select((renditions::image_id, renditions::bytes))
        .first(tx.connection())
        .optional()?;
    Ok(found.map(|(id, bytes)| (ImageId::new(id), bytes)))
}
