//! What a copy of a picture is called in addresses: `960.jpg`, or `3x2-50-35-640.avif` for a crop.

use std::fmt;
use std::str::FromStr;

use super::image::ImageNameError;
use super::{Crop, RenditionFormat};

/// Which copy of a picture is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CopyName {
    /// Without one, the whole picture.
    pub crop: Option<Crop>,
    /// In pixels.
    pub width: u32,
    pub format: RenditionFormat,
}

impl CopyName {
    pub const fn whole(width: u32, format: RenditionFormat) -> Self {
        Self {
            crop: None,
            width,
            format,
        }
    }
}

impl fmt::Display for CopyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(crop) = self.crop {
            write!(f, "{crop}-")?;
        }
        write!(f, "{}.{}", self.width, self.format.extension())
    }
}

impl FromStr for CopyName {
    type Err = ImageNameError;

    fn from_str(text: &str) -> Result<Self, ImageNameError> {
        let unknown = || ImageNameError::Copy(text.to_owned());
        let (size, extension) = text.split_once('.').ok_or_else(unknown)?;
        let (crop, width) = match size.rsplit_once('-') {
            Some((crop, width)) => (Some(crop.parse()?), width),
            None => (None, size),
        };
        let name = Self {
            crop,
            width: width.parse().map_err(|_no_number| unknown())?,
            format: extension.parse()?,
        };
        // One copy, one address: neither "+960.jpg" nor "0960.jpg" names what "960.jpg" names.
        if name.to_string() == text {
            Ok(name)
        } else {
            Err(unknown())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_copy_has_one_name() {
        for text in [
            "960.jpg",
            "320.webp",
            "3x2-50-35-640.avif",
            "1x1-0-100-480.jpg",
        ] {
            assert_eq!(text.parse::<CopyName>().unwrap().to_string(), text);
        }
        for refused in [
            "0960.jpg",
            "+960.jpg",
            "960",
            "960.gif",
            ".jpg",
            "-960.jpg",
            "3x2-50-35.jpg",
            "3x2-51-35-640.jpg",
            "4x3-50-50-640.jpg",
            "3x2-50-35-0640.jpg",
            "3x2-50-35--640.jpg",
            "full.jpg",
        ] {
            assert!(refused.parse::<CopyName>().is_err(), "{refused}");
        }
    }
}
