//! Taking a picture in: bytes of a stranger in, renditions out, or a sentence that says why not.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::image::metadata::Orientation;
use ::image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};

use super::master::Told;
use super::metadata::{self, Metadata};
use super::{
    Fault, ImageHash, Master, MediaError, OriginalFormat, Rendition, Tone, inks, moving, rendition,
    sniff,
};

/// The largest file that is taken, in bytes.
pub const LARGEST_FILE: usize = 40_000_000;

/// The most pixels that a picture may have.
pub const MOST_PIXELS: u64 = 50_000_000;

/// What a picture may take of memory while it is unpacked, in bytes: a photo of 24 megapixels in the way that
/// takes most (a progressive JPEG), and a little.
const MOST_UNPACKED: u64 = 230_000_000;

/// How many times as wide as high a picture may be.
pub(super) const WIDEST: u32 = 20;

/// How many times as high as wide a picture may be: at 1,920 pixels wide, more would not fit
/// into a WebP.
pub(super) const TALLEST: u32 = 8;

/// What a decoder may allocate, in bytes.
const DECODER_MEMORY: u64 = MOST_UNPACKED + 64_000_000;

/// A picture that was taken in whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub hash: ImageHash,
    pub format: OriginalFormat,
    /// In pixels, as people see it: after orientation.
    pub width: u32,
    pub height: u32,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// As JPEG and WebP, smallest first.
    pub renditions: Vec<Rendition>,
    /// Nothing where something shows through.
    pub tone: Option<Tone>,
    /// Whether it moves; copies are of its first picture.
    pub is_animated: bool,
}

/// Makes every rendition of a picture, or refuses it. Takes seconds of one core for a large
/// photo, so it belongs on a thread that may block.
pub fn take_in(bytes: &[u8]) -> Result<Taken, MediaError> {
    take_in_telling(bytes, &|_made, _of| {})
}

/// The same, and tells how many copies of how many are made, whenever one is.
pub fn take_in_telling(bytes: &[u8], tell: Told<'_>) -> Result<Taken, MediaError> {
    if bytes.len() > LARGEST_FILE {
        return Err(MediaError::TooLarge { bytes: bytes.len() });
    }
    let format = sniff::format(bytes)?;
    // A decoder that trips over hostile bytes must cost its sender a sentence, nobody a page.
    let taking = AssertUnwindSafe(|| taken(bytes, format, tell));
    catch_unwind(taking).unwrap_or_else(|_panic| {
        let source = Fault::Panicked;
        Err(MediaError::Broken { format, source })
    })
}

fn taken(bytes: &[u8], format: OriginalFormat, tell: Told<'_>) -> Result<Taken, MediaError> {
    let developed = developed(bytes, format)?;
    let full = developed.full;
    let not_copied = |source| MediaError::NotCopied { source };
    let master = Master::developed(developed).map_err(not_copied)?;
    Ok(Taken {
        hash: ImageHash::of(bytes),
        format,
        width: full.0,
        height: full.1,
        metadata: metadata::read(bytes, format),
        renditions: master.whole(tell).map_err(not_copied)?,
        tone: master.tone(),
        is_animated: moving::is_animated(bytes, format),
    })
}

/// A picture out of its file: its pixels as they are stored, and what is needed to show them right.
pub(super) struct Developed {
    pub pixels: DynamicImage,
    pub orientation: Orientation,
    pub profile: Option<Vec<u8>>,
    /// In pixels, after orientation.
    pub full: (u32, u32),
}

pub(super) fn developed(bytes: &[u8], format: OriginalFormat) -> Result<Developed, MediaError> {
    let broken = |source| MediaError::Broken { format, source };
    sniff::unpacks_in_bounds(bytes, format).map_err(broken)?;
    let mut decoder = opened(bytes, format).map_err(|source| broken(source.into()))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let full = rendition::upright(decoder.dimensions(), orientation);
    check_size(full, format)?;
    check_memory(
        full,
        sniff::bytes_of_a_pixel(bytes, format, decoder.color_type()),
    )?;
    sniff::whole(bytes, format).map_err(broken)?;
    // A profile that cannot be read leaves the colours as they are.
    let profile = decoder.icc_profile().unwrap_or_default();
    let inks = profile
        .as_ref()
        .filter(|_profile| format == OriginalFormat::Jpeg);
    if let Some(picture) = inks.and_then(|profile| inks::mixed(bytes, profile)) {
        return Ok(Developed {
            pixels: picture.into(),
            orientation,
            profile: None,
            full,
        });
    }
    let pixels = DynamicImage::from_decoder(decoder).map_err(|source| broken(source.into()))?;
    Ok(Developed {
        pixels,
        orientation,
        profile,
        full,
    })
}

fn check_memory((width, height): (u32, u32), bytes_of_a_pixel: u64) -> Result<(), MediaError> {
    let bytes = u64::from(width) * u64::from(height) * bytes_of_a_pixel;
    if bytes > MOST_UNPACKED {
        return Err(MediaError::TooDeep { width, height });
    }
    Ok(())
}

/// Reads the header only; no pixel is decoded yet.
fn opened(bytes: &[u8], format: OriginalFormat) -> ImageResult<impl ImageDecoder + '_> {
    let format = match format {
        OriginalFormat::Jpeg => ImageFormat::Jpeg,
        OriginalFormat::Png => ImageFormat::Png,
        OriginalFormat::Webp => ImageFormat::WebP,
        OriginalFormat::Gif => ImageFormat::Gif,
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODER_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader.into_decoder()
}

fn check_size((width, height): (u32, u32), format: OriginalFormat) -> Result<(), MediaError> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(MediaError::TooManyPixels { width, height });
    }
    if width == 0 || height == 0 {
        let source = Fault::CutOff;
        return Err(MediaError::Broken { format, source });
    }
    if width > height.saturating_mul(WIDEST) || height > width.saturating_mul(TALLEST) {
        return Err(MediaError::OddShape { width, height });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::super::{RenditionFormat, widths};
    use super::*;
    use ::image::{Rgb, RgbImage};
    use proptest::prelude::*;

    fn refusal(bytes: &[u8]) -> MediaError {
        take_in(bytes).unwrap_err()
    }

    #[test]
    fn every_accepted_format_becomes_webp_and_jpeg_in_every_width() {
        let scene = scene(700, 500);
        for (format, bytes) in [
            (OriginalFormat::Jpeg, jpeg(&scene)),
            (OriginalFormat::Png, saved(scene.clone(), ImageFormat::Png)),
            (
                OriginalFormat::Webp,
                saved(scene.clone(), ImageFormat::WebP),
            ),
            (OriginalFormat::Gif, saved(scene.clone(), ImageFormat::Gif)),
        ] {
            let taken = take_in(&bytes).unwrap();
            assert_eq!(
                (taken.format, taken.width, taken.height),
                (format, 700, 500)
            );
            assert_eq!(taken.hash, ImageHash::of(&bytes));
            let made: Vec<_> = taken
                .renditions
                .iter()
                .map(|copy| (copy.name.width, copy.name.format))
                .collect();
            let wanted = widths(700)
                .into_iter()
                .flat_map(|w| RenditionFormat::AT_ONCE.map(|f| (w, f)));
            assert_eq!(made, wanted.collect::<Vec<_>>());
        }
    }

    #[test]
    fn renditions_are_what_they_say_and_show_the_picture() {
        let taken = take_in(&jpeg(&scene(2400, 401))).unwrap();
        for copy in &taken.renditions {
            let shown = ::image::load_from_memory(&copy.bytes).unwrap().to_rgb8();
            assert_eq!(shown.dimensions(), (copy.name.width, copy.height));
            assert_eq!(
                copy.height,
                rendition::height_at(copy.name.width, 2400, 401)
            );
            assert!(is_close(shown.get_pixel(10, 10).0, RED));
            assert!(is_close(shown.get_pixel(copy.name.width - 10, 10).0, GREEN));
        }
    }

    #[test]
    fn no_word_planted_in_a_file_comes_out() {
        for bytes in [
            talkative_jpeg(),
            talkative_png(),
            talkative_webp(),
            talkative_gif(),
        ] {
            let said =
                |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).any(|at| at == words);
            for copy in take_in(&bytes).unwrap().renditions {
                for words in [
                    MARKER.as_bytes(),
                    b"Exif",
                    b"EXIF",
                    b"XMP ",
                    b"ICC",
                    b"Photoshop",
                ] {
                    assert!(!said(&copy.bytes, words), "{words:?} in {copy:?}");
                }
            }
        }
    }

    #[test]
    fn the_smallest_picture_is_a_picture() {
        let taken = take_in(&saved(scene(1, 1), ImageFormat::Png)).unwrap();
        assert_eq!(
            (taken.width, taken.height, taken.renditions.len()),
            (1, 1, 2)
        );
    }

    #[test]
    fn a_file_that_stops_in_the_middle_is_refused_in_every_format() {
        let noise = RgbImage::from_fn(300, 200, |x, y| {
            Rgb([x, y, x * y].map(|sum| u8::try_from(sum * 7919 % 251).unwrap()))
        });
        for format in [
            ImageFormat::Jpeg,
            ImageFormat::Png,
            ImageFormat::WebP,
            ImageFormat::Gif,
        ] {
            let bytes = saved(noise.clone(), format);
            for percent in [1, 10, 50, 90, 99] {
                let refused = refusal(&bytes[..20.max(bytes.len() * percent / 100)]);
                assert!(
                    matches!(refused, MediaError::Broken { .. }),
                    "{format:?} {percent}: {refused}"
                );
            }
        }
    }

    #[test]
    fn a_small_file_that_claims_a_huge_picture_is_not_decoded() {
        let refused = refusal(&claiming_png(65_535, 65_535));
        assert_eq!(
            refused.to_string(),
            "This picture has 65535 × 65535 pixels, 4244.9 megapixels too many. \
             Send a JPEG, PNG, WebP or GIF of at most 40 MB and 50 megapixels."
        );
    }

    #[test]
    fn how_a_picture_is_saved_decides_how_large_it_may_be() {
        use ::image::ColorType::{L8, Rgb8, Rgb16, Rgba8, Rgba16};
        let plain = jpeg(&scene(40, 30));
        let bytes = |file: &[u8], format, colour| sniff::bytes_of_a_pixel(file, format, colour);
        for (colour, wanted) in [(L8, 1), (Rgb8, 3), (Rgb16, 9), (Rgba8, 8), (Rgba16, 16)] {
            assert_eq!(
                bytes(b"", OriginalFormat::Png, colour),
                wanted,
                "{colour:?}"
            );
        }
        assert_eq!(bytes(&plain, OriginalFormat::Jpeg, Rgb8), 3);
        let mut progressive = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut progressive, 80);
        encoder.set_progressive(true);
        let pixels = [128; 64 * 64 * 3];
        encoder
            .encode(&pixels, 64, 64, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        assert_eq!(bytes(&progressive, OriginalFormat::Jpeg, Rgb8), 9);
        // A camera's 24 megapixels are taken in either way, and its 45 where they are plain.
        assert!(check_memory((6000, 4000), 9).is_ok());
        assert!(check_memory((8192, 5464), 3).is_ok());
        let refused = check_memory((8192, 5464), 9).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("8192 × 5464 pixels, this picture takes too much memory")
        );
    }

    #[test]
    fn a_hair_is_not_a_picture() {
        for (width, height) in [(65_535, 1), (1, 65_535), (2001, 100), (100, 801)] {
            let refused = refusal(&claiming_png(width, height));
            assert!(matches!(refused, MediaError::OddShape { .. }), "{refused}");
        }
    }

    #[test]
    fn a_picture_without_a_pixel_is_refused() {
        let mut gif = saved(scene(40, 30), ImageFormat::Gif);
        gif[6..10].fill(0);
        assert!(take_in(&gif).is_err());
    }

    #[test]
    fn one_byte_too_many_is_too_many() {
        let refused = refusal(&vec![0; LARGEST_FILE + 1]).to_string();
        assert!(refused.starts_with("This file has 40.1 MB, which is 0.1 MB too much. "));
        assert!(matches!(
            refusal(&vec![0; LARGEST_FILE]),
            MediaError::NotAnImage
        ));
    }

    /// Bytes with some of them changed; where and to what is up to the caller.
    fn mutated(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        bytes
    }

    fn is_not_upset_by(bytes: &[u8]) {
        match take_in(bytes) {
            Ok(taken) => assert!(!taken.renditions.is_empty()),
            Err(MediaError::Broken {
                source: Fault::Panicked,
                ..
            }) => panic!("a decoder panicked"),
            Err(refused) => assert!(refused.to_string().ends_with("megapixels.")),
        }
    }

    proptest! {
        #[test]
        fn random_bytes_upset_nothing(kind in 0_usize..5, noise: Vec<u8>) {
            let starts = [&b""[..], b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8X"];
            is_not_upset_by(&[starts[kind], &noise].concat());
        }

        #[test]
        fn damaged_files_upset_nothing(
            kind in 0_usize..4,
            changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..6),
        ) {
            let files = [talkative_jpeg, talkative_png, talkative_webp, talkative_gif];
            is_not_upset_by(&mutated(files[kind](), &changes));
        }
    }
}
