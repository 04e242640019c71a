//! Words that staff write: never empty where they must not be, never too long, never with signs
//! that nobody can see.

mod language;

use std::fmt;
use std::str::FromStr;

pub use language::{Language, LanguageError};

/// Why words are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    #[error("Write the {what}.")]
    Empty { what: &'static str },
    #[error("The {what} is too long: {longest} characters fit. Shorten it by {over}.")]
    TooLong {
        what: &'static str,
        longest: usize,
        over: usize,
    },
    #[error("Write the {what} on one line.")]
    Lines { what: &'static str },
    #[error(
        "The {what} holds a control character that nobody can see. Type the words around it anew."
    )]
    Control { what: &'static str },
}

/// What becomes of line breaks.
#[derive(Clone, Copy)]
enum Lines {
    Refused,
    /// A line break becomes a space.
    Folded,
    Kept,
}

struct Rule {
    what: &'static str,
    may_be_empty: bool,
    longest: usize,
    lines: Lines,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal, $may_be_empty:literal, $longest:literal, $lines:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const LONGEST: usize = $longest;
            const RULE: Rule = Rule {
                what: $what,
                may_be_empty: $may_be_empty,
                longest: $longest,
                lines: Lines::$lines,
            };

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = WordsError;

            fn from_str(typed: &str) -> Result<Self, WordsError> {
                Self::RULE.checked(typed).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// Words that may be missing while an item is being written.
macro_rules! words_or_none {
    ($(#[$doc:meta])* $name:ident, $what:literal, $longest:literal, $lines:ident) => {
        words!($(#[$doc])* #[derive(Default)] $name, $what, true, $longest, $lines);

        impl $name {
            pub const fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }
    };
}

words!(
    /// The one line that names an item.
    Title, "title", false, 200, Folded
);
words_or_none!(
    /// The hand-written words under the title, and in every list; a draft may still lack them.
    Summary, "summary", 1_000, Folded
);
words_or_none!(
    /// The text itself, in Markdown.
    Body, "body", 200_000, Kept
);
words_or_none!(
    /// The place that opens a release.
    Dateline, "place", 100, Refused
);
words_or_none!(
    /// What editors elsewhere should know, in Markdown.
    Notes, "notes to editors", 10_000, Kept
);
words!(
    /// What readers are told about a change.
    PublicNote, "public note", false, 500, Folded
);
words!(
    /// What somebody of staff says about a draft.
    CommentWords, "comment", false, 4_000, Kept
);
words_or_none!(
    /// The part of a text that a comment is about, as it stands there.
    Passage, "passage", 1_000, Folded
);
words!(
    /// What the journal is told about a move.
    Reason, "reason", false, 500, Folded
);

words_or_none!(
    /// What readers know a file by; one that is new has none yet.
    FileTitle, "title", 200, Folded
);
words_or_none!(
    /// Whom readers ask for a version of a file that they can read.
    AccessContact, "contact", 200, Folded
);

words!(
    /// The journalist whom a pass was given to.
    Holder, "journalist’s name", false, 100, Folded
);
words!(
    /// Where a journalist works.
    Outlet, "outlet", false, 100, Folded
);
words!(
    /// What the holder of a pass must accept before reading.
    PassTerms, "terms", false, 2_000, Kept
);

impl Title {
    /// Longer ones are cut by others: search engines, phones, mail programs.
    pub const READS_WELL_UP_TO: usize = 90;
}

impl Summary {
    pub const READS_WELL_UP_TO: usize = 200;
}

impl Rule {
    fn checked(&self, typed: &str) -> Result<String, WordsError> {
        let what = self.what;
        let words = self.tidied(typed);
        if words.contains('\n') && matches!(self.lines, Lines::Refused) {
            return Err(WordsError::Lines { what });
        }
        if words.chars().any(|sign| self.is_control(sign)) {
            return Err(WordsError::Control { what });
        }
        if words.chars().all(is_unseen) {
            return if self.may_be_empty {
                Ok(String::new())
            } else {
                Err(WordsError::Empty { what })
            };
        }
        match words.chars().count().checked_sub(self.longest) {
            None | Some(0) => Ok(words),
            Some(over) => Err(WordsError::TooLong {
                what,
                longest: self.longest,
                over,
            }),
        }
    }

    /// The typed words without the space around them, with one kind of line break.
    fn tidied(&self, typed: &str) -> String {
        let text = typed.replace("\r\n", "\n");
        match self.lines {
            // Space before the first line can mean something in Markdown; an empty line cannot.
            Lines::Kept => text.trim_end().trim_start_matches('\n').to_owned(),
            Lines::Folded => {
                let lines = one_direction(&text);
                lines.lines().map(str::trim).collect::<Vec<_>>().join(" ")
            }
            Lines::Refused => one_direction(&text),
        }
    }

    fn is_control(&self, sign: char) -> bool {
        let allowed = matches!(self.lines, Lines::Kept) && matches!(sign, '\n' | '\t');
        sign.is_control() && !allowed
    }
}

/// A line without the signs that turn the writing round, with which a title could pass for another.
fn one_direction(text: &str) -> String {
    let turns = |sign: &char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line: String = text
        .chars()
        .filter(|sign| !turns(sign))
        .map(|sign| {
            if matches!(sign, '\u{2028}' | '\u{2029}') {
                '\n'
            } else {
                sign
            }
        })
        .collect();
    line.trim().to_owned()
}

fn is_unseen(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_3_and_of_140_characters_are_taken_as_typed() {
        for typed in ["Yes".to_owned(), "خ".repeat(140)] {
            assert_eq!(typed.parse::<Title>().unwrap().as_str(), typed);
        }
    }

    #[test]
    fn a_title_is_trimmed_and_counted_in_characters() {
        let longest = "é".repeat(Title::LONGEST);
        assert_eq!(
            format!("  {longest}\n").parse::<Title>().unwrap().as_str(),
            longest
        );
        let refused = format!("{longest}abc").parse::<Title>().unwrap_err();
        assert_eq!(
            refused.to_string(),
            "The title is too long: 200 characters fit. Shorten it by 3."
        );
    }

    #[test]
    fn hostile_and_foreign_words_come_out_as_they_went_in() {
        let typed = r#""A" & 'b' <b>🐟</b> 👩‍👩‍👧 خبر عاجل"#;
        assert_eq!(typed.parse::<Title>().unwrap().to_string(), typed);
        assert_eq!(typed.parse::<Body>().unwrap().to_string(), typed);
    }

    #[test]
    fn a_title_nobody_can_see_is_empty() {
        for typed in ["", "  \t ", "\u{200b}\u{feff}", "\u{202e}"] {
            assert_eq!(
                typed.parse::<Title>(),
                Err(WordsError::Empty { what: "title" })
            );
        }
        assert_eq!(
            " ".parse::<Reason>().unwrap_err().to_string(),
            "Write the reason."
        );
    }

    #[test]
    fn a_title_that_was_typed_on_two_lines_becomes_one() {
        for typed in ["one\ntwo", "one\r\ntwo", "one\u{2028}two"] {
            assert_eq!(typed.parse::<Title>().unwrap().as_str(), "one two");
            assert_eq!(
                typed.parse::<Dateline>(),
                Err(WordsError::Lines { what: "place" })
            );
        }
    }

    #[test]
    fn a_title_holds_no_control_characters() {
        for typed in ["one\u{0}two", "one\u{1b}[2J"] {
            assert_eq!(
                typed.parse::<Title>(),
                Err(WordsError::Control { what: "title" })
            );
        }
    }

    #[test]
    fn signs_that_turn_the_writing_round_are_taken_out_of_lines() {
        assert_eq!(
            "a\u{202e}b\u{2066}c\u{2069}"
                .parse::<Title>()
                .unwrap()
                .as_str(),
            "abc"
        );
        assert_eq!("a\u{202e}b".parse::<Body>().unwrap().as_str(), "a\u{202e}b");
    }

    #[test]
    fn a_summary_folds_its_lines_and_may_still_be_missing() {
        let summary: Summary = "one \r\n two\nthree\n".parse().unwrap();
        assert_eq!(summary.as_str(), "one two three");
        assert!(" \n ".parse::<Summary>().unwrap().is_empty());
        assert_eq!(Summary::default(), "".parse().unwrap());
    }

    #[test]
    fn a_body_keeps_its_lines_tabs_and_first_indent() {
        let body: Body = "\r\n    code\r\n\r\n\tmore  \n\n".parse().unwrap();
        assert_eq!(body.as_str(), "    code\n\n\tmore");
        let refused = "a\u{7}b".parse::<Body>();
        assert_eq!(refused, Err(WordsError::Control { what: "body" }));
    }

    #[test]
    fn what_was_taken_once_is_taken_again_unchanged() {
        let once: Body = "  a\n\n b \n".parse().unwrap();
        assert_eq!(once.as_str().parse::<Body>().unwrap(), once);
        let once: Summary = "a\n\n\n b".parse().unwrap();
        assert_eq!(once.as_str().parse::<Summary>().unwrap(), once);
    }
}
