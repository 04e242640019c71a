//! A paragraph before it is set: its letters, how they look, and which way they run.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Direction, Level, get_base_direction};
use unicode_normalization::UnicodeNormalization;

use super::faces::Voice;
use super::{Look, Run};

/// How some of the words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    pub voice: Voice,
    pub raised: bool,
}

/// Words that run in one direction, in the bytes of their paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub range: Range<usize>,
    pub leftwards: bool,
}

pub(super) struct Words {
    pub text: String,
    pub leftwards: bool,
    /// In order, without gaps.
    manners: Vec<(Range<usize>, Manner)>,
    /// One for each byte.
    levels: Vec<Level>,
}

impl Words {
    /// They begin at the side where their first letter with a direction begins; without one, at that of
    /// the page.
    pub(super) fn of(runs: &[Run], voice: Voice, page_leftwards: bool) -> Self {
        let (mut text, mut manners) = (String::new(), Vec::new());
        for run in runs {
            let begin = text.len();
            text.extend(run.words.nfc().map(plainly));
            manners.push((begin..text.len(), manner(run.look, voice)));
        }
        let end = text.trim_end().len();
        text.truncate(end);
        let leftwards = match get_base_direction(text.as_str()) {
            Direction::Ltr => false,
            Direction::Rtl => true,
            Direction::Mixed => page_leftwards,
        };
        let base = if leftwards {
            Level::rtl()
        } else {
            Level::ltr()
        };
        let levels = BidiInfo::new(&text, Some(base)).levels;
        Self {
            text,
            leftwards,
            manners,
            levels,
        }
    }

    pub(super) fn part(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Without the space at its end, which no line needs.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.part(range.clone()).trim_end().len()
    }

    /// The stretches of a line from left to right as they stand (UAX #9, rule L2).
    pub(super) fn visual(&self, line: Range<usize>) -> Vec<Stretch> {
        let mut stretches = self.logical(line);
        let levels = stretches.iter().map(|(_, level)| level.number());
        let highest = levels.clone().max().unwrap_or_default();
        let lowest = levels.filter(|level| level % 2 == 1).min();
        for level in (lowest.unwrap_or(u8::MAX)..=highest).rev() {
            let is_in = |(_, own): &(Range<usize>, Level)| own.number() >= level;
            for group in stretches.chunk_by_mut(|one, next| is_in(one) == is_in(next)) {
                if group.first().is_some_and(is_in) {
                    group.reverse();
                }
            }
        }
        let stretch = |(range, level): (Range<usize>, Level)| Stretch {
            range,
            leftwards: level.is_rtl(),
        };
        stretches.into_iter().map(stretch).collect()
    }

    /// The same in the order in which they are read.
    fn logical(&self, line: Range<usize>) -> Vec<(Range<usize>, Level)> {
        let levels = self.levels.get(line.clone()).unwrap_or_default();
        let mut start = line.start;
        let runs = levels.chunk_by(|one, next| one == next);
        runs.filter_map(|run| {
            let range = start..start + run.len();
            start = range.end;
            Some((range, *run.first()?))
        })
        .collect()
    }

    /// That part of the words by how it is set.
    pub(super) fn manners(&self, range: &Range<usize>) -> Vec<(Range<usize>, Manner)> {
        let first = self
            .manners
            .partition_point(|(own, _)| own.end <= range.start);
        let known = self.manners.iter().skip(first);
        known
            .take_while(|(own, _)| own.start < range.end)
            .map(|(own, manner)| {
                let cut = own.start.max(range.start)..own.end.min(range.end);
                (cut, *manner)
            })
            .collect()
    }
}

const fn manner(look: Look, voice: Voice) -> Manner {
    let voice = match (look, voice) {
        (Look::Plain, voice) | (_, voice @ Voice::Head) => voice,
        (Look::Strong, _) => Voice::Strong,
        (Look::Slanted, Voice::Text) => Voice::Slanted,
        (Look::Slanted, voice) => voice,
        (Look::Raised, _) => Voice::Small,
    };
    Manner {
        voice,
        raised: matches!(look, Look::Raised),
    }
}

/// Spaces of any width are one space; what cannot be seen is one too.
fn plainly(sign: char) -> char {
    const NO_BREAK: char = '\u{a0}';
    match sign {
        '\n' | '\u{2028}' | '\u{2029}' => '\n',
        NO_BREAK | '\u{202f}' => NO_BREAK,
        sign if sign.is_control() || sign.is_whitespace() => ' ',
        sign => sign,
    }
}
