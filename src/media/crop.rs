//! Crops: the part of a picture that a layout shows, round the spot that somebody chose.

use std::fmt;
use std::str::FromStr;

use super::FocalPoint;
use super::image::ImageNameError;
use super::rendition::{height_at, steps_up_to, widths};

/// The shapes that layouts cut pictures to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ratio {
    /// 3:2, of cards in lists.
    Card,
    /// 16:9, on top of an item.
    Head,
    /// 1:1, for whoever shows the item elsewhere.
    Square,
}

/// From a telephone's list to the leading card on a fine screen.
const CARD_WIDTHS: [u32; 5] = [320, 480, 640, 960, 1280];
const HEAD_WIDTHS: [u32; 5] = [480, 640, 960, 1280, 1920];
/// One: no layout of ours shows squares, and search engines take the one that they are told of.
const SQUARE_WIDTHS: [u32; 1] = [960];

impl Ratio {
    pub const ALL: [Self; 3] = [Self::Card, Self::Head, Self::Square];

    const fn word(self) -> &'static str {
        match self {
            Self::Card => "3x2",
            Self::Head => "16x9",
            Self::Square => "1x1",
        }
    }

    /// How many parts wide for how many parts high.
    const fn parts(self) -> (u32, u32) {
        match self {
            Self::Card => (3, 2),
            Self::Head => (16, 9),
            Self::Square => (1, 1),
        }
    }

    const fn steps(self) -> &'static [u32] {
        match self {
            Self::Card => &CARD_WIDTHS,
            Self::Head => &HEAD_WIDTHS,
            Self::Square => &SQUARE_WIDTHS,
        }
    }
}

/// A shape round a spot. The spot is one of those that style sheets know, so that a picture does not move
/// when a crop takes the place of the whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Crop {
    ratio: Ratio,
    focus: FocalPoint,
}

/// In pixels from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Crop {
    pub fn new(ratio: Ratio, focus: FocalPoint) -> Self {
        Self {
            ratio,
            focus: focus.in_steps(),
        }
    }

    pub const fn focus(self) -> FocalPoint {
        self.focus
    }

    /// The part of a picture of this size: as large as fits, and as far from the edges as the spot is.
    pub(super) fn area(self, (full_width, full_height): (u32, u32)) -> Area {
        let (across, down) = self.ratio.parts();
        let wide = full_height.saturating_mul(across) / down;
        let (width, height) = if wide < full_width {
            (wide.max(1), full_height)
        } else {
            (
                full_width,
                (full_width.saturating_mul(down) / across).max(1),
            )
        };
        let share = |room: u32, percent: u8| (room * u32::from(percent) + 50) / 100;
        Area {
            left: share(full_width - width, self.focus.x()),
            top: share(full_height.saturating_sub(height), self.focus.y()),
            width,
            height: height.min(full_height),
        }
    }

    /// Whether nothing that anybody would miss is cut away, so that the whole picture stands for the crop.
    pub fn shows_all(self, full: (u32, u32)) -> bool {
        const FEW: u32 = 100;
        let area = self.area(full);
        let is_near = |part: u32, all: u32| all - part <= all / FEW;
        is_near(area.width, full.0) && is_near(area.height, full.1)
    }

    /// The widths of its copies, in pixels, smallest first, of a picture of this size; none where the whole
    /// picture stands for it.
    pub fn widths(self, full: (u32, u32)) -> Vec<u32> {
        if self.shows_all(full) {
            return Vec::new();
        }
        // Copies are cut out of the widest one of the whole picture.
        let width = widths(full.0).last().copied().unwrap_or(1);
        let area = self.area((width, height_at(width, full.0, full.1)));
        steps_up_to(self.ratio.steps(), area.width)
    }

    pub fn height_at(self, width: u32) -> u32 {
        let (across, down) = self.ratio.parts();
        height_at(width, across, down)
    }
}

impl fmt::Display for Crop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.ratio.word(), self.focus)
    }
}

impl FromStr for Crop {
    type Err = ImageNameError;

    fn from_str(text: &str) -> Result<Self, ImageNameError> {
        let unknown = || ImageNameError::Crop(text.to_owned());
        let (word, focus) = text.split_once('-').ok_or_else(unknown)?;
        let ratio = Ratio::ALL.into_iter().find(|ratio| ratio.word() == word);
        let crop = Self::new(ratio.ok_or_else(unknown)?, focus.parse()?);
        // One crop, one name.
        if crop.to_string() == text {
            Ok(crop)
        } else {
            Err(unknown())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn crop(ratio: Ratio, x: u8, y: u8) -> Crop {
        Crop::new(ratio, FocalPoint::new(x, y).unwrap())
    }

    #[test]
    fn a_crop_is_as_large_as_fits_and_keeps_its_spot() {
        let of = |ratio, x, y| {
            let Area {
                left,
                top,
                width,
                height,
            } = crop(ratio, x, y).area((1600, 900));
            (left, top, width, height)
        };
        assert_eq!(of(Ratio::Head, 10, 90), (0, 0, 1600, 900));
        assert_eq!(of(Ratio::Card, 0, 50), (0, 0, 1350, 900));
        assert_eq!(of(Ratio::Card, 100, 50), (250, 0, 1350, 900));
        assert_eq!(of(Ratio::Square, 50, 0), (350, 0, 900, 900));
        let high = crop(Ratio::Card, 0, 25).area((600, 900));
        assert_eq!(
            (high.left, high.top, high.width, high.height),
            (0, 125, 600, 400)
        );
    }

    #[test]
    fn a_picture_of_that_shape_needs_no_crop() {
        assert!(crop(Ratio::Card, 0, 0).shows_all((6000, 4000)));
        assert!(crop(Ratio::Card, 0, 0).shows_all((1920, 1281)));
        assert!(crop(Ratio::Card, 0, 0).widths((6000, 4000)).is_empty());
        assert!(!crop(Ratio::Head, 0, 0).shows_all((6000, 4000)));
    }

    #[test]
    fn no_copy_is_wider_than_what_it_is_cut_of() {
        assert_eq!(crop(Ratio::Head, 50, 50).widths((6000, 4000)), HEAD_WIDTHS);
        assert_eq!(crop(Ratio::Square, 50, 50).widths((900, 1600)), [900]);
        // 1,920 wide, this one is 240 high.
        assert_eq!(crop(Ratio::Card, 50, 50).widths((8000, 1000)), [320, 360]);
    }

    #[test]
    fn a_crop_has_one_name() {
        assert_eq!(crop(Ratio::Card, 52, 38).to_string(), "3x2-50-40");
        for ratio in Ratio::ALL {
            let named = crop(ratio, 35, 100);
            assert_eq!(named.to_string().parse::<Crop>().unwrap(), named);
        }
        for refused in [
            "3x2-52-40",
            "3x2-05-40",
            "3x2-+5-40",
            "3x2-105-0",
            "4x3-50-50",
            "3x2-50",
            "",
        ] {
            assert!(refused.parse::<Crop>().is_err(), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn a_crop_lies_within_its_picture(
            full in (1_u32..9000, 1_u32..9000), x in 0_u8..=100, y in 0_u8..=100, which in 0_usize..3,
        ) {
            let crop = crop(Ratio::ALL[which], x, y);
            let area = crop.area(full);
            prop_assert!(area.width > 0 && area.height > 0);
            prop_assert!(area.left + area.width <= full.0 && area.top + area.height <= full.1);
            prop_assert!(crop.widths(full).is_sorted_by(|a, b| a < b));
        }
    }
}
