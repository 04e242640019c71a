//! The room's own words.

use super::{Done, Failure, writing::Sent};
use crate::accounts::Admin;
use crate::newsroom::room::Room;
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, forms, room};

/// Saves what the room says of itself.
pub fn save(
    tx: &mut WriteTx<'_>,
    new: &Room,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    room::save(tx, new, sent.now)?;
    journal::note(
        tx,
        Some(admin.id()),
        &Entry::of_room("changed the settings", ""),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, "settings", sent.now)?;
    Ok(Done::Now(()))
}
