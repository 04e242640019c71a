//! What a copy of a first page is called in addresses: `page-320.webp`.

use std::fmt;
use std::str::FromStr;

use crate::media::RenditionFormat;
use crate::media::image::ImageNameError;

/// Which copy of a first page is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageName {
    /// In pixels.
    pub width: u32,
    pub format: RenditionFormat,
}

impl PageName {
    /// For plain screens.
    pub const SMALLEST: u32 = 160;
    /// And for those with twice as many pixels.
    pub const WIDTHS: [u32; 2] = [Self::SMALLEST, 320];

    /// Every copy that there can be.
    pub fn all() -> impl Iterator<Item = Self> {
        let each = |width| RenditionFormat::AT_ONCE.map(|format| Self { width, format });
        Self::WIDTHS.into_iter().flat_map(each)
    }
}

impl fmt::Display for PageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page-{}.{}", self.width, self.format.extension())
    }
}

impl FromStr for PageName {
    type Err = ImageNameError;

    /// One copy, one address; any other is made up.
    fn from_str(text: &str) -> Result<Self, ImageNameError> {
        let known = Self::all().find(|name| name.to_string() == text);
        known.ok_or_else(|| ImageNameError::Copy(text.to_owned()))
    }
}
