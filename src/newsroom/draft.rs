//! The draft lane: how far the work on an item is, who approved which words, what was said about them.

use super::item::{ItemId, id, words_of};
use super::revision::{ContentHash, Revision, RevisionId};
use super::schedule::Day;
use super::words::{CommentWords, Passage};
use crate::accounts::PersonId;
use crate::clock::Instant;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

id!(
    /// The number of an approval.
    ApprovalId
);
id!(
    /// The number of a comment.
    CommentId
);

/// How far a draft is, as it is stored; that it is approved follows from the approvals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Draft,
    InReview,
    ChangesRequested,
    Discarded,
}

words_of!(Stage, "stage", {
    Draft => "draft",
    InReview => "in_review",
    ChangesRequested => "changes_requested",
    Discarded => "discarded",
});

/// The work on an item.
#[derive(Clone, Debug)]
pub struct Draft {
    pub stage: Stage,
    /// The words that were discarded, where they were.
    pub discarded: Option<RevisionId>,
    pub assignee: Option<PersonId>,
    pub due_on: Option<Day>,
}

/// An editor read exactly these words and stands for them.
#[derive(Clone, Debug)]
pub struct Approval {
    pub id: ApprovalId,
    pub revision: RevisionId,
    pub hash: ContentHash,
    /// The pictures and files as they were seen; empty where nobody kept that yet.
    pub enclosed: String,
    pub by: PersonId,
    pub at: Instant,
}

impl Approval {
    /// One more saved comma is another revision with another hash, and nobody has approved that.
    pub fn counts_for(&self, head: &Revision) -> bool {
        self.revision == head.id && self.hash == head.hash
    }
}

/// How far the work is, with everything considered: what moves depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Nothing is worked on: the newest words are out, or will be.
    Closed,
    Draft,
    InReview,
    ChangesRequested,
    Approved,
    Discarded,
}

impl DraftState {
    pub fn of(draft: Option<&Draft>, approval: Option<&Approval>, head: &Revision) -> Self {
        match draft.map(|draft| draft.stage) {
            None => Self::Closed,
            Some(Stage::Discarded) => Self::Discarded,
            Some(Stage::Draft) => Self::Draft,
            Some(Stage::ChangesRequested) => Self::ChangesRequested,
            Some(Stage::InReview) if approval.is_some_and(|one| one.counts_for(head)) => {
                Self::Approved
            }
            Some(Stage::InReview) => Self::InReview,
        }
    }

    /// Whether there are words that readers have not got and somebody works on.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::InReview | Self::ChangesRequested | Self::Approved => true,
            Self::Closed | Self::Discarded => false,
        }
    }
}

/// What somebody of staff said about a draft.
#[derive(Clone, Debug)]
pub struct Comment {
    pub id: CommentId,
    pub item: ItemId,
    pub revision: RevisionId,
    /// Quoted from the text; empty where the comment is about the whole.
    pub passage: Passage,
    pub words: CommentWords,
    pub by: PersonId,
    pub at: Instant,
    pub resolved: Option<(PersonId, Instant)>,
}
