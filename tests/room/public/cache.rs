//! Pages out of memory: never older than the room, laid out once, and whole in every coat.

use std::io::Read;

use dateline::newsroom::{Change, ItemId};
use flate2::read::GzDecoder;
use futures_util::future::join_all;
use reqwest::{Method, Response};

use crate::storage::raw::Raw;
use crate::support::{Browser, Room, release};

const ITEM: &str = "/news/ferry-stops";

async fn furnished() -> Room {
    let room = Room::open().await;
    let body = "No ferry runs before morning. ".repeat(40);
    let item = release("Ferry stops").topic("Ferries").body(&body);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    room
}

/// The answer to a request that says this of itself.
async fn asked(browser: &Browser, address: &str, said: &[(&str, &str)]) -> Response {
    let mut request = browser.request(Method::GET, address);
    for (name, value) in said {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name);
    value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

#[actix_web::test]
async fn a_page_that_was_laid_out_is_answered_without_asking_the_database() {
    let room = furnished().await;
    for address in ["/", ITEM, "/feed.atom", "/press-releases", "/news/nothing"] {
        let first = room.get(address).await;
        let asked = room.statements();
        assert_eq!(room.get(address).await, first, "{address}");
        assert_eq!(room.statements(), asked, "{address}");
    }
}

#[actix_web::test]
async fn what_another_program_wrote_is_on_the_very_next_page() {
    let room = furnished().await;
    assert!(room.page("/").await.has("Open Quay"));
    let mut raw = Raw::open(&room.file());
    for name in ["Quay of all", "Quay of many", "Quay of some"] {
        raw.run(&format!("UPDATE room SET name = '{name}'"));
        assert!(room.page("/").await.has(name), "{name}");
        assert!(room.page(ITEM).await.has(name), "{name}");
    }
}

#[actix_web::test]
async fn what_readers_cannot_see_leaves_their_pages_in_memory() {
    let room = furnished().await;
    let first = room.page(ITEM).await;
    // Signing in writes a session, and what is typed is kept.
    let editor = room.editor().await;
    let mut typed = editor.open("/admin/items/1").await;
    typed.aim_at("/admin/items/1/autosave");
    assert_eq!(typed.pressed("Save").await.status, 204);
    let asked = room.statements();
    assert_eq!(room.page(ITEM).await, first);
    assert_eq!(room.statements(), asked);
    room.save(ItemId::new(1), release("Ferry starts")).await;
    room.page(ITEM).await;
    assert!(
        room.statements() > asked,
        "a saved draft is a change of the room"
    );
}

#[actix_web::test]
async fn however_many_ask_at_once_a_page_is_laid_out_once() {
    let room = furnished().await;
    room.page("/robots.txt").await;
    let before = room.statements();
    room.page(ITEM).await;
    let once = room.statements() - before;
    let change = (Change::Correction, "The hour was wrong.");
    let corrected = release("Ferry stops at nine").slug("ferry-stops");
    room.change(ItemId::new(1), corrected, change).await;
    room.page("/robots.txt").await;
    let before = room.statements();
    let visitor = room.visitor();
    let pages = join_all((0..40).map(|_| visitor.get(ITEM))).await;
    assert!(pages.iter().all(|page| page.has("Ferry stops at nine")));
    assert!(pages.iter().all(|page| *page == pages[0]));
    let all = room.statements() - before;
    // The corrected item asks for its changes too, which takes no further statement.
    assert_eq!(all, once, "forty readers");
}

#[actix_web::test]
async fn a_clock_that_is_set_back_takes_back_what_began_since() {
    let room = furnished().await;
    let later = release("Verdict today").going_live_at("2018-11-26T13:00:00Z");
    room.has(later).await;
    room.clock.set("2018-11-26T13:00:00Z");
    assert_eq!(room.get("/news/verdict-today").await.status, 200);
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert_eq!(room.get("/news/verdict-today").await.status, 404);
    assert!(!room.page("/").await.has("Verdict today"));
}

#[actix_web::test]
async fn every_coat_holds_the_same_page_and_its_own_tag() {
    let room = furnished().await;
    let visitor = room.visitor();
    let plain = asked(&visitor, ITEM, &[]).await;
    assert_eq!(header(&plain, "content-encoding"), "");
    assert_eq!(header(&plain, "vary"), "accept-encoding");
    let mut tags = vec![header(&plain, "etag")];
    let page = plain.text().await.unwrap();

    let gzip = asked(&visitor, ITEM, &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&gzip, "content-encoding"), "gzip");
    tags.push(header(&gzip, "etag"));
    let mut text = String::new();
    GzDecoder::new(&*gzip.bytes().await.unwrap())
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, page);

    let small = asked(&visitor, ITEM, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(header(&small, "content-encoding"), "br");
    tags.push(header(&small, "etag"));
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut &*small.bytes().await.unwrap(), &mut text).unwrap();
    assert_eq!(text, page.as_bytes());

    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "{tags:?}");
    for tag in &tags {
        assert!(tag.starts_with('"'), "{tag} is strong");
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}")] {
            let again = asked(&visitor, ITEM, &[("if-none-match", &known)]).await;
            assert_eq!(again.status(), 304, "{known}");
            assert!(again.bytes().await.unwrap().is_empty());
        }
    }
}

#[actix_web::test]
async fn a_part_of_a_page_is_the_bytes_that_were_asked_for() {
    let room = furnished().await;
    let visitor = room.visitor();
    let whole = asked(&visitor, ITEM, &[]).await;
    let tag = header(&whole, "etag");
    let bytes = whole.bytes().await.unwrap();
    let part = asked(&visitor, ITEM, &[("range", "bytes=10-19")]).await;
    assert_eq!(part.status(), 206);
    let said = format!("bytes 10-19/{}", bytes.len());
    assert_eq!(header(&part, "content-range"), said);
    assert_eq!(part.bytes().await.unwrap(), bytes[10..20]);
    for (if_range, status) in [(tag.as_str(), 206), ("\"another\"", 200)] {
        let said = [("range", "bytes=0-0"), ("if-range", if_range)];
        assert_eq!(asked(&visitor, ITEM, &said).await.status(), status);
    }
    let beyond = format!("bytes={}-", bytes.len());
    let head = visitor.request(Method::HEAD, ITEM);
    let head = head.header("range", "bytes=10-19").send().await.unwrap();
    assert_eq!(head.status(), 200, "a head has no parts");
    let nothing = asked(&visitor, ITEM, &[("range", &beyond)]).await;
    assert_eq!(nothing.status(), 416);
    assert_eq!(
        header(&nothing, "content-range"),
        format!("bytes */{}", bytes.len())
    );
    assert_ne!(header(&nothing, "content-security-policy"), "");
}

#[actix_web::test]
async fn what_no_page_knows_in_an_address_makes_no_page_of_its_own() {
    let room = furnished().await;
    let plain = room.page("/?topic=ferries").await.body;
    let asked = room.statements();
    for address in [
        "/?utm_source=mail&topic=ferries",
        "/?topic=ferries&topic=other&x",
        "/?topic=%66erries",
    ] {
        assert_eq!(room.page(address).await.body, plain, "{address}");
    }
    assert_eq!(room.statements(), asked);
}

#[actix_web::test]
async fn what_a_request_says_besides_its_address_changes_no_page() {
    let room = furnished().await;
    let visitor = room.visitor();
    let plain = asked(&visitor, "/", &[]).await.text().await.unwrap();
    room.change(ItemId::new(1), release("Ferry stops"), (Change::Typo, ""))
        .await;
    let said = [
        ("cookie", "dateline=x"),
        ("accept-language", "ar"),
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("user-agent", "<script>"),
    ];
    let first = asked(&visitor, "/", &said).await.text().await.unwrap();
    assert_eq!(first, plain);
    assert_eq!(asked(&visitor, "/", &[]).await.text().await.unwrap(), plain);
}

#[actix_web::test]
async fn staffs_pages_are_never_out_of_memory_by_whatever_spelling() {
    let room = furnished().await;
    let editor = room.editor().await;
    assert_eq!(editor.get("/admin").await.status, 200);
    for address in ["/admin", "/%61dmin", "/admin/", "/%61dmin/items"] {
        let stranger = room.get(address).await;
        assert_ne!(stranger.status, 200, "{address}");
        assert_eq!(stranger.header("set-cookie"), "", "{address}");
    }
}
