//! Originals as they came, and what they say of themselves.

use diesel::prelude::*;

use super::columns::{from_json, unreadable};
use super::schema::{embedded_words, images, originals};
use super::{ReadTx, StorageError, WriteTx};
use crate::media::metadata::{self, Metadata};
use crate::media::{ImageId, OriginalFormat};

pub(super) fn add(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    metadata: &Metadata,
) -> Result<(), StorageError> {
    let facts = serde_json::to_string(metadata)
        .map_err(|_source| unreadable("embedded_words.facts", ""))?;
    diesel::insert_into(embedded_words::table)
        .values((
            embedded_words::image_id.eq(image.get()),
            embedded_words::facts.eq(facts),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// What the file of an image says; of one that came before anybody asked, read out of it now.
pub fn of(tx: &mut ReadTx<'_>, image: ImageId) -> Result<Metadata, StorageError> {
    let facts: Option<String> = embedded_words::table
        .find(image.get())
        .select(embedded_words::facts)
        .first(tx.connection())
        .optional()?;
    match facts {
        Some(facts) => from_json("embedded_words.facts", &facts),
        None => Ok(original(tx, image)?
            .map(|(format, bytes)| metadata::read(&bytes, format))
            .unwrap_or_default()),
    }
}

/// The bytes as somebody sent them: for staff's eyes and for making copies, never for readers.
pub fn original(
    tx: &mut ReadTx<'_>,
    image: ImageId,
) -> Result<Option<(OriginalFormat, Vec<u8>)>, StorageError> {
    let row: Option<(String, Vec<u8>)> = originals::table
        .inner_join(images::table.on(images::id.eq(originals::image_id)))
        .filter(originals::image_id.eq(image.get()))
        .select((images::format, originals::bytes))
        .first(tx.connection())
        .optional()?;
    row.map(|(format, bytes)| Ok((super::columns::parsed("images.format", &format)?, bytes)))
        .transpose()
}
