//! Photos for journalists: as large as they came, with our words in the file and nothing else of it.

use std::panic::catch_unwind;

use super::labels::Labels;
use super::{Fault, MediaError, OriginalFormat, colour, intake, rendition};

/// The loss is not to be seen, also where a desk saves it once more.
const QUALITY: u8 = 92;

/// The picture as an upright JPEG in sRGB, in all its pixels. It is encoded anew and not cut out of the
/// original's bytes: made of pixels only, as renditions are, it cannot hold a position, a serial number or
/// a preview, wherever the original hid them, and every desk can open what was a CMYK file or a WebP.
/// Takes a second or more of one core for a large photo, so it belongs on a thread that may block.
pub fn full_size(
    bytes: &[u8],
    format: OriginalFormat,
    labels: &Labels,
) -> Result<Vec<u8>, MediaError> {
    let jpeg = catch_unwind(|| encoded(bytes, format)).unwrap_or_else(|_panic| {
        let source = Fault::Panicked;
        Err(MediaError::Broken { format, source })
    })?;
    Ok(labels.written_into(&jpeg))
}

fn encoded(bytes: &[u8], format: OriginalFormat) -> Result<Vec<u8>, MediaError> {
    let developed = intake::developed(bytes, format)?;
    let pixels = colour::to_eight_bits(developed.pixels);
    let mut picture = colour::to_srgb(pixels, developed.profile.as_deref());
    picture.apply_orientation(developed.orientation);
    rendition::plain_jpeg(&picture, QUALITY).map_err(|source| MediaError::NotCopied { source })
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn every_format_becomes_an_upright_jpeg_in_full_size() {
        let turned = with_exif(&jpeg(&scene(2400, 1200)), 6);
        let copy = full_size(&turned, OriginalFormat::Jpeg, &Labels::default()).unwrap();
        let shown = ::image::load_from_memory(&copy).unwrap().to_rgb8();
        assert_eq!(shown.dimensions(), (1200, 2400));
        assert!(is_close(shown.get_pixel(600, 100).0, RED));
        assert!(is_close(shown.get_pixel(600, 2300).0, GREEN));
        for (bytes, format) in [
            (talkative_png(), OriginalFormat::Png),
            (talkative_webp(), OriginalFormat::Webp),
            (talkative_gif(), OriginalFormat::Gif),
        ] {
            let copy = full_size(&bytes, format, &Labels::default()).unwrap();
            assert_eq!(
                ::image::guess_format(&copy).unwrap(),
                ::image::ImageFormat::Jpeg
            );
        }
    }

    #[test]
    fn nothing_of_the_original_but_its_pixels_is_handed_on() {
        let labels = Labels {
            credit: "Ann Osei".to_owned(),
            ..Labels::default()
        };
        for (bytes, format) in [
            (talkative_jpeg(), OriginalFormat::Jpeg),
            (talkative_png(), OriginalFormat::Png),
            (talkative_webp(), OriginalFormat::Webp),
            (talkative_gif(), OriginalFormat::Gif),
        ] {
            let copy = full_size(&bytes, format, &labels).unwrap();
            let holds = |words: &[u8]| copy.windows(words.len()).any(|at| at == words);
            assert!(holds(b"Ann Osei"));
            for words in [MARKER.as_bytes(), b"Exif", b"ICC_PROFILE", b"MPF", b"GPS"] {
                assert!(!holds(words), "{words:?} of a {}", format.name());
            }
        }
    }
}
