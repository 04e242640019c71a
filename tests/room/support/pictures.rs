//! Small pictures with planted metadata, and their way into a room's library.

use dateline::media::image::Words;
use dateline::media::intake::take_in;
use dateline::media::{AltText, ImageId};
use dateline::storage::StorageError;
use dateline::storage::images::{self, NewImage};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat, Rgb, RgbImage};

use super::room::Room;

/// Stands in the metadata of every picture here, and must stand in nothing that readers get.
pub(crate) const PLANTED: &str = "Serial-7781-Lat-51N";

pub(crate) fn pixels(width: u32, height: u32) -> RgbImage {
    let byte = |number: u32| number.to_le_bytes()[0];
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([byte(x / 3), byte(y / 2), byte(width)])
    })
}

/// A photo whose EXIF names a camera; no two widths give the same bytes.
pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels = pixels(width, height);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode(&pixels, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let exif = exif();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, 0xe1], &length[..], &exif].concat();
    bytes.splice(2..2, segment);
    bytes
}

/// A little-endian TIFF with one entry: the camera's make.
fn exif() -> Vec<u8> {
    const MAKE: u16 = 0x010f;
    const ASCII: u16 = 2;
    const BEHIND_THE_ENTRY: u32 = 26;
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(MAKE.to_le_bytes());
    exif.extend(ASCII.to_le_bytes());
    exif.extend(u32::try_from(PLANTED.len() + 1).unwrap().to_le_bytes());
    exif.extend(BEHIND_THE_ENTRY.to_le_bytes());
    exif.extend([0; 4]);
    exif.extend(PLANTED.as_bytes());
    exif.push(0);
    exif
}

/// The same with the fields of a wire service (IPTC-IIM, record 2) in it: number and words.
pub(crate) fn wired(width: u32, height: u32, fields: &[(u8, &str)]) -> Vec<u8> {
    let mut iptc = vec![0x1c, 1, 90, 0, 3, 0x1b, b'%', b'G'];
    for (number, words) in fields {
        iptc.extend([0x1c, 2, *number]);
        iptc.extend(u16::try_from(words.len()).unwrap().to_be_bytes());
        iptc.extend(words.as_bytes());
    }
    if iptc.len() % 2 == 1 {
        iptc.push(0);
    }
    let size = u32::try_from(iptc.len()).unwrap().to_be_bytes();
    let block = [&b"Photoshop 3.0\08BIM\x04\x04\0\0"[..], &size, &iptc].concat();
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    let mut bytes = jpeg(width, height);
    bytes.splice(2..2, [&[0xff, 0xed], &length[..], &block].concat());
    bytes
}

/// A drawing with a comment behind its header.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    const HEADER_ENDS: usize = 33;
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels(width, height)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    let mut bytes = bytes.into_inner();
    let words = format!("tEXtComment\0{PLANTED}");
    let length = u32::try_from(words.len() - 4).unwrap().to_be_bytes();
    let sum = checksum(words.as_bytes()).to_be_bytes();
    let chunk = [&length[..], words.as_bytes(), &sum].concat();
    bytes.splice(HEADER_ENDS..HEADER_ENDS, chunk);
    bytes
}

/// CRC-32 as PNG wants it (ISO 3309).
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = sum & 1;
            sum >>= 1;
            if carry == 1 {
                sum ^= 0xedb8_8320;
            }
        }
    }
    !sum
}

/// An image of the library: its number, and the hash in its addresses.
pub(crate) struct Shot {
    pub(crate) id: ImageId,
    pub(crate) hash: String,
}

impl Room {
    /// Takes a photo into the library, as somebody would who uploads and describes it.
    pub(crate) async fn photo(&self, width: u32, words: [&str; 4]) -> Shot {
        let bytes = jpeg(width, width / 2);
        self.photo_of(bytes.clone(), bytes, words).await
    }

    /// A picture whose copy in full size takes seconds: its original is far larger than anything else of it.
    pub(crate) async fn slow_photo(&self) -> Shot {
        let mut large = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(4_000, 3_000)
            .write_to(&mut large, ImageFormat::Png)
            .unwrap();
        let words = ["A quay", "A quay in fog", "Mara Lind", "Free to use"];
        self.photo_of(png(320, 160), large.into_inner(), words)
            .await
    }

    async fn photo_of(&self, bytes: Vec<u8>, original: Vec<u8>, words: [&str; 4]) -> Shot {
        let (now, by) = (self.clock.now(), self.staff.editor.id);
        let [alt, caption, credit, terms] = words;
        let words = Words {
            alt_text: AltText::written(alt).unwrap(),
            caption: caption.parse().unwrap(),
            credit: credit.parse().unwrap(),
            terms: terms.parse().unwrap(),
            taken_on: None,
            licence: dateline::media::Licence::default(),
        };
        let taken = self.store.write(move |tx| {
            let taken = take_in(&bytes).unwrap();
            let new = NewImage {
                taken: &taken,
                original: &original,
                file_name: "photo.jpg",
                by,
                now,
            };
            let id = images::add(tx, &new)?;
            images::describe(tx, id, &words)?;
            Ok::<_, StorageError>(Shot {
                id,
                hash: taken.hash.as_str().to_owned(),
            })
        });
        taken.await.unwrap()
    }
}
