//! Pictures and links in the texts of a pack: where they stand, what they are called, where they lead.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::pack::{document, text, unpacked};
use crate::storage::raw::Raw;
use crate::support::{PLANTED, Room, release};

const ADDRESS: &str = "/news/ferry-stops/pack.zip";
const LIVE: &str = "2018-11-20T09:00:00Z";

/// A photo on top, one in the text, and two side by side below it.
async fn with_pictures(room: &Room, language: &str) {
    let credit = |words: [&'static str; 2]| [words[0], words[1], "Mara Lind / Quay", "Free to use"];
    room.photo(300, credit(["Of no item", ""])).await;
    let lead = room.photo(2000, credit(["A boat", "A boat at dusk"])).await;
    let one = room.photo(800, credit(["A quay", "A quay at dawn"])).await;
    let two = room.photo(640, credit(["A rope", ""])).await;
    let body = format!(
        "The ferry stops, [as before](/news/y).\n\n![](image:{one})\n\nTwo of it:\n\n\
         ![Seen \"twice\"](image:{one} \"Again\")\n![](image:{two})\n\nThe end",
        one = one.id,
        two = two.id
    );
    let item = release("Ferry stops").in_language(language).lead(lead.id);
    room.has(item.body(&body).live_at(LIVE)).await;
}

fn in_this_order(words: &str, wanted: &[&str]) {
    let mut rest = words;
    for one in wanted {
        let (_, behind) = rest
            .split_once(one)
            .unwrap_or_else(|| panic!("{one} is not in its place in {words}"));
        rest = behind;
    }
}

#[actix_web::test]
async fn the_plain_text_names_each_picture_where_it_stands() {
    let room = Room::open().await;
    with_pictures(&room, "en").await;
    let files = unpacked(&room.page(ADDRESS).await);
    let wanted = [
        "In short",
        "[Picture: photos/ferry-stops-1.jpg]\nA boat at dusk\nMara Lind / Quay. Free to use\n\n",
        "The ferry stops",
        "[Picture: photos/ferry-stops-2.jpg]\nA quay at dawn\n",
        "Two of it:",
        "[Picture: photos/ferry-stops-2.jpg]\nAgain\n",
        "[Picture: photos/ferry-stops-3.jpg]\nMara Lind",
        "The end",
    ];
    in_this_order(&text(&files, "ferry-stops.txt"), &wanted);
}

#[actix_web::test]
async fn the_document_holds_the_pictures_with_their_words_and_nothing_of_their_files() {
    let room = Room::open().await;
    with_pictures(&room, "en").await;
    let files = unpacked(&room.page(ADDRESS).await);
    let wanted = [
        "In short",
        "descr=\"A boat\"",
        "r:embed=\"picture1\"",
        "A boat at dusk",
        "Mara Lind / Quay. Free to use",
        "The ferry stops",
        "descr=\"A quay\"",
        "r:embed=\"picture2\"",
        "A quay at dawn",
        "Two of it:",
        "descr=\"Seen &quot;twice&quot;\"",
        "r:embed=\"picture2\"",
        "Again",
        "descr=\"A rope\"",
        "r:embed=\"picture3\"",
        "The end",
    ];
    in_this_order(&document(&files, "word/document.xml"), &wanted);
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| name == "ferry-stops.docx")
        .unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let leads = document(&files, "word/_rels/document.xml.rels");
    for (number, width) in [(1, 1280), (2, 800), (3, 640)] {
        let name = format!("media/picture{number}.jpg");
        assert!(leads.contains(&format!("Id=\"picture{number}\"")) && leads.contains(&name));
        let mut picture = Vec::new();
        let mut file = archive.by_name(&format!("word/{name}")).unwrap();
        file.read_to_end(&mut picture).unwrap();
        let shown = image::load_from_memory(&picture).unwrap();
        assert_eq!(shown.width(), width, "{name}");
        for planted in [PLANTED, "Exif", "http://ns.adobe.com"] {
            let holds = picture
                .windows(planted.len())
                .any(|at| at == planted.as_bytes());
            assert!(!holds, "{planted} in {name}");
        }
    }
    assert!(
        archive.by_name("word/media/picture4.jpg").is_err(),
        "one is used twice"
    );
}

#[actix_web::test]
async fn the_words_below_a_picture_run_their_own_way() {
    let room = Room::open().await;
    with_pictures(&room, "ar").await;
    let files = unpacked(&room.page(ADDRESS).await);
    let written = document(&files, "word/document.xml");
    let caption = written
        .lines()
        .find(|line| line.contains("A boat at dusk"))
        .unwrap();
    assert!(
        !caption.contains("<w:bidi/>") && !caption.contains("<w:rtl/>"),
        "{caption}"
    );
    let text = written
        .lines()
        .find(|line| line.contains("The ferry stops"))
        .unwrap();
    assert!(
        text.contains("<w:bidi/>"),
        "the text runs as the item does: {text}"
    );
}

#[actix_web::test]
async fn a_picture_that_may_not_be_shown_leaves_no_word_in_any_text() {
    let room = Room::open().await;
    let words = ["A secret boat", "Of the secret", "Secret Agent", "Secret"];
    let photo = room.photo(640, words).await;
    let body = format!(
        "Before.\n\n![its secret](image:{id} \"A secret dusk\")\n\n![x][a]\n\nAfter.\n\n\
         [a]: image:{id} \"A secret dawn\"",
        id = photo.id
    );
    let item = release("Ferry stops").lead(photo.id).body(&body);
    room.has(item.live_at(LIVE)).await;
    let shown = unpacked(&room.page(ADDRESS).await);
    let source = text(&shown, "ferry-stops.md");
    let wanted = [
        "![A secret boat](photos/ferry-stops-1.jpg) *Of the secret. Secret Agent. Secret*",
        "![its secret](photos/ferry-stops-1.jpg) *A secret dusk. Secret Agent. Secret*",
        "![x](photos/ferry-stops-1.jpg) *A secret dawn. Secret Agent. Secret*",
        "After.",
    ];
    in_this_order(&source, &wanted);
    assert!(!source.contains("image:"), "{source}");
    let mut raw = Raw::open(&room.file());
    let now = room.clock.now().millis();
    raw.run(&format!("UPDATE images SET licence_ends_at = {now}"));
    let files = unpacked(&room.page(ADDRESS).await);
    for sheet in [
        "ferry-stops.md",
        "ferry-stops.txt",
        "ferry-stops.html",
        "terms.txt",
    ] {
        let words = text(&files, sheet);
        assert!(!words.to_lowercase().contains("secret"), "{words}");
        assert!(!words.contains("image:"), "{words}");
    }
    let written = document(&files, "word/document.xml");
    assert!(!written.to_lowercase().contains("secret"), "{written}");
}

#[actix_web::test]
async fn links_into_the_room_lead_there_from_a_disk_too() {
    let room = Room::open().await;
    let body = "See [the verdict](/news/verdict) and [this][a] and [below](#h-end).\n\n## End\n\n[a]: /topics/ferries";
    let item = release("Ferry stops")
        .body(body)
        .notes("[Notes](/news/notes)");
    room.has(item.live_at(LIVE)).await;
    let files = unpacked(&room.page(ADDRESS).await);
    let root = &room.address;
    let source = text(&files, "ferry-stops.md");
    for words in [
        format!("[the verdict]({root}/news/verdict)"),
        format!("[a]: {root}/topics/ferries"),
        format!("[Notes]({root}/news/notes)"),
        "[below](#h-end)".to_owned(),
    ] {
        assert!(source.contains(&words), "{words} in {source}");
    }
    let html = text(&files, "ferry-stops.html");
    for address in ["/news/verdict", "/topics/ferries", "/news/notes"] {
        assert!(
            html.contains(&format!("href=\"{root}{address}\"")),
            "{html}"
        );
    }
    assert!(
        html.contains("href=\"#h-end\"") && !html.contains("href=\"/"),
        "{html}"
    );
}
