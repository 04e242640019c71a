//! Colours: from whatever profile a picture carries to sRGB, eight bits each.

use std::sync::Arc;

use ::image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{CmsError, ColorProfile, Layout, Transform8BitExecutor, TransformOptions};

const OPAQUE: u8 = u8::MAX;

/// Brings sixteen bits and floating point down to eight; what has eight already is not copied.
pub(super) fn to_eight_bits(picture: DynamicImage) -> DynamicImage {
    let colour = picture.color();
    if colour.bytes_per_pixel() == colour.channel_count() {
        return picture;
    }
    match (colour.has_color(), colour.has_alpha()) {
        (false, false) => picture.into_luma8().into(),
        (false, true) => picture.into_luma_alpha8().into(),
        (true, false) => picture.into_rgb8().into(),
        (true, true) => picture.into_rgba8().into(),
    }
}

/// Gives RGB, or RGBA where something really shows through. A profile that is broken or made for
/// other channels (such as that of a CMYK file, already mixed to RGB) is ignored.
pub(super) fn to_srgb(picture: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let transform = profile.and_then(|profile| transform(profile, layouts(&picture)).ok());
    without_idle_alpha(match transform {
        Some(transform) => converted(picture, transform.as_ref()),
        None => picture,
    })
}

fn transform(
    profile: &[u8],
    (from, to): (Layout, Layout),
) -> Result<Arc<Transform8BitExecutor>, CmsError> {
    let profile = ColorProfile::new_from_slice(profile)?;
    let srgb = ColorProfile::new_srgb();
    profile.create_transform_8bit(from, &srgb, to, TransformOptions::default())
}

/// Line by line in its own place, because a large picture is not to be held twice; one in greys becomes
/// another, of three channels.
fn converted(mut picture: DynamicImage, transform: &Transform8BitExecutor) -> DynamicImage {
    let wide = usize::try_from(picture.width()).unwrap_or_default();
    if let Some(pixels) = picture.as_mut_rgb8() {
        in_place(pixels, 3 * wide, transform);
    } else if let Some(pixels) = picture.as_mut_rgba8() {
        in_place(pixels, 4 * wide, transform);
    } else {
        return mixed(&picture, transform).unwrap_or(picture);
    }
    picture
}

fn in_place(pixels: &mut [u8], length: usize, transform: &Transform8BitExecutor) {
    let mut target = vec![0; length];
    for line in pixels.chunks_exact_mut(length.max(1)) {
        if transform.transform(line, &mut target).is_ok() {
            line.copy_from_slice(&target);
        }
    }
}

fn mixed(
    picture: &DynamicImage,
    transform: &Transform8BitExecutor,
) -> Result<DynamicImage, CmsError> {
    let (width, height) = (picture.width(), picture.height());
    if picture.color().has_alpha() {
        let mut target = RgbaImage::new(width, height);
        transform.transform(picture.as_bytes(), &mut target)?;
        return Ok(target.into());
    }
    let mut target = RgbImage::new(width, height);
    transform.transform(picture.as_bytes(), &mut target)?;
    Ok(target.into())
}

fn layouts(picture: &DynamicImage) -> (Layout, Layout) {
    match (picture.color().has_color(), picture.color().has_alpha()) {
        (false, false) => (Layout::Gray, Layout::Rgb),
        (false, true) => (Layout::GrayAlpha, Layout::Rgba),
        (true, false) => (Layout::Rgb, Layout::Rgb),
        (true, true) => (Layout::Rgba, Layout::Rgba),
    }
}

fn without_idle_alpha(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8().into();
    }
    let picture = picture.into_rgba8();
    if picture
        .pixels()
        .all(|pixel| matches!(pixel.0, [.., OPAQUE]))
    {
        return DynamicImage::from(picture).into_rgb8().into();
    }
    picture.into()
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::super::{RenditionFormat, take_in};
    use super::*;
    use ::image::{GrayImage, ImageBuffer, ImageFormat, Luma, Rgb, Rgba};
    use jpeg_encoder::ColorType;

    #[test]
    fn wide_gamut_colours_become_srgb() {
        let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 100]));
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        let shown = middle(&with_profile(&jpeg(&picture), &profile));
        // By the matrices of both spaces: a red of P3 is a stronger one in sRGB.
        assert!(is_close(shown, [213, 95, 96]), "{shown:?}");
        assert!(shown[0] > 205, "{shown:?}");
    }

    #[test]
    fn a_broken_profile_changes_nothing() {
        let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 100]));
        let mut profile = ColorProfile::new_display_p3().encode().unwrap();
        profile.truncate(150);
        let shown = middle(&with_profile(&jpeg(&picture), &profile));
        assert!(is_close(shown, [200, 100, 100]), "{shown:?}");
    }

    #[test]
    fn grey_pictures_follow_their_profile() {
        let picture = GrayImage::from_pixel(64, 64, Luma([100]));
        let grey = coded(&picture, (64, 64), ColorType::Luma);
        assert!(is_close(middle(&grey), [100; 3]));
        let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
        let shown = middle(&with_profile(&grey, &linear));
        // 100 of 255 in linear light is 168 in sRGB.
        assert!(is_close(shown, [168; 3]), "{shown:?}");
    }

    #[test]
    fn a_cmyk_photo_keeps_its_colours() {
        for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let cyan = [255, 0, 0, 0].repeat(64 * 64);
            let shown = middle(&coded(&cyan, (64, 64), colour));
            assert!(is_close(shown, [0, 255, 255]), "{colour:?}: {shown:?}");
        }
    }

    #[test]
    fn sixteen_bits_become_eight() {
        let picture = ImageBuffer::from_pixel(40, 40, Rgb([51_400_u16, 25_700, 12_850]));
        let shown = middle(&saved(DynamicImage::ImageRgb16(picture), ImageFormat::Png));
        assert!(is_close(shown, [200, 100, 50]), "{shown:?}");
    }

    #[test]
    fn what_shows_through_is_white_in_jpeg_and_stays_open_in_webp() {
        let glass = RgbaImage::from_pixel(64, 64, Rgba([10, 10, 10, 0]));
        let taken = take_in(&saved(glass, ImageFormat::Png)).unwrap();
        assert!(is_close(
            colour_at(&taken, RenditionFormat::Jpeg, 32, 32),
            [255; 3]
        ));
        let open = widest(&taken, RenditionFormat::Webp);
        assert_eq!(open.to_rgba8().get_pixel(32, 32).0[3], 0);
    }

    #[test]
    fn an_alpha_channel_that_hides_nothing_is_dropped() {
        let wall = RgbaImage::from_pixel(64, 64, Rgba([10, 10, 10, 255]));
        let taken = take_in(&saved(wall, ImageFormat::Png)).unwrap();
        assert!(!widest(&taken, RenditionFormat::Webp).color().has_alpha());
    }
}
