//! What a kind is called, where its list is found, and how it looks.

use super::room::Accent;
use super::slug::{Slug, SlugError};
use super::{Graphic, Kind};

/// The words and looks of a kind, valid from birth.
#[derive(Clone, Debug)]
pub struct KindWords {
    pub name: KindName,
    pub plural: KindName,
    pub slug: Slug,
    pub icon: Icon,
    pub graphic: Graphic,
    /// Nothing: the room's.
    pub colour: Option<Accent>,
}

impl KindWords {
    /// Each part in which the kind says something else, before and after.
    pub fn changes_of(&self, before: &Kind) -> Vec<String> {
        let hex = |colour: Option<Accent>| colour.map_or("the room’s".to_owned(), Accent::hex);
        let parts = [
            ("name", before.name.clone(), self.name.as_str().to_owned()),
            (
                "plural",
                before.plural.clone(),
                self.plural.as_str().to_owned(),
            ),
            (
                "address",
                before.slug.clone(),
                self.slug.as_str().to_owned(),
            ),
            ("icon", before.icon.clone(), self.icon.as_str().to_owned()),
            (
                "graphic",
                before.graphic.as_str().to_owned(),
                self.graphic.as_str().to_owned(),
            ),
            ("colour", hex(before.colour), hex(self.colour)),
        ];
        let changed = parts.into_iter().filter(|(_, was, is)| was != is);
        changed
            .map(|(part, was, is)| format!("{part} {was} → {is}"))
            .collect()
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KindError {
    #[error("Write what it is called.")]
    Empty,
    #[error("This is {over} characters too long.")]
    TooLong { over: usize },
    #[error("Choose one of the icons.")]
    NoIcon,
    #[error("“{0}” is an address of the program’s own: choose another one.")]
    Reserved(String),
    #[error(transparent)]
    Slug(#[from] SlugError),
}

/// A kind's name, of one or of many: one line of 1 to 40 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindName(String);

impl KindName {
    pub const LONGEST: usize = 40;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for KindName {
    type Err = KindError;

    fn from_str(typed: &str) -> Result<Self, KindError> {
        let parts = typed.split(|c: char| c.is_whitespace() || c.is_control());
        let name = parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        match name.chars().count() {
            0 => Err(KindError::Empty),
            n if n > Self::LONGEST => Err(KindError::TooLong {
                over: n - Self::LONGEST,
            }),
            _ => Ok(Self(name)),
        }
    }
}

/// One of the drawings that can stand before a kind's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    pub const ALL: [(&'static str, &'static str); 14] = [
        ("megaphone", "Megaphone"),
        ("document", "Document"),
        ("quote", "Quotation marks"),
        ("flag", "Flag"),
        ("star", "Star"),
        ("scales", "Scales"),
        ("globe", "Globe"),
        ("people", "People"),
        ("clock", "Clock"),
        ("eye", "Eye"),
        ("warning", "Warning sign"),
        ("picture", "Picture"),
        ("pencil", "Pencil"),
        ("link", "Link"),
    ];

    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::str::FromStr for Icon {
    type Err = KindError;

    fn from_str(typed: &str) -> Result<Self, KindError> {
        let known = Self::ALL.iter().find(|(name, _)| *name == typed);
        known.map(|(name, _)| Self(name)).ok_or(KindError::NoIcon)
    }
}

/// The address of a kind's list, which stands beside the program's own addresses.
pub fn kind_slug(typed: &str, plural: &str) -> Result<Slug, KindError> {
    const RESERVED: [&str; 15] = [
        "admin",
        "assets",
        "calendars",
        "feed",
        "files",
        "healthz",
        "images",
        "metrics",
        "news",
        "pages",
        "passes",
        "places",
        "readyz",
        "search",
        "topics",
    ];
    let slug = match typed.trim() {
        "" => Slug::suggest(plural),
        typed => typed.parse()?,
    };
    let is_year = slug.as_str().len() == 4 && slug.as_str().bytes().all(|b| b.is_ascii_digit());
    if is_year || RESERVED.contains(&slug.as_str()) {
        return Err(KindError::Reserved(slug.as_str().to_owned()));
    }
    Ok(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_takes_no_address_of_the_programs_own() {
        for typed in ["news", "admin", "2018", "topics"] {
            let refused = kind_slug(typed, "x").unwrap_err();
            assert_eq!(refused, KindError::Reserved(typed.to_owned()));
        }
        assert_eq!(
            kind_slug("", "Open letters").unwrap().as_str(),
            "open-letters"
        );
        assert_eq!(kind_slug("20180", "x").unwrap().as_str(), "20180");
    }

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!(
            " Open\n letter ".parse::<KindName>().unwrap().as_str(),
            "Open letter"
        );
        assert_eq!(" ".parse::<KindName>(), Err(KindError::Empty));
        let long = "x".repeat(42).parse::<KindName>();
        assert_eq!(long, Err(KindError::TooLong { over: 2 }));
        assert_eq!("skull".parse::<Icon>(), Err(KindError::NoIcon));
    }
}
