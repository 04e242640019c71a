//! Writes the pages down as a PDF: letters, photos, bars, and what each of them is, for those who hear it read.

use std::collections::HashMap;

use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::breaking;
use super::faces::{Key, Voice};
use super::layout::{Line, Page, Placed, Slot, What};
use super::look::{COLUMN, FOOT, FOOT_SIZE, HEIGHT, MARGIN, WIDTH};
use super::shaping::{Piece, Shape, Types};
use super::words::Words;
use super::{Paper, PaperError, Part, Photos, Run, tagging};
use crate::media::ImageId;

/// What was drawn of each part.
pub(super) type Drawn = HashMap<Slot, Vec<Identifier>>;

/// Pages and photos of a paper.
pub(super) type Set<'a> = (&'a [Page], &'a Photos);

/// A PDF that every reader's program can read aloud (PDF/UA-1). What that standard refuses becomes one
/// that is tagged all the same.
pub(super) fn drawn(
    paper: &Paper,
    types: &mut Types<'_>,
    set: Set<'_>,
) -> Result<Vec<u8>, PaperError> {
    let strict = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let strict = strict.finish().unwrap_or_default();
    match written(paper, types, (set, strict))? {
        Ok(pdf) => Ok(pdf),
        Err(KrillaError::Validation(_)) => written(paper, types, (set, Configuration::default()))?
            .map_err(|error| PaperError::Write(error.to_string())),
        Err(error) => Err(PaperError::Write(error.to_string())),
    }
}

fn written(
    paper: &Paper,
    types: &mut Types<'_>,
    ((pages, photos), configuration): (Set<'_>, Configuration),
) -> Result<Result<Vec<u8>, KrillaError>, PaperError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut pen = Pen {
        paper,
        types,
        photos,
        fonts: HashMap::new(),
        images: HashMap::new(),
        drawn: Drawn::new(),
    };
    for (number, page) in (1_usize..).zip(pages) {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PaperError::Size)?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        for placed in &page.placed {
            pen.tagged(&mut surface, placed)?;
        }
        pen.foot(&mut surface, (number, pages.len()))?;
        surface.finish();
        sheet.finish();
    }
    let drawn = pen.drawn;
    document.set_outline(tagging::outline(paper, pages));
    document.set_tag_tree(tagging::tree(paper, drawn));
    document.set_metadata(metadata(paper));
    Ok(document.finish())
}

struct Pen<'p, 't, 'f> {
    paper: &'p Paper,
    types: &'t mut Types<'f>,
    photos: &'p Photos,
    fonts: HashMap<Key, Font>,
    images: HashMap<(ImageId, u32), Option<Image>>,
    drawn: Drawn,
}

impl Pen<'_, '_, '_> {
    fn tagged(&mut self, surface: &mut Surface<'_>, placed: &Placed) -> Result<(), PaperError> {
        if self.is_for_the_eye(placed.slot) {
            let kind = ArtifactType::Layout;
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        } else {
            let piece = surface.start_tagged(ContentTag::Other);
            self.drawn.entry(placed.slot).or_default().push(piece);
        }
        let done = self.draw(surface, placed);
        surface.end_tagged();
        done
    }

    /// Nobody is told of bars, nor of a photo that says nothing that the text does not.
    fn is_for_the_eye(&self, slot: Slot) -> bool {
        match slot {
            Slot::Nothing => true,
            Slot::Photo(part) => {
                let part = self.paper.parts.get(part);
                matches!(part, Some(Part::Photo(photo)) if photo.alt.is_empty())
            }
            Slot::Text(_) | Slot::Mark(_) | Slot::Caption(_) | Slot::Cell(..) => false,
        }
    }

    fn draw(&mut self, surface: &mut Surface<'_>, placed: &Placed) -> Result<(), PaperError> {
        match &placed.what {
            What::Line(line) => self.line(surface, placed.top, line),
            What::Photo { key, left, size } => {
                if let Some(image) = self.image(*key) {
                    let size = Size::from_wh(size.0, size.1).ok_or(PaperError::Size)?;
                    surface.push_transform(&Transform::from_translate(*left, placed.top));
                    surface.draw_image(image, size);
                    surface.pop();
                }
                Ok(())
            }
            What::Bar { left, size } => {
                let bar = Rect::from_xywh(*left, placed.top, size.0, size.1);
                let mut path = PathBuilder::new();
                path.push_rect(bar.ok_or(PaperError::Size)?);
                surface.draw_path(&path.finish().ok_or(PaperError::Size)?);
                Ok(())
            }
        }
    }

    fn image(&mut self, key: (ImageId, u32)) -> Option<Image> {
        let photos = self.photos;
        let open = || Image::from_jpeg(photos.get(&key)?.clone().into(), false).ok();
        self.images.entry(key).or_insert_with(open).clone()
    }

    fn line(&mut self, surface: &mut Surface<'_>, top: f32, line: &Line) -> Result<(), PaperError> {
        let pieces = self.types.pieces(&line.words, line.range.clone());
        let width: f32 = pieces.iter().map(|piece| piece.width * line.size).sum();
        let mut from = if line.at_right {
            line.edges.1 - width
        } else {
            line.edges.0
        };
        for piece in &pieces {
            let place = Point::from_xy(from, top - piece.rise * line.size);
            self.piece(surface, place, (piece, line))?;
            from += piece.width * line.size;
        }
        Ok(())
    }

    fn piece(
        &mut self,
        surface: &mut Surface<'_>,
        place: Point,
        (piece, line): (&Piece, &Line),
    ) -> Result<(), PaperError> {
        let font = self.font(piece.key)?;
        let glyph = |shape: &Shape| {
            let (id, letters) = (GlyphId::new(shape.id), shape.letters.clone());
            KrillaGlyph::new(id, shape.advance, shape.right, shape.up, 0.0, letters, None)
        };
        let glyphs: Vec<KrillaGlyph> = piece.shapes.iter().map(glyph).collect();
        let (letters, size) = (
            line.words.part(piece.range.clone()),
            line.size * piece.scale,
        );
        surface.draw_glyphs(place, &glyphs, font, letters, size, false);
        Ok(())
    }

    fn font(&mut self, key: Key) -> Result<Font, PaperError> {
        if let Some(known) = self.fonts.get(&key) {
            return Ok(known.clone());
        }
        let bytes = self.types.bytes(key).ok_or(PaperError::Face)?;
        let font = Font::new(bytes.into(), 0).ok_or(PaperError::Face)?;
        self.fonts.insert(key, font.clone());
        Ok(font)
    }

    /// No part of what is read aloud, because it stands on every page.
    fn foot(
        &mut self,
        surface: &mut Surface<'_>,
        (number, pages): (usize, usize),
    ) -> Result<(), PaperError> {
        const LEADING: f32 = FOOT_SIZE * 1.4;
        let kind = ArtifactType::Footer;
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        let size = (COLUMN, 0.5);
        let rule = Placed {
            slot: Slot::Nothing,
            top: FOOT,
            what: What::Bar { left: MARGIN, size },
        };
        self.draw(surface, &rule)?;
        let page = format!("Page {number} of {pages}");
        let foot = &self.paper.foot;
        let rows = [&foot.room, &foot.version, &foot.address, &page];
        let mut top = FOOT + 13.0;
        for (row, words) in rows.into_iter().enumerate() {
            let at_end = row == 3;
            if at_end {
                top = FOOT + 13.0;
            }
            for line in self.rows(words, at_end) {
                self.line(surface, top, &line)?;
                top += LEADING;
            }
        }
        surface.end_tagged();
        Ok(())
    }

    /// Two lines at most, at the side where the page begins or where it ends.
    fn rows(&mut self, words: &str, at_end: bool) -> Vec<Line> {
        let runs = [Run {
            words: words.to_owned(),
            ..Run::default()
        }];
        let words = std::rc::Rc::new(Words::of(&runs, Voice::Small, self.paper.leftwards));
        let measured = self.types.measured(&words);
        let lines = breaking::lines(&words, &measured, COLUMN / FOOT_SIZE);
        let line = |range| Line {
            words: std::rc::Rc::clone(&words),
            range,
            size: FOOT_SIZE,
            edges: (MARGIN, WIDTH - MARGIN),
            at_right: self.paper.leftwards != at_end,
        };
        lines.into_iter().take(2).map(line).collect()
    }
}

fn metadata(paper: &Paper) -> Metadata {
    let at = paper.made_at;
    let made_at = DateTime::new(at.year)
        .month(at.month)
        .day(at.day)
        .hour(at.hour)
        .minute(at.minute)
        .second(at.second)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(paper.title.clone())
        .authors(vec![paper.foot.room.clone()])
        .description(format!("{}. {}", paper.foot.version, paper.foot.address))
        .document_id(paper.foot.address.clone())
        .language(paper.language.clone())
        .text_direction(if paper.leftwards {
            TextDirection::RightToLeft
        } else {
            TextDirection::LeftToRight
        })
        .creation_date(made_at)
}
