//! AVIF, whose encoder takes seconds, and some forty bytes of memory for each pixel: pixels are handed to whoever encodes
//! them as bytes, so that it can be another process.

use ::image::DynamicImage;
use ravif::{Encoder, Img};
use rgb::FromSlice;

use super::Fault;

/// Where artefacts stop showing on photos; each encoder counts in its own way.
const QUALITY: f32 = 62.0;
/// From 1 to 10: slower ones win a few percent of the bytes.
const SPEED: u8 = 8;

/// Makes an AVIF out of what [`asked`] wrote.
pub type Encodes<'a> = &'a dyn Fn(&[u8]) -> Result<Vec<u8>, Fault>;

/// Width and height in pixels (32 bits each, little-endian), then the pixels, line by line, as RGB or RGBA.
pub(super) fn asked(picture: &DynamicImage) -> Vec<u8> {
    let (width, height) = (picture.width(), picture.height());
    [
        &width.to_le_bytes()[..],
        &height.to_le_bytes(),
        picture.as_bytes(),
    ]
    .concat()
}

/// On one thread. A picture that is not whole is no picture.
pub fn encode(asked: &[u8]) -> Result<Vec<u8>, Fault> {
    let not_whole = || Fault::Avif("its pixels are not whole".to_owned());
    let (width, rest) = asked.split_first_chunk().ok_or_else(not_whole)?;
    let (height, pixels) = rest.split_first_chunk().ok_or_else(not_whole)?;
    let side = |bytes| usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX);
    let (width, height) = (side(*width), side(*height));
    let count = width.saturating_mul(height);
    let encoder = Encoder::new()
        .with_quality(QUALITY)
        .with_alpha_quality(QUALITY)
        .with_speed(SPEED)
        .with_num_threads(Some(1));
    let made = if count == 0 {
        return Err(not_whole());
    } else if pixels.len() == count.saturating_mul(3) {
        encoder.encode_rgb(Img::new(pixels.as_rgb(), width, height))
    } else if pixels.len() == count.saturating_mul(4) {
        encoder.encode_rgba(Img::new(pixels.as_rgba(), width, height))
    } else {
        return Err(not_whole());
    };
    match made {
        Ok(made) => Ok(made.avif_file),
        Err(source) => Err(Fault::Avif(source.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::scene;
    use super::*;

    #[test]
    fn pixels_come_back_as_a_picture_with_and_without_transparency() {
        let plain = DynamicImage::from(scene(64, 48));
        for picture in [plain.clone(), plain.to_rgba8().into()] {
            let made = encode(&asked(&picture)).unwrap();
            assert_eq!(made.get(4..12), Some(&b"ftypavif"[..]));
        }
    }

    #[test]
    fn what_is_not_whole_is_no_picture() {
        let whole = asked(&DynamicImage::from(scene(64, 48)));
        for bytes in [
            &b""[..],
            &whole[..7],
            &whole[..8],
            &whole[..whole.len() - 1],
            &[0; 8],
            &[255; 8],
        ] {
            assert!(matches!(encode(bytes), Err(Fault::Avif(_))));
        }
    }
}
