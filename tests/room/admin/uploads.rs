//! Uploads: what is here is not taken twice, nothing of a mixed upload is forgotten, and nobody keeps the others out.

use std::time::Duration;

use actix_web::rt;
use dateline::media::metadata::Metadata;
use dateline::media::{ImageHash, OriginalFormat, Taken};
use dateline::storage::StorageError;
use dateline::storage::images::{self, NewImage};
use futures_util::{StreamExt, stream};
use image::codecs::gif::GifEncoder;
use image::{Frame, Rgba, RgbaImage};
use reqwest::{Body, Method};

use crate::support::{Browser, Page, Room, Tab, jpeg};

/// The library's form with these files chosen.
async fn chosen<'a>(browser: &'a Browser, files: &[(&str, &[u8])]) -> Tab<'a> {
    let mut library = browser.open("/admin/images").await;
    for (name, bytes) in files {
        library = library.attach("Add pictures", name, bytes);
    }
    library
}

async fn tiles(browser: &Browser) -> usize {
    browser.get("/admin/images").await.count(".tile")
}

#[actix_web::test]
async fn a_photo_that_is_here_leads_to_its_page_and_is_not_taken_twice() {
    let room = Room::open().await;
    let author = room.author().await;
    let photo = jpeg(640, 320);
    let first = chosen(&author, &[("ferry.jpg", &photo)]).await;
    let first = first.press("Upload").await;
    assert!(first.has("One picture is in the library."));
    let again = chosen(&author, &[("other-name.jpg", &photo)]).await;
    let again = again.press("Upload").await;
    assert_eq!((again.status, again.only("h1")), (200, "Picture 1".into()));
    assert!(again.has("This photo is here already: picture 1."));
    assert_eq!(tiles(&author).await, 1);
}

#[actix_web::test]
async fn new_pictures_are_described_in_a_row_and_old_ones_are_named() {
    let room = Room::open().await;
    let author = room.author().await;
    let (old, one, two) = (jpeg(640, 320), jpeg(642, 320), jpeg(644, 320));
    let first = chosen(&author, &[("old.jpg", &old)]).await;
    assert_eq!(first.press("Upload").await.status, 200);
    let all = [
        ("old.jpg", &old[..]),
        ("one.jpg", &one),
        ("two.jpg", &two),
        ("one.jpg", &one),
    ];
    let page = chosen(&author, &all).await.press("Upload").await;
    assert_eq!(page.only("h1"), "Picture 2");
    assert!(page.has("2 pictures are in the library."));
    assert!(page.has("This photo is here already: picture 1."));
    assert!(page.has("1 of 2"));
}

/// A photo that is stored, but whose bytes no decoder would take again.
#[actix_web::test]
async fn a_known_photo_is_found_before_anything_is_decoded() {
    let room = Room::open().await;
    let author = room.author().await;
    let bytes = b"a photo of a format that was dropped".to_vec();
    let (original, now, by) = (bytes.clone(), room.clock.now(), room.right().id());
    let stored = room.store.write(move |tx| {
        let taken = Taken {
            hash: ImageHash::of(&original),
            format: OriginalFormat::Jpeg,
            width: 640,
            height: 320,
            metadata: Metadata::default(),
            renditions: Vec::new(),
            tone: None,
            is_animated: false,
        };
        let new = NewImage {
            taken: &taken,
            original: &original,
            file_name: "old.jpg",
            by,
            now,
        };
        images::add(tx, &new)
    });
    let _id = stored.await.map_err(|error: StorageError| error).unwrap();
    let form = chosen(&author, &[("old.jpg", &bytes)]).await;
    let answer = form.pressed("Upload").await;
    let led = (answer.status, answer.header("location"));
    assert_eq!(led, (303, "/admin/images/1"), "{answer:?}");
}

#[actix_web::test]
async fn the_same_form_sent_twice_is_answered_as_the_first_time() {
    let room = Room::open().await;
    let author = room.author().await;
    let (one, two) = (jpeg(640, 320), jpeg(642, 320));
    let form = chosen(&author, &[("one.jpg", &one), ("two.jpg", &two)]).await;
    let first = form.pressed("Upload").await;
    let again = form.pressed("Upload").await;
    assert_eq!((first.status, again.status), (303, 303));
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(first.header("location"), "/admin/images/1?then=2&of=2");
    let page = author.get(again.header("location")).await;
    assert!(page.has("2 pictures are in the library."));
    assert_eq!(tiles(&author).await, 2);
}

#[actix_web::test]
async fn beside_files_that_were_refused_the_others_wait_to_be_described() {
    let room = Room::open().await;
    let author = room.author().await;
    let (one, two) = (jpeg(640, 320), jpeg(642, 320));
    let all = [
        ("one.jpg", &one[..]),
        ("letter.txt", b"Dear editor,"),
        ("two.jpg", &two),
    ];
    let page = chosen(&author, &all).await.press("Upload").await;
    assert_eq!(page.status, 422);
    assert_eq!(page.count(".alert li"), 1);
    assert!(page.has("2 of 3 files were taken."), "{}", page.text());
    let described = page.click("Describe the new pictures").await;
    assert_eq!(described.only("h1"), "Picture 1");
    assert!(described.has("1 of 2"));
}

/// An upload whose sender stops in the middle of a file, and goes away when this is dropped.
fn stalled(browser: &Browser, root: &str) -> rt::task::JoinHandle<()> {
    let start = "--b\r\ncontent-disposition: form-data; name=\"pictures\"; filename=\"a.jpg\"\r\n\
        content-type: image/jpeg\r\n\r\nonly the start";
    let (browser, root) = (browser.clone(), root.to_owned());
    rt::spawn(async move {
        // An answer means that every place was taken just then: it comes again.
        loop {
            let start = stream::iter([Ok::<_, std::io::Error>(start.to_owned())]);
            let request = browser
                .request(Method::POST, "/admin/images")
                .header("origin", &root)
                .header("content-type", "multipart/form-data; boundary=b")
                .body(Body::wrap_stream(start.chain(stream::pending())));
            let _answer = request.send().await;
        }
    })
}

/// Sends the empty form until its answer has this status.
async fn answer_with(browser: &Browser, status: u16) -> Page {
    for _ in 0..2000 {
        let library = browser.open("/admin/images").await;
        let answer = library.pressed("Upload").await;
        if answer.status == status {
            return answer;
        }
        rt::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no answer with {status}");
}

#[actix_web::test]
async fn uploads_beyond_the_places_are_told_to_come_again_until_a_place_is_free() {
    let room = Room::open().await;
    let author = room.author().await;
    // Whoever comes while every place is taken, be it by the form below, is silently waited for; so
    // there are more of them than places, and they are given time to arrive first.
    let holding: Vec<_> = (0..9).map(|_| stalled(&author, &room.root)).collect();
    rt::time::sleep(Duration::from_millis(300)).await;
    let busy = answer_with(&author, 503).await;
    assert_eq!(busy.header("retry-after"), "30");
    assert!(busy.has("Too many pictures are on their way"), "{busy:?}");
    let photo = jpeg(640, 320);
    let refused = chosen(&author, &[("ferry.jpg", &photo)]).await;
    assert_eq!(refused.pressed("Upload").await.status, 503);
    assert_eq!(tiles(&author).await, 0);
    for upload in holding {
        upload.abort();
    }
    let empty = answer_with(&author, 422).await;
    assert!(empty.has("No file was chosen."));
    assert_eq!(refused.pressed("Upload").await.status, 303);
}

#[actix_web::test]
async fn whoever_waits_is_told_what_is_really_done_and_nobody_else_is() {
    let room = Room::open().await;
    let author = room.author().await;
    let library = author.open("/admin/images").await;
    let key = library
        .attrs("form.upload [name=form_key]", "value")
        .remove(0);
    let part = |name: &str| format!("\r\n--b\r\ncontent-disposition: form-data; name=\"{name}\"");
    let head = format!(
        "{}\r\n\r\n{key}{}; filename=\"a.jpg\"\r\n\r\n",
        part("form_key"),
        part("pictures")
    );
    let bad = format!("{}; filename=\"b.jpg\"\r\n\r\nno photo", part("pictures"));
    let tail = format!("{}; filename=\"c.jpg\"\r\n\r\nonly", part("pictures"));
    let start = [
        head.into_bytes(),
        jpeg(640, 320),
        bad.into_bytes(),
        tail.into_bytes(),
    ]
    .concat();
    let start = stream::iter([Ok::<_, std::io::Error>(start)]);
    let request = author
        .request(Method::POST, "/admin/images")
        .header("origin", &room.root)
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Body::wrap_stream(start.chain(stream::pending())));
    let sending = rt::spawn(request.send());
    let address = format!("/admin/images/progress?form_key={key}");
    let done = r#"{"done":["kept","refused"],"made":0,"of":0}"#;
    let mut told = String::new();
    for _ in 0..2000 {
        told = String::from_utf8(author.get(&address).await.body).unwrap();
        if told == done {
            break;
        }
        rt::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(told, done);
    assert_eq!(tiles(&author).await, 1, "what is said to be done is there");
    let nothing = br#"{"done":[],"made":0,"of":0}"#;
    let another = author.get("/admin/images/progress?form_key=another").await;
    assert_eq!(another.body, nothing);
    let editor = room.editor().await;
    assert_eq!(editor.get(&address).await.body, nothing);
    sending.abort();
}

#[actix_web::test]
async fn the_page_of_an_animation_says_what_is_kept_of_it() {
    let room = Room::open().await;
    let author = room.author().await;
    let mut moving = Vec::new();
    let mut encoder = GifEncoder::new(&mut moving);
    for colour in [40, 200] {
        let frame = RgbaImage::from_pixel(40, 30, Rgba([colour, 90, 90, 255]));
        encoder.encode_frame(Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let sentence = "Only the first picture of this animation is kept.";
    let page = chosen(&author, &[("boat.gif", &moving)])
        .await
        .press("Upload")
        .await;
    assert!(page.has(sentence), "{}", page.text());
    let page = chosen(&author, &[("boat.jpg", &jpeg(640, 320))])
        .await
        .press("Upload")
        .await;
    assert_eq!(page.only("h1"), "Picture 2");
    assert!(!page.has(sentence));
}
