//! The same words as IPTC-IIM 4.2, for programs older than XMP. Its limits (32 bytes for a credit) are
//! not kept: nothing that reads it today minds, and a credit that is cut is a wrong one.

use super::Labels;

/// Record 2 as an image resource of Photoshop, of even length.
pub(super) fn resource(labels: &Labels) -> Vec<u8> {
    let mut iim = records(labels);
    let size = u32::try_from(iim.len()).unwrap_or_default().to_be_bytes();
    if iim.len() % 2 == 1 {
        iim.push(0);
    }
    [&b"8BIM\x04\x04\0\0"[..], &size, &iim].concat()
}

fn records(labels: &Labels) -> Vec<u8> {
    let day = labels.taken_on.map(|day| day.to_string().replace('-', ""));
    let mut out = dataset(1, 90, b"\x1B%G");
    out.extend(dataset(2, 0, &[0, 4]));
    for (number, text) in [
        (40, instructions(labels).as_str()),
        (55, day.as_deref().unwrap_or_default()),
        (105, &labels.headline),
        (110, &labels.credit),
        (120, &labels.caption),
    ] {
        if !text.is_empty() {
            out.extend(dataset(2, number, text.as_bytes()));
        }
    }
    out
}

/// IIM has no field for an address: it stands behind the terms, where desks look before they print.
pub(super) fn instructions(labels: &Labels) -> String {
    let parts = [labels.terms.trim_end_matches('.'), &labels.address];
    let said = parts.into_iter().filter(|part| !part.is_empty());
    said.collect::<Vec<_>>().join(". ")
}

fn dataset(record: u8, number: u8, value: &[u8]) -> Vec<u8> {
    /// Longer values would need IIM's long form; no field of ours reaches it.
    const LONGEST: usize = 0x7FFF;
    let value = value.get(..value.len().min(LONGEST)).unwrap_or_default();
    let length = u16::try_from(value.len()).unwrap_or_default();
    [&[0x1C, record, number], &length.to_be_bytes()[..], value].concat()
}
