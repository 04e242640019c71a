//! The public steps: now, later, not after all, correct, withdraw, remove, restore.

use super::{Done, Failure, checklist, enclosed, telling, writing::Sent};
use crate::accounts::{Editor, PersonId, Roles};
use crate::clock::Instant;
use crate::newsroom::Unsigned;
use crate::newsroom::enclosures::Enclosures;
use crate::newsroom::publishing::{self, Facts, Said, Shown, Step};
use crate::newsroom::schedule::Typed;
use crate::newsroom::silent_edit::{self, Touched};
use crate::newsroom::slug::Slug;
use crate::newsroom::words::PublicNote;
use crate::newsroom::{
    Approval, Change, Draft, DraftState, Face, ItemId, Lane, Move, Pass, PublicationId, Refusal,
    Revision, SecondPair, Seen, Situation, Stage, moves, pass,
};
use crate::storage::journal::{self, Entry};
use crate::storage::reading::{self, PublicItem};
use crate::storage::{
    ReadTx, StorageError, WriteTx, drafts, enclosures, forms, items, passes, publications, purges,
    room,
};

/// An item with both its lanes, as a move finds it.
pub struct Desk {
    pub item: ItemId,
    pub lane: Lane,
    pub head: Revision,
    /// What goes out with the newest words.
    pub enclosed: Enclosures,
    pub draft: Option<Draft>,
    /// The newest approval, whether it still counts or not.
    pub approval: Option<Approval>,
    pub second_pair: SecondPair,
    /// An urgent publication that nobody has signed, and whose it was.
    pub unsigned: Option<(PublicationId, PersonId)>,
    /// How many revisions there are: the number of the newest that was ever saved.
    pub revisions: i64,
    pub passes: Vec<Pass>,
}

impl Desk {
    pub fn draft_state(&self) -> DraftState {
        DraftState::of(self.draft.as_ref(), self.approval.as_ref(), &self.head)
    }

    /// What this person's moves depend on.
    pub fn situation(&self, now: Instant, person: PersonId) -> Situation {
        Situation {
            draft: self.draft_state(),
            face: self.lane.at(now).map(|row| row.face),
            scheduled: self.lane.scheduled(now).is_some(),
            second_pair: self.second_pair,
            wrote_last: self.head.written_by == person,
            unsigned: self.unsigned.map(|(_, by)| {
                if by == person {
                    Unsigned::Mine
                } else {
                    Unsigned::Theirs
                }
            }),
            has_older_words: self.revisions > 1,
            passes: pass::any_stands(&self.passes, &self.lane, now),
        }
    }

    pub fn facts(&self, touched: Vec<Touched>, now: Instant) -> Facts<'_> {
        let counting = self
            .approval
            .as_ref()
            .filter(|approval| approval.counts_for(&self.head));
        Facts {
            item: self.item,
            lane: &self.lane,
            head: &self.head,
            draft: self.draft_state(),
            approval: counting.map(|approval| approval.id),
            touched,
            now,
        }
    }
}

/// Loads what every move and every page about an item needs.
pub fn desk(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<Desk>, StorageError> {
    let Some(head) = items::head(tx, item)? else {
        return Ok(None);
    };
    Ok(Some(Desk {
        item,
        lane: publications::lane(tx, item)?,
        enclosed: enclosures::of(tx, head.id)?,
        head,
        draft: drafts::find(tx, item)?,
        approval: drafts::approval(tx, item)?,
        second_pair: room::second_pair(tx)?,
        unsigned: publications::unsigned(tx, item)?,
        revisions: items::revisions(tx, item)?,
        passes: passes::of_item(tx, item)?,
    }))
}

/// Which item, and what the person had before their eyes.
#[derive(Clone, Copy)]
pub struct Aim {
    pub item: ItemId,
    pub shown: Shown,
}

pub fn now(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    said: Said,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = ready(tx, aim.item)?;
        let a_move = match (said.urgent, desk.lane.at(sent.now)) {
            (true, _) => Move::PublishUrgently,
            (false, Some(_)) => Move::Correct,
            (false, None) => Move::PublishNow,
        };
        allow(&desk, a_move, (sent.now, editor.id()))?;
        let facts = desk.facts(touched(tx, &desk, sent.now)?, sent.now);
        let step = publishing::publish_now(&facts, aim.shown, said, editor)?;
        desk.enclosed.still(aim.shown.enclosed)?;
        take(tx, &desk, step, ("published", sent.now), editor)?;
        Ok(drafts::close(tx, aim.item)?)
    })
}

pub fn later(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    (said, at): (Said, Typed),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = ready(tx, aim.item)?;
        allow(&desk, Move::Schedule, (sent.now, editor.id()))?;
        let facts = desk.facts(touched(tx, &desk, sent.now)?, sent.now);
        let step = publishing::schedule(&facts, aim.shown, said, at, editor)?;
        desk.enclosed.still(aim.shown.enclosed)?;
        take(tx, &desk, step, ("scheduled", sent.now), editor)?;
        Ok(drafts::set_aside(tx, aim.item)?)
    })
}

pub fn not_after_all(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Unschedule, (sent.now, editor.id()))?;
        taken_back(tx, &desk, aim.shown, ("unscheduled", sent.now), editor)
    })
}

/// Takes back what is scheduled, and its words are worked on again.
pub(super) fn taken_back(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    shown: Shown,
    (what, now): (&'static str, Instant),
    editor: Editor,
) -> Result<(), Failure> {
    let step = publishing::unschedule(&desk.facts(Vec::new(), now), shown)?;
    take(tx, desk, step, (what, now), editor)?;
    let scheduled = desk.lane.scheduled(now);
    // A withdrawal to come has no words of its own that could be worked on again.
    if scheduled.is_some_and(|row| row.face == Face::Live) {
        reopen(tx, desk, (editor.id(), now))?;
    }
    Ok(())
}

pub fn reschedule(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    at: Typed,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Reschedule, (sent.now, editor.id()))?;
        let step =
            publishing::reschedule(&desk.facts(Vec::new(), sent.now), aim.shown, at, editor)?;
        take(tx, &desk, step, ("rescheduled", sent.now), editor)
    })
}

/// What was scheduled is a draft again, and still approved if it was.
fn reopen(tx: &mut WriteTx<'_>, desk: &Desk, who: (PersonId, Instant)) -> Result<(), Failure> {
    drafts::reopen(tx, desk.item, who)?;
    let approval = desk.approval.as_ref();
    if approval.is_some_and(|approval| approval.counts_for(&desk.head)) {
        drafts::set_stage(tx, desk.item, Stage::InReview)?;
    }
    Ok(())
}

pub fn withdraw(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    (note, later): (PublicNote, Option<Typed>),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Withdraw, (sent.now, editor.id()))?;
        let what = if later.is_some() {
            "scheduled the withdrawal of"
        } else {
            "withdrew"
        };
        let facts = desk.facts(Vec::new(), sent.now);
        let step = publishing::withdraw(&facts, aim.shown, (note, later), editor)?;
        take(tx, &desk, step, (what, sent.now), editor)
    })
}

/// Takes the item away; where there is a target, its address leads there.
pub fn remove(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    (note, target): (PublicNote, Option<Slug>),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Remove, (sent.now, editor.id()))?;
        if let Some(target) = &target {
            leads_somewhere(tx, aim.item, target, sent.now)?;
        }
        let facts = desk.facts(Vec::new(), sent.now);
        let step = publishing::remove(&facts, aim.shown, (note, target), editor)?;
        take(tx, &desk, step, ("removed", sent.now), editor)
    })
}

/// Follows the moves from an address: they must end at something that readers see, elsewhere.
fn leads_somewhere(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    target: &Slug,
    now: Instant,
) -> Result<(), Failure> {
    let mut next = target.clone();
    for _ in 0..PublicItem::MOST_MOVES {
        let found = reading::at_address(tx, next.as_str(), now)?.ok_or(Refusal::TargetNotThere)?;
        if found.item == item {
            return Err(Refusal::TargetInACircle.into());
        }
        match (found.moved_to, found.face) {
            (Some(further), _) => next = further,
            (None, Face::Gone) => return Err(Refusal::TargetNotThere.into()),
            (None, Face::Live | Face::Withdrawn | Face::Moved) => return Ok(()),
        }
    }
    Err(Refusal::TargetInACircle.into())
}

/// What the draft changes of what readers rely on, where they read other words now.
pub fn touched(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    now: Instant,
) -> Result<Vec<Touched>, StorageError> {
    let live = desk.lane.at(now).filter(|row| row.face == Face::Live);
    let live = match live {
        Some(row) => items::revision(tx, row.revision)?,
        None => None,
    };
    Ok(live.map_or_else(Vec::new, |live| {
        silent_edit::touched(&live.wording, &desk.head.wording)
    }))
}

pub fn restore(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    note: PublicNote,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Restore, (sent.now, editor.id()))?;
        returns_ready(tx, &desk, sent.now)?;
        let step = publishing::restore(&desk.facts(Vec::new(), sent.now), aim.shown, note, editor)?;
        enclosed::are_as_shown(tx, &desk, (Move::Restore, sent.now), aim.shown)?;
        take(tx, &desk, step, ("restored", sent.now), editor)
    })
}

/// What returns is checked as if it were new: a picture may have lost its alt text meanwhile.
fn returns_ready(tx: &mut ReadTx<'_>, desk: &Desk, now: Instant) -> Result<(), Failure> {
    let before = match desk.lane.at(now) {
        Some(row) => items::revision(tx, row.revision)?,
        None => None,
    };
    match before {
        Some(revision) => checklist::ready(tx, &revision.wording),
        None => Ok(()),
    }
}

/// Does the work of a form, unless this form came before.
pub(super) fn once(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    sent: &Sent<'_>,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<(), Failure>,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    work(tx)?;
    forms::remember(tx, sent.form_key, &item.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

pub(super) fn found(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Desk, Failure> {
    desk(tx, item)?.ok_or(Failure::Refused(Refusal::NoSuchItem))
}

/// The item, if nothing is missing before it may go out.
fn ready(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Desk, Failure> {
    let desk = found(tx, item)?;
    checklist::ready(tx, &desk.head.wording)?;
    Ok(desk)
}

/// The proof of the right is the editor in the caller's hands; the situation is asked of the table.
pub(super) fn allow(
    desk: &Desk,
    a_move: Move,
    (now, person): (Instant, PersonId),
) -> Result<(), Refusal> {
    moves::allow(a_move, Roles::EDITOR, desk.situation(now, person))
}

pub(super) fn take(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    step: Step,
    (what, now): (&'static str, Instant),
    editor: Editor,
) -> Result<(), Failure> {
    let begun = publications::take(tx, &step)?;
    if let Some((cancelled, _)) = step.cancel {
        telling::take_back(tx, cancelled)?;
    }
    if let Some((id, new)) = begun.zip(step.begin.as_ref()) {
        telling::of_publication(tx, desk, (id, new))?;
        purges::owe_publication(tx, new)?;
    }
    telling::of_passes(tx, desk.item, now)?;
    let detail = detail(tx, desk, &step)?;
    let entry = Entry::of_item(what, desk.item, &detail);
    Ok(journal::note(tx, Some(editor.id()), &entry, now)?)
}

/// Which words a step is about, which may not be the newest, and what readers are told of them.
fn detail(tx: &mut ReadTx<'_>, desk: &Desk, step: &Step) -> Result<String, StorageError> {
    let cancelled = step.cancel.and_then(|(id, _)| desk.lane.find(id));
    let begun = step.begin.as_ref();
    let about = begun
        .map(|new| new.revision)
        .or_else(|| cancelled.map(|row| row.revision));
    let number = match about {
        Some(id) if id != desk.head.id => items::revision(tx, id)?.map(|words| words.number),
        _ => None,
    };
    let mut detail = format!("revision {}", number.unwrap_or(desk.head.number));
    if let Some(new) = begun.filter(|new| new.face == Face::Live && new.change != Change::First) {
        detail.push_str(", ");
        detail.push_str(new.change.as_str());
    }
    if begun.is_some_and(|new| new.seen == Seen::Urgent) {
        detail.push_str(", urgent");
    }
    Ok(detail)
}
