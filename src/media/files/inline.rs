//! Photos between the words of a PDF's page (inline images: ISO 32000-2, 8.9.7), which are no objects of their own.

use lopdf::{Error, Stream};

use super::traces;

/// What the words of one page may unpack to: more than any map that is drawn line by line.
const LARGEST_PAGE: usize = 100_000_000;
/// Of the words before such an image's bytes; they tell its size and filters.
const LONGEST_HEAD: usize = 4_096;
/// What every JPEG begins with.
const JPEG: &[u8] = b"\xFF\xD8";
const SPACES: &[u8] = b"\0\t\n\x0C\r ";

/// What is found between the words of a page.
pub(super) enum Found {
    Nothing,
    Traces,
    /// More words than anybody looks at.
    NoEnd,
}

/// Looks at every stream that may be words; one that is not holds nothing.
pub(super) fn look(stream: &Stream) -> Found {
    match stream.get_plain_content_with_limit(LARGEST_PAGE) {
        Ok(words) if has_traces(&words) => Found::Traces,
        Err(Error::Decompress(_)) => Found::NoEnd,
        // The second kind is packed in a way that words never are.
        Ok(_) | Err(_) => Found::Nothing,
    }
}

/// One that is packed in text cannot be looked into, and no program writes any.
fn has_traces(words: &[u8]) -> bool {
    let mut holds_a_photo = false;
    for begin in places(words, b"BI") {
        let after = words.get(begin..).unwrap_or_default();
        let head = after.get(..LONGEST_HEAD).unwrap_or(after);
        let Some(end) = places(head, b"ID").next() else {
            continue;
        };
        let is_photo = unescaped(head.get(..end).unwrap_or_default())
            .windows(3)
            .any(|part| part == b"DCT");
        if !is_photo {
            continue;
        }
        holds_a_photo = true;
        let bytes = after.get(end + 1..).unwrap_or_default();
        if !bytes.starts_with(JPEG) {
            return true;
        }
    }
    holds_a_photo && traces::has(words)
}

/// Where this operator ends, wherever it stands.
fn places<'a>(words: &'a [u8], operator: &'static [u8]) -> impl Iterator<Item = usize> + 'a {
    let is_space = |byte: Option<&u8>| byte.is_none_or(|byte| SPACES.contains(byte));
    let found = words.windows(operator.len()).enumerate();
    found
        .filter(move |(_, part)| *part == operator)
        .map(move |(at, _)| (at, at + operator.len()))
        .filter(move |(at, end)| {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let behind = words.get(*end);
            is_space(before) && (is_space(behind) || behind == Some(&b'/'))
        })
        .map(|(_, end)| end)
}

/// Names may write any of their signs in two digits (7.3.5).
fn unescaped(head: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut left = head;
    while let [first, rest @ ..] = left {
        let digits = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let sign = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let sign = sign.filter(|_sign| *first == b'#');
        plain.push(sign.unwrap_or(*first));
        left = match sign {
            Some(_) => rest.get(2..).unwrap_or_default(),
            None => rest,
        };
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{jpeg, scene, talkative_jpeg};
    use super::*;

    fn page(head: &str, photo: &[u8]) -> Vec<u8> {
        let front = format!("q 60 0 0 40 0 0 cm\nBI{head}\nID ");
        [front.as_bytes(), photo, b"\nEI Q"].concat()
    }

    #[test]
    fn a_photo_between_words_is_looked_at() {
        let head = " /W 60 /H 40 /CS /RGB /BPC 8 /F /DCT";
        assert!(!has_traces(&page(head, &jpeg(&scene(60, 40)))));
        let short = "/W 60/H 40/F[/DCT]";
        for head in [head, short, " /F /DCTDecode", " /F /D#43T"] {
            assert!(has_traces(&page(head, &talkative_jpeg())), "{head}");
        }
        let twice = [
            page(head, &jpeg(&scene(60, 40))),
            page(" /F [/A85 /DCT]", b"s4IA0~>"),
        ];
        assert!(has_traces(&twice.concat()), "packed once more");
    }

    #[test]
    fn words_and_bare_pixels_are_not_blamed() {
        let words = b"BT /F1 12 Tf (GPSLatitude and SerialNumber BI ID DCT) Tj ET";
        assert!(!has_traces(words));
        assert!(!has_traces(&page(" /W 1 /H 1 /BPC 8 /CS /G", b"\x80")));
        assert!(!has_traces(b"BI /F /DCT and no end"));
        assert!(!has_traces(b""));
    }
}
