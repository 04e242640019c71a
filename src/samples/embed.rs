//! Writes what an agency's photo carries into a JPEG: EXIF, IPTC-IIM and XMP,
//! as cameras and picture desks do.

use jpeg_encoder::{ColorType, Encoder};

use super::scenes::{self, Scene};

mod exif;
mod iptc;
mod xmp;

/// What the photo says of itself. Latitude and longitude are degrees, north and east positive;
/// `orientation` is EXIF's 1 to 8; `taken` reads `2018:11:22 08:30:00`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Embedded {
    pub caption: String,
    pub credit: String,
    pub by_line: String,
    pub copyright: String,
    pub latitude: f64,
    pub longitude: f64,
    pub orientation: u8,
    pub taken: String,
    pub serial: String,
}

const QUALITY: u8 = 86;
/// A thousand roofs weigh twice as much as a sky, and show less of the loss.
const QUALITY_OF_DETAIL: u8 = 79;
/// Four of these and their tags fit into one segment of 64 kB.
const LONGEST_TEXT: usize = 8_000;
/// A segment's length counts its own two bytes.
const LONGEST_SEGMENT: usize = 65_533;

/// A drawn scene as a camera would hand it over: upright at `width` by `height` once the orientation
/// is applied. Empty for a size that JPEG cannot hold.
pub(super) fn photo(scene: Scene, seed: u64, width: u32, height: u32, words: &Embedded) -> Vec<u8> {
    let Some(picture) = scenes::stored(scene, seed, (width, height), upright(words.orientation))
    else {
        return Vec::new();
    };
    let (Ok(wide), Ok(high)) = (
        u16::try_from(picture.width()),
        u16::try_from(picture.height()),
    ) else {
        return Vec::new();
    };
    let mut jpeg = Vec::new();
    let detailed = matches!(scene, Scene::Satellite);
    let encoder = Encoder::new(
        &mut jpeg,
        if detailed { QUALITY_OF_DETAIL } else { QUALITY },
    );
    match encoder.encode(picture.data(), wide, high, ColorType::Rgba) {
        Ok(()) => embed(&jpeg, words),
        Err(_source) => Vec::new(),
    }
}

/// The same JPEG with the words in it. Texts longer than a segment can hold are shortened; anything
/// that is not a JPEG comes back as it was.
pub(super) fn embed(jpeg: &[u8], words: &Embedded) -> Vec<u8> {
    let Some(rest) = jpeg.strip_prefix(&[0xFF, 0xD8]) else {
        return jpeg.to_vec();
    };
    let (jfif, image) = rest.split_at(jfif_length(rest));
    let mut out = vec![0xFF, 0xD8];
    out.extend_from_slice(jfif);
    out.extend(segment(0xE1, b"Exif\0\0", &exif::block(words)));
    out.extend(segment(
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0",
        xmp::packet(words).as_bytes(),
    ));
    out.extend(segment(0xED, b"Photoshop 3.0\0", &iptc::block(words)));
    out.extend_from_slice(image);
    out
}

fn upright(orientation: u8) -> u8 {
    if (1..=8).contains(&orientation) {
        orientation
    } else {
        1
    }
}

/// Readers expect a JFIF segment to stay first.
fn jfif_length(rest: &[u8]) -> usize {
    match rest {
        [0xFF, 0xE0, high, low, ..] => {
            let length = 2 + usize::from(u16::from_be_bytes([*high, *low]));
            if length <= rest.len() { length } else { 0 }
        }
        _ => 0,
    }
}

/// Nothing when it would not fit: a segment that lies about its length breaks the picture.
fn segment(marker: u8, name: &[u8], body: &[u8]) -> Vec<u8> {
    let length = name.len() + body.len();
    let Some(counted) = u16::try_from(length + 2)
        .ok()
        .filter(|_| length <= LONGEST_SEGMENT)
    else {
        return Vec::new();
    };
    let mut out = vec![0xFF, marker];
    out.extend(counted.to_be_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(body);
    out
}

/// No control characters (a zero byte ends an EXIF text), cut between characters.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
    {
        if out.len() + letter.len_utf8() > LONGEST_TEXT {
            break;
        }
        out.push(letter);
    }
    out
}

fn long(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use image::{ImageDecoder, ImageReader};
    use std::io::Cursor;

    use super::xmp::escaped;
    use super::*;

    fn words() -> Embedded {
        Embedded {
            caption: "Boats at the \"north\" quay <b> & \u{627}\u{644}\u{645}\u{64a}\u{646}\u{627}\u{621}".to_owned(),
            credit: "Example Agency".to_owned(),
            by_line: "A. Photographer".to_owned(),
            copyright: "\u{a9} 2018 Example".to_owned(),
            latitude: 37.935,
            longitude: -23.6367,
            orientation: 6,
            taken: "2018:11:22 08:30:00".to_owned(),
            serial: "4711-X".to_owned(),
        }
    }

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }

    fn decoder(jpeg: &[u8]) -> impl ImageDecoder + '_ {
        ImageReader::new(Cursor::new(jpeg))
            .with_guessed_format()
            .unwrap()
            .into_decoder()
            .unwrap()
    }

    #[test]
    fn a_turned_photo_decodes_sideways_and_says_how_to_turn_it() {
        let jpeg = photo(Scene::Harbour, 3, 300, 200, &words());
        let mut decoder = decoder(&jpeg);
        assert_eq!(decoder.dimensions(), (200, 300));
        assert_eq!(decoder.orientation().unwrap().to_exif(), 6);
    }

    #[test]
    fn a_turned_photo_looks_like_the_upright_one_once_turned() {
        let upright = scenes::draw(Scene::Ship, 5, 240, 160);
        for orientation in 1..=8 {
            let jpeg = photo(
                Scene::Ship,
                5,
                240,
                160,
                &Embedded {
                    orientation,
                    ..words()
                },
            );
            let turn = decoder(&jpeg).orientation().unwrap();
            let mut seen = image::load_from_memory(&jpeg).unwrap();
            seen.apply_orientation(turn);
            let seen = seen.to_rgb8();
            assert_eq!(seen.dimensions(), (240, 160));
            let apart: u64 = seen
                .as_raw()
                .iter()
                .zip(&upright)
                .map(|(a, b)| u64::from(a.abs_diff(*b)))
                .sum();
            assert!(
                apart / 115_200 < 8,
                "orientation {orientation} is off by {}",
                apart / 115_200
            );
        }
    }

    #[test]
    fn every_block_carries_the_words() {
        let jpeg = photo(Scene::Camp, 1, 120, 80, &words());
        let mut decoder = decoder(&jpeg);
        let exif = decoder.exif_metadata().unwrap().unwrap();
        let xmp = decoder.xmp_metadata().unwrap().unwrap();
        let iptc = decoder.iptc_metadata().unwrap().unwrap();
        for text in [&words().caption, &words().by_line, &words().copyright] {
            assert!(holds(&exif, text) && holds(&iptc, text), "{text}");
            assert!(holds(&xmp, &escaped(text)), "{text}");
        }
        assert!(holds(&exif, &words().taken) && holds(&exif, &words().serial));
        assert!(holds(&iptc, &words().credit) && holds(&xmp, &words().credit));
        assert!(holds(&xmp, "37,56.100000N") && holds(&xmp, "23,38.202000W"));
    }

    #[test]
    fn texts_too_long_for_a_segment_are_cut_between_characters_and_the_photo_still_decodes() {
        let long = "\"\u{20ac}".repeat(40_000);
        let all = Embedded {
            caption: long.clone(),
            credit: long.clone(),
            by_line: long.clone(),
            copyright: long,
            ..words()
        };
        let jpeg = photo(Scene::Forest, 2, 90, 60, &all);
        let mut decoder = decoder(&jpeg);
        assert!(decoder.exif_metadata().unwrap().is_some());
        let xmp = decoder.xmp_metadata().unwrap().unwrap();
        assert!(
            std::str::from_utf8(&xmp)
                .unwrap()
                .contains("&quot;\u{20ac}")
        );
        assert!(plain(&all.caption).len() <= LONGEST_TEXT);
    }

    #[test]
    fn a_segment_over_64_kilobytes_is_refused() {
        assert_eq!(
            segment(0xE1, b"", &vec![0; LONGEST_SEGMENT]).len(),
            LONGEST_SEGMENT + 4
        );
        assert!(segment(0xE1, b"x", &vec![0; LONGEST_SEGMENT]).is_empty());
    }

    #[test]
    fn what_is_not_a_jpeg_stays_as_it_is() {
        assert_eq!(embed(b"GIF89a", &words()), b"GIF89a");
        assert!(photo(Scene::Camp, 1, 0, 80, &words()).is_empty());
    }
}
