//! Signed-in browsers. Only the hash of a key is stored.

use diesel::prelude::*;

use super::schema::sessions;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;

/// What a browser's key stands for, as JSON, and until when.
pub struct StoredSession {
    pub person: Option<PersonId>,
    pub state: String,
    pub expires_at: Instant,
}

/// What was kept for this key, with the session's number.
pub fn state(
    tx: &mut ReadTx<'_>,
    key_hash: &str,
    now: Instant,
) -> Result<Option<(i64, String)>, StorageError> {
    Ok(sessions::table
        .filter(sessions::key_hash.eq(key_hash))
        .filter(sessions::expires_at.gt(now.millis()))
        .select((sessions::id, sessions::state))
        .first(tx.connection())
        .optional()?)
}

pub fn add(
    tx: &mut WriteTx<'_>,
    key_hash: &str,
    session: &StoredSession,
    now: Instant,
) -> Result<(), StorageError> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now.millis())))
        .execute(tx.connection())?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::key_hash.eq(key_hash),
            sessions::person_id.eq(session.person.map(PersonId::get)),
            sessions::state.eq(&session.state),
            sessions::created_at.eq(now.millis()),
            sessions::expires_at.eq(session.expires_at.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether there was such a session to change.
pub fn change(
    tx: &mut WriteTx<'_>,
    key_hash: &str,
    session: &StoredSession,
) -> Result<bool, StorageError> {
    let changed = diesel::update(sessions::table.filter(sessions::key_hash.eq(key_hash)))
        .set((
            sessions::person_id.eq(session.person.map(PersonId::get)),
            sessions::state.eq(&session.state),
            sessions::expires_at.eq(session.expires_at.millis()),
        ))
        .execute(tx.connection())?;
    Ok(changed > 0)
}

pub fn prolong(
    tx: &mut WriteTx<'_>,
    key_hash: &str,
    expires_at: Instant,
) -> Result<(), StorageError> {
    diesel::update(sessions::table.filter(sessions::key_hash.eq(key_hash)))
        .set(sessions::expires_at.eq(expires_at.millis()))
        .execute(tx.connection())?;
    Ok(())
}

pub fn end(tx: &mut WriteTx<'_>, key_hash: &str) -> Result<(), StorageError> {
    diesel::delete(sessions::table.filter(sessions::key_hash.eq(key_hash)))
        .execute(tx.connection())?;
    Ok(())
}

/// Ends the session of this number.
pub fn end_numbered(tx: &mut WriteTx<'_>, number: i64) -> Result<(), StorageError> {
    diesel::delete(sessions::table.find(number)).execute(tx.connection())?;
    Ok(())
}
