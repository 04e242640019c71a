//! How the newsroom looks to somebody, and whether single keys do something: their own choice.

use std::str::FromStr;

/// The colours of the newsroom's pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the device asks for it.
    #[default]
    Device,
    Light,
    Dark,
}

/// How much stands on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    #[default]
    Roomy,
    Dense,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taste {
    pub scheme: Scheme,
    pub density: Density,
    /// Whether keys are shortcuts.
    pub keys: bool,
}

impl Default for Taste {
    fn default() -> Self {
        Self {
            scheme: Scheme::default(),
            density: Density::default(),
            keys: true,
        }
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose one of those that are offered.")]
pub struct TasteError;

impl Scheme {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Scheme {
    type Err = TasteError;

    fn from_str(word: &str) -> Result<Self, TasteError> {
        [Self::Device, Self::Light, Self::Dark]
            .into_iter()
            .find(|one| one.as_str() == word)
            .ok_or(TasteError)
    }
}

impl Density {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Roomy => "roomy",
            Self::Dense => "dense",
        }
    }
}

impl FromStr for Density {
    type Err = TasteError;

    fn from_str(word: &str) -> Result<Self, TasteError> {
        [Self::Roomy, Self::Dense]
            .into_iter()
            .find(|one| one.as_str() == word)
            .ok_or(TasteError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_leads_back_to_its_choice() {
        for scheme in [Scheme::Device, Scheme::Light, Scheme::Dark] {
            assert_eq!(scheme.as_str().parse(), Ok(scheme));
        }
        for density in [Density::Roomy, Density::Dense] {
            assert_eq!(density.as_str().parse(), Ok(density));
        }
        assert_eq!("loud".parse::<Scheme>(), Err(TasteError));
        assert!(Taste::default().keys);
    }
}
