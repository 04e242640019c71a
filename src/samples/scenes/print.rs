//! What makes a drawing feel printed: edges that fall off a little, and a fine grain.

use tiny_skia::{
    BlendMode, Color, FilterQuality, GradientStop, Paint, Pattern, Pixmap, Point,
    PremultipliedColorU8, RadialGradient, Rect, Shader, SpreadMode, Transform,
};

use super::brush::pixels;
use super::chance::Chance;

const TILE: u32 = 256;
/// How far a grain may be from the middle grey, of 255.
const GRAIN: u8 = 11;

pub(super) fn finish(pixmap: &mut Pixmap) {
    let (wide, high) = (pixels(pixmap.width()), pixels(pixmap.height()));
    let Some(all) = Rect::from_xywh(0.0, 0.0, wide, high) else {
        return;
    };
    if let Some(shader) = vignette(wide, high) {
        cover(pixmap, all, shader, BlendMode::SourceOver);
    }
    if let Some(tile) = grain() {
        let (repeat, quality) = (SpreadMode::Repeat, FilterQuality::Nearest);
        let shader = Pattern::new(tile.as_ref(), repeat, quality, 1.0, Transform::identity());
        cover(pixmap, all, shader, BlendMode::Overlay);
    }
}

fn cover(pixmap: &mut Pixmap, all: Rect, shader: Shader<'_>, blend_mode: BlendMode) {
    let paint = Paint {
        shader,
        blend_mode,
        anti_alias: false,
        ..Paint::default()
    };
    pixmap.fill_rect(all, &paint, Transform::identity(), None);
}

fn vignette(wide: f32, high: f32) -> Option<Shader<'static>> {
    let dark = |alpha: f32| Color::from_rgba(0.07, 0.06, 0.12, alpha);
    let stops = vec![
        GradientStop::new(0.0, dark(0.0)?),
        GradientStop::new(0.62, dark(0.0)?),
        GradientStop::new(1.0, dark(0.22)?),
    ];
    let middle = Point::from_xy(0.0, 0.0);
    let reach = std::f32::consts::SQRT_2 / 2.0;
    let place = Transform::from_row(wide * reach, 0.0, 0.0, high * reach, wide / 2.0, high / 2.0);
    RadialGradient::new(middle, 0.0, middle, 1.0, stops, SpreadMode::Pad, place)
}

fn grain() -> Option<Pixmap> {
    let mut chance = Chance::new(0x67_7261_696e);
    let mut tile = Pixmap::new(TILE, TILE)?;
    for pixel in tile.pixels_mut() {
        // Two throws lie nearer the middle than one, as silver grains do.
        let [first, second, ..] = chance.bits().to_le_bytes();
        let value = 128 - GRAIN + first % GRAIN + second % GRAIN;
        *pixel = PremultipliedColorU8::from_rgba(value, value, value, 255)?;
    }
    Some(tile)
}
