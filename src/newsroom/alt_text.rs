//! Whether an alt text says to whoever cannot see the picture what it shows.

use super::item::words_of;
use crate::media::AltText;

/// Why an alt text does not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    Missing,
    /// It is the name of the file.
    FileName,
    /// It says again what stands below the picture, which is read aloud anyway.
    SameAsCaption,
    /// It begins by saying that it is a picture, which is said before it anyway.
    Opening,
}

words_of!(Weakness, "weakness of an alt text", {
    Missing => "missing",
    FileName => "file-name",
    SameAsCaption => "caption",
    Opening => "opening",
});

impl Weakness {
    /// What is wrong, and what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "Nobody has written an alt text yet.",
            Self::FileName => "The alt text is the name of a file: say what the picture shows.",
            Self::SameAsCaption => {
                "The alt text repeats the caption, so it is heard twice: say what the picture shows."
            }
            Self::Opening => {
                "The alt text begins by saying that it is a picture, which is said anyway: begin with what it shows."
            }
        }
    }
}

/// What is wrong with the alt text of a picture with that caption and file name, if anything is.
pub fn weakness(alt: &AltText, caption: &str, file_name: &str) -> Option<Weakness> {
    let text = match alt {
        AltText::Unwritten => return Some(Weakness::Missing),
        AltText::Decorative => return None,
        AltText::Written(text) => text,
    };
    if is_file_name(text, file_name) {
        Some(Weakness::FileName)
    } else if says_the_same(text, caption) {
        Some(Weakness::SameAsCaption)
    } else if opens_as_picture(text) {
        Some(Weakness::Opening)
    } else {
        None
    }
}

const ENDINGS: [&str; 7] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".heic"];

/// The file's own name, with or without its ending, or one word that only a camera or a folder gives.
fn is_file_name(text: &str, file_name: &str) -> bool {
    let (text, file_name) = (text.trim().to_lowercase(), file_name.to_lowercase());
    let stem = |name: &str| {
        let dot = name.rfind('.').unwrap_or(name.len());
        name.get(..dot).unwrap_or(name).to_owned()
    };
    let is_own = !file_name.is_empty() && stem(&text) == stem(&file_name) && !text.contains(' ');
    let is_one_word = !text.contains(char::is_whitespace);
    let has_ending = ENDINGS.iter().any(|ending| text.ends_with(ending));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_numbered = digits >= 3 && text.contains(['_', '-']) && text.is_ascii();
    text == file_name || is_own || is_one_word && (has_ending || is_numbered)
}

/// Whether two texts have the same words, whatever stands between them.
fn says_the_same(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower.split(|sign: char| !sign.is_alphanumeric());
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words
    };
    let one = words(one);
    !one.is_empty() && one == words(other)
}

const PICTURES: [&str; 8] = [
    "image",
    "photo",
    "photograph",
    "picture",
    "pic",
    "graphic",
    "illustration",
    "screenshot",
];

/// `Image of …`, `A photo showing …`, `Photo: …`
fn opens_as_picture(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace().peekable();
    words.next_if(|word| matches!(*word, "a" | "an" | "the" | "this"));
    let Some(first) = words.next() else {
        return false;
    };
    let names = |word: &str| PICTURES.contains(&word);
    if let Some(named) = first.strip_suffix(':') {
        return names(named);
    }
    names(first)
        && words
            .next()
            .is_some_and(|word| matches!(word, "of" | "showing" | "shows" | "depicting"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(alt: &str, caption: &str) -> Option<Weakness> {
        weakness(&AltText::written(alt).unwrap(), caption, "Ferry-04.JPG")
    }

    #[test]
    fn what_nobody_decided_is_missing_and_what_is_decorative_is_decided() {
        assert_eq!(
            weakness(&AltText::Unwritten, "", ""),
            Some(Weakness::Missing)
        );
        assert_eq!(weakness(&AltText::Decorative, "", ""), None);
    }

    #[test]
    fn the_name_of_a_file_is_no_alt_text() {
        for name in [
            "ferry-04.jpg",
            "Ferry-04",
            "IMG_2024.jpeg",
            "DSC_0042",
            "harbour.png",
            "2018-11-16-quay",
        ] {
            assert_eq!(of(name, ""), Some(Weakness::FileName), "{name}");
        }
        for words in [
            "Ferry",
            "Ferry 04 leaves Sarrin",
            "Covid-19",
            "A 2-year-old waves",
        ] {
            assert_eq!(of(words, ""), None, "{words}");
        }
    }

    #[test]
    fn what_stands_below_the_picture_is_not_said_twice() {
        assert_eq!(
            of("two boats, at sea", "Two boats at sea."),
            Some(Weakness::SameAsCaption)
        );
        assert_eq!(of("Two boats at sea", "Two boats at sea, 2018"), None);
        assert_eq!(of("Two boats", ""), None);
    }

    #[test]
    fn nobody_is_told_that_a_picture_is_a_picture() {
        for words in [
            "Image of a boat",
            "A photo of a boat",
            "Picture: a boat",
            "The photograph shows a boat",
            "This graphic showing ports",
        ] {
            assert_eq!(of(words, ""), Some(Weakness::Opening), "{words}");
        }
        for words in [
            "Photo editors at their desks",
            "A picture book on a table",
            "Imagery of",
        ] {
            assert_eq!(of(words, ""), None, "{words}");
        }
    }
}
