//! One immutable version of an item's words and picture choices.

use sha2::{Digest, Sha256};

use super::files::FileId;
use super::item::{ItemId, KindId, SubjectName, id, words_of};
use super::room::ContactKey;
use super::slug::Slug;
use super::words::{Body, Dateline, Language, Notes, Summary, Title};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::keys::hex;
use crate::media::{FocalPoint, ImageId};
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

id!(
    /// The number of a revision in the room; within its item a revision also has a running number.
    RevisionId
);

/// Everything that somebody writes and chooses for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub kind: KindId,
    pub language: Language,
    pub title: Title,
    pub slug: Slug,
    pub summary: Summary,
    pub body: Body,
    pub dateline: Dateline,
    pub notes: Notes,
    pub topics: Vec<SubjectName>,
    pub places: Vec<SubjectName>,
    pub contacts: Vec<ContactKey>,
    pub translation_of: Option<ItemId>,
    pub lead: Option<Lead>,
    /// Below the text, in this order.
    pub files: Vec<FileId>,
}

/// The picture on top, and how it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    pub image: ImageId,
    pub shape: Shape,
    pub focus: FocalPoint,
}

/// How the lead picture stands on the item's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shape {
    /// As it was taken.
    #[default]
    Whole,
    /// Cut to 16:9 round the focal point.
    Wide,
}

words_of!(Shape, "shape", { Whole => "whole", Wide => "wide" });

/// Two texts are the same exactly when their hashes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentHash(String);

impl ContentHash {
    /// Each part goes in with its length, so that no two texts run together into the same bytes.
    pub fn of(parts: &[String]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.len().to_string());
            hasher.update(b":");
            hasher.update(part);
        }
        Self(hex(&hasher.finalize()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From the database, which got it from [`Wording::hash`].
    pub fn stored(hash: String) -> Self {
        Self(hash)
    }
}

impl Wording {
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(&self.parts())
    }

    fn parts(&self) -> Vec<String> {
        let mut parts = vec![
            self.kind.to_string(),
            self.language.as_str().to_owned(),
            self.title.as_str().to_owned(),
            self.slug.as_str().to_owned(),
            self.summary.as_str().to_owned(),
            self.body.as_str().to_owned(),
            self.dateline.as_str().to_owned(),
            self.notes.as_str().to_owned(),
            self.translation_of
                .map_or_else(String::new, |item| item.to_string()),
            self.lead.map_or_else(String::new, lead_part),
        ];
        for (mark, names) in [("topic", &self.topics), ("place", &self.places)] {
            parts.push(mark.to_owned());
            parts.extend(names.iter().map(|name| name.as_str().to_owned()));
        }
        parts.push("contact".to_owned());
        parts.extend(self.contacts.iter().map(|key| key.as_str().to_owned()));
        // Without files the hash is what it was before there were any.
        if !self.files.is_empty() {
            parts.push("file".to_owned());
            parts.extend(self.files.iter().map(ToString::to_string));
        }
        parts
    }
}

fn lead_part(lead: Lead) -> String {
    format!(
        "{} {} {} {}",
        lead.image,
        lead.shape.as_str(),
        lead.focus.x(),
        lead.focus.y()
    )
}

/// A wording that was saved: who wrote it, when, and the how-manieth of its item it is.
#[derive(Clone, Debug)]
pub struct Revision {
    pub id: RevisionId,
    pub item: ItemId,
    pub number: i64,
    pub wording: Wording,
    pub hash: ContentHash,
    pub written_by: PersonId,
    pub written_at: Instant,
}
