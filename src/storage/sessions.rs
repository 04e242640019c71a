//! Signed-in browsers. Only the hash of a key is stored.

use diesel::prelude::*;

use super::schema::{people, sessions};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::accounts::session;
use crate::clock::Instant;

/// What a browser's key stands for, as JSON.
pub struct StoredSession {
    pub person: Option<PersonId>,
    /// Whose password was given, where a second factor is still to come.
    pub at_door: Option<PersonId>,
    pub device: String,
    pub state: String,
    /// Of the person, when they began to sign in; nothing where a session goes on under a new key.
    pub era: Option<i64>,
}

/// What was kept for this key.
pub struct Kept {
    pub number: i64,
    pub state: String,
    pub used_at: Instant,
}

/// What was kept for this key, unless it is over.
pub fn kept(
    tx: &mut ReadTx<'_>,
    key_hash: &str,
    now: Instant,
) -> Result<Option<Kept>, StorageError> {
    let row: Option<(i64, String, i64)> = sessions::table
        .filter(sessions::key_hash.eq(key_hash))
        .filter(sessions::expires_at.gt(now.millis()))
        .select((sessions::id, sessions::state, sessions::used_at))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(number, state, used)| Kept {
        number,
        state,
        used_at: Instant::from_millis(used),
    }))
}

pub fn add(
    tx: &mut WriteTx<'_>,
    key_hash: &str,
    session: &StoredSession,
    now: Instant,
) -> Result<(), StorageError> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now.millis())))
        .execute(tx.connection())?;
    if is_of_before(tx, session)? {
        return Ok(());
    }
    diesel::insert_into(sessions::table)
        .values((
            sessions::key_hash.eq(key_hash),
            sessions::person_id.eq(session.person.map(PersonId::get)),
            sessions::at_door_id.eq(session.at_door.map(PersonId::get)),
            sessions::state.eq(&session.state),
            sessions::created_at.eq(now.millis()),
            sessions::expires_at.eq(session::expires_at(now, now).millis()),
            sessions::device.eq(&session.device),
            sessions::used_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether all sessions of the person were ended while this one was being begun: it took a password,
/// a factor or roles that count no more.
fn is_of_before(tx: &mut ReadTx<'_>, session: &StoredSession) -> Result<bool, StorageError> {
    match (session.person.or(session.at_door), session.era) {
        (Some(person), Some(era)) => Ok(super::people::era(tx, person)? != era),
        (Some(_) | None, _) => Ok(false),
    }
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
            sessions::at_door_id.eq(session.at_door.map(PersonId::get)),
            sessions::state.eq(&session.state),
            sessions::device.eq(&session.device),
        ))
        .execute(tx.connection())?;
    Ok(changed > 0)
}

/// The session is used now, so that it does not end for being idle.
pub fn used(tx: &mut WriteTx<'_>, number: i64, now: Instant) -> Result<(), StorageError> {
    let created: Option<i64> = sessions::table
        .find(number)
        .select(sessions::created_at)
        .first(tx.connection())
        .optional()?;
    let Some(created) = created else {
        return Ok(());
    };
    let expires_at = session::expires_at(Instant::from_millis(created), now);
    diesel::update(sessions::table.find(number))
        .set((
            sessions::used_at.eq(now.millis()),
            sessions::expires_at.eq(expires_at.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug)]
pub struct Open {
    pub number: i64,
    pub device: String,
    pub created_at: Instant,
    pub used_at: Instant,
}

/// Where this person is signed in, the last used first.
pub fn of_person(
    tx: &mut ReadTx<'_>,
    person: PersonId,
    now: Instant,
) -> Result<Vec<Open>, StorageError> {
    let rows: Vec<(i64, String, i64, i64)> = sessions::table
        .filter(sessions::person_id.eq(person.get()))
        .filter(sessions::expires_at.gt(now.millis()))
        .order((sessions::used_at.desc(), sessions::id.desc()))
        .select((
            sessions::id,
            sessions::device,
            sessions::created_at,
            sessions::used_at,
        ))
        .load(tx.connection())?;
    Ok(rows
        .into_iter()
        .map(|(number, device, created, used)| Open {
            number,
            device,
            created_at: Instant::from_millis(created),
            used_at: Instant::from_millis(used),
        })
        .collect())
}

/// Whether this session has not been ended.
pub fn stands(tx: &mut ReadTx<'_>, number: i64) -> Result<bool, StorageError> {
    let stands = sessions::table.find(number).select(sessions::id);
    Ok(diesel::select(diesel::dsl::exists(stands)).get_result(tx.connection())?)
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

/// Ends the session of this number if it is this person's; how many there were.
pub fn end_own(tx: &mut WriteTx<'_>, person: PersonId, number: i64) -> Result<usize, StorageError> {
    let own = sessions::table
        .find(number)
        .filter(sessions::person_id.eq(person.get()));
    Ok(diesel::delete(own).execute(tx.connection())?)
}

/// Signs everybody out.
pub fn end_every(tx: &mut WriteTx<'_>) -> Result<(), StorageError> {
    diesel::delete(sessions::table).execute(tx.connection())?;
    Ok(())
}

/// Ends all of the person's sessions but one; how many there were. A password that was given and
/// waits for its factor has to be given anew.
pub fn end_all(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    but: Option<i64>,
) -> Result<usize, StorageError> {
    diesel::update(people::table.find(person.get()))
        .set(people::era.eq(people::era + 1))
        .execute(tx.connection())?;
    let waiting = sessions::table.filter(sessions::at_door_id.eq(person.get()));
    diesel::delete(waiting).execute(tx.connection())?;
    let others = sessions::table
        .filter(sessions::person_id.eq(person.get()))
        .filter(sessions::id.ne(but.unwrap_or(0)));
    Ok(diesel::delete(others).execute(tx.connection())?)
}
