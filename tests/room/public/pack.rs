//! The journalist's pack: everything of an item in one ZIP, while the item is public and not before.

use std::io::{Cursor, Read};

use dateline::keys::hex;
use dateline::newsroom::Change;
use quick_xml::Reader;
use quick_xml::events::Event;
use reqwest::{Method, Response};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::support::{Page, Planned, Room, Shot, pdf, release};

const WORDS: [&str; 4] = [
    "A boat",
    "A boat at dusk",
    "Mara Lind / Quay",
    "Free to use",
];
const ADDRESS: &str = "/news/ferry-stops/pack.zip";

/// The files of a pack without their folder, in the order in which they stand in it.
pub(super) fn unpacked(pack: &Page) -> Vec<(String, Vec<u8>)> {
    assert_eq!(
        (pack.status, pack.header("content-type")),
        (200, "application/zip")
    );
    let mut archive = ZipArchive::new(Cursor::new(pack.body.clone())).unwrap();
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((name.strip_prefix("ferry-stops/").unwrap().to_owned(), bytes));
    }
    files
}

pub(super) fn text(files: &[(String, Vec<u8>)], name: &str) -> String {
    let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

/// A part of the document for word processors.
pub(super) fn document(files: &[(String, Vec<u8>)], part: &str) -> String {
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| name == "ferry-stops.docx")
        .unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let mut words = String::new();
    let mut file = archive.by_name(part).unwrap();
    file.read_to_string(&mut words).unwrap();
    words
}

fn story(lead: &Shot, body: &Shot) -> Planned {
    let words = format!("The **ferry** stops.\n\n![](image:{} \"At sea\")", body.id);
    release("Ferry stops")
        .summary("It stops at noon.")
        .lead(lead.id)
        .body(&words)
        .notes("Ask for *Tam*.")
}

/// The pack of a live item with a photo on top and one in its body, and the names of their files.
async fn packed(room: &Room) -> (Vec<(String, Vec<u8>)>, [String; 2], Shot) {
    room.photo(320, WORDS).await;
    let (lead, body) = (room.photo(1000, WORDS).await, room.photo(800, WORDS).await);
    let item = story(&lead, &body).live_at("2018-11-20T09:00:00Z");
    room.has(item).await;
    // By their places in the item: the library's numbers are nobody's business.
    let photos = [1, 2].map(|place| format!("photos/ferry-stops-{place}.jpg"));
    (unpacked(&room.page(ADDRESS).await), photos, lead)
}

#[actix_web::test]
async fn a_pack_holds_the_paper_of_its_version() {
    let room = Room::open().await;
    let (files, ..) = packed(&room).await;
    let (_, in_pack) = files
        .iter()
        .find(|(name, _)| name == "ferry-stops.pdf")
        .unwrap();
    let alone = room.page("/news/ferry-stops/paper.pdf").await;
    assert!(in_pack.starts_with(b"%PDF-1.") && *in_pack == alone.body);
    assert!(super::paper::words(in_pack).contains("Version 1 of "));
}

#[actix_web::test]
async fn a_pack_holds_words_photos_captions_contacts_terms_and_sums_that_are_right() {
    let room = Room::open().await;
    let (files, photos, lead) = packed(&room).await;
    let page = room.page("/news/ferry-stops").await;
    let taken = page.attrs(".take a[download]", "href");
    assert_eq!(taken, [ADDRESS, "/news/ferry-stops/paper.pdf"]);
    let mut names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let mut wanted = vec![
        "SHA256SUMS.txt",
        "contacts.txt",
        "ferry-stops.docx",
        "ferry-stops.html",
        "ferry-stops.md",
        "ferry-stops.pdf",
        "ferry-stops.txt",
        "photos/captions.txt",
        &photos[0],
        &photos[1],
        "terms.txt",
    ];
    wanted.sort_unstable();
    assert_eq!(names, wanted);
    let sums = text(&files, "SHA256SUMS.txt");
    for (name, bytes) in files.iter().filter(|(name, _)| name != "SHA256SUMS.txt") {
        let sum = hex(&Sha256::digest(bytes));
        assert!(sums.contains(&format!("{sum}  {name}\n")), "{name}");
    }
    let (_, photo) = files.iter().find(|(name, _)| *name == photos[0]).unwrap();
    let below = room.page(&format!("/images/{}/full.jpg", lead.hash)).await;
    assert_eq!(below.body, photo[..], "the same file as below the figure");
}

#[actix_web::test]
async fn a_pack_holds_the_files_and_its_texts_name_them() {
    let room = Room::open().await;
    room.keep("other.pdf", &pdf(1, "other"), "Of no item").await;
    let report = room
        .keep("a.pdf", &pdf(24, "a"), "The [whole] report")
        .await;
    let item = release("Ferry stops").file(report.id);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let pack = room.page(ADDRESS).await;
    let files = unpacked(&pack);
    let name = "files/the-whole-report-1.pdf";
    let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
    assert_eq!(*bytes, pdf(24, "a"));
    let sum = format!("{}  {name}\n", hex(&Sha256::digest(bytes)));
    assert!(text(&files, "SHA256SUMS.txt").contains(&sum));
    for sheet in ["ferry-stops.txt", "ferry-stops.md", "ferry-stops.html"] {
        let words = text(&files, sheet);
        assert!(words.contains("PDF, English, 24 pages, 3 kB"), "{words}");
        assert!(words.contains(name), "{words}");
    }
    assert!(text(&files, "ferry-stops.txt").contains("The [whole] report"));
    assert!(document(&files, "word/document.xml").contains("The [whole] report"));
    let editor = room.editor().await;
    let form = editor.open("/admin/files/2/file").await;
    let form = form.attach("New file", "b.pdf", &pdf(25, "b"));
    form.press("Replace the file").await;
    let next = room.page(ADDRESS).await;
    assert_ne!(next.header("etag"), pack.header("etag"));
}

#[actix_web::test]
async fn the_texts_of_a_pack_say_what_the_page_says() {
    let room = Room::open().await;
    let (files, photos, _) = packed(&room).await;
    let plain = text(&files, "ferry-stops.txt");
    for words in [
        "Ferry stops",
        "It stops at noon.",
        "The ferry stops.",
        "Ask for Tam.",
        "/news/ferry-stops",
    ] {
        assert!(plain.contains(words), "{words} in {plain}");
    }
    let source = text(&files, "ferry-stops.md");
    let placed = format!("![A boat]({}) *At sea. Mara Lind", photos[1]);
    assert!(
        source.contains("# Ferry stops") && source.contains(&placed),
        "{source}"
    );
    let html = text(&files, "ferry-stops.html");
    let placed = format!("src=\"{}\"", photos[1]);
    assert!(html.contains(&placed) && html.contains("At sea"), "{html}");
    let written = document(&files, "word/document.xml");
    for words in [
        "Ferry stops",
        "It stops at noon.",
        "Notes to editors",
        "Ask for ",
    ] {
        assert!(written.contains(words), "{words} in {written}");
    }
    let strong = "<w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">ferry</w:t>";
    assert!(
        written.contains(strong) && !written.contains("<w:rtl/>"),
        "{written}"
    );
    let captions = text(&files, "photos/captions.txt");
    assert!(captions.contains("Credit: Mara Lind / Quay"), "{captions}");
    assert!(text(&files, "terms.txt").contains("Terms: Free to use"));
}

#[actix_web::test]
async fn a_pack_answers_exactly_while_its_item_is_public() {
    let room = Room::open().await;
    let (lead, body) = (room.photo(1000, WORDS).await, room.photo(800, WORDS).await);
    let nothing = room.get("/news/nothing-here/pack.zip").await;
    assert_eq!(nothing.status, 404);
    let item = room
        .has(story(&lead, &body).going_live_at("2018-11-26T13:00:00Z"))
        .await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert_eq!(room.get(ADDRESS).await, nothing);
    room.clock.set("2018-11-26T13:00:00Z");
    assert_eq!(room.get(ADDRESS).await.status, 200);
    room.withdraw(item, "A wrong date.").await;
    let files = unpacked(&room.get(ADDRESS).await);
    assert!(text(&files, "ferry-stops.txt").contains("A wrong date."));
}

#[actix_web::test]
async fn a_correction_is_in_the_next_pack_and_says_so() {
    let room = Room::open().await;
    let (lead, body) = (room.photo(1000, WORDS).await, room.photo(800, WORDS).await);
    let item = room
        .has(story(&lead, &body).live_at("2018-11-20T09:00:00Z"))
        .await;
    let before = text(&unpacked(&room.page(ADDRESS).await), "ferry-stops.txt");
    assert!(
        before.contains("Version: published 20 November 2018") && !before.contains(", changed")
    );
    let mended = story(&lead, &body).summary("It stops at one.");
    room.change(item, mended, (Change::Correction, "The hour was wrong."))
        .await;
    let pack = unpacked(&room.page(ADDRESS).await);
    let after = text(&pack, "ferry-stops.txt") + &document(&pack, "word/document.xml");
    assert_eq!(after.matches("The hour was wrong.").count(), 2, "{after}");
    for words in ["It stops at one.", "The hour was wrong.", ", changed "] {
        assert!(after.contains(words), "{words} in {after}");
    }
}

#[actix_web::test]
async fn a_document_is_sound_whatever_words_stand_in_it_and_runs_from_right_to_left() {
    let room = Room::open().await;
    let body =
        "# \"خبر\" & <b>&#1;</b>\n\n- [x](https://a.example/?a=1&b=\"2\")\n\n> \u{202e}x\\\ny";
    let item = release("Ferry stops").in_language("ar").body(body);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let files = unpacked(&room.page(ADDRESS).await);
    for part in [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    ] {
        let words = document(&files, part);
        assert!(!words.contains('\u{1}'), "{part}");
        let mut reader = Reader::from_str(&words);
        reader.config_mut().check_end_names = true;
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
    }
    let written = document(&files, "word/document.xml");
    for words in [
        "<w:pStyle w:val=\"Heading2\"/><w:bidi/>",
        "<w:rtl/>",
        "خبر",
        "<w:br/>",
    ] {
        assert!(written.contains(words), "{words} in {written}");
    }
    let leads = document(&files, "word/_rels/document.xml.rels");
    assert!(
        leads.contains("Target=\"https://a.example/?a=1&amp;b="),
        "{leads}"
    );
}

async fn asked(room: &Room, said: &[(&str, &str)]) -> Response {
    let mut request = room.visitor().request(Method::GET, ADDRESS);
    for (name, value) in said {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[actix_web::test]
async fn a_pack_that_broke_off_is_taken_up_where_it_ended_while_it_is_the_same() {
    let room = Room::open().await;
    let (lead, body) = (room.photo(1000, WORDS).await, room.photo(800, WORDS).await);
    let item = room
        .has(story(&lead, &body).live_at("2018-11-20T09:00:00Z"))
        .await;
    let whole = room.page(ADDRESS).await;
    let (tag, length) = (whole.header("etag").to_owned(), whole.body.len());
    assert!(tag.starts_with('"') && whole.header("accept-ranges") == "bytes");
    for (range, from, to) in [
        ("bytes=1000-", 1000, length),
        ("bytes=0-0", 0, 1),
        ("bytes=-22", length - 22, length),
        ("bytes=500-90000", 500, 90_001.min(length)),
    ] {
        let part = asked(&room, &[("range", range), ("if-range", &tag)]).await;
        assert_eq!(part.status(), 206, "{range}");
        let said = format!("bytes {from}-{}/{length}", to - 1);
        assert_eq!(part.headers()["content-range"], said.as_str());
        assert_eq!(part.headers()["content-length"], (to - from).to_string());
        assert_eq!(part.headers()["etag"], tag.as_str());
        assert!(
            part.bytes().await.unwrap() == whole.body[from..to],
            "{range}"
        );
    }
    let beyond = asked(&room, &[("range", "bytes=99999999-")]).await;
    assert_eq!(beyond.status(), 416);
    assert_eq!(
        beyond.headers()["content-range"],
        format!("bytes */{length}")
    );
    let head = room.visitor().request(Method::HEAD, ADDRESS);
    let head = head.header("range", "bytes=0-9").send().await.unwrap();
    assert_eq!(
        head.status(),
        200,
        "a head has no parts, and nothing is made for it"
    );
    assert_eq!(head.headers()["etag"], tag.as_str());
    assert!(!head.headers().contains_key("content-length"));
    let known = asked(&room, &[("if-none-match", &tag)]).await;
    assert_eq!(known.status(), 304);
    assert!(known.bytes().await.unwrap().is_empty());
    let mended = story(&lead, &body).summary("It stops at one.");
    room.change(item, mended, (Change::Correction, "The hour was wrong."))
        .await;
    let other = asked(&room, &[("range", "bytes=1000-"), ("if-range", &tag)]).await;
    assert_eq!(other.status(), 200, "half of each is no pack");
    assert_ne!(other.headers()["etag"], tag.as_str());
    assert!(other.bytes().await.unwrap().starts_with(b"PK"));
}
