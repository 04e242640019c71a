//! The alt-text queue: what is used and says nothing to whoever cannot see it, newest use first.

use crate::support::{Room, jpeg, release};

#[actix_web::test]
async fn pictures_in_use_without_good_alt_text_are_written_one_after_another() {
    let room = Room::open().await;
    let author = room.author().await;
    let weak = room.photo(320, ["Photo of a ferry", "", "", ""]).await;
    let same = room.photo(322, ["Two boats", "Two boats.", "", ""]).await;
    let good = room.photo(324, ["A barge", "At sea", "", ""]).await;
    room.photo(326, ["Image of nothing", "", "", ""]).await;
    for (title, photo) in [("One", &weak), ("Two", &same), ("Three", &good)] {
        room.has(release(title).lead(photo.id)).await;
    }
    let work = author.open("/admin").await;
    assert!(
        work.has("2 pictures. Write them, one after another"),
        "{}",
        work.text()
    );
    let first = work.click("Write them, one after another").await;
    assert!(
        first.has("Picture 2") && first.has("repeats the caption"),
        "{}",
        first.text()
    );
    assert_eq!(first.count("textarea[autofocus]"), 1);
    let next = first.fill("The alt text", "Two fishing boats side by side");
    let next = next.press("Save, next picture").await;
    assert!(next.has("Picture 2 is saved."));
    assert!(
        next.has("Picture 1") && next.has("begins by saying"),
        "{}",
        next.text()
    );
    let empty = next
        .clone()
        .fill("The alt text", " ")
        .press("Save, next picture")
        .await;
    assert_eq!(empty.status, 422);
    assert!(empty.has("Picture 1:"));
    let done = next
        .choose("Alt text", "It is decorative")
        .press("Save, next picture")
        .await;
    assert!(
        done.has("Every picture in use has an alt text."),
        "{}",
        done.text()
    );
    assert!(!author.open("/admin").await.has("without good alt text"));
    let mut page = author.open("/admin/images/2").await;
    assert_eq!(
        page.filled("The alt text"),
        "Two fishing boats side by side"
    );
    assert_eq!(page.filled("Caption"), "Two boats.", "the other words stay");
}

#[actix_web::test]
async fn one_is_left_out_and_the_others_still_come() {
    let room = Room::open().await;
    let author = room.author().await;
    for (number, width) in [(1, 320), (2, 322)] {
        let library = author.open("/admin/images").await;
        let chosen = library.attach("Add pictures", "ferry.jpg", &jpeg(width, 160));
        assert_eq!(chosen.press("Upload").await.status, 200);
        room.has(release(&format!("Item {number}")).body(&format!("![](image:{number})")))
            .await;
    }
    let first = author.open("/admin/images/alt-text").await;
    assert!(first.has("Picture 2") && first.has("Nobody has written an alt text yet."));
    let second = first.click("Leave this one, next").await;
    assert!(second.has("Picture 1:"));
    let saved = second
        .fill("The alt text", "A ferry")
        .press("Save, next picture")
        .await;
    assert!(saved.has("These were all."), "{}", saved.text());
    let again = saved.click("From the beginning").await;
    assert!(again.has("Picture 2:"));
}

#[actix_web::test]
async fn authors_are_not_asked_for_what_was_approved() {
    let room = Room::open().await;
    let photo = room.photo(320, ["Photo of a ferry", "", "", ""]).await;
    room.has(release("One").lead(photo.id)).await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    let none = "Every picture in use has an alt text.";
    assert!(!author.get("/admin/images/alt-text").await.has(none));
    for (who, step, button) in [
        (&author, "submission", "Submit for review"),
        (&editor, "approval", "Approve"),
    ] {
        let page = who.open(&format!("/admin/items/1/{step}")).await;
        assert_eq!(page.press(button).await.status, 200, "{button}");
    }
    assert!(author.get("/admin/images/alt-text").await.has(none));
    assert!(!editor.get("/admin/images/alt-text").await.has(none));
}

#[actix_web::test]
async fn authors_are_not_asked_for_what_only_editors_may_change() {
    let room = Room::open().await;
    let photo = room.photo(320, ["Photo of a ferry", "", "", ""]).await;
    room.has(
        release("One")
            .lead(photo.id)
            .live_at("2018-11-20T09:00:00Z"),
    )
    .await;
    let author = room.author().await;
    assert!(
        author
            .get("/admin/images/alt-text")
            .await
            .has("Every picture in use")
    );
    let editor = room.editor().await;
    let page = editor.open("/admin/images/alt-text").await;
    assert!(page.has("Readers see it, or soon will"));
    let done = page
        .fill("The alt text", "A ferry at sea")
        .press("Save, next picture")
        .await;
    assert!(done.has("Every picture in use has an alt text."));
    let item = room.page("/news/one").await;
    assert_eq!(item.attrs("main figure img", "alt"), ["A ferry at sea"]);
}
