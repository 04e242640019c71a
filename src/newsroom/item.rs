//! The item and what sorts it: its kind, its topics and its places.

use std::collections::BTreeSet;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use super::revision::ContentHash;
use super::room::Accent;
use super::slug::Slug;

/// Makes a number of the database a type of its own, so that an item's is never taken for a revision's.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, ParseIntError> {
                text.trim().parse().map(Self)
            }
        }
    };
}
pub(super) use id;

id!(
    /// The number of an item; it never changes and is never used again.
    ItemId
);
id!(
    /// The number of a kind.
    KindId
);
id!(
    /// The number of a topic or place.
    SubjectId
);

/// What sort of item it is: a record, so that a room can have its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    pub id: KindId,
    pub slug: String,
    pub name: String,
    pub plural: String,
    pub icon: String,
    pub graphic: Graphic,
    /// Its own colour; nothing: the room's.
    pub colour: Option<Accent>,
}

impl Kind {
    /// Two say the same exactly when their hashes are the same; where it stands among others is none
    /// of it.
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(&[
            self.name.clone(),
            self.plural.clone(),
            self.slug.clone(),
            self.icon.clone(),
            self.graphic.as_str().to_owned(),
            self.colour.map(Accent::hex).unwrap_or_default(),
        ])
    }
}

/// How a kind is drawn where an item has no photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphic {
    Accent,
    Ink,
    Wash,
}

/// A word that names no known variant.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a known {1}")]
pub struct UnknownWord(pub String, pub &'static str);

/// An enum of ours and the word that stands for each variant in tables and forms.
macro_rules! words_of {
    ($name:ident, $what:literal, { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::newsroom::item::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    other => Err($crate::newsroom::item::UnknownWord(other.to_owned(), $what)),
                }
            }
        }
    };
}
pub(crate) use words_of;

words_of!(Graphic, "graphic", { Accent => "accent", Ink => "ink", Wash => "wash" });

/// What an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectFamily {
    Topic,
    Place,
}

words_of!(SubjectFamily, "family", { Topic => "topic", Place => "place" });

/// A topic or a place as the room knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub family: SubjectFamily,
    pub slug: String,
    pub name: String,
}

/// The name of a topic or place as somebody typed it: one line, no comma, at most 80 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectName(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubjectNameError {
    #[error("A name is missing between two commas.")]
    Empty,
    #[error("“{name}” is {over} characters too long for a topic or place.")]
    TooLong { name: String, over: usize },
    #[error("A topic or place cannot hold control characters.")]
    Control,
}

impl SubjectName {
    pub const LONGEST: usize = 80;
    /// More would make no item easier to find.
    pub const MOST: usize = 20;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of its address, where no other name has it already.
    pub fn slug(&self) -> Slug {
        Slug::suggest(&self.0)
    }

    /// The same for every spelling of one name: small plain letters with single spaces. Signs stay,
    /// so that “C” and “C++” are two.
    pub fn folded(&self) -> String {
        let mut folded = String::new();
        for sign in self.0.to_lowercase().chars() {
            match deunicode::deunicode_char(sign).filter(|plain| !plain.trim().is_empty()) {
                Some(plain) => folded.push_str(&plain.to_lowercase()),
                None => folded.push(sign),
            }
        }
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Reads a list with commas; the same name twice counts once.
    pub fn list(typed: &str) -> Result<Vec<Self>, SubjectNameError> {
        let mut names: Vec<Self> = Vec::new();
        let mut known = BTreeSet::new();
        for part in typed
            .split([',', '،', ';'])
            .filter(|part| !part.trim().is_empty())
        {
            let name: Self = part.parse()?;
            if known.insert(name.folded()) {
                names.push(name);
            }
        }
        Ok(names)
    }
}

impl FromStr for SubjectName {
    type Err = SubjectNameError;

    fn from_str(typed: &str) -> Result<Self, SubjectNameError> {
        let name = typed.trim();
        match name.chars().count() {
            0 => Err(SubjectNameError::Empty),
            n if n > Self::LONGEST => Err(SubjectNameError::TooLong {
                name: name.chars().take(20).collect(),
                over: n - Self::LONGEST,
            }),
            _ if name.chars().any(char::is_control) => Err(SubjectNameError::Control),
            _ => Ok(Self(name.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_topics_drops_repeats_and_empty_places() {
        let names = SubjectName::list("Refugees, , Courts; refugees").unwrap();
        let words: Vec<_> = names.iter().map(SubjectName::as_str).collect();
        assert_eq!(words, ["Refugees", "Courts"]);
    }

    #[test]
    fn a_name_is_the_same_in_every_spelling_and_no_other_name_is() {
        let folded = |name: &str| SubjectName::from_str(name).unwrap().folded();
        assert_eq!(folded("Ségou"), folded("SEGOU"));
        assert_eq!(folded("Human  rights"), folded("human rights"));
        for (one, other) in [("C", "C++"), ("🚢", "⚓"), ("حقوق", "حقوق الإنسان")]
        {
            assert_ne!(folded(one), folded(other));
        }
    }

    #[test]
    fn a_name_says_by_how_much_it_is_too_long() {
        let error = SubjectName::from_str(&"x".repeat(83)).unwrap_err();
        assert!(
            error.to_string().contains("3 characters too long"),
            "{error}"
        );
    }
}
