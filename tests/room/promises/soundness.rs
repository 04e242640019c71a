//! `dateline check`: the sample room keeps every promise, and each promise that is broken is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline::backups;
use dateline::clock::Clock;
use dateline::desk::soundness;
use dateline::samples;
use dateline::storage::{self, StorageError};

use crate::process::binary::{run, seen};
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

/// What breaks a promise, past all that guards it, and a word of the sentence that tells of it.
const BREAKAGES: [(&str, &str); 51] = [
    ("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'IS NOT NULL', 'IS NULL')
        WHERE name = 'publications_by_end'", "file is damaged"),
    ("INSERT INTO slugs (slug, item_id) VALUES ('x', 9999)", "refer to others"),
    ("DROP INDEX publications_by_end", "tables are not those"),
    ("UPDATE publications SET until_at = until_at + 1000 WHERE id = (SELECT a.id FROM publications AS a
        JOIN publications AS b ON a.item_id = b.item_id AND b.from_at = a.until_at
        WHERE a.until_at > a.from_at AND b.until_at IS NOT b.from_at LIMIT 1)", "overlap"),
    ("UPDATE publications SET until_at = from_at - 1 WHERE id = 1", "ends before it begins"),
    ("DROP INDEX one_open_publication; UPDATE publications SET until_at = NULL WHERE item_id =
        (SELECT item_id FROM publications GROUP BY item_id HAVING COUNT(*) > 1 LIMIT 1)", "without an end"),
    ("UPDATE publications SET kind_id = kind_id + 1 WHERE id = 1", "under another kind"),
    ("UPDATE publications SET published_at = from_at + 1 WHERE until_at IS NULL", "first public after"),
    ("UPDATE publications SET face = 'moved', moved_to = 'nowhere-at-all' WHERE id = 1", "moved to nowhere"),
    ("WITH two AS (SELECT id, item_id FROM publications WHERE until_at IS NULL AND face = 'live'
            ORDER BY from_at LIMIT 2)
        UPDATE publications SET face = 'moved', moved_to = (SELECT slug FROM slugs WHERE item_id =
            (SELECT item_id FROM two WHERE two.item_id <> publications.item_id) LIMIT 1)
        WHERE id IN (SELECT id FROM two)", "in a circle"),
    ("UPDATE publications SET urgent = TRUE, reason = '' WHERE id = 1", "tells no reason"),
    ("UPDATE publications SET change = 'correction', public_note = '' WHERE id = 1", "no note to readers"),
    ("INSERT OR REPLACE INTO signatures SELECT id, by_id, 1 FROM publications WHERE id = 1", "signed their own"),
    ("INSERT INTO holds VALUES (99, 'x', 1, 1, 1, 1);
        INSERT INTO held_publications SELECT MAX(id), 99 FROM publications WHERE until_at IS NULL", "not taken back"),
    ("DROP INDEX one_hold; INSERT INTO holds (reason, by_id, at) VALUES ('x', 1, 1), ('y', 1, 1)", "one hold is open"),
    ("ALTER TABLE drafts RENAME TO before; CREATE TABLE drafts AS
        SELECT * FROM before UNION ALL SELECT * FROM before", "more than one draft"),
    ("UPDATE drafts SET stage = 'draft' WHERE stage = 'discarded'", "keeps discarded words"),
    ("UPDATE approvals SET content_hash = 'x' WHERE id = 1", "approval names other words"),
    ("UPDATE approvals SET by_id = (SELECT written_by FROM revisions WHERE id = revision_id) WHERE id = 1",
        "approved words that they wrote"),
    ("UPDATE publications SET approval_id = (SELECT id FROM approvals
        WHERE item_id <> publications.item_id LIMIT 1) WHERE id = 1", "approval of other words"),
    ("INSERT INTO comments (item_id, revision_id, passage, words, by_id, at) VALUES (1,
        (SELECT MIN(id) FROM revisions WHERE item_id <> 1), '', 'x', 1, 1)", "revision of another item"),
    ("UPDATE items SET head_id = NULL WHERE id = 1", "no newest revision"),
    ("UPDATE revisions SET number = 77 WHERE id = 1", "are missing"),
    ("UPDATE revisions SET slug = 'unclaimed' WHERE id = 1", "belongs to nobody"),
    ("INSERT INTO slugs (slug, item_id) VALUES ('leads-nowhere', 1)", "leads nowhere"),
    ("UPDATE revisions SET original_id = (SELECT i.id FROM items AS i JOIN revisions AS r ON r.id = i.head_id
        WHERE r.original_id <> i.id LIMIT 1) WHERE id = (SELECT MAX(head_id) FROM items)", "one of a translation"),
    ("DELETE FROM originals WHERE image_id = 1", "has no original"),
    ("UPDATE originals SET bytes = substr(bytes, 1, 99) WHERE image_id = 1", "cut short"),
    ("DELETE FROM renditions WHERE image_id = 1 AND format = 'jpg'", "no renditions"),
    ("INSERT INTO renditions (image_id, width, height, format, bytes) VALUES (999, 1, 1, 'jpg', x'00')",
        "rendition is of a picture"),
    ("UPDATE images SET ready = 'avif' WHERE id = 1", "copies that are not there"),
    ("UPDATE images SET ready = (SELECT ((focus_x + 2) / 5 * 5) || '-' || ((focus_y + 2) / 5 * 5) FROM revisions
        WHERE lead_image_id = images.id LIMIT 1) WHERE id = (SELECT MIN(lead_image_id) FROM revisions)",
        "copies that are not there"),
    ("INSERT INTO originals (image_id, bytes) VALUES (999, x'00')", "original is of a picture"),
    ("UPDATE images SET alt_text = '' WHERE alt_state = 'written'", "said to have alt text"),
    ("UPDATE images SET trashed_at = 1 WHERE id = 1", "picture that is in the trash"),
    ("UPDATE images SET trashed_at = 1, emptied_at = 1 WHERE id = 1", "something of it is left"),
    ("INSERT INTO collections (name, folded) VALUES ('x', 'x'); INSERT INTO collected_images VALUES (1, 1);
        UPDATE images SET trashed_at = 1, emptied_at = 1 WHERE id = 1", "collection holds a picture"),
    ("INSERT INTO files VALUES (9, 'k', 'pdf', 't', 'en', '', '', 1, 'h', 'a.pdf', 3, 1, 1, 1);
        INSERT INTO file_versions VALUES (9, 1, 'h', 3, 1, 1)", "not all of its bytes"),
    ("INSERT INTO files VALUES (9, 'k', 'pdf', 't', 'en', '', '', 1, 'h', 'a.pdf', 3, 1, 1, 1)", "another version of a file"),
    ("INSERT INTO files VALUES (9, 'k', 'pdf', 't', 'en', '', '', 1, 'h', 'a.pdf', 3, 1, 1, 1);
        INSERT INTO file_versions VALUES (9, 1, 'h', 3, 1, 1);
        INSERT INTO file_bytes VALUES (9, 9, 1, 1, x'616263')", "other bytes than those that were taken in"),
    ("INSERT INTO files VALUES (9, 'k', 'pdf', 't', 'en', '', '', 2, 'h', 'a.pdf', 3, 1, 1, 1);
        INSERT INTO first_pages VALUES (9, 9, 1, 160, 226, 'jpg', x'00')", "another version than readers get"),
    ("INSERT INTO files VALUES (9, 'k', 'pdf', 't', 'en', '', '', 1, 'h', 'a.pdf', 3, 1, 1, 1);
        INSERT INTO first_pages VALUES (9, 9, 1, 160, 226, 'jpg', x'00')", "not there in every size"),
    ("UPDATE people SET disabled_at = 1 WHERE id = 1;
        INSERT OR REPLACE INTO calendar_feeds VALUES (1, 'x', 1)", "account is disabled"),
    ("INSERT INTO passes (item_id, holder, outlet, mail, secret_hash, terms, given_by, given_at, expires_at,
        accepted_at) VALUES (1, 'a', 'b', '', 'x', 't', 1, 1, 2, 3)", "pass was used"),
    ("INSERT INTO mails (event, recipient, uid, subject, sentence, title, language, link, link_words, state,
        made_at, due_at, tries, next_try_at, last_error)
        VALUES ('e', 'r', 'u', '', '', '', '', '', '', 'sent', 1, 1, 1, 1, '')", "sent at no instant"),
    ("ALTER TABLE mails RENAME TO before; CREATE TABLE mails AS SELECT 1 AS id, 'e' AS event, 'r' AS recipient,
        'waiting' AS state, NULL AS sent_at UNION ALL SELECT 2, 'e', 'r', 'waiting', NULL", "told to somebody twice"),
    ("UPDATE room SET icon = '192x192 any 00'", "logo or icon is a picture that is not there"),
    ("UPDATE room SET id = 2", "more than one room"),
    ("UPDATE originals SET bytes = zeroblob(length(bytes)) WHERE image_id = 1", "not the file that was taken in"),
    ("UPDATE revisions SET language = 'no language at all' WHERE id = 1", "cannot have written"),
    ("DELETE FROM revision_images WHERE revision_id = (SELECT MIN(revision_id) FROM revision_images)",
        "other pictures than its words"),
];

/// Drawing the sample photos takes a while; everybody gets a copy of one room.
static SAMPLE: LazyLock<(Scratch, PathBuf)> = LazyLock::new(|| {
    let place = Scratch::new();
    let (store, _read) = storage::open(&place.room(), None).unwrap();
    let prepared = samples::prepare().unwrap();
    let now = Clock::machine().now();
    let loaded = store.write_here(|tx| prepared.load(tx, now, None));
    loaded.unwrap();
    let copy = place.folder().join("sample.db");
    backups::take(&place.room(), &copy).unwrap();
    (place, copy)
});

/// The sample room in a file of its own.
pub(crate) fn sample_room(file: &Path) {
    fs::copy(&SAMPLE.1, file).unwrap();
}

fn promises_broken_in(room: &Path) -> BTreeSet<String> {
    let (_store, read) = storage::open(room, None).unwrap();
    let found: Result<_, StorageError> = read.read_here(soundness::look);
    found.unwrap().into_iter().map(|one| one.promise).collect()
}

#[test]
fn every_promise_that_is_broken_is_named_and_a_sound_room_has_none() {
    let place = Scratch::new();
    let room = place.room();
    sample_room(&room);
    let whole = place.folder().join("whole.db");
    backups::take(&room, &whole).unwrap();
    assert_eq!(promises_broken_in(&room), BTreeSet::new());

    let mut raw = Raw::open(&whole);
    let triggers = raw.words("SELECT name AS one FROM sqlite_schema WHERE type = 'trigger'");
    for trigger in triggers {
        raw.run(&format!("DROP TRIGGER {trigger}"));
    }
    drop(raw);
    let mut known = BTreeSet::new();
    for (number, (break_it, says)) in BREAKAGES.iter().enumerate() {
        let broken = place.folder().join(format!("{number}.db"));
        fs::copy(&whole, &broken).unwrap();
        let mut raw = Raw::open(&broken);
        raw.run("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
        raw.run(break_it);
        drop(raw);
        let found = promises_broken_in(&broken);
        let named = found.iter().find(|promise| promise.contains(says));
        let named = named.unwrap_or_else(|| panic!("{break_it} is seen as {found:?}"));
        known.insert(named.clone());
        fs::remove_file(&broken).unwrap();
    }
    assert_eq!(known.len(), soundness::questions(), "{known:#?}");
}

#[test]
fn the_command_tells_what_is_broken_and_where_and_changes_nothing() {
    let place = Scratch::new();
    let room = place.room();
    drop(storage::open(&room, None).unwrap());
    let file = room.to_string_lossy().into_owned();
    let check = || seen(&run(&["check", "--database", &file]));
    let sentence = format!(
        "The room is sound: {} promises were looked at, and every one is kept.\n",
        soundness::questions()
    );
    assert_eq!(check(), (Some(0), sentence, String::new()));
    let mut raw = Raw::open(&room);
    raw.run("PRAGMA foreign_keys = OFF; DROP TRIGGER journal_is_never_edited");
    for number in 1..=12 {
        raw.run(&format!(
            "INSERT INTO slugs (slug, item_id) VALUES ('to-{number}', 77)"
        ));
    }
    let (code, report, err) = check();
    assert_eq!((code, err.as_str()), (Some(1), "3 promises are broken.\n"));
    for line in [
        "Rows refer to others that are not there:\n    12 of slugs to items\n",
        "The tables are not those of this program:\n    trigger journal_is_never_edited is missing\n",
        "An address leads nowhere:\n    address to-1\n",
        "    and 2 more\n",
    ] {
        assert!(report.contains(line), "{report}");
    }
    raw.run("DELETE FROM __diesel_schema_migrations WHERE version > '20261123000011'");
    let (code, out, err) = check();
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("was made by an older version"), "{err}");
    let older =
        "SELECT COUNT(*) AS one FROM __diesel_schema_migrations WHERE version > '20261123000011'";
    assert_eq!(raw.number(older), 0);
}
