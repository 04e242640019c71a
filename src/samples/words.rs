//! The words of the sample room as they stand in `samples/`.

use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::SampleError;
use crate::newsroom::room::Contact;
use crate::newsroom::room_pages::TextPage;

#[derive(RustEmbed)]
#[folder = "samples/"]
struct Files;

#[derive(Deserialize)]
pub(super) struct Sample {
    pub room: SampleRoom,
    pub people: Vec<SamplePerson>,
    pub images: Vec<SampleImage>,
    pub files: Vec<SampleFile>,
    pub items: Vec<SampleItem>,
}

#[derive(Deserialize)]
pub(super) struct SampleRoom {
    pub name: String,
    pub mission: String,
    pub introduction: String,
    pub zone: String,
    pub further_zones: String,
    pub accent: String,
    pub languages: Vec<String>,
    pub contacts: Vec<Contact>,
    pub boilerplate: BTreeMap<String, String>,
    pub footer_links: String,
    pub pages: Vec<TextPage>,
}

#[derive(Deserialize)]
pub(super) struct SamplePerson {
    pub key: String,
    pub name: String,
    pub mail: String,
    pub role: String,
}

#[derive(Deserialize, Clone)]
pub(super) struct SampleImage {
    pub key: String,
    pub scene: String,
    pub seed: u64,
    pub width: u32,
    pub height: u32,
    pub orientation: u8,
    pub file_name: String,
    /// Missing: not written yet. Empty: decorative.
    pub alt: Option<String>,
    pub caption: String,
    pub credit: String,
    pub terms: String,
    pub embedded_caption: String,
    /// The room's days are counted back from the day on which it is loaded, so only a photo that is old
    /// in any case says when it was taken.
    pub taken_on: Option<String>,
    pub latitude: f64,
    pub longitude: f64,
    pub focus: (u8, u8),
}

/// A file that readers may take; its bytes stand in `samples/files`.
#[derive(Deserialize)]
pub(super) struct SampleFile {
    pub key: String,
    pub file_name: String,
    pub title: String,
    pub language: String,
    pub contact: String,
}

#[derive(Deserialize)]
pub(super) struct SampleItem {
    pub key: String,
    #[serde(default)]
    pub files: Vec<String>,
    pub kind: String,
    pub language: String,
    pub title: String,
    pub slug: String,
    pub summary: String,
    pub body: String,
    pub dateline: String,
    pub topics: Vec<String>,
    pub places: Vec<String>,
    pub contacts: Vec<String>,
    pub notes: String,
    pub lead: Option<String>,
    pub translation_of: Option<String>,
    pub history: Vec<Step>,
}

/// One thing that somebody did, so many days before the room is loaded (after it, where negative).
#[derive(Deserialize)]
pub(super) struct Step {
    #[serde(rename = "do")]
    pub what: String,
    pub days: i64,
    pub time: String,
    pub by: String,
    #[serde(default)]
    pub with: BTreeMap<String, String>,
    #[serde(default)]
    pub change: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub for_days: i64,
    #[serde(default)]
    pub for_time: String,
}

pub(super) fn read() -> Result<Sample, SampleError> {
    let text = file("room.json")?;
    serde_json::from_str(&text).map_err(|source| SampleError::Words {
        file: "room.json".to_owned(),
        sentence: source.to_string(),
    })
}

pub(super) fn file(name: &str) -> Result<String, SampleError> {
    let missing = |sentence: &str| SampleError::Words {
        file: name.to_owned(),
        sentence: sentence.to_owned(),
    };
    let file = Files::get(name).ok_or_else(|| missing("it is not there"))?;
    String::from_utf8(file.data.into_owned()).map_err(|_source| missing("it is not UTF-8"))
}
