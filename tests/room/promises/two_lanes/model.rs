//! What readers see, told the naive way: a list of what begins when, replayed from its beginning.
//! Nothing here knows how the program keeps it, and nothing is shared with the program's rules.

use std::collections::{BTreeMap, BTreeSet};

use super::attempts::What;

pub(super) const AUTHOR: usize = 0;
pub(super) const EDITORS: [usize; 2] = [1, 2];
pub(super) const ADMIN: usize = 3;

/// What somebody writes. The word is what a reader would recognise it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) word: String,
    /// Stands in the text as a number; a typo may not change it silently.
    pub(super) quay: u8,
    pub(super) address: &'static str,
    /// Whether the body is written.
    pub(super) complete: bool,
}

/// A text that was saved, and who saved it.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    pub(super) text: Text,
    pub(super) by: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    Live,
    Withdrawn,
    Gone,
    Moved(&'static str),
}

/// What readers see of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) text: Text,
    pub(super) shows: Shows,
    pub(super) first_shown: i64,
    /// When readers were last told of a change.
    pub(super) told: Option<i64>,
}

/// From this instant on readers see this, until something else begins.
#[derive(Clone, Debug)]
pub(super) struct Begins {
    pub(super) at: i64,
    pub(super) sight: Sight,
    /// Which of the item's texts.
    pub(super) saved: usize,
    pub(super) approved: bool,
    pub(super) tells: bool,
    /// Of two that begin at one instant, the one that was decided later holds.
    pub(super) order: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    None,
    Draft,
    InReview,
    ChangesRequested,
    Discarded(usize),
}

/// One item: what was written, how far the work is, what begins when.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) texts: Vec<Saved>,
    pub(super) newest: usize,
    pub(super) work: Work,
    pub(super) approved: BTreeSet<usize>,
    pub(super) begins: Vec<Begins>,
    /// How many decisions about the public side there were, taken back or not.
    pub(super) decisions: usize,
    /// Who published urgently and waits for a signature, the last of them last.
    pub(super) unsigned: Vec<usize>,
}

/// What a hold took back.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) item: usize,
    pub(super) was: Begins,
    /// The item's decisions by then.
    pub(super) decisions: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) now: i64,
    /// Whether the room insists on a second pair of eyes.
    pub(super) strict: bool,
    pub(super) items: Vec<Item>,
    pub(super) claimed: BTreeMap<&'static str, usize>,
    pub(super) hold: Option<Vec<Held>>,
    pub(super) decisions: usize,
}

impl Item {
    /// The replay: everything that begins until then, one after the other.
    pub(super) fn seen_at(&self, instant: i64) -> Option<&Begins> {
        let mut seen: Option<&Begins> = None;
        for begins in &self.begins {
            let follows = seen.is_none_or(|seen| (begins.at, begins.order) > (seen.at, seen.order));
            if begins.at <= instant && follows {
                seen = Some(begins);
            }
        }
        seen
    }

    pub(super) fn shows_at(&self, instant: i64) -> Option<Shows> {
        self.seen_at(instant).map(|seen| seen.sight.shows)
    }

    /// What is still to come.
    pub(super) fn to_come(&self, now: i64) -> Option<&Begins> {
        self.begins.iter().find(|begins| begins.at > now)
    }

    pub(super) fn newest_is_approved(&self) -> bool {
        self.work == Work::InReview && self.approved.contains(&self.newest)
    }

    pub(super) fn newest_text(&self) -> &Saved {
        &self.texts[self.newest]
    }

    /// Whether readers saw the item at this address at some instant until then.
    fn wore(&self, address: &str, until: i64) -> bool {
        self.begins.iter().any(|begins| {
            begins.at <= until
                && begins.sight.text.address == address
                && self
                    .seen_at(begins.at)
                    .is_some_and(|seen| seen.order == begins.order)
        })
    }
}

impl World {
    /// The item that answers readers at this address, and what they see.
    pub(super) fn at_address(&self, address: &str, instant: i64) -> Option<(usize, &Sight)> {
        let (number, item) = self
            .items
            .iter()
            .enumerate()
            .find(|(_, item)| item.wore(address, instant))?;
        Some((number, &item.seen_at(instant)?.sight))
    }

    /// The list of live items: what was shown first of all last stands on top, and of two the
    /// item that was started later.
    pub(super) fn list(&self, instant: i64) -> Vec<(usize, Sight)> {
        let mut list: Vec<(usize, Sight)> = Vec::new();
        for (number, item) in self.items.iter().enumerate() {
            if let Some(seen) = item.seen_at(instant)
                && seen.sight.shows == Shows::Live
            {
                list.push((number, seen.sight.clone()));
            }
        }
        list.sort_by_key(|(number, sight)| (sight.first_shown, *number));
        list.reverse();
        list
    }

    /// Every instant at which readers begin to see something, or were to.
    pub(super) fn turning_points(&self) -> BTreeSet<i64> {
        let begins = self.items.iter().flat_map(|item| &item.begins);
        begins.map(|begins| begins.at).collect()
    }
}

impl Item {
    pub(super) fn is_worked_on(&self) -> bool {
        matches!(
            self.work,
            Work::Draft | Work::InReview | Work::ChangesRequested
        )
    }

    /// What was to come does not.
    pub(super) fn forget(&mut self, now: i64) -> Begins {
        let place = self.begins.iter().position(|begins| begins.at > now);
        self.begins.remove(place.unwrap())
    }

    pub(super) fn turn_draft(&mut self, what: &What, now: i64) -> bool {
        match what {
            What::Submit if !self.newest_text().text.complete => return false,
            What::Submit => self.work = Work::InReview,
            What::RequestChanges => {
                self.work = Work::ChangesRequested;
                self.approved.clear();
            }
            What::Approve => {
                self.approved.insert(self.newest);
            }
            What::Discard => {
                self.work = Work::Discarded(self.newest);
                self.approved.clear();
                self.newest = self.seen_at(now).map_or(self.newest, |seen| seen.saved);
            }
            What::BringBack => {
                if let Work::Discarded(words) = self.work {
                    self.newest = words;
                }
                self.work = Work::Draft;
            }
            other => panic!("not of the draft: {other:?}"),
        }
        true
    }
}
