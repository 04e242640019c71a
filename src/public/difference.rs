//! The words that changed between two texts, ready to be laid out on either side.

use crate::prose::diff::{self, Paragraph, Part};

/// How many words and gaps are compared one by one on a page, however many texts it compares.
pub const MOST_ON_A_PAGE: usize = 60_000;

/// What changed in one field.
pub struct Difference {
    pub name: String,
    pub paragraphs: Vec<ParagraphView>,
    pub coarse: bool,
}

/// A paragraph with changes, or so many without.
pub struct ParagraphView {
    pub pieces: Vec<Piece>,
    pub same: usize,
}

/// Words of both texts, of the older or of the newer.
pub struct Piece {
    pub look: Look,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Same,
    Gone,
    New,
}

impl Difference {
    /// Nothing where nothing changed.
    pub fn between(name: &str, old: &str, new: &str, most: usize) -> Option<Self> {
        if old == new {
            return None;
        }
        let diff = diff::words(old, new, most);
        Some(Self {
            name: name.to_owned(),
            coarse: diff.is_coarse(),
            paragraphs: diff.paragraphs().into_iter().map(paragraph).collect(),
        })
    }
}

fn paragraph(paragraph: Paragraph) -> ParagraphView {
    match paragraph {
        Paragraph::Changed(parts) => ParagraphView {
            pieces: parts.into_iter().map(piece).collect(),
            same: 0,
        },
        Paragraph::Same(same) => ParagraphView {
            pieces: Vec::new(),
            same,
        },
    }
}

fn piece(part: Part) -> Piece {
    let (look, words) = match part {
        Part::Same(words) => (Look::Same, words),
        Part::Gone(words) => (Look::Gone, words),
        Part::New(words) => (Look::New, words),
    };
    Piece { look, words }
}

impl Piece {
    pub fn is_gone(&self) -> bool {
        self.look == Look::Gone
    }

    pub fn is_new(&self) -> bool {
        self.look == Look::New
    }
}
