//! How a picture looks, in 64 bits, so that the same photo is known again in another size, format or
//! quality: for each of 8 × 8 fields, whether it is brighter than the one at its right (a difference hash).

use ::image::imageops::{self, FilterType};
use ::image::load_from_memory;

use super::{Rendition, RenditionFormat};

/// How a picture looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look(u64);

impl Look {
    /// In how many bits two looks may differ and still be taken for one photo. Files that were saved
    /// anew, smaller or a little brighter, differ in a handful. Two that have nothing to do with each
    /// other differ in 32 on average; that such a pair differs in ten or fewer happens once in a
    /// hundred million, so among 200,000 pictures hardly ever.
    const ALIKE: u32 = 10;

    /// How the picture looks whose renditions these are; nothing where it is too plain to tell, or
    /// where no rendition can be read.
    pub fn of(renditions: &[Rendition]) -> Option<Self> {
        let jpegs = renditions
            .iter()
            .filter(|copy| copy.name.format == RenditionFormat::Jpeg);
        let smallest = jpegs.min_by_key(|copy| copy.name.width)?;
        Self::of_file(&smallest.bytes)
    }

    /// The same out of the bytes of one rendition.
    pub fn of_file(bytes: &[u8]) -> Option<Self> {
        const FIELDS: u32 = 8;
        let grey = load_from_memory(bytes).ok()?.to_luma8();
        let small = imageops::resize(&grey, FIELDS + 1, FIELDS, FilterType::Triangle);
        let mut bits = 0_u64;
        for y in 0..FIELDS {
            for x in 0..FIELDS {
                let brighter = small.get_pixel(x, y).0 > small.get_pixel(x + 1, y).0;
                bits = bits << 1 | u64::from(brighter);
            }
        }
        let look = Self(bits);
        look.tells_something().then_some(look)
    }

    /// A plain surface, or one that only grows darker, looks like every other one.
    const fn tells_something(self) -> bool {
        const FEW: u32 = 4;
        let ones = self.0.count_ones();
        ones >= FEW && ones <= u64::BITS - FEW
    }

    /// Whether two pictures are most likely the same photo.
    pub const fn is_like(self, other: Self) -> bool {
        self.distance(other) <= Self::ALIKE
    }

    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// As a column holds it.
    pub const fn bits(self) -> i64 {
        self.0.cast_signed()
    }

    pub const fn from_bits(bits: i64) -> Self {
        Self(bits.cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    use ::image::{DynamicImage, ImageFormat, Rgb, RgbImage};

    use super::super::samples::{jpeg, saved};
    use super::*;

    /// Blobs of light in places that depend on `seed`.
    fn photo(seed: u32, width: u32, height: u32) -> RgbImage {
        let spot = |number: u32| {
            let mixed = (seed * 7 + number).wrapping_mul(2_654_435_761) >> 8;
            (mixed % 100, mixed / 100 % 100)
        };
        RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = (x * 100 / width, y * 100 / height);
            let light = (0..12).map(spot).map(|(a, b)| {
                let far = x.abs_diff(a).pow(2) + y.abs_diff(b).pow(2);
                12_000 / (far + 60)
            });
            let light = u8::try_from(light.sum::<u32>().min(255)).unwrap();
            Rgb([light, light / 2 + 60, 255 - light])
        })
    }

    #[test]
    fn a_photo_is_known_again_smaller_in_another_format_and_brighter() {
        for seed in 1..20 {
            let look = Look::of_file(&jpeg(&photo(seed, 640, 400))).unwrap();
            let small = Look::of_file(&saved(photo(seed, 320, 200), ImageFormat::Png)).unwrap();
            let brighter = DynamicImage::from(photo(seed, 640, 400))
                .brighten(12)
                .to_rgb8();
            let brighter = Look::of_file(&jpeg(&brighter)).unwrap();
            assert!(look.is_like(small), "{seed}: {}", look.distance(small));
            assert!(
                look.is_like(brighter),
                "{seed}: {}",
                look.distance(brighter)
            );
        }
    }

    #[test]
    fn other_photos_are_other_photos() {
        let looks: Vec<Look> = (1..40)
            .map(|seed| Look::of_file(&jpeg(&photo(seed, 320, 200))).unwrap())
            .collect();
        for (at, one) in looks.iter().enumerate() {
            for other in looks.iter().skip(at + 1) {
                assert!(!one.is_like(*other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_plain_surface_is_like_nothing_and_bytes_that_are_no_picture_neither() {
        let plain = RgbImage::from_pixel(320, 200, Rgb([90, 90, 90]));
        assert_eq!(Look::of_file(&saved(plain, ImageFormat::Png)), None);
        assert_eq!(Look::of_file(b"no picture"), None);
        assert_eq!(Look::of(&[]), None);
    }

    #[test]
    fn a_column_gives_back_what_it_was_given() {
        for bits in [0x8000_0000_0000_000f, 0x0f0f_0f0f_0f0f_0f0f] {
            assert_eq!(Look::from_bits(Look(bits).bits()), Look(bits));
        }
    }
}
