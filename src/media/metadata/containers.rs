//! Finds the blocks in JPEG, PNG and WebP by their structure, without copying or unpacking anything.

use super::LARGEST_BLOCK;
use crate::media::OriginalFormat;

/// The first block of each sort, none larger than [`LARGEST_BLOCK`].
#[derive(Default)]
pub(super) struct Blocks<'a> {
    /// A TIFF structure, without the name in front of it.
    pub exif: Option<&'a [u8]>,
    pub xmp: Option<&'a [u8]>,
    /// IPTC-IIM's datasets.
    pub iptc: Option<Vec<u8>>,
    /// The MD5 of the datasets when XMP was last written from them, as Photoshop notes it.
    pub iptc_digest: Option<[u8; 16]>,
}

/// So many segments or chunks are looked at: no program writes that many before the pixels.
const MOST_PARTS: usize = 2_000;

pub(super) fn blocks(bytes: &[u8], format: OriginalFormat) -> Blocks<'_> {
    match format {
        OriginalFormat::Jpeg => of_jpeg(bytes),
        OriginalFormat::Png => of_png(bytes),
        OriginalFormat::Webp => of_webp(bytes),
        OriginalFormat::Gif => Blocks::default(),
    }
}

/// Segments until the first scan (ITU-T T.81, annex B).
fn of_jpeg(bytes: &[u8]) -> Blocks<'_> {
    let mut blocks = Blocks::default();
    let mut photoshop = Vec::new();
    for (marker, content) in Segments::of(bytes).take(MOST_PARTS) {
        match marker {
            0xE1 => {
                keep(&mut blocks.exif, content.strip_prefix(b"Exif\0\0"));
                let xmp = content.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0");
                keep(&mut blocks.xmp, xmp);
            }
            // What does not fit into one segment goes on in the next.
            0xED => {
                let more = content.strip_prefix(b"Photoshop 3.0\0").unwrap_or_default();
                photoshop.extend_from_slice(more);
            }
            _ => {}
        }
    }
    (blocks.iptc, blocks.iptc_digest) = of_photoshop(&photoshop);
    blocks
}

fn keep<'a>(place: &mut Option<&'a [u8]>, found: Option<&'a [u8]>) {
    if place.is_none() {
        *place = found.filter(|block| block.len() <= LARGEST_BLOCK);
    }
}

/// The segments of a JPEG before its first scan: marker and content.
struct Segments<'a> {
    rest: &'a [u8],
}

impl<'a> Segments<'a> {
    fn of(jpeg: &'a [u8]) -> Self {
        Self {
            rest: jpeg.strip_prefix(&[0xFF, 0xD8]).unwrap_or_default(),
        }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        // Any number of fill bytes may stand before a marker.
        while let [0xFF, 0xFF, ..] = self.rest {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        let [0xFF, marker, high, low, ..] = self.rest else {
            return None;
        };
        if matches!(marker, 0x00 | 0x01 | 0xD0..=0xDA) {
            return None;
        }
        let end = 2 + usize::from(u16::from_be_bytes([*high, *low]));
        let content = self.rest.get(4..end)?;
        self.rest = self.rest.get(end..).unwrap_or_default();
        Some((*marker, content))
    }
}

/// IPTC and its digest among the image resources of Photoshop: signature, number, a name of even
/// length, content of even length.
fn of_photoshop(mut rest: &[u8]) -> (Option<Vec<u8>>, Option<[u8; 16]>) {
    const IPTC: u16 = 0x0404;
    const IPTC_DIGEST: u16 = 0x0425;
    let (mut iptc, mut digest) = (None, None);
    for _ in 0..MOST_PARTS {
        let [b'8', b'B', b'I', b'M', high, low, name_length, ..] = rest else {
            break;
        };
        let number = u16::from_be_bytes([*high, *low]);
        let name = (usize::from(*name_length) + 2) & !1;
        let Some((content, after)) = sized(rest.get(6 + name..).unwrap_or_default()) else {
            break;
        };
        match number {
            IPTC if iptc.is_none() => iptc = Some(content.to_vec()),
            IPTC_DIGEST => digest = content.try_into().ok(),
            _ => {}
        }
        rest = after.get(content.len() % 2..).unwrap_or_default();
    }
    (iptc.filter(|iptc| iptc.len() <= LARGEST_BLOCK), digest)
}

/// What stands behind its length in four bytes, and what comes then.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// Texts that are packed are not unpacked: XMP in PNG is stored plain.
fn of_png(bytes: &[u8]) -> Blocks<'_> {
    const XMP: &[u8] = b"XML:com.adobe.xmp\0\0\0";
    let mut blocks = Blocks::default();
    for (name, content) in Chunks::of(bytes).take(MOST_PARTS) {
        match name {
            b"eXIf" => keep(&mut blocks.exif, Some(content)),
            b"iTXt" => keep(
                &mut blocks.xmp,
                content.strip_prefix(XMP).and_then(international),
            ),
            _ => {}
        }
    }
    blocks
}

/// The chunks of a PNG: length, name, content, checksum.
pub(in crate::media) struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    pub(in crate::media) fn of(png: &'a [u8]) -> Self {
        Self {
            rest: png.get(8..).unwrap_or_default(),
        }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = (&'a [u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (length, named) = self.rest.split_first_chunk::<4>()?;
        let (name, from) = named.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (content, after) = from.split_at_checked(length)?;
        self.rest = after.get(4..).unwrap_or_default();
        Some((name, content))
    }
}

/// The text behind its language and its translated name.
fn international(content: &[u8]) -> Option<&[u8]> {
    let mut parts = content.splitn(3, |byte| *byte == 0);
    parts.nth(2)
}

/// Chunks of RIFF: name, length, content of even length.
fn of_webp(bytes: &[u8]) -> Blocks<'_> {
    let mut blocks = Blocks::default();
    let mut rest = bytes.get(12..).unwrap_or_default();
    for _ in 0..MOST_PARTS {
        let Some((name, sized)) = rest.split_first_chunk::<4>() else {
            break;
        };
        let Some((length, from)) = sized.split_first_chunk::<4>() else {
            break;
        };
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let Some((content, after)) = from.split_at_checked(length) else {
            break;
        };
        match name {
            // Some programs keep JPEG's name in front.
            b"EXIF" => {
                let plain = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                keep(&mut blocks.exif, Some(plain));
            }
            b"XMP " => keep(&mut blocks.xmp, Some(content)),
            _ => {}
        }
        rest = after.get(length % 2..).unwrap_or_default();
    }
    blocks
}
