//! Caches in front of the room: how long they keep, and what they are told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use dateline::clock::Clock;
use dateline::newsroom::Change;
use dateline::purger::{Caches, Purger};
use dateline::storage;
use dateline::web::cache::Cdn;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::process::binary::{run, seen};
use crate::storage::scratch::Scratch;
use crate::support::{Page, Room, Shot, at, release};

const ITEM: &str = "/news/ferry-stops";
const SECRET: &str = "correct horse battery";
const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];

fn told(is_told: bool) -> Cdn {
    Cdn {
        keeps: Duration::from_mins(10),
        is_told,
    }
}

/// For how many seconds a cache may keep this answer.
fn keeps(page: &Page) -> Option<i64> {
    let said = page.header("cdn-cache-control");
    let seconds = said.strip_prefix("public, max-age=");
    seconds.map(|seconds| seconds.parse().unwrap())
}

#[actix_web::test]
async fn unless_the_operator_says_so_caches_are_told_nothing() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    for address in ["/", ITEM, "/feed.atom", "/robots.txt", "/news/nothing"] {
        let page = room.get(address).await;
        for name in [
            "cdn-cache-control",
            "surrogate-control",
            "surrogate-key",
            "cache-tag",
        ] {
            assert_eq!(page.header(name), "", "{address}");
        }
    }
}

#[actix_web::test]
async fn no_copy_outlives_the_next_publication() {
    let room = Room::open_behind(told(false));
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    assert_eq!(
        keeps(&room.page(ITEM).await),
        Some(600),
        "nothing is to come"
    );
    let begins = at("2018-11-26T12:30:00Z");
    room.has(release("Verdict").going_live_at("2018-11-26T12:30:00Z"))
        .await;
    let mut lengths = Vec::new();
    for before in [
        1_700_000, 1_201_000, 1_100_000, 601_000, 300_500, 60_000, 2_500, 1_500, 999, 1,
    ] {
        room.clock.set_millis(begins.millis() - before);
        for address in ["/", ITEM, "/feed.atom"] {
            let page = room.page(address).await;
            assert_eq!(
                page.header("cache-control"),
                "public, no-cache",
                "{address}"
            );
            let keeps = keeps(&page).unwrap_or(0);
            assert!(keeps * 1_000 <= before, "{address} {before}");
            lengths.push(keeps);
        }
    }
    assert!(lengths[0] == 600 && lengths.contains(&0), "{lengths:?}");
    room.clock.set("2018-11-26T12:30:00Z");
    assert_eq!(keeps(&room.page("/").await), Some(600));
}

#[actix_web::test]
async fn what_is_not_there_or_only_for_staff_is_kept_by_no_cache() {
    let room = Room::open_behind(told(true));
    let editor = room.editor().await;
    for page in [
        room.get("/news/nothing").await,
        room.get("/admin/sign-in").await,
        editor.get("/admin").await,
    ] {
        assert_eq!(keeps(&page), None);
        assert_eq!(page.header("surrogate-key"), "");
    }
}

/// An image is named by as much of its hash as its address shows.
fn image_tag(shot: &Shot) -> String {
    format!("image-{}", shot.hash.get(..24).unwrap_or_default())
}

#[actix_web::test]
async fn pictures_are_for_caches_that_are_told_of_changes_only() {
    for is_told in [false, true] {
        let room = Room::open_behind(told(is_told));
        let shot = room.photo(640, WORDS).await;
        let item = release("Ferry stops").lead(shot.id);
        room.has(item.live_at("2018-11-20T09:00:00Z")).await;
        let picture = room.get(&format!("/images/{}/640.jpg", shot.hash)).await;
        assert_eq!(picture.status, 200);
        assert!(picture.header("cache-control").starts_with("private,"));
        assert_eq!(keeps(&picture).is_some(), is_told);
        let tag = image_tag(&shot);
        let said = if is_told { tag.as_str() } else { "" };
        assert_eq!(picture.header("surrogate-key"), said);
        let page = room.page(ITEM).await;
        assert!(page.header("cache-tag").split(',').any(|one| one == tag));
    }
}

/// A call as the other side hears it.
struct Call {
    head: String,
    body: String,
}

impl Call {
    fn tags(&self) -> Vec<String> {
        let told: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        let tags = told["tags"].as_array().unwrap();
        tags.iter()
            .map(|tag| tag.as_str().unwrap().to_owned())
            .collect()
    }
}

/// The one call that comes on this connection.
fn call_on(stream: &mut TcpStream) -> Call {
    let mut received = Vec::new();
    loop {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).unwrap();
        received.extend_from_slice(bytes.get(..read).unwrap());
        let text = String::from_utf8(received.clone()).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap();
        let length: usize = length.lines().next().unwrap().parse().unwrap();
        if body.len() == length {
            let body = body.to_owned();
            return Call { head, body };
        }
    }
}

/// Something that keeps copies: answers each call with the next of these, then with 200.
fn caches(mut answers: Vec<u16>) -> (String, Receiver<Call>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/purge?zone=1", listener.local_addr().unwrap());
    let (say, heard) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let call = call_on(&mut stream);
            let status = if answers.is_empty() {
                200
            } else {
                answers.remove(0)
            };
            let answer = format!(
                "HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nLocation: /other\r\nConnection: close\r\n\r\n"
            );
            // Whoever has the answer may look at once what was heard.
            if say.send(call).is_err() {
                return;
            }
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, heard)
}

/// A purger as another process would have it, with the room's present time.
fn round(room: &Room, address: &str) -> bool {
    let (store, read) = storage::open(&room.file(), None).unwrap();
    let purger = Purger {
        store,
        read,
        clock: Clock::standing_at(room.clock.now()),
        caches: Some(Caches::new(address, SECRET).unwrap()),
    };
    purger.round().unwrap()
}

#[actix_web::test]
async fn what_a_publication_changes_is_told_once_it_began_and_signed() {
    let room = Room::open_behind(told(true));
    let (address, heard) = caches(Vec::new());
    let shot = room.photo(640, WORDS).await;
    let item = release("Ferry stops").topic("Ferries").lead(shot.id);
    room.has(item.going_live_at("2018-11-26T13:00:00Z")).await;
    assert!(round(&room, &address));
    assert!(heard.try_recv().is_err(), "it is only scheduled");
    room.clock.set("2018-11-26T13:00:00Z");
    assert!(round(&room, &address));
    let call = heard.try_recv().unwrap();
    assert!(call.head.starts_with("post /purge?zone=1 http/1.1"));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(call.body.as_bytes());
    let signed = dateline::keys::hex(&mac.finalize().into_bytes());
    assert!(
        call.head
            .contains(&format!("dateline-signature: sha256={signed}"))
    );
    let tags = call.tags();
    for shown in ["/", "/topics/ferries", ITEM, "/feed.atom"] {
        let page = room.page(shown).await;
        let keys = page.header("surrogate-key");
        assert!(
            keys.split(' ').any(|key| tags.contains(&key.to_owned())),
            "{shown}: {keys} {tags:?}"
        );
    }
    assert!(tags.contains(&"topic-ferries".to_owned()));
    assert!(tags.contains(&image_tag(&shot)));
    assert!(round(&room, &address));
    assert!(heard.try_recv().is_err(), "it was told already");
}

#[actix_web::test]
async fn a_call_that_fails_is_made_again_until_it_is_taken() {
    let room = Room::open_behind(told(true));
    let (address, heard) = caches(vec![500, 302]);
    room.has(release("Ferry stops").live_at("2018-11-26T11:00:00Z"))
        .await;
    assert!(!round(&room, &address), "500");
    let first = heard.try_recv().unwrap().tags();
    assert!(round(&room, &address), "not yet again");
    assert!(heard.try_recv().is_err());
    room.clock.pass(1_000);
    assert!(
        !round(&room, &address),
        "a redirect is nobody's yes, and is not followed"
    );
    assert_eq!(heard.try_recv().unwrap().tags(), first);
    room.clock.pass(2_000);
    assert!(round(&room, &address));
    assert_eq!(heard.try_recv().unwrap().tags(), first);
    room.clock.pass(600_000);
    assert!(round(&room, &address));
    assert!(heard.try_recv().is_err());
}

#[actix_web::test]
async fn what_a_correction_and_a_withdrawal_change_is_told() {
    let room = Room::open_behind(told(true));
    let (address, heard) = caches(Vec::new());
    let shot = room.photo(640, WORDS).await;
    let first = release("Ferry stops").topic("Ferries").lead(shot.id);
    let item = room.has(first.live_at("2018-11-26T11:00:00Z")).await;
    assert!(round(&room, &address));
    let before = heard.try_recv().unwrap().tags();
    let own = room.page(ITEM).await;
    let own = own.header("surrogate-key").to_owned();
    let own = own.split(' ').find(|key| key.starts_with("item-")).unwrap();
    // The picture and the topic go, and both are told all the same.
    let corrected = release("Ferry stops").topic("Harbours");
    room.change(item, corrected, (Change::Correction, "The hour was wrong."))
        .await;
    assert!(round(&room, &address));
    let tags = heard.try_recv().unwrap().tags();
    assert!(before.iter().all(|tag| tags.contains(tag)), "{tags:?}");
    assert!(tags.contains(&"topic-harbours".to_owned()) && tags.contains(&own.to_owned()));
    room.withdraw(item, "It was wrong.").await;
    assert!(round(&room, &address));
    assert!(heard.try_recv().unwrap().tags().contains(&own.to_owned()));
}

#[actix_web::test]
async fn new_words_of_a_picture_and_new_settings_are_told() {
    let room = Room::open_behind(told(true));
    let (address, heard) = caches(Vec::new());
    let shot = room.photo(640, WORDS).await;
    let item = release("Ferry stops").lead(shot.id);
    room.has(item.live_at("2018-11-26T11:00:00Z")).await;
    assert!(round(&room, &address));
    heard.try_recv().unwrap();
    let editor = room.editor().await;
    let words = editor.open(&format!("/admin/images/{}", shot.id)).await;
    words.fill("Caption", "A boat at dawn.").press("Save").await;
    assert!(round(&room, &address));
    let tags = heard.try_recv().unwrap().tags();
    assert_eq!(tags, [image_tag(&shot), "listing".to_owned()]);
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    settings
        .fill("Introduction", "News from every quay.")
        .press("Save settings")
        .await;
    assert!(round(&room, &address));
    assert_eq!(heard.try_recv().unwrap().tags(), ["room"]);
    assert!(
        room.page("/")
            .await
            .header("surrogate-key")
            .split(' ')
            .any(|key| key == "room")
    );
}

#[actix_web::test]
async fn caches_that_nobody_reaches_hold_up_nothing() {
    let room = Room::open_behind(told(true));
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", free.local_addr().unwrap());
    drop(free);
    room.has(release("Ferry stops").live_at("2018-11-26T11:00:00Z"))
        .await;
    assert!(!round(&room, &address));
    assert!(room.page("/").await.has("Ferry stops"));
}

#[test]
fn an_address_that_is_none_and_a_secret_that_is_short_are_refused_at_the_start() {
    let scratch = Scratch::new();
    let file = scratch.room();
    let serve = |url: &str, secret: &str| {
        let database = [
            "--listen",
            "127.0.0.1:0",
            "--database",
            &file.to_string_lossy(),
        ]
        .map(str::to_owned);
        let purge = [
            "--cdn-seconds",
            "600",
            "--purge-url",
            url,
            "--purge-secret",
            secret,
        ]
        .map(str::to_owned);
        let words: Vec<String> = ["serve".to_owned()]
            .into_iter()
            .chain(database)
            .chain(purge)
            .collect();
        seen(&run(&words.iter().map(String::as_str).collect::<Vec<_>>()))
    };
    let (code, _, said) = serve("cdn.example/purge", SECRET);
    assert!(
        code == Some(1) && said.contains("begins with https://"),
        "{said}"
    );
    let (code, _, said) = serve("https://cdn.example/purge", "short");
    assert!(
        code == Some(1) && said.contains("secret of at least 16 signs"),
        "{said}"
    );
}
