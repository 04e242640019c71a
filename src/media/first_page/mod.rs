//! The first page of a PDF as a picture. Whoever draws it does so in a process of its own, because a PDF can
//! be made to keep a program busy for ever: here are the drawing, the way between the two, and the copies.

mod drawing;
mod page_name;
#[cfg(test)]
mod tests;

use ::image::{DynamicImage, RgbImage};

use super::{Fault, RenditionFormat, avif, rendition};

pub use drawing::{Undrawable, draw};
pub use page_name::PageName;

/// A page as it was drawn, larger than any copy of it, so that small print still has its grey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnPage(RgbImage);

/// One copy of a page, ready to be delivered. It is made of pixels, so nothing else is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageCopy {
    pub name: PageName,
    pub height: u32,
    pub bytes: Vec<u8>,
}

impl DrawnPage {
    /// In pixels.
    pub const WIDTH: u16 = 640;
    /// Of a longer page, the top is drawn.
    pub const HIGHEST: u16 = 1280;
    /// The most bytes that a page is sent in.
    pub const LONGEST: usize = HEAD + 1280 * LINE;

    /// Width and height in four bytes each, the highest first, then the pixels line by line.
    pub fn sent(&self) -> Vec<u8> {
        let size = [self.0.width(), self.0.height()];
        let mut bytes: Vec<u8> = size.into_iter().flat_map(u32::to_be_bytes).collect();
        bytes.extend_from_slice(self.0.as_raw());
        bytes
    }

    /// Nothing unless these are exactly the bytes of a page: who sent them may be in other hands by now.
    pub fn received(bytes: &[u8]) -> Option<Self> {
        let (width, rest) = bytes.split_first_chunk()?;
        let (height, pixels) = rest.split_first_chunk()?;
        let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
        let is_one = width == u32::from(Self::WIDTH)
            && (1..=u32::from(Self::HIGHEST)).contains(&height)
            && usize::try_from(height).is_ok_and(|lines| pixels.len() == lines * LINE);
        if !is_one {
            return None;
        }
        RgbImage::from_raw(width, height, pixels.to_vec()).map(Self)
    }

    /// In every size and format, the smallest first.
    pub fn copies(self) -> Result<Vec<PageCopy>, Fault> {
        let full = (self.0.width(), self.0.height());
        let page = DynamicImage::ImageRgb8(self.0);
        let mut copies = Vec::new();
        for width in PageName::WIDTHS {
            let height = rendition::height_at(width, full.0, full.1);
            let copy = rendition::resized(&page, width, height)?;
            for format in RenditionFormat::AT_ONCE {
                copies.push(PageCopy {
                    name: PageName { width, format },
                    height,
                    bytes: rendition::encoded(&copy, format, &avif::encode)?,
                });
            }
        }
        Ok(copies)
    }
}

/// How many bytes say the size, and how many a line of pixels has.
const HEAD: usize = 8;
const LINE: usize = 640 * 3;
