//! Files of an item: there exactly while readers see the item, whole or in parts, and never as a page.

use dateline::newsroom::Change;
use reqwest::Method;

use crate::support::{Browser, Kept, Page, Room, pdf, release};

async fn report(room: &Room) -> Kept {
    room.keep("report.pdf", &pdf(24, "report"), "Ferries: the report")
        .await
}

async fn part(browser: &Browser, address: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = browser.request(Method::GET, address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(address, request).await
}

#[actix_web::test]
async fn a_file_follows_the_face_of_its_item() {
    let room = Room::open().await;
    let file = report(&room).await;
    let nothing = room.get("/nothing/here/at/all").await;
    assert_eq!(room.get(&file.address).await, nothing, "no item names it");
    let planned = release("Ferry stops").file(file.id);
    let item = room
        .has(planned.going_live_at("2018-11-26T13:00:00Z"))
        .await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert_eq!(room.get(&file.address).await, nothing, "scheduled");
    room.clock.set("2018-11-26T13:00:00Z");
    let live = room.get(&file.address).await;
    assert_eq!((live.status, &live.body), (200, &pdf(24, "report")));
    room.withdraw(item, "It was wrong.").await;
    assert_eq!(room.get(&file.address).await.status, 200, "withdrawn");
    room.restore(item, "It was right.").await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/removal").await;
    let form = form.fill("Public note", "A court forbade it.");
    form.press("Remove").await;
    let gone = room.get(&file.address).await;
    assert_eq!(gone.status, 410);
    assert!(gone.has("A court forbade it."), "{}", gone.text());
}

#[actix_web::test]
async fn the_page_says_what_a_file_is_and_whom_to_ask() {
    let room = Room::open().await;
    let file = report(&room).await;
    let planned = release("Ferry stops").file(file.id).contact("desk");
    room.has(planned.live_at("2018-11-20T09:00:00Z")).await;
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(page.attr(".files a", "href"), file.address);
    assert_eq!(page.only(".files a"), "Ferries: the report");
    assert!(page.has("PDF, English, 24 pages, 3 kB"), "{}", page.text());
    let ask = "For an accessible version, ask Mara Lind, press@quay.example.";
    assert!(page.has(ask), "{}", page.text());
    let without = release("No files").live_at("2018-11-20T09:00:00Z");
    room.has(without).await;
    let without = room.page("/news/no-files").await;
    assert_eq!(without.count(".files"), 0);
}

#[actix_web::test]
async fn a_browser_keeps_the_file_and_shows_nothing_of_it() {
    let room = Room::open().await;
    let text = room.keep("boats.csv", b"Place;Boats\n", "Boats").await;
    let planned = release("Ferry stops").file(text.id);
    room.has(planned.live_at("2018-11-20T09:00:00Z")).await;
    let csv = room.page(&text.address).await;
    for (name, value) in [
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"boats.csv\""),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-cache"),
        (
            "content-security-policy",
            "sandbox; default-src 'none'; frame-ancestors 'none'",
        ),
    ] {
        assert_eq!(csv.header(name), value, "{name}");
    }
    assert_eq!(
        room.get(&text.address.replace(".csv", ".txt")).await.status,
        404
    );
}

#[actix_web::test]
async fn every_part_of_a_large_file_comes_as_it_was_asked_for() {
    let room = Room::open().await;
    let bytes: Vec<u8> = (0..2_500_000_u32)
        .map(|at| b'a' + u8::try_from(at % 23).unwrap())
        .collect();
    let file = room.keep("long.txt", &bytes, "A long text").await;
    let planned = release("Ferry stops").file(file.id);
    room.has(planned.live_at("2018-11-20T09:00:00Z")).await;
    let reader = room.visitor();
    let whole = reader.get(&file.address).await;
    assert!(whole.body == bytes, "in three pieces");
    let tag = whole.header("etag").to_owned();
    assert!(tag.starts_with('"'), "a strong tag: {tag}");
    for (asked, range) in [
        ("bytes=0-0", 0..1),
        ("bytes=999990-1000010", 999_990..1_000_011),
        ("bytes=1000000-1999999", 1_000_000..2_000_000),
        ("bytes=1999999-", 1_999_999..2_500_000),
        ("bytes=-5", 2_499_995..2_500_000),
    ] {
        let some = part(
            &reader,
            &file.address,
            &[("range", asked), ("if-range", &tag)],
        )
        .await;
        assert_eq!(some.status, 206, "{asked}");
        let said = format!("bytes {}-{}/2500000", range.start, range.end - 1);
        assert_eq!(some.header("content-range"), said);
        assert!(some.body == bytes[range], "{asked}");
    }
    let behind = part(&reader, &file.address, &[("range", "bytes=2500000-")]).await;
    assert_eq!(behind.status, 416);
    let known = part(&reader, &file.address, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
}

#[actix_web::test]
async fn a_correction_that_leaves_a_file_out_takes_it_away_and_says_so_to_editors() {
    let room = Room::open().await;
    let file = report(&room).await;
    let planned = release("Ferry stops").file(file.id);
    let item = room.has(planned.live_at("2018-11-20T09:00:00Z")).await;
    let without = release("Ferry stops");
    room.change(item, without, (Change::Update, "Without the report."))
        .await;
    assert_eq!(room.get(&file.address).await.status, 404);
    let editor = room.editor().await;
    let changes = editor
        .open("/admin/items/1/history/changes?older=1&newer=2")
        .await;
    assert!(
        changes.has("File 1: Ferries: the report"),
        "{}",
        changes.text()
    );
}
