//! IPTC-IIM 4.2: datasets of a tag marker, a record, a number, a length and a text.

use md5::{Digest, Md5};

use super::charset::{Declared, decoded};
use super::{Block, Fact, Found, found};

/// So many datasets are read, keywords included.
const MOST_DATASETS: usize = 2_000;

/// Record 2, the application record.
const FACTS: [(u8, Fact); 11] = [
    (25, Fact::Keywords),
    (40, Fact::Instructions),
    (55, Fact::DateCreated),
    (80, Fact::Creator),
    (90, Fact::City),
    (101, Fact::Country),
    (105, Fact::Headline),
    (110, Fact::CreditLine),
    (115, Fact::Source),
    (116, Fact::Copyright),
    (120, Fact::Description),
];

pub(super) fn read(iptc: &[u8]) -> Vec<Found> {
    let sets: Vec<_> = Datasets { rest: iptc }.take(MOST_DATASETS).collect();
    let escape = sets.iter().find(|set| (set.record, set.number) == (1, 90));
    let declared = escape
        .map(|set| Declared::by(set.value))
        .unwrap_or_default();
    let texts = |wanted: u8| {
        let of = sets
            .iter()
            .filter(move |set| (set.record, set.number) == (2, wanted));
        of.map(move |set| decoded(set.value, declared))
    };
    FACTS
        .into_iter()
        .filter_map(|(number, fact)| found(fact, Block::Iptc, texts(number)))
        .collect()
}

/// Whether the datasets are those that this digest was made of.
pub(super) fn has_digest(iptc: &[u8], digest: [u8; 16]) -> bool {
    Md5::digest(iptc).as_slice() == digest
}

struct Dataset<'a> {
    record: u8,
    number: u8,
    value: &'a [u8],
}

struct Datasets<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Datasets<'a> {
    type Item = Dataset<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let [0x1C, record, number, high, low, rest @ ..] = self.rest else {
            return None;
        };
        let short = u16::from_be_bytes([*high, *low]);
        let (length, rest) = match short.checked_sub(0x8000) {
            None => (usize::from(short), rest),
            // A long dataset: so many bytes hold its length.
            Some(count) => long(rest, usize::from(count))?,
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Dataset {
            record: *record,
            number: *number,
            value,
        })
    }
}

fn long(rest: &[u8], count: usize) -> Option<(usize, &[u8])> {
    let (length, rest) = rest.split_at_checked(count)?;
    if count > 4 {
        return None;
    }
    let length = length
        .iter()
        .fold(0, |length, byte| length << 8 | usize::from(*byte));
    Some((length, rest))
}
