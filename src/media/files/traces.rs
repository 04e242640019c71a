//! Traces in the photos inside a document: where one was taken, and the number of the camera. A document
//! goes out as its author saved it, so one that holds them is not taken.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use exif::{Context, Exif, Reader, Tag};

/// What stands in front of EXIF in a JPEG, and in chunks of PNG and WebP; then words of XMP (CIPA DC-010).
const SIGNS: [&[u8]; 6] = [
    b"Exif\0\0",
    b"eXIf",
    b"EXIF",
    b"GPSLatitude",
    b"GPSLongitude",
    b"SerialNumber",
];

static FOUND: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(SIGNS).ok());

/// What blocks of a JPEG begin with: EXIF, and both parts of XMP.
const HEADS: [&[u8]; 3] = [
    b"Exif\0\0",
    b"http://ns.adobe.com/xap/1.0/\0",
    b"http://ns.adobe.com/xmp/extension/\0",
];

static BEGUN: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(HEADS).ok());

/// More blocks of EXIF than a page of contact prints has.
const MOST_BLOCKS: usize = 500;

/// A block is as long as a segment of a JPEG at most; what other formats put behind it is a preview.
const LONGEST: usize = 65_536;

/// Whether these bytes of a document hold traces, in whichever format its photos are.
pub(super) fn has(bytes: &[u8]) -> bool {
    let is_tiff = bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*");
    if is_tiff && tells(bytes) {
        return true;
    }
    let Some(signs) = FOUND.as_ref() else {
        return true;
    };
    let mut blocks = 0;
    for sign in signs.find_iter(bytes) {
        let behind = match sign.pattern().as_usize() {
            0 | 1 => sign.end(),
            // The length of a WebP's chunk.
            2 => sign.end() + 4,
            _ => return true,
        };
        blocks += 1;
        let block = bytes.get(behind..).unwrap_or_default();
        if blocks > MOST_BLOCKS || tells(block.get(..LONGEST).unwrap_or(block)) {
            return true;
        }
    }
    false
}

/// The same of photos that stand between other bytes, which may speak of positions without telling one.
pub(super) fn are_between(bytes: &[u8]) -> bool {
    let Some(heads) = BEGUN.as_ref() else {
        return true;
    };
    let mut blocks = 0;
    heads.find_iter(bytes).any(|head| {
        blocks += 1;
        let block = bytes.get(head.end()..).unwrap_or_default();
        let block = block.get(..LONGEST).unwrap_or(block);
        let is_exif = head.pattern().as_usize() == 0;
        blocks > MOST_BLOCKS || if is_exif { tells(block) } else { has(block) }
    })
}

/// Whether EXIF (CIPA DC-008) tells a position, a number, or the maker's own, which holds both.
fn tells(tiff: &[u8]) -> bool {
    const NUMBERS: [Tag; 3] = [Tag::BodySerialNumber, Tag::LensSerialNumber, Tag::MakerNote];
    let read = Reader::new()
        .continue_on_error(true)
        .read_raw(tiff.to_vec())
        .or_else(|error| error.distill_partial_result(|_errors| {}));
    let is_trace = |exif: Exif| {
        exif.fields().any(|field| {
            let tag = field.tag;
            let is_place = tag.context() == Context::Gps && tag != Tag::GPSVersionID;
            is_place || NUMBERS.contains(&tag)
        })
    };
    read.is_ok_and(is_trace)
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::*;
    use super::*;

    #[test]
    fn what_a_camera_writes_is_seen_and_a_clean_photo_is_not_blamed() {
        let clean = jpeg(&scene(60, 40));
        assert!(!has(&clean));
        assert!(has(&[&clean[..], b"<x aux:SerialNumber='1'/>"].concat()));
        assert!(has(&[&clean[..], b"<x exif:GPSLatitude='1'/>"].concat()));
    }

    /// Little-endian TIFF of one directory with these entries: tag, type, count, value.
    fn tiff(entries: &[(u16, u16, u32, u32)]) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
        for (tag, kind, count, value) in entries {
            bytes.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            bytes.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
        }
        bytes.extend([0; 4]);
        bytes
    }

    #[test]
    fn a_position_is_found_in_every_container() {
        // A directory of positions right behind the first one, which points to it: a reference of latitude.
        let place = [
            tiff(&[(0x8825, 4, 1, 26)]),
            1_u16.to_le_bytes().to_vec(),
            [1_u16.to_le_bytes(), 2_u16.to_le_bytes()].concat(),
            [2_u32.to_le_bytes(), *b"N\0\0\0", [0; 4]].concat(),
        ]
        .concat();
        let empty = tiff(&[(0x0112, 3, 1, 6)]);
        for (front, back) in [
            (&b""[..], &b""[..]),
            (b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0", b"\xFF\xD9"),
            (b"\x89PNG\r\n\0\0\0\x40eXIf", b"IEND"),
            (b"RIFF\0\0\0\0WEBPEXIF\x40\0\0\0", b""),
            (b"ftypheic\0\0\0\x06Exif\0\0", b"mdat"),
        ] {
            assert!(has(&[front, &place, back].concat()), "{front:?}");
            assert!(!has(&[front, &empty, back].concat()), "{front:?}");
        }
    }

    #[test]
    fn more_blocks_than_any_document_has_are_not_trusted() {
        assert!(has(&b"Exif\0\0".repeat(MOST_BLOCKS + 1)));
        assert!(!has(&b"Exif\0\0".repeat(MOST_BLOCKS)));
    }
}
