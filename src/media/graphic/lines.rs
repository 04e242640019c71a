//! Words as lines of outlines: put in the order of their scripts, shaped, measured, broken where they may
//! be broken, and cut with an ellipsis where there is no more room.

use std::fmt::Write;
use std::ops::Range;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::Faces;

/// How words are read.
#[derive(Clone, Copy)]
pub(super) struct Script<'a> {
    pub(super) language: &'a str,
    /// Whether they begin at the right; nothing: as their first letter does.
    pub(super) leftwards: Option<bool>,
}

/// One line, measured in heights of its letters.
#[derive(Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
    pub(super) width: f64,
    pub(super) leading: f64,
}

/// Letters of one face that run in one direction, from left to right as they stand.
struct Piece {
    face: usize,
    glyphs: Vec<(u32, f64, f64)>,
    width: f64,
}

/// The words on one line, as far as there are faces for their letters.
pub(super) fn held(faces: &Faces, words: &str, language: &str) -> String {
    let held: String = words
        .nfc()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .filter(|sign| sign.is_whitespace() || faces.holding(*sign, language).is_some())
        .collect();
    held.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words as one line, however wide.
pub(super) fn line(faces: &Faces, words: &str, script: Script<'_>) -> Line {
    let base = script.leftwards.map(|leftwards| {
        if leftwards {
            Level::rtl()
        } else {
            Level::ltr()
        }
    });
    let order = BidiInfo::new(words, base);
    let mut line = Line::default();
    for paragraph in &order.paragraphs {
        let (levels, runs) = order.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let leftwards = levels.get(run.start).is_some_and(Level::is_rtl);
            let mut parts = by_face(faces, words, run, script.language);
            if leftwards {
                parts.reverse();
            }
            for (face, part) in parts {
                let letters = words.get(part).unwrap_or_default();
                if let Some(piece) = shaped(faces, face, letters, leftwards) {
                    line.width += piece.width;
                    line.leading = line.leading.max(faces.leading(face));
                    line.pieces.push(piece);
                }
            }
        }
    }
    line
}

/// A run in parts of one face each. Signs stay with the letters before them where that face has them too;
/// what no face has is left out.
fn by_face(
    faces: &Faces,
    words: &str,
    run: Range<usize>,
    language: &str,
) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, letter) in words.get(run.clone()).unwrap_or_default().char_indices() {
        let place = run.start + at..run.start + at + letter.len_utf8();
        let before = parts.last_mut().filter(|(_, part)| part.end == place.start);
        let stays = |face: usize| !letter.is_alphanumeric() && faces.holds(face, letter);
        let face = match &before {
            Some((face, _)) if stays(*face) => Some(*face),
            Some(_) | None => faces.holding(letter, language),
        };
        match (face, before) {
            (Some(face), Some((known, part))) if face == *known => part.end = place.end,
            (Some(face), _) => parts.push((face, place)),
            (None, _) => {}
        }
    }
    parts
}

fn shaped(faces: &Faces, face: usize, letters: &str, leftwards: bool) -> Option<Piece> {
    let bytes = faces.bytes(face)?;
    let font = FontRef::new(&bytes).ok()?;
    let height = f64::from(
        font.metrics(Size::unscaled(), LocationRef::default())
            .units_per_em,
    );
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(letters);
    buffer.set_direction(if leftwards {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    });
    buffer.guess_segment_properties();
    let data = ShaperData::new(&font);
    let shaped = data
        .shaper(&font)
        .build()
        .shape(buffer, ShapeOptions::new());
    let (mut glyphs, mut pen) = (Vec::new(), 0.0);
    for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let (right, up) = (f64::from(place.x_offset), f64::from(place.y_offset));
        glyphs.push((glyph.glyph_id, pen + right / height, up / height));
        pen += f64::from(place.x_advance) / height;
    }
    Some(Piece {
        face,
        glyphs,
        width: pen,
    })
}

impl Line {
    /// The outlines as the data of a path, with the line's left end at that place and this size.
    pub(super) fn outline(&self, faces: &Faces, (left, base): (f64, f64), size: f64) -> String {
        let (mut path, mut from) = (String::new(), left);
        for piece in &self.pieces {
            piece.draw(faces, (from, base), size, &mut path);
            from += piece.width * size;
        }
        path
    }
}

impl Piece {
    fn draw(&self, faces: &Faces, (left, base): (f64, f64), size: f64, path: &mut String) {
        let Some(bytes) = faces.bytes(self.face) else {
            return;
        };
        let Ok(font) = FontRef::new(&bytes) else {
            return;
        };
        let height = f64::from(
            font.metrics(Size::unscaled(), LocationRef::default())
                .units_per_em,
        );
        let outlines = font.outline_glyphs();
        for (glyph, right, up) in &self.glyphs {
            let mut pen = Pen {
                path,
                left: left + right * size,
                base: base - up * size,
                scale: size / height,
            };
            if let Some(outline) = outlines.get(skrifa::GlyphId::new(*glyph)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A glyph whose outline is broken stays empty; the others are drawn.
                let _drawn = outline.draw(settings, &mut pen);
            }
        }
    }
}

/// Writes an outline down as the data of an SVG path.
struct Pen<'a> {
    path: &'a mut String,
    left: f64,
    base: f64,
    scale: f64,
}

impl Pen<'_> {
    fn mark(&mut self, mark: char, points: &[(f32, f32)]) {
        self.path.push(mark);
        for (right, up) in points {
            let x = self.left + f64::from(*right) * self.scale;
            let y = self.base - f64::from(*up) * self.scale;
            // Writing into a string does not fail.
            let _written = write!(self.path, "{x:.2} {y:.2} ");
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.mark('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.mark('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.mark('Q', &[(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.mark('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.mark('Z', &[]);
    }
}

/// Words that are put into lines of a width, in heights of their letters.
pub(super) struct Setting<'a> {
    pub(super) faces: &'a Faces,
    pub(super) script: Script<'a>,
    pub(super) width: f64,
}

impl Setting<'_> {
    fn line(&self, words: &str) -> Line {
        line(self.faces, words.trim(), self.script)
    }

    fn fits(&self, words: &str) -> bool {
        self.line(words).width <= self.width
    }

    /// So many lines at most, the last one cut with an ellipsis where there is more; and whether all
    /// of the words stand there.
    pub(super) fn lines(&self, words: &str, most: usize) -> (Vec<Line>, bool) {
        let broken = self.broken(words);
        if broken.len() <= most {
            let lines = broken.into_iter().map(|part| self.line(part));
            return (lines.collect(), true);
        }
        let kept = most.saturating_sub(1);
        let set: usize = broken.iter().take(kept).map(|part| part.len()).sum();
        let rest = words.get(set..).unwrap_or_default();
        let whole = broken.iter().take(kept).map(|part| self.line(part));
        (whole.chain([self.cut(rest)]).collect(), false)
    }

    /// The words in parts that fit, broken between words; within one only where it fits no line.
    fn broken<'t>(&self, words: &'t str) -> Vec<&'t str> {
        let (mut parts, mut start, mut last) = (Vec::new(), 0, 0);
        let breaks = LineSegmenter::new_lstm(LineBreakOptions::default());
        let part = |from: usize, to: usize| words.get(from..to).unwrap_or_default();
        for place in breaks.segment_str(words).filter(|place| *place > 0) {
            if !self.fits(part(start, place)) {
                if last > start {
                    parts.push(part(start, last));
                    start = last;
                }
                while !self.fits(part(start, place)) {
                    let length = self.longest(part(start, place), "").max(1);
                    let length = grapheme_at(part(start, place), length);
                    parts.push(part(start, start + length));
                    start += length;
                }
            }
            last = place;
        }
        if start < words.len() {
            parts.push(part(start, words.len()));
        }
        parts
    }

    /// How many bytes of the words fit with that end behind them, up to the end of a letter.
    fn longest(&self, words: &str, end: &str) -> usize {
        let mut ends: Vec<usize> = words.grapheme_indices(true).map(|(at, _)| at).collect();
        ends.push(words.len());
        let fits = |length: &usize| {
            let begin = words.get(..*length).unwrap_or_default().trim_end();
            self.fits(&format!("{begin}{end}"))
        };
        let many = ends.partition_point(fits);
        many.checked_sub(1)
            .and_then(|at| ends.get(at))
            .copied()
            .unwrap_or_default()
    }

    fn cut(&self, words: &str) -> Line {
        const END: &str = "…";
        let length = self.longest(words, END);
        let begin = words.get(..length).unwrap_or_default();
        // Whole words, unless that would leave less than half of the line.
        let begin = match begin.rfind(' ') {
            Some(space) if space * 2 > length => begin.get(..space).unwrap_or(begin),
            Some(_) | None => begin,
        };
        self.line(&format!("{}{END}", begin.trim_end()))
    }
}

/// The end of the letter that begins at that byte or before it, so that something is always taken.
fn grapheme_at(words: &str, length: usize) -> usize {
    let mut ends = words
        .grapheme_indices(true)
        .map(|(at, part)| at + part.len());
    ends.find(|end| *end >= length).unwrap_or(words.len())
}
