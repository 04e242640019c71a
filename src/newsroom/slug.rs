//! The slug: the last part of an item's address, readable and the same on every machine.

use std::fmt;
use std::str::FromStr;

/// Words of `a`–`z` and `0`–`9` with single hyphens between them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// Why a text cannot be the last part of an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    #[error("Write the last part of the address, such as verdict-in-paris.")]
    Empty,
    #[error(
        "This address is too long: {} characters fit. Shorten it by {over}.",
        Slug::LONGEST
    )]
    TooLong { over: usize },
    #[error("“{sign}” cannot stand in an address. Use a to z, 0 to 9 and hyphens between words.")]
    Sign { sign: char },
    #[error("An address uses small letters only. Write “{small}” instead of “{sign}”.")]
    Capital { sign: char, small: char },
    #[error("An address cannot begin or end with a hyphen. Take it away.")]
    HyphenAtEnd,
    #[error("Two hyphens stand in a row. Leave one.")]
    TwoHyphens,
}

impl Slug {
    /// The longest slug, in characters.
    pub const LONGEST: usize = 100;
    /// A suggestion leaves room for a number behind it.
    const SUGGESTED: usize = 80;

    /// The slug that a title would have: its words in plain letters, cut between two of them.
    pub fn suggest(title: &str) -> Self {
        // An apostrophe joins what is one word to the reader.
        let title: String = title
            .chars()
            .filter(|sign| !matches!(sign, '\'' | '’'))
            .collect();
        let plain = deunicode::deunicode_with_tofu(&title, " ").to_ascii_lowercase();
        let words = plain.split(|sign: char| !sign.is_ascii_alphanumeric());
        let slug = joined(words.filter(|word| !word.is_empty()));
        if slug.is_empty() {
            Self("item".to_owned())
        } else {
            Self(slug)
        }
    }

    /// The same with a number behind it, shortened where both would be too long.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let room = Self::LONGEST.saturating_sub(tail.len());
        let start: String = self.0.chars().take(room).collect();
        Self(start.trim_end_matches('-').to_owned() + &tail)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As many of the words, from the first, as fit.
fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut slug = String::new();
    for word in words {
        if slug.is_empty() {
            slug.extend(word.chars().take(Slug::SUGGESTED));
        } else if slug.len() + 1 + word.len() <= Slug::SUGGESTED {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(typed: &str) -> Result<Self, SlugError> {
        let slug = typed.trim();
        slug.chars().try_for_each(allowed)?;
        match slug.chars().count() {
            0 => Err(SlugError::Empty),
            long if long > Self::LONGEST => Err(SlugError::TooLong {
                over: long - Self::LONGEST,
            }),
            _ if slug.starts_with('-') || slug.ends_with('-') => Err(SlugError::HyphenAtEnd),
            _ if slug.contains("--") => Err(SlugError::TwoHyphens),
            _ => Ok(Self(slug.to_owned())),
        }
    }
}

fn allowed(sign: char) -> Result<(), SlugError> {
    match sign {
        'a'..='z' | '0'..='9' | '-' => Ok(()),
        'A'..='Z' => Err(SlugError::Capital {
            sign,
            small: sign.to_ascii_lowercase(),
        }),
        _ => Err(SlugError::Sign { sign }),
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(title: &str) -> String {
        Slug::suggest(title).to_string()
    }

    #[test]
    fn a_title_of_any_script_suggests_a_slug_that_parses() {
        assert_eq!(
            suggested("Verdict in Paris: “No more”"),
            "verdict-in-paris-no-more"
        );
        assert_eq!(suggested("Don’t look – it's l'été"), "dont-look-its-lete");
        assert_eq!(suggested("Yes"), "yes");
        for title in ["خبر عاجل", "新闻", "🐟🐟", "Ελλάδα", "ß", "<b>&amp;"] {
            let slug = suggested(title);
            assert_eq!(slug.parse::<Slug>().unwrap().as_str(), slug, "{title}");
        }
    }

    #[test]
    fn a_title_without_any_letter_still_gets_an_address() {
        for title in ["", "!?", "—", "\u{e000}"] {
            assert_eq!(suggested(title), "item", "{title}");
        }
    }

    #[test]
    fn a_title_of_140_characters_is_cut_between_words() {
        let slug = suggested(&"seventeen letters ".repeat(8));
        assert_eq!(
            slug,
            "seventeen-letters-seventeen-letters-seventeen-letters-seventeen-letters"
        );
        assert_eq!(suggested(&"x".repeat(140)).len(), 80);
    }

    #[test]
    fn no_short_word_slips_in_behind_one_that_did_not_fit() {
        let title = format!("{} {} end", "a".repeat(60), "b".repeat(30));
        assert_eq!(suggested(&title), "a".repeat(60));
    }

    #[test]
    fn a_number_fits_behind_the_longest_slug() {
        let longest: Slug = ("a".repeat(96) + "-bcd").parse().unwrap();
        assert_eq!(longest.as_str().len(), Slug::LONGEST);
        let numbered = longest.numbered(12).to_string();
        assert_eq!(numbered, "a".repeat(96) + "-12");
        assert_eq!(numbered.parse::<Slug>().unwrap().as_str(), numbered);
        assert_eq!(Slug::suggest("Verdict").numbered(2).as_str(), "verdict-2");
    }

    #[test]
    fn a_refused_slug_says_what_is_wrong_with_it() {
        let refused = |typed: &str| typed.parse::<Slug>().unwrap_err();
        assert_eq!(refused(" "), SlugError::Empty);
        assert_eq!(refused(&"a".repeat(103)), SlugError::TooLong { over: 3 });
        assert_eq!(refused("a b"), SlugError::Sign { sign: ' ' });
        assert_eq!(refused("a/b"), SlugError::Sign { sign: '/' });
        assert_eq!(refused("été"), SlugError::Sign { sign: 'é' });
        assert_eq!(refused("-a"), SlugError::HyphenAtEnd);
        assert_eq!(refused("a-"), SlugError::HyphenAtEnd);
        assert_eq!(refused("a--b"), SlugError::TwoHyphens);
        let capital = refused("Verdict").to_string();
        assert_eq!(
            capital,
            "An address uses small letters only. Write “v” instead of “V”."
        );
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_title_its_slug_is_one(title in ".{0,200}") {
            let slug = suggested(&title);
            proptest::prop_assert_eq!(slug.parse::<Slug>().map(|slug| slug.to_string()), Ok(slug));
        }
    }
}
