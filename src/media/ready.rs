//! Which copies of a picture are there besides the whole one as JPEG and WebP, which always are.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::FocalPoint;

const AVIF: &str = "avif";

/// Sets of copies that are there whole: pages name no others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ready(BTreeSet<String>);

/// A set of copies that is made at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopySet {
    /// The whole picture as AVIF, in every width.
    WholeAvif,
    /// Every crop round this spot as JPEG and WebP.
    Crops(FocalPoint),
    /// The same as AVIF.
    CropsAvif(FocalPoint),
}

impl CopySet {
    fn word(self) -> String {
        match self {
            Self::WholeAvif => AVIF.to_owned(),
            Self::Crops(focus) => focus.in_steps().to_string(),
            Self::CropsAvif(focus) => format!("{}.{AVIF}", focus.in_steps()),
        }
    }
}

impl Ready {
    pub fn has(&self, set: CopySet) -> bool {
        self.0.contains(&set.word())
    }

    pub fn add(&mut self, set: CopySet) {
        self.0.insert(set.word());
    }

    pub fn remove(&mut self, set: CopySet) {
        self.0.remove(&set.word());
    }

    /// The spots round which there are crops.
    pub fn spots(&self) -> Vec<FocalPoint> {
        self.0.iter().filter_map(|word| word.parse().ok()).collect()
    }
}

impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(String::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

impl FromStr for Ready {
    type Err = Infallible;

    fn from_str(words: &str) -> Result<Self, Infallible> {
        Ok(Self(words.split_whitespace().map(str::to_owned).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ready_is_kept_in_words() {
        let spot = FocalPoint::new(52, 33).unwrap();
        let mut ready = Ready::default();
        assert_eq!(ready.to_string(), "");
        for set in [
            CopySet::Crops(spot),
            CopySet::WholeAvif,
            CopySet::CropsAvif(spot),
        ] {
            assert!(!ready.has(set));
            ready.add(set);
            assert!(ready.has(set));
        }
        assert_eq!(ready.to_string(), "50-35 50-35.avif avif");
        assert_eq!("50-35 50-35.avif avif".parse::<Ready>().unwrap(), ready);
        assert_eq!(ready.spots(), [FocalPoint::new(50, 35).unwrap()]);
        ready.remove(CopySet::Crops(spot));
        assert_eq!(ready.to_string(), "50-35.avif avif");
        assert!(!ready.has(CopySet::Crops(FocalPoint::default())));
    }
}
