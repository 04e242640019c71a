//! The room's own pictures, made small enough for every page, or refused where nobody would see them.

use std::panic::catch_unwind;

use ::image::imageops::FilterType;
use ::image::{DynamicImage, ImageFormat};

use super::intake::developed;
use super::{Fault, LARGEST_FILE, MediaError, colour, sniff};
use crate::keys::hex;
use sha2::{Digest, Sha256};

/// In pixels: three for each that it takes on the page, so that it is sharp on every screen.
const LARGEST_LOGO: (u32, u32) = (720, 192);
const SMALLEST_LOGO: u32 = 32;
/// An icon is as wide as high.
const ICON: u32 = 192;

/// Of all pixels, in a hundred: so many must be seen on white paper.
const SEEN: usize = 1;
/// Of the pixels that are there, in a hundred: so many must be seen on dark paper.
const MOST: usize = 60;
/// As a contrast to be seen by (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;
/// The relative luminance of the dark page.
const DARK: f64 = 0.006;

/// A logo or an icon as it is kept.
#[derive(Debug)]
pub struct DrawnLogo {
    /// A PNG without any metadata.
    pub bytes: Vec<u8>,
    /// SHA-256 of them, in hexadecimal.
    pub hash: String,
    pub width: u32,
    pub height: u32,
    /// Whether it needs a white field where the page is dark.
    pub needs_white: bool,
}

/// Why a picture cannot be the room's logo or icon.
#[derive(Debug, thiserror::Error)]
pub enum LogoFileError {
    #[error(transparent)]
    Picture(#[from] MediaError),
    #[error("This logo has {width} × {height} pixels; {SMALLEST_LOGO} each way are the least.")]
    TooSmall { width: u32, height: u32 },
    #[error(
        "An icon is as wide as high, with at least {ICON} pixels each way; this picture has \
         {width} × {height}."
    )]
    NoIcon { width: u32, height: u32 },
    #[error("Nobody would see this on a white page. Choose a darker one.")]
    Unseen,
}

/// A logo, shrunk to fit onto every page; it is never enlarged.
pub fn logo(bytes: &[u8]) -> Result<DrawnLogo, LogoFileError> {
    let picture = opened(bytes)?;
    let (width, height) = (picture.width(), picture.height());
    if width.min(height) < SMALLEST_LOGO {
        return Err(LogoFileError::TooSmall { width, height });
    }
    let (widest, highest) = LARGEST_LOGO;
    let sight = Sight::of(&picture)?;
    let is_large = width > widest || height > highest;
    let fitting = if is_large {
        picture.resize(widest, highest, FilterType::Lanczos3)
    } else {
        picture
    };
    drawn(fitting, &sight)
}

/// An icon of 192 × 192 pixels.
pub fn icon(bytes: &[u8]) -> Result<DrawnLogo, LogoFileError> {
    let picture = opened(bytes)?;
    let (width, height) = (picture.width(), picture.height());
    if width != height || width < ICON {
        return Err(LogoFileError::NoIcon { width, height });
    }
    let sight = Sight::of(&picture)?;
    drawn(
        picture.resize_exact(ICON, ICON, FilterType::Lanczos3),
        &sight,
    )
}

fn opened(bytes: &[u8]) -> Result<DynamicImage, MediaError> {
    if bytes.len() > LARGEST_FILE {
        return Err(MediaError::TooLarge { bytes: bytes.len() });
    }
    let format = sniff::format(bytes)?;
    // As with photos, a decoder that trips costs its sender a sentence.
    let picture = catch_unwind(|| {
        let developed = developed(bytes, format)?;
        let mut upright = colour::to_eight_bits(developed.pixels);
        upright.apply_orientation(developed.orientation);
        Ok(colour::to_srgb(upright, developed.profile.as_deref()))
    });
    picture.unwrap_or_else(|_panic| {
        let source = Fault::Panicked;
        Err(MediaError::Broken { format, source })
    })
}

fn drawn(picture: DynamicImage, sight: &Sight) -> Result<DrawnLogo, LogoFileError> {
    let pixels = picture.into_rgba8();
    let (width, height) = pixels.dimensions();
    let mut bytes = Vec::new();
    let mut png = std::io::Cursor::new(&mut bytes);
    let written = pixels.write_to(&mut png, ImageFormat::Png);
    written.map_err(|source| MediaError::NotCopied {
        source: source.into(),
    })?;
    Ok(DrawnLogo {
        hash: hex(&Sha256::digest(&bytes)),
        bytes,
        width,
        height,
        needs_white: sight.needs_white(),
    })
}

/// How many pixels there are, how many let no paper through, and how many of those are seen on which.
#[derive(Default)]
struct Sight {
    all: usize,
    there: usize,
    on_white: usize,
    on_dark: usize,
}

impl Sight {
    /// Of the picture as it was sent: shrunk, thin lines are hardly there.
    fn of(picture: &DynamicImage) -> Result<Self, LogoFileError> {
        const HALF: u8 = 128;
        let mut sight = Self::default();
        for pixel in picture.to_rgba8().pixels() {
            let [red, green, blue, opacity] = pixel.0;
            sight.all += 1;
            if opacity < HALF {
                continue;
            }
            let light = luminance([red, green, blue]);
            sight.there += 1;
            sight.on_white += usize::from(1.05 / (light + 0.05) >= CONTRAST);
            sight.on_dark += usize::from((light + 0.05) / (DARK + 0.05) >= CONTRAST);
        }
        if sight.on_white * 100 < sight.all * SEEN {
            return Err(LogoFileError::Unseen);
        }
        Ok(sight)
    }

    /// What has paper of its own is seen everywhere.
    const fn needs_white(&self) -> bool {
        self.there < self.all && self.on_dark * 100 < self.there * MOST
    }
}

/// Relative luminance as WCAG 2.2 defines it, 0 to 1.
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use ::image::{Rgba, RgbaImage, load_from_memory};

    use super::*;

    /// A bar of this colour on transparent paper.
    fn bar(size: (u32, u32), colour: [u8; 4]) -> Vec<u8> {
        let pixels = RgbaImage::from_fn(size.0, size.1, |_, y| {
            Rgba(if y % 4 == 0 { colour } else { [0; 4] })
        });
        png(pixels)
    }

    fn png(pixels: RgbaImage) -> Vec<u8> {
        super::super::samples::saved(pixels, ImageFormat::Png)
    }

    #[test]
    fn a_logo_fits_and_is_never_enlarged() {
        let large = logo(&bar((1_440, 300), [0, 0, 0, 255])).unwrap();
        assert_eq!((large.width, large.height), (720, 150));
        let kept = load_from_memory(&large.bytes).unwrap();
        assert_eq!((kept.width(), kept.height()), (720, 150));
        let small = logo(&bar((100, 40), [0, 0, 0, 255])).unwrap();
        assert_eq!((small.width, small.height), (100, 40));
        let tiny = logo(&bar((100, 20), [0, 0, 0, 255])).unwrap_err();
        assert!(tiny.to_string().contains("100 × 20"), "{tiny}");
    }

    #[test]
    fn an_icon_is_a_square() {
        let made = icon(&bar((400, 400), [0, 0, 0, 255])).unwrap();
        assert_eq!((made.width, made.height), (192, 192));
        assert!(icon(&bar((400, 399), [0, 0, 0, 255])).is_err());
        assert!(icon(&bar((100, 100), [0, 0, 0, 255])).is_err());
    }

    #[test]
    fn what_nobody_would_see_is_refused_and_what_is_dark_gets_a_white_field() {
        let white = logo(&bar((200, 80), [255, 255, 255, 255])).unwrap_err();
        assert!(matches!(white, LogoFileError::Unseen));
        let nothing = logo(&bar((200, 80), [0, 0, 0, 0])).unwrap_err();
        assert!(matches!(nothing, LogoFileError::Unseen));
        assert!(logo(&bar((200, 80), [0, 0, 0, 255])).unwrap().needs_white);
        assert!(
            !logo(&bar((200, 80), [220, 60, 60, 255]))
                .unwrap()
                .needs_white
        );
        // Black letters on white paper of their own.
        let paper = RgbaImage::from_fn(200, 80, |x, _| {
            Rgba([if x < 20 { 0 } else { 255 }, 0, 0, 255])
        });
        assert!(!logo(&png(paper)).unwrap().needs_white);
    }

    #[test]
    fn what_is_no_picture_is_refused_with_its_name() {
        let drawing = logo(b"<svg xmlns='x' onload='x()'/>").unwrap_err();
        assert!(drawing.to_string().starts_with("This is an SVG drawing"));
    }
}
