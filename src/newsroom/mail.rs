//! Mails to people: what each says, and how long the room goes on trying to send it.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use super::item::{ItemId, id, words_of};
use super::words::{Language, Title};
use crate::accounts::{Email, PersonName};
use crate::clock::Instant;

id!(
    /// The number of a mail.
    MailId
);

/// How far a mail came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    Waiting,
    Sent,
    /// For good, unless an admin asks for another try.
    Failed,
}

words_of!(MailState, "mail state", {
    Waiting => "waiting",
    Sent => "sent",
    Failed => "failed",
});

/// A mail that the room owes to somebody.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Names what happened. With the recipient, it is told once and never again.
    pub event: String,
    pub recipient: Email,
    pub words: MailWords,
    pub due_at: Instant,
    pub made_at: Instant,
}

/// What a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailWords {
    pub subject: String,
    pub sentence: String,
    /// The title of the item that it is about, and its language.
    pub about: Option<(String, Language)>,
    /// An address of the room, without its host.
    pub link: String,
    pub link_words: String,
    /// Paragraphs behind the sentence.
    pub further: Vec<String>,
    /// The link opens something by itself: only the recipient sees it, and it is wiped once the
    /// mail was sent.
    pub link_is_secret: bool,
}

/// What happened to an item that somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    ReviewRequested,
    ChangesRequested,
    Approved,
    Published,
    /// It was scheduled, and its instant has come.
    WentLive,
    Urgent,
    Assigned,
}

words_of!(Event, "event", {
    ReviewRequested => "review-requested",
    ChangesRequested => "changes-requested",
    Approved => "approved",
    Published => "published",
    WentLive => "went-live",
    Urgent => "urgent",
    Assigned => "assigned",
});

impl Event {
    /// A subject is shown on locked screens and kept in the logs of every server on the way, so it
    /// names an item by its title only where readers can read that title too.
    pub fn subject(self, item: ItemId, title: &Title) -> String {
        match self {
            Self::ReviewRequested => format!("Review requested: item {item}"),
            Self::ChangesRequested => format!("Changes requested: item {item}"),
            Self::Approved => format!("Approved: item {item}"),
            Self::Assigned => format!("Assigned to you: item {item}"),
            Self::Published => format!("Published: {title}"),
            Self::WentLive => format!("Live: {title}"),
            Self::Urgent => format!("Please sign: {title}"),
        }
    }

    /// What happened and who did it, in one sentence.
    pub fn sentence(self, by: &PersonName) -> String {
        let by = isolated(by.as_str());
        match self {
            Self::ReviewRequested => format!("{by} asks an editor to review this item."),
            Self::ChangesRequested => format!("{by} asks for changes to this item."),
            Self::Approved => format!("{by} approved this item: exactly these words may go out."),
            Self::Published => format!("{by} published this item: readers see it now."),
            Self::WentLive => format!("This item went live, as {by} had scheduled it."),
            Self::Urgent => {
                format!("{by} published this item urgently, and another editor has to sign it.")
            }
            Self::Assigned => format!("{by} assigned this item to you."),
        }
    }

    /// Where the mail's link leads, in words.
    pub fn link_words(self) -> &'static str {
        match self {
            Self::ReviewRequested => "Read it and decide",
            Self::ChangesRequested => "See what should change",
            Self::Urgent => "Read it and sign",
            Self::Approved | Self::Published | Self::WentLive | Self::Assigned => "Open the item",
        }
    }
}

/// A name in whatever script, which must not turn the words around it (Unicode, UAX 9).
pub(super) fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// A mail that could not be sent for so long is no news any more.
pub const STALE_AFTER_MILLIS: i64 = 3 * 24 * 60 * 60 * 1000;
/// The words of a mail are kept for so long after it was due.
pub const WORDS_KEPT_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Over two days, with the waits below.
pub const MOST_TRIES: i64 = 20;

/// How long to wait after so many tries: a minute, then twice as long each time, four hours at
/// most. `chance` moves it by up to a tenth, so that mails put off together do not come back together.
/// `None` where there were enough tries.
pub fn wait_after(tries: i64, chance: u8) -> Option<i64> {
    const MINUTE: i64 = 60 * 1000;
    const LONGEST: i64 = 4 * 60 * MINUTE;
    if tries >= MOST_TRIES {
        return None;
    }
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(8);
    let wait = (MINUTE * 2_i64.pow(doublings)).min(LONGEST);
    Some(wait * 9 / 10 + wait / 5 * i64::from(chance) / 255)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_to_four_hours_and_end_after_about_two_days() {
        let waits: Vec<i64> = (1..).map_while(|tries| wait_after(tries, 128)).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(waits.len(), 19);
        let hours = waits.iter().sum::<i64>() / 3_600_000;
        assert!((44..=52).contains(&hours), "{hours}");
        assert!(wait_after(19, 255).unwrap() < STALE_AFTER_MILLIS);
    }

    #[test]
    fn chance_moves_a_wait_by_a_tenth_at_most() {
        assert_eq!(wait_after(1, 0), Some(54_000));
        assert_eq!(wait_after(1, 255), Some(66_000));
    }

    #[test]
    fn a_subject_names_by_its_title_only_what_readers_can_read() {
        let title: Title = "Secret verdict".parse().unwrap();
        for event in Event::ALL {
            let public = matches!(event, Event::Published | Event::WentLive | Event::Urgent);
            let subject = event.subject(ItemId::new(7), &title);
            assert_eq!(subject.contains("Secret"), public, "{subject}");
        }
    }
}
