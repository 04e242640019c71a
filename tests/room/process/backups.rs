//! `dateline backup` and `dateline restore` on the real binary: while people write, and with files that are none.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use dateline::clock::Instant;
use dateline::storage::journal::{self, Entry};
use dateline::storage::{self, StorageError, Store};

use super::binary::{Running, run, seen};
use super::client::Client;
use super::writer::{MAIL, PASSWORD, opened};
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

pub(super) fn name(file: &Path) -> String {
    file.to_string_lossy().into_owned()
}

/// Runs a command that must succeed; what it printed.
#[track_caller]
pub(super) fn done(words: &[&str]) -> String {
    let (code, out, err) = seen(&run(words));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{words:?}: {out}");
    out
}

/// Runs a command that must fail with one sentence.
#[track_caller]
pub(super) fn refused(words: &[&str]) -> String {
    let (code, out, err) = seen(&run(words));
    assert_eq!((code, out.as_str()), (Some(1), ""), "{words:?}: {err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    err
}

fn take(room: &Path, into: &Path) -> String {
    done(&["backup", &name(into), "--database", &name(room)])
}

fn restore(room: &Path, backup: &Path) -> String {
    done(&["restore", &name(backup), "--database", &name(room)])
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

const WRITES: u64 = 1_000;
/// So many at least, however slow the machine is.
const BACKUPS: usize = 3;

/// Writes pairs, one a transaction: a moment that existed has both of each pair.
fn write_pairs(store: &Store, written: &AtomicU64, over: &AtomicBool) {
    for number in 1..=100 * WRITES {
        let word = number.to_string();
        let wrote: Result<(), StorageError> = store.write_here(|tx| {
            for half in ["one", "other"] {
                let now = Instant::from_millis(i64::try_from(number).unwrap());
                journal::note(tx, None, &Entry::of_room(half, &word), now)?;
            }
            Ok(())
        });
        wrote.unwrap();
        written.store(number, Ordering::SeqCst);
        if over.load(Ordering::SeqCst) {
            break;
        }
    }
}

/// How many pairs there are in a room that was restored from this backup; none is half there.
fn pairs(place: &Scratch, backup: &Path) -> u64 {
    let again = place.folder().join("again.db");
    restore(&again, backup);
    let mut raw = Raw::open(&again);
    let mut count = |half: &str| {
        let sql = format!("SELECT COUNT(*) AS one FROM journal WHERE entry = '{half}'");
        u64::try_from(raw.number(&sql)).unwrap()
    };
    let (one, other) = (count("one"), count("other"));
    assert_eq!(one, other);
    let last = "SELECT COALESCE(MAX(at), 0) AS one FROM journal WHERE entry = 'other'";
    assert_eq!(u64::try_from(raw.number(last)).unwrap(), one);
    drop(raw);
    fs::remove_file(&again).unwrap();
    one
}

#[test]
fn a_backup_taken_during_a_thousand_writes_restores_to_a_moment_that_existed() {
    let place = Scratch::new();
    let room = place.room();
    let (store, _read) = storage::open(&room, None).unwrap();
    let (written, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let mut taken = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| write_pairs(&store, &written, &over));
        while taken.len() < BACKUPS || written.load(Ordering::SeqCst) < WRITES {
            let before = written.load(Ordering::SeqCst);
            let file = place.folder().join(format!("{}.db", taken.len()));
            take(&room, &file);
            taken.push((file, before, written.load(Ordering::SeqCst)));
        }
        over.store(true, Ordering::SeqCst);
    });
    drop(store);
    for (file, before, after) in &taken {
        let pairs = pairs(&place, file);
        // The commit may have come before the counter.
        let existed = *before..=after + 1;
        assert!(existed.contains(&pairs), "{before} {pairs} {after}");
    }
    let writes = written.load(Ordering::SeqCst);
    println!("{} backups during {writes} writes", taken.len());
}

#[actix_web::test]
async fn a_restored_room_is_as_it_was_and_what_came_after_is_kept_aside() {
    let place = Scratch::new();
    let room = place.room();
    let (mut running, client) = opened(&room).await;
    let title = ("title", "Ferry stops");
    let item = client
        .write_item(&[title, ("body", "First.")])
        .await
        .unwrap();
    let kept = place.folder().join("kept.db");
    let said = take(&room, &kept);
    assert!(
        said.starts_with(&format!("The room is saved in {}: ", kept.display())),
        "{said}"
    );
    client
        .save_item(item, &[("body", "Second.")])
        .await
        .unwrap();
    running.stop().await;
    let key = fs::read(room.with_extension("key")).unwrap();
    let bytes = fs::read(&kept).unwrap();
    assert!(
        !bytes.windows(key.len()).any(|part| part == key),
        "the backup holds the cookie key"
    );

    let said = restore(&room, &kept);
    assert!(
        said.starts_with(&format!("The room in {} is as it was", room.display())),
        "{said}"
    );
    let aside = names(place.folder())
        .into_iter()
        .find(|name| name.starts_with("room.before-"))
        .unwrap();
    let bodies = "SELECT body AS one FROM revisions ORDER BY id";
    assert_eq!(
        Raw::open(&place.folder().join(aside)).words(bodies),
        ["First.", "Second."]
    );
    assert_eq!(fs::read(&kept).unwrap(), bytes, "the backup stays as it is");

    let running = Running::serve(&room);
    let mut client = client;
    client.root.clone_from(&running.readers);
    // Whoever was signed in when the backup was taken signs in again.
    assert_eq!(client.get("/admin").await.unwrap().status, 303);
    let again = Client::of(&running.readers);
    again
        .sign_in(MAIL, PASSWORD)
        .await
        .unwrap()
        .leads_below("/admin");
    let page = again
        .get(&format!("/admin/items/{item}"))
        .await
        .unwrap()
        .ok();
    assert!(page.text().contains("First.") && !page.text().contains("Second."));
}

#[actix_web::test]
async fn a_room_in_use_is_not_replaced() {
    let place = Scratch::new();
    let room = place.room();
    let (running, client) = opened(&room).await;
    let kept = place.folder().join("kept.db");
    take(&room, &kept);
    let sentence = refused(&["restore", &name(&kept), "--database", &name(&room)]);
    assert_eq!(
        sentence,
        format!(
            "The room in {} is in use. Stop the program, then restore. Nothing was changed.\n",
            room.display()
        )
    );
    client.write_item(&[("title", "Still here")]).await.unwrap();
    client.get("/admin").await.unwrap().ok();
    assert!(
        !names(place.folder())
            .iter()
            .any(|name| name.contains("before"))
    );
    drop(running);
}

#[test]
fn a_backup_never_overwrites_anything_and_leaves_nothing_unfinished() {
    let place = Scratch::new();
    let room = place.room();
    drop(storage::open(&room, None).unwrap());
    let other = place.folder().join("other.txt");
    fs::write(&other, "mine").unwrap();
    let there = format!(
        "{} is there already. Name a file that is not there yet.\n",
        other.display()
    );
    assert_eq!(
        refused(&["backup", &name(&other), "--database", &name(&room)]),
        there
    );
    assert_eq!(fs::read_to_string(&other).unwrap(), "mine");
    let nowhere = place.folder().join("missing").join("kept.db");
    let sentence = refused(&["backup", &name(&nowhere), "--database", &name(&room)]);
    assert!(sentence.starts_with(&format!("The file {} cannot be used: ", nowhere.display())));
    let kept = place.folder().join("kept.db");
    let missing = place.folder().join("nobody.db");
    let sentence = refused(&["backup", &name(&kept), "--database", &name(&missing)]);
    assert!(sentence.starts_with("There is no room in "), "{sentence}");
    let letter = refused(&["backup", &name(&kept), "--database", &name(&other)]);
    assert_eq!(
        letter,
        format!("{} cannot be copied: it is no database.\n", other.display())
    );
    take(&room, &kept);
    let left = names(place.folder());
    assert!(
        !left.iter().any(|name| name.contains("unfinished")),
        "{left:?}"
    );
}

/// Files that must not become a room, each with what is said of it.
fn unfit_files(place: &Scratch, whole: &Path) -> Vec<(std::path::PathBuf, &'static str)> {
    let file = |name: &str| place.folder().join(name);
    let bytes = fs::read(whole).unwrap();
    fs::write(
        file("letter"),
        "Dear reader, this is a letter.\n".repeat(99),
    )
    .unwrap();
    fs::write(file("empty"), "").unwrap();
    fs::write(file("short"), &bytes[..bytes.len() - 4096]).unwrap();
    let mut spoilt = bytes.clone();
    for byte in &mut spoilt[8192..12288] {
        *byte = 0x5a;
    }
    fs::write(file("spoilt"), spoilt).unwrap();
    Raw::open(&file("foreign")).run("CREATE TABLE recipes (id INTEGER PRIMARY KEY)");
    fs::copy(whole, file("newer")).unwrap();
    Raw::open(&file("newer"))
        .run("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231235959')");
    fs::copy(whole, file("loose")).unwrap();
    Raw::open(&file("loose"))
        .run("PRAGMA foreign_keys = OFF; INSERT INTO slugs (slug, item_id) VALUES ('x', 99)");
    fs::copy(whole, file("logged")).unwrap();
    fs::write(file("logged-wal"), "x").unwrap();
    vec![
        (file("letter"), "it is no database"),
        (file("empty"), "it is no database"),
        (file("short"), "it is cut short: of "),
        (file("spoilt"), "it is damaged ("),
        (file("foreign"), "it is a database of another program"),
        (file("newer"), "a newer version of this program wrote it"),
        (
            file("loose"),
            "it is damaged (a row of slugs refers to one that is not there)",
        ),
        (
            file("logged"),
            "it belongs to a room that is in use, or was not stopped properly",
        ),
    ]
}

#[test]
fn a_wrong_a_truncated_and_a_newer_file_are_named_and_change_nothing() {
    let place = Scratch::new();
    let room = place.room();
    drop(storage::open(&room, None).unwrap());
    let whole = place.folder().join("whole.db");
    take(&room, &whole);
    let unfit = unfit_files(&place, &whole);
    let before = fs::read(&room).unwrap();
    let files = names(place.folder());
    for (file, says) in unfit {
        let sentence = refused(&["restore", &name(&file), "--database", &name(&room)]);
        let start = format!("{} cannot be restored: {says}", file.display());
        assert!(sentence.starts_with(&start), "{sentence}");
        assert!(sentence.ends_with(". Nothing was changed.\n"), "{sentence}");
        assert!(fs::read(&room).unwrap() == before, "{sentence}");
        assert_eq!(names(place.folder()), files);
    }
    let own = refused(&["restore", &name(&room), "--database", &name(&room)]);
    assert_eq!(
        own,
        format!(
            "{} is the room itself. Name a backup of it.\n",
            room.display()
        )
    );
    let none = refused(&["restore", "nowhere.db", "--database", &name(&room)]);
    assert!(
        none.starts_with("The file nowhere.db cannot be used: "),
        "{none}"
    );
}

#[test]
fn a_damaged_room_can_be_replaced_and_is_kept_with_its_log() {
    let place = Scratch::new();
    let room = place.room();
    drop(storage::open(&room, None).unwrap());
    let whole = place.folder().join("whole.db");
    take(&room, &whole);
    fs::write(&room, "spoilt ".repeat(4096)).unwrap();
    let mut log = room.as_os_str().to_owned();
    log.push("-wal");
    fs::write(&log, "a log").unwrap();
    restore(&room, &whole);
    let restored = "SELECT COUNT(*) AS one FROM journal WHERE entry = 'restored'";
    assert_eq!(Raw::open(&room).number(restored), 1);
    let kept: Vec<String> = names(place.folder())
        .into_iter()
        .filter(|name| name.starts_with("room.before-"))
        .collect();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept[1].ends_with("-wal"), "{kept:?}");
}
