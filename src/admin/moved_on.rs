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
use crate::web::{Problem, paths};

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
    let changed = now.changed_since(seen);
    changed.iter().map(|one| sentence(tx, one, room)).collect()
}

fn sentence(tx: &mut ReadTx<'_>, changed: &Changed, room: &Frame) -> Result<String, StorageError> {
    let Some((by, at)) = done_to(tx, changed)? else {
        return Ok(format!("{changed}."));
    };
    let when = dates::staff_time(at, &room.room.zone).words;
    Ok(format!("{changed}: {}, {when}.", name_of(tx, by)?))
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

/// A picture or file that goes out with the words.
pub(super) struct Going {
    /// Its name; of one that an editor changed since somebody approved it with the words, what changed.
    pub words: String,
    pub href: String,
    pub is_changed: bool,
}

/// Everything that goes out with the words, for whoever stands for it to look at.
pub(super) fn going(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    step: (Move, Instant),
    room: &Frame,
) -> Result<Vec<Going>, StorageError> {
    let Some(now) = enclosed::by(tx, desk, step)? else {
        return Ok(Vec::new());
    };
    let counting = desk.approval.as_ref();
    let counting = counting.filter(|one| one.counts_for(&desk.head) && !one.enclosed.is_empty());
    let counting = counting.filter(|_| enclosed::is_of_newest(step.0));
    let changed = counting.map(|approval| now.changed_since(&approval.enclosed));
    let changed = changed.unwrap_or_default();
    let each = now.iter().map(|one| {
        let since = changed.iter().find(|changed| changed.which == one.which);
        let words = match since {
            Some(changed) => {
                let what = sentence(tx, changed, room)?;
                format!("Changed since it was approved: {what}")
            }
            None => one.to_string(),
        };
        Ok(Going {
            words,
            href: match one.which {
                Which::Picture(id) => paths::image(id),
                Which::File(id) => paths::staff_file(id),
            },
            is_changed: since.is_some(),
        })
    });
    each.collect()
}
