//! A room with 100,000 live items, filled by the database itself.

use std::path::Path;

use dateline::admin::set_up::blank_room;
use dateline::clock::Instant;
use dateline::storage::{self, StorageError};

use super::raw::Raw;

/// An instant after every publication of the room.
pub(super) const NOW: Instant = Instant::from_millis(1_600_000_000_000);

/// The items that carry this number and every later one up to the last belong to the first kind.
pub(super) const OF_FIRST_KIND: i64 = 97_000;

/// 100,000 items, oldest first; every second one is about the same topic, and six old ones
/// are about another; the first 20,000 were corrected, so that each has a publication that ended.
const FILL: &str = "
    BEGIN;
    INSERT INTO people (id, name, email, password_hash, is_author, is_editor, is_admin, created_at)
        VALUES (1, 'Ada', 'ada@example.org', 'x', TRUE, TRUE, FALSE, 1);
    CREATE TEMP TABLE n AS
        WITH RECURSIVE count (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM count WHERE i < 100000)
        SELECT i, CASE WHEN i <= 97000 THEN 1 ELSE 2 + i % 4 END AS kind FROM count;
    INSERT INTO subjects (id, family, slug, name, folded)
        SELECT i, CASE WHEN i <= 40 THEN 'topic' ELSE 'place' END, 'subject-' || i, 'Subject ' || i, 'subject ' || i
        FROM n WHERE i <= 60;
    INSERT INTO subjects (id, family, slug, name, folded)
        VALUES (61, 'topic', 'everything', 'Everything', 'everything');
    INSERT INTO images (id, hash, file_name, format, width, height, byte_count, alt_state, alt_text,
        caption, credit, terms, words_folded, uploaded_by, uploaded_at)
        SELECT i, printf('%032x', i), 'a.jpg', 'jpeg', 1600, 900, 1, 'written', 'A boat',
            'A boat at sea.', 'Ada', '', 'a.jpg a boat at sea. ada', 1, 1 FROM n WHERE i <= 500;
    INSERT INTO renditions (image_id, width, height, format, bytes)
        SELECT i, 320, 180, 'webp', x'00' FROM n WHERE i <= 500;
    INSERT INTO items (id, uid, created_by, created_at) SELECT i, 'uid-' || i, 1, 1 FROM n;
    INSERT INTO revisions (id, item_id, number, kind_id, language, title, title_folded, slug, summary, body,
        dateline, notes, contacts, original_id, lead_image_id, lead_shape, focus_x, focus_y,
        content_hash, written_by, written_at)
        SELECT i, i, 1, kind, 'en', 'Item ' || i, 'item ' || i, 'item-' || i, 'What item ' || i || ' says.',
            'Words of item ' || i || '.', 'Paris', '', '[]', i,
            CASE WHEN i % 3 = 0 THEN i % 500 + 1 END, 'wide', 50, 50, 'x', 1, 1 FROM n;
    INSERT INTO revisions
        SELECT 100000 + id, item_id, 2, kind_id, language, title || ' again', title_folded || ' again', slug, summary, body,
            dateline, notes, contacts, original_id, lead_image_id, lead_shape, focus_x, focus_y,
            content_hash, written_by, written_at FROM revisions WHERE id <= 20000;
    UPDATE items SET head_id = CASE WHEN id <= 20000 THEN 100000 + id ELSE id END;
    INSERT INTO slugs (slug, item_id) SELECT 'item-' || i, i FROM n;
    INSERT INTO revision_images (revision_id, image_id)
        SELECT id, lead_image_id FROM revisions WHERE lead_image_id IS NOT NULL;
    INSERT INTO revision_subjects (revision_id, subject_id, position)
        SELECT id, item_id % 40 + 1, 0 FROM revisions;
    INSERT INTO revision_subjects (revision_id, subject_id, position)
        SELECT id, item_id % 20 + 41, 0 FROM revisions;
    INSERT INTO revision_subjects (revision_id, subject_id, position)
        SELECT id, 61, 1 FROM revisions WHERE item_id % 2 = 0;
    INSERT INTO subjects (id, family, slug, name, folded)
        VALUES (62, 'topic', 'rare', 'Rare', 'rare');
    DELETE FROM revision_subjects
        WHERE revision_id IN (30001, 30003, 30005, 30007, 30009, 30011);
    INSERT INTO revision_subjects (revision_id, subject_id, position)
        SELECT i, 62, 0 FROM n WHERE i IN (30001, 30003, 30005, 30007, 30009, 30011);
    INSERT INTO publications (item_id, revision_id, kind_id, face, from_at, until_at, published_at,
        updated_at, change, public_note, reason, typed_time, typed_zone, by_id, made_at)
        SELECT i, i, kind, 'live', 1500000000000 + i * 60000,
            CASE WHEN i <= 20000 THEN 1500000000000 + i * 60000 + 9000 END,
            1500000000000 + i * 60000, NULL, 'first', '', '', '', '', 1, 1 FROM n;
    INSERT INTO publications (item_id, revision_id, kind_id, face, from_at, until_at, published_at,
        updated_at, change, public_note, reason, typed_time, typed_zone, by_id, made_at)
        SELECT i, 100000 + i, kind, 'live', 1500000000000 + i * 60000 + 9000, NULL,
            1500000000000 + i * 60000, 1500000000000 + i * 60000 + 9000, 'update',
            'A date was added.', '', '', '', 1, 1 FROM n WHERE i <= 20000;
    DROP TABLE n;
    COMMIT;
";

/// Makes the room in a file.
pub(super) fn fill(file: &Path) {
    blank(file, NOW);
    Raw::open(file).run(FILL);
}

/// Makes a room in a file in which nobody has written yet.
pub(super) fn blank(file: &Path, now: Instant) {
    let (store, _read) = storage::open(file, None).unwrap();
    let room = blank_room("uid".to_owned(), "The large room".parse().unwrap());
    store
        .write_here(|tx| storage::room::save(tx, &room, now))
        .map_err(|error: StorageError| error)
        .unwrap();
}
