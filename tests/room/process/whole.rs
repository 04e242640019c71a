//! Whether a room is whole: questions to its tables that must all be answered with nothing.

use dateline::media::ImageHash;

use super::ledger::{Known, Photo};
use super::writer::photo;
use crate::storage::raw::Raw;

/// What must not be there, and how to find it.
const NOTHING: [(&str, &str); 15] = [
    ("a photo without its original", "SELECT id FROM images WHERE id NOT IN (SELECT image_id FROM originals)"),
    ("a photo without all four renditions",
        "SELECT i.id FROM images AS i WHERE (SELECT group_concat(size, ' ') FROM (
            SELECT r.width || r.format AS size FROM renditions AS r
            WHERE r.image_id = i.id AND r.format <> 'avif' AND r.crop = '' AND length(r.bytes) > 0 ORDER BY size))
            IS NOT '320jpg 320webp 340jpg 340webp'"),
    ("an original that is cut short",
        "SELECT i.id FROM images AS i JOIN originals AS o ON o.image_id = i.id WHERE length(o.bytes) <> i.byte_count"),
    ("a photo that the journal does not know once",
        "SELECT id FROM images AS i WHERE
            (SELECT COUNT(*) FROM journal WHERE image_id = i.id AND entry = 'uploaded') <> 1"),
    ("an item without a newest revision", "SELECT id FROM items WHERE head_id IS NULL"),
    ("a newest revision that is another item's or not the newest",
        "SELECT i.id FROM items AS i JOIN revisions AS r ON r.id = i.head_id WHERE r.item_id <> i.id
            OR r.number <> (SELECT MAX(number) FROM revisions WHERE item_id = i.id)"),
    ("a gap between revisions",
        "SELECT item_id FROM revisions GROUP BY item_id HAVING COUNT(*) <> MAX(number)"),
    ("a revision that the journal does not know",
        "SELECT item_id FROM revisions AS r GROUP BY item_id HAVING COUNT(*) <>
            (SELECT COUNT(*) FROM journal WHERE item_id = r.item_id AND entry IN ('started', 'saved'))"),
    ("a revision whose form was not remembered",
        "SELECT id FROM revisions WHERE item_id || ' ' || id NOT IN (SELECT answer FROM sent_forms)"),
    ("an address that nobody claimed",
        "SELECT r.id FROM revisions AS r LEFT JOIN slugs AS s ON s.slug = r.slug WHERE s.item_id IS NOT r.item_id"),
    ("a lead photo that the revision does not show",
        "SELECT r.id FROM revisions AS r WHERE lead_image_id IS NOT NULL AND NOT EXISTS (SELECT 1
            FROM revision_images WHERE revision_id = r.id AND image_id = r.lead_image_id)"),
    ("an item that is neither a draft nor public with its newest words",
        "SELECT i.id FROM items AS i WHERE (i.id IN (SELECT item_id FROM drafts)) =
            (i.head_id IN (SELECT revision_id FROM publications WHERE until_at IS NULL))"),
    ("publications that overlap",
        "SELECT a.id FROM publications AS a JOIN publications AS b ON a.item_id = b.item_id AND a.id < b.id
            WHERE a.from_at < COALESCE(b.until_at, 9e18) AND b.from_at < COALESCE(a.until_at, 9e18)"),
    ("a public item with a gap in what readers saw",
        "SELECT item_id FROM publications GROUP BY item_id HAVING SUM(until_at IS NULL) <> 1
            OR COUNT(DISTINCT published_at) <> 1
            OR SUM(COALESCE(until_at, 0)) <> SUM(from_at) - MIN(from_at)"),
    ("a publication that the journal does not know",
        "SELECT item_id FROM publications AS p GROUP BY item_id HAVING COUNT(*) <>
            (SELECT COUNT(*) FROM journal WHERE item_id = p.item_id AND entry = 'published')"),
];

/// Asks everything of a room.
pub(super) fn is_whole(raw: &mut Raw) {
    assert_eq!(
        raw.words("SELECT integrity_check AS one FROM pragma_integrity_check"),
        ["ok"]
    );
    assert_eq!(
        raw.number("SELECT COUNT(*) AS one FROM pragma_foreign_key_check"),
        0
    );
    assert_eq!(holes(raw), Vec::<&str>::new());
}

/// What is there that must not be.
pub(super) fn holes(raw: &mut Raw) -> Vec<&'static str> {
    NOTHING
        .into_iter()
        .filter(|(_, query)| raw.number(&format!("SELECT COUNT(*) AS one FROM ({query})")) > 0)
        .map(|(what, _)| what)
        .collect()
}

/// Every body that was answered with “saved” is a revision, once, and was public if that was said.
pub(super) fn holds_item(raw: &mut Raw, known: &Known) {
    let number = known.number;
    for body in &known.saved {
        let revisions = format!(
            "SELECT COUNT(*) AS one FROM revisions WHERE item_id = {number} AND body = '{body}'"
        );
        assert_eq!(raw.number(&revisions), 1, "{body}: {known:?}");
    }
    for body in &known.live {
        let publications = format!(
            "SELECT COUNT(*) AS one FROM publications AS p JOIN revisions AS r ON r.id = p.revision_id \
             WHERE p.item_id = {number} AND r.body = '{body}'"
        );
        assert_eq!(raw.number(&publications), 1, "{body}: {known:?}");
    }
}

/// The very bytes that were sent are the original, and the words are those that were answered.
pub(super) fn holds_photo(raw: &mut Raw, sent: &Photo) {
    let bytes = photo(sent.number);
    let rows = raw.number(&format!(
        "SELECT COUNT(*) AS one FROM images AS i JOIN originals AS o ON o.image_id = i.id \
         WHERE i.id = {} AND i.hash = '{}' AND o.bytes = x'{}' AND instr(i.alt_text, '{}')",
        sent.image,
        ImageHash::of(&bytes).as_str(),
        dateline::keys::hex(&bytes),
        sent.alt,
    ));
    assert_eq!(rows, 1, "{sent:?}");
}
