//! Backups that are made by themselves: in time, no more than are to be kept, and told of.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use dateline::backups::{Keeper, Schedule};
use dateline::clock::Clock;
use dateline::storage::backups::{Known, known};
use dateline::storage::{self, ReadStore};

use super::backups::{done, name};
use super::binary::Running;
use super::client::Client;
use crate::storage::scratch::Scratch;
use crate::support::at;

fn keeper(place: &Scratch, folder: PathBuf) -> (Keeper, ReadStore) {
    let (store, read) = storage::open(&place.room(), None).unwrap();
    let keeper = Keeper {
        room: place.room(),
        store,
        clock: Clock::standing_at(at("2018-11-26T12:00:00Z")),
        schedule: Schedule {
            folder,
            every: Duration::from_hours(24),
            keep: 2,
        },
    };
    (keeper, read)
}

fn told(read: &ReadStore) -> Known {
    read.read_here(known).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_copy_is_made_each_day_and_the_newest_are_kept() {
    let place = Scratch::new();
    let folder = place.folder().join("copies");
    let (keeper, read) = keeper(&place, folder.clone());
    assert_eq!(told(&read), Known::default());
    assert!(keeper.round().unwrap());
    assert!(!keeper.round().unwrap(), "the next one is not due");
    fs::write(folder.join("dateline-notes.db"), "mine").unwrap();
    fs::write(folder.join("20181101.db"), "mine").unwrap();
    let killed = fs::File::create(folder.join(".dateline-killed.unfinished")).unwrap();
    killed.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    fs::write(folder.join(".dateline-by-hand.unfinished"), "half").unwrap();
    for (instant, is_due) in [
        ("2018-11-27T11:59:59Z", false),
        ("2018-11-27T12:00:00Z", true),
        ("2018-11-28T12:00:01Z", true),
        ("2018-12-24T00:00:00Z", true),
    ] {
        keeper.clock.set(at(instant));
        assert_eq!(keeper.round().unwrap(), is_due, "{instant}");
    }
    assert_eq!(
        names(&folder),
        [
            ".dateline-by-hand.unfinished",
            "20181101.db",
            "dateline-20181128T120001Z.db",
            "dateline-20181224T000000Z.db",
            "dateline-notes.db"
        ]
    );
    let last = told(&read).last.unwrap();
    assert_eq!(last.at, at("2018-12-24T00:00:00Z"));
    let newest = fs::metadata(folder.join("dateline-20181224T000000Z.db")).unwrap();
    assert_eq!(last.bytes, newest.len());
}

#[test]
fn a_copy_that_a_wrong_clock_dated_into_the_future_takes_no_other_ones_place() {
    let place = Scratch::new();
    let folder = place.folder().join("copies");
    let (keeper, _read) = keeper(&place, folder.clone());
    assert!(keeper.round().unwrap());
    keeper.clock.set(at("2030-01-01T00:00:00Z"));
    assert!(keeper.round().unwrap());
    for (instant, is_due) in [
        ("2018-11-27T12:00:00Z", true),
        ("2018-11-27T12:00:30Z", false),
        ("2018-11-27T12:01:00Z", false),
    ] {
        keeper.clock.set(at(instant));
        assert_eq!(keeper.round().unwrap(), is_due, "{instant}");
    }
    assert_eq!(
        names(&folder),
        [
            "dateline-20181126T120000Z.db",
            "dateline-20181127T120000Z.db",
            "dateline-20300101T000000Z.db"
        ]
    );
}

#[test]
fn a_copy_that_cannot_be_made_is_told_of_until_one_can() {
    let place = Scratch::new();
    let folder = place.folder().join("copies");
    fs::write(&folder, "a file and no folder").unwrap();
    let (keeper, read) = keeper(&place, folder.clone());
    let problem = keeper.round().unwrap_err().to_string();
    assert!(problem.contains("cannot be used"), "{problem}");
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    assert!(keeper.round().unwrap());
    assert_eq!(told(&read).problem, None);
}

#[actix_web::test]
async fn a_program_with_a_folder_makes_its_first_copy_when_it_starts() {
    let place = Scratch::new();
    let folder = place.folder().join("copies");
    let settings = [("DATELINE_BACKUP_FOLDER", name(&folder))];
    let mut running = Running::serve_with(&place.room(), &settings);
    // Once it answers, it hears when it is told to stop.
    Client::of(&running.readers)
        .get("/healthz")
        .await
        .unwrap()
        .ok();
    let patience = std::time::Instant::now() + super::binary::PATIENCE;
    while !folder.exists()
        || !names(&folder)
            .iter()
            .any(|name| name.starts_with("dateline-"))
    {
        assert!(std::time::Instant::now() < patience, "no copy is made");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    running.stop().await;
    let copy = folder.join(names(&folder).pop().unwrap());
    let again = place.folder().join("again.db");
    done(&["restore", &name(&copy), "--database", &name(&again)]);
    done(&["check", "--database", &name(&again)]);
}

#[test]
fn a_copy_that_somebody_makes_by_hand_is_told_of_too() {
    let place = Scratch::new();
    let (_store, read) = storage::open(&place.room(), None).unwrap();
    let copy = place.folder().join("copy.db");
    done(&["backup", &name(&copy), "--database", &name(&place.room())]);
    let last = told(&read).last.unwrap();
    assert_eq!(last.bytes, fs::metadata(&copy).unwrap().len());
}
