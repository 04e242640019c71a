//! Every button of the newsroom: who may press it, and in which situation. Pages and handlers ask this one table.

use super::publication::Face;
use super::refusal::Refusal;
use crate::accounts::Roles;

/// A thing that staff can do with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Save,
    PublishNow,
    Schedule,
    Unschedule,
    Correct,
    Withdraw,
    Restore,
}

impl Move {
    pub const ALL: [Self; 7] = [
        Self::Save,
        Self::PublishNow,
        Self::Schedule,
        Self::Unschedule,
        Self::Correct,
        Self::Withdraw,
        Self::Restore,
    ];
}

/// What a move depends on: whether a draft is open, what readers see, whether a publication waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    pub draft_is_open: bool,
    pub face: Option<Face>,
    pub scheduled: bool,
}

/// Whether these roles may make this move in this situation; a refusal says why not.
pub fn allow(a_move: Move, roles: Roles, situation: Situation) -> Result<(), Refusal> {
    may_press(a_move, roles)?;
    fits(a_move, situation)
}

/// The moves that are legal now, in the order in which pages show them.
pub fn legal(roles: Roles, situation: Situation) -> Vec<Move> {
    Move::ALL
        .into_iter()
        .filter(|a_move| allow(*a_move, roles, situation).is_ok())
        .collect()
}

fn may_press(a_move: Move, roles: Roles) -> Result<(), Refusal> {
    match a_move {
        Move::Save if roles.may_write() => Ok(()),
        Move::Save => Err(Refusal::NotAWriter),
        Move::PublishNow
        | Move::Schedule
        | Move::Unschedule
        | Move::Correct
        | Move::Withdraw
        | Move::Restore => {
            if roles.editor {
                Ok(())
            } else {
                Err(Refusal::NotAnEditor)
            }
        }
    }
}

fn fits(a_move: Move, situation: Situation) -> Result<(), Refusal> {
    match (a_move, situation.scheduled) {
        (Move::Save, _) | (Move::Unschedule, true) => Ok(()),
        (Move::Unschedule, false) => Err(Refusal::NothingScheduled),
        (_, true) => Err(Refusal::AlreadyScheduled),
        (Move::PublishNow, false) => fresh(situation),
        (Move::Schedule, false) => later(situation),
        (Move::Correct, false) => to_change(situation).and_then(|()| draft(situation)),
        (Move::Withdraw, false) => live(situation),
        (Move::Restore, false) => withdrawn(situation),
    }
}

/// A schedule may begin a life or change live words.
fn later(situation: Situation) -> Result<(), Refusal> {
    match situation.face {
        Some(Face::Live) => draft(situation),
        None | Some(Face::Withdrawn | Face::Gone | Face::Moved) => fresh(situation),
    }
}

fn withdrawn(situation: Situation) -> Result<(), Refusal> {
    if situation.face == Some(Face::Withdrawn) {
        Ok(())
    } else {
        Err(Refusal::NotWithdrawn)
    }
}

/// For the first publication: words that nobody saw yet.
fn fresh(situation: Situation) -> Result<(), Refusal> {
    match situation.face {
        None => draft(situation),
        Some(Face::Live) => Err(Refusal::NoChangeNamed),
        Some(Face::Withdrawn | Face::Gone | Face::Moved) => Err(Refusal::Withdrawn),
    }
}

fn draft(situation: Situation) -> Result<(), Refusal> {
    if situation.draft_is_open {
        Ok(())
    } else {
        Err(Refusal::NothingNew)
    }
}

/// Live words can be changed; a withdrawn item is restored first.
fn to_change(situation: Situation) -> Result<(), Refusal> {
    match situation.face {
        Some(Face::Live) => Ok(()),
        Some(Face::Withdrawn | Face::Gone | Face::Moved) => Err(Refusal::Withdrawn),
        None => Err(Refusal::NothingToChange),
    }
}

fn live(situation: Situation) -> Result<(), Refusal> {
    if situation.face == Some(Face::Live) {
        Ok(())
    } else {
        Err(Refusal::NotLive)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDITOR: Roles = Roles {
        author: false,
        editor: true,
        admin: false,
    };
    const AUTHOR: Roles = Roles {
        author: true,
        editor: false,
        admin: false,
    };
    const ADMIN: Roles = Roles {
        author: false,
        editor: false,
        admin: true,
    };

    fn situation(draft_is_open: bool, face: Option<Face>, scheduled: bool) -> Situation {
        Situation {
            draft_is_open,
            face,
            scheduled,
        }
    }

    #[test]
    fn an_author_may_write_and_nothing_public() {
        assert_eq!(legal(AUTHOR, situation(true, None, false)), [Move::Save]);
        assert!(legal(ADMIN, situation(true, None, false)).is_empty());
    }

    #[test]
    fn an_editor_sees_just_the_moves_that_fit() {
        let cases = [
            (
                situation(true, None, false),
                vec![Move::Save, Move::PublishNow, Move::Schedule],
            ),
            (
                situation(true, None, true),
                vec![Move::Save, Move::Unschedule],
            ),
            (
                situation(false, Some(Face::Live), false),
                vec![Move::Save, Move::Withdraw],
            ),
            (
                situation(true, Some(Face::Live), false),
                vec![Move::Save, Move::Schedule, Move::Correct, Move::Withdraw],
            ),
            (
                situation(true, Some(Face::Live), true),
                vec![Move::Save, Move::Unschedule],
            ),
            (
                situation(true, Some(Face::Withdrawn), false),
                vec![Move::Save, Move::Restore],
            ),
        ];
        for (situation, moves) in cases {
            assert_eq!(legal(EDITOR, situation), moves, "{situation:?}");
        }
    }
}
