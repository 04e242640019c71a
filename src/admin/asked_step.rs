//! A step that changes no words, as somebody asked for it: what was typed, and the move that follows.

use super::step_words::words;
use crate::accounts::{Editor, Person, Writer};
use crate::desk::publishing::{self as publishing_desk, Aim};
use crate::desk::writing::{self, Sent as SentBy};
use crate::desk::{Done, Failure, passes, review};
use crate::newsroom::schedule::Typed;
use crate::newsroom::slug::Slug;
use crate::newsroom::words::{CommentWords, PublicNote};
use crate::newsroom::{Move, Refusal};
use crate::storage::WriteTx;
use crate::web::{FieldErrors, Fields};

/// A step that somebody asked for, with everything that was typed.
pub(super) struct Step {
    pub a_move: Move,
    pub aim: Aim,
    pub typed: Option<Typed>,
    /// Where readers find this room.
    pub host: String,
    pub fields: Fields,
    pub person: Person,
}

/// Texts that are written and cannot be taken as they are; by how much stands beside each.
pub(super) fn too_long(fields: &Fields) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if !fields.get("public_note").trim().is_empty() {
        errors.take(
            "public_note",
            fields.get("public_note").parse::<PublicNote>(),
        );
    }
    if !fields.get("comment").trim().is_empty() {
        errors.take("comment", fields.get("comment").parse::<CommentWords>());
    }
    errors
}

impl Step {
    /// The sentence afterwards.
    pub(super) fn done(&self) -> &'static str {
        if self.a_move == Move::Withdraw && self.typed.is_some() {
            "It will be withdrawn at that time."
        } else {
            words(self.a_move).done
        }
    }

    pub(super) fn take(
        &self,
        tx: &mut WriteTx<'_>,
        sent: &SentBy<'_>,
    ) -> Result<Done<()>, Failure> {
        let aim = self.aim;
        let draft = aim.in_draft();
        match self.a_move {
            Move::Submit => review::submit(tx, draft, sent, self.writer()?),
            Move::RequestChanges => {
                let comment = self.fields.get("comment").parse();
                let comment = comment.map_err(|_empty| Refusal::NoComment)?;
                review::request_changes(tx, draft, &comment, sent, self.editor()?)
            }
            Move::Approve => review::approve(tx, aim, sent, self.editor()?),
            Move::Discard => review::discard(tx, draft, sent, self.writer()?),
            Move::BringBack => review::bring_back(tx, draft, sent, self.writer()?),
            Move::BringBackWords => self.bring_back_words(tx, draft, sent),
            Move::Sign => review::sign(tx, aim, sent, self.editor()?),
            Move::Unschedule => publishing_desk::not_after_all(tx, aim, sent, self.editor()?),
            Move::Reschedule => {
                let at = self.typed.clone().ok_or(Refusal::InThePast)?;
                publishing_desk::reschedule(tx, aim, at, sent, self.editor()?)
            }
            Move::Withdraw => {
                let said = (self.note()?, self.typed.clone());
                publishing_desk::withdraw(tx, aim, said, sent, self.editor()?)
            }
            Move::Remove => {
                let said = (self.note()?, self.target()?);
                publishing_desk::remove(tx, aim, said, sent, self.editor()?)
            }
            Move::Restore => publishing_desk::restore(tx, aim, self.note()?, sent, self.editor()?),
            Move::RevokePass => self.revoke_pass(tx, sent),
            Move::Save
            | Move::PublishNow
            | Move::Correct
            | Move::PublishUrgently
            | Move::Schedule
            | Move::GivePass => Err(Refusal::NoSuchItem.into()),
        }
    }

    fn bring_back_words(
        &self,
        tx: &mut WriteTx<'_>,
        aim: review::Aim,
        sent: &SentBy<'_>,
    ) -> Result<Done<()>, Failure> {
        let number = self.fields.get("revision").parse();
        let number = number.map_err(|_none| Refusal::NoSuchRevision)?;
        writing::bring_back_words(tx, (aim.item, aim.shown), number, sent, self.writer()?)
    }

    fn revoke_pass(&self, tx: &mut WriteTx<'_>, sent: &SentBy<'_>) -> Result<Done<()>, Failure> {
        let pass = self.fields.get("pass").parse();
        let pass = pass.map_err(|_none| Refusal::NoSuchPass)?;
        passes::revoke(tx, (self.aim.item, pass), sent, self.editor()?)
    }

    fn writer(&self) -> Result<Writer, Refusal> {
        self.person.writer().ok_or(Refusal::NotAWriter)
    }

    fn editor(&self) -> Result<Editor, Refusal> {
        self.person.editor().ok_or(Refusal::NotAnEditor)
    }

    /// The address in this room where a removed item leads; none where it is gone.
    fn target(&self) -> Result<Option<Slug>, Refusal> {
        let typed = self.fields.get("target").trim().trim_end_matches('/');
        if typed.is_empty() {
            return Ok(None);
        }
        // As it stands in the browser's bar, as a path, or the last part alone.
        let path = match typed.split_once("://") {
            Some((_, rest)) => rest
                .strip_prefix(&self.host)
                .ok_or(Refusal::TargetNotThere)?,
            None => typed,
        };
        let slug = path.strip_prefix("/news/").unwrap_or(path);
        slug.parse()
            .map(Some)
            .map_err(|_no_slug| Refusal::TargetNotThere)
    }

    fn note(&self) -> Result<PublicNote, Refusal> {
        let note = self.fields.get("public_note").parse();
        note.map_err(|_empty| Refusal::NoPublicNote)
    }
}
