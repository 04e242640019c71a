//! What stands where on which page.

use std::ops::Range;
use std::rc::Rc;

use super::breaking;
use super::look::{BOTTOM, CAPTION, COLUMN, Look, MARGIN, WIDTH, look};
use super::shaping::Types;
use super::words::Words;
use super::{Paper, Part, Photo, Photos, Run, Style, Text};
use crate::media::ImageId;

/// What something belongs to: a part by its number, and which of its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    /// Stands there for the eye only.
    Nothing,
    Text(usize),
    Mark(usize),
    Photo(usize),
    Caption(usize),
    Cell(usize, usize, usize),
}

pub(super) struct Placed {
    pub slot: Slot,
    /// From the upper edge of the page: the line that letters stand on, or an upper edge.
    pub top: f32,
    pub what: What,
}

pub(super) enum What {
    Line(Line),
    Photo {
        key: (ImageId, u32),
        left: f32,
        size: (f32, f32),
    },
    /// A black box.
    Bar {
        left: f32,
        size: (f32, f32),
    },
}

/// Letters between two edges; they stand at the one where their paragraph begins.
pub(super) struct Line {
    pub words: Rc<Words>,
    pub range: Range<usize>,
    pub size: f32,
    pub edges: (f32, f32),
    pub at_right: bool,
}

#[derive(Default)]
pub(super) struct Page {
    pub placed: Vec<Placed>,
}

/// Lines that are not on a page yet.
pub(super) struct Block {
    pub words: Rc<Words>,
    pub lines: Vec<Range<usize>>,
    /// In points.
    pub leading: f32,
    pub size: f32,
    pub at_right: bool,
}

pub(super) fn laid_out(paper: &Paper, types: &mut Types<'_>, photos: &Photos) -> Vec<Page> {
    let mut composer = Composer::new(paper.leftwards, types);
    for (number, part) in paper.parts.iter().enumerate() {
        let heads = |text: &Text| matches!(text.style, Style::Heading(_));
        composer.heads = matches!(part, Part::Text(text) if heads(text));
        match part {
            Part::Text(text) => composer.text(number, text),
            Part::Photo(photo) if photos.contains_key(&(photo.image, photo.width)) => {
                composer.photo(number, photo);
            }
            Part::Photo(_) => {}
            Part::Table(table) => composer.table(number, table),
            Part::Rule => composer.rule(),
        }
    }
    composer.miss();
    composer.pages
}

pub(super) struct Composer<'a, 'f> {
    pub leftwards: bool,
    pub types: &'a mut Types<'f>,
    pub pages: Vec<Page>,
    /// Where the page is filled to.
    pub top: f32,
    /// Whether what is being set is a heading.
    heads: bool,
    /// Headings that end the page so far: the first that is placed of them, and where it begins.
    kept: Option<(usize, f32)>,
}

impl<'a, 'f> Composer<'a, 'f> {
    fn new(leftwards: bool, types: &'a mut Types<'f>) -> Self {
        Self {
            leftwards,
            types,
            pages: vec![Page::default()],
            top: MARGIN,
            heads: false,
            kept: None,
        }
    }

    fn text(&mut self, part: usize, text: &Text) {
        let look = look(text);
        let mut block = self.block(&text.runs, &look, COLUMN - look.indent);
        // The room's own words run as English does, and stand where the others begin.
        block.at_right = if text.english {
            self.leftwards
        } else {
            block.at_right
        };
        if block.lines.is_empty() {
            return;
        }
        self.gap(look.before);
        let follows = f32::from(look.keeps) * block.leading;
        let room = self.room(block.leading);
        // No first line stands alone at the end of a page.
        let alone = room < 2 && block.lines.len() > 1;
        if room < 1 || alone || self.top + block.leading + follows > BOTTOM {
            self.turn();
        }
        self.settle();
        self.mark(part, text, &look);
        while !block.lines.is_empty() {
            let rest = block.lines.split_off(self.taken(&block));
            let edges = self.edges(look.indent);
            for range in std::mem::replace(&mut block.lines, rest) {
                self.bar(&look, block.leading);
                self.line((Slot::Text(part), edges), &block, range);
            }
            if !block.lines.is_empty() {
                self.turn();
            }
        }
    }

    /// How many of the lines this page takes: no last one stands alone on top of the next.
    fn taken(&self, block: &Block) -> usize {
        let (fit, left) = (self.room(block.leading).max(1), block.lines.len());
        let taken = if fit + 1 == left && fit > 2 {
            fit - 1
        } else {
            fit
        };
        taken.min(left)
    }

    /// How many lines the page still holds.
    fn room(&self, leading: f32) -> usize {
        let mut lines = 0;
        let mut top = self.top + leading;
        while top <= BOTTOM + 0.01 && lines < 200 {
            lines += 1;
            top += leading;
        }
        lines
    }

    pub(super) fn block(&mut self, runs: &[Run], look: &Look, width: f32) -> Block {
        let words = Words::of(runs, look.voice, self.leftwards);
        let measured = self.types.measured(&words);
        Block {
            lines: breaking::lines(&words, &measured, width / look.size),
            leading: look.line(measured.leading),
            size: look.size,
            at_right: words.leftwards,
            words: Rc::new(words),
        }
    }

    /// The edges of the column, pushed in at the side where the page begins.
    fn edges(&self, indent: f32) -> (f32, f32) {
        if self.leftwards {
            (MARGIN, WIDTH - MARGIN - indent)
        } else {
            (MARGIN + indent, WIDTH - MARGIN)
        }
    }

    pub(super) fn line(
        &mut self,
        (slot, edges): (Slot, (f32, f32)),
        block: &Block,
        range: Range<usize>,
    ) {
        // Letters stand on a line four fifths down, what is above and below their script's own.
        let top = self.top + (block.leading - block.size) / 2.0 + block.size * 0.82;
        self.top += block.leading;
        let what = What::Line(Line {
            words: Rc::clone(&block.words),
            range,
            size: block.size,
            edges,
            at_right: block.at_right,
        });
        self.place(Placed { slot, top, what });
    }

    /// The mark of an item, outside of its lines.
    fn mark(&mut self, part: usize, text: &Text, look: &Look) {
        const ROOM: f32 = 60.0;
        const GAP: f32 = 5.0;
        if text.mark.is_empty() {
            return;
        }
        let runs = [Run {
            words: text.mark.clone(),
            ..Run::default()
        }];
        let block = self.block(&runs, look, COLUMN);
        let (left, right) = self.edges(look.indent);
        let (edges, at_right) = if self.leftwards {
            ((right + GAP, right + ROOM), false)
        } else {
            ((left - ROOM, left - GAP), true)
        };
        let top = self.top + (block.leading - block.size) / 2.0 + block.size * 0.82;
        let what = What::Line(Line {
            range: 0..block.words.text.len(),
            words: block.words,
            size: block.size,
            edges,
            at_right,
        });
        let slot = Slot::Mark(part);
        self.place(Placed { slot, top, what });
    }

    /// Beside the next line of a paragraph that has one.
    fn bar(&mut self, look: &Look, leading: f32) {
        if look.bar == 0.0 {
            return;
        }
        let left = if self.leftwards {
            WIDTH - MARGIN - look.bar
        } else {
            MARGIN
        };
        // A little longer than the line, so that no gap shows between two.
        let size = (look.bar, leading + 0.2);
        let top = self.top;
        self.place(Placed {
            slot: Slot::Nothing,
            top,
            what: What::Bar { left, size },
        });
    }

    fn rule(&mut self) {
        const THICK: f32 = 1.5;
        self.gap(3.0);
        self.stroke(THICK);
        self.top += THICK;
    }

    /// A line across the column.
    pub(super) fn stroke(&mut self, thick: f32) {
        let (left, size) = (MARGIN, (COLUMN, thick));
        let top = self.top;
        self.place(Placed {
            slot: Slot::Nothing,
            top,
            what: What::Bar { left, size },
        });
    }

    /// A photo as wide as the column unless it is a tall one, with its words on the same page.
    fn photo(&mut self, part: usize, photo: &Photo) {
        const BEFORE: f32 = 12.0;
        let (wide, high) = (pixels(photo.width), pixels(photo.height));
        let scale = (COLUMN / wide).min(f32::from(photo.tallest) / high);
        let (width, height) = (wide * scale, high * scale);
        let runs = [Run {
            words: photo.words.clone(),
            ..Run::default()
        }];
        let block = self.block(&runs, &CAPTION, COLUMN);
        let below = block.lines.iter().take(6).map(|_line| block.leading);
        self.gap(BEFORE);
        if self.top + height + CAPTION.before + below.sum::<f32>() > BOTTOM {
            self.turn();
        }
        self.settle();
        let left = if self.leftwards {
            WIDTH - MARGIN - width
        } else {
            MARGIN
        };
        let (key, size) = ((photo.image, photo.width), (width, height));
        let (slot, top) = (Slot::Photo(part), self.top);
        let what = What::Photo { key, left, size };
        self.place(Placed { slot, top, what });
        self.top += height + CAPTION.before;
        self.all(Slot::Caption(part), block);
        self.top += BEFORE / 2.0;
    }

    /// Lines one below the other, on as many pages as they take.
    pub(super) fn all(&mut self, slot: Slot, block: Block) {
        let edges = self.edges(0.0);
        for range in &block.lines {
            if self.room(block.leading) < 1 {
                self.turn();
            }
            self.settle();
            self.line((slot, edges), &block, range.clone());
        }
    }

    /// Says that signs are missing, where some are.
    fn miss(&mut self) {
        const WORDS: &str =
            "Some signs of this text cannot be printed here. The page has them all.";
        if self.types.misses {
            let text = Text::plain(Style::Small, WORDS);
            let look = look(&text);
            let block = self.block(&text.runs, &look, COLUMN);
            self.gap(look.before);
            self.all(Slot::Nothing, block);
        }
    }

    /// Nothing on top of a page is pushed down.
    pub(super) fn gap(&mut self, height: f32) {
        if self.top > MARGIN {
            self.top += height;
        }
    }

    pub(super) fn place(&mut self, placed: Placed) {
        if let Some(page) = self.pages.last_mut() {
            page.placed.push(placed);
        }
    }

    /// Begins another page, with the headings that would else end this one.
    pub(super) fn turn(&mut self) {
        let kept = self.kept.take().filter(|(first, _)| *first > 0);
        let (first, top) = kept.unwrap_or((usize::MAX, self.top));
        let mut next = Page::default();
        if let Some(page) = self.pages.last_mut()
            && first < page.placed.len()
        {
            next.placed = page.placed.split_off(first);
            self.kept = Some((0, MARGIN));
        }
        for placed in &mut next.placed {
            placed.top += MARGIN - top;
        }
        self.top += MARGIN - top;
        self.pages.push(next);
    }

    /// Says that what comes now stays on this page.
    pub(super) fn settle(&mut self) {
        if self.heads {
            let placed = self.pages.last().map(|page| page.placed.len());
            self.kept
                .get_or_insert((placed.unwrap_or_default(), self.top));
        } else {
            self.kept = None;
        }
    }
}

/// No copy is wider or higher than 65,535 pixels, and none has no size.
fn pixels(number: u32) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX)).max(1.0)
}
