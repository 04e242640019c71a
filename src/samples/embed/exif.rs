//! The EXIF block: a big-endian TIFF with what cameras write (Exif 2.32).

use super::{Embedded, long, plain, upright};

/// Seconds of arc are written in ten thousandths.
pub(super) const ARC_PARTS: u32 = 10_000;

/// One entry of a TIFF directory: tag, type, count and the value's bytes (TIFF 6.0, section 2).
struct Entry(u16, u16, usize, Vec<u8>);

impl Entry {
    fn text(tag: u16, text: &str) -> Self {
        let mut bytes = plain(text).into_bytes();
        bytes.push(0);
        Self(tag, 2, bytes.len(), bytes)
    }

    fn bytes(tag: u16, bytes: &[u8]) -> Self {
        Self(tag, 1, bytes.len(), bytes.to_vec())
    }

    fn short(tag: u16, value: u16) -> Self {
        Self(tag, 3, 1, value.to_be_bytes().to_vec())
    }

    fn offset(tag: u16, value: usize) -> Self {
        Self(tag, 4, 1, long(value).to_vec())
    }

    fn undefined(tag: u16, bytes: &[u8]) -> Self {
        Self(tag, 7, bytes.len(), bytes.to_vec())
    }

    fn arc(tag: u16, degrees: f64) -> Self {
        let (degrees, minutes, parts) = arc(degrees);
        let fractions = [(degrees, 1), (minutes, 1), (parts, ARC_PARTS)];
        let bytes = fractions
            .iter()
            .flat_map(|(top, low)| [top.to_be_bytes(), low.to_be_bytes()]);
        Self(tag, 5, 3, bytes.flatten().collect())
    }

    /// Up to four bytes live in the entry itself, more behind the directory at even places.
    fn outside(&self) -> usize {
        if self.3.len() > 4 {
            self.3.len().next_multiple_of(2)
        } else {
            0
        }
    }
}

/// Whole degrees, whole minutes and ten thousandths of seconds.
pub(super) fn arc(degrees: f64) -> (u32, u32, u32) {
    let parts = whole(degrees.abs().min(180.0) * 3_600.0 * f64::from(ARC_PARTS));
    let minute = u64::from(ARC_PARTS) * 60;
    let small = |value: u64| u32::try_from(value).unwrap_or(0);
    (
        small(parts / (minute * 60)),
        small(parts / minute % 60),
        small(parts % minute),
    )
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is finite, positive and far below 2^53"
)]
fn whole(value: f64) -> u64 {
    value.round() as u64
}

/// A TIFF of three directories: the picture, the camera, the place.
pub(super) fn block(words: &Embedded) -> Vec<u8> {
    let (camera, place) = (camera(words), place(words));
    let start = 8;
    let after = start + size(&picture(words, (0, 0)));
    let pointers = (after, after + size(&camera));
    let mut out = b"MM\0\x2A\0\0\0\x08".to_vec();
    out.extend(directory(&picture(words, pointers), start));
    out.extend(directory(&camera, pointers.0));
    out.extend(directory(&place, pointers.1));
    out
}

fn picture(words: &Embedded, (camera, place): (usize, usize)) -> Vec<Entry> {
    vec![
        Entry::text(0x010E, &words.caption),
        Entry::short(0x0112, u16::from(upright(words.orientation))),
        Entry::text(0x0132, &words.taken),
        Entry::text(0x013B, &words.by_line),
        Entry::text(0x8298, &words.copyright),
        Entry::offset(0x8769, camera),
        Entry::offset(0x8825, place),
    ]
}

fn camera(words: &Embedded) -> Vec<Entry> {
    vec![
        Entry::undefined(0x9000, b"0232"),
        Entry::text(0x9003, &words.taken),
        Entry::text(0xA431, &words.serial),
    ]
}

fn place(words: &Embedded) -> Vec<Entry> {
    vec![
        Entry::bytes(0x0000, &[2, 3, 0, 0]),
        Entry::text(0x0001, north(words.latitude)),
        Entry::arc(0x0002, words.latitude),
        Entry::text(0x0003, east(words.longitude)),
        Entry::arc(0x0004, words.longitude),
    ]
}

pub(super) fn north(latitude: f64) -> &'static str {
    if latitude < 0.0 { "S" } else { "N" }
}

pub(super) fn east(longitude: f64) -> &'static str {
    if longitude < 0.0 { "W" } else { "E" }
}

fn size(entries: &[Entry]) -> usize {
    2 + entries.len() * 12 + 4 + entries.iter().map(Entry::outside).sum::<usize>()
}

fn directory(entries: &[Entry], start: usize) -> Vec<u8> {
    let mut out = u16::try_from(entries.len())
        .unwrap_or(0)
        .to_be_bytes()
        .to_vec();
    let mut behind = Vec::new();
    let values = start + 2 + entries.len() * 12 + 4;
    for entry in entries {
        let Entry(tag, kind, count, bytes) = entry;
        out.extend(tag.to_be_bytes());
        out.extend(kind.to_be_bytes());
        out.extend(long(*count));
        if entry.outside() == 0 {
            out.extend(bytes.iter().copied().chain([0; 4]).take(4));
        } else {
            out.extend(long(values + behind.len()));
            behind.extend(bytes.iter().copied().chain([0]).take(entry.outside()));
        }
    }
    out.extend([0; 4]);
    out.extend(behind);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_never_round_up_to_sixty_minutes() {
        assert_eq!(arc(-0.999_999_999_9), (1, 0, 0));
    }

    #[test]
    fn every_offset_points_behind_its_directory() {
        let words = Embedded {
            caption: "odd".to_owned(),
            ..Embedded::default()
        };
        let entries = picture(&words, (0, 0));
        assert_eq!(directory(&entries, 8).len(), size(&entries));
    }
}
