//! A Markdown text for whoever reads it outside of the room: its pictures lead to files beside it, its links
//! into the room to the room's address. Everything else stays as it was typed.

use std::ops::Range;

use comrak::Arena;
use comrak::nodes::{LineColumn, Node, NodeValue};

use super::links::{self, Address};
use super::markdown::{images_in, parse};
use super::{plain, tree};

/// What is put in place of a part of the text.
type Edit = (Range<usize>, String);

/// A picture beside the text.
pub struct Carried {
    pub file: String,
    /// What it shows, unless this use of it has words of its own.
    pub alt: String,
    /// What is said below it; empty where nothing is.
    pub said: String,
}

/// Which file a picture of the library is, told with the caption of one use of it.
type Files<'a> = &'a dyn Fn(i64, &str) -> Option<Carried>;

impl Carried {
    /// In one line, so that it stays where it stands: in a list, in a quotation, in a link.
    pub fn written(&self, own_words: &str) -> String {
        let alt = if own_words.is_empty() {
            &self.alt
        } else {
            own_words
        };
        let picture = format!("![{}]({})", escaped(&line(alt), &SIGNS), self.file);
        match line(&self.said).as_str() {
            "" => picture,
            said => format!("{picture} *{}*", escaped(said, &SIGNS)),
        }
    }
}

/// What would be read as more than words.
const SIGNS: [char; 8] = ['[', ']', '\\', '*', '_', '`', '<', '|'];

fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with `files` in place of the library's numbers, and `root` in front of the room's addresses. A
/// picture without a file goes with all its words, however it is written. A text that cannot be mended so
/// that no number is left in it comes as plain words.
pub fn carried_out(source: &str, root: &str, files: Files<'_>) -> String {
    let arena = Arena::new();
    let tree = parse(&arena, source);
    let lines = Lines::of(source);
    let mut edits: Vec<Edit> = tree
        .descendants()
        .filter_map(|node| edit(node, &lines, (root, files)))
        .collect();
    edits.extend(definitions(source).filter_map(|definition| definition.edit(root)));
    match apply(source, edits) {
        Some(text)
            if images_in(&text).is_empty() && definitions(&text).all(|one| !one.is_image()) =>
        {
            text
        }
        Some(_) | None => plain::write(tree, &|_| None),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only these nodes hold addresses"
)]
fn edit(node: Node<'_>, lines: &Lines<'_>, (root, files): (&str, Files<'_>)) -> Option<Edit> {
    let data = node.data();
    match &data.value {
        NodeValue::Image(link) => {
            let number = links::image_number(&link.url)?;
            let carried = files(number, &link.title);
            let written = carried.map(|one| one.written(&tree::words_of(node)));
            Some((lines.picture(node)?, written.unwrap_or_default()))
        }
        NodeValue::Link(link) if is_of_the_room(&link.url) => {
            let words_end = lines.words_end(node, 1)?;
            let behind = lines.text.get(words_end..)?.strip_prefix("](")?;
            let at = words_end + 2 + destination(behind)?;
            let leads = lines.text.get(at..)?.starts_with('/');
            leads.then(|| (at..at, root.to_owned()))
        }
        _ => None,
    }
}

fn is_of_the_room(url: &str) -> bool {
    url.starts_with('/') && links::address(url) == Address::Inside
}

/// What may stand between the parts of a link; a quotation goes on with its mark in each line.
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '>'];

/// Where an address begins behind its bracket.
fn destination(behind: &str) -> Option<usize> {
    let blank = behind.find(|sign| !BLANKS.contains(&sign))?;
    let pointed = behind.get(blank..)?.starts_with('<');
    Some(blank + usize::from(pointed))
}

/// As far as it goes, pointed or not, behind its own bracket or another's.
fn address_length(from_its_start: &str) -> usize {
    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '>' | ')');
    from_its_start.find(ends).unwrap_or(from_its_start.len())
}

fn escaped(words: &str, signs: &[char]) -> String {
    let mut out = String::new();
    for sign in words.chars() {
        if signs.contains(&sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// Nothing where two parts lie over each other, or none of the text.
fn apply(source: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut at) = (String::new(), 0);
    for (range, written) in edits {
        out.push_str(source.get(at..range.start)?);
        out.push_str(&written);
        at = range.end;
    }
    out.push_str(source.get(at..)?);
    Some(out)
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Lines and columns are counted from 1, columns in bytes.
    fn at(&self, place: LineColumn) -> Option<usize> {
        Some(self.starts.get(place.line.checked_sub(1)?)? + place.column.checked_sub(1)?)
    }

    /// Where the words of a link or a picture end, which begin behind a mark of that many signs.
    fn words_end(&self, node: Node<'_>, mark: usize) -> Option<usize> {
        match node.last_child() {
            Some(last) => Some(self.at(last.data().sourcepos.end)? + 1),
            None => Some(self.at(node.data().sourcepos.start)? + mark),
        }
    }

    /// From its mark to its last bracket. The parser tells the end wrongly where an address goes on in
    /// another line.
    fn picture(&self, node: Node<'_>) -> Option<Range<usize>> {
        let start = self.at(node.data().sourcepos.start)?;
        self.text.get(start..)?.strip_prefix("![")?;
        let words_end = self.words_end(node, 2)?;
        let behind = self.text.get(words_end..)?;
        let end = if let Some(inside) = behind.strip_prefix("](") {
            let at = destination(inside)?;
            let rest = inside.get(at..)?;
            let rest = rest.get(address_length(rest)..)?;
            let rest = rest.strip_prefix('>').unwrap_or(rest);
            let rest = rest.get(title(rest)..)?;
            let rest = rest.trim_start_matches(BLANKS).strip_prefix(')')?;
            self.text.len() - rest.len()
        } else if let Some(label) = behind.strip_prefix("][") {
            words_end + 2 + label.find(']')? + 1
        } else {
            behind.strip_prefix(']')?;
            words_end + 1
        };
        Some(start..end)
    }
}

/// `[a]: /news/verdict "Title"`: where a link or a picture elsewhere in the text leads. The parser keeps
/// none of them.
struct Definition<'a> {
    whole: Range<usize>,
    address: &'a str,
    address_at: usize,
}

impl Definition<'_> {
    fn is_image(&self) -> bool {
        links::image_number(self.address).is_some()
    }

    /// Pictures do not need theirs any more, and it may hold the words of one that has gone.
    fn edit(self, root: &str) -> Option<Edit> {
        if self.is_image() {
            return Some((self.whole, String::new()));
        }
        is_of_the_room(self.address).then(|| (self.address_at..self.address_at, root.to_owned()))
    }
}

fn definitions(source: &str) -> impl Iterator<Item = Definition<'_>> {
    source
        .match_indices("]:")
        .filter_map(|(at, _)| definition(source, at))
}

/// What ends its label there.
fn definition(source: &str, label_ends: usize) -> Option<Definition<'_>> {
    const LONGEST_LABEL: usize = 4_000;
    let bytes = source.as_bytes();
    let from = label_ends.saturating_sub(LONGEST_LABEL);
    let start = from
        + bytes
            .get(from..label_ends)?
            .iter()
            .rposition(|byte| *byte == b'[')?;
    let mut before = bytes
        .get(..start)?
        .iter()
        .rev()
        .take_while(|byte| **byte != b'\n');
    if !before.all(|byte| b" \t>*+-.)0123456789".contains(byte)) {
        return None;
    }
    let behind = label_ends + 2;
    let address_at = behind + destination(source.get(behind..)?)?;
    let rest = source.get(address_at..)?;
    let (address, rest) = rest.split_at_checked(address_length(rest))?;
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    let end = source.len() - rest.len() + title(rest);
    Some(Definition {
        whole: start..end,
        address,
        address_at,
    })
}

/// No caption is longer.
const LONGEST_TITLE: usize = 10_000;

/// How many bytes the title behind an address takes, with what stands before it.
fn title(rest: &str) -> usize {
    let words = rest.trim_start_matches(BLANKS);
    let mut signs = words.char_indices();
    let end = match signs.next() {
        Some((_, '"')) => '"',
        Some((_, '\'')) => '\'',
        Some((_, '(')) => ')',
        Some(_) | None => return 0,
    };
    let mut is_escaped = false;
    for (at, sign) in signs.take(LONGEST_TITLE) {
        if sign == end && !is_escaped {
            return rest.len() - words.len() + at + 1;
        }
        is_escaped = sign == '\\' && !is_escaped;
    }
    0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(source: &str) -> String {
        carried_out(source, "https://news.example", &|number, caption| {
            (number < 7).then(|| Carried {
                file: format!("photos/a-{number}.jpg"),
                alt: "A boat".to_owned(),
                said: caption.to_owned(),
            })
        })
    }

    #[test]
    fn pictures_lead_to_their_files_with_the_words_of_this_use() {
        for (source, out) in [
            ("![](image:1)", "![A boat](photos/a-1.jpg)"),
            (
                "a ![x *y*](image:2 'At \"sea\"') b",
                "a ![x y](photos/a-2.jpg) *At \"sea\"* b",
            ),
            (
                "> - ![](image:1)\n> - ![](<image:2>)",
                "> - ![A boat](photos/a-1.jpg)\n> - ![A boat](photos/a-2.jpg)",
            ),
            (
                "![x][a] and\n\n[a]: image:1 \"At [the]\nsea\"\n\nEnd",
                "![x](photos/a-1.jpg) *At \\[the\\] sea* and\n\n\n\nEnd",
            ),
            (
                "We won! _All_ # of it\n\n![](image:1)",
                "We won! _All_ # of it\n\n![A boat](photos/a-1.jpg)",
            ),
        ] {
            assert_eq!(told(source), out);
        }
    }

    #[test]
    fn a_picture_that_may_not_be_shown_goes_with_all_its_words() {
        for source in [
            "Before.\n\n![its alt](image:7 \"its caption\")\n\nAfter.",
            "Before.\n\n![its alt][a]\n\nAfter.\n\n[a]: image:7 \"its\ncaption\"",
            "Before.\n\n![a]\n\nAfter.\n\n> [a]:\n> image:7\n> (its caption)",
            "Before ![its\nalt](image:7\n'its caption') After.",
            "Before.\n\n[![its alt](image:7)](/news/x) After.",
        ] {
            let out = told(source);
            for gone in ["its", "alt", "caption", "image:", "7"] {
                assert!(!out.contains(gone), "{out}");
            }
            assert!(out.starts_with("Before") && out.contains("After."), "{out}");
        }
    }

    #[test]
    fn links_into_the_room_lead_to_its_address() {
        for (source, out) in [
            ("[x](/news/y)", "[x](https://news.example/news/y)"),
            (
                "[*x* `]`]( </news/y> \"T\")",
                "[*x* `]`]( <https://news.example/news/y> \"T\")",
            ),
            ("[](/)", "[](https://news.example/)"),
            (
                "[x][a] [b]\n\n[a]: /news/y\n[b]: </news/z> 'T'",
                "[x][a] [b]\n\n[a]: https://news.example/news/y\n[b]: <https://news.example/news/z> 'T'",
            ),
            (
                "[x](https://a.example) [y](#z) [e](//evil.example) `[x](/news/y)`",
                "[x](https://a.example) [y](#z) [e](//evil.example) `[x](/news/y)`",
            ),
            (
                "[![](image:1)](/news/y)",
                "[![A boat](photos/a-1.jpg)](https://news.example/news/y)",
            ),
        ] {
            assert_eq!(told(source), out);
        }
    }

    const PIECES: [&str; 24] = [
        "a",
        " ",
        "\n",
        "\n\n",
        "*",
        "`",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "](image:1)",
        "](image:7 \"t\")",
        "](/news/y)",
        "> ",
        "- ",
        "1. ",
        "[a]",
        "[a]: image:7",
        "[a]: /x",
        "| a | b |\n|---|---|\n",
        "خبر",
    ];

    proptest! {
        #[test]
        fn no_number_of_the_library_is_left_in_whatever_is_typed(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        ) {
            let out = told(&pieces.concat());
            prop_assert!(images_in(&out).is_empty(), "{}", out);
        }
    }
}
