//! An item on paper: words in every script that there is a face for, photos with their words, tables, as a
//! tagged PDF (PDF/UA-1). The same words and photos are the same bytes.

mod breaking;
mod drawing;
mod faces;
mod layout;
mod look;
mod shaping;
mod table;
mod tagging;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Fault, ImageId};
pub use faces::PaperFaces;
use shaping::Types;

/// Everything that stands on the paper, but for the bytes of its photos.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub title: String,
    /// The BCP 47 tag of the words, and whether they are written from right to left.
    pub language: String,
    pub leftwards: bool,
    pub parts: Vec<Part>,
    pub foot: Foot,
    pub made_at: MadeAt,
}

/// What stands at the foot of every page, beside its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foot {
    /// Whose it is.
    pub room: String,
    pub version: String,
    /// Where the present version stands.
    pub address: String,
}

/// When these words are from, in Coordinated Universal Time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MadeAt {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(Text),
    Photo(Photo),
    Table(Table),
    /// A line across the page.
    Rule,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub style: Style,
    pub runs: Vec<Run>,
    /// How many lists it stands in.
    pub depth: u8,
    /// Stands before the first line of a list's item, as `•` or `3.`.
    pub mark: String,
    /// The room's own words, in English, whatever the item's language is.
    pub english: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub words: String,
    pub look: Look,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    Strong,
    Slanted,
    /// A small raised number that leads to a note.
    Raised,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The room's name on top.
    Room,
    /// The kind, above the title.
    Label,
    Title,
    Standfirst,
    /// Dates and addresses.
    Small,
    /// What readers are told of a change.
    Notice,
    /// From 2, the largest below the title.
    Heading(u8),
    Body,
    Quote,
}

/// A photo with what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub image: ImageId,
    /// Names its bytes.
    pub hash: String,
    /// In pixels, of the copy that is printed.
    pub width: u32,
    pub height: u32,
    /// In points, what it is at most.
    pub tallest: u16,
    /// Empty where it says nothing that the text does not.
    pub alt: String,
    pub words: String,
}

/// Rows of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub is_header: bool,
    pub cells: Vec<Vec<Run>>,
}

/// The bytes of photos (JPEG), by the picture and the width of its copy.
pub type Photos = HashMap<(ImageId, u32), Vec<u8>>;

#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the paper has no size")]
    Size,
    #[error("a face cannot be read")]
    Face,
    #[error("the PDF cannot be written: {0}")]
    Write(String),
    #[error("the work on it broke off")]
    Broken(#[from] Fault),
}

impl Text {
    pub fn plain(style: Style, words: impl Into<String>) -> Self {
        let words = words.into();
        let look = Look::Plain;
        Self::of(style, vec![Run { words, look }])
    }

    pub const fn of(style: Style, runs: Vec<Run>) -> Self {
        Self {
            style,
            runs,
            depth: 0,
            mark: String::new(),
            english: false,
        }
    }

    #[must_use]
    pub fn in_english(self) -> Self {
        Self {
            english: true,
            ..self
        }
    }
}

impl Paper {
    /// The PDF. A photo whose bytes are not there is left out with its words; of one that cannot be read, the
    /// place stays empty.
    pub fn pdf(&self, faces: &PaperFaces, photos: &Photos) -> Result<Vec<u8>, PaperError> {
        let made = catch_unwind(AssertUnwindSafe(|| {
            let mut types = Types::new(faces, &self.language);
            let set = layout::laid_out(self, &mut types, photos);
            drawing::drawn(self, &mut types, (&set, photos))
        }));
        made.unwrap_or(Err(PaperError::Broken(Fault::Panicked)))
    }
}
