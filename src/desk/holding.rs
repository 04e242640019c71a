//! Hold everything, and undo it: each item's own step, all in one transaction.

use std::collections::BTreeMap;

use super::publishing::{allow, found, take, taken_back};
use super::{Done, Failure, checklist, writing::Sent};
use crate::accounts::Editor;
use crate::newsroom::hold::{self, HoldId};
use crate::newsroom::publishing::Shown;
use crate::newsroom::words::Reason;
use crate::newsroom::{Face, ItemId, Move, Refusal};
use crate::storage::holds::{self, Held};
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, drafts, forms, items, publications};

/// How many are scheduled again, and what could not be.
#[derive(Debug, Default)]
pub struct Undone {
    pub again: usize,
    pub not: Vec<(ItemId, Refusal)>,
}

/// Takes back everything that is scheduled. What was scheduled since the hold began joins it.
pub fn hold_everything(
    tx: &mut WriteTx<'_>,
    reason: &Reason,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<usize>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let scheduled = publications::scheduled_items(tx, sent.now)?;
    if scheduled.is_empty() {
        return Err(Refusal::NothingToHold.into());
    }
    let who = (editor.id(), sent.now);
    let hold = match holds::open(tx)? {
        Some(hold) => hold.id,
        None => holds::begin(tx, reason, who)?,
    };
    for item in &scheduled {
        freeze(tx, (*item, hold), sent, editor)?;
    }
    let detail = format!("{} items: {reason}", scheduled.len());
    let entry = Entry::of_room("held everything", &detail);
    journal::note(tx, Some(editor.id()), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, "hold", sent.now)?;
    Ok(Done::Now(scheduled.len()))
}

fn freeze(
    tx: &mut WriteTx<'_>,
    (item, hold): (ItemId, HoldId),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<(), Failure> {
    let desk = found(tx, item)?;
    let Some(scheduled) = desk.lane.scheduled(sent.now) else {
        return Ok(());
    };
    holds::add(tx, hold, scheduled.id)?;
    let shown = Shown {
        revision: desk.head.id,
        publication: Some(scheduled.id),
        enclosed: None,
    };
    taken_back(tx, &desk, shown, ("held", sent.now), editor)
}

/// Puts back what the hold took back, as far as nothing has happened to it since.
pub fn undo(
    tx: &mut WriteTx<'_>,
    shown: HoldId,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<Undone>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let hold = holds::open(tx)?.filter(|hold| hold.id == shown);
    let hold = hold.ok_or(Refusal::NothingHeld)?;
    let mut undone = Undone::default();
    for held in newest_of_each(holds::held(tx, hold.id)?) {
        let item = held.item;
        match put_back(tx, held, sent, editor) {
            Ok(()) => undone.again += 1,
            Err(Failure::Refused(refusal)) => undone.not.push((item, refusal)),
            Err(failure) => return Err(failure),
        }
    }
    holds::end(tx, hold.id, (editor.id(), sent.now))?;
    let detail = format!("{} of {}", undone.again, undone.again + undone.not.len());
    let entry = Entry::of_room("undid the hold", &detail);
    journal::note(tx, Some(editor.id()), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, "hold", sent.now)?;
    Ok(Done::Now(undone))
}

/// What was held, scheduled anew and held again is put back as it was to be last.
fn newest_of_each(held: Vec<Held>) -> Vec<Held> {
    let newest: BTreeMap<i64, i64> = held
        .iter()
        .map(|one| (one.item.get(), one.publication.get()))
        .fold(BTreeMap::new(), |mut newest, (item, publication)| {
            let known = newest.entry(item).or_insert(publication);
            *known = publication.max(*known);
            newest
        });
    let is_newest = |one: &Held| newest.get(&one.item.get()) == Some(&one.publication.get());
    held.into_iter().filter(is_newest).collect()
}

/// Refuses before it writes anything, so that one item's refusal leaves no half of it.
fn put_back(
    tx: &mut WriteTx<'_>,
    held: Held,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<(), Failure> {
    let desk = found(tx, held.item)?;
    let facts = desk.facts(Vec::new(), sent.now);
    let step = hold::put_back(&facts, held.publication, held.typed, editor)?;
    if step
        .begin
        .as_ref()
        .is_some_and(|row| row.face == Face::Live)
    {
        // The room may ask for a second pair of eyes by now.
        allow(&desk, Move::Schedule, (sent.now, editor.id()))?;
    }
    let words = step.begin.as_ref().filter(|row| row.face == Face::Live);
    let words = match words {
        Some(row) => items::revision(tx, row.revision)?,
        None => None,
    };
    if let Some(words) = &words {
        // A picture may have lost its alt text while nothing was scheduled.
        checklist::ready(tx, &words.wording)?;
    }
    take(tx, &desk, step, ("scheduled again", sent.now), editor)?;
    if words.is_some() {
        drafts::set_aside(tx, held.item)?;
    }
    Ok(())
}
