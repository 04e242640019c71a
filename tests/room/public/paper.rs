//! An item on paper: there exactly while its page is, with everything that the page says.

use dateline::newsroom::Change;
use lopdf::Document;
use reqwest::{Method, Response};

use crate::support::{PLANTED, Page, Room, release};

const LIVE: &str = "2018-11-20T09:00:00Z";
const ADDRESS: &str = "/news/ferry-stops/paper.pdf";
const WORDS: [&str; 4] = ["A boat", "At dusk", "Mara Lind / Quay", "Free to use"];

/// The words of all pages, on one line.
pub(crate) fn words(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many pictures are in it.
fn pictures(pdf: &[u8]) -> usize {
    let document = Document::load_mem(pdf).unwrap();
    let is_picture = |object: &lopdf::Object| {
        let stream = object.as_stream();
        stream.is_ok_and(|stream| {
            let kind = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name);
            kind.is_ok_and(|kind| kind == b"Image")
        })
    };
    document
        .objects
        .values()
        .filter(|object| is_picture(object))
        .count()
}

fn is_paper(answer: &Page) -> bool {
    answer.status == 200
        && answer.header("content-type") == "application/pdf"
        && answer.body.starts_with(b"%PDF-1.")
}

async fn said(room: &Room, headers: &[(&str, &str)]) -> Response {
    let mut request = room.visitor().request(Method::GET, ADDRESS);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[actix_web::test]
async fn a_paper_says_what_the_page_says_and_where_its_links_lead() {
    let room = Room::open().await;
    let (lead, body) = (room.photo(1000, WORDS).await, room.photo(800, WORDS).await);
    let text = format!(
        "The **ferry** stops, says [our report](https://a.example/report).\n\n## Why\n\n\
         - Too old\n- Too dear\n\n![](image:{} \"At sea\")\n\n> Nobody asked us.\n\n\
         |Year|Boats|\n|-|-|\n|2017|12|",
        body.id
    );
    let item = release("Ferry stops")
        .summary("It stops at noon.")
        .written_in("Sarrin")
        .lead(lead.id)
        .body(&text)
        .notes("Ask for *Tam*.")
        .topic("The sea");
    room.has(item.live_at(LIVE)).await;
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(page.attr("a[href$='.pdf']", "href"), ADDRESS);
    let paper = room.page(ADDRESS).await;
    assert!(is_paper(&paper));
    let disposition = paper.header("content-disposition");
    assert_eq!(disposition, "attachment; filename=\"ferry-stops.pdf\"");
    let told = words(&paper.body);
    for words in [
        "Press release",
        "Ferry stops",
        "It stops at noon.",
        "Sarrin, 20 November 2018",
        "Published 20 November 2018, 09:00 (UTC+00:00)",
        "At dusk. Mara Lind / Quay. Free to use.",
        "The ferry stops, says our report",
        "Why",
        "• Too old",
        "At sea. Mara Lind / Quay. Free to use.",
        "Nobody asked us.",
        "2017",
        "Notes to editors",
        "Ask for Tam",
        "Press contact",
        "Topics: The sea",
        "https://a.example/report",
        "Version 1 of 20 November 2018, 09:00 (UTC+00:00)",
        "/news/ferry-stops",
        "Page 1 of ",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(pictures(&paper.body), 2);
    for said in ["pdfuaid:part", "/Lang", "/StructTreeRoot", "A boat"] {
        assert!(paper.source().contains(said), "{said}");
    }
}

#[actix_web::test]
async fn a_paper_is_there_exactly_while_its_page_is() {
    let room = Room::open().await;
    let nothing = room.get("/news/nothing-here/paper.pdf").await;
    assert_eq!(nothing.status, 404);
    let planned = release("Ferry stops").going_live_at("2018-11-26T13:00:00Z");
    let item = room.has(planned).await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert_eq!(room.get(ADDRESS).await, nothing);
    room.clock.set("2018-11-26T13:00:00Z");
    assert!(is_paper(&room.get(ADDRESS).await));
    room.clock.pass(60_000);
    room.withdraw(item, "A wrong date.").await;
    let told = words(&room.get(ADDRESS).await.body);
    for words in [
        "Withdrawn 26 November 2018",
        "A wrong date.",
        "Please do not quote it",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let other = release("Ferry stops").slug("ferries-stop");
    room.clock.pass(60_000);
    room.restore(item, "It was right.").await;
    room.clock.pass(60_000);
    room.change(item, other, (Change::Correction, "They are two."))
        .await;
    let moved = room.get(ADDRESS).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, "/news/ferries-stop/paper.pdf")
    );
    room.clock.pass(60_000);
    let editor = room.editor().await;
    let removal = editor.open(&format!("/admin/items/{item}/removal")).await;
    let removed = removal.fill("Public note", "A court asked for it.");
    removed.press("Remove").await;
    for address in ["/news/ferries-stop/paper.pdf", ADDRESS] {
        assert_eq!(room.get(address).await.status, 410, "{address}");
    }
}

#[actix_web::test]
async fn a_paper_is_the_same_bytes_until_it_is_corrected_and_then_says_so() {
    let room = Room::open().await;
    let lead = room.photo(1000, WORDS).await;
    let story = || release("Ferry stops").lead(lead.id);
    let item = room
        .has(story().summary("It stops at noon.").live_at(LIVE))
        .await;
    let first = room.page(ADDRESS).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert_eq!(room.page(ADDRESS).await.body, first.body);
    assert_eq!(said(&room, &[("if-none-match", &tag)]).await.status(), 304);
    let part = said(&room, &[("range", "bytes=10-19"), ("if-range", &tag)]).await;
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap()[..], first.body[10..20]);
    let beyond = said(&room, &[("range", "bytes=99999999-")]).await;
    assert_eq!(beyond.status(), 416);
    let head = room.visitor().request(Method::HEAD, ADDRESS);
    let head = head.send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), &head.headers()["etag"]),
        (200, &first.headers["etag"])
    );
    let mended = story().summary("It stops at one.");
    room.change(item, mended, (Change::Correction, "The hour was wrong."))
        .await;
    let second = room.page(ADDRESS).await;
    assert_ne!(second.header("etag"), tag);
    let told = words(&second.body);
    for words in [
        "It stops at one.",
        "Corrected",
        "The hour was wrong.",
        "Version 2 of ",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(words(&first.body).contains("Version 1 of "));
}

#[actix_web::test]
async fn a_photo_leaves_the_paper_when_its_licence_ends() {
    let room = Room::open().await;
    let photo = room.photo(640, WORDS).await;
    room.has(release("Ferry stops").lead(photo.id).live_at(LIVE))
        .await;
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/images/{}", photo.id)).await;
    form.fill("Last day of the licence", "2018-12-10")
        .press("Save")
        .await;
    room.clock.set("2018-12-10T23:59:59.999Z");
    let before = room.page(ADDRESS).await;
    assert_eq!(pictures(&before.body), 1);
    room.clock.set("2018-12-11T00:00:00.000Z");
    let after = room.page(ADDRESS).await;
    assert_eq!(pictures(&after.body), 0);
    assert!(!words(&after.body).contains("Mara Lind / Quay"));
    assert_ne!(after.header("etag"), before.header("etag"));
}

#[actix_web::test]
async fn an_arabic_item_is_on_paper_from_right_to_left() {
    let room = Room::open().await;
    let item = release("توقفت العبّارة")
        .slug("ferry-stops")
        .in_language("ar");
    let item = item.body("توقفت عند الظهر 12 مرة في London.\n\n- سبب\n- آخر");
    room.has(item.live_at(LIVE)).await;
    let paper = room.page(ADDRESS).await;
    assert!(is_paper(&paper));
    let source = paper.source();
    assert!(source.contains("/Direction/R2L") || source.contains("/Direction /R2L"));
    assert!(source.contains("(ar)") && source.contains("pdfuaid:part"));
}

#[actix_web::test]
async fn nothing_that_a_camera_wrote_is_in_any_stream_of_a_paper() {
    let room = Room::open().await;
    let photo = room.photo(1000, WORDS).await;
    room.has(release("Ferry stops").lead(photo.id).live_at(LIVE))
        .await;
    let paper = room.page(ADDRESS).await;
    let document = Document::load_mem(&paper.body).unwrap();
    let streams = document
        .objects
        .values()
        .filter_map(|one| one.as_stream().ok());
    let packed = streams.clone().map(|stream| stream.content.clone());
    let plain = streams.filter_map(|stream| stream.decompressed_content().ok());
    let all: Vec<Vec<u8>> = packed.chain(plain).chain([paper.body.clone()]).collect();
    assert!(all.len() > 10, "{}", all.len());
    for word in [PLANTED, "Exif\0\0", "http://ns.adobe.com/exif"] {
        let found = |bytes: &Vec<u8>| bytes.windows(word.len()).any(|at| at == word.as_bytes());
        assert!(!all.iter().any(found), "{word}");
    }
}
