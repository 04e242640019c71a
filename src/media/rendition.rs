//! Renditions: the copies that readers get, made from pixels only, so that nothing else that was
//! in the original can be in them.

use ::image::metadata::Orientation;
use ::image::{DynamicImage, RgbImage};
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use jpeg_encoder::{ColorType, Encoder};

use super::avif::{self, Encodes};
use super::crop::Area;
use super::{CopyName, Fault, RenditionFormat};

/// From a telephone's listing to a large screen's lead picture.
const WIDTHS: [u32; 7] = [320, 480, 640, 960, 1280, 1600, 1920];

/// Where artefacts stop showing on photos; each encoder counts in its own way.
const JPEG_QUALITY: u8 = 80;
const WEBP_QUALITY: f32 = 78.0;

/// Rises whenever copies come out otherwise than before: `dateline images render` makes those anew that are of
/// a lower one.
pub const RECIPE: i64 = 1;

/// One copy of an image, ready to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    pub name: CopyName,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// The widths that an image of this width has renditions in, in pixels, smallest first. Nothing
/// is enlarged: a smaller image ends at its own width.
pub fn widths(width: u32) -> Vec<u32> {
    steps_up_to(&WIDTHS, width)
}

/// The steps that are no wider than this, and the width itself where the steps go on beyond it.
pub(super) fn steps_up_to(steps: &[u32], width: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = steps
        .iter()
        .copied()
        .filter(|step| *step <= width)
        .collect();
    if width > 0 && widths.last() != Some(&width) && steps.last() > Some(&width) {
        widths.push(width);
    }
    widths
}

/// The height of the rendition of this width, in pixels, rounded half up and never 0.
pub fn height_at(width: u32, full_width: u32, full_height: u32) -> u32 {
    let full_width = u64::from(full_width.max(1));
    let height = (u64::from(full_height) * u64::from(width) + full_width / 2) / full_width;
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

/// Width and height as people see the picture.
pub(super) const fn upright(size: (u32, u32), orientation: Orientation) -> (u32, u32) {
    if is_sideways(orientation) {
        return (size.1, size.0);
    }
    size
}

/// Shrinks to the widest rendition and turns upright, in this order: turning fewer pixels is
/// quicker and needs no second copy of a large picture.
pub(super) fn shrunk_upright(
    picture: DynamicImage,
    orientation: Orientation,
) -> Result<DynamicImage, Fault> {
    let (full_width, full_height) = upright((picture.width(), picture.height()), orientation);
    let width = widths(full_width).last().copied().unwrap_or(1);
    let height = height_at(width, full_width, full_height);
    let (width, height) = upright((width, height), orientation);
    let mut shrunk = if (width, height) == (picture.width(), picture.height()) {
        picture
    } else {
        resized(&picture, width, height)?
    };
    shrunk.apply_orientation(orientation);
    Ok(shrunk)
}

const fn is_sideways(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

pub(super) fn resized(
    picture: &DynamicImage,
    width: u32,
    height: u32,
) -> Result<DynamicImage, Fault> {
    let all = Area {
        left: 0,
        top: 0,
        width: picture.width(),
        height: picture.height(),
    };
    cut(picture, all, (width, height))
}

/// That part of a picture in that size.
pub(super) fn cut(
    picture: &DynamicImage,
    area: Area,
    (width, height): (u32, u32),
) -> Result<DynamicImage, Fault> {
    let mut copy = DynamicImage::new(width, height, picture.color());
    let [left, top, part_width, part_height] =
        [area.left, area.top, area.width, area.height].map(f64::from);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(left, top, part_width, part_height);
    Resizer::new().resize(picture, &mut copy, &options)?;
    Ok(copy)
}

/// By whoever encodes AVIF, and by itself.
pub(super) fn encoded(
    picture: &DynamicImage,
    format: RenditionFormat,
    encode_avif: Encodes<'_>,
) -> Result<Vec<u8>, Fault> {
    match format {
        RenditionFormat::Avif => encode_avif(&avif::asked(picture)),
        RenditionFormat::Webp => webp(picture),
        RenditionFormat::Jpeg => jpeg(picture),
    }
}

fn webp(picture: &DynamicImage) -> Result<Vec<u8>, Fault> {
    let (width, height) = (picture.width(), picture.height());
    let pixels = picture.as_bytes();
    let encoder = if picture.color().has_alpha() {
        webp::Encoder::from_rgba(pixels, width, height)
    } else {
        webp::Encoder::from_rgb(pixels, width, height)
    };
    match encoder.encode_simple(false, WEBP_QUALITY) {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(source) => Err(Fault::Webp(format!("{source:?}"))),
    }
}

/// In passes, and a few percent smaller: all of it has to be held at once.
fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Fault> {
    jpeg_with(picture, JPEG_QUALITY, |encoder| {
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
    })
}

/// Line by line, for large ones.
pub(super) fn plain_jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
    jpeg_with(picture, quality, |_encoder| {})
}

fn jpeg_with(
    picture: &DynamicImage,
    quality: u8,
    set: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Result<Vec<u8>, Fault> {
    let (width, height) = (picture.width(), picture.height());
    let too_large = |_source| Fault::Size { width, height };
    let columns = u16::try_from(width).map_err(too_large)?;
    let lines = u16::try_from(height).map_err(too_large)?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    set(&mut encoder);
    match picture.as_rgba8() {
        None => encoder.encode(picture.as_bytes(), columns, lines, ColorType::Rgb)?,
        Some(_) => encoder.encode(&on_white(picture), columns, lines, ColorType::Rgb)?,
    }
    Ok(bytes)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (target, pixel) in flat.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, alpha] = pixel.0;
        target.0 = [red, green, blue].map(|colour| over_white(colour, alpha));
    }
    flat
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let mixed = (colour * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{GREEN, RED, colour_at, is_close, jpeg, scene, widest, with_exif};
    use super::super::{intake::TALLEST, take_in};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_enlarged() {
        assert_eq!(widths(200), [200]);
        assert_eq!(widths(320), [320]);
        assert_eq!(widths(700), [320, 480, 640, 700]);
        assert_eq!(widths(1919), [320, 480, 640, 960, 1280, 1600, 1919]);
        assert_eq!(widths(1920), WIDTHS);
        assert_eq!(widths(6000), WIDTHS);
        assert!(widths(0).is_empty());
    }

    #[test]
    fn heights_are_rounded_half_up() {
        assert_eq!(height_at(320, 640, 481), 241);
        assert_eq!(height_at(320, 6000, 4000), 213);
        assert_eq!(height_at(700, 700, 433), 433);
        assert_eq!(height_at(320, 20_000, 1), 1);
    }

    #[test]
    fn alpha_is_mixed_with_white() {
        assert_eq!(
            [0, 128, 255].map(|alpha| over_white(0, alpha)),
            [255, 127, 0]
        );
        assert_eq!(over_white(255, 0), 255);
    }

    #[test]
    fn a_sideways_photo_is_turned_upright() {
        let taken = take_in(&with_exif(&jpeg(&scene(400, 200)), 6)).unwrap();
        assert_eq!((taken.width, taken.height), (200, 400));
        // Turned by 90 degrees clockwise, what was left is on top.
        assert!(is_close(
            colour_at(&taken, RenditionFormat::Webp, 100, 20),
            RED
        ));
        assert!(is_close(
            colour_at(&taken, RenditionFormat::Jpeg, 100, 380),
            GREEN
        ));
    }

    #[test]
    fn a_large_sideways_photo_is_shrunk_by_its_upright_width() {
        let taken = take_in(&with_exif(&jpeg(&scene(300, 2200)), 8)).unwrap();
        assert_eq!((taken.width, taken.height), (2200, 300));
        let shown = widest(&taken, RenditionFormat::Jpeg).to_rgb8();
        assert_eq!(shown.dimensions(), (1920, 262));
        assert!(is_close(shown.get_pixel(1800, 250).0, RED));
    }

    #[test]
    fn a_mirrored_photo_is_mirrored_back() {
        let taken = take_in(&with_exif(&jpeg(&scene(400, 200)), 2)).unwrap();
        assert!(is_close(
            colour_at(&taken, RenditionFormat::Jpeg, 20, 100),
            GREEN
        ));
    }

    #[test]
    fn the_highest_picture_that_is_taken_fits_into_every_format() {
        let column = DynamicImage::new_rgb8(1920, 1920 * TALLEST);
        assert!(webp(&column).is_ok());
        assert!(u16::try_from(column.height()).is_ok());
    }

    proptest! {
        #[test]
        fn widths_rise_and_end_at_the_widest_useful_one(width in 1_u32..10_000) {
            let steps = widths(width);
            prop_assert!(steps.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(steps.last().copied(), Some(width.min(1920)));
        }
    }
}
