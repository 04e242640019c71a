//! The bytes of the room's own pictures. Whatever was a logo once stays, so that a change can be taken back.

use diesel::prelude::*;

use super::room;
use super::schema::logos;
use super::{ReadTx, StorageError, WriteTx};
use crate::newsroom::logo::Logo;

/// Keeps a picture under the hash of its bytes, a PNG; the same picture is kept once.
pub fn keep(tx: &mut WriteTx<'_>, hash: &str, bytes: &[u8]) -> Result<(), StorageError> {
    let known: Option<String> = logos::table
        .find(hash)
        .select(logos::hash)
        .first(tx.connection())
        .optional()?;
    if known.is_none() {
        diesel::insert_into(logos::table)
            .values((logos::hash.eq(hash), logos::bytes.eq(bytes)))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// The picture with this hash, while it is the room's logo or icon.
pub fn shown(tx: &mut ReadTx<'_>, hash: &str) -> Result<Option<Vec<u8>>, StorageError> {
    let Some(frame) = room::frame(tx)? else {
        return Ok(None);
    };
    let is = |logo: &Option<Logo>| logo.as_ref().is_some_and(|logo| logo.hash == hash);
    if !is(&frame.room.logo) && !is(&frame.room.icon) {
        return Ok(None);
    }
    let bytes = logos::table.find(hash).select(logos::bytes);
    Ok(bytes.first(tx.connection()).optional()?)
}
