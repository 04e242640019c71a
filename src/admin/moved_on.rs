//! What the person has not seen: of the item, and of the pictures and files that go out with it.

use actix_web::http::StatusCode;

use super::editor_page::name_of;
use super::publishing_page::Confirm;
use super::room_of;
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::desk::publishing::Desk;
use crate::desk::{enclosed, files, pictures};
use crate::newsroom::enclosures::{Changed, Enclosures, Which};
use crate::newsroom::{Move, Refusal};
use crate::prose::dates;
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError, journal};
use crate::web::Problem;

/// Where the person looked at something else than the item is now, the page says so and asks anew.
pub(super) fn moved_on(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    step: (Move, Instant),
    confirm: &mut Confirm,
) -> Result<Option<StatusCode>, Problem> {
    let room = room_of(tx)?;
    let is_stale = confirm.is_stale(desk);
    let enclosed = enclosed::by(tx, desk, step)?.filter(|now| confirm.saw_others(now));
    if !confirm.moved_on && !is_stale && enclosed.is_none() {
        return Ok(None);
    }
    if !confirm.moved_on {
        let what = if is_stale {
            confirm.what_moved_on(desk)
        } else {
            Refusal::EnclosuresMovedOn
        };
        confirm.errors.add("", what.to_string());
    }
    // Other words have other pictures, and who saved them is what counts.
    let mut sentences = match enclosed {
        Some(now) if !is_stale => changes(tx, (&now, confirm.fields.get("enclosed")), &room)?,
        Some(_) | None => Vec::new(),
    };
    if sentences.is_empty() {
        sentences.push(done_last(tx, desk, &room)?);
    }
    confirm.moves_on(sentences);
    Ok(Some(StatusCode::CONFLICT))
}

/// Who did what to the item last, and when.
fn done_last(tx: &mut ReadTx<'_>, desk: &Desk, room: &Frame) -> Result<String, StorageError> {
    let Some((what, by, at)) = journal::last_of_item(tx, desk.item)? else {
        return Ok(String::new());
    };
    let when = dates::staff_time(at, &room.room.zone).words;
    let name = name_of(tx, by)?;
    let number = desk.head.number;
    Ok(if what == "saved" {
        format!("{name} saved revision {number}, {when}.")
    } else {
        format!("{name} {what} it, {when}.")
    })
}

/// A sentence for each picture and file that is not any more as it was seen: what changed, who did it, when.
fn changes(
    tx: &mut ReadTx<'_>,
    (now, seen): (&Enclosures, &str),
    room: &Frame,
) -> Result<Vec<String>, StorageError> {
    let mut sentences = Vec::new();
    for changed in now.changed_since(seen) {
        sentences.push(match done_to(tx, &changed)? {
            Some((by, at)) => {
                let when = dates::staff_time(at, &room.room.zone).words;
                format!("{changed}: {}, {when}.", name_of(tx, by)?)
            }
            None => format!("{changed}."),
        });
    }
    Ok(sentences)
}

fn done_to(
    tx: &mut ReadTx<'_>,
    changed: &Changed,
) -> Result<Option<(PersonId, Instant)>, StorageError> {
    let (replaced, described) = match changed.which {
        Which::Picture(_) => (pictures::REPLACED, pictures::DESCRIBED),
        Which::File(_) => (files::REPLACED, files::DESCRIBED),
    };
    let mut newest = None;
    for (is_it, what) in [(changed.bytes, replaced), (changed.words, described)] {
        let last = match changed.which {
            _ if !is_it => None,
            Which::Picture(id) => journal::last(tx, what, Some(id))?,
            Which::File(id) => journal::last_of_file(tx, what, id)?,
        };
        let before: Option<(PersonId, Instant)> = newest;
        let is_newer = |(_, at): &(PersonId, Instant)| before.is_none_or(|(_, then)| then <= *at);
        newest = last.filter(is_newer).or(before);
    }
    Ok(newest)
}

/// What goes out with the words, and what an editor changed of it since somebody approved it with them.
pub(super) fn facts(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    step: (Move, Instant),
    room: &Frame,
) -> Result<Vec<String>, StorageError> {
    let Some(now) = enclosed::by(tx, desk, step)? else {
        return Ok(Vec::new());
    };
    let counted = now.counted();
    let mut facts: Vec<String> = counted
        .map(|all| format!("With it go {all}, as they are now."))
        .into_iter()
        .collect();
    let counting = desk.approval.as_ref();
    let counting = counting.filter(|one| one.counts_for(&desk.head) && !one.enclosed.is_empty());
    let is_of_newest = enclosed::is_of_newest(step.0);
    if let Some(approval) = counting.filter(|_| is_of_newest) {
        let since = changes(tx, (&now, &approval.enclosed), room)?;
        let told = since.into_iter();
        facts.extend(told.map(|change| format!("Changed since it was approved: {change}")));
    }
    Ok(facts)
}
