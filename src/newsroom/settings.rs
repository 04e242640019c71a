//! The settings one by one: what each says as text, what changed between two rooms, and how a change is taken back.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::item::words_of;
use super::logo::{Logo, LogoPlace};
use super::room::Room;
use super::words::Language;
use crate::zone::Zone;

/// Something that the room says of itself, or a rule that it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Name,
    Mission,
    Introduction,
    Notice,
    Logo,
    Icon,
    Accent,
    Zone,
    FurtherZones,
    SecondPair,
    ReadersSee,
    Languages,
    PerPage,
    Boilerplate,
    Contacts,
    FooterLinks,
    Pages,
}

words_of!(Setting, "setting", {
    Name => "name",
    Mission => "mission",
    Introduction => "introduction",
    Notice => "notice",
    Logo => "logo",
    Icon => "icon",
    Accent => "accent",
    Zone => "zone",
    FurtherZones => "further_zones",
    SecondPair => "second_pair",
    ReadersSee => "readers_see",
    Languages => "languages",
    PerPage => "per_page",
    Boilerplate => "boilerplate",
    Contacts => "contacts",
    FooterLinks => "footer_links",
    Pages => "pages",
});

/// A setting as it was and as it became, each as [`Setting::text`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingChange {
    pub setting: String,
    pub before: String,
    pub after: String,
}

impl SettingChange {
    pub fn label(&self) -> &'static str {
        self.setting
            .parse()
            .map_or("A setting of another time", Setting::label)
    }
}

/// Words that are no value of the setting, with what is wrong.
struct Unfit(String);

impl From<LogoPlace> for Setting {
    fn from(place: LogoPlace) -> Self {
        match place {
            LogoPlace::Masthead => Self::Logo,
            LogoPlace::Icon => Self::Icon,
        }
    }
}

impl Setting {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Mission => "Mission",
            Self::Introduction => "Introduction",
            Self::Notice => "Notice",
            Self::Logo => "Logo",
            Self::Icon => "Icon",
            Self::Accent => "Accent colour",
            Self::Zone => "Time zone",
            Self::FurtherZones => "Further zones",
            Self::SecondPair => "Second pair of eyes",
            Self::ReadersSee => "Readers see in an item’s history",
            Self::Languages => "Languages",
            Self::PerPage => "Items on a page",
            Self::Boilerplate => "About the organisation",
            Self::Contacts => "Press contacts",
            Self::FooterLinks => "Links at the foot",
            Self::Pages => "Pages",
        }
    }

    /// What the room says, as text; of lists, as JSON.
    pub fn text(self, room: &Room) -> String {
        match self {
            Self::Name => room.name.as_str().to_owned(),
            Self::Mission => room.mission.as_str().to_owned(),
            Self::Introduction => room.introduction.as_str().to_owned(),
            Self::Notice => room.notice.as_str().to_owned(),
            Self::Logo => logo(room.logo.as_ref()),
            Self::Icon => logo(room.icon.as_ref()),
            Self::Accent => room.accent.hex(),
            Self::Zone => room.zone.name().to_owned(),
            Self::FurtherZones => room.further_zones.to_string(),
            Self::SecondPair => room.second_pair.as_str().to_owned(),
            Self::ReadersSee => room.readers_see.as_str().to_owned(),
            Self::Languages => tags(&room.languages),
            Self::PerPage => room.per_page.get().to_string(),
            Self::Boilerplate => boilerplate(room),
            Self::Contacts => serde_json::json!(room.contacts).to_string(),
            Self::FooterLinks => room.footer_links.to_string(),
            Self::Pages => serde_json::json!(room.pages).to_string(),
        }
    }

    /// The room with this setting as that text says, through the same doors as what is typed.
    fn put(self, text: &str, room: &mut Room) -> Result<(), Unfit> {
        match self {
            Self::Name => room.name = read(text)?,
            Self::Mission => room.mission = read(text)?,
            Self::Introduction => room.introduction = read(text)?,
            Self::Notice => room.notice = read(text)?,
            Self::Logo => room.logo = read_logo(text)?,
            Self::Icon => room.icon = read_logo(text)?,
            Self::Accent => room.accent = read(text)?,
            Self::Zone => room.zone = Zone::named(text).map_err(|why| Unfit(why.to_string()))?,
            Self::FurtherZones => room.further_zones = read(text)?,
            Self::SecondPair => room.second_pair = read(text)?,
            Self::ReadersSee => room.readers_see = read(text)?,
            Self::Languages => {
                room.languages = text
                    .split_whitespace()
                    .map(read)
                    .collect::<Result<_, _>>()?;
            }
            Self::PerPage => room.per_page = read(text)?,
            Self::Boilerplate => room.boilerplate = read_json(text)?,
            Self::Contacts => room.contacts = read_json(text)?,
            Self::FooterLinks => room.footer_links = read(text)?,
            Self::Pages => room.pages = read_json(text)?,
        }
        Ok(())
    }
}

/// Of none, an empty text.
fn logo(logo: Option<&Logo>) -> String {
    logo.map(Logo::to_string).unwrap_or_default()
}

fn read_logo(text: &str) -> Result<Option<Logo>, Unfit> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some)
}

/// A language without words says as much as one that is not there.
fn boilerplate(room: &Room) -> String {
    let words = room.boilerplate.iter();
    let said: BTreeMap<_, _> = words.filter(|(_, words)| !words.is_empty()).collect();
    serde_json::json!(said).to_string()
}

/// In one order, whichever they were ticked in.
fn tags(languages: &[Language]) -> String {
    let mut tags: Vec<&str> = languages.iter().map(Language::as_str).collect();
    tags.sort_unstable();
    tags.join(" ")
}

fn read<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Unfit> {
    text.parse().map_err(|why: T::Err| Unfit(why.to_string()))
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Unfit> {
    serde_json::from_str(text).map_err(|why| Unfit(why.to_string()))
}

/// Every setting in which two rooms differ.
pub fn changes(before: &Room, after: &Room) -> Vec<SettingChange> {
    let changed = |setting: &Setting| {
        let (before, after) = (setting.text(before), setting.text(after));
        (before != after).then(|| SettingChange {
            setting: setting.as_str().to_owned(),
            before,
            after,
        })
    };
    Setting::ALL.iter().filter_map(changed).collect()
}

/// The room with these changes taken back, if each of them still stands.
pub fn taken_back(room: &Room, changes: &[SettingChange]) -> Result<Room, Refusal> {
    if changes.is_empty() {
        return Err(Refusal::NoSettingsInEntry);
    }
    let mut new = room.clone();
    for change in changes {
        let label = change.label();
        let setting: Setting = change
            .setting
            .parse()
            .map_err(|_source| Refusal::SettingMovedOn { label })?;
        if setting.text(room) != change.after {
            return Err(Refusal::SettingMovedOn { label });
        }
        setting
            .put(&change.before, &mut new)
            .map_err(|Unfit(why)| Refusal::SettingUnfit { label, why })?;
    }
    Ok(new)
}
