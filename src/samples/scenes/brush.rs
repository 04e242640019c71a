//! The sheet a scene is painted on: an area of one million square units whatever the proportions,
//! so that a figure of 100 units is as large in a panorama as in a portrait.

use tiny_skia::{
    BlendMode, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder,
    Pixmap, Point, RadialGradient, Rect, Shader, SpreadMode, Stroke, Transform,
};

use super::colour::Hue;
use super::print;

pub(super) type Spot = (f32, f32);

/// What fills a shape; gradients run across the shape's own bounds.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Flat(Hue),
    Down(Hue, Hue),
    Across(Hue, Hue),
    Glow(Hue),
}

impl From<Hue> for Ink {
    fn from(hue: Hue) -> Self {
        Self::Flat(hue)
    }
}

pub(super) struct Sheet {
    pixmap: Pixmap,
    place: Transform,
    pub(super) wide: f32,
    pub(super) high: f32,
}

impl Sheet {
    /// `width` and `height` are those of the upright picture; `orientation` is EXIF's 1 to 8 and
    /// says how the pixels are stored. Nothing comes of an empty size.
    pub(super) fn new(width: u32, height: u32, orientation: u8) -> Option<Self> {
        let (across, down) = (pixels(width), pixels(height));
        let pixmap = if orientation >= 5 {
            Pixmap::new(height, width)
        } else {
            Pixmap::new(width, height)
        }?;
        let scale = (across * down).sqrt() / 1000.0;
        Some(Self {
            pixmap,
            place: turned(orientation, across, down).pre_scale(scale, scale),
            wide: across / scale,
            high: down / scale,
        })
    }

    /// RGBA, opaque, row by row as stored.
    pub(super) fn printed(mut self) -> Pixmap {
        print::finish(&mut self.pixmap);
        self.pixmap
    }

    pub(super) fn rect(&mut self, (x, y): Spot, (wide, high): Spot, ink: impl Into<Ink>) {
        if let Some(rect) = Rect::from_xywh(x, y, wide, high) {
            self.fill(
                &PathBuilder::from_rect(rect),
                ink.into(),
                BlendMode::SourceOver,
            );
        }
    }

    pub(super) fn oval(&mut self, middle: Spot, radius: Spot, ink: impl Into<Ink>) {
        if let Some(path) = oval(middle, radius) {
            self.fill(&path, ink.into(), BlendMode::SourceOver);
        }
    }

    /// Light that adds to what it falls on.
    pub(super) fn glow(&mut self, middle: Spot, radius: Spot, hue: Hue) {
        if let Some(path) = oval(middle, radius) {
            self.fill(&path, Ink::Glow(hue), BlendMode::Screen);
        }
    }

    pub(super) fn shape(&mut self, corners: &[Spot], ink: impl Into<Ink>) {
        if let Some(path) = polygon(corners) {
            self.fill(&path, ink.into(), BlendMode::SourceOver);
        }
    }

    /// A closed shape without corners.
    pub(super) fn soft(&mut self, corners: &[Spot], ink: impl Into<Ink>) {
        if let Some(path) = rounded(corners) {
            self.fill(&path, ink.into(), BlendMode::SourceOver);
        }
    }

    /// A shape of light that adds to what it falls on.
    pub(super) fn beam(&mut self, corners: &[Spot], ink: impl Into<Ink>) {
        if let Some(path) = polygon(corners) {
            self.fill(&path, ink.into(), BlendMode::Screen);
        }
    }

    pub(super) fn line(&mut self, points: &[Spot], width: f32, hue: Hue) {
        if let Some(path) = open_path(points) {
            self.stroke(&path, width, hue);
        }
    }

    /// A rope, cable or road: from one end to the other, pulled towards `through`.
    pub(super) fn bow(&mut self, [from, through, to]: [Spot; 3], width: f32, hue: Hue) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.quad_to(through.0, through.1, to.0, to.1);
        if let Some(path) = path.finish() {
            self.stroke(&path, width, hue);
        }
    }

    /// Fills `outer` but leaves the rectangles `holes` (corner and size) open.
    pub(super) fn pierced(&mut self, outer: (Spot, Spot), holes: &[(Spot, Spot)], ink: Ink) {
        let mut path = PathBuilder::new();
        for ((x, y), (wide, high)) in holes.iter().copied().chain([outer]) {
            if let Some(rect) = Rect::from_xywh(x, y, wide, high) {
                path.push_rect(rect);
            }
        }
        if let Some(path) = path.finish() {
            self.fill(&path, ink, BlendMode::SourceOver);
        }
    }

    fn fill(&mut self, path: &Path, ink: Ink, blend_mode: BlendMode) {
        let paint = Paint {
            shader: shader(ink, path.bounds()),
            blend_mode,
            ..Paint::default()
        };
        self.pixmap
            .fill_path(path, &paint, FillRule::EvenOdd, self.place, None);
    }

    fn stroke(&mut self, path: &Path, width: f32, hue: Hue) {
        let paint = Paint {
            shader: Shader::SolidColor(hue.paint()),
            ..Paint::default()
        };
        let (line_cap, line_join) = (LineCap::Round, LineJoin::Round);
        let stroke = Stroke {
            width,
            line_cap,
            line_join,
            ..Stroke::default()
        };
        self.pixmap
            .stroke_path(path, &paint, &stroke, self.place, None);
    }
}

pub(super) fn pixels(length: u32) -> f32 {
    u16::try_from(length).map_or(f32::from(u16::MAX), f32::from)
}

/// From the upright picture to the stored one (Exif 2.32, tag 274).
fn turned(orientation: u8, wide: f32, high: f32) -> Transform {
    match orientation {
        2 => Transform::from_row(-1.0, 0.0, 0.0, 1.0, wide, 0.0),
        3 => Transform::from_row(-1.0, 0.0, 0.0, -1.0, wide, high),
        4 => Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, high),
        5 => Transform::from_row(0.0, 1.0, 1.0, 0.0, 0.0, 0.0),
        6 => Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, wide),
        7 => Transform::from_row(0.0, -1.0, -1.0, 0.0, high, wide),
        8 => Transform::from_row(0.0, 1.0, -1.0, 0.0, high, 0.0),
        _ => Transform::identity(),
    }
}

fn oval((x, y): Spot, (wide, high): Spot) -> Option<Path> {
    let bounds = Rect::from_xywh(x - wide, y - high, wide * 2.0, high * 2.0)?;
    PathBuilder::from_oval(bounds)
}

fn open_path(points: &[Spot]) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for point in rest {
        path.line_to(point.0, point.1);
    }
    path.finish()
}

fn polygon(corners: &[Spot]) -> Option<Path> {
    let (first, rest) = corners.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for corner in rest {
        path.line_to(corner.0, corner.1);
    }
    path.close();
    path.finish()
}

fn rounded(corners: &[Spot]) -> Option<Path> {
    let halfway =
        |from: &Spot, to: &Spot| (f32::midpoint(from.0, to.0), f32::midpoint(from.1, to.1));
    let start = halfway(corners.last()?, corners.first()?);
    let mut path = PathBuilder::new();
    path.move_to(start.0, start.1);
    for (corner, next) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        let end = halfway(corner, next);
        path.quad_to(corner.0, corner.1, end.0, end.1);
    }
    path.close();
    path.finish()
}

fn shader(ink: Ink, bounds: Rect) -> Shader<'static> {
    let (left, top) = (bounds.left(), bounds.top());
    match ink {
        Ink::Flat(hue) => Shader::SolidColor(hue.paint()),
        Ink::Down(from, to) => gradient([(left, top), (left, bounds.bottom())], from, to),
        Ink::Across(from, to) => gradient([(left, top), (bounds.right(), top)], from, to),
        Ink::Glow(hue) => halo(bounds, hue),
    }
}

fn gradient([start, end]: [Spot; 2], from: Hue, to: Hue) -> Shader<'static> {
    let stops = vec![
        GradientStop::new(0.0, from.paint()),
        GradientStop::new(1.0, to.paint()),
    ];
    let (start, end) = (
        Point::from_xy(start.0, start.1),
        Point::from_xy(end.0, end.1),
    );
    LinearGradient::new(start, end, stops, SpreadMode::Pad, Transform::identity())
        .unwrap_or(Shader::SolidColor(from.paint()))
}

/// Full in the middle of the bounds, nothing at their edge, falling off as light does.
fn halo(bounds: Rect, hue: Hue) -> Shader<'static> {
    let stop = |at: f32, share: f32| GradientStop::new(at, hue.thinned(share).paint());
    let stops = vec![
        stop(0.0, 1.0),
        stop(0.3, 0.55),
        stop(0.6, 0.2),
        stop(1.0, 0.0),
    ];
    let (wide, high) = (bounds.width() / 2.0, bounds.height() / 2.0);
    let place = Transform::from_row(
        wide,
        0.0,
        0.0,
        high,
        bounds.left() + wide,
        bounds.top() + high,
    );
    let middle = Point::from_xy(0.0, 0.0);
    RadialGradient::new(middle, 0.0, middle, 1.0, stops, SpreadMode::Pad, place)
        .unwrap_or(Shader::SolidColor(hue.fade(0.0).paint()))
}

/// The spots at these shares, across and up in turn.
pub(super) fn trace(at: impl Fn(f32, f32) -> Spot, shares: &[f32]) -> Vec<Spot> {
    let (pairs, _) = shares.as_chunks::<2>();
    pairs.iter().map(|[across, up]| at(*across, *up)).collect()
}
