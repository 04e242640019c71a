//! Pictures and files that readers have are an editor's to change: whoever may not reads their words, and is not led
//! to write what is refused afterwards.

use crate::support::{Browser, Room, pdf, release};

const CHANGES: [(&str, &str); 2] = [
    (
        "/admin/images/1",
        "This picture is on a public page, or soon will be: ask an editor",
    ),
    (
        "/admin/files/1",
        "This file is on a public page, or soon will be: ask an editor",
    ),
];

/// How many forms of the page send words or a new file.
async fn forms(browser: &Browser, address: &str) -> usize {
    let page = browser.get(address).await;
    assert_eq!(page.status, 200, "{address}");
    page.count("main form[data-unsent], main form[enctype]")
}

#[actix_web::test]
async fn whoever_may_not_change_it_reads_the_words_and_who_may() {
    let room = Room::open().await;
    let photo = room
        .photo(640, ["A ferry", "At sea", "Mara Lind", "Free to use"])
        .await;
    let file = room.keep("report.pdf", &pdf(2, "a"), "The report").await;
    let item = room
        .has(release("Ferry stops").lead(photo.id).file(file.id))
        .await;
    let (author, editor) = (room.author().await, room.editor().await);
    for (address, _) in CHANGES {
        assert_eq!(forms(&author, address).await, 1, "{address}");
        assert_eq!(forms(&author, &format!("{address}/file")).await, 1);
    }
    room.publish(item, "2018-11-20T09:00:00Z").await;
    for (address, why) in CHANGES {
        let replacement = format!("{address}/file");
        for page in [address, &replacement] {
            assert_eq!(forms(&author, page).await, 0, "{page}");
            assert_eq!(forms(&editor, page).await, 1, "{page}");
            let page = author.get(page).await;
            assert!(page.has(why), "{}", page.text());
        }
        let page = author.get(address).await;
        assert_eq!(page.count(&format!("a[href=\"{replacement}\"]")), 0);
    }
    let page = author.get("/admin/images/1").await;
    for words in ["A ferry", "At sea", "Mara Lind", "Free to use"] {
        assert!(page.has(words), "{words}: {}", page.text());
    }
    let page = author.get("/admin/files/1").await;
    assert!(page.has("The item’s press contact"), "{}", page.text());
}

#[actix_web::test]
async fn what_was_typed_while_it_went_out_stays() {
    let room = Room::open().await;
    let photo = room.photo(640, ["A ferry", "At sea", "", ""]).await;
    let item = room.has(release("Ferry stops").lead(photo.id)).await;
    let author = room.author().await;
    let form = author.open("/admin/images/1").await;
    let form = form.fill("Caption", "At sea, at night");
    room.publish(item, "2018-11-20T09:00:00Z").await;
    let mut refused = form.press("Save").await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.filled("Caption"), "At sea, at night");
    assert_eq!(refused.count("main form[data-unsent] button"), 0);
}

#[actix_web::test]
async fn whoever_is_not_up_to_date_is_told_at_once_that_it_is_an_editors_now() {
    let room = Room::open().await;
    let photo = room.photo(640, ["A ferry", "At sea", "", ""]).await;
    let file = room.keep("report.pdf", &pdf(2, "a"), "The report").await;
    let item = release("Ferry stops").lead(photo.id).file(file.id);
    let item = room.has(item).await;
    let (author, editor) = (room.author().await, room.editor().await);
    let mut late = Vec::new();
    for ((address, why), field) in CHANGES.into_iter().zip(["Caption", "Title"]) {
        let mine = author.open(address).await.fill(field, "Mine");
        late.push((mine, why));
        let theirs = editor.open(address).await.fill(field, "Theirs");
        assert!(theirs.press("Save").await.has("Saved."), "{address}");
    }
    room.publish(item, "2018-11-20T09:00:00Z").await;
    for (mine, why) in late {
        let told = mine.press("Save").await;
        assert_eq!(told.status, 409, "{why}");
        assert!(told.has("Mine") && told.has(why), "{}", told.text());
        assert_eq!(told.count("main form[data-unsent] button"), 0);
    }
}

#[actix_web::test]
async fn words_that_were_sent_back_are_their_authors_again() {
    let room = Room::open().await;
    let photo = room.photo(640, ["Photo of a ferry", "", "", ""]).await;
    let file = room.keep("report.pdf", &pdf(2, "a"), "The report").await;
    room.has(release("Ferry stops").lead(photo.id).file(file.id))
        .await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    let step = async |who: &Browser, step: &str, button: &str| {
        let page = who.open(&format!("/admin/items/1/{step}")).await;
        assert_eq!(page.press(button).await.status, 200, "{button}");
    };
    step(&author, "submission", "Submit for review").await;
    step(&editor, "approval", "Approve").await;
    for (address, _) in CHANGES {
        assert_eq!(forms(&author, address).await, 0, "{address}");
    }
    let none = "Every picture in use has an alt text.";
    assert!(author.get("/admin/images/alt-text").await.has(none));
    let asked = editor.open("/admin/items/1/change-request").await;
    let asked = asked.fill("What should change", "Say what the ferry does.");
    assert!(asked.press("Ask for changes").await.has("Sent back"));
    for (address, _) in CHANGES {
        assert_eq!(forms(&author, address).await, 1, "{address}");
    }
    assert!(!author.get("/admin/images/alt-text").await.has(none));
}

#[actix_web::test]
async fn nobody_is_asked_for_words_that_a_removed_item_may_get_back() {
    let room = Room::open().await;
    let photo = room.photo(640, ["Photo of a ferry", "", "", ""]).await;
    let item = room.has(release("Ferry stops").lead(photo.id)).await;
    room.has(release("A draft").body("![](image:1)")).await;
    let (author, editor) = (room.author().await, room.editor().await);
    let none = "Every picture in use has an alt text.";
    assert!(!author.get("/admin/images/alt-text").await.has(none));
    room.publish(item, "2018-11-20T09:00:00Z").await;
    let removal = editor.open("/admin/items/1/removal").await;
    let removal = removal.fill("Public note", "It was not ours.");
    assert!(removal.press("Remove").await.has("Removed:"));
    assert!(author.get("/admin/images/alt-text").await.has(none));
    assert!(!editor.get("/admin/images/alt-text").await.has(none));
}
