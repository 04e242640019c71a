//! What staff write about an image: alt text, caption, credit and terms, kept apart on purpose.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::{Licence, TakenOn};
use crate::keys::hex;

/// What an image is for those who cannot see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum AltText {
    /// Nobody has looked at it yet.
    #[default]
    Unwritten,
    /// A person said that the image adds nothing to the text around it.
    Decorative,
    /// What the image shows; never empty.
    Written(String),
}

impl AltText {
    /// The longest alt text, in characters.
    pub const LONGEST: usize = 600;

    /// Takes what a person typed, without the space around it.
    pub fn written(typed: &str) -> Result<Self, ImageWordsError> {
        let straight = one_direction(typed);
        let text = straight.trim();
        if text.is_empty() {
            return Err(ImageWordsError::EmptyAltText);
        }
        if text.chars().any(char::is_control) {
            return Err(ImageWordsError::LineOrControl { what: "alt text" });
        }
        fits("alt text", text, Self::LONGEST)?;
        Ok(Self::Written(text.to_owned()))
    }

    /// Whether a person has decided what the image says to those who cannot see it.
    pub const fn is_settled(&self) -> bool {
        !matches!(self, Self::Unwritten)
    }

    /// The words for the `alt` attribute; empty unless written.
    pub fn text(&self) -> &str {
        match self {
            Self::Unwritten | Self::Decorative => "",
            Self::Written(text) => text,
        }
    }
}

/// Why words about an image are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageWordsError {
    #[error("Say what the picture shows, or mark it as decorative.")]
    EmptyAltText,
    #[error("Too long for the {what}: {longest} characters fit. Shorten it by {over}.")]
    TooLong {
        what: &'static str,
        longest: usize,
        over: usize,
    },
    #[error(
        "There is a line break or an invisible control character in the {what}. Write one line."
    )]
    LineOrControl { what: &'static str },
    #[error(
        "There is an invisible control character in the {what}. Type it instead of pasting it."
    )]
    Control { what: &'static str },
}

/// Fields that are told apart by their type, so that no credit ends up as a caption.
macro_rules! image_words {
    ($(#[$doc:meta])* $name:ident, $what:literal, $longest:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The longest text, in characters.
            pub const LONGEST: usize = $longest;

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub const fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl FromStr for $name {
            type Err = ImageWordsError;

            fn from_str(typed: &str) -> Result<Self, ImageWordsError> {
                tidy($what, typed, Self::LONGEST).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

image_words!(
    /// What the image shows, for everyone; may be empty.
    Caption, "caption", 2000
);
image_words!(
    /// Who made the image; may be empty.
    Credit, "credit", 300
);
image_words!(
    /// What others may do with the image; may be empty.
    Terms, "terms", 500
);

image_words!(
    /// Where in the world it may be shown; may be empty.
    Territory, "territory", 200
);

/// Everything that staff write about an image.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words {
    pub alt_text: AltText,
    pub caption: Caption,
    pub credit: Credit,
    pub terms: Terms,
    /// Where somebody knows it.
    pub taken_on: Option<TakenOn>,
    pub licence: Licence,
}

impl Words {
    /// Two images have the same words exactly when these are the same: 64 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let choice = match self.alt_text {
            AltText::Unwritten => "unwritten",
            AltText::Decorative => "decorative",
            AltText::Written(_) => "written",
        };
        let taken_on = self.taken_on.map(|day| day.to_string()).unwrap_or_default();
        let last_day = self.licence.last_day;
        let last_day = last_day.map(|day| day.to_string()).unwrap_or_default();
        let mut hasher = Sha256::new();
        for part in [
            choice,
            self.alt_text.text(),
            self.caption.as_str(),
            self.credit.as_str(),
            self.terms.as_str(),
            &taken_on,
            &last_day,
            self.licence.territory.as_str(),
        ] {
            hasher.update(part.len().to_string());
            hasher.update(b":");
            hasher.update(part);
        }
        hex(&hasher.finalize())
    }
}

fn tidy(what: &'static str, typed: &str, longest: usize) -> Result<String, ImageWordsError> {
    // Browsers send every line break of a text field as two characters.
    let text = one_direction(typed).trim().replace("\r\n", "\n");
    if text.chars().any(|sign| sign.is_control() && sign != '\n') {
        return Err(ImageWordsError::Control { what });
    }
    fits(what, &text, longest)?;
    Ok(text)
}

/// Without the signs that turn the writing round: a credit could pass for another one with them.
fn one_direction(typed: &str) -> String {
    let turns = |sign: &char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    typed.chars().filter(|sign| !turns(sign)).collect()
}

fn fits(what: &'static str, text: &str, longest: usize) -> Result<(), ImageWordsError> {
    match text.chars().count().checked_sub(longest) {
        None | Some(0) => Ok(()),
        Some(over) => Err(ImageWordsError::TooLong {
            what,
            longest,
            over,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alt_text_is_trimmed_and_counted_in_characters() {
        let longest = "ع".repeat(AltText::LONGEST);
        assert_eq!(
            AltText::written(&format!("  {longest}\n")).unwrap().text(),
            longest
        );
        assert_eq!(
            AltText::written(&format!("{longest}xy")),
            Err(ImageWordsError::TooLong {
                what: "alt text",
                longest: 600,
                over: 2
            })
        );
    }

    #[test]
    fn alt_text_of_spaces_is_no_alt_text() {
        assert_eq!(AltText::written(" \n "), Err(ImageWordsError::EmptyAltText));
    }

    #[test]
    fn alt_text_is_one_line() {
        let refused = ImageWordsError::LineOrControl { what: "alt text" };
        assert_eq!(AltText::written("one\ntwo"), Err(refused.clone()));
        assert_eq!(AltText::written("one\u{7}two"), Err(refused));
    }

    #[test]
    fn only_unwritten_alt_text_is_unsettled() {
        assert!(!AltText::default().is_settled());
        assert!(AltText::Decorative.is_settled());
        assert!(AltText::written("A boat").unwrap().is_settled());
        assert_eq!(AltText::Decorative.text(), "");
    }

    #[test]
    fn hostile_and_foreign_words_come_out_as_they_went_in() {
        let typed = r#""Fish" & 'chips' <b>🐟</b> قارب"#;
        assert_eq!(typed.parse::<Caption>().unwrap().as_str(), typed);
        assert_eq!(AltText::written(typed).unwrap().text(), typed);
    }

    #[test]
    fn a_caption_keeps_its_lines_however_the_browser_sends_them() {
        assert_eq!(
            " one\r\ntwo ".parse::<Caption>().unwrap().as_str(),
            "one\ntwo"
        );
        assert_eq!(
            "one\u{0}two".parse::<Caption>(),
            Err(ImageWordsError::Control { what: "caption" })
        );
    }

    #[test]
    fn an_empty_credit_is_a_credit() {
        assert!("  ".parse::<Credit>().unwrap().is_empty());
    }

    #[test]
    fn terms_that_are_too_long_say_by_how_much() {
        let refused = "x".repeat(Terms::LONGEST + 1).parse::<Terms>().unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Too long for the terms: 500 characters fit. Shorten it by 1."
        );
    }
}
