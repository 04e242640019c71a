//! Photos for journalists: in full size, with our words in the file, and nothing of what its sender put there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use dateline::media::metadata::{Fact, Found, read};
use dateline::media::{ImageHash, OriginalFormat};
use reqwest::Method;

use crate::support::{PLANTED, Page, Room, Shot, jpeg, release};

const WORDS: [&str; 4] = [
    "A boat",
    "A boat at dusk",
    "Mara Lind / Quay",
    "Free to use",
];

fn address(shot: &Shot) -> String {
    format!("/images/{}/full.jpg", shot.hash)
}

async fn live(room: &Room, shot: &Shot) {
    let item = release("Ferry stops").lead(shot.id);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
}

fn said(page: &Page, fact: Fact) -> String {
    let metadata = read(&page.body, OriginalFormat::Jpeg);
    metadata.of(fact).map(Found::text).unwrap_or_default()
}

#[actix_web::test]
async fn a_photo_is_handed_on_while_a_public_page_shows_it_and_not_before() {
    let room = Room::open().await;
    let shot = room.photo(2400, WORDS).await;
    let nothing = room.get("/nothing/here/at/all").await;
    assert_eq!(room.get(&address(&shot)).await, nothing, "in the library");
    let item = release("Ferry stops").lead(shot.id);
    let item = room.has(item.going_live_at("2018-11-26T13:00:00Z")).await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert_eq!(room.get(&address(&shot)).await, nothing, "scheduled");
    room.clock.set("2018-11-26T13:00:00Z");
    let copy = room.get(&address(&shot)).await;
    assert_eq!(
        (copy.status, copy.header("content-type")),
        (200, "image/jpeg")
    );
    let picture = image::load_from_memory(&copy.body).unwrap();
    assert_eq!((picture.width(), picture.height()), (2400, 1200));
    room.withdraw(item, "It was wrong.").await;
    assert_eq!(
        room.get(&address(&shot)).await.status,
        200,
        "readable with its notice"
    );
}

#[actix_web::test]
async fn the_file_says_caption_credit_terms_and_where_it_comes_from() {
    let room = Room::open().await;
    room.photo(320, WORDS).await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot).await;
    let page = room.page("/news/ferry-stops").await;
    let link = page.attr("main figcaption a.full-size", "href");
    assert_eq!(link, address(&shot));
    let copy = room.page(&link).await;
    let disposition = copy.header("content-disposition");
    assert_eq!(
        disposition, "attachment; filename=\"ferry-stops-1.jpg\"",
        "the place in the item, and not the library's number"
    );
    assert_eq!(said(&copy, Fact::Headline), "Ferry stops");
    assert_eq!(said(&copy, Fact::Description), "A boat at dusk");
    assert_eq!(said(&copy, Fact::CreditLine), "Mara Lind / Quay");
    assert_eq!(said(&copy, Fact::UsageTerms), "Free to use");
    assert_eq!(said(&copy, Fact::AltText), "A boat");
    assert!(copy.source().contains("/news/ferry-stops"));
    assert!(!copy.source().contains(PLANTED));
}

#[actix_web::test]
async fn a_download_that_broke_off_goes_on_and_what_is_known_does_not_come_again() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot).await;
    let ask = async |method: Method, said: &[(&str, &str)]| {
        let mut request = room.visitor().request(method, &address(&shot));
        for (name, value) in said {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    };
    let head = ask(Method::HEAD, &[("range", "bytes=0-9")]).await;
    assert_eq!(head.status(), 200, "a head has no parts");
    let tag = head.headers()["etag"].to_str().unwrap().to_owned();
    let whole = room.page(&address(&shot)).await;
    assert_eq!(whole.header("etag"), tag);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let length = whole.body.len();
    for (range, from, to) in [("bytes=500-", 500, length), ("bytes=0-9", 0, 10)] {
        let part = ask(Method::GET, &[("range", range), ("if-range", &tag)]).await;
        assert_eq!(part.status(), 206, "{range}");
        let said = format!("bytes {from}-{}/{length}", to - 1);
        assert_eq!(part.headers()["content-range"], said.as_str());
        assert!(
            part.bytes().await.unwrap() == whole.body[from..to],
            "{range}"
        );
    }
    let known = ask(Method::GET, &[("if-none-match", &tag)]).await;
    assert_eq!(known.status(), 304);
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/images/{}", shot.id)).await;
    form.fill("Credit", "Mira Lund / Quay").press("Save").await;
    let other = ask(Method::GET, &[("range", "bytes=500-"), ("if-range", &tag)]).await;
    assert_eq!(other.status(), 200, "other words, other bytes");
}

#[actix_web::test]
async fn whoever_asks_while_a_copy_is_made_waits_for_it() {
    let room = Room::open().await;
    let shot = room.slow_photo().await;
    live(&room, &shot).await;
    let (visitor, address) = (room.visitor(), address(&shot));
    let copies = (0..4).map(|_| visitor.get(&address));
    for copy in futures_util::future::join_all(copies).await {
        assert_eq!(copy.status, 200);
    }
}

#[actix_web::test]
async fn new_words_are_in_the_next_copy() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    live(&room, &shot).await;
    assert_eq!(
        said(&room.page(&address(&shot)).await, Fact::CreditLine),
        "Mara Lind / Quay"
    );
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/images/{}", shot.id)).await;
    form.fill("Credit", "Mira Lund / Quay").press("Save").await;
    assert_eq!(
        said(&room.page(&address(&shot)).await, Fact::CreditLine),
        "Mira Lund / Quay"
    );
}

/// A file of this test's own, gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn of(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("dateline-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.0);
    }
}

/// What exiftool says, which tests/exiftool/ready.sh installs.
fn exiftool(arguments: &[&str], file: &Scratch) -> String {
    let mut command = Command::new("exiftool");
    let output = command.args(arguments).arg(&file.0).output();
    let output = output
        .unwrap_or_else(|_missing| panic!("exiftool is missing: run tests/exiftool/ready.sh"));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// A photo with a position, serial numbers and a preview wherever exiftool can write them.
fn planted() -> Vec<u8> {
    let preview = Scratch::of("preview.jpg", &jpeg(160, 120));
    let file = Scratch::of("planted.jpg", &jpeg(900, 600));
    let preview = preview.0.to_string_lossy();
    let arguments = [
        "-q",
        "-overwrite_original",
        "-EXIF:GPSLatitude=51.5007",
        "-EXIF:GPSLatitudeRef=N",
        "-EXIF:GPSLongitude=0.1246",
        "-EXIF:GPSLongitudeRef=W",
        "-EXIF:SerialNumber=SN-4711-PLANT",
        "-EXIF:LensSerialNumber=SN-4711-PLANT",
        "-EXIF:ImageUniqueID=SN-4711-PLANT",
        "-EXIF:OwnerName=SN-4711-PLANT",
        "-EXIF:UserComment=SN-4711-PLANT",
        "-EXIF:Software=SN-4711-PLANT",
        "-XMP-exif:GPSLatitude=51.5007",
        "-XMP-exif:GPSLongitude=-0.1246",
        "-XMP-aux:SerialNumber=SN-4711-PLANT",
        "-XMP-xmpMM:DocumentID=SN-4711-PLANT",
        "-XMP-iptcExt:LocationCreatedSublocation=SN-4711-PLANT",
        "-IPTC:Keywords=SN-4711-PLANT",
        "-IPTC:Sub-location=SN-4711-PLANT",
        "-Photoshop:URL=http://SN-4711-PLANT/",
        "-Comment=SN-4711-PLANT",
    ];
    let thumbnail = format!("-ThumbnailImage<={preview}");
    let shop = format!("-PhotoshopThumbnail<={preview}");
    exiftool(&[&arguments[..], &[&thumbnail, &shop]].concat(), &file);
    let mut bytes = fs::read(&file.0).unwrap();
    // Telephones hang previews and films behind the picture.
    bytes.extend(b"SN-4711-PLANT");
    bytes.extend(jpeg(160, 120));
    bytes
}

/// The photo on the lead of a live item, taken in as an editor would.
async fn sent_in(room: &Room, photo: &[u8]) -> Shot {
    let editor = room.editor().await;
    let library = editor.open("/admin/images").await;
    let form = library.attach("Add pictures", "planted.jpg", photo);
    let form = form.press("Upload").await;
    let form = form.fill("The alt text", "A boat");
    let form = form.fill("Credit", "Mara Lind");
    assert!(form.press("Save").await.has("Saved."));
    let shot = Shot {
        id: "1".parse().unwrap(),
        hash: ImageHash::of(photo).as_str().to_owned(),
    };
    live(room, &shot).await;
    shot
}

#[actix_web::test]
async fn exiftool_finds_our_words_and_nothing_of_what_the_sender_planted() {
    let room = Room::open().await;
    let photo = planted();
    let all = ["-a", "-G1", "-s"];
    let before = exiftool(&all, &Scratch::of("before.jpg", &photo));
    assert!(before.contains("GPSPosition") && before.contains("ThumbnailImage"));
    assert!(before.matches("SN-4711-PLANT").count() > 10, "{before}");
    let shot = sent_in(&room, &photo).await;
    let copy = room.page(&address(&shot)).await;
    let after = exiftool(&all, &Scratch::of("after.jpg", &copy.body));
    for ours in ["[IPTC]", "[XMP-photoshop]", "Mara Lind", "Ferry stops"] {
        assert!(after.contains(ours), "{ours} in {after}");
    }
    for planted in [
        "GPS",
        "Serial",
        "Thumbnail",
        "Preview",
        "SN-4711",
        "[IFD0]",
        "[ExifIFD]",
        "Trailer",
    ] {
        assert!(!after.contains(planted), "{planted} in {after}");
    }
    let page = room.page("/news/ferry-stops").await;
    let pictures = page.attrs("main img", "src");
    let pack = room.page("/news/ferry-stops/pack.zip").await;
    assert!(!pictures.is_empty());
    for answer in [&copy, &page, &pack, &room.page(&pictures[0]).await] {
        assert!(!answer.source().contains("SN-4711"));
    }
}
