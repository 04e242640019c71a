//! The IPTC-IIM block that picture desks read.

use super::{Embedded, long, plain};

/// Records 1 and 2 of IPTC-IIM 4.2; 1:90 says that the texts are UTF-8.
fn records(words: &Embedded) -> Vec<u8> {
    let mut out = dataset(1, 90, b"\x1B%G");
    out.extend(dataset(2, 0, &[0, 4]));
    for (number, text) in [
        (80, &words.by_line),
        (110, &words.credit),
        (116, &words.copyright),
        (120, &words.caption),
    ] {
        out.extend(dataset(2, number, plain(text).as_bytes()));
    }
    out
}

fn dataset(record: u8, number: u8, value: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1C, record, number];
    out.extend(u16::try_from(value.len()).unwrap_or(0).to_be_bytes());
    out.extend_from_slice(value);
    out
}

/// The records as a Photoshop image resource, padded to an even length.
pub(super) fn block(words: &Embedded) -> Vec<u8> {
    let iptc = records(words);
    let mut out = b"8BIM\x04\x04\0\0".to_vec();
    out.extend(long(iptc.len()));
    out.extend_from_slice(&iptc);
    if iptc.len() % 2 == 1 {
        out.push(0);
    }
    out
}
