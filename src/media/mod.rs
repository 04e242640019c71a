//! Pictures: what staff write about them, how their bytes are taken in, and the copies that are
//! delivered. Knows bytes; no HTTP, no SQL.

pub mod avif;
mod colour;
mod copy_name;
mod crop;
pub mod files;
pub mod first_page;
pub mod full_size;
pub mod graphic;
#[cfg(test)]
mod hostile;
pub mod image;
mod inks;
pub mod intake;
pub mod labels;
mod licence;
pub mod logo;
mod look;
#[cfg(test)]
mod mangled;
mod master;
pub mod metadata;
mod moving;
pub mod paper;
pub mod proposals;
mod ready;
pub mod rendition;
#[cfg(test)]
mod samples;
mod sniff;
mod taken_on;
mod tone;
mod waiting;
pub mod wire_caption;
mod words;

pub use copy_name::CopyName;
pub use crop::{Crop, Ratio};
pub use files::{ByteCount, FileFormat, PageCount, TakenFile};
pub use first_page::PageName;
pub use image::{FocalPoint, ImageHash, ImageId, OriginalFormat, RenditionFormat};
pub use intake::{LARGEST_FILE, MOST_PIXELS, Taken, take_in};
pub use licence::{LastDay, LastDayError, Licence};
pub use look::Look;
pub use master::Master;
pub use ready::{CopySet, Ready};
pub use rendition::{RECIPE, Rendition, height_at, widths};
pub use taken_on::{TakenOn, TakenOnError};
pub use tone::Tone;
pub use waiting::{Somebody, Waiting};
pub use words::{AltText, Caption, Credit, ImageWordsError, Terms, Territory, Words};

use ::image::ImageError;

use intake::{TALLEST, WIDEST};

/// Ends every message, so that whoever is refused knows what to send instead.
const ACCEPTED: &str = "Send a JPEG, PNG, WebP or GIF of at most 40 MB and 50 megapixels.";

/// Why a file is not taken as a picture; each message is for the person who sent it.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("This file is empty. {ACCEPTED}")]
    Empty,
    #[error("This file has {}, which is {} too much. {ACCEPTED}",
        megabytes(*bytes), megabytes(bytes.saturating_sub(LARGEST_FILE)))]
    TooLarge { bytes: usize },
    #[error("This file is not a picture. {ACCEPTED}")]
    NotAnImage,
    #[error("This is {found}, which is not taken. {ACCEPTED}")]
    Unsupported { found: &'static str },
    #[error("This picture has {width} × {height} pixels, {} megapixels too many. {ACCEPTED}",
        megapixels_over(*width, *height))]
    TooManyPixels { width: u32, height: u32 },
    #[error(
        "With {width} × {height} pixels, this picture takes too much memory in the way it is saved (with 16 bits \
        per colour, transparency, or as a progressive JPEG). Save it smaller, or as a plain JPEG. {ACCEPTED}"
    )]
    TooDeep { width: u32, height: u32 },
    #[error(
        "This picture is {width} pixels wide and {height} high; crop it to at most {WIDEST} \
        times as wide as high, or {TALLEST} times as high as wide. {ACCEPTED}"
    )]
    OddShape { width: u32, height: u32 },
    #[error("This {} is damaged or cut off; save it anew. {ACCEPTED}",
        format.name())]
    Broken {
        format: OriginalFormat,
        #[source]
        source: Fault,
    },
    #[error("Smaller copies of this picture could not be made; save it as a new JPEG. {ACCEPTED}")]
    NotCopied {
        #[source]
        source: Fault,
    },
}

/// What went wrong inside, for the log and never for the page.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the file ends before its picture does")]
    CutOff,
    #[error("its colour profile unpacks to more than any profile is")]
    Profile,
    #[error("the decoder gave up")]
    Panicked,
    #[error("the decoder refused the file")]
    Decoder(#[from] ImageError),
    #[error("resizing failed")]
    Resize(#[from] fast_image_resize::ResizeError),
    #[error("the JPEG encoder failed")]
    Jpeg(#[from] jpeg_encoder::EncodingError),
    #[error("the WebP encoder failed: {0}")]
    Webp(String),
    #[error("the AVIF encoder failed: {0}")]
    Avif(String),
    #[error("somebody left the work")]
    Left,
    #[error("a picture of {width} × {height} pixels is too large for its format")]
    Size { width: u32, height: u32 },
}

/// Rounded up, so that a file one byte too large never reads as exactly large enough.
fn megabytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

fn megapixels_over(width: u32, height: u32) -> String {
    let pixels = u64::from(width) * u64::from(height);
    let tenths = pixels.saturating_sub(MOST_PIXELS).div_ceil(100_000);
    format!("{}.{}", tenths / 10, tenths % 10)
}
