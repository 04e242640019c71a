//! Small pictures for the tests, drawn in memory, with whatever a hostile or careless sender
//! puts into them.

use ::image::codecs::{png::PngEncoder, webp::WebPEncoder};
use ::image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use std::io::Cursor;

use super::{RenditionFormat, Taken, take_in};

/// Planted wherever a format has room for words; must come out nowhere.
pub(super) const MARKER: &str = "N0NE-0F-Y0UR-BUS1NESS";

pub(super) const RED: [u8; 3] = [200, 30, 30];
pub(super) const GREEN: [u8; 3] = [30, 160, 60];

/// Red on the left, green on the right.
pub(super) fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 { RED } else { GREEN })
    })
}

pub(super) fn saved(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let (width, height) = picture.dimensions();
    coded(picture, (width, height), ColorType::Rgb)
}

pub(super) fn coded(pixels: &[u8], size: (u32, u32), colour: ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (size.0.try_into().unwrap(), size.1.try_into().unwrap());
    Encoder::new(&mut bytes, 95)
        .encode(pixels, width, height, colour)
        .unwrap();
    bytes
}

/// A JPEG with one more segment behind its first two bytes.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// A JPEG that carries this colour profile.
pub(super) fn with_profile(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xE2, &[b"ICC_PROFILE\0\x01\x01", profile].concat())
}

/// EXIF with an orientation, a maker and a position on Earth.
pub(super) fn exif(orientation: u16) -> Vec<u8> {
    let maker_length = u32::try_from(MARKER.len()).unwrap().to_be_bytes();
    let [high, low] = orientation.to_be_bytes();
    let mut exif = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    exif.extend([&[0x01, 0x0F, 0, 2][..], &maker_length, &[0, 0, 0, 80]].concat());
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, high, low, 0, 0]);
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50, 0, 0, 0, 0]);
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    exif.resize(80, 0);
    exif.extend(MARKER.bytes());
    exif
}

pub(super) fn with_exif(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    with_segment(jpeg, 0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat())
}

/// A JPEG with words in every place that cameras and agencies use.
pub(super) fn talkative_jpeg() -> Vec<u8> {
    let marker = MARKER.as_bytes();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0<x>", marker, b"</x>"].concat();
    let iptc = [
        b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x1A\x1C\x02\x78\0\x15",
        marker,
    ]
    .concat();
    let jpeg = with_exif(&jpeg(&scene(400, 300)), 1);
    let jpeg = with_segment(&jpeg, 0xE1, &xmp);
    let jpeg = with_segment(&jpeg, 0xED, &iptc);
    let jpeg = with_profile(&jpeg, marker);
    [with_segment(&jpeg, 0xFE, marker), marker.to_vec()].concat()
}

pub(super) fn talkative_png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(MARKER.into()).unwrap();
    encoder.set_exif_metadata(exif(6)).unwrap();
    let (width, height) = (40, 30);
    encoder
        .write_image(
            &scene(width, height),
            width,
            height,
            ::image::ExtendedColorType::Rgb8,
        )
        .unwrap();
    with_chunk(
        &bytes,
        *b"tEXt",
        &[b"Comment\0", MARKER.as_bytes()].concat(),
    )
}

pub(super) fn talkative_webp() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_icc_profile(MARKER.into()).unwrap();
    encoder.set_exif_metadata(exif(6)).unwrap();
    let (width, height) = (40, 30);
    encoder
        .write_image(
            &scene(width, height),
            width,
            height,
            ::image::ExtendedColorType::Rgb8,
        )
        .unwrap();
    bytes
}

pub(super) fn talkative_gif() -> Vec<u8> {
    let gif = saved(
        DynamicImage::from(scene(40, 30)).into_rgba8(),
        ImageFormat::Gif,
    );
    let (trailer, frames) = gif.split_last().unwrap();
    let length = u8::try_from(MARKER.len()).unwrap();
    [
        frames,
        &[0x21, 0xFE, length],
        MARKER.as_bytes(),
        &[0, *trailer],
    ]
    .concat()
}

/// A PNG with one more chunk behind its header.
pub(super) fn with_chunk(png: &[u8], kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let (header, rest) = png.split_at(8 + 25);
    [header, &raw_chunk(kind, content), rest].concat()
}

/// A WebP with one more chunk at its end.
pub(super) fn with_riff_chunk(webp: &[u8], name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let pad = vec![0; content.len() % 2];
    let mut bytes = [webp, &name, &length, content, &pad].concat();
    let claimed = u32::try_from(bytes.len() - 8).unwrap().to_le_bytes();
    bytes[4..8].copy_from_slice(&claimed);
    bytes
}

/// The header of a PNG that claims this size, and next to nothing behind it.
pub(super) fn claiming_png(width: u32, height: u32) -> Vec<u8> {
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 6, 0, 0, 0],
    ]
    .concat();
    let parts = [
        raw_chunk(*b"IHDR", &header),
        raw_chunk(*b"IDAT", b"\x78\x9C"),
        raw_chunk(*b"IEND", b""),
    ];
    [b"\x89PNG\r\n\x1A\n".to_vec(), parts.concat()].concat()
}

/// One chunk of a PNG with its checksum.
pub(super) fn raw_chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let checked = [&kind[..], content].concat();
    let sum = checked.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 * (sum & 1))
        })
    });
    [&length[..], &checked, &(!sum).to_be_bytes()].concat()
}

/// The widest rendition in this format, decoded.
pub(super) fn widest(taken: &Taken, format: RenditionFormat) -> DynamicImage {
    let of_format = |copy: &&super::Rendition| copy.name.format == format;
    let copy = taken.renditions.iter().rfind(of_format).unwrap();
    ::image::load_from_memory(&copy.bytes).unwrap()
}

/// Whether a colour is what it should be, give or take what compression does.
pub(super) fn is_close(colour: [u8; 3], wanted: [u8; 3]) -> bool {
    colour
        .iter()
        .zip(wanted)
        .all(|(is, wanted)| is.abs_diff(wanted) <= 12)
}

pub(super) fn colour_at(taken: &Taken, format: RenditionFormat, x: u32, y: u32) -> [u8; 3] {
    widest(taken, format).to_rgb8().get_pixel(x, y).0
}

/// The colour in the middle of a picture, as a JPEG reader gets it.
pub(super) fn middle(bytes: &[u8]) -> [u8; 3] {
    let taken = take_in(bytes).unwrap();
    colour_at(
        &taken,
        RenditionFormat::Jpeg,
        taken.width / 2,
        taken.height / 2,
    )
}
