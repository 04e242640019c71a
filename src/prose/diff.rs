//! What changed between two texts, word by word, with work that has an end whatever the texts are.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// A piece of two texts: in both of them, only in the older, or only in the newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Same(String),
    Gone(String),
    New(String),
}

/// Two texts as one row of parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    parts: Vec<Part>,
    coarse: bool,
}

/// A paragraph to lay out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    Changed(Vec<Part>),
    /// So many paragraphs in a row in which nothing changed.
    Same(usize),
}

/// Stands where a line break came or went.
const BREAK: &str = "¶";

/// Compares words, with what stands between them. Scripts without spaces are cut where Unicode
/// cuts them (UAX #29). `most` bounds the work: how many words and gaps of both texts together are
/// compared one by one; beyond that, paragraphs are, and the answer says that it is coarse.
pub fn words(old: &str, new: &str, most: usize) -> Diff {
    let (was, is) = (tokens(old), tokens(new));
    let (head, tail) = in_common(&was, &is);
    let mut parts = Vec::new();
    push(&mut parts, Part::Same(joined(was.get(..head))));
    let rest = (
        was.get(head..was.len() - tail).unwrap_or_default(),
        is.get(head..is.len() - tail).unwrap_or_default(),
    );
    let coarse = if rest.0.len() + rest.1.len() <= most {
        one_by_one(rest.0, rest.1, &mut parts);
        false
    } else {
        by_line(&rest.0.concat(), &rest.1.concat(), most, &mut parts)
    };
    push(&mut parts, Part::Same(joined(was.get(was.len() - tail..))));
    Diff {
        parts: readable(parts),
        coarse,
    }
}

impl Diff {
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether nothing changed.
    pub fn is_same(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Same(_)))
    }

    /// Whether the texts were too long and too different to be compared word by word all through.
    pub fn is_coarse(&self) -> bool {
        self.coarse
    }

    /// The changed paragraphs whole, the others counted.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        let mut open = Vec::new();
        for part in &self.parts {
            let (look, words): (fn(String) -> Part, &str) = match part {
                Part::Same(words) => (Part::Same, words),
                Part::Gone(words) => (Part::Gone, words),
                Part::New(words) => (Part::New, words),
            };
            for (index, line) in words.split('\n').enumerate() {
                if index > 0 {
                    end(&mut paragraphs, &mut open, part);
                }
                push(&mut open, look(line.to_owned()));
            }
        }
        close(&mut paragraphs, open);
        paragraphs
    }
}

fn end(paragraphs: &mut Vec<Paragraph>, open: &mut Vec<Part>, broken_by: &Part) {
    match broken_by {
        Part::Same(_) => {}
        // Empty lines between paragraphs are no paragraphs.
        Part::Gone(_) | Part::New(_) if open.is_empty() => {}
        Part::Gone(_) => push(open, Part::Gone(BREAK.to_owned())),
        Part::New(_) => push(open, Part::New(BREAK.to_owned())),
    }
    close(paragraphs, std::mem::take(open));
}

fn close(paragraphs: &mut Vec<Paragraph>, parts: Vec<Part>) {
    if parts.is_empty() {
        return;
    }
    if !parts.iter().all(|part| matches!(part, Part::Same(_))) {
        paragraphs.push(Paragraph::Changed(parts));
    } else if let Some(Paragraph::Same(count)) = paragraphs.last_mut() {
        *count += 1;
    } else {
        paragraphs.push(Paragraph::Same(1));
    }
}

fn tokens(text: &str) -> Vec<&str> {
    text.split_word_bounds().collect()
}

/// How many tokens both begin with, and how many both end with besides.
fn in_common(was: &[&str], is: &[&str]) -> (usize, usize) {
    let head = was.iter().zip(is).take_while(|(a, b)| a == b).count();
    let shorter = was.len().min(is.len()) - head;
    let ends = was.iter().rev().zip(is.iter().rev()).take(shorter);
    (head, ends.take_while(|(a, b)| a == b).count())
}

fn joined(tokens: Option<&[&str]>) -> String {
    tokens.unwrap_or_default().concat()
}

fn one_by_one(was: &[&str], is: &[&str], parts: &mut Vec<Part>) {
    for (tag, old, new) in changes(was, is) {
        if tag == DiffTag::Equal {
            push(parts, Part::Same(new));
        } else {
            push(parts, Part::Gone(old));
            push(parts, Part::New(new));
        }
    }
}

/// Line by line, and word by word where lines gave way to others; whether that was too much.
fn by_line(old: &str, new: &str, most: usize, parts: &mut Vec<Part>) -> bool {
    let was: Vec<&str> = old.split_inclusive('\n').collect();
    let is: Vec<&str> = new.split_inclusive('\n').collect();
    if was.len() + is.len() > most {
        push(parts, Part::Gone(old.to_owned()));
        push(parts, Part::New(new.to_owned()));
        return true;
    }
    let (mut left, mut coarse) = (most, false);
    for (tag, old, new) in changes(&was, &is) {
        let (was, is) = (tokens(&old), tokens(&new));
        let work = was.len() + is.len();
        if tag == DiffTag::Equal {
            push(parts, Part::Same(new));
        } else if work <= left {
            left -= work;
            one_by_one(&was, &is, parts);
        } else {
            coarse = coarse || tag == DiffTag::Replace;
            push(parts, Part::Gone(old));
            push(parts, Part::New(new));
        }
    }
    coarse
}

/// The steps from one row of tokens to the other, with the words on either side. This algorithm
/// gives up the shortest way where the search for it grows too long.
fn changes(was: &[&str], is: &[&str]) -> Vec<(DiffTag, String, String)> {
    capture_diff_slices(Algorithm::Myers, was, is)
        .into_iter()
        .map(|step| {
            let (tag, old, new) = step.as_tag_tuple();
            (tag, joined(was.get(old)), joined(is.get(new)))
        })
        .collect()
}

/// Adds a part, unless it is empty, and joins it to a last one of its sort.
fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (_, Part::Same(words) | Part::Gone(words) | Part::New(words)) if words.is_empty() => {}
        (Some(Part::Same(before)), Part::Same(words))
        | (Some(Part::Gone(before)), Part::Gone(words))
        | (Some(Part::New(before)), Part::New(words)) => before.push_str(&words),
        (_, part) => parts.push(part),
    }
}

/// Where several words in a row gave way to others, the gaps between them are no common ground:
/// one long change reads better than many short ones.
fn readable(parts: Vec<Part>) -> Vec<Part> {
    let mut out = Vec::new();
    let mut run = Run::default();
    let mut parts = parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Gone(words) => run.gone.push_str(&words),
            Part::New(words) => run.new.push_str(&words),
            Part::Same(gap) if run.spans(&gap) && parts.peek().is_some() => {
                run.gone.push_str(&gap);
                run.new.push_str(&gap);
            }
            Part::Same(words) => {
                run.end(&mut out);
                push(&mut out, Part::Same(words));
            }
        }
    }
    run.end(&mut out);
    out
}

/// What came and went since the last words in common.
#[derive(Default)]
struct Run {
    gone: String,
    new: String,
}

impl Run {
    fn spans(&self, gap: &str) -> bool {
        let replaces = !self.gone.is_empty() && !self.new.is_empty();
        replaces && !gap.contains('\n') && gap.trim().is_empty()
    }

    fn end(&mut self, out: &mut Vec<Part>) {
        push(out, Part::Gone(std::mem::take(&mut self.gone)));
        push(out, Part::New(std::mem::take(&mut self.new)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MOST: usize = 1_000;

    fn same(words: &str) -> Part {
        Part::Same(words.to_owned())
    }

    fn gone(words: &str) -> Part {
        Part::Gone(words.to_owned())
    }

    fn new(words: &str) -> Part {
        Part::New(words.to_owned())
    }

    /// The older and the newer text, put together from the parts.
    fn both(diff: &Diff) -> (String, String) {
        let (mut old, mut now) = (String::new(), String::new());
        for part in diff.parts() {
            match part {
                Part::Same(words) => {
                    old.push_str(words);
                    now.push_str(words);
                }
                Part::Gone(words) => old.push_str(words),
                Part::New(words) => now.push_str(words),
            }
        }
        (old, now)
    }

    #[test]
    fn the_word_that_changed_stands_alone() {
        let diff = words("The ferry stops at noon.", "The ferry stops at one.", MOST);
        let parts = [
            same("The ferry stops at "),
            gone("noon"),
            new("one"),
            same("."),
        ];
        assert_eq!(diff.parts(), parts);
        assert!(words("Same.", "Same.", MOST).is_same());
        assert!(!diff.is_same() && !diff.is_coarse());
    }

    #[test]
    fn words_in_a_row_that_gave_way_to_others_are_one_change() {
        let diff = words(
            "It costs two hundred pounds now.",
            "It costs a few coins now.",
            MOST,
        );
        let change = [gone("two hundred pounds"), new("a few coins")];
        assert_eq!(diff.parts().get(1..3), Some(&change[..]));
    }

    #[test]
    fn scripts_without_spaces_and_letters_with_marks_are_cut_between_their_signs() {
        let diff = words("渡轮中午停航", "渡轮下午停航", MOST);
        assert_eq!(
            diff.parts(),
            [same("渡轮"), gone("中"), new("下"), same("午停航")]
        );
        let diff = words("cafe\u{301} open", "cafe open", MOST);
        assert_eq!(
            diff.parts(),
            [gone("cafe\u{301}"), new("cafe"), same(" open")]
        );
        let diff = words("تتوقف العبارة ظهرا", "تتوقف العبارة مساء", MOST);
        assert_eq!(
            diff.parts(),
            [same("تتوقف العبارة "), gone("ظهرا"), new("مساء")]
        );
    }

    #[test]
    fn only_paragraphs_that_changed_are_shown_and_the_others_counted() {
        let diff = words("One.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThird.", MOST);
        let changed = vec![gone("Three"), new("Third"), same(".")];
        assert_eq!(
            diff.paragraphs(),
            [Paragraph::Same(2), Paragraph::Changed(changed)]
        );
        let longer = words("One.", "One.\n\nTwo.", MOST);
        let shown = [
            Paragraph::Changed(vec![same("One."), new("¶")]),
            Paragraph::Changed(vec![new("Two.")]),
        ];
        assert_eq!(longer.paragraphs(), shown);
    }

    #[test]
    fn one_comma_in_the_longest_body_is_found() {
        let half = "word ".repeat(20_000);
        let diff = words(
            &format!("{half}end {half}"),
            &format!("{half}end, {half}"),
            MOST,
        );
        assert!(!diff.is_coarse());
        assert_eq!(diff.parts().len(), 3);
    }

    #[test]
    fn the_longest_and_most_different_texts_come_to_an_end_and_say_that_they_are_coarse() {
        let text = |step: usize| -> String {
            (0..66_000)
                .map(|index| ["a ", "b ", "c ", "d\n"][index * step % 97 % 4])
                .collect()
        };
        let (old, now) = (text(31), text(53));
        let diff = words(&old, &now, 60_000);
        assert!(diff.is_coarse());
        assert_eq!(both(&diff), (old.clone(), now.clone()));
        let lines = words(&old.replace(' ', "\n"), &now.replace(' ', "\n"), 60_000);
        assert!(lines.is_coarse());
        // Nothing is held back where somebody is ready to wait.
        assert!(!words(&old, &now, usize::MAX).is_coarse());
    }

    #[test]
    fn a_long_text_with_changes_in_far_places_is_still_compared_word_by_word() {
        let text = |first: &str, last: &str| {
            format!(
                "{first}\n\n{}{last}",
                "A paragraph of words.\n\n".repeat(400)
            )
        };
        let diff = words(
            &text("Ann said.", "So it ends."),
            &text("Ada said.", "So it went."),
            2_000,
        );
        assert!(!diff.is_coarse());
        let changed = diff
            .parts()
            .iter()
            .filter(|part| !matches!(part, Part::Same(_)));
        assert_eq!(changed.count(), 4);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(
            old in "([a-d]{1,2}[ \n.]|[中午日]|é|ب ){0,40}",
            now in "([a-d]{1,2}[ \n.]|[中午日]|é|ب ){0,40}",
            most in prop_oneof![Just(0_usize), Just(12), Just(1_000)],
        ) {
            let diff = words(&old, &now, most);
            prop_assert_eq!(diff.is_same(), old == now);
            prop_assert_eq!(both(&diff), (old, now));
        }

        #[test]
        fn anything_at_all_can_be_compared(old in any::<String>(), now in any::<String>()) {
            prop_assert_eq!(both(&words(&old, &now, MOST)), (old, now));
        }
    }
}
