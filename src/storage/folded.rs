//! Words as they are searched for: without case, accents and the other habits of writing, in every script.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The text for a column that searches look into, or for a word that is looked for.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|sign| !is_mark(*sign) && !is_unseen(*sign))
        .collect();
    let mut folded = String::with_capacity(text.len());
    for letter in caseless::default_case_fold_str(&plain).chars() {
        match as_typed(letter) {
            Some(instead) => folded.push_str(instead),
            None => folded.push(letter),
        }
    }
    folded.nfc().collect()
}

/// The words of a search, folded; a text must hold every one of them.
pub(super) fn words(typed: &str) -> Vec<String> {
    // More than anybody types; each costs the database a condition.
    const MOST: usize = 12;
    folded(typed)
        .split_whitespace()
        .take(MOST)
        .map(str::to_owned)
        .collect()
}

/// Whether a sign is an accent of Latin, Greek or Cyrillic, or a point of Hebrew, Arabic or Syriac.
/// Signs that make another letter of the one before them, as in Hindi, Thai and Japanese, stay
/// (combining classes: Unicode Standard, table 4-3).
fn is_mark(sign: char) -> bool {
    matches!(canonical_combining_class(sign), 10..=36 | 202..=240)
}

/// Joiners, soft hyphens, signs of direction, and the Arabic stroke that only widens a word.
fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{640}' | '\u{2060}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// What people type where their keyboard lacks the letter, or where they write one for the other.
fn as_typed(letter: char) -> Option<&'static str> {
    Some(match letter {
        // Turkish tells apart with and without a dot what other keyboards do not.
        'ı' => "i",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ħ' => "h",
        'æ' => "ae",
        'œ' => "oe",
        '‘' | '’' | 'ʼ' => "'",
        'ى' | 'ی' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_types_without_case_and_accents_finds_the_word() {
        for (written, typed) in [
            ("ÉTÉ À ÉVRY", "ete a evry"),
            ("Straße", "STRASSE"),
            ("Ærø, Łódź", "aero, lodz"),
            ("ΑΘΉΝΑΣ", "αθηνας"),
            ("Ёлка ЙОД", "елка иод"),
            ("It’s", "it's"),
            ("ﬁnal ①", "final 1"),
        ] {
            assert_eq!(folded(written), folded(typed), "{written}");
        }
    }

    #[test]
    fn the_four_letters_i_of_turkish_are_one() {
        for written in ["İSTANBUL", "ISTANBUL", "istanbul", "ıstanbul"] {
            assert_eq!(folded(written), "istanbul");
        }
        assert_eq!(folded("Diyarbakır’da"), "diyarbakir'da");
    }

    #[test]
    fn arabic_is_found_without_points_and_with_any_alef() {
        for (written, typed) in [
            ("مُحَمَّد", "محمد"),
            ("أإآ", "ااا"),
            ("العربيّة", "العربيه"),
            ("مصطفى", "مصطفي"),
            ("مـــيـناء", "ميناء"),
            ("می‌خواهم", "ميخواهم"),
            ("ﻻ", "لا"),
        ] {
            assert_eq!(folded(written), folded(typed), "{written}");
        }
    }

    #[test]
    fn signs_that_make_another_letter_stay() {
        for (one, other) in [("कि", "का"), ("が", "か"), ("가", "각"), ("ไม", "ไม้")]
        {
            assert!(!folded(one).contains(&folded(other)), "{one} {other}");
        }
    }

    #[test]
    fn a_search_has_an_end() {
        assert_eq!(words("  Ferry\u{a0}STOPS \n"), ["ferry", "stops"]);
        assert_eq!(words(&"a ".repeat(200)).len(), 12);
    }
}
