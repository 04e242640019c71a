//! Nobody can tell a room with a secret from one without: every public answer is the same, to the byte.

use dateline::newsroom::{Change, ItemId};

use crate::support::{Page, Planned, Room, Shot, release, report};

const MARK: &str = "Quuxerwall";

/// Every address that could tell something, those of the secret among them.
fn addresses(secret: &Shot) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/?page=2",
        "/press-releases",
        "/reports",
        "/victories",
        "/2018",
        "/2018/11",
        "/2018/12",
        "/topics/ferries",
        "/topics/quuxerwall",
        "/places/port-sarrin",
        "/places/quuxerwall",
        "/?topic=ferries",
        "/?topic=quuxerwall",
        "/?topic=ferries&from=2018-11-01",
        "/press-releases?place=quuxerwall",
        "/reports?place=port-sarrin",
        "/news/ferry-stops",
        "/news/court-sits",
        "/news/quuxerwall",
        "/news/quuxerwall/",
        "/news/quuxerwall/history",
        "/news/ferry-stops/history",
        "/news/no-such-thing",
        "/feed.atom",
        "/robots.txt",
        "/admin/sign-in",
        "/admin/items/4",
        "/admin/items/5/preview",
        "/admin/images/2/320.webp",
    ]
    .map(str::to_owned)
    .to_vec();
    for width in [320, 480, 640, 960, 1920] {
        for end in ["webp", "jpg", "avif"] {
            all.push(format!("/images/{}/{width}.{end}", secret.hash));
        }
    }
    all
}

async fn everything(room: &Room, secret: &Shot) -> Vec<Page> {
    let mut pages = Vec::new();
    for address in addresses(secret) {
        pages.push(room.get(&address).await);
    }
    pages
}

/// Two live items that the secret is close to: the same kind, topic and place.
async fn furnished(room: &Room) -> (ItemId, Shot) {
    let words = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
    let photo = room.photo(640, words).await;
    let ferry = near(release("Ferry stops")).lead(photo.id);
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let court = near(report("Court sits"));
    room.has(court.live_at("2018-11-21T09:00:00Z")).await;
    (item, room.photo(642, [MARK; 4]).await)
}

fn near(planned: Planned) -> Planned {
    planned.topic("Ferries").place("Port Sarrin")
}

/// The mark in every field of an item that shares what it can with the live ones.
fn secret(photo: &Shot, original: ItemId) -> Planned {
    near(release(MARK))
        .summary(&format!("{MARK} in short."))
        .body(&format!("{MARK} in full.\n\n![{MARK}](image:{})", photo.id))
        .notes(MARK)
        .written_in(MARK)
        .topic(MARK)
        .place(MARK)
        .contact("desk")
        .lead(photo.id)
        .translates(original, "ar")
}

/// Nothing of it shows, and what strangers get for it is what they get for anything that is not there.
fn is_kept(pages: &[Page], state: &str) {
    let nothing = pages
        .iter()
        .find(|page| page.address == "/news/no-such-thing");
    let nothing = nothing.unwrap();
    assert_eq!(nothing.status, 404);
    for page in pages {
        let source = page.source();
        assert!(!source.contains(MARK), "{state}: {}", page.address);
        let guessed = page.address.contains("quuxerwall") || page.address.starts_with("/images/");
        if guessed {
            assert_eq!(page, nothing, "{state}: {}", page.address);
        } else {
            let source = source.to_lowercase();
            assert!(!source.contains("quuxerwall"), "{state}: {}", page.address);
        }
    }
}

#[actix_web::test]
async fn an_item_that_is_not_public_changes_no_byte_of_any_public_answer() {
    let room = Room::open().await;
    let (original, photo) = furnished(&room).await;
    let before = everything(&room, &photo).await;
    is_kept(&before, "before");

    let item = room.has(secret(&photo, original)).await;
    let draft = everything(&room, &photo).await;
    assert_eq!(draft, before, "a draft");
    is_kept(&draft, "a draft");

    let later = secret(&photo, original).slug("quuxerwall-2");
    let other = room.has(later.going_live_at("2018-12-01T09:00:00Z")).await;
    let scheduled = everything(&room, &photo).await;
    assert_eq!(scheduled, before, "scheduled");
    is_kept(&scheduled, "scheduled");

    room.unschedule(other).await;
    room.save(item, secret(&photo, original).summary(MARK))
        .await;
    assert_eq!(everything(&room, &photo).await, before, "taken back");
    room.clock.set("2018-12-01T09:00:00Z");
    let after = everything(&room, &photo).await;
    assert_eq!(after, before, "at the instant that was taken back");
    is_kept(&after, "at the instant that was taken back");
}

#[actix_web::test]
async fn a_draft_beside_a_live_item_changes_no_byte_whatever_it_changes() {
    let room = Room::open().await;
    let (item, photo) = furnished(&room).await;
    let before = everything(&room, &photo).await;
    let words = near(report(MARK)).topic(MARK).place(MARK).lead(photo.id);
    room.save(item, words.notes(MARK).written_in(MARK)).await;
    let beside = everything(&room, &photo).await;
    assert_eq!(beside, before);
    is_kept(&beside, "beside a live item");
}

#[actix_web::test]
async fn a_scheduled_change_of_a_live_item_changes_no_byte_before_its_instant() {
    let room = Room::open().await;
    let (item, photo) = furnished(&room).await;
    let before = everything(&room, &photo).await;
    let words = near(report(MARK)).topic(MARK).place(MARK).lead(photo.id);
    room.save(item, words).await;
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let done = form
        .fill("Date", "2018-12-01")
        .fill("Time", "09:00")
        .choose("What kind of change is it?", "Update")
        .fill("Public note", MARK)
        .press("Continue")
        .await
        .press("Schedule")
        .await;
    assert!(done.has("Scheduled"));
    for instant in ["2018-11-26T12:00:00Z", "2018-12-01T08:59:59.999Z"] {
        room.clock.set(instant);
        let waiting = everything(&room, &photo).await;
        assert_eq!(waiting, before, "{instant}");
        is_kept(&waiting, instant);
    }
    room.clock.set("2018-12-01T09:00:00Z");
    assert_eq!(room.page("/news/quuxerwall").await.only("h1"), MARK);
    assert_eq!(room.get("/news/ferry-stops").await.status, 301);
}

#[actix_web::test]
async fn words_that_a_correction_took_away_are_gone_from_every_public_answer() {
    let room = Room::open().await;
    let (_, photo) = furnished(&room).await;
    let wrong = near(release("Boats")).summary(MARK).topic(MARK).place(MARK);
    let item = room
        .has(wrong.lead(photo.id).live_at("2018-11-22T09:00:00Z"))
        .await;
    assert!(room.page("/").await.source().contains(MARK));
    let right = near(release("Boats"));
    room.change(item, right, (Change::Correction, "A wrong name."))
        .await;
    is_kept(&everything(&room, &photo).await, "corrected away");
}
