//! What people of the sample room did with an item besides writing it.

use super::loading::Stage;
use super::playing::wrong;
use super::words::Step;
use crate::accounts::{Editor, Person, Writer};
use crate::desk::publishing::{self as moves, Aim, desk};
use crate::desk::{Failure, enclosed, passes, review, writing};
use crate::newsroom::pass::{NewPass, USUAL_TERMS};
use crate::newsroom::publishing::{Said, Shown};
use crate::newsroom::schedule::Day;
use crate::newsroom::{AddressSecret, ItemId, Move, Refusal, SecondPair};
use crate::storage::{WriteTx, room};

/// Makes the move that the step names. What needs two people is left out where one plays all.
pub(super) fn take(
    stage: &Stage,
    tx: &mut WriteTx<'_>,
    (item, step): (ItemId, &Step),
    sent: &writing::Sent<'_>,
    person: &Person,
) -> Result<(), Failure> {
    let act = Act {
        stage,
        item,
        step,
        sent,
    };
    match step.what.as_str() {
        "approve" if stage.is_solo => Ok(()),
        "submit" | "assign" | "comment" | "discard" => {
            act.in_the_draft_lane(tx, person.writer().ok_or(Refusal::NotAWriter)?)
        }
        _ => act.by_an_editor(tx, person.editor().ok_or(Refusal::NotAnEditor)?),
    }
}

struct Act<'a> {
    stage: &'a Stage,
    item: ItemId,
    step: &'a Step,
    sent: &'a writing::Sent<'a>,
}

impl Act<'_> {
    fn aim(&self, tx: &mut WriteTx<'_>) -> Result<Aim, Failure> {
        let facts = desk(tx, self.item)?.ok_or(Refusal::NoSuchItem)?;
        let a_move = match self.step.what.as_str() {
            "return" => Move::Restore,
            _ => Move::PublishNow,
        };
        let enclosed = enclosed::by(tx, &facts, (a_move, self.sent.now))?;
        let shown = Shown {
            revision: facts.head.id,
            publication: facts.lane.newest(),
            enclosed: enclosed.map(|all| all.fingerprint()),
        };
        Ok(Aim {
            item: self.item,
            shown,
        })
    }

    fn with(&self, name: &str) -> &str {
        self.step.with.get(name).map_or("", String::as_str)
    }

    /// What is said with the step, as whatever it is to be.
    fn note<T: std::str::FromStr>(&self) -> Result<T, Refusal> {
        let note = self.step.note.as_deref().unwrap_or_default();
        note.parse().map_err(wrong)
    }

    fn in_the_draft_lane(&self, tx: &mut WriteTx<'_>, writer: Writer) -> Result<(), Failure> {
        let (item, sent) = (self.item, self.sent);
        let aim = self.aim(tx)?.in_draft();
        match self.step.what.as_str() {
            "submit" => review::submit(tx, aim, sent, writer)?,
            "discard" => review::discard(tx, aim, sent, writer)?,
            "assign" => {
                let to = self.stage.people.get(self.with("to"));
                let at = self.stage.typed(self.step.for_days, "12:00")?.instant;
                let due = Day::of(at, &self.stage.room.zone);
                let whom = (to.map(|person| person.id), Some(due));
                review::assign(tx, item, (&(None, None), &whom), sent, writer)?
            }
            _ => {
                let passage = self.with("passage").parse().map_err(wrong)?;
                let words = self.note()?;
                review::comment(tx, aim, (&passage, &words), sent, writer.id())?
            }
        };
        Ok(())
    }

    fn by_an_editor(&self, tx: &mut WriteTx<'_>, editor: Editor) -> Result<(), Failure> {
        let (aim, sent) = (self.aim(tx)?, self.sent);
        match self.step.what.as_str() {
            "approve" => review::approve(tx, aim, sent, editor)?,
            "request-changes" => {
                let words = self.note()?;
                review::request_changes(tx, aim.in_draft(), &words, sent, editor)?
            }
            "publish" => moves::now(tx, aim, self.said()?, sent, editor)?,
            "urgent" => return self.urgently(tx, aim, editor),
            "schedule" => {
                let at = self.stage.typed(self.step.for_days, &self.step.for_time)?;
                moves::later(tx, aim, (self.said()?, at), sent, editor)?
            }
            "pass" => {
                let new = self.pass()?;
                let given = (&new, &AddressSecret::new());
                passes::give(tx, (self.item, aim.shown), given, sent, editor)?
            }
            "cancel" => moves::not_after_all(tx, aim, sent, editor)?,
            "withdraw" => moves::withdraw(tx, aim, (self.note()?, None), sent, editor)?,
            "return" => moves::restore(tx, aim, self.note()?, sent, editor)?,
            "remove" => {
                let target = match self.with("to") {
                    "" => None,
                    slug => Some(slug.parse().map_err(wrong)?),
                };
                moves::remove(tx, aim, (self.note()?, target), sent, editor)?
            }
            other => return Err(wrong(other).into()),
        };
        Ok(())
    }

    fn said(&self) -> Result<Said, Refusal> {
        let change = self.step.change.as_ref();
        Ok(Said {
            change: change
                .map(|change| change.parse().map_err(wrong))
                .transpose()?,
            public_note: match self.step.note {
                Some(_) => Some(self.note()?),
                None => None,
            },
            reason: None,
            urgent: false,
        })
    }

    /// As long as the room asked for a second pair of eyes: without that, nothing is urgent.
    fn urgently(&self, tx: &mut WriteTx<'_>, aim: Aim, editor: Editor) -> Result<(), Failure> {
        let mut then = self.stage.room.clone();
        then.second_pair = SecondPair::Required;
        room::save(tx, &then, self.sent.now)?;
        let said = Said {
            reason: Some(self.note()?),
            urgent: true,
            ..Said::default()
        };
        moves::now(tx, aim, said, self.sent, editor)?;
        room::save(tx, &self.stage.room, self.sent.now)?;
        Ok(())
    }

    fn pass(&self) -> Result<NewPass, Refusal> {
        let until = self.stage.typed(self.step.for_days, &self.step.for_time)?;
        Ok(NewPass {
            holder: self.with("holder").parse().map_err(wrong)?,
            outlet: self.with("outlet").parse().map_err(wrong)?,
            mail: None,
            terms: USUAL_TERMS.parse().map_err(wrong)?,
            expires_at: until.instant,
        })
    }
}
