//! Downloads that take long: what readers may not have any more breaks off, however much of it has come.

use std::io::Read;
use std::time::Duration;

use dateline::media::ImageHash;
use dateline::media::intake::take_in;
use dateline::newsroom::Change;
use dateline::storage::images::NewImage;
use dateline::storage::{StorageError, replacing};

use crate::storage::raw::Raw;
use crate::support::{Line, Room, Shot, jpeg, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
const PACK: &str = "/news/ferry-stops/pack.zip";
const LIVE: &str = "2018-11-20T09:00:00Z";
/// More than lies between a server and a reader who takes nothing.
const LONG: usize = 30_000_000;

/// A line on which an answer has begun; its reader takes nothing more for now.
fn begun(room: &Room, address: &str) -> Line {
    let mut line = Line::to(room);
    line.asks(address);
    let mut first = [0; 64];
    line.stream.read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"HTTP/1.1 200"), "{address}");
    line
}

/// What comes when its reader goes on, however the line ends.
fn rest(mut line: Line) -> Vec<u8> {
    line.stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    let mut rest = Vec::new();
    let mut part = vec![0; 1_000_000];
    while let Ok(count) = line.stream.read(&mut part)
        && count > 0
    {
        rest.extend_from_slice(&part[..count]);
        if rest.ends_with(b"\r\n0\r\n\r\n") {
            break;
        }
    }
    rest
}

/// Whether an answer that is sent part by part came to its end.
fn is_whole(rest: &[u8]) -> bool {
    rest.ends_with(b"\r\n0\r\n\r\n")
}

async fn with_long_file(room: &Room) -> String {
    let bytes: Vec<u8> = b"The ferry stops.\n"
        .iter()
        .copied()
        .cycle()
        .take(LONG)
        .collect();
    let file = room.keep("long.txt", &bytes, "A long text").await;
    let item = release("Ferry stops").file(file.id);
    room.has(item.live_at(LIVE)).await;
    file.address
}

async fn removed(room: &Room) {
    room.clock.pass(1_000);
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/removal").await;
    let form = form.fill("Public note", "A court forbade it.");
    form.press("Remove").await;
}

#[actix_web::test]
async fn a_pack_under_way_ends_with_its_item() {
    let room = Room::open().await;
    with_long_file(&room).await;
    let line = begun(&room, PACK);
    removed(&room).await;
    assert_eq!(room.get(PACK).await.status, 410);
    let rest = rest(line);
    assert!(rest.len() < LONG - 5_000_000, "{}", rest.len());
    assert!(!is_whole(&rest));
}

#[actix_web::test]
async fn a_pack_of_words_that_were_corrected_meanwhile_is_no_pack() {
    let room = Room::open().await;
    with_long_file(&room).await;
    let line = begun(&room, PACK);
    let file = "1".parse().unwrap();
    let mended = release("Ferry stops")
        .summary("It stops at one.")
        .file(file);
    let item = dateline::newsroom::ItemId::new(1);
    room.change(item, mended, (Change::Correction, "The hour was wrong."))
        .await;
    assert!(!is_whole(&rest(line)));
    let again = begun(&room, PACK);
    assert!(is_whole(&rest(again)), "the next one is whole");
}

/// A live item with a photo on top that takes seconds to be made, and one in its body that does not.
async fn with_slow_photo(room: &Room) -> (Shot, Shot) {
    let (slow, quick) = (room.slow_photo().await, room.photo(800, WORDS).await);
    let body = format!("![](image:{})", quick.id);
    let item = release("Ferry stops").lead(slow.id).body(&body);
    room.has(item.live_at(LIVE)).await;
    (slow, quick)
}

fn licence_ends(room: &Room, photo: &Shot, millis: i64) {
    let mut raw = Raw::open(&room.file());
    raw.run(&format!(
        "UPDATE images SET licence_ends_at = {millis} WHERE id = {}",
        photo.id
    ));
}

#[actix_web::test]
async fn a_pack_under_way_ends_when_the_licence_of_a_photo_does() {
    let room = Room::open().await;
    let (_, quick) = with_slow_photo(&room).await;
    licence_ends(&room, &quick, room.clock.now().millis() + 1_000);
    let line = begun(&room, PACK);
    room.clock.pass(1_000);
    assert!(!is_whole(&rest(line)));
    let again = begun(&room, PACK);
    assert!(is_whole(&rest(again)), "without the photo");
}

#[actix_web::test]
async fn a_pack_never_holds_another_file_under_the_number_of_a_photo() {
    let room = Room::open().await;
    let (_, quick) = with_slow_photo(&room).await;
    let (bytes, by, now) = (jpeg(700, 500), room.right().id(), room.clock.now());
    let taken = take_in(&bytes).unwrap();
    let line = begun(&room, PACK);
    let replaced = room.store.write(move |tx| {
        let new = NewImage {
            taken: &taken,
            original: &bytes,
            file_name: "other.jpg",
            by,
            now,
        };
        replacing::replace(tx, quick.id, &new).map(|_aside| ())
    });
    let replaced: Result<(), StorageError> = replaced.await;
    replaced.unwrap();
    assert!(!is_whole(&rest(line)));
}

#[actix_web::test]
async fn a_copy_that_waited_is_not_given_once_readers_may_not_have_it() {
    let room = Room::open().await;
    let (slow, quick) = with_slow_photo(&room).await;
    licence_ends(&room, &quick, room.clock.now().millis() + 1_000);
    let mut first = Line::to(&room);
    let before = room.statements();
    first.asks(&format!("/images/{}/full.jpg", slow.hash));
    asked(&room, before + 5).await;
    let mut second = Line::to(&room);
    let before = room.statements();
    second.asks(&format!("/images/{}/full.jpg", quick.hash));
    asked(&room, before + 3).await;
    room.clock.pass(1_000);
    assert_eq!(second.answer(false).status(), "404");
    assert_eq!(first.answer(false).status(), "200");
}

/// Waits until the database was asked so many things.
async fn asked(room: &Room, statements: usize) {
    while room.statements() < statements {
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
    }
}

#[actix_web::test]
async fn a_copy_is_never_kept_under_the_name_of_another_file() {
    let room = Room::open().await;
    let (slow, quick) = with_slow_photo(&room).await;
    let (bytes, by, now) = (jpeg(700, 500), room.right().id(), room.clock.now());
    let (taken, new) = (take_in(&bytes).unwrap(), ImageHash::of(&bytes));
    let mut first = Line::to(&room);
    let before = room.statements();
    first.asks(&format!("/images/{}/full.jpg", slow.hash));
    asked(&room, before + 5).await;
    let mut second = Line::to(&room);
    let before = room.statements();
    second.asks(&format!("/images/{}/full.jpg", quick.hash));
    asked(&room, before + 3).await;
    let id = quick.id;
    let replaced = room.store.write(move |tx| {
        let new = NewImage {
            taken: &taken,
            original: &bytes,
            file_name: "other.jpg",
            by,
            now,
        };
        replacing::replace(tx, id, &new).map(|_aside| ())
    });
    let replaced: Result<(), StorageError> = replaced.await;
    replaced.unwrap();
    assert_eq!(second.answer(false).status(), "404");
    let other = room
        .page(&format!("/images/{}/full.jpg", new.as_str()))
        .await;
    let other = image::load_from_memory(&other.body).unwrap();
    assert_eq!((other.width(), other.height()), (700, 500));
}

/// As [`crate::public::large`] has it: bytes that are no picture, of that many.
fn made_anew(room: &Room, bytes: usize) {
    let mut raw = Raw::open(&room.file());
    raw.run(&format!(
        "UPDATE renditions SET bytes = randomblob({bytes}) WHERE width = 640 AND format = 'jpg'"
    ));
}

#[actix_web::test]
async fn a_picture_that_is_made_anew_meanwhile_is_not_sent_in_halves_of_both() {
    let room = Room::open().await;
    let shot = room.photo(640, WORDS).await;
    let item = release("Ferry stops").lead(shot.id);
    room.has(item.live_at(LIVE)).await;
    made_anew(&room, LONG);
    let line = begun(&room, &format!("/images/{}/640.jpg", shot.hash));
    made_anew(&room, LONG + 1);
    let rest = rest(line);
    assert!(rest.len() < LONG - 5_000_000, "{}", rest.len());
}
