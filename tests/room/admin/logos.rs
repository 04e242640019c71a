//! The room's logo and icon: set, shown wherever the room is named, taken away, brought back.

use crate::support::{Browser, Page, Room, Tab, png, release};

const PAGE: &str = "/admin/settings/logos";

async fn sent<'a>(admin: &'a Browser, place: &str, bytes: &[u8]) -> Tab<'a> {
    let page = admin.open(PAGE).await;
    page.attach(&format!("File for the {place}"), "own.png", bytes)
        .press(&format!("Set the {place}"))
        .await
}

fn source(page: &Page, picture: &str) -> String {
    page.attr(picture, "src")
}

#[actix_web::test]
async fn a_logo_stands_for_the_name_wherever_readers_meet_the_room() {
    let room = Room::open().await;
    let live = release("Ferry stops").live_at("2018-11-20T09:00:00Z");
    room.has(live).await;
    let before = room.page("/").await;
    assert_eq!(before.attrs(".masthead .room a", "href"), ["/"]);
    assert!(before.select(".masthead .room")[0].contains("Open Quay"));
    let admin = room.admin().await;
    let done = sent(&admin, "logo", &png(1_440, 300)).await;
    assert!(done.has("It stands there from now on."), "{}", done.text());

    let front = room.page("/").await;
    let logo = source(&front, ".masthead .room img");
    assert_eq!(front.attrs(".masthead .room img", "alt"), ["Open Quay"]);
    assert_eq!(front.attrs(".masthead .room img", "width"), ["240"]);
    let picture = room.get(&logo).await;
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (200, "image/png")
    );
    let drawn = image::load_from_memory(&picture.body).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (720, 150));
    assert!(
        !String::from_utf8_lossy(&picture.body).contains("tEXt"),
        "metadata"
    );
    let feed = room.get("/feed.atom").await.source();
    assert!(feed.contains(&format!("{logo}</logo>")), "{feed}");
    let item = room.get("/news/ferry-stops").await.source();
    let publisher = item.split("\"publisher\"").nth(1).expect("JSON-LD");
    assert!(publisher.contains(&logo), "{publisher}");
    // Nothing of it is left on the address of another picture.
    assert_eq!(room.get(&logo.replace(".png", ".jpg")).await.status, 404);

    let done = admin.open(PAGE).await.press("Take the logo away").await;
    assert!(done.has("It is taken away."), "{}", done.text());
    assert_eq!(room.get(&logo).await.status, 404);
    assert!(
        room.page("/")
            .await
            .attrs(".masthead img", "src")
            .is_empty()
    );
}

#[actix_web::test]
async fn an_icon_stands_in_tabs_on_both_sides_and_in_feeds() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let drawn = source_of_icon(&room.page("/").await);
    assert!(drawn.starts_with("/assets/icon."), "{drawn}");
    let oblong = sent(&admin, "icon", &png(400, 300)).await;
    assert_eq!(oblong.status, 422);
    assert!(
        oblong.has("as wide as high, with at least 192 pixels"),
        "{}",
        oblong.text()
    );
    sent(&admin, "icon", &png(400, 400)).await;
    let icon = source_of_icon(&room.page("/").await);
    assert_eq!(icon, source_of_icon(&*admin.open("/admin").await));
    assert_eq!(room.get(&icon).await.header("content-type"), "image/png");
    let feed = room.get("/feed.atom").await.source();
    assert!(feed.contains(&format!("{icon}</icon>")), "{feed}");
}

fn source_of_icon(page: &Page) -> String {
    page.attr("link[rel=icon]", "href")
}

#[actix_web::test]
async fn the_log_tells_of_a_logo_and_brings_the_one_before_back() {
    let room = Room::open().await;
    let admin = room.admin().await;
    sent(&admin, "logo", &png(300, 100)).await;
    let first = source(&room.page("/").await, ".masthead .room img");
    sent(&admin, "logo", &png(400, 100)).await;
    let second = source(&room.page("/").await, ".masthead .room img");
    assert_ne!(first, second);
    assert_eq!(room.get(&first).await.status, 404, "no longer the room's");
    let log = admin.open("/admin/log").await;
    let entry = log.attrs("a[href^='/admin/log/']", "href");
    let entry = admin.open(entry.first().expect("an entry")).await;
    assert!(
        entry.has("A picture of 300 × 100 pixels") && entry.has("A picture of 256 × 64 pixels")
            || entry.has("A picture of 400 × 100 pixels"),
        "{}",
        entry.text()
    );
    let back = entry.press("Take this back").await;
    assert_eq!(back.status, 200, "{}", back.text());
    assert_eq!(source(&room.page("/").await, ".masthead .room img"), first);
    let sound = room.read.read_here(dateline::desk::soundness::look);
    assert!(sound.unwrap().is_empty());
}

#[actix_web::test]
async fn who_looked_at_another_logo_is_told_and_changes_nothing() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let stale = admin.open(PAGE).await;
    sent(&admin, "logo", &png(300, 100)).await;
    let late = stale
        .attach("File for the logo", "x.png", &png(500, 100))
        .press("Set the logo")
        .await;
    assert_eq!(late.status, 409, "{}", late.text());
    let front = room.page("/").await;
    assert_eq!(front.attrs(".masthead .room img", "width"), ["192"]);
    let text = sent(&admin, "logo", b"<svg onload='x'/>").await;
    assert_eq!(text.status, 422);
    assert!(text.has("This is an SVG drawing"), "{}", text.text());
}
