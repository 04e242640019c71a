//! Who may have packs made at once, and how often one is made to be counted.

use std::io::Read;

use reqwest::Method;

use crate::support::{Line, Page, Room, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
const PACK: &str = "/news/ferry-stops/pack.zip";

async fn with_file(room: &Room, bytes: usize) {
    let bytes: Vec<u8> = b"The ferry stops.\n"
        .iter()
        .copied()
        .cycle()
        .take(bytes)
        .collect();
    let file = room.keep("long.txt", &bytes, "A long text").await;
    let item = release("Ferry stops").file(file.id);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
}

/// A reader at that address who begins to take the pack, and goes no further.
fn begins(room: &Room, client: &str) -> (Line, bool) {
    let mut line = Line::to(room);
    line.send(&format!(
        "GET {PACK} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {client}\r\n\r\n"
    ));
    let mut first = [0; 12];
    line.stream.read_exact(&mut first).unwrap();
    let is_given = match &first {
        b"HTTP/1.1 200" => true,
        b"HTTP/1.1 503" => false,
        other => panic!("{}", String::from_utf8_lossy(other)),
    };
    (line, is_given)
}

#[actix_web::test]
async fn slow_readers_leave_packs_and_photos_to_others() {
    let room = Room::open().await;
    with_file(&room, 30_000_000).await;
    let photo = room.photo(800, WORDS).await;
    let other = release("Court sits").lead(photo.id);
    room.has(other.live_at("2018-11-20T09:00:00Z")).await;
    let mut slow = Vec::new();
    for number in 1..=7 {
        let client = format!("192.0.2.{number}");
        for _ in 0..2 {
            let (line, is_given) = begins(&room, &client);
            assert!(is_given, "{client}");
            slow.push(line);
        }
    }
    let (_, third) = begins(&room, "192.0.2.1");
    assert!(!third, "a client has two");
    let full = room.get(&format!("/images/{}/full.jpg", photo.hash)).await;
    assert_eq!(full.status, 200, "photos wait for nobody's pack");
    let (_, other) = begins(&room, "198.51.100.7");
    assert!(other, "fourteen slow readers leave places");
    drop(slow);
    for _ in 0..200 {
        let (_, again) = begins(&room, "192.0.2.1");
        if again {
            return;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("a place that was left is not free");
}

async fn first_byte(room: &Room) -> Page {
    let visitor = room.visitor();
    let request = visitor.request(Method::GET, PACK);
    let part = visitor
        .send(PACK, request.header("range", "bytes=0-0"))
        .await;
    assert_eq!(part.status, 206);
    part
}

#[actix_web::test]
async fn a_pack_is_made_once_to_be_counted() {
    let room = Room::open().await;
    with_file(&room, 12_000_000).await;
    let before = room.statements();
    let part = first_byte(&room).await;
    let counted = room.statements() - before;
    let before = room.statements();
    let again = first_byte(&room).await;
    let known = room.statements() - before;
    assert_eq!(again.header("content-range"), part.header("content-range"));
    assert!(known * 2 < counted, "{known} after {counted}");
}
