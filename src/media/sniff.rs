//! What a file is, told by its bytes alone: names and claimed types are never believed.

use std::io::{self, Read};

use ::image::ColorType;
use flate2::read::ZlibDecoder;

use super::metadata::Chunks;
use super::{Fault, MediaError, OriginalFormat};

/// How far into a text the telling word may stand; drawings begin with long comments.
const TEXT_LOOKED_AT: usize = 4096;

/// The format of the file, or a refusal that names what it is.
pub(super) fn format(bytes: &[u8]) -> Result<OriginalFormat, MediaError> {
    if bytes.is_empty() {
        return Err(MediaError::Empty);
    }
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(OriginalFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(OriginalFormat::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(OriginalFormat::Gif),
        _ if is_webp(bytes) => Ok(OriginalFormat::Webp),
        _ => Err(match foreign(bytes) {
            Some(found) => MediaError::Unsupported { found },
            None => MediaError::NotAnImage,
        }),
    }
}

fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

fn foreign(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Some(boxed(brand)),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => {
            Some("a TIFF or a camera's raw file")
        }
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("a BMP"),
        [b'8', b'B', b'P', b'S', ..] => Some("a Photoshop file"),
        [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Some("a JPEG XL"),
        [0, 0, 0, 0x0C, b'j', b'P', b' ', b' ', ..] => Some("a JPEG 2000"),
        [0, 0, 1, 0, _, _, ..] => Some("an icon"),
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive or an office document"),
        _ => text(bytes),
    }
}

/// The first four bytes of such a file's type say which of many formats it is.
fn boxed(brand: &[u8]) -> &'static str {
    match brand {
        [b'a', b'v', b'i', b'f' | b's', ..] => "an AVIF",
        [b'h', b'e', b'i' | b'v', _, ..] | [b'm', b'i' | b's', b'f', b'1', ..] => "a HEIC",
        _ => "a video",
    }
}

fn text(bytes: &[u8]) -> Option<&'static str> {
    let start: Vec<u8> = bytes.iter().copied().take(TEXT_LOOKED_AT).collect();
    let start = String::from_utf8_lossy(&start).to_lowercase();
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    if start.contains("<html") || start.starts_with("<!doctype html") {
        return Some("a web page");
    }
    start.contains("<svg").then_some("an SVG drawing")
}

/// How many bytes a pixel of this file takes while it is unpacked and shrunk: what is decoded of it, what the
/// decoder holds beside that, and the copies in eight bits and with the transparent parts apart.
pub(super) fn bytes_of_a_pixel(bytes: &[u8], format: OriginalFormat, colour: ColorType) -> u64 {
    let (decoded, channels) = (colour.bytes_per_pixel(), colour.channel_count());
    let in_eight_bits = if decoded > channels { channels } else { 0 };
    let apart = if colour.has_alpha() { channels } else { 0 };
    let beside = match format {
        // Two bytes of each of its channels until the last scan has come; four inks are mixed afterwards.
        OriginalFormat::Jpeg => {
            let frame = frame_of_jpeg(bytes);
            let inks = if frame.components == 4 { 4 } else { 0 };
            let scans = if frame.is_progressive { 2 } else { 0 };
            inks + scans * frame.components
        }
        // Brightness whole, and two differences in a quarter each.
        OriginalFormat::Webp => 2,
        // The picture before.
        OriginalFormat::Gif => channels,
        OriginalFormat::Png => 0,
    };
    u64::from(decoded + in_eight_bits + apart + beside)
}

/// Whether there are as many bytes as the smallest picture of that size has: decoders fill up with one colour
/// what does not come. Each block of 64 pixels takes a sign of one bit at least for its brightness, and as long
/// as it comes in one scan another for all that is finer (ITU-T T.81, F.1.2).
fn fills_its_frame(bytes: &[u8]) -> bool {
    let frame = frame_of_jpeg(bytes);
    let blocks = u64::from(frame.width.div_ceil(8)) * u64::from(frame.height.div_ceil(8));
    let bits = if frame.is_progressive { 1 } else { 2 };
    let at_hand = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    blocks * bits / 8 <= at_hand
}

/// What the header of a JPEG tells of its picture.
struct Frame {
    /// Whether it is sent in several scans.
    is_progressive: bool,
    components: u8,
    /// In pixels.
    width: u16,
    height: u16,
}

/// ITU-T T.81, B.2.2.
fn frame_of_jpeg(bytes: &[u8]) -> Frame {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, marker, tail @ ..] = rest {
        match (marker, tail) {
            (0xC0..=0xC3, [_, _, _, a, b, c, d, components, ..]) => {
                return Frame {
                    is_progressive: *marker == 0xC2,
                    components: *components,
                    width: u16::from_be_bytes([*c, *d]),
                    height: u16::from_be_bytes([*a, *b]),
                };
            }
            (0xFF, _) => rest = rest.get(1..).unwrap_or_default(),
            (_, [high, low, ..]) => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = tail.get(length.max(2)..).unwrap_or_default();
            }
            _ => break,
        }
    }
    // One whose frame is not found is taken for one that takes most; its size is the decoder's to find.
    Frame {
        is_progressive: true,
        components: 4,
        width: 0,
        height: 0,
    }
}

/// Refuses a file that stops in the middle, which lenient decoders would fill up with grey.
pub(super) fn whole(bytes: &[u8], format: OriginalFormat) -> Result<(), Fault> {
    let is_whole = match format {
        OriginalFormat::Jpeg => reaches_end_of_jpeg(bytes) && fills_its_frame(bytes),
        OriginalFormat::Webp => reaches_end_of_webp(bytes),
        // Their decoders notice it themselves.
        OriginalFormat::Png | OriginalFormat::Gif => true,
    };
    if is_whole { Ok(()) } else { Err(Fault::CutOff) }
}

/// Refuses a PNG whose colour profile unpacks to more than any profile is: decoders unpack it whole,
/// and a few hundred kilobytes of it can become gigabytes. There is one at most (PNG, third edition, 5.6).
pub(super) fn unpacks_in_bounds(bytes: &[u8], format: OriginalFormat) -> Result<(), Fault> {
    if format != OriginalFormat::Png {
        return Ok(());
    }
    let mut profiles = Chunks::of(bytes).filter(|(name, _)| *name == b"iCCP");
    match (profiles.next(), profiles.next()) {
        (None, _) => Ok(()),
        (Some((_, content)), None) if is_in_bounds(content) => Ok(()),
        (Some(_), _) => Err(Fault::Profile),
    }
}

/// A name, a zero byte, the way of packing, and the packed profile.
fn is_in_bounds(content: &[u8]) -> bool {
    const LARGEST_PROFILE: u64 = 8_000_000;
    let packed = content.splitn(2, |byte| *byte == 0).nth(1);
    let packed = packed.and_then(|rest| rest.get(1..)).unwrap_or_default();
    let mut unpacked = ZlibDecoder::new(packed).take(LARGEST_PROFILE + 1);
    // One that is broken within bounds is the decoder's to ignore.
    let _broken = io::copy(&mut unpacked, &mut io::sink());
    unpacked.limit() > 0
}

/// Walks from marker to marker (ITU-T T.81, annex B), so that the end of an embedded thumbnail
/// is not taken for the end of the picture.
fn reaches_end_of_jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some(at) = rest.iter().position(|byte| *byte == 0xFF) {
        rest = rest.get(at..).unwrap_or_default();
        rest = match rest {
            [0xFF, 0xD9, ..] => return true,
            // Fill, a stuffed byte and markers without a length: in coded data or between segments.
            [0xFF, 0xFF, ..] => rest.get(1..).unwrap_or_default(),
            [0xFF, 0x00 | 0x01 | 0xD0..=0xD8, tail @ ..] => tail,
            [0xFF, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest.get(2 + length..).unwrap_or_default()
            }
            _ => return false,
        };
    }
    false
}

/// The length that the container claims must be there.
fn reaches_end_of_webp(bytes: &[u8]) -> bool {
    let Some([a, b, c, d]) = bytes.get(4..8) else {
        return false;
    };
    usize::try_from(u32::from_le_bytes([*a, *b, *c, *d]))
        .is_ok_and(|claimed| claimed <= bytes.len().saturating_sub(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        format(bytes).unwrap_err().to_string()
    }

    #[test]
    fn foreign_formats_are_called_by_their_name() {
        let known: [(&[u8], &str); 12] = [
            (
                b"<?xml version='1.0'?><!-- x --><SVG onload='x()'><script/></SVG>",
                "an SVG drawing",
            ),
            (b"\xEF\xBB\xBF <svg xmlns='x'/>", "an SVG drawing"),
            (b"<!DOCTYPE html><title>photo.jpg</title>", "a web page"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", "a HEIC"),
            (b"\0\0\0\x18ftypavif\0\0\0\0", "an AVIF"),
            (b"\0\0\0\x18ftypqt  \0\0\0\0", "a video"),
            (b"II*\0\x08\0\0\0", "a TIFF or a camera's raw file"),
            (b"MM\0*\0\0\0\x08", "a TIFF or a camera's raw file"),
            (b"%PDF-1.7", "a PDF"),
            (b"8BPS\0\x01", "a Photoshop file"),
            (b"PK\x03\x04\x14\0", "a ZIP archive or an office document"),
        ];
        for (bytes, name) in known {
            assert!(
                refusal(bytes).starts_with(&format!("This is {name}, ")),
                "{name}"
            );
        }
    }

    #[test]
    fn every_refusal_ends_with_what_is_accepted() {
        for bytes in [
            &b""[..],
            b"hello",
            b"%PDF-1.7",
            b"<p>",
            b"\xFF",
            b"RIFF\0\0\0\0WAVE",
        ] {
            assert!(refusal(bytes).ends_with(super::super::ACCEPTED));
        }
    }

    #[test]
    fn the_end_of_a_thumbnail_is_not_the_end_of_the_picture() {
        let segment = b"\xFF\xD8\xFF\xE1\x00\x06\xFF\xD8\xFF\xD9";
        assert!(!reaches_end_of_jpeg(segment));
        assert!(reaches_end_of_jpeg(
            &[&segment[..], b"\xFF\xDA\x00\x02\x12\xFF\x00\xFF\xD9"].concat()
        ));
    }
}
