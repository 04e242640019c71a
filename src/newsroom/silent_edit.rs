//! The guard against silent edits: what a change touches that readers rely on. A typo touches none of it.

use std::collections::BTreeMap;
use std::fmt;

use super::quotations::quotations;
use super::revision::Wording;

/// What readers rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    Headline,
    Number,
    Name,
    Quotation,
    File,
}

/// A fact that a change touches: what stood there, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    pub fact: Fact,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

impl fmt::Display for Touched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fact {
            Fact::Headline => "Headline",
            Fact::Number => "Numbers",
            Fact::Name => "Names",
            Fact::Quotation => "Quotations",
            Fact::File => "Files",
        };
        write!(f, "{what}: ")?;
        match (self.before.is_empty(), self.after.is_empty()) {
            (_, true) => write!(f, "{} left out", listed(&self.before)),
            (true, false) => write!(f, "{} put in", listed(&self.after)),
            (false, false) => write!(f, "{} became {}", listed(&self.before), listed(&self.after)),
        }
    }
}

/// The first few, each short enough to read.
fn listed(words: &[String]) -> String {
    const MOST: usize = 5;
    const LONGEST: usize = 80;
    let mut listed = words
        .iter()
        .take(MOST)
        .map(|word| {
            let mut short: String = word.chars().take(LONGEST).collect();
            if word.chars().count() > LONGEST {
                short.push('…');
            }
            format!("“{short}”")
        })
        .collect::<Vec<_>>()
        .join(", ");
    if words.len() > MOST {
        listed = format!("{listed} and {} more", words.len() - MOST);
    }
    listed
}

/// Every fact that differs between two wordings of an item.
pub fn touched(before: &Wording, after: &Wording) -> Vec<Touched> {
    let (old, new) = (text(before), text(after));
    let headline = |wording: &Wording| vec![wording.title.as_str().to_owned()];
    let files = |wording: &Wording| {
        let each = wording.files.iter();
        each.map(|file| format!("file {file}")).collect()
    };
    [
        difference(Fact::Headline, headline(before), headline(after)),
        difference(Fact::Number, numbers(&old), numbers(&new)),
        difference(
            Fact::Name,
            names(&old, &common(&[&old, &new])),
            names(&new, &common(&[&old, &new])),
        ),
        difference(Fact::Quotation, quotations(&old), quotations(&new)),
        difference(Fact::File, files(before), files(after)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All that readers read below the headline.
fn text(wording: &Wording) -> String {
    let source = [
        wording.summary.as_str(),
        wording.dateline.as_str(),
        wording.body.as_str(),
        wording.notes.as_str(),
    ]
    .join("\n\n");
    without_image_numbers(&source)
}

/// The number of an image in the library is nothing that readers read.
fn without_image_numbers(source: &str) -> String {
    let mut parts = source.split("](image:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("](");
        text.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    }
    text
}

/// What is in one and not in the other; where both have the same, what stands in another order:
/// "12 dead, 40 hurt" and "40 dead, 12 hurt" are two stories.
fn difference(fact: Fact, before: Vec<String>, after: Vec<String>) -> Option<Touched> {
    let changed_places: (Vec<String>, Vec<String>) = before
        .iter()
        .zip(&after)
        .filter(|(old, new)| old != new)
        .map(|(old, new)| (old.clone(), new.clone()))
        .unzip();
    let mut balance: BTreeMap<String, i64> = BTreeMap::new();
    for word in before {
        *balance.entry(word).or_default() -= 1;
    }
    for word in after {
        *balance.entry(word).or_default() += 1;
    }
    let of = |wanted: i64| -> Vec<String> {
        let found = balance.iter().filter(|(_, count)| count.signum() == wanted);
        found.map(|(word, _)| word.clone()).collect()
    };
    let (before, after) = match (of(-1), of(1)) {
        (gone, come) if gone.is_empty() && come.is_empty() => changed_places,
        counted => counted,
    };
    (!before.is_empty() || !after.is_empty()).then_some(Touched {
        fact,
        before,
        after,
    })
}

/// Runs of digits of any script, with what stands between two of them: `1,200`, `12:30`, `2018-11-20`.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut number = String::new();
    let mut between = String::new();
    for sign in text.chars() {
        if sign.is_numeric() {
            number.push_str(&between);
            between.clear();
            number.push(sign);
        } else if !number.is_empty() && between.is_empty() && ".,:/-–’'٫٬".contains(sign) {
            between.push(sign);
        } else {
            if !number.is_empty() {
                numbers.push(std::mem::take(&mut number));
            }
            between.clear();
        }
    }
    if !number.is_empty() {
        numbers.push(number);
    }
    numbers
}

/// A word, and whether a sentence begins with it.
fn words(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut begins = true;
    text.split_inclusive(|sign: char| sign.is_whitespace())
        .filter_map(move |piece| {
            let word = piece.trim_matches(|sign: char| !sign.is_alphanumeric());
            let first = begins;
            let ends = piece
                .trim_end()
                .trim_end_matches(|sign: char| "\"'”’»)]*_".contains(sign))
                .ends_with(|sign: char| ".!?…:。؟".contains(sign));
            if !word.is_empty() || ends {
                begins = ends;
            }
            begins |= piece.contains('\n');
            (!word.is_empty()).then_some((word, first))
        })
}

/// The words that stand somewhere in small letters: a sentence may begin with one of them.
fn common(texts: &[&str]) -> Vec<String> {
    let mut common: Vec<String> = texts
        .iter()
        .flat_map(|text| words(text))
        .filter(|(word, _)| word.chars().next().is_some_and(char::is_lowercase))
        .map(|(word, _)| word.to_lowercase())
        .collect();
    common.sort_unstable();
    common.dedup();
    common
}

/// Words with a capital, also within (“al-Assad”), but for those that only begin a sentence. Scripts without capitals hide
/// their names from this.
fn names(text: &str, common: &[String]) -> Vec<String> {
    words(text)
        .filter(|(word, begins)| {
            let mut signs = word.chars();
            let first = signs.next().is_some_and(char::is_uppercase);
            let within = signs.any(char::is_uppercase);
            within || first && !(*begins && common.binary_search(&word.to_lowercase()).is_ok())
        })
        .map(|(word, _)| word.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: &str, after: &str) -> Vec<String> {
        let pairs = [
            difference(Fact::Number, numbers(before), numbers(after)),
            {
                let common = common(&[before, after]);
                difference(Fact::Name, names(before, &common), names(after, &common))
            },
            difference(Fact::Quotation, quotations(before), quotations(after)),
        ];
        pairs
            .into_iter()
            .flatten()
            .map(|one| one.to_string())
            .collect()
    }

    #[test]
    fn a_slip_of_the_pen_touches_nothing() {
        for (before, after) in [
            ("The ferry stoped at noon.", "The ferry stopped at noon."),
            ("It stopped , at last.", "It stopped, at last."),
            (
                "They went. And they went again, and again.",
                "They went and they went again. And again.",
            ),
            ("A line\nbroken", "A line broken"),
        ] {
            assert_eq!(said(before, after), [""; 0], "{before} → {after}");
        }
    }

    #[test]
    fn a_number_a_name_and_a_quotation_are_told_with_their_words() {
        let cases = [
            (
                "It took 1,200 boats.",
                "It took 12,00 boats.",
                "Numbers: “1,200” became “12,00”",
            ),
            ("It left at 12:30.", "It left.", "Numbers: “12:30” left out"),
            ("في ١٢ يوما", "في ١٣ يوما", "Numbers: “١٢” became “١٣”"),
            (
                "Then Anna Osei spoke.",
                "Then Anna Osie spoke.",
                "Names: “Osei” became “Osie”",
            ),
            ("Osei spoke.", "Asei spoke.", "Names: “Osei” became “Asei”"),
            (
                "with al-Assad there",
                "with al-Sisi there",
                "Names: “al-Assad” became “al-Sisi”",
            ),
            (
                "She said “we\nstay here”.",
                "She said “we\nleave here”.",
                "Quotations: “we stay here” became “we leave here”",
            ),
            (
                "She said “we stay”.",
                "She said “we stayed”.",
                "Quotations: “we stay” became “we stayed”",
            ),
            (
                "„wir bleiben“",
                "„wir blieben“",
                "Quotations: “wir bleiben” became “wir blieben”",
            ),
        ];
        for (before, after, told) in cases {
            assert_eq!(said(before, after), [told]);
        }
    }

    #[test]
    fn the_number_of_an_image_is_no_number_and_a_quoted_paragraph_is_told_once() {
        assert_eq!(
            without_image_numbers("40 ![](image:12 \"x\")"),
            "40 ![]( \"x\")"
        );
        let told = said("> \"We are glad\"", "> \"We are sad\"");
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn marks_of_every_kind_and_another_order_are_told() {
        let cases = [
            (
                "She said ‘it’s over’.",
                "She said ‘it’s all over’.",
                "Quotations: “it’s over” became “it’s all over”",
            ),
            (
                "an 8\" pipe and \"we stay\" here",
                "an 8\" pipe and \"we go\" here",
                "Quotations: “we stay” became “we go”",
            ),
            (
                "12 dead and 40 hurt",
                "40 dead and 12 hurt",
                "Numbers: “12”, “40” became “40”, “12”",
            ),
            (
                "> we stay here",
                "> we stay",
                "Quotations: “we stay here” became “we stay”",
            ),
        ];
        for (before, after, told) in cases {
            assert_eq!(said(before, after), [told]);
        }
    }

    #[test]
    fn a_long_list_is_cut_and_a_lone_mark_ends_nothing() {
        let many: String = (10..40)
            .map(|number| number.to_string())
            .collect::<Vec<_>>()
            .join(" ");
        assert!(said(&many, "").concat().ends_with("and 25 more left out"));
        assert_eq!(
            quotations("an 8\" pipe and “no end"),
            ["pipe and “no end"; 0]
        );
    }

    proptest::proptest! {
        #[test]
        fn the_same_text_touches_nothing_and_any_text_is_read(text in "\\PC{0,200}", other in "\\PC{0,200}") {
            proptest::prop_assert!(said(&text, &text).is_empty());
            let _told = said(&text, &other);
        }
    }
}
