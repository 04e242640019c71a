//! What may follow what in the public lane: every public step as one decision.

use super::draft::{ApprovalId, DraftState};
use super::enclosures::Fingerprint;
use super::item::ItemId;
use super::publication::{Change, Face, Lane, NewPublication, Publication, PublicationId, Seen};
use super::refusal::Refusal;
use super::revision::{Revision, RevisionId};
use super::schedule::Typed;
use super::silent_edit::Touched;
use super::slug::Slug;
use super::words::{PublicNote, Reason};
use crate::accounts::Editor;
use crate::clock::Instant;

/// What storage must do so that a step holds: end one row, begin another, or both.
#[derive(Clone, Debug)]
pub struct Step {
    /// This row ends at that instant; `None` opens its end again.
    pub end: Option<(PublicationId, Option<Instant>)>,
    pub cancel: Option<(PublicationId, Instant)>,
    pub begin: Option<NewPublication>,
}

/// The item as the decision finds it.
pub struct Facts<'a> {
    pub item: ItemId,
    pub lane: &'a Lane,
    pub head: &'a Revision,
    pub draft: DraftState,
    /// The approval that counts for the newest words.
    pub approval: Option<ApprovalId>,
    /// What the newest words change of what readers rely on, where readers see others.
    pub touched: Vec<Touched>,
    pub now: Instant,
}

/// What an editor says of a change to live words.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub change: Option<Change>,
    pub public_note: Option<PublicNote>,
    pub reason: Option<Reason>,
    /// It cannot wait for a second editor.
    pub urgent: bool,
}

/// The revision and the publication that the person had before their eyes.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub revision: RevisionId,
    pub publication: Option<PublicationId>,
    /// Of the pictures and files that go out with the text; nothing where the page showed none, and then
    /// nobody can stand for them.
    pub enclosed: Option<Fingerprint>,
}

/// Publishes the draft at this instant: the first time, or as a change to live words.
pub fn publish_now(
    facts: &Facts<'_>,
    shown: Shown,
    said: Said,
    editor: Editor,
) -> Result<Step, Refusal> {
    publish(facts, shown, said, None, editor)
}

/// Publishes the draft at a later instant.
pub fn schedule(
    facts: &Facts<'_>,
    shown: Shown,
    said: Said,
    at: Typed,
    editor: Editor,
) -> Result<Step, Refusal> {
    at.is_to_come(facts.now)?;
    publish(facts, shown, said, Some(at), editor)
}

fn publish(
    facts: &Facts<'_>,
    shown: Shown,
    said: Said,
    later: Option<Typed>,
    editor: Editor,
) -> Result<Step, Refusal> {
    still_current(facts, shown)?;
    if !facts.draft.is_open() {
        return Err(Refusal::NothingNew);
    }
    if facts.lane.scheduled(facts.now).is_some() {
        return Err(Refusal::AlreadyScheduled);
    }
    let from = later.as_ref().map_or(facts.now, |typed| typed.instant);
    let before = facts.lane.at(facts.now);
    let change = change_after(before, &facts.touched, &said)?;
    let begin = NewPublication {
        revision: facts.head.id,
        kind: facts.head.wording.kind,
        face: Face::Live,
        published_at: before.map_or(from, |row| row.published_at),
        updated_at: told_at(before, change, from),
        change,
        typed: later.map(|typed| (typed.wall, typed.zone)),
        seen: seen(facts, &said)?,
        ..bare(facts, from, said, editor)
    };
    Ok(Step {
        end: before.map(|row| (row.id, Some(from))),
        cancel: None,
        begin: Some(begin),
    })
}

/// Takes a scheduled publication back, and lets what is live stay live.
pub fn unschedule(facts: &Facts<'_>, shown: Shown) -> Result<Step, Refusal> {
    let scheduled = facts
        .lane
        .scheduled(facts.now)
        .ok_or(Refusal::NothingScheduled)?;
    if Some(scheduled.id) != shown.publication {
        return Err(Refusal::LaneMovedOn);
    }
    let live = facts.lane.at(facts.now).map(|row| (row.id, None));
    Ok(Step {
        end: live,
        cancel: Some((scheduled.id, scheduled.from)),
        begin: None,
    })
}

/// Moves a scheduled publication to another instant; it stays the publication that it was.
pub fn reschedule(
    facts: &Facts<'_>,
    shown: Shown,
    at: Typed,
    editor: Editor,
) -> Result<Step, Refusal> {
    let taken_back = unschedule(facts, shown)?;
    let before = facts
        .lane
        .scheduled(facts.now)
        .ok_or(Refusal::NothingScheduled)?;
    at.is_to_come(facts.now)?;
    let is_first = before.published_at == before.from;
    let begin = NewPublication {
        item: facts.item,
        revision: before.revision,
        kind: before.kind,
        face: before.face,
        from: at.instant,
        published_at: if is_first {
            at.instant
        } else {
            before.published_at
        },
        // A change that tells readers tells them when it comes; a typo keeps the date of the last one.
        updated_at: told_at_again(before, at.instant),
        change: before.change,
        public_note: before.public_note.clone(),
        reason: before.reason.clone(),
        seen: before.seen,
        moved_to: before.moved_to.clone(),
        typed: Some((at.wall, at.zone)),
        by: editor.id(),
        made_at: facts.now,
    };
    Ok(Step {
        end: taken_back.end.map(|(live, _open)| (live, Some(at.instant))),
        begin: Some(begin),
        ..taken_back
    })
}

/// Puts a dated notice on top of a live item and takes it out of the listings: now, or later.
pub fn withdraw(
    facts: &Facts<'_>,
    shown: Shown,
    (note, later): (PublicNote, Option<Typed>),
    editor: Editor,
) -> Result<Step, Refusal> {
    let turn = Turn {
        face: Face::Withdrawn,
        change: Change::Withdrawal,
        note,
        later,
        moved_to: None,
    };
    turned(facts, shown, turn, editor)
}

/// Takes an item away: its address says that it is gone, or leads to where it is now.
pub fn remove(
    facts: &Facts<'_>,
    shown: Shown,
    (note, moved_to): (PublicNote, Option<Slug>),
    editor: Editor,
) -> Result<Step, Refusal> {
    let face = if moved_to.is_some() {
        Face::Moved
    } else {
        Face::Gone
    };
    let turn = Turn {
        face,
        change: Change::Removal,
        note,
        later: None,
        moved_to,
    };
    turned(facts, shown, turn, editor)
}

/// Puts a withdrawn or removed item back as it was.
pub fn restore(
    facts: &Facts<'_>,
    shown: Shown,
    note: PublicNote,
    editor: Editor,
) -> Result<Step, Refusal> {
    let turn = Turn {
        face: Face::Live,
        change: Change::Return,
        note,
        later: None,
        moved_to: None,
    };
    turned(facts, shown, turn, editor)
}

/// Another face for the words that readers see.
struct Turn {
    face: Face,
    change: Change,
    note: PublicNote,
    later: Option<Typed>,
    moved_to: Option<Slug>,
}

impl Turn {
    fn starts_from(&self, face: Face) -> Result<(), Refusal> {
        match (self.change, face) {
            (Change::Withdrawal, Face::Live)
            | (Change::Removal, Face::Live | Face::Withdrawn)
            | (Change::Return, Face::Withdrawn | Face::Gone | Face::Moved) => Ok(()),
            (Change::Return, Face::Live) => Err(Refusal::NotWithdrawn),
            (_, Face::Live | Face::Withdrawn | Face::Gone | Face::Moved) => Err(Refusal::NotLive),
        }
    }
}

fn turned(facts: &Facts<'_>, shown: Shown, turn: Turn, editor: Editor) -> Result<Step, Refusal> {
    if facts.lane.newest() != shown.publication {
        return Err(Refusal::LaneMovedOn);
    }
    if facts.lane.scheduled(facts.now).is_some() {
        return Err(Refusal::AlreadyScheduled);
    }
    let before = facts.lane.at(facts.now).ok_or(Refusal::NotLive)?;
    turn.starts_from(before.face)?;
    let from = match &turn.later {
        Some(typed) => {
            typed.is_to_come(facts.now)?;
            typed.instant
        }
        None => facts.now,
    };
    let said = Said {
        public_note: Some(turn.note),
        ..Said::default()
    };
    let begin = NewPublication {
        revision: before.revision,
        // The words are those that went out before, and so is who had read them.
        kind: before.kind,
        seen: match before.seen {
            Seen::Approved(id) => Seen::Approved(id),
            Seen::Alone | Seen::Urgent => Seen::Alone,
        },
        face: turn.face,
        published_at: before.published_at,
        updated_at: Some(from),
        change: turn.change,
        moved_to: turn.moved_to,
        typed: turn.later.map(|typed| (typed.wall, typed.zone)),
        ..bare(facts, from, said, editor)
    };
    Ok(Step {
        end: Some((before.id, Some(from))),
        cancel: None,
        begin: Some(begin),
    })
}

fn still_current(facts: &Facts<'_>, shown: Shown) -> Result<(), Refusal> {
    if facts.head.id != shown.revision {
        return Err(Refusal::MovedOn);
    }
    if facts.lane.newest() != shown.publication {
        return Err(Refusal::LaneMovedOn);
    }
    Ok(())
}

/// The first publication names no change; every later one of live words must, and must tell why.
fn change_after(
    before: Option<&Publication>,
    touched: &[Touched],
    said: &Said,
) -> Result<Change, Refusal> {
    let Some(before) = before else {
        return Ok(Change::First);
    };
    if before.face != Face::Live {
        return Err(Refusal::Withdrawn);
    }
    let change = said
        .change
        .filter(|change| Change::OF_LIVE_WORDS.contains(change))
        .ok_or(Refusal::NoChangeNamed)?;
    if change.tells_readers() && said.public_note.is_none() {
        return Err(Refusal::NoPublicNote);
    }
    // Nobody is told of a typo, so a typo must be one, or somebody must answer for it.
    if !change.tells_readers() && !touched.is_empty() && said.reason.is_none() {
        return Err(Refusal::NotATypo {
            touched: touched.iter().map(ToString::to_string).collect(),
        });
    }
    Ok(change)
}

fn told_at_again(before: &Publication, from: Instant) -> Option<Instant> {
    if before.change.tells_readers() {
        Some(from)
    } else {
        before.updated_at
    }
}

/// What is urgent tells why, and counts as read by nobody else.
fn seen(facts: &Facts<'_>, said: &Said) -> Result<Seen, Refusal> {
    if !said.urgent {
        return Ok(facts.approval.map_or(Seen::Alone, Seen::Approved));
    }
    if said.reason.is_none() {
        return Err(Refusal::NoReason);
    }
    Ok(Seen::Urgent)
}

/// A typo keeps the date of the last change that readers were told of.
fn told_at(before: Option<&Publication>, change: Change, from: Instant) -> Option<Instant> {
    if change.tells_readers() {
        Some(from)
    } else {
        before.and_then(|row| row.updated_at)
    }
}

fn bare(facts: &Facts<'_>, from: Instant, said: Said, editor: Editor) -> NewPublication {
    NewPublication {
        item: facts.item,
        revision: facts.head.id,
        kind: facts.head.wording.kind,
        face: Face::Live,
        from,
        published_at: from,
        updated_at: None,
        change: Change::First,
        public_note: said.public_note,
        reason: said.reason,
        seen: facts.approval.map_or(Seen::Alone, Seen::Approved),
        moved_to: None,
        typed: None,
        by: editor.id(),
        made_at: facts.now,
    }
}
