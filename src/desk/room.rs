//! The room's own words.

use super::{Changed, Done, Failure, writing::Sent};
use crate::accounts::Admin;
use crate::newsroom::Refusal;
use crate::newsroom::room::RoomWords;
use crate::newsroom::tags::Tag;
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, forms, purges, room};

/// How the journal calls a change of the settings.
pub const CHANGED: &str = "changed the settings";

/// Saves what the room says of itself, if the admin saw what it says now; `shown` is the hash of
/// what the form was opened with.
pub fn save(
    tx: &mut WriteTx<'_>,
    (shown, words): (&str, RoomWords),
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<Changed>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = room::frame(tx)?.ok_or(Refusal::NoRoom)?.room;
    let new = before.with(words);
    if before.hash().as_str() != shown && before.hash() != new.hash() {
        return Ok(Done::Now(Changed::Conflict));
    }
    room::save(tx, &new, sent.now)?;
    purges::owe(tx, &[Tag::Room], (sent.now, sent.now))?;
    journal::note(tx, Some(admin.id()), &Entry::of_room(CHANGED, ""), sent.now)?;
    forms::remember(tx, sent.form_key, "settings", sent.now)?;
    Ok(Done::Now(Changed::Kept))
}
