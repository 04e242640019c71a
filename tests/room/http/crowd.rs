//! More connections than there are places for.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use dateline::web::doors::{Limits, TrustedProxies};

use crate::support::{Line, Room, Spoken};

fn room_for(connections: usize, share: usize, proxies: TrustedProxies) -> Room {
    let limits = Limits {
        connections,
        share,
        ..Limits::default()
    };
    Room::open_within(limits, proxies)
}

/// Somebody who is let in, and stays.
fn guest(room: &Room) -> Line {
    let mut line = Line::to(room);
    line.asks("/robots.txt");
    assert_eq!(line.answer(false).status(), "200");
    line
}

fn turned_away(room: &Room, asks: bool) -> Spoken {
    let mut line = Line::to(room);
    let asked = Instant::now();
    if asks {
        line.asks("/robots.txt");
    }
    let answer = line.answer(false);
    assert!(asked.elapsed() < Duration::from_secs(1), "told at once");
    assert!(line.has_ended());
    answer
}

/// Comes again until there is a place.
fn comes_again(room: &Room) -> Line {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let mut line = Line::to(room);
        line.asks("/robots.txt");
        if line.answer(false).status() == "200" {
            return line;
        }
        assert!(Instant::now() < deadline, "no place was given back");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[actix_web::test]
async fn whoever_finds_no_place_is_told_when_to_come_again_and_finds_one_then() {
    let room = room_for(3, 3, TrustedProxies::default());
    let mut guests: Vec<_> = (0..3).map(|_| guest(&room)).collect();
    for asks in [true, false] {
        let answer = turned_away(&room, asks);
        assert_eq!(answer.status(), "503");
        assert_eq!(answer.header("retry-after"), "5");
        assert_eq!(answer.header("connection"), "close");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_ne!(answer.header("date"), "");
        assert!(answer.body.starts_with(b"Too many are reading just now."));
    }
    // Those who are in go on undisturbed.
    guests[0].asks("/robots.txt");
    assert_eq!(guests[0].answer(false).status(), "200");
    guests.pop();
    guests.push(comes_again(&room));
    assert_eq!(turned_away(&room, true).status(), "503");
}

#[actix_web::test]
async fn a_connection_that_the_library_has_keeps_its_place_too() {
    let room = room_for(1, 1, TrustedProxies::default());
    let mut line = Line::to(&room);
    line.asks("/admin");
    assert_eq!(line.answer(false).status(), "303");
    assert_eq!(turned_away(&room, true).status(), "503");
    drop(line);
    comes_again(&room);
}

#[actix_web::test]
async fn no_client_takes_all_places() {
    let room = room_for(10, 2, TrustedProxies::new(&[]));
    let guests: Vec<_> = (0..2).map(|_| guest(&room)).collect();
    assert_eq!(turned_away(&room, true).status(), "503");
    let other: IpAddr = "127.0.0.2".parse().unwrap();
    let other = reqwest::Client::builder()
        .local_address(other)
        .build()
        .unwrap();
    let answer = other.get(format!("{}/robots.txt", room.root)).send().await;
    assert_eq!(answer.unwrap().status(), 200, "somebody else");
    drop(guests);
    comes_again(&room);
}

#[actix_web::test]
async fn a_proxy_that_is_trusted_may_have_every_place() {
    let room = room_for(4, 1, TrustedProxies::default());
    let guests: Vec<_> = (0..4).map(|_| guest(&room)).collect();
    assert_eq!(guests.len(), 4);
}
