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
}
