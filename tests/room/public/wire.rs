//! What goes over a connection, byte for byte: many requests on one, odd ones, and cut-off ones.

use std::io::Read;
use std::net::Shutdown;
use std::time::Duration;

use crate::support::{Line, Room, Spoken, release};

const ITEM: &str = "/news/ferry-stops";

async fn furnished() -> Room {
    let room = Room::open().await;
    let item = release("Ferry stops").body("No ferry runs before morning.");
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    room
}

/// The lines of a head but for the first one and the date.
fn headers(answer: &Spoken) -> Vec<&str> {
    let mut lines: Vec<_> = answer
        .head
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with("date: "))
        .collect();
    lines.sort_unstable();
    lines
}

#[actix_web::test]
async fn many_requests_at_once_are_answered_in_their_order() {
    let room = furnished().await;
    let mut line = Line::to(&room);
    let all = ["/", ITEM, "/news/nothing", "/", "/feed.atom"];
    let asked = all.map(|target| format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"));
    line.send(&asked.concat());
    for target in all {
        let answer = line.answer(false);
        let page = room.get(target).await;
        assert_eq!(answer.status(), page.status.to_string(), "{target}");
        assert_eq!(answer.body, page.body, "{target}");
    }
}

#[actix_web::test]
async fn memory_and_the_library_say_the_same() {
    let room = furnished().await;
    for target in ["/", ITEM, "/feed.atom", "/robots.txt", "/news/nothing"] {
        let mut line = Line::to(&room);
        line.asks(target);
        let ours = line.answer(false);
        // A range that is none, so that the library answers.
        line.send(&format!(
            "GET {target} HTTP/1.1\r\nHost: a\r\nRange: x\r\n\r\n"
        ));
        let librarys = line.answer(false);
        assert_eq!(ours.status(), librarys.status(), "{target}");
        assert_eq!(headers(&ours), headers(&librarys), "{target}");
        assert_eq!(ours.body, librarys.body, "{target}");
        let dates = ours.head.lines().filter(|line| line.starts_with("date: "));
        assert_eq!(dates.count(), 1, "{target}");
    }
}

#[actix_web::test]
async fn a_connection_goes_on_through_every_kind_of_request() {
    let room = furnished().await;
    let mut line = Line::to(&room);
    line.send(&format!("HEAD {ITEM} HTTP/1.1\r\nHost: a\r\n\r\n"));
    let head = line.answer(true);
    assert_eq!(head.status(), "200");
    line.asks(ITEM);
    let whole = line.answer(false);
    assert_eq!(headers(&head), headers(&whole));
    let tag = whole.head.split("etag: ").nth(1).unwrap();
    let tag = tag.lines().next().unwrap();
    line.send(&format!(
        "GET {ITEM} HTTP/1.1\r\nHost: a\r\nIf-None-Match: {tag}\r\n\r\n"
    ));
    let same = line.answer(false);
    assert_eq!((same.status(), same.body.len()), ("304", 0));
    assert!(same.head.contains(&format!("etag: {tag}")));
    assert!(!same.head.contains("\r\ncontent-type:"));
    // From here on, the library has the connection.
    line.asks("/admin");
    assert_eq!(line.answer(false).status(), "303");
    line.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(line.answer(false).status(), "403");
    line.asks(ITEM);
    let again = line.answer(false);
    assert_eq!(again.body, whole.body);
    assert_eq!(headers(&again), headers(&whole));
}

#[actix_web::test]
async fn a_request_in_pieces_is_one_request() {
    let room = furnished().await;
    let whole = room.get(ITEM).await;
    let request = format!("GET {ITEM} HTTP/1.1\r\nHost: a\r\n\r\n");
    for cut in [1, 10, request.len() - 2, request.len() - 1] {
        let mut line = Line::to(&room);
        let (first, second) = request.split_at(cut);
        line.send(first);
        std::thread::sleep(Duration::from_millis(30));
        line.send(second);
        assert_eq!(line.answer(false).body, whole.body, "cut at {cut}");
    }
}

#[actix_web::test]
async fn a_body_that_hides_a_request_is_never_taken_for_one() {
    let room = furnished().await;
    let hidden = "GET /news/nothing HTTP/1.1\r\nHost: a\r\n\r\n";
    for header in [
        format!("Content-Length: {}", hidden.len()),
        format!("content-length:{}", hidden.len()),
    ] {
        let mut line = Line::to(&room);
        line.send(&format!(
            "GET {ITEM} HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n{hidden}"
        ));
        assert_eq!(line.answer(false).status(), "200");
        // Whoever reads on behind the body may; the library hangs up.
        line.stream.shutdown(Shutdown::Write).unwrap();
        let mut more = Vec::new();
        let _cut_off = line.stream.read_to_end(&mut more);
        assert!(
            more.is_empty(),
            "{header}: {}",
            String::from_utf8_lossy(&more)
        );
    }
    for odd in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
        "GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "\u{0}\u{1}\r\n\r\n",
    ] {
        let mut line = Line::to(&room);
        line.send(odd);
        let mut answer = Vec::new();
        // Answered or cut off, but never a page of somebody else's.
        line.stream.shutdown(Shutdown::Write).unwrap();
        let _cut_off = line.stream.read_to_end(&mut answer);
        assert!(
            !String::from_utf8_lossy(&answer).contains("nothing"),
            "{odd:?}"
        );
    }
    assert_eq!(room.get(ITEM).await.status, 200);
}

#[actix_web::test]
async fn a_connection_that_is_asked_to_close_is_closed() {
    let room = furnished().await;
    let mut line = Line::to(&room);
    line.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(line.answer(false).status(), "200");
    assert!(line.has_ended());
    let line = Line::to(&room);
    line.stream.shutdown(Shutdown::Write).unwrap();
    assert!(line.has_ended(), "nothing was asked");
}
