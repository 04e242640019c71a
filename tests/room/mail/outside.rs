//! The admins' page where no mail server is set.

use super::server::owe;
use crate::support::{Room, release};

#[actix_web::test]
async fn without_a_server_admins_read_the_mails_and_a_note_says_that_nobody_gets_them() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let admin = room.admin().await;
    let empty = admin.open("/admin/mails").await;
    assert!(empty.has("No mail server is set, so nobody gets these mails."));
    assert!(empty.has("No mails yet."));
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/submission").await;
    form.press("Submit for review").await;
    let page = admin.open("/admin").await.click("Mails").await;
    for words in ["1 mail", "Waiting", "edo@quay.example", "Ferry stops"] {
        assert!(page.has(words), "{words}");
    }
    let item = page.click("Read it and decide").await;
    assert!(item.has("Ferry stops"));
    assert_eq!(editor.get("/admin/mails").await.status, 403);
}

#[actix_web::test]
async fn the_page_turns_and_looks_back_over_two_hundred_mails() {
    let room = Room::open().await;
    for number in 0..201 {
        let event = format!("event {number}");
        owe(&room, &event, "eva@quay.example", room.clock.now());
    }
    let admin = room.admin().await;
    let first = admin.open("/admin/mails").await;
    assert!(first.has("201 mails, the newest 200 of them here"));
    assert!(first.has("Page 1 of 8") && first.has("About event 200"));
    let last = admin.open("/admin/mails?page=8").await;
    assert!(last.has("About event 1") && !last.has("About event 0"));
    let beyond = admin.open("/admin/mails?page=99").await;
    assert!(beyond.has("Page 8 of 8"));
}
