//! The room's own pictures: its logo on top of every page, its icon in browser tabs.

use std::fmt;
use std::str::FromStr;

use super::item::words_of;

/// Where a logo of the room stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoPlace {
    /// On top of every page, in the place of the name.
    Masthead,
    /// In browser tabs and on home screens.
    Icon,
}

words_of!(LogoPlace, "place of a logo", {
    Masthead => "logo",
    Icon => "icon",
});

/// On which papers a logo can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Any,
    /// On dark pages it stands on a white field.
    White,
}

words_of!(Paper, "paper of a logo", {
    Any => "any",
    White => "white",
});

/// A picture of the room's own, a PNG that is known by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// SHA-256, in hexadecimal.
    pub hash: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub paper: Paper,
}

/// As in `480x120 any` and the hash.
impl fmt::Display for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, height, .. } = self;
        let paper = self.paper.as_str();
        write!(f, "{width}x{height} {paper} {}", self.hash)
    }
}

/// A text that names no logo.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no logo.")]
pub struct LogoError(String);

impl FromStr for Logo {
    type Err = LogoError;

    fn from_str(text: &str) -> Result<Self, LogoError> {
        parsed(text).ok_or_else(|| LogoError(text.to_owned()))
    }
}

fn parsed(text: &str) -> Option<Logo> {
    const DIGITS: usize = 64;
    let (size, rest) = text.split_once(' ')?;
    let (width, height) = size.split_once('x')?;
    let (paper, hash) = rest.split_once(' ')?;
    let is_hash = hash.len() == DIGITS
        && hash
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    Some(Logo {
        hash: is_hash.then(|| hash.to_owned())?,
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        paper: paper.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_read_as_it_is_written() {
        let logo = Logo {
            hash: "0a".repeat(32),
            width: 480,
            height: 120,
            paper: Paper::White,
        };
        assert_eq!(logo.to_string().parse(), Ok(logo.clone()));
        for wrong in ["", "480x120 any", "480x120 any 0A", "480 any 0a"] {
            assert_eq!(wrong.parse::<Logo>(), Err(LogoError(wrong.to_owned())));
        }
        let foreign = logo.to_string().replace("0a0a", "../x");
        assert!(foreign.parse::<Logo>().is_err());
    }
}
