//! What a move depends on besides who makes it, and the conditions that the table of moves names.

use super::draft::DraftState;
use super::item::words_of;
use super::publication::Face;
use super::refusal::Refusal;

/// Whether a second editor must read before anything goes out: a setting of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SecondPair {
    Required,
    /// An editor may publish alone; that it was alone is recorded.
    #[default]
    Advised,
}

words_of!(SecondPair, "rule of the second pair of eyes", {
    Required => "required",
    Advised => "advised",
});

/// What a move depends on besides the person's roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    pub draft: DraftState,
    /// What readers see.
    pub face: Option<Face>,
    /// A publication waits for its instant.
    pub scheduled: bool,
    pub second_pair: SecondPair,
    /// The person was the last to change the text.
    pub wrote_last: bool,
    /// An urgent publication that nobody has signed.
    pub unsigned: Option<Unsigned>,
    /// There are revisions besides the newest.
    pub has_older_words: bool,
    pub passes: Passes,
}

/// Whether anybody has a pass that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passes {
    NoneStands,
    SomeStand,
}

/// Whose urgent publication waits for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    Mine,
    Theirs,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "one condition among others that can refuse"
)]
pub(super) fn always(_situation: Situation) -> Result<(), Refusal> {
    Ok(())
}

pub(super) fn submit(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    match situation.draft {
        DraftState::Draft | DraftState::ChangesRequested => Ok(()),
        DraftState::InReview | DraftState::Approved => Err(Refusal::InReviewAlready),
        DraftState::Discarded => Err(Refusal::DraftDiscarded),
        DraftState::Closed => Err(Refusal::NothingNew),
    }
}

pub(super) fn in_review(situation: Situation) -> Result<(), Refusal> {
    match situation.draft {
        DraftState::InReview | DraftState::Approved => Ok(()),
        DraftState::Draft | DraftState::ChangesRequested => Err(Refusal::NotInReview),
        DraftState::Discarded => Err(Refusal::DraftDiscarded),
        DraftState::Closed => Err(Refusal::NothingNew),
    }
}

/// Four eyes are two people's.
pub(super) fn approve(situation: Situation) -> Result<(), Refusal> {
    in_review(situation)?;
    if situation.draft == DraftState::Approved {
        Err(Refusal::ApprovedAlready)
    } else if situation.wrote_last {
        Err(Refusal::OwnText)
    } else {
        Ok(())
    }
}

pub(super) fn publish_now(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    first_words(situation)?;
    seen_by_two(situation)
}

pub(super) fn correct(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    live_words(situation)?;
    seen_by_two(situation)
}

/// Where the room does not insist on a second pair of eyes, nothing needs to be urgent.
pub(super) fn publish_urgently(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    new_words(situation)?;
    match seen_by_two(situation) {
        Ok(()) => Err(Refusal::NeedNotBeUrgent),
        Err(_nobody_approved) => Ok(()),
    }
}

/// A schedule may begin a life or change live words.
pub(super) fn schedule(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    new_words(situation)?;
    seen_by_two(situation)
}

pub(super) fn scheduled(situation: Situation) -> Result<(), Refusal> {
    if situation.scheduled {
        Ok(())
    } else {
        Err(Refusal::NothingScheduled)
    }
}

/// A pass ends where readers see anything of the item, so it begins before that.
pub(super) fn give_pass(situation: Situation) -> Result<(), Refusal> {
    if situation.scheduled && situation.face.is_none() {
        Ok(())
    } else {
        Err(Refusal::NothingToPass)
    }
}

pub(super) fn revoke_pass(situation: Situation) -> Result<(), Refusal> {
    match situation.passes {
        Passes::SomeStand => Ok(()),
        Passes::NoneStands => Err(Refusal::NoStandingPass),
    }
}

pub(super) fn withdraw(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    if situation.face == Some(Face::Live) {
        Ok(())
    } else {
        Err(Refusal::NotLive)
    }
}

pub(super) fn remove(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    match situation.face {
        Some(Face::Live | Face::Withdrawn) => Ok(()),
        Some(Face::Gone | Face::Moved) | None => Err(Refusal::NotLive),
    }
}

pub(super) fn restore(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    match situation.face {
        Some(Face::Withdrawn | Face::Gone | Face::Moved) => Ok(()),
        Some(Face::Live) | None => Err(Refusal::NotWithdrawn),
    }
}

pub(super) fn sign(situation: Situation) -> Result<(), Refusal> {
    match situation.unsigned {
        Some(Unsigned::Theirs) => Ok(()),
        Some(Unsigned::Mine) => Err(Refusal::OwnUrgency),
        None => Err(Refusal::NothingToSign),
    }
}

pub(super) fn discard(situation: Situation) -> Result<(), Refusal> {
    nothing_scheduled(situation)?;
    open(situation)
}

pub(super) fn discarded(situation: Situation) -> Result<(), Refusal> {
    if situation.draft == DraftState::Discarded {
        Ok(())
    } else {
        Err(Refusal::NothingDiscarded)
    }
}

/// Like saving: it changes nothing that readers see.
pub(super) fn bring_back_words(situation: Situation) -> Result<(), Refusal> {
    if situation.has_older_words {
        Ok(())
    } else {
        Err(Refusal::NothingOlder)
    }
}

fn nothing_scheduled(situation: Situation) -> Result<(), Refusal> {
    if situation.scheduled {
        Err(Refusal::AlreadyScheduled)
    } else {
        Ok(())
    }
}

/// Words that nobody saw yet, or new ones for a live item.
fn new_words(situation: Situation) -> Result<(), Refusal> {
    match situation.face {
        Some(Face::Live) => live_words(situation),
        None | Some(Face::Withdrawn | Face::Gone | Face::Moved) => first_words(situation),
    }
}

fn first_words(situation: Situation) -> Result<(), Refusal> {
    match situation.face {
        None => open(situation),
        Some(Face::Live) => Err(Refusal::NoChangeNamed),
        Some(Face::Withdrawn | Face::Gone | Face::Moved) => Err(Refusal::Withdrawn),
    }
}

fn live_words(situation: Situation) -> Result<(), Refusal> {
    match situation.face {
        Some(Face::Live) => open(situation),
        Some(Face::Withdrawn | Face::Gone | Face::Moved) => Err(Refusal::Withdrawn),
        None => Err(Refusal::NothingToChange),
    }
}

fn open(situation: Situation) -> Result<(), Refusal> {
    match situation.draft {
        DraftState::Draft
        | DraftState::InReview
        | DraftState::ChangesRequested
        | DraftState::Approved => Ok(()),
        DraftState::Discarded => Err(Refusal::DraftDiscarded),
        DraftState::Closed => Err(Refusal::NothingNew),
    }
}

fn seen_by_two(situation: Situation) -> Result<(), Refusal> {
    match (situation.second_pair, situation.draft) {
        (SecondPair::Advised, _) | (SecondPair::Required, DraftState::Approved) => Ok(()),
        (
            SecondPair::Required,
            DraftState::Draft
            | DraftState::InReview
            | DraftState::ChangesRequested
            | DraftState::Closed
            | DraftState::Discarded,
        ) => Err(Refusal::NotApproved),
    }
}
