//! Paragraphs in lines that fit: broken where they may be broken, within a word only where it fits no line.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;

use super::shaping::Measured;
use super::words::Words;

/// In bytes: what is longer takes more lines, even if it cannot be seen.
const LONGEST: usize = 1_500;

/// The lines of a paragraph, each the bytes of it; `width` is that of a line, in heights of its letters.
pub(super) fn lines(words: &Words, measured: &Measured, width: f32) -> Vec<Range<usize>> {
    let mut breaker = Breaker {
        words,
        measured,
        width: f64::from(width),
        start: 0,
        lines: Vec::new(),
    };
    let places = LineSegmenter::new_lstm(LineBreakOptions::default());
    let mut last = 0;
    for place in places.segment_str(&words.text).filter(|place| *place > 0) {
        if !breaker.fits(place) {
            if last > breaker.start {
                breaker.end(last);
            }
            while !breaker.fits(place) {
                let cut = breaker.longest(place);
                breaker.end(cut);
            }
        }
        if words.part(0..place).ends_with('\n') {
            breaker.end(place);
        }
        last = place;
    }
    if breaker.start < words.text.len() {
        breaker.end(words.text.len());
    }
    breaker.lines
}

struct Breaker<'a> {
    words: &'a Words,
    measured: &'a Measured,
    width: f64,
    /// Of the line that is being filled.
    start: usize,
    lines: Vec<Range<usize>>,
}

impl Breaker<'_> {
    fn fits(&self, end: usize) -> bool {
        let seen = self.words.trimmed(self.start..end);
        seen.len() <= LONGEST && self.measured.width(&seen) <= self.width
    }

    fn end(&mut self, at: usize) {
        self.lines.push(self.words.trimmed(self.start..at));
        self.start = at;
    }

    /// Where the line ends that takes as many letters of a word as fit, and one at least.
    fn longest(&self, place: usize) -> usize {
        let part = self.words.part(self.start..place);
        let mut cut = self.start;
        for (at, letter) in part.grapheme_indices(true) {
            let end = self.start + at + letter.len();
            if cut > self.start && !self.fits(end) {
                return cut;
            }
            if letter.len() > LONGEST {
                return self.start + at + cut_off(letter);
            }
            cut = end;
        }
        cut.max(self.start + 1)
    }
}

/// A letter with more marks than any has.
fn cut_off(letter: &str) -> usize {
    let ends = letter.char_indices().map(|(at, sign)| at + sign.len_utf8());
    let short = ends.take_while(|end| *end <= LONGEST);
    short.last().unwrap_or(letter.len())
}

impl Measured {
    /// In heights of letters.
    pub(super) fn width(&self, range: &Range<usize>) -> f64 {
        let at = |place: usize| self.ends.get(place).copied().unwrap_or_default();
        at(range.end) - at(range.start)
    }

    /// The width of all of it on one line, in heights of letters, and no more than that much.
    pub(super) fn within(&self, words: &Words, most: f32) -> f32 {
        let width = self.width(&(0..words.text.len()));
        let steps = (1_u16..=400).map(|tenth| f32::from(tenth) / 4.0);
        let step = steps
            .take_while(|step| *step < most)
            .find(|step| f64::from(*step) >= width);
        step.unwrap_or(most)
    }
}
