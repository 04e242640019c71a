//! What a photo's file says of itself in EXIF, IPTC-IIM and XMP, read as words for staff to
//! confirm. Position, serial numbers and previews are never read.

mod charset;
mod containers;
mod exif;
mod iim;
mod reconciled;
#[cfg(test)]
mod tests;
mod xmp;

pub(super) use containers::Chunks;

use serde::{Deserialize, Serialize};

use super::OriginalFormat;
use super::taken_on::TakenOn;

/// Words longer than this, in characters, are cut: IPTC gives a caption 2,000 bytes.
const LONGEST: usize = 8_000;

/// The most values of one fact, such as keywords, that are kept.
const MOST_VALUES: usize = 60;

/// Larger blocks hold previews and histories of edits, and are not read, in bytes.
const LARGEST_BLOCK: usize = 1_000_000;

/// What can be said of a photo, as IPTC's photo metadata standard names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Description,
    Headline,
    Creator,
    CreditLine,
    Source,
    Copyright,
    UsageTerms,
    Instructions,
    DateCreated,
    City,
    Country,
    Persons,
    AltText,
    ExtendedDescription,
    Keywords,
}

impl Fact {
    /// In the order in which staff read them.
    pub const ALL: [Self; 15] = [
        Self::Headline,
        Self::Description,
        Self::AltText,
        Self::ExtendedDescription,
        Self::Creator,
        Self::CreditLine,
        Self::Source,
        Self::Copyright,
        Self::UsageTerms,
        Self::Instructions,
        Self::DateCreated,
        Self::City,
        Self::Country,
        Self::Persons,
        Self::Keywords,
    ];

    /// The name as picture desks know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Description => "Description",
            Self::Headline => "Headline",
            Self::Creator => "Creator",
            Self::CreditLine => "Credit line",
            Self::Source => "Source",
            Self::Copyright => "Copyright notice",
            Self::UsageTerms => "Usage terms",
            Self::Instructions => "Instructions",
            Self::DateCreated => "Date created",
            Self::City => "City",
            Self::Country => "Country",
            Self::Persons => "Persons shown",
            Self::AltText => "Alt text",
            Self::ExtendedDescription => "Extended description",
            Self::Keywords => "Keywords",
        }
    }
}

/// The part of a file that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Exif,
    Iptc,
    Xmp,
}

impl Block {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exif => "EXIF",
            Self::Iptc => "IPTC",
            Self::Xmp => "XMP",
        }
    }
}

/// One fact with its words, which are never empty, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub fact: Fact,
    pub block: Block,
    pub words: Vec<String>,
}

impl Found {
    /// All the words in a row.
    pub fn text(&self) -> String {
        self.words.join(", ")
    }
}

/// Everything that a file says, each fact once, in the order of [`Fact::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metadata {
    found: Vec<Found>,
}

impl Metadata {
    pub fn of(&self, fact: Fact) -> Option<&Found> {
        self.found.iter().find(|found| found.fact == fact)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Found> {
        self.found.iter()
    }

    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Reads what there is to read; whatever is broken, too large or too deep is as if it were not there.
/// GIFs say nothing.
pub fn read(bytes: &[u8], format: OriginalFormat) -> Metadata {
    let blocks = containers::blocks(bytes, format);
    let exif = blocks.exif.map(exif::read).unwrap_or_default();
    // What a container holds in its own place comes before the copy inside EXIF.
    let iptc = blocks.iptc.or(exif.iptc);
    let xmp = blocks.xmp.map(<[u8]>::to_vec).or(exif.xmp);
    let iim = iptc.as_deref().map(iim::read).unwrap_or_default();
    let digest = blocks.iptc_digest;
    let changed_since = match (&iptc, digest) {
        (Some(iptc), Some(digest)) => !iim::has_digest(iptc, digest),
        _ => false,
    };
    let xmp = xmp.as_deref().map(xmp::read).unwrap_or_default();
    reconciled::reconciled([exif.found, iim, xmp], changed_since)
}

/// The words as they are kept: without control characters, trimmed, of a bounded length.
fn tidy(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text
        .chars()
        .filter(|sign| !sign.is_control() || *sign == '\n')
        .take(LONGEST);
    let kept: String = kept.collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// The words of one fact, or nothing where none of them says anything. Dates become `2018-11-16`;
/// one that names no day says nothing.
fn found(fact: Fact, block: Block, texts: impl IntoIterator<Item = String>) -> Option<Found> {
    let day = |text: String| {
        if fact == Fact::DateCreated {
            TakenOn::found_in(&text).map(|day| day.to_string())
        } else {
            Some(text)
        }
    };
    let words: Vec<String> = texts
        .into_iter()
        .filter_map(|text| tidy(&text))
        .filter_map(day)
        .take(MOST_VALUES)
        .collect();
    (!words.is_empty()).then_some(Found { fact, block, words })
}
