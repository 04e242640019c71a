//! What somebody stands for with a step, besides the words: the pictures and files that go out with them.

use super::Failure;
use super::publishing::Desk;
use crate::clock::Instant;
use crate::newsroom::enclosures::Enclosures;
use crate::newsroom::publishing::Shown;
use crate::newsroom::{Move, RevisionId};
use crate::storage::{ReadTx, StorageError, enclosures};

/// Nothing where the step decides about no words.
pub fn by(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    (a_move, now): (Move, Instant),
) -> Result<Option<Enclosures>, StorageError> {
    match decided(desk, (a_move, now)) {
        Some(words) if words == desk.head.id => Ok(Some(desk.enclosed.clone())),
        Some(words) => enclosures::of(tx, words).map(Some),
        None => Ok(None),
    }
}

/// Refuses the step where they are not any more what the person saw.
pub(super) fn are_as_shown(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    step: (Move, Instant),
    shown: Shown,
) -> Result<(), Failure> {
    let now = by(tx, desk, step)?.unwrap_or_default();
    Ok(now.still(shown.enclosed)?)
}

/// The words that the step approves, or puts before readers.
fn decided(desk: &Desk, (a_move, now): (Move, Instant)) -> Option<RevisionId> {
    if is_of_newest(a_move) {
        Some(desk.head.id)
    } else if a_move == Move::Sign {
        let (publication, _by) = desk.unsigned?;
        desk.lane.find(publication).map(|row| row.revision)
    } else if a_move == Move::Restore {
        desk.lane.at(now).map(|row| row.revision)
    } else {
        None
    }
}

/// Whether the step decides about an item's newest words.
pub fn is_of_newest(a_move: Move) -> bool {
    match a_move {
        Move::Approve
        | Move::PublishNow
        | Move::Correct
        | Move::PublishUrgently
        | Move::Schedule => true,
        Move::Sign
        | Move::Restore
        | Move::Save
        | Move::Submit
        | Move::RequestChanges
        | Move::Reschedule
        | Move::Unschedule
        | Move::Withdraw
        | Move::Remove
        | Move::Discard
        | Move::BringBack
        | Move::BringBackWords
        | Move::GivePass
        | Move::RevokePass => false,
    }
}
