//! The rules as the newsroom tells them to its people: who may do what when, and what comes of it.

use super::attempts::{Attempt, Page, What, Words};
use super::model::{AUTHOR, Begins, EDITORS, Held, Item, Saved, Shows, Sight, Text, Work, World};

/// Every move of an item, in the order in which pages show them.
const MOVES: [&str; 17] = [
    "Save",
    "Submit",
    "RequestChanges",
    "Approve",
    "PublishNow",
    "Correct",
    "PublishUrgently",
    "Schedule",
    "Reschedule",
    "Unschedule",
    "Withdraw",
    "Remove",
    "Restore",
    "Sign",
    "Discard",
    "BringBack",
    "BringBackWords",
];

fn writes(who: usize) -> bool {
    who == AUTHOR || EDITORS.contains(&who)
}

fn edits(who: usize) -> bool {
    EDITORS.contains(&who)
}

impl World {
    /// The moves that pages offer this person.
    pub(super) fn offered(&self, who: usize, item: usize) -> Vec<&'static str> {
        let offered = |name: &&str| self.may(who, item, name);
        MOVES.into_iter().filter(offered).collect()
    }

    fn may(&self, who: usize, item: usize, name: &str) -> bool {
        let item = &self.items[item];
        let shows = item.shows_at(self.now);
        let waits = item.to_come(self.now).is_some();
        let right = match name {
            "Save" | "Submit" | "Discard" | "BringBack" | "BringBackWords" => writes(who),
            _ => edits(who),
        };
        let fits = match name {
            "Save" => true,
            "BringBackWords" => item.texts.len() > 1,
            "BringBack" => matches!(item.work, Work::Discarded(_)),
            "RequestChanges" => item.work == Work::InReview,
            "Approve" => {
                item.work == Work::InReview
                    && !item.newest_is_approved()
                    && item.newest_text().by != who
            }
            "Reschedule" | "Unschedule" => waits,
            "Sign" => item.unsigned.last().is_some_and(|by| *by != who),
            "Submit" => !waits && matches!(item.work, Work::Draft | Work::ChangesRequested),
            "Discard" => !waits && item.is_worked_on(),
            "Withdraw" => !waits && shows == Some(Shows::Live),
            "Remove" => !waits && matches!(shows, Some(Shows::Live | Shows::Withdrawn)),
            "Restore" => !waits && shows.is_some_and(|shows| shows != Shows::Live),
            name => !waits && self.may_publish(item, name),
        };
        right && fits
    }

    fn may_publish(&self, item: &Item, name: &str) -> bool {
        let shows = item.shows_at(self.now);
        let (first, change) = (shows.is_none(), shows == Some(Shows::Live));
        let two = !self.strict || item.newest_is_approved();
        let fits = match name {
            "PublishNow" => first && two,
            "Correct" => change && two,
            "Schedule" => (first || change) && two,
            "PublishUrgently" => (first || change) && !two,
            other => panic!("no such move: {other}"),
        };
        item.is_worked_on() && fits
    }

    /// Does it, and says whether it was allowed; what was not allowed changes nothing.
    pub(super) fn attempt(&mut self, attempt: &Attempt) -> bool {
        let (who, number) = (attempt.who, attempt.item);
        match &attempt.what {
            What::Start(text) => return self.start(who, text),
            What::Hold => return self.hold_everything(who),
            What::UndoHold => return self.undo_hold(who),
            What::InsistOnTwo(strict) => {
                self.strict = *strict;
                return true;
            }
            _ => {}
        }
        let may = |name: &str| self.may(who, number, name);
        let item = &self.items[number];
        let words = attempt.page != Page::FirstWords || item.newest == 0;
        match &attempt.what {
            What::Save(text) => may("Save") && self.save(number, text, who, words),
            What::BringBackWords(nth) => {
                let text = item.texts[*nth].text.clone();
                let other = text != item.newest_text().text;
                let may = may("BringBackWords") && words && other;
                may && self.save(number, &text, who, words)
            }
            draft if draft.is_of_draft() => {
                may(draft.name().unwrap())
                    && words
                    && self.items[number].turn_draft(draft, self.now)
            }
            public => self.step_of_public(attempt, public),
        }
    }

    /// A step of the public lane.
    fn step_of_public(&mut self, attempt: &Attempt, what: &What) -> bool {
        let (who, number) = (attempt.who, attempt.item);
        let may = |name: &str| self.may(who, number, name);
        let item = &self.items[number];
        let words = attempt.page != Page::FirstWords || item.newest == 0;
        let lane = attempt.page != Page::FirstLane || item.decisions == 0;
        match what {
            What::Publish(said) => {
                let name = item.shows_at(self.now).map_or("PublishNow", |_| "Correct");
                let may = may(name) && words && lane;
                may && self.publish(number, *said, None)
            }
            What::PublishUrgently(said) => {
                let may = may("PublishUrgently") && words && lane && said.reason;
                may && self.publish_urgently(number, *said, who)
            }
            What::Schedule(said, at) => {
                let may = may("Schedule") && words && lane && *at > self.now;
                may && self.publish(number, *said, Some(*at))
            }
            What::Reschedule(at) => {
                let may = may("Reschedule") && lane && *at > self.now;
                may && self.reschedule(number, *at)
            }
            What::Unschedule => may("Unschedule") && lane && self.take_back(number),
            What::Withdraw(at) => {
                let may = may("Withdraw") && lane && at.is_none_or(|at| at > self.now);
                may && self.turn(number, Shows::Withdrawn, *at)
            }
            What::Remove(target) => {
                let may = may("Remove") && lane;
                let may = may && target.is_none_or(|target| self.leads_elsewhere(number, target));
                may && self.turn(number, target.map_or(Shows::Gone, Shows::Moved), None)
            }
            What::Restore => may("Restore") && lane && self.turn(number, Shows::Live, None),
            What::Sign => may("Sign") && lane && self.items[number].unsigned.pop().is_some(),
            other => panic!("not of the public lane: {other:?}"),
        }
    }

    fn start(&mut self, who: usize, text: &Text) -> bool {
        if !writes(who) || self.claimed.contains_key(text.address) {
            return false;
        }
        self.claimed.insert(text.address, self.items.len());
        self.items.push(Item {
            texts: vec![Saved {
                text: text.clone(),
                by: who,
            }],
            newest: 0,
            work: Work::Draft,
            approved: std::collections::BTreeSet::new(),
            begins: Vec::new(),
            decisions: 0,
            unsigned: Vec::new(),
        });
        true
    }

    /// The same words again are no new text, whichever page they come from.
    fn save(&mut self, number: usize, text: &Text, by: usize, current: bool) -> bool {
        let item = &mut self.items[number];
        if item.newest_text().text == *text {
            return true;
        }
        if !current || *self.claimed.entry(text.address).or_insert(number) != number {
            return false;
        }
        item.newest = item.texts.len();
        item.texts.push(Saved {
            text: text.clone(),
            by,
        });
        if matches!(item.work, Work::None | Work::Discarded(_)) {
            item.work = Work::Draft;
        }
        true
    }

    fn publish(&mut self, number: usize, said: Words, later: Option<i64>) -> bool {
        let (now, item) = (self.now, &self.items[number]);
        let saved = item.newest;
        let (text, approved) = (item.newest_text().text.clone(), item.newest_is_approved());
        let at = later.unwrap_or(now);
        let before = item.seen_at(now).map(|begins| begins.sight.clone());
        let tells = match &before {
            None => false,
            Some(before) => match said.change {
                None => return false,
                Some("typo") if before.text.quay != text.quay && !said.reason => return false,
                Some("typo") => false,
                Some(_) if !said.note => return false,
                Some(_) => true,
            },
        };
        if !text.complete {
            return false;
        }
        let told = before.as_ref().and_then(|before| before.told);
        let sight = Sight {
            text,
            shows: Shows::Live,
            first_shown: before.map_or(at, |before| before.first_shown),
            told: if tells { Some(at) } else { told },
        };
        self.items[number].work = Work::None;
        self.begin(number, at, sight, (saved, approved, tells))
    }

    fn publish_urgently(&mut self, number: usize, said: Words, who: usize) -> bool {
        let published = self.publish(number, said, None);
        if published {
            self.items[number].unsigned.push(who);
        }
        published
    }

    fn begin(&mut self, number: usize, at: i64, sight: Sight, of: (usize, bool, bool)) -> bool {
        self.decisions += 1;
        let (saved, approved, tells) = of;
        let item = &mut self.items[number];
        item.decisions += 1;
        item.begins.push(Begins {
            at,
            sight,
            saved,
            approved,
            tells,
            order: self.decisions,
        });
        true
    }

    /// The same words with another face.
    fn turn(&mut self, number: usize, shows: Shows, later: Option<i64>) -> bool {
        let at = later.unwrap_or(self.now);
        let seen = self.items[number].seen_at(self.now).unwrap().clone();
        let sight = Sight {
            shows,
            told: Some(at),
            ..seen.sight
        };
        self.begin(number, at, sight, (seen.saved, seen.approved, true))
    }

    fn reschedule(&mut self, number: usize, at: i64) -> bool {
        let was = self.items[number].forget(self.now);
        let mut sight = was.sight;
        if sight.first_shown == was.at {
            sight.first_shown = at;
        }
        if was.tells {
            sight.told = Some(at);
        }
        self.begin(number, at, sight, (was.saved, was.approved, was.tells))
    }

    fn take_back(&mut self, number: usize) -> bool {
        let item = &mut self.items[number];
        let was = item.forget(self.now);
        if was.sight.shows == Shows::Live {
            item.work = if item.approved.contains(&item.newest) {
                Work::InReview
            } else if item.is_worked_on() {
                item.work
            } else {
                Work::Draft
            };
        }
        true
    }

    /// Readers are led on and on, to something that they can read and that is not this item.
    fn leads_elsewhere(&self, number: usize, target: &'static str) -> bool {
        let mut next = target;
        for _ in 0..=self.items.len() {
            match self.at_address(next, self.now) {
                None => return false,
                Some((found, _)) if found == number => return false,
                Some((_, sight)) => match sight.shows {
                    Shows::Live | Shows::Withdrawn => return true,
                    Shows::Gone => return false,
                    Shows::Moved(further) => next = further,
                },
            }
        }
        false
    }

    fn hold_everything(&mut self, who: usize) -> bool {
        let now = self.now;
        let waits = |number: &usize| self.items[*number].to_come(now).is_some();
        let waiting: Vec<usize> = (0..self.items.len()).filter(waits).collect();
        if !edits(who) || waiting.is_empty() {
            return false;
        }
        let mut hold = self.hold.take().unwrap_or_default();
        for item in waiting {
            hold.push(Held {
                item,
                was: self.items[item].to_come(now).unwrap().clone(),
                decisions: self.items[item].decisions,
            });
            self.take_back(item);
        }
        self.hold = Some(hold);
        true
    }

    /// Puts back what is still to come and untouched, and leaves the rest.
    fn undo_hold(&mut self, who: usize) -> bool {
        if !edits(who) {
            return false;
        }
        let Some(mut hold) = self.hold.take() else {
            return false;
        };
        hold.sort_by_key(|held| (held.was.at, held.was.order));
        for held in hold {
            let item = &mut self.items[held.item];
            let reads_on = held.was.sight.shows == Shows::Live;
            let as_before = item.newest == held.was.saved
                && (item.newest_is_approved() || item.work == Work::Draft && !held.was.approved);
            // The room may insist on a second pair of eyes by now.
            let read_enough = item.newest_is_approved() || !self.strict;
            let as_before = as_before && read_enough;
            if item.decisions != held.decisions || held.was.at <= self.now || reads_on && !as_before
            {
                continue;
            }
            let approved = held.was.approved || reads_on && item.newest_is_approved();
            if reads_on {
                item.work = Work::None;
            }
            let was = held.was;
            self.begin(
                held.item,
                was.at,
                was.sight,
                (was.saved, approved, was.tells),
            );
        }
        true
    }
}

impl What {
    fn is_of_draft(&self) -> bool {
        matches!(
            self,
            Self::Submit | Self::RequestChanges | Self::Approve | Self::Discard | Self::BringBack
        )
    }
}
