//! The room: its name, mission, zone, colour and press contacts.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::item::words_of;
use super::logo::{Logo, LogoPlace};
use super::revision::ContentHash;
use super::room_pages::{FooterLinks, PerPage, TextPage};
use super::settings::Setting;
use super::situation::SecondPair;
use super::words::Language;
use crate::keys::new_key;
use crate::zone::{Zone, Zones};

/// What the room says of itself. Everything here is public.
#[derive(Clone, Debug)]
pub struct Room {
    pub uid: String,
    pub name: RoomName,
    /// One phrase between asterisks is marked in the room's colour.
    pub mission: RoomLine,
    pub introduction: RoomLine,
    /// In the masthead, in the place of the name.
    pub logo: Option<Logo>,
    /// In browser tabs; without one, one is drawn in the room's colour.
    pub icon: Option<Logo>,
    pub accent: Accent,
    pub zone: Zone,
    /// In which scheduled instants are told besides.
    pub further_zones: Zones,
    pub second_pair: SecondPair,
    pub readers_see: ReadersSee,
    pub languages: Vec<Language>,
    pub contacts: Vec<Contact>,
    /// About the organisation, as Markdown, by language.
    pub boilerplate: BTreeMap<String, String>,
    /// Stands on top of every page for readers, unless it is empty.
    pub notice: RoomLine,
    pub per_page: PerPage,
    pub footer_links: FooterLinks,
    pub pages: Vec<TextPage>,
}

/// Everything of the room that an admin writes.
#[derive(Clone, Debug)]
pub struct RoomWords {
    pub name: RoomName,
    pub mission: RoomLine,
    pub introduction: RoomLine,
    pub accent: Accent,
    pub zone: Zone,
    /// In which scheduled instants are told besides.
    pub further_zones: Zones,
    pub second_pair: SecondPair,
    pub readers_see: ReadersSee,
    pub languages: Vec<Language>,
    pub contacts: Vec<Contact>,
    /// By language; that of a language which is not named here stays as it was.
    pub boilerplate: BTreeMap<String, String>,
    pub notice: RoomLine,
    pub per_page: PerPage,
    pub footer_links: FooterLinks,
    pub pages: Vec<TextPage>,
}

impl Room {
    /// The room with these words. A contact keeps the key it came with, if the room gave it that
    /// key; every other one gets its own.
    #[must_use]
    pub fn with(&self, words: RoomWords) -> Self {
        let mut boilerplate = self.boilerplate.clone();
        boilerplate.extend(words.boilerplate);
        let mut left: Vec<&ContactKey> = self.contacts.iter().map(|known| &known.key).collect();
        let contacts = words
            .contacts
            .into_iter()
            .map(|contact| {
                let place = left.iter().position(|key| **key == contact.key);
                let key = place.map_or_else(ContactKey::fresh, |at| left.swap_remove(at).clone());
                Contact { key, ..contact }
            })
            .collect();
        Self {
            uid: self.uid.clone(),
            name: words.name,
            mission: words.mission,
            introduction: words.introduction,
            logo: self.logo.clone(),
            icon: self.icon.clone(),
            accent: words.accent,
            zone: words.zone,
            further_zones: words.further_zones,
            second_pair: words.second_pair,
            readers_see: words.readers_see,
            languages: words.languages,
            contacts,
            boilerplate,
            notice: words.notice,
            per_page: words.per_page,
            footer_links: words.footer_links,
            pages: words.pages,
        }
    }

    pub fn logo_at(&self, place: LogoPlace) -> Option<&Logo> {
        match place {
            LogoPlace::Masthead => self.logo.as_ref(),
            LogoPlace::Icon => self.icon.as_ref(),
        }
    }

    /// The room with this logo there, or with none.
    #[must_use]
    pub fn with_logo(&self, place: LogoPlace, logo: Option<Logo>) -> Self {
        let room = self.clone();
        match place {
            LogoPlace::Masthead => Self { logo, ..room },
            LogoPlace::Icon => Self { icon: logo, ..room },
        }
    }

    /// Two rooms say the same exactly when their hashes are the same.
    pub fn hash(&self) -> ContentHash {
        let parts: Vec<String> = Setting::ALL
            .iter()
            .map(|setting| setting.text(self))
            .collect();
        ContentHash::of(&parts)
    }
}

/// What readers find in the history of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ReadersSee {
    /// Every change with its note, and the words that changed.
    #[default]
    Words,
    /// Every change with its note.
    Notes,
}

words_of!(ReadersSee, "rule of what readers see", {
    Words => "words",
    Notes => "notes",
});

/// Somebody the press can reach. Empty text means "not given".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub key: ContactKey,
    pub name: String,
    pub role: String,
    pub languages: String,
    pub phone: String,
    pub after_hours: String,
    pub mail: String,
}

impl Contact {
    pub const LONGEST: usize = 120;
    pub const MOST: usize = 20;

    /// Everything but the key, in the order of the fields.
    pub fn parts(&self) -> [&str; 6] {
        [
            &self.name,
            &self.role,
            &self.languages,
            &self.phone,
            &self.after_hours,
            &self.mail,
        ]
    }
}

/// What an item names a contact by; it stays the same when the contact's name changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContactKey(String);

impl ContactKey {
    fn fresh() -> Self {
        Self(new_key().chars().take(12).collect())
    }

    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    #[error("The room needs a name.")]
    NoName,
    #[error("This is {over} characters too long.")]
    TooLong { over: usize },
    #[error("Write the colour as # and six digits, such as #ffe600.")]
    NotAColour,
    #[error(
        "Neither black nor white text can be read on this colour ({ratio}:1; 4.5:1 is needed). Choose a lighter or darker one."
    )]
    NoContrast { ratio: String },
}

/// The room's name: one line, 1 to 80 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomName(String);

impl RoomName {
    pub const LONGEST: usize = 80;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoomName {
    type Err = RoomError;

    fn from_str(typed: &str) -> Result<Self, RoomError> {
        let name = one_line(typed, Self::LONGEST)?;
        if name.is_empty() {
            return Err(RoomError::NoName);
        }
        Ok(Self(name))
    }
}

/// The mission or the introduction: up to 500 characters, may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomLine(String);

impl RoomLine {
    pub const LONGEST: usize = 500;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before, in and after the phrase between two asterisks.
    pub fn marked(&self) -> (&str, &str, &str) {
        match self.0.split_once('*') {
            Some((before, rest)) => match rest.split_once('*') {
                Some((marked, after)) => (before, marked, after),
                None => (&self.0, "", ""),
            },
            None => (&self.0, "", ""),
        }
    }
}

impl FromStr for RoomLine {
    type Err = RoomError;

    fn from_str(typed: &str) -> Result<Self, RoomError> {
        one_line(typed, Self::LONGEST).map(Self)
    }
}

/// Folds white space and control characters into single spaces.
fn one_line(typed: &str, longest: usize) -> Result<String, RoomError> {
    let line = typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    match line.chars().count() {
        n if n > longest => Err(RoomError::TooLong { over: n - longest }),
        _ => Ok(line),
    }
}

/// The room's colour, on which black or white text reads with a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    red: u8,
    green: u8,
    blue: u8,
}

impl Default for Accent {
    fn default() -> Self {
        Self {
            red: 0xff,
            green: 0xe6,
            blue: 0x00,
        }
    }
}

impl Accent {
    const NEEDED: f64 = 4.5;

    /// `#ffe600`
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// The text colour that reads better on it.
    pub fn text_on(self) -> &'static str {
        if self.against_black() >= self.against_white() {
            "#111111"
        } else {
            "#ffffff"
        }
    }

    /// The contrast of that text, as `12.3`.
    pub fn contrast(self) -> String {
        format!("{:.1}", self.against_black().max(self.against_white()))
    }

    fn against_black(self) -> f64 {
        // #111111 has a relative luminance of 0.0056.
        (self.luminance() + 0.05) / (0.0056 + 0.05)
    }

    fn against_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it, 0 to 1.
    fn luminance(self) -> f64 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 {
        share / 12.92
    } else {
        ((share + 0.055) / 1.055).powf(2.4)
    }
}

impl FromStr for Accent {
    type Err = RoomError;

    fn from_str(typed: &str) -> Result<Self, RoomError> {
        let digits = typed.trim().trim_start_matches('#');
        if digits.len() != 6 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(RoomError::NotAColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_source| RoomError::NotAColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        let accent = Self { red, green, blue };
        let best = accent.against_black().max(accent.against_white());
        if best < Self::NEEDED {
            return Err(RoomError::NoContrast {
                ratio: format!("{best:.1}"),
            });
        }
        Ok(accent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mission_marks_the_phrase_between_asterisks() {
        let mission: RoomLine = "We *hold on*.".parse().unwrap();
        assert_eq!(mission.marked(), ("We ", "hold on", "."));
        let plain: RoomLine = "Two * two".parse().unwrap();
        assert_eq!(plain.marked(), ("Two * two", "", ""));
    }

    #[test]
    fn every_colour_that_is_taken_can_carry_text() {
        let yellow: Accent = "#ffe600".parse().unwrap();
        assert_eq!(
            (yellow.hex().as_str(), yellow.text_on()),
            ("#ffe600", "#111111")
        );
        let navy: Accent = "102a54".parse().unwrap();
        assert_eq!(navy.text_on(), "#ffffff");
        assert_eq!(yellow.contrast(), "14.9");
        assert_eq!("red".parse::<Accent>(), Err(RoomError::NotAColour));
        let between = "#7a7a7a".parse::<Accent>().unwrap_err();
        assert!(
            between.to_string().contains("(4.4:1; 4.5:1 is needed)"),
            "{between}"
        );
    }
}
