//! The lists of staff: what a search finds, whose work is whose, what readers see and will see.

use dateline::newsroom::{Change, ItemId};

use crate::support::{Browser, Planned, Room, release};

async fn titles(browser: &Browser, words: &str) -> Vec<String> {
    let list = browser.open("/admin/items").await;
    let found = list.fill("Words in the title", words).press("Show").await;
    found.select("th[scope=row]")
}

#[actix_web::test]
async fn a_title_is_found_by_any_of_its_words_in_any_order_without_case_and_accents() {
    let room = Room::open().await;
    for (title, slug) in [
        ("Łódź harbour reopens at dawn", "lodz"),
        ("İstanbul’da ışık", "istanbul"),
        ("إغلاق ميناء الحُديدة", "port"),
    ] {
        room.has(release(title).slug(slug)).await;
    }
    let author = room.author().await;
    for (typed, found) in [
        ("dawn LODZ", "Łódź harbour reopens at dawn"),
        ("HARB dawn", "Łódź harbour reopens at dawn"),
        ("ISTANBUL", "İstanbul’da ışık"),
        ("istanbul'da IŞIK", "İstanbul’da ışık"),
        ("الحديده اغلاق", "إغلاق ميناء الحُديدة"),
    ] {
        assert_eq!(titles(&author, typed).await, [found], "{typed}");
    }
    for typed in ["dawn noon", "100%", "_", "\\"] {
        assert!(titles(&author, typed).await.is_empty(), "{typed}");
    }
}

#[actix_web::test]
async fn titles_stand_in_the_order_of_a_dictionary() {
    let room = Room::open().await;
    for title in ["Zebra", "apple", "Éclair", "Banana"] {
        room.has(release(title)).await;
    }
    let list = room.author().await;
    let list = list.open("/admin/items?sort=title&order=ascending").await;
    let sorted = list.select("th[scope=row]");
    assert_eq!(sorted, ["apple", "Banana", "Éclair", "Zebra"]);
}

#[actix_web::test]
async fn the_list_begins_with_what_was_changed_last() {
    let room = Room::open().await;
    room.has(release("Changed today")).await;
    let older = release("Changed last week").live_at("2018-11-20T09:00:00Z");
    room.has(older).await;
    let list = room.author().await;
    let list = list.open("/admin/items").await;
    let titles = list.select("th[scope=row]");
    assert_eq!(titles, ["Changed today", "Changed last week"]);
}

#[actix_web::test]
async fn my_work_says_what_comes_and_when() {
    let room = Room::open().await;
    let item = release("Ferry stops").going_live_at("2018-11-27T08:00:00Z");
    room.has(item).await;
    let line = ".line .times";
    let waits = room.editor().await.open("/admin").await.only(line);
    assert_eq!(waits, "Goes out 27 Nov 2018, 08:00 (UTC+00:00)");
    room.clock.set("2018-11-28T10:00:00Z");
    let live = room.editor().await.open("/admin").await.only(line);
    assert!(
        live.starts_with("Live since 27 Nov 2018, 08:00 (UTC+00:00) · Read it"),
        "{live}"
    );
}

#[actix_web::test]
async fn a_picture_is_found_by_words_that_stand_in_different_fields() {
    let room = Room::open().await;
    let words = ["Ein Übergang", "At dusk", "Zoë Núñez", ""];
    room.photo(320, words).await;
    room.photo(322, ["A wall", "At noon", "Mara Lind", ""])
        .await;
    let author = room.author().await;
    for (typed, count) in [
        ("ubergang NUNEZ", 1),
        ("photo.jpg dusk", 1),
        ("at", 2),
        ("dusk noon", 0),
    ] {
        let library = author.open("/admin/images").await;
        let label = "Words in alt text, caption, credit, terms or file name";
        let found = library.fill(label, typed).press("Show").await;
        assert_eq!(found.count(".tile"), count, "{typed}");
    }
}

/// The titles under "My drafts".
async fn drafts(browser: &Browser) -> Vec<String> {
    let work = browser.open("/admin").await;
    work.select("section[aria-labelledby=drafts] h3")
}

async fn adds_a_sentence(browser: &Browser, item: ItemId) {
    let editor = browser.open(&format!("/admin/items/{item}")).await;
    let saved = editor
        .fill("Body", "One more sentence.")
        .press("Save")
        .await;
    assert!(saved.has("Saved."), "{}", saved.text());
}

#[actix_web::test]
async fn my_drafts_are_those_i_opened_or_wrote_in_last() {
    let room = Room::open().await;
    let (author, editor) = (room.author().await, room.editor().await);
    let started = room.has(release("Ferry stops")).await;
    let live = release("Court sits").live_at("2018-11-20T09:00:00Z");
    let live = room.has(live).await;
    assert_eq!(drafts(&editor).await, ["Ferry stops"]);
    assert!(drafts(&author).await.is_empty());
    adds_a_sentence(&author, started).await;
    adds_a_sentence(&author, live).await;
    assert_eq!(drafts(&author).await, ["Court sits", "Ferry stops"]);
    assert_eq!(
        drafts(&editor).await,
        ["Ferry stops"],
        "Anna opened the other"
    );
}

#[actix_web::test]
async fn the_list_says_who_started_an_item_and_who_changed_it_last() {
    let room = Room::open().await;
    let author = room.author().await;
    let item = room.has(release("Ferry stops")).await;
    adds_a_sentence(&author, item).await;
    let list = author.open("/admin/items").await;
    assert_eq!(list.select("[data-column='Started by']"), ["Eva"]);
    let changed = list.select("[data-column=Changed]");
    assert!(changed[0].ends_with("by Anna"), "{changed:?}");
    let of_anna = list.choose("Started by", "Anna").press("Show").await;
    assert!(of_anna.has("No item is like that."));
}

fn corrected(title: &str) -> Planned {
    release(title).summary("It stops at eleven.")
}

/// The cell that says what readers see, and will.
async fn for_readers(browser: &Browser) -> String {
    let list = browser.open("/admin/items").await;
    list.only("[data-column='For readers']")
}

#[actix_web::test]
async fn what_readers_see_and_what_they_will_see_are_told_apart() {
    let room = Room::open().await;
    let item = release("Ferry stops").going_live_at("2018-11-27T08:00:00Z");
    let item = room.has(item).await;
    let waits = for_readers(&room.editor().await).await;
    assert!(waits.starts_with("Not public"), "{waits}");
    assert!(waits.contains("Goes out 27 Nov 2018, 08:00"), "{waits}");

    room.clock.set("2018-11-28T10:00:00Z");
    let editor = room.editor().await;
    room.change(item, corrected("Ferry stops"), (Change::Typo, ""))
        .await;
    room.save(item, corrected("Ferry stops again")).await;
    let schedule = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let done = schedule
        .fill("Date", "2018-12-01")
        .fill("Time", "07:30")
        .choose("What kind of change is it?", "Typo")
        .fill(
            "Reason, for a typo that touches facts",
            "They say it again.",
        )
        .press("Continue")
        .await
        .press("Schedule")
        .await;
    assert!(done.has("Scheduled"), "{}", done.text());
    let live = for_readers(&editor).await;
    assert!(live.starts_with("Live since 27 Nov 2018, 08:00"), "{live}");
    assert!(live.contains("Changes 1 Dec 2018, 07:30"), "{live}");

    room.unschedule(item).await;
    room.withdraw(item, "The ferry never stopped.").await;
    let withdrawn = for_readers(&editor).await;
    assert!(
        withdrawn.starts_with("Withdrawn since 28 Nov 2018, 10:00"),
        "{withdrawn}"
    );
    assert!(!withdrawn.contains("Changes"), "{withdrawn}");
}

/// What the tile of the only picture says of its uses.
async fn uses(browser: &Browser) -> String {
    browser.open("/admin/images").await.only(".tile .facts")
}

#[actix_web::test]
async fn a_picture_is_used_by_the_newest_words_and_by_those_that_readers_see_or_will_see() {
    let room = Room::open().await;
    let photo = room.photo(320, ["A boat", "", "Mara Lind", ""]).await;
    let editor = room.editor().await;
    let item = room.has(release("Ferry stops").lead(photo.id)).await;
    assert!(uses(&editor).await.contains("Used in 1 item"));
    room.save(item, release("Ferry stops")).await;
    assert!(uses(&editor).await.contains("Not used"), "taken out again");
    let unused = editor.open("/admin/images?use=unused").await;
    assert_eq!(unused.count(".tile"), 1);

    room.save(item, release("Ferry stops").lead(photo.id)).await;
    room.publish(item, "2018-11-26T12:00:00Z").await;
    room.clock.pass(1_000);
    room.save(item, release("Ferry stops")).await;
    assert!(
        uses(&editor).await.contains("Used in 1 item"),
        "readers see it"
    );
    let unused = editor.open("/admin/images?use=unused").await;
    assert!(unused.has("No picture is like that."));
    let plain = release("Ferry stops").summary("No picture.");
    room.change(item, plain, (Change::Typo, "")).await;
    assert!(uses(&editor).await.contains("Not used"), "no more");
}

#[actix_web::test]
async fn staff_pages_call_pictures_pictures() {
    let room = Room::open().await;
    let library = room.author().await;
    let library = library.open("/admin/images").await;
    assert_eq!(library.only("h1"), "Pictures");
    assert_eq!(library.only("nav a[aria-current=page]"), "Pictures");
    assert!(!library.has("Images"), "{}", library.text());
}
