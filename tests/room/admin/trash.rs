//! The trash of the library: only what nothing shows, for thirty days, and back as it was.

use dateline::clock::Clock;
use dateline::janitor::Janitor;

use crate::support::{Browser, Room, release};

async fn puts_in(browser: &Browser, number: u32) {
    let page = browser.open(&format!("/admin/images/{number}")).await;
    let done = page.press("Put into the trash").await;
    assert!(
        done.has("It is in the trash, for 30 days."),
        "{}",
        done.text()
    );
}

/// Whoever empties the trash, at the room's hour.
fn janitor(room: &Room) -> Janitor {
    Janitor {
        store: room.store.clone(),
        clock: Clock::standing_at(room.clock.now()),
    }
}

#[actix_web::test]
async fn a_picture_in_the_trash_is_offered_nowhere_and_comes_back_as_it_was() {
    let room = Room::open().await;
    let photo = room
        .photo(320, ["A ferry", "At sea", "Mara Lind", ""])
        .await;
    let author = room.author().await;
    puts_in(&author, 1).await;
    assert_eq!(author.get("/admin/images").await.count(".tile"), 0);
    let search = author.get("/admin/search?words=ferry").await;
    assert!(!search.has("A ferry"), "{}", search.text());
    let editor = author.open("/admin/items/new").await;
    assert_eq!(editor.count(".reel img"), 0);
    let address = format!("/images/{}/320.jpg", photo.hash);
    assert_eq!(room.get(&address).await.status, 404);
    let refused = editor
        .fill("Title", "Ferry stops")
        .fill("Body", "![](image:1)")
        .press("Save")
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.has("There is no picture number 1"),
        "{}",
        refused.text()
    );

    let trash = author.open("/admin/images").await.click("Trash").await;
    assert_eq!(trash.only("h1"), "Trash");
    assert!(trash.has("Gone on 26 Dec 2018, 12:00"), "{}", trash.text());
    let page = author.open("/admin/images/1").await;
    assert!(page.has("This picture is in the trash."));
    let back = page.press("Bring it back").await;
    assert!(back.has("It is back in the library, as it was."));
    let mut page = author.open("/admin/images/1").await;
    assert_eq!(page.filled("Caption"), "At sea");
    assert_eq!(author.get("/admin/images").await.count(".tile"), 1);
    let log = room.editor().await.get("/admin/log").await;
    assert!(log.has("put into the trash") && log.has("taken out of the trash"));
}

#[actix_web::test]
async fn what_any_words_of_an_item_show_stays_be_they_old_ones() {
    let room = Room::open().await;
    let photo = room.photo(320, ["A ferry", "", "", ""]).await;
    let item = room.has(release("Ferry stops").lead(photo.id)).await;
    let author = room.author().await;
    let page = author.open("/admin/images/1").await;
    assert!(page.has("Used in 1 item: what you change shows there at once."));
    assert_eq!(page.count("form[action$='/end']"), 0);
    room.save(item, release("Ferry stops")).await;
    let page = author.open("/admin/images/1").await;
    assert!(page.has("In older words, which can be brought back:"));
    assert_eq!(page.count("form[action$='/end']"), 0);
    let list = author.open("/admin/images").await;
    let chosen = list.tick("Choose picture 1: A ferry", true);
    let page = chosen.press("Put into the trash…").await;
    assert!(page.has("so it stays in the library"), "{}", page.text());
    let page = page.tick("A ferry", true);
    let told = page.press("Put these into the trash").await;
    assert_eq!(told.status, 409);
    assert!(told.has("so it stays in the library"), "{}", told.text());
}

#[actix_web::test]
async fn several_go_to_the_trash_and_come_back_together() {
    let room = Room::open().await;
    room.photo(320, ["A ferry", "", "", ""]).await;
    room.photo(322, ["A barge", "", "", ""]).await;
    let author = room.author().await;
    let list = author.open("/admin/images").await;
    let page = list.tick("Choose picture 1: A ferry", true);
    let page = page.tick("Choose picture 2: A barge", true);
    let page = page.press("Put into the trash…").await;
    let done = page.press("Put these into the trash").await;
    assert!(done.has("2 pictures: put into the trash, for 30 days."));
    let trash = author.open("/admin/images?show=trash").await;
    assert_eq!(trash.count(".tile"), 2);
    let page = trash.tick("Choose picture 1: A ferry", true);
    let page = page.tick("Choose picture 2: A barge", true);
    let page = page.press("Bring back…").await;
    let done = page.press("Bring these back").await;
    assert!(done.has("2 pictures: back in the library."));
    assert_eq!(done.only("h1"), "Trash");
}

#[actix_web::test]
async fn after_thirty_days_it_is_gone_to_the_millisecond_and_the_photo_can_be_taken_in_anew() {
    let room = Room::open().await;
    room.photo(320, ["A ferry", "", "", ""]).await;
    room.photo(322, ["Kept", "", "", ""]).await;
    let author = room.author().await;
    puts_in(&author, 1).await;
    room.clock.pass(30 * 24 * 60 * 60 * 1000 - 1);
    assert_eq!(janitor(&room).round().unwrap(), 0);
    let author = room.author().await;
    assert_eq!(author.get("/admin/images/1").await.status, 200);
    room.clock.pass(1);
    assert_eq!(janitor(&room).round().unwrap(), 1);
    assert_eq!(janitor(&room).round().unwrap(), 0, "once");
    assert_eq!(author.get("/admin/images/1").await.status, 404);
    assert_eq!(author.get("/admin/images/1/320.jpg").await.status, 404);
    assert_eq!(
        author.get("/admin/images?show=trash").await.count(".tile"),
        0
    );
    assert_eq!(author.get("/admin/images/2").await.status, 200);
    let log = room.editor().await.get("/admin/log").await;
    assert!(log.has("emptied out of the trash"), "{}", log.text());
    let sound = room.read.read_here(dateline::desk::soundness::look);
    assert!(sound.unwrap().is_empty(), "nothing is left half");
    let again = room.photo(320, ["A ferry", "", "", ""]).await;
    assert_eq!(again.id.get(), 3);
}
