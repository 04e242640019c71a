//! What the migrations make is what Diesel was told, and every migration can be taken back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::raw::Raw;
use super::scratch::Scratch;

/// A column: its name, its type in words of Diesel's, whether it may be null, its place in the key.
#[derive(Debug, PartialEq, Eq)]
struct Column {
    name: String,
    kind: String,
    nullable: bool,
    key: i64,
}

type Tables = BTreeMap<String, Vec<Column>>;

/// The tables of `src/storage/schema.rs`, read from its text.
fn told() -> Tables {
    let text = include_str!("../../../src/storage/schema.rs");
    let mut tables = Tables::new();
    for table in text.split("diesel::table! {").skip(1) {
        let (head, rest) = table.split_once(") {").unwrap();
        let (name, keys) = head.trim().split_once(" (").unwrap();
        let keys: Vec<&str> = keys.split(", ").collect();
        let columns = rest
            .split('}')
            .next()
            .unwrap()
            .lines()
            .filter_map(|line| line.trim().trim_end_matches(',').split_once(" -> "))
            .map(|(name, kind)| told_column(name, kind, &keys))
            .collect();
        tables.insert(name.to_owned(), columns);
    }
    tables
}

fn told_column(name: &str, kind: &str, keys: &[&str]) -> Column {
    let inner = kind
        .strip_prefix("Nullable<")
        .and_then(|kind| kind.strip_suffix('>'));
    let key = keys.iter().position(|key| *key == name);
    Column {
        name: name.to_owned(),
        kind: inner.unwrap_or(kind).to_owned(),
        nullable: inner.is_some(),
        key: key.map_or(0, |place| i64::try_from(place).unwrap() + 1),
    }
}

/// The tables that the migrations made.
fn made(raw: &mut Raw) -> Tables {
    names(raw)
        .into_iter()
        .map(|table| {
            let columns = raw
                .words(&format!(
                    "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk AS one \
                     FROM pragma_table_info('{table}') ORDER BY cid"
                ))
                .iter()
                .map(|line| made_column(line))
                .collect();
            (table, columns)
        })
        .collect()
}

fn made_column(line: &str) -> Column {
    let words: Vec<&str> = line.split(' ').collect();
    let [name, kind, not_null, key] = words[..] else {
        panic!("{line}");
    };
    let kind = match kind {
        "BIGINT" | "INTEGER" => "BigInt",
        "TEXT" => "Text",
        "BOOLEAN" => "Bool",
        "BLOB" => "Binary",
        other => other,
    };
    Column {
        name: name.to_owned(),
        kind: kind.to_owned(),
        nullable: not_null == "0",
        key: key.parse().unwrap(),
    }
}

fn names(raw: &mut Raw) -> Vec<String> {
    raw.words(
        "SELECT name AS one FROM sqlite_schema WHERE type = 'table' \
         AND name NOT LIKE 'sqlite_%' AND name <> '__diesel_schema_migrations' ORDER BY name",
    )
}

fn migrations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    all.sort();
    all
}

#[test]
fn the_migrations_make_the_tables_that_diesel_knows() {
    let place = Scratch::new();
    drop(dateline::storage::open(&place.room(), None).unwrap());
    let (told, made) = (told(), made(&mut Raw::open(&place.room())));
    assert!(told.len() > 10, "{:?}", told.keys());
    assert_eq!(
        told.keys().collect::<Vec<_>>(),
        made.keys().collect::<Vec<_>>()
    );
    for (name, columns) in &told {
        assert_eq!(columns, &made[name], "the table {name}");
    }
}

#[test]
fn every_migration_can_be_taken_back_and_made_again() {
    let place = Scratch::new();
    drop(dateline::storage::open(&place.room(), None).unwrap());
    let mut raw = Raw::open(&place.room());
    let before = made(&mut raw);
    for migration in migrations().iter().rev() {
        let down = fs::read_to_string(migration.join("down.sql")).unwrap();
        raw.run(&format!("BEGIN; {down}; COMMIT;"));
    }
    assert_eq!(names(&mut raw), Vec::<String>::new());
    let left = "SELECT COUNT(*) AS one FROM sqlite_schema WHERE type IN ('trigger', 'view') \
        OR (type = 'index' AND tbl_name <> '__diesel_schema_migrations')";
    assert_eq!(raw.number(left), 0);
    raw.run("DELETE FROM __diesel_schema_migrations");
    drop(dateline::storage::open(&place.room(), None).unwrap());
    assert_eq!(made(&mut raw), before);
}

#[test]
fn a_second_start_changes_no_table_and_no_row() {
    let place = Scratch::new();
    drop(dateline::storage::open(&place.room(), None).unwrap());
    let mut raw = Raw::open(&place.room());
    raw.run("UPDATE kinds SET name = 'Communiqué' WHERE id = 1");
    let before = raw.words("SELECT sql AS one FROM sqlite_schema WHERE sql IS NOT NULL");
    drop(dateline::storage::open(&place.room(), None).unwrap());
    let after = raw.words("SELECT sql AS one FROM sqlite_schema WHERE sql IS NOT NULL");
    assert_eq!(before, after);
    let kinds = raw.words("SELECT name AS one FROM kinds WHERE id = 1");
    assert_eq!(kinds, ["Communiqué"]);
    assert_eq!(raw.number("SELECT COUNT(*) AS one FROM kinds"), 5);
}
