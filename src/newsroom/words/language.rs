//! The languages an item can be written in, with the names and the direction of each.

use std::fmt;
use std::str::FromStr;

/// A language by its BCP 47 tag.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Known);

/// A tag that names none of the languages known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no language known here. Choose one from the list, such as en or ar.")]
pub struct LanguageError(String);

type Known = &'static (&'static str, &'static str, &'static str, &'static str);

const LTR: &str = "ltr";
const RTL: &str = "rtl";

/// Tag, name in English, own name, direction; in the order of the English names.
static KNOWN: [(&str, &str, &str, &str); 26] = [
    ("am", "Amharic", "አማርኛ", LTR),
    ("ar", "Arabic", "العربية", RTL),
    ("bn", "Bengali", "বাংলা", LTR),
    ("my", "Burmese", "မြန်မာ", LTR),
    ("zh", "Chinese", "中文", LTR),
    ("nl", "Dutch", "Nederlands", LTR),
    ("en", "English", "English", LTR),
    ("fr", "French", "Français", LTR),
    ("de", "German", "Deutsch", LTR),
    ("he", "Hebrew", "עברית", RTL),
    ("hi", "Hindi", "हिन्दी", LTR),
    ("id", "Indonesian", "Bahasa Indonesia", LTR),
    ("it", "Italian", "Italiano", LTR),
    ("ja", "Japanese", "日本語", LTR),
    ("ko", "Korean", "한국어", LTR),
    ("fa", "Persian", "فارسی", RTL),
    ("pl", "Polish", "Polski", LTR),
    ("pt", "Portuguese", "Português", LTR),
    ("ru", "Russian", "Русский", LTR),
    ("es", "Spanish", "Español", LTR),
    ("sw", "Swahili", "Kiswahili", LTR),
    ("th", "Thai", "ไทย", LTR),
    ("tr", "Turkish", "Türkçe", LTR),
    ("uk", "Ukrainian", "Українська", LTR),
    ("ur", "Urdu", "اردو", RTL),
    ("vi", "Vietnamese", "Tiếng Việt", LTR),
];

impl Language {
    /// Every language, in the order of the English names.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(Self)
    }

    /// The BCP 47 tag, for `lang` attributes.
    pub const fn as_str(&self) -> &'static str {
        self.0.0
    }

    /// The name in English, for staff.
    pub const fn name(&self) -> &'static str {
        self.0.1
    }

    /// The name in the language itself, for its readers.
    pub const fn own_name(&self) -> &'static str {
        self.0.2
    }

    /// `ltr` or `rtl`, for `dir` attributes.
    pub const fn direction(&self) -> &'static str {
        self.0.3
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(tag: &str) -> Result<Self, LanguageError> {
        Self::all()
            .find(|language| language.as_str().eq_ignore_ascii_case(tag.trim()))
            .ok_or_else(|| LanguageError(tag.trim().to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_knows_its_names_and_its_direction() {
        let arabic: Language = " AR ".parse().unwrap();
        assert_eq!((arabic.as_str(), arabic.name()), ("ar", "Arabic"));
        assert_eq!((arabic.own_name(), arabic.direction()), ("العربية", "rtl"));
        assert_eq!("en".parse::<Language>().unwrap().direction(), "ltr");
    }

    #[test]
    fn a_tag_of_no_known_language_is_refused() {
        for tag in ["", "xx", "english", "en<b>"] {
            assert!(tag.parse::<Language>().is_err(), "{tag}");
        }
    }

    #[test]
    fn no_tag_stands_for_two_languages() {
        let mut tags: Vec<_> = Language::all().map(|language| language.as_str()).collect();
        let all = tags.len();
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), all);
    }
}
