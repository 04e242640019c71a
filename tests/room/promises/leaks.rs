//! Nothing shows before its time: not its words, not its address, not that it exists.

use dateline::accounts::{Person, Roles};
use dateline::media::FocalPoint;
use dateline::newsroom::{ItemId, Lead, Shape, Wording};
use reqwest::Response;

use crate::support::staffed::{Staffed, open, wording};

const MARK: &str = "Quuxerwall";

/// A wording that carries the mark in every field, with a picture that does too.
fn marked(room: &Staffed, editor: &Person) -> (Wording, String) {
    let (image, hash) = room.image(MARK, editor);
    let words = wording(MARK);
    let marked = Wording {
        summary: format!("{MARK} summary").parse().unwrap(),
        body: format!("{MARK} body ![](image:{image})").parse().unwrap(),
        dateline: MARK.parse().unwrap(),
        notes: MARK.parse().unwrap(),
        topics: vec![MARK.parse().unwrap(), "Harbours".parse().unwrap()],
        places: vec![MARK.parse().unwrap()],
        lead: Some(Lead {
            image,
            shape: Shape::Wide,
            focus: FocalPoint::default(),
        }),
        ..words
    };
    (marked, hash)
}

/// Every address at which a stranger could look for it.
fn addresses(hash: &str) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/?page=2",
        "/press-releases",
        "/reports",
        "/2018",
        "/2018/11",
        "/topics/harbours",
        "/topics/quuxerwall",
        "/places/quuxerwall",
        "/?topic=quuxerwall",
        "/press-releases?place=quuxerwall",
        "/?topic=harbours&from=2018-11-01",
        "/news/quuxerwall",
        "/news/quuxerwall/",
        "/news/quay-opens",
        "/feed.atom",
        "/robots.txt",
        "/admin/items/2",
        "/admin/images/1/320.webp",
    ]
    .map(str::to_owned)
    .to_vec();
    for width in [320, 480, 640, 960, 1920] {
        for extension in ["webp", "jpg", "avif"] {
            all.push(format!("/images/{hash}/{width}.{extension}"));
        }
    }
    all
}

/// Status, headers without the date, and bytes.
async fn seen(response: Response) -> (u16, Vec<String>, Vec<u8>) {
    let status = response.status().as_u16();
    let mut headers: Vec<String> = response
        .headers()
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    (status, headers, response.bytes().await.unwrap().to_vec())
}

async fn nothing_shows(room: &Staffed, hash: &str, state: &str) {
    let stranger = room.stranger();
    let mark = MARK.to_lowercase();
    for address in addresses(hash) {
        let (_, headers, bytes) = seen(room.get(&stranger, &address).await).await;
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains(&mark), "{state}: {address} shows it");
        assert!(!text.contains(hash), "{state}: {address} shows its picture");
        let asked_for_it = address.contains("quuxerwall");
        let headers = headers.join("\n").to_lowercase();
        assert!(
            asked_for_it || !headers.contains(&mark),
            "{state}: {address}: {headers}"
        );
    }
    let any = seen(room.get(&stranger, "/news/no-such-thing").await).await;
    assert_eq!(any.0, 404);
    for hidden in [
        "/news/quuxerwall",
        "/topics/quuxerwall",
        "/places/quuxerwall",
    ] {
        assert_eq!(
            seen(room.get(&stranger, hidden).await).await,
            any,
            "{state}: {hidden}"
        );
    }
    for width in [320, 480, 640] {
        for extension in ["webp", "jpg"] {
            let address = format!("/images/{hash}/{width}.{extension}");
            assert_eq!(
                seen(room.get(&stranger, &address).await).await,
                any,
                "{state}: {address}"
            );
        }
    }
}

#[actix_web::test]
async fn what_was_never_public_shows_nowhere() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let other = room.draft("Quay opens", &editor);
    room.publish(other, editor.editor().unwrap());
    let (wording, hash) = marked(&room, &editor);
    let item = room.start(wording, &editor);
    nothing_shows(&room, &hash, "draft").await;
    room.schedule(item, editor.editor().unwrap());
    nothing_shows(&room, &hash, "scheduled").await;
    room.unschedule(item, editor.editor().unwrap());
    nothing_shows(&room, &hash, "cancelled").await;
    room.clock.set(room.now.plus_millis(3_600_000));
    nothing_shows(&room, &hash, "after the instant that was cancelled").await;
}

#[actix_web::test]
async fn a_draft_beside_a_live_item_shows_nowhere_and_its_new_address_leads_nowhere() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let item = room.draft("Quay opens", &editor);
    room.publish(item, editor.editor().unwrap());
    let (wording, hash) = marked(&room, &editor);
    room.save(item, wording, &editor);
    nothing_shows(&room, &hash, "draft beside live").await;
    let stranger = room.stranger();
    assert_eq!(room.get(&stranger, "/news/quay-opens").await.status(), 200);
}

async fn status(room: &Staffed, address: &str) -> u16 {
    room.get(&room.stranger(), address).await.status().as_u16()
}

/// The item on every page, its list, its feed and its picture, at the clock's instant.
async fn shows(room: &Staffed, hash: &str) -> [bool; 4] {
    let stranger = room.stranger();
    let text = |address: &'static str| {
        let stranger = stranger.clone();
        async move { room.get(&stranger, address).await.text().await.unwrap() }
    };
    [
        status(room, "/news/quuxerwall").await == 200,
        text("/").await.contains(MARK),
        text("/feed.atom").await.contains(MARK),
        status(room, &format!("/images/{hash}/320.webp")).await == 200,
    ]
}

fn scheduled(room: &Staffed, editor: &Person) -> (ItemId, String) {
    let (wording, hash) = marked(room, editor);
    let item = room.start(wording, editor);
    room.schedule(item, editor.editor().unwrap());
    (item, hash)
}

#[actix_web::test]
async fn an_item_goes_live_in_its_millisecond_everywhere_at_once() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let (_, hash) = scheduled(&room, &editor);
    let instant = room.now.plus_millis(60_000);
    room.clock.set(instant.plus_millis(-1));
    assert_eq!(shows(&room, &hash).await, [false; 4]);
    room.clock.set(instant);
    assert_eq!(shows(&room, &hash).await, [true; 4]);
    room.clock.set(instant.plus_millis(-1));
    assert_eq!(
        shows(&room, &hash).await,
        [false; 4],
        "and back, as if it never was"
    );
}
