//! The room's own words.

use super::{Changed, Done, Failure, writing::Sent};
use crate::accounts::Admin;
use crate::media::logo::DrawnLogo;
use crate::newsroom::logo::{Logo, LogoPlace, Paper};
use crate::newsroom::room::{Room, RoomWords};
use crate::newsroom::settings::Setting;
use crate::newsroom::tags::Tag;
use crate::newsroom::{Refusal, settings};
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, entries, forms, logos, purges, room};

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
    keep(tx, (&before, &new), "", sent, admin)?;
    Ok(Done::Now(Changed::Kept))
}

/// Puts a logo there, or takes it away, if the admin saw what stands there now; `shown` is that as
/// the setting tells it.
pub fn hang(
    tx: &mut WriteTx<'_>,
    (place, shown): (LogoPlace, &str),
    drawn: Option<DrawnLogo>,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = room::frame(tx)?.ok_or(Refusal::NoRoom)?.room;
    if Setting::from(place).text(&before) != shown {
        return Err(Refusal::SettingsMovedOn.into());
    }
    if let Some(drawn) = &drawn {
        logos::keep(tx, &drawn.hash, &drawn.bytes)?;
    }
    let new = before.with_logo(place, drawn.map(named));
    keep(tx, (&before, &new), "", sent, admin)?;
    Ok(Done::Now(()))
}

fn named(drawn: DrawnLogo) -> Logo {
    Logo {
        hash: drawn.hash,
        width: drawn.width,
        height: drawn.height,
        paper: if drawn.needs_white {
            Paper::White
        } else {
            Paper::Any
        },
    }
}

/// Sets what an entry of the journal changed to what it said before, if the admin saw what the
/// room says now, and if all of it still stands.
pub fn take_back(
    tx: &mut WriteTx<'_>,
    (entry, shown): (i64, &str),
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = room::frame(tx)?.ok_or(Refusal::NoRoom)?.room;
    let told = entries::one(tx, entry)?.ok_or(Refusal::NoSuchEntry)?;
    let new = settings::taken_back(&before, &told.changes)?;
    if before.hash().as_str() != shown {
        return Err(Refusal::SettingsMovedOn.into());
    }
    let detail = format!("back to before entry {entry}");
    keep(tx, (&before, &new), &detail, sent, admin)?;
    Ok(Done::Now(()))
}

/// Stores the room, and notes which settings changed from what to what.
fn keep(
    tx: &mut WriteTx<'_>,
    (before, new): (&Room, &Room),
    detail: &str,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<(), Failure> {
    let changes = settings::changes(before, new);
    if !changes.is_empty() {
        room::save(tx, new, sent.now)?;
        purges::owe(tx, &[Tag::Room], (sent.now, sent.now))?;
        let entry = Entry {
            changes: &changes,
            ..Entry::of_room(CHANGED, detail)
        };
        journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    }
    forms::remember(tx, sent.form_key, "settings", sent.now)?;
    Ok(())
}
