//! The draft lane's steps: submit, ask for changes, approve, discard, bring back, comment, assign, sign.

use super::publishing::{Aim as PublicAim, Desk, found, once};
use super::{Done, Failure, checklist, enclosed, telling, writing::Sent};
use crate::accounts::{Editor, PersonId, Roles, Writer};
use crate::newsroom::schedule::Day;
use crate::newsroom::words::{CommentWords, Passage};
use crate::newsroom::{
    CommentId, Event, ItemId, Move, Refusal, Revision, RevisionId, Stage, moves,
};
use crate::storage::comments::NewComment;
use crate::storage::journal::{self, Entry};
use crate::storage::{StorageError, WriteTx, comments, drafts, items, people, publications};

/// Which item, and which of its revisions the person had before their eyes.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    pub item: ItemId,
    pub shown: RevisionId,
}

impl PublicAim {
    /// The same, for a move in the draft lane.
    pub fn in_draft(self) -> Aim {
        Aim {
            item: self.item,
            shown: self.shown.revision,
        }
    }
}

pub fn submit(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let by = (writer.id(), Roles::AUTHOR);
        let desk = current(tx, aim, (Move::Submit, by), sent)?;
        checklist::ready(tx, &desk.head.wording)?;
        drafts::set_stage(tx, aim.item, Stage::InReview)?;
        telling::of_step(tx, &desk, (Event::ReviewRequested, writer.id()), sent)?;
        note(tx, &desk, ("submitted", writer.id()), sent)
    })
}

/// Sends the draft back with what should change.
pub fn request_changes(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    words: &CommentWords,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let by = (editor.id(), Roles::EDITOR);
        let desk = current(tx, aim, (Move::RequestChanges, by), sent)?;
        let said = (&Passage::default(), words);
        add(tx, &desk.head, said, (editor.id(), sent))?;
        drafts::set_stage(tx, aim.item, Stage::ChangesRequested)?;
        drafts::void_approvals(tx, aim.item, sent.now)?;
        telling::of_step(tx, &desk, (Event::ChangesRequested, editor.id()), sent)?;
        note(tx, &desk, ("asked for changes to", editor.id()), sent)
    })
}

pub fn approve(
    tx: &mut WriteTx<'_>,
    aim: PublicAim,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let by = (editor.id(), Roles::EDITOR);
        let desk = current(tx, aim.in_draft(), (Move::Approve, by), sent)?;
        desk.enclosed.still(aim.shown.enclosed)?;
        let read = (&desk.head, &desk.enclosed);
        drafts::approve(tx, read, (editor.id(), sent.now))?;
        telling::of_step(tx, &desk, (Event::Approved, editor.id()), sent)?;
        note(tx, &desk, ("approved", editor.id()), sent)
    })
}

/// Puts the draft aside. Where readers see something, its words are the newest again.
pub fn discard(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let by = (writer.id(), Roles::AUTHOR);
        let desk = current(tx, aim, (Move::Discard, by), sent)?;
        drafts::discard(tx, aim.item, desk.head.id)?;
        drafts::void_approvals(tx, aim.item, sent.now)?;
        if let Some(public) = desk.lane.at(sent.now) {
            items::set_head(tx, aim.item, public.revision)?;
        }
        note(tx, &desk, ("discarded the draft of", writer.id()), sent)
    })
}

pub fn bring_back(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let by = (writer.id(), Roles::AUTHOR);
        let desk = current(tx, aim, (Move::BringBack, by), sent)?;
        if let Some(words) = desk.draft.as_ref().and_then(|draft| draft.discarded) {
            items::set_head(tx, aim.item, words)?;
        }
        drafts::set_stage(tx, aim.item, Stage::Draft)?;
        note(tx, &desk, ("brought back", writer.id()), sent)
    })
}

/// A second editor stands for what went out urgently.
pub fn sign(
    tx: &mut WriteTx<'_>,
    aim: PublicAim,
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        let situation = desk.situation(sent.now, editor.id());
        moves::allow(Move::Sign, Roles::EDITOR, situation)?;
        // A signature stands for what was read, and that may have been followed by something else.
        if desk.lane.newest() != aim.shown.publication {
            return Err(Refusal::LaneMovedOn.into());
        }
        let (publication, _by) = desk.unsigned.ok_or(Refusal::NothingToSign)?;
        enclosed::are_as_shown(tx, &desk, (Move::Sign, sent.now), aim.shown)?;
        publications::sign(tx, publication, (editor.id(), sent.now))?;
        let signed = desk.lane.find(publication).map(|row| row.revision);
        let signed = match signed {
            Some(words) => items::revision(tx, words)?,
            None => None,
        };
        let number = signed.map_or(desk.head.number, |words| words.number);
        let detail = format!("revision {number}");
        let entry = Entry::of_item("signed", desk.item, &detail);
        Ok(journal::note(tx, Some(editor.id()), &entry, sent.now)?)
    })
}

/// Says something about the words that the person read, on the whole or on a passage of them.
pub fn comment(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    said: (&Passage, &CommentWords),
    sent: &Sent<'_>,
    by: PersonId,
) -> Result<Done<()>, Failure> {
    once(tx, aim.item, sent, |tx| {
        let desk = found(tx, aim.item)?;
        let read = items::revision(tx, aim.shown)?.filter(|words| words.item == aim.item);
        let read = read.ok_or(Refusal::MovedOn)?;
        add(tx, &read, said, (by, sent))?;
        note(tx, &desk, ("commented on", by), sent)
    })
}

pub fn resolve(
    tx: &mut WriteTx<'_>,
    (item, comment): (ItemId, CommentId),
    sent: &Sent<'_>,
    by: PersonId,
) -> Result<Done<()>, Failure> {
    once(tx, item, sent, |tx| {
        let desk = found(tx, item)?;
        if !comments::resolve(tx, (item, comment), (by, sent.now))? {
            return Err(Refusal::NoOpenComment.into());
        }
        note(tx, &desk, ("resolved a comment on", by), sent)
    })
}

/// Who works on a draft, and by which day.
pub type Work = (Option<PersonId>, Option<Day>);

/// Gives the draft to somebody, with a day to be done by; `before` is what the person saw there.
pub fn assign(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    (before, work): (&Work, &Work),
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    once(tx, item, sent, |tx| {
        let desk = found(tx, item)?;
        let draft = desk.draft.as_ref().filter(|_| desk.draft_state().is_open());
        let draft = draft.ok_or(Refusal::NoDraft)?;
        if (draft.assignee, draft.due_on) != *before {
            return Err(Refusal::AssignedMeanwhile.into());
        }
        let (assignee, due_on) = *work;
        let mut detail = "to nobody".to_owned();
        if let Some(person) = assignee {
            let known = people::active(tx, person)?.filter(|known| known.writer().is_some());
            let known = known.ok_or(Refusal::NotAWriterToAssign)?;
            detail = format!("to {}", known.name.as_str());
        }
        if let Some(day) = due_on {
            detail = format!("{detail}, due {day}");
        }
        drafts::assign(tx, item, (assignee, due_on))?;
        telling::of_assignment(tx, &desk, (assignee, writer.id()), sent)?;
        let entry = Entry::of_item("assigned", item, &detail);
        Ok(journal::note(tx, Some(writer.id()), &entry, sent.now)?)
    })
}

/// The item, if the person saw its newest words and may make this move.
fn current(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    (a_move, (person, roles)): (Move, (PersonId, Roles)),
    sent: &Sent<'_>,
) -> Result<Desk, Failure> {
    let desk = found(tx, aim.item)?;
    moves::allow(a_move, roles, desk.situation(sent.now, person))?;
    if desk.head.id == aim.shown {
        Ok(desk)
    } else {
        Err(Refusal::MovedOn.into())
    }
}

fn add(
    tx: &mut WriteTx<'_>,
    read: &Revision,
    (passage, words): (&Passage, &CommentWords),
    (by, sent): (PersonId, &Sent<'_>),
) -> Result<(), StorageError> {
    comments::add(
        tx,
        &NewComment {
            item: read.item,
            revision: read.id,
            passage,
            words,
            by,
            now: sent.now,
        },
    )
}

fn note(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (what, by): (&'static str, PersonId),
    sent: &Sent<'_>,
) -> Result<(), Failure> {
    let detail = format!("revision {}", desk.head.number);
    let entry = Entry::of_item(what, desk.item, &detail);
    Ok(journal::note(tx, Some(by), &entry, sent.now)?)
}
