//! Whether a file holds several pictures that are shown one after the other: copies are of its first one.

use super::OriginalFormat;
use super::metadata::Chunks;

/// Told by the structure of the file; nothing is decoded.
pub(super) fn is_animated(bytes: &[u8], format: OriginalFormat) -> bool {
    match format {
        OriginalFormat::Jpeg => false,
        OriginalFormat::Png => has_frames(bytes),
        OriginalFormat::Webp => is_flagged(bytes),
        OriginalFormat::Gif => pictures_in_gif(bytes) > 1,
    }
}

/// The chunk that makes a PNG an APNG, and how many frames it counts (PNG, third edition, 11.3.6.1).
fn has_frames(png: &[u8]) -> bool {
    let control = Chunks::of(png).find(|(name, _)| *name == b"acTL");
    let count = control.and_then(|(_, content)| content.first_chunk::<4>());
    count.is_some_and(|count| u32::from_be_bytes(*count) > 1)
}

/// The animation bit of the extended header (RFC 9649, 2.7).
fn is_flagged(webp: &[u8]) -> bool {
    const ANIMATION: u8 = 0b10;
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|flags| flags & ANIMATION != 0)
}

/// So many are counted; one more tells nothing new.
const ENOUGH: usize = 2;

/// The image descriptors between the blocks of other kinds (`GIF89a`, appendix B).
fn pictures_in_gif(gif: &[u8]) -> usize {
    let mut pictures = 0;
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    let flags = gif.get(10).copied().unwrap_or_default();
    let mut rest = gif.get(13 + table(flags)..).unwrap_or_default();
    while pictures < ENOUGH {
        rest = match rest {
            [0x21, _, blocks @ ..] => behind(blocks),
            [0x2C, _, _, _, _, _, _, _, _, flags, more @ ..] => {
                pictures += 1;
                behind(more.get(table(*flags) + 1..).unwrap_or_default())
            }
            _ => return pictures,
        };
    }
    pictures
}

/// What follows a row of blocks, each of which begins with its length.
fn behind(mut blocks: &[u8]) -> &[u8] {
    while let [length, more @ ..] = blocks {
        blocks = more.get(usize::from(*length)..).unwrap_or_default();
        if *length == 0 {
            return blocks;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        GREEN, RED, colour_at, is_close, saved, scene, talkative_gif, talkative_webp, with_chunk,
    };
    use super::super::{RenditionFormat, take_in};
    use super::*;
    use ::image::codecs::gif::GifEncoder;
    use ::image::{Frame, ImageFormat, Rgba, RgbaImage};

    fn gif(colours: &[[u8; 3]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for [red, green, blue] in colours {
            let frame = RgbaImage::from_pixel(40, 30, Rgba([*red, *green, *blue, 255]));
            encoder.encode_frame(Frame::new(frame)).unwrap();
        }
        drop(encoder);
        bytes
    }

    #[test]
    fn of_an_animation_the_first_picture_is_kept_and_somebody_is_told() {
        let taken = take_in(&gif(&[RED, GREEN, GREEN])).unwrap();
        assert!(taken.is_animated);
        assert!(is_close(
            colour_at(&taken, RenditionFormat::Jpeg, 20, 15),
            RED
        ));
        assert!(!take_in(&gif(&[RED])).unwrap().is_animated);
        assert!(!take_in(&talkative_gif()).unwrap().is_animated);
    }

    #[test]
    fn an_apng_is_told_by_its_frames() {
        let png = saved(scene(40, 30), ImageFormat::Png);
        let frames = |count: u32| [count.to_be_bytes(), 0_u32.to_be_bytes()].concat();
        assert!(!is_animated(&png, OriginalFormat::Png));
        for (count, animated) in [(1, false), (2, true)] {
            let png = with_chunk(&png, *b"acTL", &frames(count));
            assert_eq!(is_animated(&png, OriginalFormat::Png), animated);
        }
    }

    #[test]
    fn an_animated_webp_is_told_by_its_flag() {
        let mut webp = talkative_webp();
        assert_eq!(webp.get(12..16), Some(&b"VP8X"[..]));
        assert!(!is_animated(&webp, OriginalFormat::Webp));
        webp[20] |= 2;
        assert!(is_animated(&webp, OriginalFormat::Webp));
    }

    #[test]
    fn a_file_that_breaks_off_is_counted_as_far_as_it_goes() {
        let whole = gif(&[RED, GREEN]);
        for length in 0..whole.len() {
            assert!(pictures_in_gif(&whole[..length]) <= 2);
        }
    }
}
