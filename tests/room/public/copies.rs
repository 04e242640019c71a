//! Crops and AVIF: made in the background, offered once they are there, and public exactly as the picture is.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use dateline::darkroom::{Darkroom, encoder};
use dateline::media::{FocalPoint, Master, Ready, Waiting};
use dateline::storage::copies::{self, Anew};
use reqwest::Method;

use crate::storage::raw::Raw;
use crate::support::{PLANTED, Room, Shot, jpeg, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];

/// Everything that can be made now is made.
fn develop(room: &Room) -> usize {
    let darkroom = Darkroom {
        store: room.store.clone(),
        read: room.read.clone(),
        waiting: Waiting::default(),
        encoder: encoder(PathBuf::from(env!("CARGO_BIN_EXE_dateline"))),
    };
    darkroom.round(&AtomicBool::new(false)).unwrap()
}

/// What is stored of every picture, as readers would have to ask for it.
fn stored(room: &Room) -> Vec<String> {
    Raw::open(&room.file()).words(
        "SELECT '/images/' || i.hash || '/' || iif(crop = '', '', crop || '-') || r.width || '.' || r.format AS one
            FROM renditions AS r JOIN images AS i ON i.id = r.image_id ORDER BY r.id",
    )
}

fn spot(x: u8, y: u8) -> FocalPoint {
    FocalPoint::new(x, y).unwrap()
}

async fn live(room: &Room, shot: &Shot, x: u8) {
    let item = release("Ferry stops").lead(shot.id).focus(spot(x, 40));
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
}

#[actix_web::test]
async fn avif_and_crops_are_offered_once_they_are_made_and_not_before() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot, 20).await;
    for address in ["/", "/news/ferry-stops"] {
        let page = room.page(address).await.source();
        assert!(
            !page.contains("avif") && !page.contains("3x2-") && !page.contains("16x9-"),
            "{address}"
        );
        assert!(page.contains("/640.webp 640w"), "{address}");
    }
    assert_eq!(develop(&room), 3, "crops, crops as AVIF, the whole as AVIF");
    assert_eq!(develop(&room), 0, "nothing is made twice");
    let front = room.page("/").await.source();
    for wanted in [
        "<source type=\"image/avif\" srcset=\"/images/",
        "/3x2-20-40-320.avif 320w",
        "/3x2-20-40-480.webp 480w",
        "/3x2-20-40-750.jpg 750w",
    ] {
        assert!(front.contains(wanted), "{wanted}");
    }
    assert!(
        !front.contains("/320.avif"),
        "a card takes no more pixels than it shows"
    );
    let item = room.page("/news/ferry-stops").await.source();
    assert!(item.contains("/16x9-20-40-888.avif 888w"));
}

#[actix_web::test]
async fn every_copy_is_what_it_says_and_says_nothing_else() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot, 20).await;
    develop(&room);
    let all = stored(&room);
    assert!(
        all.iter()
            .any(|address| address.contains("/1x1-20-40-500.avif")),
        "{all:?}"
    );
    for address in all {
        let answer = room
            .visitor()
            .request(Method::GET, &address)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{address}");
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        let end = address.rsplit('.').next().unwrap();
        let wanted = if end == "jpg" { "jpeg" } else { end };
        assert_eq!(kind, format!("image/{wanted}"), "{address}");
        assert_eq!(
            answer.headers()["cache-control"],
            "private, max-age=31536000, immutable"
        );
        let bytes = answer.bytes().await.unwrap();
        let start = match end {
            "jpg" => bytes.starts_with(b"\xff\xd8\xff"),
            "webp" => bytes.starts_with(b"RIFF"),
            _ => bytes.get(4..12) == Some(b"ftypavif"),
        };
        assert!(start, "{address} {:?}", &bytes[..16]);
        let words = PLANTED.as_bytes();
        assert!(
            !bytes.windows(words.len()).any(|at| at == words),
            "{address}"
        );
    }
}

#[actix_web::test]
async fn copies_of_what_is_not_public_answer_like_nothing_by_any_address() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    let item = release("Ferry stops").lead(shot.id).focus(spot(20, 40));
    room.has(item.going_live_at("2018-11-26T13:00:00Z")).await;
    develop(&room);
    let nothing = room.get("/nothing/here/at/all").await;
    let all = stored(&room);
    let (avif, crops) = (".avif", "/3x2-20-40-");
    assert!(all.iter().any(|one| one.contains(avif)) && all.iter().any(|one| one.contains(crops)));
    let made_up = [
        "3x2-25-40-320.jpg",
        "4x3-20-40-320.jpg",
        "3x2-21-40-320.jpg",
        "0320.jpg",
        "3x2-20-40-320.png",
    ]
    .map(|name| format!("/images/{}/{name}", shot.hash));
    room.clock.set("2018-11-26T12:59:59.999Z");
    for address in all.iter().chain(&made_up) {
        assert_eq!(room.get(address).await, nothing, "{address}");
    }
    room.clock.set("2018-11-26T13:00:00Z");
    for address in &all {
        assert_eq!(room.get(address).await.status, 200, "{address}");
    }
    for address in &made_up {
        assert_eq!(room.get(address).await, nothing, "{address}");
    }
}

/// Somebody who knows the address of a public picture tries the spots round which a draft might crop it.
#[actix_web::test]
async fn the_crops_of_a_draft_are_nobodys_also_where_the_picture_is_public() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot, 20).await;
    let planned = |title, x| release(title).lead(shot.id).focus(spot(x, 40));
    room.has(planned("Secret plan", 80)).await;
    let soon = planned("Out at one", 61).going_live_at("2018-11-26T13:00:00Z");
    room.has(soon).await;
    develop(&room);
    let all = stored(&room);
    let nothing = room.get("/nothing/here/at/all").await;
    let status = |address: String| {
        let (room, nothing) = (&room, &nothing);
        async move {
            let answer = room.get(&address).await;
            assert!(answer.status == 200 || answer == *nothing, "{address}");
            answer.status
        }
    };
    let of = |x: u8| {
        all.iter()
            .filter(move |name| name.contains(&format!("-{x}-40-")))
            .cloned()
    };
    for x in [20, 60, 80] {
        assert!(of(x).count() > 10, "{all:?}");
        for address in of(x) {
            assert_eq!(status(address).await == 200, x == 20);
        }
    }
    room.clock.set("2018-11-26T13:00:00Z");
    for x in [20, 60, 80] {
        for address in of(x) {
            assert_eq!(status(address).await == 200, x != 80);
        }
    }
}

#[actix_web::test]
async fn a_spot_that_moves_gives_crops_of_another_address_and_what_nobody_uses_goes() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    let planned = |x| release("Ferry stops").lead(shot.id).focus(spot(x, 40));
    let item = room.has(planned(20)).await;
    develop(&room);
    room.save(item, planned(80)).await;
    develop(&room);
    let names = stored(&room);
    assert!(
        names.iter().any(|name| name.contains("3x2-80-40-320.avif")),
        "{names:?}"
    );
    assert!(
        !names.iter().any(|name| name.contains("-20-40-")),
        "{names:?}"
    );
    room.save(item, planned(81)).await;
    assert_eq!(develop(&room), 0, "as near as style sheets know");
}

#[actix_web::test]
async fn work_that_was_left_goes_on_where_it_was() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot, 20).await;
    let darkroom = Darkroom {
        store: room.store.clone(),
        read: room.read.clone(),
        waiting: Waiting::default(),
        encoder: encoder(PathBuf::from(env!("CARGO_BIN_EXE_dateline"))),
    };
    assert_eq!(darkroom.round(&AtomicBool::new(true)).unwrap(), 0);
    let mut raw = Raw::open(&room.file());
    let wishes = "SELECT CAST(COUNT(*) AS TEXT) AS one FROM copy_wishes";
    assert_eq!(raw.words(wishes), ["1"]);
    assert_eq!(develop(&room), 3);
    assert_eq!(raw.words(wishes), ["0"]);
}

#[actix_web::test]
async fn the_colours_of_a_picture_stand_in_until_it_has_come() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot, 20).await;
    let tone = Raw::open(&room.file()).words("SELECT tone AS one FROM images");
    let [ur, ug] = [0, 1].map(|place| tone[0].chars().nth(place).unwrap());
    let classes = format!("toned ur-{ur} ug-{ug} ub-");
    assert!(
        room.page("/").await.source().contains(&classes),
        "{classes}"
    );
    assert!(
        room.page("/news/ferry-stops")
            .await
            .source()
            .contains(&classes),
        "{classes}"
    );
}

#[actix_web::test]
async fn a_picture_that_comes_out_of_the_trash_gets_the_copies_that_it_never_had() {
    let room = Room::open().await;
    room.photo(80, WORDS).await;
    let author = room.author().await;
    let form = author.open("/admin/images/1/file").await;
    let form = form.attach("New file", "new.jpg", &jpeg(100, 60));
    assert_eq!(form.press("Replace the file").await.status, 200);
    assert_eq!(develop(&room), 1, "of the new file, whole as AVIF");
    let old = author.open("/admin/images/2").await;
    assert_eq!(old.press("Bring it back").await.status, 200);
    assert_eq!(develop(&room), 1, "of the one before");
    let avif = author.get("/admin/images/2/80.avif").await;
    assert_eq!(avif.status, 200);
}

#[actix_web::test]
async fn crops_for_a_spot_that_was_chosen_while_all_copies_were_made_anew_are_made_again() {
    let room = Room::open().await;
    let shot = room.photo(120, WORDS).await;
    let known = room.read.read_here(|tx| copies::known(tx, shot.id));
    let before = known.unwrap().unwrap();
    let made = Anew {
        copies: Master::of(&before.original)
            .unwrap()
            .whole(&|_made, _of| {})
            .unwrap(),
        ready: Ready::default(),
        tone: None,
    };
    live(&room, &shot, 20).await;
    assert_eq!(develop(&room), 3);
    let of = (shot.id, before.hash.as_str());
    let replaced = room.store.write_here(|tx| copies::replace(tx, of, &made));
    assert!(replaced.unwrap(), "the crops are gone");
    assert_eq!(develop(&room), 3, "and made again");
    assert!(stored(&room).iter().any(|one| one.contains("/3x2-20-40-")));
}
