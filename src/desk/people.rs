//! People: the first account, and every later one.

use super::Failure;
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::room::Room;
use crate::storage::journal::{self, Entry};
use crate::storage::people::NewPerson;
use crate::storage::{StorageError, WriteTx, people, room};

/// Adds somebody who can sign in.
pub fn add(tx: &mut WriteTx<'_>, new: &NewPerson, now: Instant) -> Result<PersonId, StorageError> {
    let id = people::add(tx, new, now)?;
    journal::note(
        tx,
        None,
        &Entry::of_room("added a person", &id.to_string()),
        now,
    )?;
    Ok(id)
}

/// Opens the room with its first account, unless somebody was faster.
pub fn open_room(
    tx: &mut WriteTx<'_>,
    first: &NewPerson,
    new: &Room,
    now: Instant,
) -> Result<Option<PersonId>, Failure> {
    if !people::nobody_is_here(tx)? {
        return Ok(None);
    }
    room::save(tx, new, now)?;
    Ok(Some(add(tx, first, now)?))
}
