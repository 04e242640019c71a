//! Clients that take their time.

use std::io::Read;
use std::time::{Duration, Instant};

use dateline::web::doors::{Limits, TrustedProxies};

use crate::support::{Line, Room, release};

#[actix_web::test]
async fn a_head_that_trickles_in_is_not_waited_for() {
    let room = Room::open().await;
    for first in ["GET", "GET / HTTP/1.1\r\nHost: a\r\nX: "] {
        let began = Instant::now();
        let mut line = Line::to(&room);
        line.send(first);
        let mut heard = Vec::new();
        // Whether it is told or cut off, the line is free again.
        let _cut_off = line.stream.read_to_end(&mut heard);
        assert!(began.elapsed() < Duration::from_secs(12), "{first}");
        let heard = String::from_utf8(heard).unwrap();
        assert!(
            heard.is_empty() || heard.starts_with("HTTP/1.1 408"),
            "{heard}"
        );
    }
}

#[actix_web::test]
async fn a_line_on_which_nothing_is_said_is_closed() {
    let room = Room::open().await;
    let mut line = Line::to(&room);
    let began = Instant::now();
    assert_eq!(line.stream.read(&mut [0]).unwrap(), 0);
    assert!(began.elapsed() < Duration::from_secs(19));
}

/// More than any buffer on the way holds.
const REQUESTS: usize = 96;

async fn gives_the_place_back(first: &str) {
    let limits = Limits {
        connections: 1,
        takes_within: Duration::from_millis(400),
        ..Limits::default()
    };
    let room = Room::open_within(limits, TrustedProxies::default());
    let body = "No ferry runs before morning. ".repeat(6_600);
    let item = release("Ferry stops").body(&body);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let mut line = Line::to(&room);
    line.send(first);
    line.send(&"GET /news/ferry-stops HTTP/1.1\r\nHost: a\r\n\r\n".repeat(REQUESTS));
    let deadline = Instant::now() + Duration::from_secs(15);
    loop {
        let mut next = Line::to(&room);
        next.asks("/robots.txt");
        if next.answer(false).status() == "200" {
            break;
        }
        assert!(Instant::now() < deadline, "the place is never given back");
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut heard = Vec::new();
    // What was on its way arrives, and then the line is dead.
    let _reset = line.stream.read_to_end(&mut heard);
    assert!(heard.len() < REQUESTS * body.len(), "it was not cut off");
}

#[actix_web::test]
async fn whoever_takes_nothing_of_an_answer_loses_the_place() {
    gives_the_place_back("").await;
}

#[actix_web::test]
async fn the_same_when_the_library_has_the_connection() {
    gives_the_place_back("GET /admin HTTP/1.1\r\nHost: a\r\n\r\n").await;
}
