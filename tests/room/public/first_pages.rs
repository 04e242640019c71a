//! The picture of a PDF's first page: there exactly while readers may have the file, and never of another version.

use dateline::desk::soundness;
use reqwest::Method;

use crate::process::drawn::draw_all;
use crate::storage::raw::Raw;
use crate::support::{Kept, Room, painted, pdf, release};

const NAMES: [&str; 4] = [
    "page-160.webp",
    "page-320.webp",
    "page-160.jpg",
    "page-320.jpg",
];

async fn report(room: &Room) -> Kept {
    room.keep("report.pdf", &painted("1 0 0"), "Ferries: the report")
        .await
}

async fn live(room: &Room, file: &Kept) {
    let planned = release("Ferry stops").file(file.id);
    room.has(planned.live_at("2018-11-20T09:00:00Z")).await;
}

fn colour(picture: &[u8]) -> [u8; 3] {
    let picture = image::load_from_memory(picture).unwrap().to_rgb8();
    picture
        .get_pixel(picture.width() / 2, picture.height() / 2)
        .0
}

fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 230 && green < 25 && blue < 25
}

#[actix_web::test]
async fn a_first_page_follows_the_face_of_its_item_as_the_file_does() {
    let room = Room::open().await;
    let file = report(&room).await;
    assert_eq!(draw_all(&room), 1);
    assert_eq!(draw_all(&room), 0, "nothing is drawn twice");
    let nothing = room.get("/nothing/here/at/all").await;
    let pages = NAMES.map(|name| format!("{}/{name}", file.address));
    for page in &pages {
        assert_eq!(room.get(page).await, nothing, "no item names it");
    }
    let planned = release("Ferry stops").file(file.id);
    let item = room
        .has(planned.going_live_at("2018-11-26T13:00:00Z"))
        .await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    for page in &pages {
        assert_eq!(room.get(page).await, nothing, "scheduled");
    }
    room.clock.set("2018-11-26T13:00:00Z");
    for page in &pages {
        let live = room.page(page).await;
        assert!(is_red(colour(&live.body)), "{page}");
    }
    for made_up in ["page-161.webp", "page-160.avif", "x", "page-160.webp/x"] {
        let page = format!("{}/{made_up}", file.address);
        assert_eq!(room.get(&page).await, nothing, "{made_up}");
    }
    room.withdraw(item, "It was wrong.").await;
    assert_eq!(room.get(&pages[0]).await.status, 200, "withdrawn");
    room.restore(item, "It was right.").await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/removal").await;
    let form = form.fill("Public note", "A court forbade it.");
    form.press("Remove").await;
    for page in &pages {
        let gone = room.get(page).await;
        assert_eq!(gone.status, 410, "{page}");
        assert!(gone.has("A court forbade it."), "{}", gone.text());
    }
}

#[actix_web::test]
async fn the_page_shows_it_beside_the_file_and_keeps_its_place() {
    let room = Room::open().await;
    let file = report(&room).await;
    live(&room, &file).await;
    let before = room.page("/news/ferry-stops").await;
    assert_eq!(
        (before.count(".files a"), before.count(".files img")),
        (1, 0)
    );
    draw_all(&room);
    let page = room.page("/news/ferry-stops").await;
    let address = &file.address;
    for (name, value) in [
        ("src", format!("{address}/page-160.jpg")),
        (
            "srcset",
            format!("{address}/page-160.jpg 1x, {address}/page-320.jpg 2x"),
        ),
        ("width", "160".to_owned()),
        ("height", "213".to_owned()),
        ("alt", String::new()),
        ("loading", "lazy".to_owned()),
    ] {
        assert_eq!(page.attr(".files a img", name), value, "{name}");
    }
    assert_eq!(
        page.attr(".files a source", "srcset"),
        format!("{address}/page-160.webp 1x, {address}/page-320.webp 2x")
    );
    assert_eq!(page.only(".files a"), "Ferries: the report");
}

#[actix_web::test]
async fn it_is_asked_about_every_time_and_kept_by_nobody_but_its_reader() {
    let room = Room::open().await;
    let file = report(&room).await;
    live(&room, &file).await;
    draw_all(&room);
    let address = format!("{}/page-320.webp", file.address);
    let first = room.page(&address).await;
    assert_eq!(first.header("content-type"), "image/webp");
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    let tag = first.header("etag").to_owned();
    let reader = room.visitor();
    let request = reader.request(Method::GET, &address);
    let known = reader
        .send(&address, request.header("if-none-match", tag))
        .await;
    assert_eq!((known.status, known.body.len()), (304, 0));
}

#[actix_web::test]
async fn another_version_is_shown_without_a_page_until_its_own_is_drawn() {
    let room = Room::open().await;
    let file = report(&room).await;
    live(&room, &file).await;
    draw_all(&room);
    let address = format!("{}/page-320.jpg", file.address);
    let red = room.page(&address).await;
    let editor = room.editor().await;
    let form = editor.open("/admin/files/1").await;
    assert_eq!(
        form.attr(".first-page img", "src"),
        "/admin/files/1/page-160.jpg"
    );
    let form = form.click("Replace the file…").await;
    let done = form.attach("New file", "new.pdf", &painted("0 0 1"));
    let done = done.press("Replace the file").await;
    assert!(done.has("still to be drawn"), "{}", done.text());
    assert_eq!(room.get(&address).await.status, 404);
    assert_eq!(room.page("/news/ferry-stops").await.count(".files img"), 0);
    draw_all(&room);
    let [reds, _, blues] = colour(&room.page(&address).await.body);
    assert!(reds < 25 && blues > 230);
    assert_ne!(room.page(&address).await.header("etag"), red.header("etag"));
    assert_eq!(room.page("/news/ferry-stops").await.count(".files img"), 1);
    let sound = room.read.read_here(soundness::look).unwrap();
    assert_eq!(sound, []);
}

#[actix_web::test]
async fn staff_see_the_pages_of_all_files_and_readers_do_not_get_them_there() {
    let room = Room::open().await;
    report(&room).await;
    room.keep("boats.csv", b"Place;Boats\n", "Boats").await;
    draw_all(&room);
    let author = room.author().await;
    let list = author.open("/admin/files").await;
    assert_eq!(list.count("table img"), 1);
    let address = list.attr("table img", "src");
    let shown = author.get(&address).await;
    assert_eq!(shown.status, 200);
    assert!(is_red(colour(&shown.body)));
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(author.get("/admin/files/2/page-160.jpg").await.status, 404);
    assert_eq!(author.get("/admin/files/9/page-160.jpg").await.status, 404);
    assert_eq!(
        room.get(&address).await.status,
        303,
        "a stranger signs in first"
    );
    let csv = author.open("/admin/files/2").await;
    assert!(
        !csv.has("first page") && !csv.has("picture of"),
        "{}",
        csv.text()
    );
}

#[actix_web::test]
async fn a_pdf_that_cannot_be_drawn_is_shown_as_before_and_staff_read_why() {
    let room = Room::open().await;
    let blank = String::from_utf8(pdf(2, "a"))
        .unwrap()
        .replace("9 9", "0 9");
    let file = room
        .keep("report.pdf", blank.as_bytes(), "The report")
        .await;
    live(&room, &file).await;
    assert_eq!(draw_all(&room), 0);
    let page = room.page("/news/ferry-stops").await;
    assert_eq!((page.count(".files a"), page.count(".files img")), (1, 0));
    let author = room.author().await;
    let own = author.open("/admin/files/1").await;
    assert!(own.has("could not be drawn"), "{}", own.text());
    let wishes = Raw::open(&room.file()).words("SELECT 'wish' AS one FROM first_page_wishes");
    assert!(wishes.is_empty(), "it is not tried for ever");
}

#[actix_web::test]
async fn a_file_that_is_deleted_takes_its_page_with_it() {
    let room = Room::open().await;
    report(&room).await;
    draw_all(&room);
    let author = room.author().await;
    let deleted = author
        .open("/admin/files/1")
        .await
        .press("Delete the file")
        .await;
    assert!(
        deleted.has("Deleted, with every version"),
        "{}",
        deleted.text()
    );
    let pages = Raw::open(&room.file()).words("SELECT format AS one FROM first_pages");
    assert!(pages.is_empty());
    room.keep("again.pdf", &painted("0 1 0"), "Again").await;
    let waiting = author.open("/admin/files/2").await;
    let deleted = waiting.press("Delete the file").await;
    assert!(deleted.has("Deleted"), "one that waits for its page too");
}

#[actix_web::test]
async fn time_travel_shows_the_page_of_then() {
    let room = Room::open().await;
    let file = report(&room).await;
    let planned = release("Ferry stops").file(file.id);
    room.has(planned.going_live_at("2018-12-01T09:00:00Z"))
        .await;
    draw_all(&room);
    let editor = room.editor().await;
    let there = "/admin/time-travel/2018-12-01T09:00:00.000Z";
    let page = editor.get(&format!("{there}/news/ferry-stops")).await;
    let address = format!("{there}{}/page-160.jpg", file.address);
    assert_eq!(page.attr(".files img", "src"), address);
    let shown = editor.get(&address).await;
    assert_eq!(shown.status, 200);
    assert!(is_red(colour(&shown.body)));
    let preview = editor.get("/admin/items/1/preview").await;
    let own = preview.attr(".files img", "src");
    assert_eq!(own, "/admin/files/1/page-160.jpg");
}
