//! Photos that were made for print: four inks in a JPEG, mixed into sRGB as their own profile says. Decoders
//! mix them without it, which gives colours that no printer has.

use ::image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

const INKS: usize = 4;

/// Nothing where it is not such a photo, or its profile is of no use.
pub(super) fn mixed(jpeg: &[u8], profile: &[u8]) -> Option<RgbImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Cmyk {
        return None;
    }
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, options);
    let transform = transform.ok()?;
    let (mut inks, (width, height)) = inks(jpeg)?;
    let mut picture = RgbImage::new(width, height);
    let wide = usize::try_from(width).ok()?.max(1);
    let lines = picture.chunks_exact_mut(3 * wide);
    for (line, inks) in lines.zip(inks.chunks_exact_mut(INKS * wide)) {
        transform.transform(inks, line).ok()?;
    }
    Some(picture)
}

/// How much of each ink lies on each pixel, from none to 255.
fn inks(jpeg: &[u8]) -> Option<(Vec<u8>, (u32, u32))> {
    let mut decoder = JpegDecoder::new_with_options(
        ZCursor::new(jpeg),
        DecoderOptions::default()
            .set_strict_mode(false)
            .set_max_width(usize::MAX)
            .set_max_height(usize::MAX),
    );
    decoder.decode_headers().ok()?;
    let stored = decoder.input_colorspace()?;
    if stored != ColorSpace::CMYK && stored != ColorSpace::YCCK {
        return None;
    }
    // As they are stored: what the decoder would make of them is what is not wanted.
    decoder.set_options(decoder.options().jpeg_set_out_colorspace(stored));
    let (width, height) = decoder.dimensions()?;
    let size = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let mut pixels = decoder.decode().ok()?;
    for pixel in pixels.chunks_exact_mut(INKS) {
        if let [cyan, magenta, yellow, black] = pixel {
            if stored == ColorSpace::YCCK {
                [*cyan, *magenta, *yellow] = mixed_back(*cyan, *magenta, *yellow);
            } else {
                // Adobe's programs store how much paper is left, and everybody does as they do.
                for ink in [cyan, magenta, yellow] {
                    *ink = u8::MAX - *ink;
                }
            }
            *black = u8::MAX - *black;
        }
    }
    Some((pixels, size))
}

/// Three inks out of brightness and two differences (ITU-T T.871, 7), in parts of 65,536.
fn mixed_back(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    const RED: i32 = 91_881;
    const GREEN_OF_BLUE: i32 = 22_554;
    const GREEN_OF_RED: i32 = 46_802;
    const BLUE: i32 = 116_130;
    const HALF: i32 = 32_768;
    let (blue, red) = (i32::from(blue) - 128, i32::from(red) - 128);
    [
        RED * red,
        -GREEN_OF_BLUE * blue - GREEN_OF_RED * red,
        BLUE * blue,
    ]
    .map(|part| {
        let value = i32::from(luma) + ((part + HALF) >> 16);
        u8::try_from(value.clamp(0, 255)).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use jpeg_encoder::{ColorType, Encoder};

    use super::super::samples::is_close;
    use super::*;

    /// A profile (ICC.1:2001-04, 6.5.8) of four inks that knows every mixture of all or nothing: paper is
    /// white, black covers all, and each of the others has a colour as Lab of its own.
    fn profile() -> Vec<u8> {
        let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
        for number in [1_u32, 0, 0, 0, 1, 0, 0, 0, 1] {
            table.extend((number << 16).to_be_bytes());
        }
        let straight: Vec<u8> = (0..=255).collect();
        table.extend(straight.repeat(INKS));
        for mixture in 0..16_u8 {
            let [cyan, magenta, yellow, black] = [8, 4, 2, 1].map(|ink| mixture & ink > 0);
            table.extend(match (cyan, magenta, yellow, black) {
                (_, _, _, true) => [0, 128, 128],
                (false, false, false, false) => [255, 128, 128],
                (false, true, false, false) => [122, 202, 125],
                (true, ..) => [140, 91, 78],
                (false, ..) => [227, 122, 221],
            });
        }
        table.extend(straight.repeat(3));
        let place = 128 + 4 + 12;
        let length = u32::try_from(place + table.len()).unwrap();
        let mut profile = length.to_be_bytes().to_vec();
        profile.extend(b"\0\0\0\0\x02\x40\0\0prtrCMYKLab ");
        profile.extend([0; 12]);
        profile.extend(b"acsp");
        profile.resize(68, 0);
        for number in [0xF6D6_u32, 0x1_0000, 0xD32D] {
            profile.extend(number.to_be_bytes());
        }
        profile.resize(128, 0);
        profile.extend(1_u32.to_be_bytes());
        profile.extend(b"A2B0");
        profile.extend(u32::try_from(place).unwrap().to_be_bytes());
        profile.extend(u32::try_from(table.len()).unwrap().to_be_bytes());
        profile.extend(table);
        profile
    }

    /// Full magenta on the left, paper on the right; the ways in which programs store it.
    fn photo(kind: ColorType) -> Vec<u8> {
        let pixels: Vec<u8> = (0..64 * 32)
            .flat_map(|at| if at % 64 < 32 { [0, 255, 0, 0] } else { [0; 4] })
            .collect();
        let mut jpeg = Vec::new();
        let encoder = Encoder::new(&mut jpeg, 95);
        encoder.encode(&pixels, 64, 32, kind).unwrap();
        jpeg
    }

    #[test]
    fn inks_are_mixed_as_their_profile_says() {
        for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let picture = mixed(&photo(kind), &profile()).unwrap();
            assert_eq!(picture.dimensions(), (64, 32));
            let (left, right) = (picture.get_pixel(8, 16).0, picture.get_pixel(56, 16).0);
            // Lab (48, 74, -3), which no screen shows as pure magenta.
            assert!(is_close(left, [207, 11, 120]), "{left:?}");
            assert!(is_close(right, [255; 3]), "{right:?}");
        }
    }

    #[test]
    fn what_is_not_printed_with_four_inks_is_left_alone() {
        let rgb = ColorProfile::new_srgb().encode().unwrap();
        assert!(mixed(&photo(ColorType::Cmyk), &rgb).is_none());
        let plain = super::super::samples::jpeg(&super::super::samples::scene(40, 30));
        assert!(mixed(&plain, &profile()).is_none());
        assert!(mixed(b"", &profile()).is_none());
        assert!(mixed(&photo(ColorType::Cmyk), b"no profile").is_none());
    }
}
