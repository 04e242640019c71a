//! The public lane: which revision readers see, with which face, from when until when.

use super::draft::ApprovalId;
use super::item::{ItemId, KindId, id, words_of};
use super::revision::RevisionId;
use super::slug::Slug;
use super::words::{PublicNote, Reason};
use crate::accounts::PersonId;
use crate::clock::Instant;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

id!(
    /// The number of a publication.
    PublicationId
);

/// How the public sees an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Live,
    Withdrawn,
    Gone,
    Moved,
}

words_of!(Face, "face", {
    Live => "live",
    Withdrawn => "withdrawn",
    Gone => "gone",
    Moved => "moved",
});

/// Why a publication began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    First,
    Typo,
    Update,
    Clarification,
    Correction,
    Withdrawal,
    Removal,
    Return,
}

words_of!(Change, "change", {
    First => "first",
    Typo => "typo",
    Update => "update",
    Clarification => "clarification",
    Correction => "correction",
    Withdrawal => "withdrawal",
    Removal => "removal",
    Return => "return",
});

impl Change {
    /// Those an editor chooses from when live words change.
    pub const OF_LIVE_WORDS: [Self; 4] = [
        Self::Typo,
        Self::Update,
        Self::Clarification,
        Self::Correction,
    ];

    /// Whether readers are told, with a note and a new date.
    pub fn tells_readers(self) -> bool {
        match self {
            Self::First | Self::Typo => false,
            Self::Update
            | Self::Clarification
            | Self::Correction
            | Self::Withdrawal
            | Self::Removal
            | Self::Return => true,
        }
    }
}

/// Whether a second editor had read what went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Another editor approved exactly these words.
    Approved(ApprovalId),
    /// An editor published alone, as the room allowed.
    Alone,
    /// It could not wait; another editor signs afterwards.
    Urgent,
}

/// From this instant until that one, readers see this revision with this face.
#[derive(Clone, Debug)]
pub struct Publication {
    pub id: PublicationId,
    pub revision: RevisionId,
    pub face: Face,
    pub from: Instant,
    pub until: Option<Instant>,
    pub published_at: Instant,
    pub updated_at: Option<Instant>,
    pub change: Change,
    pub kind: KindId,
    pub public_note: Option<PublicNote>,
    pub reason: Option<Reason>,
    pub seen: Seen,
    pub by: PersonId,
    pub made_at: Instant,
    /// Where its readers are led, exactly where the face says that it moved.
    pub moved_to: Option<Slug>,
    /// The address that its revision answers at.
    pub slug: String,
}

impl Publication {
    pub fn covers(&self, instant: Instant) -> bool {
        self.from <= instant && self.until.is_none_or(|end| instant < end)
    }

    fn begins_after(&self, instant: Instant) -> bool {
        self.from > instant && self.until != Some(self.from)
    }
}

/// A publication that is about to be stored.
#[derive(Clone, Debug)]
pub struct NewPublication {
    pub item: ItemId,
    pub revision: RevisionId,
    pub kind: KindId,
    pub face: Face,
    pub from: Instant,
    pub published_at: Instant,
    pub updated_at: Option<Instant>,
    pub change: Change,
    pub public_note: Option<PublicNote>,
    pub reason: Option<Reason>,
    pub seen: Seen,
    pub moved_to: Option<Slug>,
    /// The wall clock and the zone that a person typed, where the start was scheduled.
    pub typed: Option<(String, String)>,
    pub by: PersonId,
    pub made_at: Instant,
}

/// All publications of one item, in the order in which they begin.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    publications: Vec<Publication>,
}

impl Lane {
    pub fn new(mut publications: Vec<Publication>) -> Self {
        publications.sort_by_key(|publication| (publication.from, publication.id));
        Self { publications }
    }

    /// What readers see at that instant.
    pub fn at(&self, instant: Instant) -> Option<&Publication> {
        self.publications
            .iter()
            .find(|publication| publication.covers(instant))
    }

    /// The publication that waits for its instant.
    pub fn scheduled(&self, now: Instant) -> Option<&Publication> {
        self.publications
            .iter()
            .find(|publication| publication.begins_after(now))
    }

    /// Every row, also those that nobody ever saw.
    pub fn rows(&self) -> &[Publication] {
        &self.publications
    }

    /// The row of that number.
    pub fn find(&self, id: PublicationId) -> Option<&Publication> {
        self.publications.iter().find(|row| row.id == id)
    }

    /// The newest row, past, present or to come: what a form must have looked at.
    pub fn newest(&self) -> Option<PublicationId> {
        self.publications
            .iter()
            .map(|publication| publication.id)
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publication(from: i64, until: Option<i64>) -> Publication {
        Publication {
            id: PublicationId::new(from),
            revision: RevisionId::new(1),
            face: Face::Live,
            from: Instant::from_millis(from),
            until: until.map(Instant::from_millis),
            published_at: Instant::from_millis(from),
            updated_at: None,
            change: Change::First,
            kind: KindId::new(1),
            public_note: None,
            reason: None,
            seen: Seen::Alone,
            by: PersonId::new(1),
            made_at: Instant::from_millis(from),
            moved_to: None,
            slug: String::new(),
        }
    }

    #[test]
    fn a_publication_covers_its_first_millisecond_and_not_its_last() {
        let row = publication(10, Some(20));
        let covered: Vec<_> = [9, 10, 19, 20]
            .into_iter()
            .map(|at| row.covers(Instant::from_millis(at)))
            .collect();
        assert_eq!(covered, [false, true, true, false]);
    }

    #[test]
    fn a_cancelled_publication_covers_nothing_and_waits_for_nothing() {
        let lane = Lane::new(vec![publication(10, Some(10))]);
        assert!(lane.at(Instant::from_millis(10)).is_none());
        assert!(lane.scheduled(Instant::from_millis(5)).is_none());
    }
}
