//! Words as shapes of faces, each with the letters that it stands for, so that words can be searched and
//! copied out of the PDF.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use harfrust::{
    Direction, FontRef, ShapeOptions, ShapePlan, ShapePlanKey, ShaperData, UnicodeBuffer,
};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::faces::{Key, PaperFaces, Voice};
use super::words::{Manner, Stretch, Words};

/// Raised numbers: in heights of letters, and how far up.
const RAISED: (f32, f32) = (0.66, 0.34);
/// In bytes; what is longer is shaped in parts.
const LONGEST: usize = 1_000;

/// A shape, measured in heights of its letters.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub id: u32,
    pub advance: f32,
    pub right: f32,
    pub up: f32,
    /// The bytes that it stands for, in those of its piece.
    pub letters: Range<usize>,
}

/// Shapes of one face that run in one direction, from left to right as they stand.
pub(super) struct Piece {
    pub key: Key,
    /// The bytes of the paragraph.
    pub range: Range<usize>,
    pub shapes: Vec<Shape>,
    pub width: f32,
    /// Of its letters, beside those round it.
    pub scale: f32,
    pub rise: f32,
}

/// How wide a paragraph is up to each of its bytes, in heights of its letters.
pub(super) struct Measured {
    pub ends: Vec<f64>,
    /// How far its lines stand apart for its scripts.
    pub leading: f32,
}

/// The faces of a paper, each opened once.
pub(super) struct Types<'a> {
    faces: &'a PaperFaces,
    pub language: &'a str,
    open: HashMap<Key, Option<Type>>,
    /// Which face each letter is set with: asked of a hundred faces once.
    chosen: HashMap<(char, Voice), Option<Key>>,
    /// Whether a sign was left out, because no face holds it.
    pub misses: bool,
}

struct Type {
    bytes: Arc<Vec<u8>>,
    data: ShaperData,
    plans: Vec<ShapePlan>,
    height: f32,
}

impl<'a> Types<'a> {
    pub(super) fn new(faces: &'a PaperFaces, language: &'a str) -> Self {
        Self {
            faces,
            language,
            open: HashMap::new(),
            chosen: HashMap::new(),
            misses: false,
        }
    }

    pub(super) fn bytes(&self, key: Key) -> Option<Arc<Vec<u8>>> {
        self.faces.bytes(key)
    }

    pub(super) fn measured(&mut self, words: &Words) -> Measured {
        let mut ends = vec![0.0; words.text.len() + 1];
        let mut leading: f64 = 1.0;
        for piece in self.pieces(words, 0..words.text.len()) {
            leading = leading.max(self.faces.leading(piece.key));
            for shape in &piece.shapes {
                let end = piece.range.start + shape.letters.end;
                if let Some(end) = ends.get_mut(end) {
                    *end += f64::from(shape.advance * piece.scale);
                }
            }
        }
        let mut sum = 0.0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        Measured {
            ends,
            leading: narrow(leading),
        }
    }

    /// That part of a paragraph as one line, from left to right.
    pub(super) fn pieces(&mut self, words: &Words, line: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for stretch in words.visual(line) {
            let mut parts = self.by_face(words, &stretch);
            if stretch.leftwards {
                parts.reverse();
            }
            for (key, range, manner) in parts {
                let letters = words.part(range.clone());
                let shapes = self.shaped(key, letters, stretch.leftwards);
                let (scale, rise) = if manner.raised { RAISED } else { (1.0, 0.0) };
                let width: f32 = shapes.iter().map(|shape| shape.advance).sum();
                pieces.push(Piece {
                    key,
                    range,
                    shapes,
                    width: width * scale,
                    scale,
                    rise,
                });
            }
        }
        pieces
    }

    /// In parts of one face and one manner, in the order in which they are read. Signs stay with the letters
    /// before them where that face has them too; what no face has is left out.
    fn by_face(&mut self, words: &Words, stretch: &Stretch) -> Vec<(Key, Range<usize>, Manner)> {
        let mut parts: Vec<(Key, Range<usize>, Manner)> = Vec::new();
        for (range, manner) in words.manners(&stretch.range) {
            let mut fresh = true;
            for (at, letter) in words.part(range.clone()).char_indices() {
                let place = range.start + at..range.start + at + letter.len_utf8();
                let before = parts.last_mut().filter(|(_, part, _)| {
                    !fresh && part.end == place.start && part.len() < LONGEST
                });
                let known = before.as_ref().map(|(key, ..)| *key);
                let Some(key) = self.face(letter, manner, known) else {
                    continue;
                };
                match before {
                    Some((known, part, _)) if *known == key => part.end = place.end,
                    Some(_) | None => parts.push((key, place, manner)),
                }
                fresh = false;
            }
        }
        parts
    }

    fn face(&mut self, letter: char, manner: Manner, before: Option<Key>) -> Option<Key> {
        if is_unseen(letter) {
            return before.filter(|key| joins(letter) && self.faces.holds(*key, letter));
        }
        let stays = |key: &Key| !letter.is_alphanumeric() && self.faces.holds(*key, letter);
        let (faces, language, voice) = (self.faces, self.language, manner.voice);
        let chosen = self.chosen.entry((letter, voice));
        let found = before
            .filter(stays)
            .or_else(|| *chosen.or_insert_with(|| faces.holding(letter, voice, language)));
        self.misses |= found.is_none() && !letter.is_whitespace();
        found
    }

    fn shaped(&mut self, key: Key, letters: &str, leftwards: bool) -> Vec<Shape> {
        let faces = self.faces;
        let open = self.open.entry(key);
        let open = open.or_insert_with(|| Type::open(faces.bytes(key)?));
        let shaped = open
            .as_mut()
            .and_then(|face| face.shaped(letters, leftwards));
        shaped.unwrap_or_default()
    }
}

impl Type {
    fn open(bytes: Arc<Vec<u8>>) -> Option<Self> {
        let (data, height) = {
            let font = FontRef::new(&bytes).ok()?;
            let metrics = font.metrics(Size::unscaled(), LocationRef::default());
            (ShaperData::new(&font), f32::from(metrics.units_per_em))
        };
        Some(Self {
            bytes,
            data,
            plans: Vec::new(),
            height,
        })
    }

    fn shaped(&mut self, letters: &str, leftwards: bool) -> Option<Vec<Shape>> {
        let font = FontRef::new(&self.bytes).ok()?;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(letters);
        buffer.set_direction(if leftwards {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        buffer.guess_segment_properties();
        let shaper = self.data.shaper(&font).build();
        let script = Some(buffer.script());
        let wanted = ShapePlanKey::new(script, buffer.direction());
        let known = self.plans.iter().position(|plan| wanted.matches(plan));
        let known = known.unwrap_or_else(|| {
            let plan = ShapePlan::new(&shaper, buffer.direction(), script, None, &[]);
            self.plans.push(plan);
            self.plans.len() - 1
        });
        let options = ShapeOptions::new().plan(self.plans.get(known));
        let glyphs = shaper.shape(buffer, options);
        let infos = glyphs.glyph_infos();
        let clusters: Vec<usize> = infos.iter().map(|info| wide(info.cluster)).collect();
        let ends = ends(&clusters, letters.len());
        let placed = infos.iter().zip(glyphs.glyph_positions());
        let shape = |((info, place), (start, end)): (
            (&harfrust::GlyphInfo, &harfrust::GlyphPosition),
            (&usize, usize),
        )| Shape {
            id: info.glyph_id,
            advance: em(place.x_advance, self.height),
            right: em(place.x_offset, self.height),
            up: em(place.y_offset, self.height),
            letters: *start..end,
        };
        Some(placed.zip(clusters.iter().zip(ends)).map(shape).collect())
    }
}

/// Where the letters of each cluster end: where those of the next one begin.
fn ends(clusters: &[usize], length: usize) -> Vec<usize> {
    let mut starts = clusters.to_vec();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: &usize| {
        let after = starts.partition_point(|known| known <= start);
        starts.get(after).copied().unwrap_or(length)
    };
    clusters.iter().map(end).collect()
}

/// Signs that say how others stand and have no shape of their own.
const fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\n' | '\u{ad}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether letters beside it look otherwise for it.
const fn joins(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}')
}

/// Units of a face in heights of its letters. No glyph is wider than 32,767 of them.
fn em(units: i32, height: f32) -> f32 {
    f32::from(i16::try_from(units).unwrap_or_default()) / height
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// The next of the distances that lines have on paper.
fn narrow(number: f64) -> f32 {
    const STEPS: [f32; 8] = [1.0, 1.1, 1.15, 1.2, 1.25, 1.35, 1.4, 1.45];
    let step = STEPS.into_iter().find(|step| f64::from(*step) >= number);
    step.unwrap_or(1.6)
}
