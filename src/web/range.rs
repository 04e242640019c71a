//! A part of an answer (RFC 9110, 14): one range of bytes. Several at once are answered whole.

use std::ops::Range;

/// What a `Range` header asks for, of an answer of that length.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// No range, none that can be read, or several.
    Whole,
    Bytes(Range<usize>),
    /// Nothing of the answer lies in it.
    Nothing,
}

pub fn part(asked: &str, length: usize) -> Part {
    let Some(range) = asked.trim().strip_prefix("bytes=") else {
        return Part::Whole;
    };
    let Some((first, last)) = range.trim().split_once('-') else {
        return Part::Whole;
    };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let is_number = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(last) {
        return Part::Whole;
    }
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last && first < length => {
            Part::Bytes(first..last.saturating_add(1).min(length))
        }
        (Some(first), Some(last)) if first > last => Part::Whole,
        (Some(first), None) if last.trim().is_empty() && first < length => {
            Part::Bytes(first..length)
        }
        (None, Some(suffix)) if first.trim().is_empty() && suffix > 0 && length > 0 => {
            Part::Bytes(length.saturating_sub(suffix)..length)
        }
        (None, None) => Part::Whole,
        _ => Part::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_has_it() {
        for (asked, part_of_ten) in [
            ("bytes=0-3", Part::Bytes(0..4)),
            ("bytes=4-", Part::Bytes(4..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=8-30", Part::Bytes(8..10)),
            ("bytes=9-9", Part::Bytes(9..10)),
            ("bytes=10-", Part::Nothing),
            ("bytes=10-12", Part::Nothing),
            ("bytes=-0", Part::Nothing),
            ("bytes=3-1", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("lines=0-3", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(asked, 10), part_of_ten, "{asked}");
        }
    }
}
