//! The image as a thing: its number, its hash, its formats and the spot that crops keep.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

pub use super::words::{AltText, Caption, Credit, ImageWordsError, Terms, Words};

/// The number of an image in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(i64);

impl ImageId {
    pub const fn new(id: i64) -> Self {
        Self(id)
    }

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ImageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that names no image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageNameError {
    #[error("“{0}” is not the number of an image. Choose one from the library.")]
    Id(String),
    #[error("“{0}” is not a format of copies. Take avif, webp or jpg.")]
    Format(String),
    #[error("“{0}” is no name of a copy. Take one as in 960.jpg.")]
    Copy(String),
    #[error("“{0}” is no crop. Take one as in 3x2-50-50.")]
    Crop(String),
    #[error("“{0}” is no tone. Take six digits from 0 to f.")]
    Tone(String),
    #[error("The focal point must lie between 0 and 100 percent each way, not at {x} and {y}.")]
    FocalPoint { x: u8, y: u8 },
}

impl FromStr for ImageId {
    type Err = ImageNameError;

    fn from_str(text: &str) -> Result<Self, ImageNameError> {
        match text.parse() {
            // One image, one address: neither "+7" nor "07" names what "7" names.
            Ok(id) if text.starts_with(|digit| matches!(digit, '1'..='9')) => Ok(Self(id)),
            Ok(_) | Err(_) => Err(ImageNameError::Id(text.to_owned())),
        }
    }
}

/// The spot that every crop keeps, in percent from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FocalPoint {
    x: u8,
    y: u8,
}

impl FocalPoint {
    pub const fn new(x: u8, y: u8) -> Result<Self, ImageNameError> {
        if x > 100 || y > 100 {
            return Err(ImageNameError::FocalPoint { x, y });
        }
        Ok(Self { x, y })
    }

    pub const fn x(self) -> u8 {
        self.x
    }

    pub const fn y(self) -> u8 {
        self.y
    }

    /// How far, in percent, the nearest of those spots is at most.
    pub const ROUNDED: i64 = 2;

    /// The nearest of the spots that style sheets and crops know: they lie five percent apart.
    #[must_use]
    pub const fn in_steps(self) -> Self {
        const fn step(percent: u8) -> u8 {
            (percent + 2) / 5 * 5
        }
        Self {
            x: step(self.x),
            y: step(self.y),
        }
    }
}

impl fmt::Display for FocalPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.x, self.y)
    }
}

impl FromStr for FocalPoint {
    type Err = ImageNameError;

    fn from_str(text: &str) -> Result<Self, ImageNameError> {
        let unknown = || ImageNameError::Crop(text.to_owned());
        let (x, y) = text.split_once('-').ok_or_else(unknown)?;
        let percent = |digits: &str| digits.parse().map_err(|_no_number| unknown());
        Self::new(percent(x)?, percent(y)?)
    }
}

impl Default for FocalPoint {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

/// The first 128 bits of the SHA-256 of an original's bytes, as 32 lower-case hex digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageHash(String);

impl ImageHash {
    const BYTES: usize = 16;

    pub fn of(bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        let first = digest.iter().take(Self::BYTES);
        let number = first.fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        Self(format!("{number:032x}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The formats that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OriginalFormat {
    Jpeg,
    Png,
    Webp,
    Gif,
}

impl OriginalFormat {
    /// The name as people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
        }
    }

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
        }
    }
}

impl FromStr for OriginalFormat {
    type Err = ImageNameError;

    fn from_str(word: &str) -> Result<Self, ImageNameError> {
        let known = [Self::Jpeg, Self::Png, Self::Webp, Self::Gif]
            .into_iter()
            .find(|format| format.as_str() == word);
        known.ok_or_else(|| ImageNameError::Format(word.to_owned()))
    }
}

/// The formats that renditions are delivered in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RenditionFormat {
    Avif,
    Webp,
    Jpeg,
}

impl RenditionFormat {
    pub const ALL: [Self; 3] = [Self::Avif, Self::Webp, Self::Jpeg];
    /// Those that are there as soon as the picture is. The other takes longer to make.
    pub const AT_ONCE: [Self; 2] = [Self::Webp, Self::Jpeg];

    pub const fn mime(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The end of its address, and the word that is stored.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }
}

impl FromStr for RenditionFormat {
    type Err = ImageNameError;

    fn from_str(extension: &str) -> Result<Self, ImageNameError> {
        let known = Self::ALL
            .into_iter()
            .find(|format| format.extension() == extension);
        known.ok_or_else(|| ImageNameError::Format(extension.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_image_is_positive() {
        assert_eq!("7".parse::<ImageId>().unwrap().to_string(), "7");
        for refused in [
            "0",
            "-7",
            "+7",
            "07",
            "",
            "seven",
            "7 ",
            "9999999999999999999",
        ] {
            assert!(refused.parse::<ImageId>().is_err(), "{refused}");
        }
    }

    #[test]
    fn the_hash_is_the_first_half_of_the_digest() {
        // The digest of "abc" is printed in FIPS 180-2, appendix B.1.
        let hash = ImageHash::of(b"abc");
        assert_eq!(hash.as_str(), "ba7816bf8f01cfea414140de5dae2223");
    }

    #[test]
    fn every_format_is_found_again_by_its_word() {
        for format in RenditionFormat::ALL {
            assert_eq!(
                format.extension().parse::<RenditionFormat>().unwrap(),
                format
            );
        }
        assert!("gif".parse::<RenditionFormat>().is_err());
    }

    #[test]
    fn a_focal_point_lies_inside_the_picture() {
        assert_eq!(FocalPoint::new(50, 50).unwrap(), FocalPoint::default());
        assert_eq!(FocalPoint::new(0, 100).unwrap().y(), 100);
        assert!(FocalPoint::new(101, 0).is_err());
        assert!(FocalPoint::new(0, 101).is_err());
    }
}
