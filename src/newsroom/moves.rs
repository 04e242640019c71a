//! Every button of the newsroom: who may press it, and in which situation. Pages and handlers ask this one table.

use super::refusal::Refusal;
use super::situation::{
    Situation, always, approve, bring_back_words, correct, discard, discarded, give_pass,
    in_review, publish_now, publish_urgently, remove, restore, revoke_pass, schedule, scheduled,
    sign, submit, withdraw,
};
use crate::accounts::Roles;

/// A thing that staff can do with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Save,
    Submit,
    RequestChanges,
    Approve,
    PublishNow,
    Correct,
    PublishUrgently,
    Schedule,
    Reschedule,
    Unschedule,
    Withdraw,
    Remove,
    Restore,
    Sign,
    Discard,
    BringBack,
    /// The words of an older revision become the newest.
    BringBackWords,
    /// One journalist may read what is scheduled.
    GivePass,
    RevokePass,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    Writer,
    Editor,
}

type Fits = fn(Situation) -> Result<(), Refusal>;

/// The table: who, and in which situation. Pages show the moves in this order.
const TABLE: [(Move, Right, Fits); 19] = [
    (Move::Save, Right::Writer, always),
    (Move::Submit, Right::Writer, submit),
    (Move::RequestChanges, Right::Editor, in_review),
    (Move::Approve, Right::Editor, approve),
    (Move::PublishNow, Right::Editor, publish_now),
    (Move::Correct, Right::Editor, correct),
    (Move::PublishUrgently, Right::Editor, publish_urgently),
    (Move::Schedule, Right::Editor, schedule),
    (Move::Reschedule, Right::Editor, scheduled),
    (Move::Unschedule, Right::Editor, scheduled),
    (Move::Withdraw, Right::Editor, withdraw),
    (Move::Remove, Right::Editor, remove),
    (Move::Restore, Right::Editor, restore),
    (Move::Sign, Right::Editor, sign),
    (Move::Discard, Right::Writer, discard),
    (Move::BringBack, Right::Writer, discarded),
    (Move::BringBackWords, Right::Writer, bring_back_words),
    (Move::GivePass, Right::Editor, give_pass),
    (Move::RevokePass, Right::Editor, revoke_pass),
];

impl Move {
    /// Every move, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.into_iter().map(|(a_move, ..)| a_move)
    }
}

/// Whether these roles may make this move in this situation; a refusal says why not.
pub fn allow(a_move: Move, roles: Roles, situation: Situation) -> Result<(), Refusal> {
    may_ever(a_move, roles)?;
    let (_, _, fits) = row(a_move)?;
    fits(situation)
}

/// Whether these roles may make this move in any situation at all.
pub fn may_ever(a_move: Move, roles: Roles) -> Result<(), Refusal> {
    let (_, right, _) = row(a_move)?;
    right.of(roles)
}

/// What the table does not name, nobody may do.
fn row(a_move: Move) -> Result<(Move, Right, Fits), Refusal> {
    let known = TABLE.into_iter().find(|(known, ..)| *known == a_move);
    known.ok_or(Refusal::NotAnEditor)
}

/// The moves that are legal now, in the order in which pages show them.
pub fn legal(roles: Roles, situation: Situation) -> Vec<Move> {
    Move::all()
        .filter(|a_move| allow(*a_move, roles, situation).is_ok())
        .collect()
}

impl Right {
    fn of(self, roles: Roles) -> Result<(), Refusal> {
        match self {
            Self::Writer if roles.may_write() => Ok(()),
            Self::Writer => Err(Refusal::NotAWriter),
            Self::Editor if roles.editor => Ok(()),
            Self::Editor => Err(Refusal::NotAnEditor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::{DraftState, Face, Passes, SecondPair, Unsigned};

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

    fn situation(draft: DraftState, face: Option<Face>, scheduled: bool) -> Situation {
        Situation {
            draft,
            face,
            scheduled,
            second_pair: SecondPair::Required,
            wrote_last: false,
            unsigned: None,
            has_older_words: false,
            passes: Passes::NoneStands,
        }
    }

    #[test]
    fn an_author_writes_and_submits_and_does_nothing_public() {
        let draft = situation(DraftState::Draft, None, false);
        assert_eq!(
            legal(AUTHOR, draft),
            [Move::Save, Move::Submit, Move::Discard]
        );
        assert!(legal(ADMIN, draft).is_empty());
        for a_move in Move::all() {
            let in_review = situation(DraftState::Approved, None, false);
            let public = !matches!(a_move, Move::Save | Move::Discard);
            assert_eq!(
                allow(a_move, AUTHOR, in_review).is_err(),
                public,
                "{a_move:?}"
            );
        }
    }

    #[test]
    fn nothing_goes_out_before_a_second_editor_read_it_but_what_is_urgent() {
        let draft = situation(DraftState::InReview, None, false);
        assert_eq!(
            legal(EDITOR, draft),
            [
                Move::Save,
                Move::RequestChanges,
                Move::Approve,
                Move::PublishUrgently,
                Move::Discard
            ]
        );
        assert_eq!(
            allow(Move::PublishNow, EDITOR, draft),
            Err(Refusal::NotApproved)
        );
        let own = Situation {
            wrote_last: true,
            ..draft
        };
        assert_eq!(allow(Move::Approve, EDITOR, own), Err(Refusal::OwnText));
        let alone = Situation {
            second_pair: SecondPair::Advised,
            ..draft
        };
        assert!(allow(Move::PublishNow, EDITOR, alone).is_ok());
        assert!(allow(Move::PublishUrgently, EDITOR, alone).is_err());
    }

    #[test]
    fn an_editor_sees_just_the_moves_that_fit() {
        use DraftState::{Approved, Closed, Discarded};
        use Move::{
            BringBack, Correct, Discard, GivePass, PublishNow, Remove, RequestChanges, Reschedule,
            Restore, Save, Schedule, Unschedule, Withdraw,
        };
        let cases = [
            (
                situation(Approved, None, false),
                vec![Save, RequestChanges, PublishNow, Schedule, Discard],
            ),
            (
                situation(Closed, None, true),
                vec![Save, Reschedule, Unschedule, GivePass],
            ),
            (
                situation(Closed, Some(Face::Live), false),
                vec![Save, Withdraw, Remove],
            ),
            (
                situation(Approved, Some(Face::Live), false),
                vec![
                    Save,
                    RequestChanges,
                    Correct,
                    Schedule,
                    Withdraw,
                    Remove,
                    Discard,
                ],
            ),
            (
                situation(Closed, Some(Face::Withdrawn), false),
                vec![Save, Remove, Restore],
            ),
            (situation(Discarded, None, false), vec![Save, BringBack]),
        ];
        for (situation, moves) in cases {
            assert_eq!(legal(EDITOR, situation), moves, "{situation:?}");
        }
    }

    #[test]
    fn old_words_come_back_where_there_are_any_and_with_whoever_may_write() {
        let of = |has_older_words| Situation {
            has_older_words,
            ..situation(DraftState::Closed, Some(Face::Live), true)
        };
        assert!(allow(Move::BringBackWords, AUTHOR, of(true)).is_ok());
        assert!(allow(Move::BringBackWords, ADMIN, of(true)).is_err());
        assert_eq!(
            allow(Move::BringBackWords, EDITOR, of(false)),
            Err(Refusal::NothingOlder)
        );
    }

    #[test]
    fn a_pass_is_given_to_what_is_to_come_and_revoked_while_it_stands() {
        use DraftState::Closed;
        let of = |face, scheduled| situation(Closed, face, scheduled);
        assert!(allow(Move::GivePass, EDITOR, of(None, true)).is_ok());
        assert!(allow(Move::GivePass, AUTHOR, of(None, true)).is_err());
        for nothing_to_come in [of(None, false), of(Some(Face::Live), true)] {
            assert_eq!(
                allow(Move::GivePass, EDITOR, nothing_to_come),
                Err(Refusal::NothingToPass)
            );
        }
        let given = |passes| Situation {
            passes,
            ..of(None, false)
        };
        assert!(allow(Move::RevokePass, EDITOR, given(Passes::SomeStand)).is_ok());
        assert!(allow(Move::RevokePass, AUTHOR, given(Passes::SomeStand)).is_err());
        assert_eq!(
            allow(Move::RevokePass, EDITOR, given(Passes::NoneStands)),
            Err(Refusal::NoStandingPass)
        );
    }

    #[test]
    fn what_went_out_urgently_is_signed_by_somebody_else() {
        let live = situation(DraftState::Closed, Some(Face::Live), false);
        let of = |unsigned| Situation { unsigned, ..live };
        assert!(allow(Move::Sign, EDITOR, of(Some(Unsigned::Theirs))).is_ok());
        for (unsigned, refusal) in [
            (Some(Unsigned::Mine), Refusal::OwnUrgency),
            (None, Refusal::NothingToSign),
        ] {
            assert_eq!(allow(Move::Sign, EDITOR, of(unsigned)), Err(refusal));
        }
    }
}
