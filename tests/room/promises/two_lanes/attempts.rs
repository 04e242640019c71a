//! What people try to do, at random: whatever it is, the program and the model must agree on it.

use proptest::prelude::*;
use proptest::sample::select;

use super::model::{ADMIN, AUTHOR, EDITORS, Shows, Text, World};

pub(super) const ADDRESSES: [&str; 7] = [
    "ferry-stops",
    "court-sits",
    "camp-floods",
    "ferry-runs",
    "court-rises",
    "camp-dries",
    "nothing-here",
];
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Which page the person had before their eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Fresh,
    /// One that shows the item's first words.
    FirstWords,
    /// One from before anything was public.
    FirstLane,
}

/// What an editor says of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) change: Option<&'static str>,
    pub(super) note: bool,
    pub(super) reason: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Start(Text),
    Save(Text),
    BringBackWords(usize),
    Submit,
    RequestChanges,
    Approve,
    Discard,
    BringBack,
    Publish(Words),
    PublishUrgently(Words),
    Schedule(Words, i64),
    Reschedule(i64),
    Unschedule,
    Withdraw(Option<i64>),
    Remove(Option<&'static str>),
    Restore,
    Sign,
    Hold,
    UndoHold,
    InsistOnTwo(bool),
}

#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) who: usize,
    pub(super) item: usize,
    pub(super) page: Page,
    pub(super) what: What,
}

/// Dice that were thrown before anything was known of the room; [`Dice::read`] makes an attempt of them.
#[derive(Clone, Debug)]
pub(super) struct Dice {
    pub(super) pause: i64,
    who: usize,
    item: usize,
    page: Page,
    /// Whether it is something that the pages offer this person.
    offered: bool,
    pick: usize,
    address: usize,
    quay: u8,
    complete: bool,
    words: Words,
    when: When,
}

#[derive(Clone, Copy, Debug)]
enum When {
    After(i64),
    /// Exactly when another item turns, or a millisecond beside it.
    Beside(usize, i64),
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        4 => select(vec![-1, 0, 1, 2, MINUTE, 5 * MINUTE, DAY, 3 * DAY]).prop_map(When::After),
        2 => (0_usize..64, -1_i64..=1).prop_map(|(nth, aside)| When::Beside(nth, aside)),
    ]
}

fn words() -> impl Strategy<Value = Words> {
    let change = prop_oneof![
        1 => Just(None),
        9 => select(vec!["typo", "update", "clarification", "correction"]).prop_map(Some),
    ];
    (change, prop::bool::weighted(0.8), prop::bool::weighted(0.6)).prop_map(
        |(change, note, reason)| Words {
            change,
            note,
            reason,
        },
    )
}

pub(super) fn dice() -> impl Strategy<Value = Dice> {
    let pause = select(vec![0, 0, 0, 1, 1, 2, MINUTE, 5 * MINUTE, DAY, 3 * DAY]);
    let who = select(vec![
        AUTHOR, EDITORS[0], EDITORS[0], EDITORS[1], EDITORS[1], ADMIN,
    ]);
    let page = prop_oneof![
        12 => Just(Page::Fresh), 1 => Just(Page::FirstWords), 1 => Just(Page::FirstLane),
    ];
    let text = (0..ADDRESSES.len() - 1, 1_u8..4, prop::bool::weighted(0.9));
    let aim = (who, 0_usize..3, page, prop::bool::weighted(0.75));
    (pause, aim, 0_usize..1000, text, words(), when()).prop_map(
        |(pause, (who, item, page, offered), pick, (address, quay, complete), words, when)| Dice {
            pause,
            who,
            item,
            page,
            offered,
            pick,
            address,
            quay,
            complete,
            words,
            when,
        },
    )
}

impl Dice {
    /// What these dice mean in this room; the number makes every new text another one.
    pub(super) fn read(&self, world: &World, number: usize) -> Attempt {
        let item = self.item;
        let what = if item < world.items.len() {
            self.what(world, number)
        } else {
            What::Start(self.text(number, ADDRESSES[world.items.len()]))
        };
        Attempt {
            who: self.who,
            item: item.min(world.items.len().saturating_sub(1)),
            page: self.page,
            what,
        }
    }

    fn what(&self, world: &World, number: usize) -> What {
        if world.hold.is_some() && self.address == 0 {
            return What::UndoHold;
        }
        let all = self.all(world, number);
        let offered = world.offered(self.who, self.item);
        let offered: Vec<&What> = all
            .iter()
            .filter(|what| what.name().is_some_and(|name| offered.contains(&name)))
            .collect();
        if self.offered && !offered.is_empty() {
            return offered[self.pick % offered.len()].clone();
        }
        all[self.pick % all.len()].clone()
    }

    fn all(&self, world: &World, number: usize) -> Vec<What> {
        let at = self.when.instant(world);
        let later = self.pick.is_multiple_of(3).then_some(at);
        let target = (!self.pick.is_multiple_of(4)).then_some(ADDRESSES[self.address]);
        let nowhere = (self.pick % 20 == 1).then_some("nothing-here");
        let saved = self.saved(world, number);
        let first = world.items[self.item].texts.len();
        vec![
            What::Save(saved),
            What::BringBackWords(self.pick % first),
            What::Submit,
            What::RequestChanges,
            What::Approve,
            What::Approve,
            What::Discard,
            What::BringBack,
            What::Publish(self.words),
            What::Publish(Words {
                change: None,
                ..self.words
            }),
            What::PublishUrgently(self.words),
            What::Schedule(self.words, at),
            What::Schedule(self.words, at),
            What::Reschedule(at),
            What::Unschedule,
            What::Withdraw(later),
            What::Remove(nowhere.or(target)),
            What::Restore,
            What::Sign,
            What::Hold,
            What::UndoHold,
            What::InsistOnTwo(self.address.is_multiple_of(2)),
        ]
    }

    /// Most new words keep the address; some take another one, which may be somebody else's.
    fn saved(&self, world: &World, number: usize) -> Text {
        let newest = &world.items[self.item].newest_text().text;
        if self.pick.is_multiple_of(11) {
            return newest.clone();
        }
        let address = if self.pick.is_multiple_of(3) {
            ADDRESSES[self.address]
        } else {
            newest.address
        };
        self.text(number, address)
    }

    fn text(&self, number: usize, address: &'static str) -> Text {
        let digits = number.to_string();
        let word = digits.chars().map(|digit| {
            let digit = digit.to_digit(10).unwrap();
            char::from_digit(digit + 10, 36).unwrap()
        });
        Text {
            word: format!("word{}", word.collect::<String>()),
            quay: self.quay,
            address,
            complete: self.complete,
        }
    }
}

impl When {
    fn instant(self, world: &World) -> i64 {
        match self {
            Self::After(millis) => world.now + millis,
            Self::Beside(nth, aside) => {
                let points = world.turning_points();
                let point = points.iter().nth(nth % points.len().max(1));
                point.copied().unwrap_or(world.now) + aside
            }
        }
    }
}

impl What {
    /// What the pages call it, where it is a move of one item.
    pub(super) fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Start(_) | Self::Hold | Self::UndoHold | Self::InsistOnTwo(_) => return None,
            Self::Save(_) => "Save",
            Self::BringBackWords(_) => "BringBackWords",
            Self::Submit => "Submit",
            Self::RequestChanges => "RequestChanges",
            Self::Approve => "Approve",
            Self::Discard => "Discard",
            Self::BringBack => "BringBack",
            Self::Publish(words) if words.change.is_some() && words.note => "Correct",
            Self::Publish(_) => "PublishNow",
            Self::PublishUrgently(_) => "PublishUrgently",
            Self::Schedule(..) => "Schedule",
            Self::Reschedule(_) => "Reschedule",
            Self::Unschedule => "Unschedule",
            Self::Withdraw(_) => "Withdraw",
            Self::Remove(_) => "Remove",
            Self::Restore => "Restore",
            Self::Sign => "Sign",
        })
    }
}

impl Shows {
    /// The word that the program stores.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Withdrawn => "withdrawn",
            Self::Gone => "gone",
            Self::Moved(_) => "moved",
        }
    }
}
