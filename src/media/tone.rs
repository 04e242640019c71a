//! What stands in for a picture until it has come: the colours of its upper and of its lower half.

use std::fmt;
use std::str::FromStr;

use ::image::DynamicImage;

use super::image::ImageNameError;

/// Red, green and blue above, then below, each in sixteen steps: as many as classes of the style sheet,
/// because no style stands in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone([u8; 6]);

/// What one step stands for.
const STEP: u8 = 17;

impl Tone {
    /// Nothing where something shows through: it would go on being seen.
    pub(super) fn of(picture: &DynamicImage) -> Option<Self> {
        if picture.color().has_alpha() {
            return None;
        }
        let halves = picture.thumbnail_exact(1, 2).into_rgb8();
        let mut steps = halves.into_raw().into_iter().map(nearest);
        let mut next = || steps.next();
        Some(Self([next()?, next()?, next()?, next()?, next()?, next()?]))
    }

    /// Each step with the word of its place: red, green and blue above, then below.
    pub fn classes(self) -> String {
        let places = ["ur", "ug", "ub", "lr", "lg", "lb"];
        let words = places.into_iter().zip(self.0);
        let words = words.map(|(place, step)| format!("{place}-{step:x}"));
        words.collect::<Vec<_>>().join(" ")
    }
}

fn nearest(colour: u8) -> u8 {
    colour.saturating_add(STEP / 2) / STEP
}

impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| write!(f, "{step:x}"))
    }
}

impl FromStr for Tone {
    type Err = ImageNameError;

    fn from_str(digits: &str) -> Result<Self, ImageNameError> {
        let steps = digits.chars().map(|digit| digit.to_digit(16));
        let steps = steps.map(|step| step.and_then(|step| u8::try_from(step).ok()));
        let steps: Option<Vec<u8>> = steps.collect();
        let six = steps.and_then(|steps| steps.try_into().ok());
        six.map(Self)
            .ok_or_else(|| ImageNameError::Tone(digits.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::image::{Rgb, RgbImage, RgbaImage};

    #[test]
    fn a_tone_is_the_colour_above_and_the_colour_below() {
        let flag = RgbImage::from_fn(40, 20, |_, y| {
            Rgb(if y < 10 { [255, 0, 34] } else { [0, 128, 0] })
        });
        let tone = Tone::of(&flag.into()).unwrap();
        assert_eq!(tone.to_string(), "f02080");
        assert_eq!("f02080".parse::<Tone>().unwrap(), tone);
        assert_eq!(tone.classes(), "ur-f ug-0 ub-2 lr-0 lg-8 lb-0");
        for refused in ["", "f0208", "f020800", "g02080"] {
            assert!(refused.parse::<Tone>().is_err(), "{refused}");
        }
    }

    #[test]
    fn nothing_stands_behind_what_is_seen_through() {
        assert!(Tone::of(&RgbaImage::new(4, 4).into()).is_none());
    }
}
