//! What each step is called, what it says before it is taken, and what after.

use super::passes_page::when_the_time_changes;
use crate::clock::Instant;
use crate::desk::publishing::Desk;
use crate::newsroom::{Face, Move};
use crate::prose::dates;
use crate::storage::room::Frame;

/// The words of a step.
pub(super) struct Words {
    a_move: Move,
    /// Also on the button.
    pub heading: &'static str,
    before: &'static str,
    pub done: &'static str,
}

/// Each step's heading (also on its button), what follows, and the sentence afterwards.
const WORDS: [(Move, &str, &str, &str); 13] = [
    (
        Move::Submit,
        "Submit for review",
        "Editors see on their work that this text waits to be read. Readers see nothing of it.",
        "Submitted: it waits for an editor.",
    ),
    (
        Move::RequestChanges,
        "Ask for changes",
        "The draft goes back to who writes it, with what you say below. Readers see nothing of it.",
        "Sent back with your comment.",
    ),
    (
        Move::Approve,
        "Approve",
        "",
        "Approved: exactly these words may go out.",
    ),
    (Move::Sign, "Sign", "", "Signed: the flag is gone."),
    (
        Move::Discard,
        "Discard the draft",
        "The draft leaves everybody’s work. Its words stay in the history, and it can be brought back. Readers see no difference.",
        "Discarded. It can be brought back here.",
    ),
    (
        Move::BringBack,
        "Bring the draft back",
        "The discarded words are the draft again, as they were. Readers see no difference.",
        "Brought back.",
    ),
    (
        Move::BringBackWords,
        "Bring back old words",
        "The words of the revision you choose become a new revision on top of all others, as if somebody had typed them again. Nothing is lost, an approval of other words is void, and readers see no difference.",
        "Brought back: the old words are the draft now.",
    ),
    (
        Move::Withdraw,
        "Withdraw",
        "As soon as you press the button, or at the time you choose, the text stays readable at its address under a dated notice with your reason, and it leaves the front page and every list.",
        "Withdrawn: readers see the notice above the text.",
    ),
    (
        Move::Remove,
        "Remove",
        "As soon as you press the button, the text is not there any more: its address answers that the item was removed, with your reason, or leads to where it is now. It leaves the front page, every list and the feed, and its pictures with it.",
        "Removed: readers do not see the text any more.",
    ),
    (
        Move::Restore,
        "Restore",
        "As soon as you press the button, the item stands in the lists again, in its old place, with a note that it was restored.",
        "Restored: readers see it in the lists again.",
    ),
    (
        Move::RevokePass,
        "Revoke a pass",
        "As soon as you press the button, the address opens nothing any more, whoever has it, and a mail that still waits is not sent. What was read before stays read.",
        "Revoked: the address opens nothing any more.",
    ),
    (
        Move::Reschedule,
        "Change the time",
        "",
        "It goes out at the new time.",
    ),
    (
        Move::Unschedule,
        "Take back the schedule",
        "",
        "Taken back: nothing is scheduled, and the text is a draft again.",
    ),
];

pub(super) fn words(a_move: Move) -> Words {
    let known = WORDS.into_iter().find(|(known, ..)| *known == a_move);
    let (_, heading, before, done) = known.unwrap_or((a_move, "", "", ""));
    Words {
        a_move,
        heading,
        before,
        done,
    }
}

impl Words {
    /// One sentence on what follows, for whom, and when.
    pub(super) fn sentence(&self, desk: &Desk, room: &Frame, now: Instant) -> String {
        match self.a_move {
            Move::Unschedule => unschedule_sentence(desk, room, now),
            Move::Reschedule => reschedule_sentence(desk, room, now),
            Move::Approve => format!(
                "You stand for revision {} as it is now. If anybody saves another comma, your approval is void.",
                desk.head.number
            ),
            Move::Sign => sign_sentence(desk),
            Move::Save
            | Move::Submit
            | Move::RequestChanges
            | Move::PublishNow
            | Move::Correct
            | Move::PublishUrgently
            | Move::Schedule
            | Move::Withdraw
            | Move::Remove
            | Move::Restore
            | Move::Discard
            | Move::BringBack
            | Move::BringBackWords
            | Move::GivePass
            | Move::RevokePass => self.before.to_owned(),
        }
    }
}

fn sign_sentence(desk: &Desk) -> String {
    let reason = desk.unsigned.and_then(|(id, _)| {
        let row = desk.lane.find(id)?;
        row.reason.as_ref().map(|reason| reason.as_str().to_owned())
    });
    let reason = reason.unwrap_or_default();
    format!(
        "It went out urgently, before a second editor had read it. The reason given was: “{reason}” With your signature you stand for the words as well."
    )
}

fn reschedule_sentence(desk: &Desk, room: &Frame, now: Instant) -> String {
    match desk.lane.scheduled(now) {
        Some(row) if row.face == Face::Live => format!(
            "It is to go out {}. From the time you choose, to the millisecond, readers see it; until then nobody but staff.{}",
            told(row.from, room),
            when_the_time_changes(
                desk,
                now,
                "Whoever has a pass sees the new time; a pass that expires before it has to be given again."
            )
        ),
        Some(row) => format!(
            "It is to be withdrawn {}. From the time you choose, to the millisecond, readers see the notice.",
            told(row.from, room)
        ),
        None => "Nothing is scheduled any more.".to_owned(),
    }
}

fn unschedule_sentence(desk: &Desk, room: &Frame, now: Instant) -> String {
    let Some(row) = desk.lane.scheduled(now) else {
        return "Nothing is scheduled any more.".to_owned();
    };
    let when = told(row.from, room);
    match (row.face, desk.lane.at(now)) {
        (Face::Live, Some(_)) => format!(
            "The change of {when} will not come. Readers go on seeing what they see now, and the text is a draft again."
        ),
        (Face::Live, None) => format!(
            "What was to come out {when} will not come out. Readers will see nothing, and the text is a draft again.{}",
            when_the_time_changes(desk, now, "Passes are on hold until there is a new time.")
        ),
        (Face::Withdrawn | Face::Gone | Face::Moved, _) => format!(
            "The withdrawal of {when} will not come. Readers go on seeing what they see now."
        ),
    }
}

/// The instant on the clocks of every zone that the room names.
pub(super) fn told(instant: Instant, room: &Frame) -> String {
    dates::in_zones(instant, &room.room.zone, &room.room.further_zones)
}
