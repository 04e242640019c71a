//! `dateline export` and `dateline import`: the same room on the other side, row by row, byte by byte, page by page.

use std::fs;
use std::path::{Path, PathBuf};

use super::backups::{done, name, refused};
use super::binary::Running;
use super::client::Client;
use crate::promises::soundness::sample_room;
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

const LOGO: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const ICON: &str = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Every table with its columns, but for what the database keeps for itself.
fn tables(raw: &mut Raw) -> Vec<(String, Vec<String>)> {
    let names = raw.words(
        "SELECT name AS one FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND name NOT IN ('__diesel_schema_migrations', 'sqlite_schema') ORDER BY name",
    );
    let mut tables = Vec::new();
    for name in names {
        let columns = format!("SELECT name AS one FROM pragma_table_info('{name}') ORDER BY cid");
        tables.push((name, raw.words(&columns)));
    }
    tables
}

fn rows(raw: &mut Raw, (table, columns): &(String, Vec<String>)) -> Vec<String> {
    let values: Vec<String> = columns
        .iter()
        .map(|name| format!("typeof(\"{name}\") || quote(\"{name}\")"))
        .collect();
    let mut rows = raw.words(&format!(
        "SELECT {} AS one FROM {table}",
        values.join(" || ")
    ));
    rows.sort();
    rows
}

/// The export of the sample room, and the file that the room is in.
fn exported(place: &Scratch) -> (PathBuf, PathBuf) {
    let room = place.room();
    sample_room(&room);
    // What is known by a hash, and what belongs together.
    Raw::open(&room).run(&format!(
        "INSERT INTO logos VALUES ('{LOGO}', x'01'), ('{ICON}', x'02');
         UPDATE room SET logo = '1x1 any {LOGO}', icon = '1x1 white {ICON}';
         INSERT INTO collections (name, folded) VALUES ('Boats', 'boats');
         INSERT INTO collected_images VALUES (1, 1)"
    ));
    // A number that was given out and deleted is never given out again.
    Raw::open(&room).run(
        "INSERT INTO comments (item_id, revision_id, passage, words, by_id, at)
            SELECT item_id, id, '', 'Gone.', written_by, 1 FROM revisions LIMIT 1;
         DELETE FROM comments WHERE words = 'Gone.'",
    );
    let folder = place.folder().join("export");
    let said = done(&["export", &name(&folder), "--database", &name(&room)]);
    assert!(
        said.starts_with(&format!("The room is in {}", folder.display())),
        "{said}"
    );
    (room, folder)
}

/// Every address that readers can ask for.
fn addresses(raw: &mut Raw) -> Vec<String> {
    let mut all = vec![
        "/".to_owned(),
        "/?page=2".to_owned(),
        "/feed.atom".to_owned(),
    ];
    for query in [
        "SELECT '/news/' || slug AS one FROM slugs",
        "SELECT '/news/' || slug || '/history' AS one FROM slugs",
        "SELECT '/' || slug AS one FROM kinds",
        "SELECT '/' || family || 's/' || slug AS one FROM subjects",
        "SELECT '/images/' || hash || '/' || iif(crop = '', '', crop || '-') || r.width || '.' || r.format AS one
            FROM renditions AS r JOIN images AS i ON i.id = r.image_id",
    ] {
        all.extend(raw.words(query));
    }
    all
}

async fn pages_are_equal(room: &Path, again: &Path, addresses: &[String]) {
    let (was, is) = (Running::serve(room), Running::serve(again));
    let (one, other) = (Client::of(&was.readers), Client::of(&is.readers));
    let mut public = 0;
    for address in addresses {
        let before = one.get(address).await.unwrap();
        let after = other.get(address).await.unwrap();
        assert_eq!(before.status, after.status, "{address}");
        assert_eq!(before.location, after.location, "{address}");
        // The two listen on two ports, and say so in their pages.
        let same = before.body == after.body
            || before.text().replace(&was.readers, "") == after.text().replace(&is.readers, "");
        assert!(same, "{address} has other bytes");
        public += u32::from(before.status == 200);
    }
    assert!(public > 100, "{public} pages were public");
}

#[actix_web::test]
async fn an_exported_room_is_imported_with_every_row_every_byte_and_every_page() {
    let place = Scratch::new();
    let (room, folder) = exported(&place);
    let again = place.folder().join("again.db");
    done(&["import", &name(&folder), "--database", &name(&again)]);
    let (mut was, mut is) = (Raw::open(&room), Raw::open(&again));
    let all = tables(&mut was);
    assert_eq!(tables(&mut is), all);
    assert!(all.len() > 28, "{all:?}");
    for table in &all {
        let (was, is) = (rows(&mut was, table), rows(&mut is, table));
        assert_eq!(was.len(), is.len(), "{}", table.0);
        assert!(was == is, "{} has other rows", table.0);
    }
    assert!(was.number("SELECT seq AS one FROM sqlite_sequence WHERE name = 'comments'") > 0);
    done(&["check", "--database", &name(&again)]);
    let addresses = addresses(&mut was);
    pages_are_equal(&room, &again, &addresses).await;
}

#[test]
fn an_export_is_readable_without_the_program() {
    let place = Scratch::new();
    let (room, folder) = exported(&place);
    let mut raw = Raw::open(&room);
    let slug = raw.words(
        "SELECT slug AS one FROM revisions WHERE id = (SELECT head_id FROM items WHERE id = 1)",
    );
    let item = fs::read_to_string(folder.join(format!("items/00001-{}.md", slug[0]))).unwrap();
    let title = raw.words(
        "SELECT title AS one FROM revisions WHERE id = (SELECT head_id FROM items WHERE id = 1)",
    );
    assert!(item.starts_with("---\ntitle: \""), "{item}");
    assert!(item.contains(&format!("\n# {}\n", title[0])), "{item}");
    let lead = item
        .lines()
        .find_map(|line| line.strip_prefix("lead_picture: \"../"));
    let lead = lead.unwrap_or_else(|| panic!("no lead picture: {item}"));
    let picture = fs::read(folder.join(lead.trim_end_matches('"'))).unwrap();
    assert!(image::load_from_memory(&picture).is_ok());
    let images = raw.number("SELECT COUNT(*) AS one FROM images");
    let pictures = fs::read_dir(folder.join("pictures")).unwrap().count();
    assert_eq!(i64::try_from(pictures).unwrap(), images);
    let people = fs::read_to_string(folder.join("tables/people.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(people.lines().next().unwrap()).unwrap();
    assert_eq!(first["id"], 1);
    assert!(folder.join("README.md").exists());
}

type Spoil<'a> = &'a dyn Fn(String) -> String;

/// Spoils a file of an export, sees what an import says to that, and mends the file.
fn spoil(folder: &Path, file: &str, with: Spoil<'_>, says: &str) {
    let again = folder.with_extension("again");
    let path = folder.join(file);
    let before = fs::read(&path).unwrap();
    let text = String::from_utf8_lossy(&before).into_owned();
    fs::write(&path, with(text)).unwrap();
    let sentence = refused(&["import", &name(folder), "--database", &name(&again)]);
    assert!(sentence.contains(says), "{file}: {sentence}");
    assert!(!again.exists(), "{sentence}");
    fs::write(&path, before).unwrap();
}

#[test]
fn an_export_that_is_not_whole_makes_no_room() {
    let place = Scratch::new();
    let (room, folder) = exported(&place);
    let spoiled = |file: &str, with: Spoil<'_>, says: &str| spoil(&folder, file, with, says);
    let shorter = |text: String| -> String { text.split_once('\n').unwrap().1.to_owned() };
    spoiled("tables/revisions.jsonl", &shorter, "rows of");
    let broken = |text: String| text.replace('{', "[");
    spoiled("tables/people.jsonl", &broken, "line 1: it cannot be read");
    let other = |text: String| text.replacen("\"person_id\":1", "\"person_id\":2", 1);
    spoiled(
        "tables/journal.jsonl",
        &other,
        "some of its words are others",
    );
    let out = |text: String| text.replacen("pictures/", "../pictures/", 1);
    spoiled("tables/originals.jsonl", &out, "leads out of the export");
    let pictures = fs::read_dir(folder.join("pictures")).unwrap();
    let picture = pictures.last().unwrap().unwrap().file_name();
    let picture = format!("pictures/{}", picture.into_string().unwrap());
    spoiled(&picture, &|text| format!("{text}x"), "is another file");
    let newer = "A newer version of this program wrote";
    let format = |text: String| text.replace("\"version\": 1", "\"version\": 2");
    spoiled("export.json", &format, newer);
    let steps = |text: String| text.replacen("\"steps\": [", "\"steps\": [\"29991231235959\",", 1);
    spoiled("export.json", &steps, newer);
    spoiled("export.json", &|_| "{}".to_owned(), "holds no export");

    let taken = refused(&["import", &name(&folder), "--database", &name(&room)]);
    assert!(taken.contains("is there already"), "{taken}");
    let full = refused(&["export", &name(&folder), "--database", &name(&room)]);
    assert!(full.contains("is not empty"), "{full}");
    let again = place.folder().join("again.db");
    let log = place.folder().join("again.db-wal");
    fs::write(&log, "of a room that is gone").unwrap();
    let left = refused(&["import", &name(&folder), "--database", &name(&again)]);
    assert!(left.contains("again.db-wal is there already"), "{left}");
    fs::remove_file(&log).unwrap();
    done(&["import", &name(&folder), "--database", &name(&again)]);
}
