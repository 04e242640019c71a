//! HTTPS from files, without a proxy.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use dateline::web::doors::Limits;

use crate::process::binary::Running;
use crate::storage::scratch::Scratch;
use crate::support::{Certificate, Line, Room, Spoken, Wanted, release};

const ITEM: &str = "/news/ferry-stops";

async fn furnished(certificate: &Certificate, scratch: &Scratch) -> Room {
    let tls = certificate.open(scratch.folder());
    let room = Room::open_with_tls(tls, Limits::default());
    let body = "No ferry runs before morning. ".repeat(400);
    let item = release("Ferry stops").body(&body);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    room
}

fn address(room: &Room) -> &str {
    room.root.trim_start_matches("https://")
}

/// What both protocols are answered with, HTTP/1.1 first.
async fn by_both(room: &Room, certificate: &Certificate, wanted: Wanted<'_>) -> [Spoken; 2] {
    let mut line = certificate.http1(address(room)).unwrap();
    let http2 = certificate.http2(address(room)).await.unwrap();
    [line.ask(wanted), http2.ask(wanted).await]
}

#[actix_web::test]
async fn readers_come_by_both_protocols_and_are_answered_out_of_memory() {
    let (certificate, scratch) = (Certificate::new(), Scratch::new());
    let room = furnished(&certificate, &scratch).await;
    let first = by_both(&room, &certificate, Wanted::get(ITEM)).await;
    let asked = room.statements();
    let again = by_both(&room, &certificate, Wanted::get(ITEM)).await;
    assert_eq!(room.statements(), asked);
    for answer in first.iter().chain(&again) {
        assert_eq!(answer.status(), "200");
        assert_eq!(answer.header("strict-transport-security"), "max-age=600");
        assert_eq!(answer.header("etag"), first[0].header("etag"));
        assert_eq!(answer.body, first[0].body);
        assert!(answer.body.len() > 10_000);
    }
}

#[actix_web::test]
async fn whatever_else_is_asked_works_by_both() {
    let (certificate, scratch) = (Certificate::new(), Scratch::new());
    let room = furnished(&certificate, &scratch).await;
    let [whole, _] = by_both(&room, &certificate, Wanted::get(ITEM)).await;
    let tag = whole.header("etag");
    let wanted = |method, target, said, body| Wanted {
        method,
        target,
        said,
        body,
    };
    let form = "mail=a%40quay.example&password=wrong&next=";
    let ours = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let older = [ours[0], ("origin", "https://localhost")];
    let foreign = [ours[0], ("origin", "https://evil.example")];
    let part = [("range", "bytes=10-19")];
    let known = [("if-none-match", tag)];
    for (wanted, status) in [
        (wanted("GET", ITEM, &part[..], ""), "206"),
        (wanted("GET", ITEM, &known[..], ""), "304"),
        (wanted("HEAD", ITEM, &[], ""), "200"),
        (wanted("GET", "/news/nothing", &[], ""), "404"),
        (wanted("GET", "/admin", &[], ""), "303"),
        (wanted("POST", "/admin/sign-in", &[], form), "403"),
        (wanted("POST", "/admin/sign-in", &ours[..], form), "422"),
        (wanted("POST", "/admin/sign-in", &older[..], form), "422"),
        (wanted("POST", "/admin/sign-in", &foreign[..], form), "403"),
    ] {
        for answer in by_both(&room, &certificate, wanted).await {
            assert_eq!(answer.status(), status, "{}", answer.head);
            if status == "206" {
                assert_eq!(answer.body, whole.body[10..20]);
            }
        }
    }
}

#[actix_web::test]
async fn many_requests_go_side_by_side_over_one_connection() {
    let (certificate, scratch) = (Certificate::new(), Scratch::new());
    let room = furnished(&certificate, &scratch).await;
    let http2 = certificate.http2(address(&room)).await.unwrap();
    let targets = ["/", ITEM, "/feed.atom", "/news/nothing", "/robots.txt"].repeat(20);
    let all = targets.iter().map(|target| http2.ask(Wanted::get(target)));
    let answers = futures_util::future::join_all(all).await;
    for (target, answer) in targets.iter().zip(answers) {
        let expected = if *target == "/news/nothing" {
            "404"
        } else {
            "200"
        };
        assert_eq!(answer.status(), expected, "{target}");
    }
}

/// Whether somebody who trusts this certificate alone gets an answer on a new connection.
async fn is_shown(certificate: &Certificate, room: &Room) -> bool {
    match certificate.http2(address(room)).await {
        Ok(http2) => http2.ask(Wanted::get("/robots.txt")).await.status() == "200",
        Err(_not_trusted) => false,
    }
}

#[actix_web::test]
async fn new_files_are_taken_over_and_broken_ones_are_not() {
    let (first, second, scratch) = (Certificate::new(), Certificate::new(), Scratch::new());
    let room = furnished(&first, &scratch).await;
    assert!(is_shown(&first, &room).await && !is_shown(&second, &room).await);
    let files = second.write(scratch.folder());
    let deadline = Instant::now() + Duration::from_secs(15);
    while !is_shown(&second, &room).await {
        assert!(Instant::now() < deadline, "the new files are not read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!is_shown(&first, &room).await);
    for broken in [String::new(), "no key".to_owned(), first.key()] {
        fs::write(&files.key, broken).unwrap();
        tokio::time::sleep(Duration::from_millis(2_600)).await;
        assert!(is_shown(&second, &room).await);
    }
    fs::remove_file(&files.chain).unwrap();
    tokio::time::sleep(Duration::from_millis(2_600)).await;
    assert!(is_shown(&second, &room).await);
}

#[actix_web::test]
async fn whoever_speaks_no_tls_is_let_go_and_leaves_the_place() {
    let (certificate, scratch) = (Certificate::new(), Scratch::new());
    let limits = Limits {
        connections: 1,
        ..Limits::default()
    };
    let room = Room::open_with_tls(certificate.open(scratch.folder()), limits);
    let address = address(&room);
    let mut plain = Line::at(address);
    plain.asks("/");
    let mut heard = Vec::new();
    let _cut_off = plain.stream.read_to_end(&mut heard);
    assert!(!heard.starts_with(b"HTTP"));
    let mut silent = Line::at(address);
    let began = Instant::now();
    // Another one finds no place meanwhile, and the line just closes.
    let mut other = Line::at(address);
    let mut heard = Vec::new();
    let _cut_off = other.stream.read_to_end(&mut heard);
    assert!(heard.is_empty() && began.elapsed() < Duration::from_secs(3));
    let mut heard = Vec::new();
    let _cut_off = silent.stream.read_to_end(&mut heard);
    assert!(began.elapsed() < Duration::from_secs(12));
    assert!(is_shown(&certificate, &room).await);
}

/// Whoever comes there by plain HTTP is led to the same address here.
fn is_led_on(plain: &str, here: &str) {
    let mut line = Line::at(plain);
    line.send("GET /news/x?page=2 HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    let led = line.answer(false);
    assert_eq!(led.status(), "308");
    assert_eq!(led.header("location"), format!("{here}/news/x?page=2"));
    assert!(line.has_ended());
    let mut odd = Line::at(plain);
    odd.stream.write_all(b"nonsense\r\n\r\n").unwrap();
    assert_eq!(odd.answer(false).status(), "400");
}

#[actix_web::test]
async fn a_process_offers_https_and_leads_there_from_http() {
    let (certificate, scratch) = (Certificate::new(), Scratch::new());
    let files = certificate.write(scratch.folder());
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let plain = free.local_addr().unwrap().to_string();
    drop(free);
    let settings = [
        (
            "DATELINE_TLS_CERTIFICATE",
            files.chain.to_string_lossy().into_owned(),
        ),
        ("DATELINE_TLS_KEY", files.key.to_string_lossy().into_owned()),
        ("DATELINE_REDIRECT_LISTEN", plain.clone()),
    ];
    let mut running = Running::serve_with(&scratch.room(), &settings);
    assert!(running.readers.starts_with("https://127.0.0.1:"));
    let address = running.readers.trim_start_matches("https://").to_owned();
    let stays = certificate.http2(&address).await.unwrap();
    let robots = stays.ask(Wanted::get("/robots.txt")).await;
    assert_eq!(robots.status(), "200");
    assert_eq!(
        robots.header("strict-transport-security"),
        "max-age=31536000"
    );
    is_led_on(&plain, &running.readers);
    // A client that keeps its connection open holds up no stop.
    let asked = Instant::now();
    running.stop().await;
    assert!(
        asked.elapsed() < Duration::from_secs(8),
        "{:?}",
        asked.elapsed()
    );
    drop(stays);
}
