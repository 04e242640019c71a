//! Which block is believed where several say different things.

use super::{Fact, Found, Metadata};

/// The order of the Metadata Working Group's "Guidelines for handling image metadata" 2.0 (2010), part 4,
/// which IPTC's standard refers to. Of the four facts that all blocks can hold, EXIF's come first.
/// Of IPTC and XMP, XMP comes first, unless the digest that was noted beside IPTC shows
/// that somebody changed IPTC since XMP was written.
pub(super) fn reconciled([exif, iptc, xmp]: [Vec<Found>; 3], changed_since: bool) -> Metadata {
    let order = if changed_since {
        [exif, iptc, xmp]
    } else {
        [exif, xmp, iptc]
    };
    let first = |fact: Fact| {
        order
            .iter()
            .flatten()
            .find(|found| found.fact == fact)
            .cloned()
    };
    Metadata {
        found: Fact::ALL.into_iter().filter_map(first).collect(),
    }
}
