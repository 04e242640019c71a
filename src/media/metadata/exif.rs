//! EXIF: description, artist, copyright and the moment, and IPTC or XMP where they stand inside.

use exif::{Context, Exif, In, Reader, Tag, Value};

use super::charset::{self, Declared};
use super::{Block, Fact, Found, found};

#[derive(Default)]
pub(super) struct InExif {
    pub found: Vec<Found>,
    pub iptc: Option<Vec<u8>>,
    pub xmp: Option<Vec<u8>>,
}

/// Cameras write these by themselves, so they describe nothing.
const OF_CAMERAS: [&str; 7] = [
    "olympus digital camera",
    "sony dsc",
    "samsung camera pictures",
    "minolta digital camera",
    "konica minolta digital camera",
    "digital camera",
    "default",
];

/// Where TIFF keeps them (Adobe's XMP specification, part 3; IPTC's in TIFF).
const XMP: Tag = Tag(Context::Tiff, 700);
const IPTC: Tag = Tag(Context::Tiff, 33_723);

pub(super) fn read(tiff: &[u8]) -> InExif {
    let Ok(exif) = Reader::new().read_raw(tiff.to_vec()) else {
        return InExif::default();
    };
    let texts = [
        (Fact::Description, Tag::ImageDescription),
        (Fact::Creator, Tag::Artist),
        (Fact::Copyright, Tag::Copyright),
        (Fact::DateCreated, Tag::DateTimeOriginal),
    ];
    let is_said = |text: &String| !OF_CAMERAS.contains(&text.trim().to_lowercase().as_str());
    let found = texts
        .into_iter()
        .filter_map(|(fact, tag)| found(fact, Block::Exif, text(&exif, tag).filter(is_said)));
    InExif {
        found: found.collect(),
        iptc: block(&exif, IPTC),
        xmp: block(&exif, XMP),
    }
}

/// The first of the texts that zero bytes divide: a copyright has a second one for the editor.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(texts) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    Some(charset::decoded(texts.first()?, Declared::Nothing))
}

fn block(exif: &Exif, tag: Tag) -> Option<Vec<u8>> {
    let value = &exif.get_field(tag, In::PRIMARY)?.value;
    if let Value::Byte(bytes) | Value::Undefined(bytes, _) = value {
        return Some(bytes.clone());
    }
    // Programs of the nineties counted IPTC in words of four bytes.
    let Value::Long(words) = value else {
        return None;
    };
    Some(words.iter().flat_map(|word| word.to_be_bytes()).collect())
}
