//! Another file under a picture: everything else stays, readers get the new one at once, and the old one waits in the trash.

use dateline::clock::Clock;
use dateline::janitor::Janitor;
use dateline::media::ImageHash;

use crate::support::{Browser, Room, Tab, jpeg, release};

async fn form<'a>(browser: &'a Browser, bytes: &[u8]) -> Tab<'a> {
    let page = browser.open("/admin/images/1/file").await;
    page.attach("New file", "new.jpg", bytes)
}

#[actix_web::test]
async fn words_and_uses_stay_and_readers_see_the_new_file_at_once() {
    let room = Room::open().await;
    let photo = room
        .photo(640, ["A ferry", "At sea", "Mara Lind", ""])
        .await;
    let item = release("Ferry stops").lead(photo.id);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    room.has(release("A draft").body("![](image:1)")).await;
    let editor = room.editor().await;
    let page = editor.open("/admin/images/1").await;
    let page = page.click("Replace the file…").await;
    let touched =
        "Used in 2 items. Readers see it, or soon will: what you change shows there at once.";
    assert!(page.has(touched), "{}", page.text());
    let new = jpeg(700, 500);
    let done = form(&editor, &new).await.press("Replace the file").await;
    assert!(done.has("The file was replaced."), "{}", done.text());
    assert!(done.has("700 × 500 pixels") && done.has("new.jpg"));
    let mut words = editor.open("/admin/images/1").await;
    assert_eq!(words.filled("Caption"), "At sea");
    assert_eq!(words.filled("Credit"), "Mara Lind");

    let new = ImageHash::of(&new).as_str().to_owned();
    let live = room.page("/news/ferry-stops").await;
    let html = String::from_utf8_lossy(&live.body).into_owned();
    assert!(html.contains(&new) && !html.contains(&photo.hash));
    assert_eq!(live.attrs("main figure img", "alt"), ["A ferry"]);
    let old = format!("/images/{}/320.jpg", photo.hash);
    assert_eq!(room.get(&old).await.status, 404, "the address of before");
    assert_eq!(
        room.get(&format!("/images/{new}/320.jpg")).await.status,
        200
    );
    let trash = editor.open("/admin/images?show=trash").await;
    assert_eq!(trash.select(".tile .number"), ["2"]);
    let log = editor.get("/admin/log").await;
    assert!(
        log.has("file replaced") && log.has("700 × 500"),
        "{}",
        log.text()
    );
    let sound = room.read.read_here(dateline::desk::soundness::look);
    assert!(sound.unwrap().is_empty());
}

#[actix_web::test]
async fn the_file_of_before_comes_back_as_a_picture_of_its_own() {
    let room = Room::open().await;
    room.photo(640, ["A ferry", "At sea", "", ""]).await;
    let author = room.author().await;
    let done = form(&author, &jpeg(700, 500)).await;
    assert_eq!(done.press("Replace the file").await.status, 200);
    let old = author.open("/admin/images/2").await;
    assert!(old.has("640 × 320 pixels"), "{}", old.text());
    let back = old.press("Bring it back").await;
    assert_eq!(back.status, 200);
    let mut old = author.open("/admin/images/2").await;
    assert_eq!(old.filled("Caption"), "At sea");
    assert_eq!(author.get("/admin/images/2/320.jpg").await.status, 200);
    assert_eq!(author.get("/admin/images/1/320.jpg").await.status, 200);
}

#[actix_web::test]
async fn a_form_that_is_sent_again_with_another_file_is_another_form() {
    let room = Room::open().await;
    room.photo(640, ["A ferry", "At sea", "", ""]).await;
    let author = room.author().await;
    let page = author.open("/admin/images/1/file").await;
    let again = page.clone();
    let first = page.attach("New file", "one.jpg", &jpeg(700, 500));
    assert!(
        first
            .press("Replace the file")
            .await
            .has("The file was replaced.")
    );
    let other = again.attach("New file", "two.jpg", &jpeg(710, 500));
    let other = other.press("Replace the file").await;
    assert_eq!(other.status, 409, "{}", other.text());
}

#[actix_web::test]
async fn a_picture_that_was_approved_with_its_text_is_an_editors_to_replace() {
    let room = Room::open().await;
    let photo = room
        .photo(640, ["A ferry", "At sea", "Mara Lind", ""])
        .await;
    room.has(release("Ferry stops").lead(photo.id)).await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    for (who, step, button) in [
        (&author, "submission", "Submit for review"),
        (&editor, "approval", "Approve"),
    ] {
        let page = who.open(&format!("/admin/items/1/{step}")).await;
        assert_eq!(page.press(button).await.status, 200, "{button}");
    }
    let swapped = form(&editor, &jpeg(700, 500)).await.sent_by(&author);
    let swapped = swapped.press("Replace the file").await;
    assert_eq!(swapped.status, 403, "{}", swapped.text());
    assert!(swapped.has("Words that were approved show this picture"));
    let swapped = form(&editor, &jpeg(700, 500)).await;
    assert_eq!(swapped.press("Replace the file").await.status, 200);
}

#[actix_web::test]
async fn a_file_is_not_replaced_where_the_rules_say_no() {
    let room = Room::open().await;
    let photo = room.photo(640, ["A ferry", "", "", ""]).await;
    room.photo(642, ["A barge", "", "", ""]).await;
    let author = room.author().await;
    let known = form(&author, &jpeg(642, 321)).await;
    let known = known.press("Replace the file").await;
    assert_eq!(known.status, 409);
    assert!(known.has("already, as picture 2"), "{}", known.text());
    let wrong = form(&author, b"Dear editor,").await;
    assert_eq!(wrong.press("Replace the file").await.status, 422);
    let none = author.open("/admin/images/1/file").await;
    let none = none.press("Replace the file").await;
    assert!(none.status == 422 && none.has("Choose the new file first."));

    let late = form(&author, &jpeg(650, 325)).await;
    let first = form(&author, &jpeg(700, 500)).await;
    assert_eq!(first.press("Replace the file").await.status, 200);
    let late = late.press("Replace the file").await;
    assert!(late.has("Somebody replaced the file"), "{}", late.text());
    let twice = first.press("Replace the file").await;
    assert!(
        twice.has("The file was replaced."),
        "the same form does nothing twice"
    );

    let live = release("Ferry stops").lead(photo.id);
    room.has(live.live_at("2018-11-20T09:00:00Z")).await;
    let editor = room.editor().await;
    let refused = form(&editor, &jpeg(652, 326)).await.sent_by(&author);
    let refused = refused.press("Replace the file").await;
    assert_eq!(refused.status, 403);
    assert!(refused.has("ask an editor"), "{}", refused.text());
}

#[actix_web::test]
async fn a_new_picture_that_looks_like_one_that_is_here_says_so_and_is_taken_all_the_same() {
    let room = Room::open().await;
    let author = room.author().await;
    let upload = async |name: &'static str, bytes: Vec<u8>| {
        let library = author.open("/admin/images").await;
        library
            .attach("Add pictures", name, &bytes)
            .press("Upload")
            .await
    };
    let first = upload("ferry.jpg", photo(640, 400, 80, 3)).await;
    assert!(!first.has("This looks like"), "{}", first.text());
    let again = upload("smaller.jpg", photo(320, 200, 60, 3)).await;
    assert!(again.has("One picture is in the library."));
    assert!(
        again.has("This looks like a picture that is here already."),
        "{}",
        again.text()
    );
    let other = again.click("Picture 1: ferry.jpg").await;
    assert_eq!(other.only("h1"), "Picture 1");
    let other = upload("other.jpg", photo(640, 400, 80, 11)).await;
    assert!(!other.has("This looks like"), "{}", other.text());
    let described = author.open("/admin/images/2").await;
    let described = described
        .fill("The alt text", "A ferry")
        .press("Save")
        .await;
    assert!(!described.has("This looks like"), "somebody has decided");
}

#[actix_web::test]
async fn pictures_from_before_are_looked_at_in_the_background() {
    let room = Room::open().await;
    room.photo(640, ["A ferry", "", "", ""]).await;
    let janitor = Janitor {
        store: room.store.clone(),
        clock: Clock::standing_at(room.clock.now()),
    };
    let goes_on = std::sync::atomic::AtomicBool::new(false);
    assert_eq!(janitor.look(&goes_on).unwrap(), 1);
    assert_eq!(janitor.look(&goes_on).unwrap(), 0, "once");
}

/// Blobs of light whose places depend on `seed`, as a JPEG of that quality.
fn photo(width: u32, height: u32, quality: u8, seed: u32) -> Vec<u8> {
    let spot = |number: u32| {
        let mixed = (seed * 7 + number).wrapping_mul(2_654_435_761) >> 8;
        (mixed % 100, mixed / 100 % 100)
    };
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x * 100 / width, y * 100 / height);
        let light = (0..12).map(spot).map(|(a, b)| {
            let far = x.abs_diff(a).pow(2) + y.abs_diff(b).pow(2);
            12_000 / (far + 60)
        });
        let light = u8::try_from(light.sum::<u32>().min(255)).unwrap();
        image::Rgb([light, light / 2 + 60, 255 - light])
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(&pixels, width, height, image::ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}
