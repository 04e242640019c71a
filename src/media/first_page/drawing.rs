//! Draws the first page. Only ever called where it does no harm that it never ends, or takes all memory.

use ::image::RgbImage;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::DrawnPage;

/// Flatter pages are lines, of which nobody sees anything.
const FLATTEST: u16 = 16;

/// In points, of which an inch has 72.
const SMALLEST: f64 = 1.0;

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undrawable {
    #[error("it cannot be read")]
    Unreadable,
    #[error("it has no page")]
    NoPage,
    #[error("its first page has no size that could be shown")]
    NoSize,
}

pub fn draw(pdf: Vec<u8>) -> Result<DrawnPage, Undrawable> {
    let pdf = Pdf::new(pdf).map_err(|_unreadable| Undrawable::Unreadable)?;
    let page = pdf.pages().first().ok_or(Undrawable::NoPage)?;
    let paper = page.intersected_crop_box();
    // Where there is no paper, the library takes a sheet of A4 for it.
    if paper.width() < SMALLEST || paper.height() < SMALLEST {
        return Err(Undrawable::NoSize);
    }
    let (scale, height) = size(page.render_dimensions()).ok_or(Undrawable::NoSize)?;
    drawn(page, scale, height).ok_or(Undrawable::NoSize)
}

/// How much larger the page is drawn than it is, and how many lines of it.
fn size((width, height): (f32, f32)) -> Option<(f64, u16)> {
    let scale = f64::from(DrawnPage::WIDTH) / f64::from(width);
    let exact = (f64::from(height) * scale).round();
    if !scale.is_normal() || !exact.is_finite() || exact < f64::from(FLATTEST) {
        return None;
    }
    let lines = (FLATTEST..DrawnPage::HIGHEST).find(|lines| f64::from(*lines) >= exact);
    Some((scale, lines.unwrap_or(DrawnPage::HIGHEST)))
}

/// On white paper.
fn drawn(page: &Page<'_>, scale: f64, height: u16) -> Option<DrawnPage> {
    let mut canvas = RenderContext::new(DrawnPage::WIDTH, height);
    let place = Affine::scale(scale) * Affine::new(page.initial_transform(true).as_coeffs());
    let (reading, drawing) = (InterpreterSettings::default(), RenderSettings::default());
    let cache = RenderCache::new();
    render_into(page, &cache, &reading, &drawing, &mut canvas, place);
    canvas.flush();
    let mut pixels = Pixmap::new(DrawnPage::WIDTH, height);
    let paper = RasterizerSettings {
        target_init: TargetInit::Clear(WHITE),
        ..RasterizerSettings::default()
    };
    canvas.render_with(&mut pixels, &mut Resources::default(), paper);
    let colours = pixels.data().iter();
    let colours = colours.flat_map(|pixel| [pixel.r, pixel.g, pixel.b]);
    let (width, height) = (u32::from(DrawnPage::WIDTH), u32::from(height));
    RgbImage::from_raw(width, height, colours.collect()).map(DrawnPage)
}
