//! A room of few rows that keep every promise, for the tests that try to break one.

use super::raw::Raw;
use super::scratch::Scratch;

/// A person, two items, an image; item 1 was live with its first revision and is with its second.
const SEED: &str = "
    INSERT INTO people (id, name, email, password_hash, is_author, is_editor, is_admin, created_at)
        VALUES (1, 'Ada', 'ada@example.org', 'x', TRUE, TRUE, FALSE, 1);
    INSERT INTO images (id, hash, file_name, format, width, height, byte_count, alt_state, alt_text,
        caption, credit, terms, words_folded, uploaded_by, uploaded_at)
        VALUES (1, 'a', 'a.jpg', 'jpeg', 10, 10, 3, 'unwritten', '', '', '', '', 'a.jpg', 1, 1);
    INSERT INTO renditions (image_id, width, height, format, bytes) VALUES (1, 10, 10, 'webp', x'00');
    INSERT INTO items (id, uid, created_by, created_at) VALUES (1, 'one', 1, 1), (2, 'two', 1, 1);
    INSERT INTO slugs (slug, item_id) VALUES ('first', 1);
    INSERT INTO journal (at, person_id, entry, item_id, detail) VALUES (1, 1, 'started', 1, '');
";

pub(super) struct Attack {
    pub(super) raw: Raw,
    _place: Scratch,
}

pub(super) fn attack() -> Attack {
    let place = Scratch::new();
    drop(dateline::storage::open(&place.room(), None).unwrap());
    let mut raw = Raw::open(&place.room());
    raw.run(SEED);
    for (id, item, number) in [(1, 1, 1), (2, 1, 2), (3, 2, 1)] {
        raw.run(&revision(id, item, number, "title", "'A title'"));
    }
    raw.run("UPDATE items SET head_id = CASE id WHEN 1 THEN 2 ELSE 3 END");
    raw.run(&publication(1, 1, ("100", "200")));
    raw.run(&publication(1, 2, ("200", "NULL")));
    Attack { raw, _place: place }
}

/// A revision that keeps every promise but the one that the named column's value breaks.
pub(super) fn revision(id: i64, item: i64, number: i64, column: &str, value: &str) -> String {
    let columns = [
        ("kind_id", "1"),
        ("language", "'en'"),
        ("title", "'A title'"),
        ("title_folded", "'a title'"),
        ("slug", "'a-title'"),
        ("summary", "''"),
        ("body", "''"),
        ("dateline", "''"),
        ("notes", "''"),
        ("contacts", "'[]'"),
        ("original_id", "1"),
        ("lead_shape", "'whole'"),
        ("focus_x", "50"),
        ("focus_y", "50"),
        ("content_hash", "'x'"),
        ("written_by", "1"),
        ("written_at", "1"),
    ];
    let (names, values): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .map(|(name, usual)| (name, if name == column { value } else { usual }))
        .unzip();
    format!(
        "INSERT INTO revisions (id, item_id, number, {}) VALUES ({id}, {item}, {number}, {})",
        names.join(", "),
        values.join(", ")
    )
}

pub(super) fn publication(item: i64, revision: i64, span: (&str, &str)) -> String {
    publication_of_kind(1, item, revision, span)
}

pub(super) fn publication_of_kind(
    kind: i64,
    item: i64,
    revision: i64,
    (from, until): (&str, &str),
) -> String {
    format!(
        "INSERT INTO publications (item_id, revision_id, kind_id, face, from_at, until_at, \
         published_at, change, public_note, reason, typed_time, typed_zone, by_id, made_at) \
         VALUES ({item}, {revision}, {kind}, 'live', {from}, {until}, {from}, 'first', '', '', '', '', 1, 1)"
    )
}

impl Attack {
    #[track_caller]
    pub(super) fn is_refused(&mut self, sql: &str, promise: &str) {
        let said = self.raw.refusal(sql);
        assert!(
            said.contains(promise),
            "“{said}” does not name {promise}: {sql}"
        );
    }
}
