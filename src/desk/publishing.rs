//! The public steps: now, later, not after all, correct, withdraw, restore.

use super::{Done, Failure, checklist, writing::Sent};
use crate::accounts::{Editor, Roles};
use crate::clock::Instant;
use crate::newsroom::publishing::{self, Facts, Said, Shown, Step};
use crate::newsroom::schedule::Typed;
use crate::newsroom::words::PublicNote;
use crate::newsroom::{ItemId, Lane, Move, Refusal, Revision, Situation, moves};
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, StorageError, WriteTx, forms, items, publications};

/// An item with both its lanes, as a move finds it.
pub struct Desk {
    pub item: ItemId,
    pub lane: Lane,
    pub head: Revision,
    pub draft_is_open: bool,
}

impl Desk {
    pub fn situation(&self, now: Instant) -> Situation {
        Situation {
            draft_is_open: self.draft_is_open,
            face: self.lane.at(now).map(|row| row.face),
            scheduled: self.lane.scheduled(now).is_some(),
        }
    }

    fn facts(&self, now: Instant) -> Facts<'_> {
        Facts {
            item: self.item,
            lane: &self.lane,
            head: &self.head,
            draft_is_open: self.draft_is_open,
            now,
        }
    }
}

/// Loads what every move and every page about an item needs.
pub fn desk(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<Desk>, StorageError> {
    let Some(head) = items::head(tx, item)? else {
        return Ok(None);
    };
    let lane = publications::lane(tx, item)?;
    let draft_is_open = items::draft_is_open(tx, item)?;
    Ok(Some(Desk {
        item,
        lane,
        head,
        draft_is_open,
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
    once(tx, aim, sent, |tx| {
        let desk = ready(tx, aim.item)?;
        let a_move = if desk.lane.at(sent.now).is_some() {
            Move::Correct
        } else {
            Move::PublishNow
        };
        allow(&desk, a_move, sent.now)?;
        let step = publishing::publish_now(&desk.facts(sent.now), aim.shown, said, editor)?;
        take(tx, &desk, step, ("published", sent.now), editor)?;
        Ok(items::close_draft(tx, aim.item)?)
    })
}

pub fn later(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    (said, at): (Said, Typed),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim, sent, |tx| {
        let desk = ready(tx, aim.item)?;
        allow(&desk, Move::Schedule, sent.now)?;
        let step = publishing::schedule(&desk.facts(sent.now), aim.shown, said, at, editor)?;
        take(tx, &desk, step, ("scheduled", sent.now), editor)?;
        Ok(items::close_draft(tx, aim.item)?)
    })
}

pub fn not_after_all(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Unschedule, sent.now)?;
        let step = publishing::unschedule(&desk.facts(sent.now), aim.shown)?;
        take(tx, &desk, step, ("unscheduled", sent.now), editor)?;
        Ok(items::open_draft(tx, aim.item, editor.id(), sent.now)?)
    })
}

pub fn withdraw(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    note: PublicNote,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Withdraw, sent.now)?;
        let step = publishing::withdraw(&desk.facts(sent.now), aim.shown, note, editor)?;
        take(tx, &desk, step, ("withdrew", sent.now), editor)
    })
}

pub fn restore(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    note: PublicNote,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim, sent, |tx| {
        let desk = found(tx, aim.item)?;
        allow(&desk, Move::Restore, sent.now)?;
        let step = publishing::restore(&desk.facts(sent.now), aim.shown, note, editor)?;
        take(tx, &desk, step, ("restored", sent.now), editor)
    })
}

fn once(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    sent: &Sent<'_>,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<(), Failure>,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    work(tx)?;
    forms::remember(tx, sent.form_key, &aim.item.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

fn found(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Desk, Failure> {
    desk(tx, item)?.ok_or(Failure::Refused(Refusal::NoSuchItem))
}

/// The item, if nothing is missing before it may go out.
fn ready(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Desk, Failure> {
    let desk = found(tx, item)?;
    checklist::ready(tx, &desk.head.wording)?;
    Ok(desk)
}

/// The proof of the right is the editor in the caller's hands; the situation is asked of the table.
fn allow(desk: &Desk, a_move: Move, now: Instant) -> Result<(), Refusal> {
    moves::allow(a_move, Roles::EDITOR, desk.situation(now))
}

fn take(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    step: Step,
    (what, now): (&'static str, Instant),
    editor: Editor,
) -> Result<(), Failure> {
    publications::take(tx, &step)?;
    let detail = format!("revision {}", desk.head.number);
    journal::note(
        tx,
        Some(editor.id()),
        &Entry::of_item(what, desk.item, &detail),
        now,
    )?;
    Ok(())
}
