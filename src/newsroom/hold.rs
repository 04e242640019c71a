//! Hold everything: what is scheduled is taken back at once, and put back as it was.

use super::draft::DraftState;
use super::item::id;
use super::publication::{Face, NewPublication, Publication, PublicationId, Seen};
use super::publishing::{Facts, Step};
use super::refusal::Refusal;
use super::words::Reason;
use crate::accounts::{Editor, PersonId};
use crate::clock::Instant;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

id!(
    /// The number of a hold.
    HoldId
);

/// A hold that nobody has ended.
#[derive(Clone, Debug)]
pub struct Hold {
    pub id: HoldId,
    pub reason: Reason,
    pub by: PersonId,
    pub at: Instant,
}

/// The publication that was taken back, if it can begin as it was going to: nothing has happened to
/// the item since, and its instant has not come. What a hold made late is for an editor to decide.
pub fn returning<'a>(
    facts: &Facts<'a>,
    taken_back: PublicationId,
) -> Result<&'a Publication, Refusal> {
    let row = facts
        .lane
        .find(taken_back)
        .ok_or(Refusal::NothingScheduled)?;
    if facts.lane.newest() != Some(taken_back) {
        return Err(Refusal::LaneMovedOn);
    }
    if row.from <= facts.now {
        return Err(Refusal::InThePast);
    }
    let read_as_before = match row.seen {
        Seen::Approved(_) => facts.draft == DraftState::Approved,
        Seen::Alone => matches!(facts.draft, DraftState::Draft | DraftState::Approved),
        // What is urgent is never scheduled.
        Seen::Urgent => false,
    };
    // A withdrawal to come has no words of its own that somebody could have changed.
    if row.face == Face::Live && (facts.head.id != row.revision || !read_as_before) {
        return Err(Refusal::MovedOn);
    }
    Ok(row)
}

/// Schedules it again.
pub fn put_back(
    facts: &Facts<'_>,
    taken_back: PublicationId,
    typed: Option<(String, String)>,
    editor: Editor,
) -> Result<Step, Refusal> {
    let row = returning(facts, taken_back)?;
    // An approval that was given anew since is the one that counts.
    let anew = facts.approval.filter(|_| row.face == Face::Live);
    let seen = anew.map_or(row.seen, Seen::Approved);
    let begin = NewPublication {
        item: facts.item,
        revision: row.revision,
        kind: row.kind,
        face: row.face,
        from: row.from,
        published_at: row.published_at,
        updated_at: row.updated_at,
        change: row.change,
        public_note: row.public_note.clone(),
        reason: row.reason.clone(),
        seen,
        moved_to: row.moved_to.clone(),
        typed,
        by: editor.id(),
        made_at: facts.now,
    };
    let live = facts.lane.at(facts.now);
    Ok(Step {
        end: live.map(|live| (live.id, Some(row.from))),
        cancel: None,
        begin: Some(begin),
    })
}
