//! `dateline check --leaks`: finds nothing in a sound room, and everything in one that is not.

use std::collections::BTreeSet;
use std::path::PathBuf;

use actix_web::cookie::Key;
use dateline::admin::set_up::SetUpToken;
use dateline::app;
use dateline::clock::{Clock, Instant};
use dateline::leaks::Report;
use dateline::media::Waiting;
use dateline::newsroom::ItemId;
use dateline::operation::Operation;
use dateline::samples;
use dateline::storage::{self, StorageError, secrets};

use crate::process::drawn::draw_all;
use crate::support::{Planned, Room, Shot, at, painted, release};

const MARK: &str = "Quuxerwall stands where nobody was told that it stands";

/// The room as the command sees it: what is secret at one instant, asked for at another.
async fn checked(room: &Room, secret_at: Instant, asked_at: Instant) -> Report {
    let (store, read) = storage::open(&room.file(), None).unwrap();
    let known = read
        .read_here(|tx| secrets::room(tx, secret_at))
        .map_err(|error: StorageError| error)
        .unwrap();
    let program = app::Room {
        store,
        read,
        clock: Clock::standing_at(asked_at),
        address: "http://localhost".to_owned(),
        key: Key::generate(),
        set_up: SetUpToken::closed(),
        sends_mail: false,
        operation: Operation::default(),
        workers: 1,
        outside: app::Outside::default(),
        program: PathBuf::from(env!("CARGO_BIN_EXE_dateline")),
        waiting: Waiting::default(),
    };
    program.checked_for_leaks(&known).await.unwrap()
}

fn secret(photo: &Shot, original: ItemId) -> Planned {
    release(MARK)
        .slug("quuxerwall")
        .summary(&format!("{MARK} in short."))
        .body(&format!(
            "The **body** of {MARK}, in full.\n\n![](image:{})",
            photo.id
        ))
        .notes(&format!("The notes of {MARK}."))
        .topic("Quuxer topics")
        .lead(photo.id)
        .translates(original, "ar")
}

/// One live item, and one that goes live on the first of December.
async fn furnished(room: &Room) {
    let words = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
    let photo = room.photo(640, words).await;
    let ferry = release("Ferry stops").lead(photo.id);
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let hidden = ["The alt text of Quuxerwall", MARK, "Nobody", "Never"];
    let hidden = room.photo(642, hidden).await;
    let later = secret(&hidden, item);
    room.has(later.going_live_at("2018-12-01T09:00:00Z")).await;
}

#[actix_web::test]
async fn a_sound_room_tells_nothing_before_its_instant() {
    let room = Room::open().await;
    furnished(&room).await;
    let now = room.clock.now();
    let report = checked(&room, now, now).await;
    assert_eq!(report.leaks, []);
    assert!(report.secrets > 10, "{}", report.secrets);
    assert!(report.asked > 30, "{}", report.asked);
}

#[actix_web::test]
async fn passes_open_nothing_to_a_stranger_and_their_holders_are_told_to_nobody() {
    let room = Room::open().await;
    furnished(&room).await;
    let (before, now) = (room.clock.now(), room.clock.now());
    let without = checked(&room, before, now).await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/2/pass").await;
    let form = form.fill("Journalist", "Annabella Quillfeather");
    let form = form.fill("Outlet", "The Evening Herald of the Quays");
    let list = form.press("Give the pass").await;
    assert_eq!(list.count("#address"), 1);
    let report = checked(&room, before, now).await;
    assert_eq!(report.leaks, []);
    assert!(
        report.secrets > without.secrets,
        "holder and outlet are looked for"
    );
    assert_eq!(report.asked, without.asked);
}

#[actix_web::test]
async fn words_addresses_and_pictures_that_show_too_soon_are_all_found() {
    let room = Room::open().await;
    furnished(&room).await;
    let report = checked(&room, room.clock.now(), at("2018-12-01T09:00:00Z")).await;
    let leaks: BTreeSet<_> = report
        .leaks
        .iter()
        .map(|leak| (leak.address.as_str(), leak.place.as_str()))
        .collect();
    for leak in [
        ("/", "item 2, title"),
        ("/feed.atom", "item 2, title"),
        ("/news/quuxerwall", "item 2, slug"),
        ("/news/quuxerwall", "item 2, body"),
        ("/news/quuxerwall", "item 2, notes"),
        ("/news/quuxerwall", "picture 2, alt text"),
        ("/news/ferry-stops", "item 2, slug"),
        ("/topics/quuxer-topics", "topic quuxer-topics"),
    ] {
        assert!(leaks.contains(&leak), "{leak:?} is not in {leaks:#?}");
    }
    let pictures = report
        .leaks
        .iter()
        .filter(|leak| leak.place == "picture 2" && leak.address.starts_with("/images/"));
    assert!(pictures.count() >= 4, "every rendition of it");
}

#[actix_web::test]
async fn files_that_show_too_soon_are_found_by_words_and_address() {
    let room = Room::open().await;
    let title = "The report of Quuxerwall and of all its gates";
    let file = room.keep("a.pdf", &painted("1 0 0"), title).await;
    assert_eq!(draw_all(&room), 1);
    let later = release("A report").file(file.id);
    room.has(later.going_live_at("2018-12-01T09:00:00Z")).await;
    let now = room.clock.now();
    assert_eq!(checked(&room, now, now).await.leaks, []);
    let report = checked(&room, now, at("2018-12-01T09:00:00Z")).await;
    let found = |address: &str, place: &str| {
        let mut leaks = report.leaks.iter();
        leaks.any(|leak| leak.address == address && leak.place == place)
    };
    assert!(found(&file.address, "file 1"), "{:#?}", report.leaks);
    let page = format!("{}/page-320.webp", file.address);
    assert!(found(&page, "file 1"), "{:#?}", report.leaks);
    assert!(
        found("/news/a-report", "file 1, title"),
        "{:#?}",
        report.leaks
    );
}

#[actix_web::test]
async fn what_somebody_typed_and_did_not_save_is_looked_for_too() {
    let room = Room::open().await;
    furnished(&room).await;
    let editor = room.editor().await;
    let now = room.clock.now();
    let without = checked(&room, now, now).await;
    let typed = editor.open("/admin/items/1").await;
    let mut typed = typed.fill("Body", "Nine words that nobody saved and nobody may read.");
    typed.aim_at("/admin/items/1/autosave");
    assert_eq!(typed.pressed("Save").await.status, 204);
    let with = checked(&room, now, now).await;
    assert_eq!(with.leaks, []);
    assert!(with.secrets > without.secrets, "{}", with.secrets);
}

#[actix_web::test]
async fn the_sample_room_leaks_nothing() {
    let room = Room::open().await;
    let prepared = samples::prepare().unwrap();
    let now = Clock::machine().now();
    room.store
        .write_here(|tx| prepared.load(tx, now, None))
        .unwrap();
    let report = checked(&room, now, now).await;
    assert_eq!(report.leaks, []);
    assert!(report.secrets > 200, "{}", report.secrets);
    assert!(report.asked > 300, "{}", report.asked);
}

#[actix_web::test]
async fn an_editor_starts_the_check_and_reads_its_report() {
    let room = Room::open().await;
    furnished(&room).await;
    let editor = room.editor().await;
    let page = editor.open("/admin/leaks").await;
    assert!(page.has("Nobody has checked since the program was started."));
    let mut page = page.press("Check now").await;
    while page.header("refresh") == "2" {
        page = editor.open("/admin/leaks").await;
    }
    assert!(page.has("Nothing leaks:"), "{}", page.text());
    assert!(page.has("26 Nov 2018, 12:00"));
}

#[actix_web::test]
async fn that_a_removed_picture_is_gone_is_no_leak_and_a_note_to_come_is_a_secret() {
    let room = Room::open().await;
    furnished(&room).await;
    let editor = room.editor().await;
    let now = room.clock.now();
    let removal = editor.open("/admin/items/1/removal").await;
    let removal = removal.fill("Public note", "It was wrong.");
    assert_eq!(removal.press("Remove").await.status, 200);
    let report = checked(&room, now, room.clock.now()).await;
    assert_eq!(report.leaks, []);
    let without = report.secrets;
    let live = release("Another ferry").live_at("2018-11-20T09:00:00Z");
    let item = room.has(live).await;
    let withdrawal = editor
        .open(&format!("/admin/items/{item}/withdrawal"))
        .await;
    let withdrawal = withdrawal
        .fill(
            "Public note",
            "Nine words which nobody may read before their very instant.",
        )
        .fill("Date", "2018-12-02")
        .fill("Time", "09:00");
    withdrawal.press("Withdraw").await.press("Withdraw").await;
    let report = checked(&room, now, room.clock.now()).await;
    assert_eq!(report.leaks, []);
    assert!(report.secrets > without, "{} > {without}", report.secrets);
}
