//! What an item is made of stays whole: its language, its subjects, its family of translations, its pictures.

use crate::support::{Room, Tab, release};

async fn editing<'a>(browser: &'a crate::support::Browser, item: &str) -> Tab<'a> {
    browser.open(&format!("/admin/items/{item}")).await
}

#[actix_web::test]
async fn an_item_keeps_its_language_when_the_room_drops_it() {
    let room = Room::open().await;
    room.has(release("توقف العبارة").slug("ferry").in_language("ar"))
        .await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await.tick("Arabic", false);
    assert!(settings.press("Save settings").await.has("Saved."));
    let editor = room.editor().await;
    let saved = editing(&editor, "1")
        .await
        .fill("Dateline", "Aden")
        .press("Save")
        .await;
    assert!(saved.has("Saved."), "{}", saved.text());
    assert_eq!(saved.only("#language option[selected]"), "Arabic");
    assert_eq!(saved.attrs("#title", "dir"), ["auto"]);
    let new = editor.open("/admin/items/new").await;
    assert_eq!(new.select("#language option"), ["English"]);
}

#[actix_web::test]
async fn two_topics_whose_names_make_the_same_address_stay_two() {
    let room = Room::open().await;
    for (title, topic) in [("One", "C"), ("Two", "C++"), ("Three", "c")] {
        let item = release(title).topic(topic);
        room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    }
    let (first, second) = (room.page("/topics/c").await, room.page("/topics/c-2").await);
    assert_eq!(first.only("h1"), "C");
    assert!(first.has("One") && first.has("Three") && !first.has("Two"));
    assert_eq!(second.only("h1"), "C++");
    assert!(second.has("Two") && !second.has("One"));
}

#[actix_web::test]
async fn a_translation_of_a_translation_belongs_to_the_same_family() {
    let room = Room::open().await;
    let first = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let second = release("توقف العبارة")
        .slug("ferry-ar")
        .translates(first, "ar");
    let second = room.has(second.live_at("2018-11-20T09:00:00Z")).await;
    let third = release("Ferry halts")
        .slug("ferry-3")
        .translates(second, "en");
    room.has(third.live_at("2018-11-20T09:00:00Z")).await;
    let page = room.page("/news/ferry-stops").await;
    for slug in ["/news/ferry-ar", "/news/ferry-3"] {
        assert!(
            page.attrs("a[hreflang]", "href")
                .iter()
                .any(|href| href.ends_with(slug)),
            "{slug}: {}",
            page.source()
        );
    }
}

#[actix_web::test]
async fn an_item_that_others_translate_does_not_become_a_translation() {
    let room = Room::open().await;
    let first = room.has(release("Ferry stops")).await;
    let second = release("توقف العبارة")
        .slug("ferry-ar")
        .translates(first, "ar");
    let second = room.has(second).await;
    let editor = room.editor().await;
    for (number, sentence) in [
        (
            second.to_string(),
            "Other items are translations of this one",
        ),
        (first.to_string(), "cannot be a translation of itself"),
    ] {
        let form = editing(&editor, &first.to_string()).await;
        let refused = form.fill("Translation of", &number).press("Save").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused
                .only("#problems a[href='#translation_of']")
                .contains(sentence)
        );
    }
}

#[actix_web::test]
async fn a_text_names_only_pictures_that_are_in_the_library() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/new").await;
    let mut refused = form
        .fill("Title", "Ferry stops")
        .fill("Body", "Look.\n\n![](image:99)")
        .press("Save")
        .await;
    assert_eq!(refused.status, 422);
    let complaint = refused.only("#problems a[href='#body']");
    assert!(
        complaint.contains("There is no picture number 99"),
        "{complaint}"
    );
    assert_eq!(refused.filled("Body"), "Look.\n\n![](image:99)");
    let many = "![](image:1)\n\n".repeat(101);
    let refused = refused.fill("Body", &many).press("Save").await;
    assert!(refused.has("An item shows at most 100 pictures; that is 1 too many."));
}

#[actix_web::test]
async fn a_save_to_an_item_that_was_never_there_is_no_page() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let editor = room.editor().await;
    let mut form = editing(&editor, "1").await;
    form.aim_at("/admin/items/77");
    assert_eq!(form.pressed("Save").await.status, 404);
}

#[actix_web::test]
async fn a_step_that_came_second_says_who_was_first() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    let address = format!("/admin/items/{item}/withdrawal");
    let (first, second) = (one.open(&address).await, two.open(&address).await);
    let first = first
        .fill("Public note", "It was wrong.")
        .press("Withdraw")
        .await;
    assert!(first.has("Withdrawn"));
    let second = second
        .fill("Public note", "It was a mistake.")
        .press("Withdraw")
        .await;
    assert_eq!(second.status, 409);
    assert!(
        second.has("Eva withdrew it, 26 Nov 2018, 12:00"),
        "{}",
        second.text()
    );
}

#[actix_web::test]
async fn a_draft_beside_a_withdrawn_text_says_restore_it_first() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    room.save(item, release("Ferry stops").summary("Better."))
        .await;
    room.withdraw(item, "It was wrong.").await;
    let editor = room.editor().await;
    let refused = editor
        .get(&format!("/admin/items/{item}/publications"))
        .await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.has("This item is withdrawn or removed. Restore it first."),
        "{}",
        refused.text()
    );
}
