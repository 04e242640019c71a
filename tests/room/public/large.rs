//! Pictures that are too large to be held: they come in pieces, and in the parts that were asked for.

use std::io::Read;

use dateline::newsroom::Change;
use futures_util::future::join_all;
use reqwest::{Method, Response};

use crate::storage::raw::Raw;
use crate::support::{Line, Room, Shot, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
const LARGE: usize = 3_000_000;

/// A room with a picture of that many bytes, which are no picture.
async fn furnished(bytes: usize) -> (Room, Shot) {
    let room = Room::open().await;
    let shot = room.photo(640, WORDS).await;
    let item = release("Ferry stops").lead(shot.id);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let mut raw = Raw::open(&room.file());
    raw.run(&format!(
        "UPDATE renditions SET bytes = randomblob({bytes}) WHERE width = 640 AND format = 'jpg'"
    ));
    (room, shot)
}

fn bytes_of(room: &Room) -> Vec<u8> {
    let mut raw = Raw::open(&room.file());
    let hex =
        raw.words("SELECT hex(bytes) AS one FROM renditions WHERE width = 640 AND format = 'jpg'");
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap();
    let pairs = hex[0].as_bytes().chunks_exact(2);
    let bytes = pairs.map(|pair| u8::try_from(digit(pair[0]) * 16 + digit(pair[1])).unwrap());
    bytes.collect()
}

fn address(shot: &Shot) -> String {
    format!("/images/{}/640.jpg", shot.hash)
}

async fn asked(room: &Room, shot: &Shot, said: &[(&str, &str)]) -> Response {
    let mut request = room.visitor().request(Method::GET, &address(shot));
    for (name, value) in said {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[actix_web::test]
async fn a_large_picture_comes_whole_however_many_ask_at_once() {
    let (room, shot) = furnished(LARGE).await;
    let bytes = bytes_of(&room);
    let all = join_all((0..12).map(|_| asked(&room, &shot, &[]))).await;
    for answer in all {
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-length"], LARGE.to_string());
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        assert!(
            answer.headers()["cache-control"]
                .to_str()
                .unwrap()
                .starts_with("private")
        );
        assert!(answer.bytes().await.unwrap() == bytes, "other bytes");
    }
    let request = room.visitor().request(Method::HEAD, &address(&shot));
    let head = request.header("range", "bytes=0-9").send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), &head.headers()["content-length"]),
        (200, &LARGE.to_string().parse().unwrap())
    );
}

#[actix_web::test]
async fn of_a_large_picture_the_part_that_was_asked_for_comes() {
    let (room, shot) = furnished(LARGE).await;
    let bytes = bytes_of(&room);
    let tag = asked(&room, &shot, &[]).await.headers()["etag"].clone();
    let tag = tag.to_str().unwrap();
    for (range, part) in [
        ("bytes=0-9", 0..10),
        ("bytes=1000000-1000009", 1_000_000..1_000_010),
        ("bytes=786430-786440", 786_430..786_441),
        ("bytes=100-2999999", 100..LARGE),
        ("bytes=2999990-", LARGE - 10..LARGE),
        ("bytes=-5", LARGE - 5..LARGE),
        ("bytes=2999990-9999999", LARGE - 10..LARGE),
    ] {
        for said in [
            &[("range", range)][..],
            &[("range", range), ("if-range", tag)],
        ] {
            let answer = asked(&room, &shot, said).await;
            assert_eq!(answer.status(), 206, "{range}");
            let stands = format!("bytes {}-{}/{LARGE}", part.start, part.end - 1);
            assert_eq!(answer.headers()["content-range"], stands);
            assert!(
                answer.bytes().await.unwrap() == bytes[part.clone()],
                "{range}"
            );
        }
    }
}

#[actix_web::test]
async fn a_large_picture_comes_whole_or_not_at_all_where_that_is_right() {
    let (room, shot) = furnished(LARGE).await;
    let bytes = bytes_of(&room);
    let tag = asked(&room, &shot, &[]).await.headers()["etag"].clone();
    let tag = tag.to_str().unwrap();
    for said in [
        &[("range", "bytes=0-9"), ("if-range", "\"another\"")][..],
        &[("range", "bytes=0-1,5-6")],
        &[("range", "lines=0-1")],
    ] {
        let answer = asked(&room, &shot, said).await;
        assert_eq!(answer.status(), 200);
        assert!(answer.bytes().await.unwrap() == bytes);
    }
    let beyond = asked(&room, &shot, &[("range", "bytes=3000000-")]).await;
    assert_eq!(beyond.status(), 416);
    assert_eq!(
        beyond.headers()["content-range"],
        format!("bytes */{LARGE}")
    );
    for known in [tag.to_owned(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let same = asked(&room, &shot, &[("if-none-match", &known)]).await;
        assert_eq!(same.status(), 304);
        assert!(same.bytes().await.unwrap().is_empty());
    }
}

#[actix_web::test]
async fn a_picture_that_stops_being_public_stops_coming() {
    const HUGE: usize = 40_000_000;
    let (room, shot) = furnished(HUGE).await;
    let mut line = Line::to(&room);
    line.asks(&address(&shot));
    let mut first = [0; 64];
    line.stream.read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"HTTP/1.1 200"));
    let without = release("Ferry stops").summary("Without the boat.");
    let item = dateline::newsroom::ItemId::new(1);
    room.change(item, without, (Change::Correction, "The wrong boat."))
        .await;
    assert_eq!(room.get(&address(&shot)).await.status, 404);
    let mut rest = Vec::new();
    // However the line ends: it ends too early.
    let _cut_off = line.stream.read_to_end(&mut rest);
    assert!(rest.len() < HUGE - 5_000_000, "{}", rest.len());
}
