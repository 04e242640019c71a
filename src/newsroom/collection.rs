//! Collections: what pictures that belong together are called, and who may do what with them.

use std::fmt;
use std::str::FromStr;

use super::library::Standing;
use super::refusal::Refusal;
use crate::accounts::Roles;

/// The number of a collection in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollectionId(i64);

impl CollectionId {
    pub const fn new(id: i64) -> Self {
        Self(id)
    }

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for CollectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that is the number of no collection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not the number of a collection. Choose one from the list.")]
pub struct CollectionIdError(String);

impl FromStr for CollectionId {
    type Err = CollectionIdError;

    fn from_str(text: &str) -> Result<Self, CollectionIdError> {
        match text.parse() {
            // One collection, one address.
            Ok(id) if text.starts_with(|digit| matches!(digit, '1'..='9')) => Ok(Self(id)),
            Ok(_) | Err(_) => Err(CollectionIdError(text.to_owned())),
        }
    }
}

/// One line that says what belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionName(String);

/// Why a text is no such name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CollectionNameError {
    #[error("Write the name of the collection.")]
    Empty,
    #[error("Too long for a name: {longest} characters fit. Shorten it by {over}.", longest = CollectionName::LONGEST)]
    TooLong { over: usize },
    #[error("There is a line break or an invisible control character in it. Write one line.")]
    Control,
}

impl CollectionName {
    /// In characters.
    pub const LONGEST: usize = 80;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CollectionName {
    type Err = CollectionNameError;

    fn from_str(typed: &str) -> Result<Self, CollectionNameError> {
        let typed = typed.trim();
        if typed.chars().any(char::is_control) {
            return Err(CollectionNameError::Control);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        let name = words.join(" ");
        match name.chars().count() {
            0 => Err(CollectionNameError::Empty),
            signs if signs > Self::LONGEST => Err(CollectionNameError::TooLong {
                over: signs - Self::LONGEST,
            }),
            _ => Ok(Self(name)),
        }
    }
}

/// Collections are staff's own order, so nothing that readers see decides about what is in them.
pub fn collect(roles: Roles, standing: Standing) -> Result<(), Refusal> {
    if !roles.may_write() {
        Err(Refusal::NotAWriter)
    } else if standing.in_trash {
        Err(Refusal::PictureInTrash)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::library::Reach;
    use super::*;

    #[test]
    fn a_name_is_one_line_with_single_spaces() {
        let name = "  Flood   of 2018 ".parse::<CollectionName>().unwrap();
        assert_eq!(name.as_str(), "Flood of 2018");
        let longest = "x".repeat(CollectionName::LONGEST);
        assert_eq!(longest.parse::<CollectionName>().unwrap().as_str(), longest);
        for (typed, error) in [
            ("  ", CollectionNameError::Empty),
            ("one\ntwo", CollectionNameError::Control),
            (&"x".repeat(82), CollectionNameError::TooLong { over: 2 }),
        ] {
            assert_eq!(typed.parse::<CollectionName>(), Err(error), "{typed}");
        }
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!("7".parse(), Ok(CollectionId::new(7)));
        for refused in ["", "0", "07", "+7", "-7", "x"] {
            assert!(refused.parse::<CollectionId>().is_err(), "{refused}");
        }
    }

    #[test]
    fn whoever_writes_collects_what_readers_see_too_but_nothing_out_of_the_trash() {
        let public = Standing {
            in_trash: false,
            is_shown: true,
            reach: Reach::Readers,
        };
        let trashed = Standing {
            in_trash: true,
            is_shown: false,
            reach: Reach::Nobody,
        };
        for roles in [Roles::AUTHOR, Roles::EDITOR] {
            assert_eq!(collect(roles, public), Ok(()));
            assert_eq!(collect(roles, trashed), Err(Refusal::PictureInTrash));
        }
        assert_eq!(collect(Roles::ADMIN, public), Err(Refusal::NotAWriter));
    }
}
