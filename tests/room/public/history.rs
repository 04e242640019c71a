//! What readers can read of an item's past: what was public, and nothing else.

use dateline::newsroom::Change;

use crate::support::{Page, Room, release};

const HISTORY: &str = "/news/ferry-stops/history";

/// The kinds of change, newest first, with their dates.
fn told(page: &Page) -> Vec<String> {
    page.select(".changes li h2")
}

/// What came and what went, without the words for those who cannot see the marks.
fn words(page: &Page) -> (String, String) {
    let inside = |tag: &str, says: &str| {
        let marks = page.select(tag);
        let words = marks.iter().map(|mark| {
            let inside = mark.strip_prefix(says).unwrap();
            inside.strip_suffix(']').unwrap().trim().to_owned()
        });
        words.collect::<Vec<_>>().join(" | ")
    };
    (inside("del", "[taken out:"), inside("ins", "[put in:"))
}

/// Live, then corrected an hour later.
async fn corrected() -> Room {
    let room = Room::open().await;
    let ferry = release("Ferry stops").summary("The ferry stops at noon.");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let better = release("Ferry stops").summary("The ferry stops at one.");
    let change = (Change::Correction, "It is one o’clock.");
    room.change(item, better, change).await;
    room
}

#[actix_web::test]
async fn readers_find_every_change_with_its_note_and_the_words_that_changed() {
    let room = corrected().await;
    let item = room.page("/news/ferry-stops").await;
    assert_eq!(item.attr(".changed a", "href"), HISTORY);
    let page = room.page(HISTORY).await;
    let expected = [
        "Corrected 26 November 2018, 12:00",
        "Published 20 November 2018, 09:00",
    ];
    assert_eq!(told(&page), expected);
    assert!(page.has("It is one o’clock."));
    assert_eq!(words(&page), ("noon".to_owned(), "one".to_owned()));
    assert_eq!(page.select("h3"), ["Summary"]);
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert_eq!(page.attr(".changes .back a", "href"), "/news/ferry-stops");
}

#[actix_web::test]
async fn an_item_that_never_changed_leads_to_no_history_but_has_one() {
    let room = Room::open().await;
    let ferry = release("Ferry stops");
    room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    assert_eq!(room.page("/news/ferry-stops").await.count(".changed"), 0);
    let page = room.page(HISTORY).await;
    assert_eq!(told(&page), ["Published 20 November 2018, 09:00"]);
    assert_eq!((page.count("ins"), page.count("del")), (0, 0));
}

#[actix_web::test]
async fn a_typo_is_listed_without_a_note_and_a_reason_never() {
    let room = Room::open().await;
    let ferry = release("Ferry stops").summary("Teh ferry.");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let better = release("Ferry stops").summary("The ferry.");
    room.change(item, better, (Change::Typo, "")).await;
    let page = room.page(HISTORY).await;
    assert_eq!(
        told(&page)[0],
        "Typing error mended 26 November 2018, 12:00"
    );
    assert_eq!(words(&page), ("Teh".to_owned(), "The".to_owned()));
    assert_eq!(page.count(".changes li > p"), 0);
    assert!(
        room.page("/news/ferry-stops")
            .await
            .has("What changed on this page")
    );
}

#[actix_web::test]
async fn words_that_were_never_public_are_in_no_history() {
    let room = corrected().await;
    let item = "1".parse().unwrap();
    let secret = release("Ferry stops").summary("Quuxerwall one.");
    room.save(item, secret.body("Quuxerwall two.")).await;
    let second = release("Ferry stops").summary("The ferry stops at two.");
    room.save(item, second).await;
    let before = room.page(HISTORY).await;
    assert!(!before.source().contains("Quuxerwall"));
    assert!(!before.has("two"));
    room.publish_later(item, "2018-11-27T09:00:00Z").await;
    assert_eq!(room.page(HISTORY).await.source(), before.source());
    room.unschedule(item).await;
    room.clock.set("2018-11-28T09:00:00Z");
    assert_eq!(room.page(HISTORY).await.source(), before.source());
}

#[actix_web::test]
async fn a_scheduled_change_joins_the_history_in_its_millisecond() {
    let room = corrected().await;
    let item = "1".parse().unwrap();
    let second = release("Ferry stops").summary("The ferry stops at two.");
    room.save(item, second).await;
    room.publish_later(item, "2018-11-27T09:00:00Z").await;
    room.clock.set("2018-11-27T08:59:59.999Z");
    assert_eq!(told(&room.page(HISTORY).await).len(), 2);
    room.clock.set("2018-11-27T09:00:00.000Z");
    let page = room.page(HISTORY).await;
    assert_eq!(told(&page).len(), 3);
    assert!(page.has("two"));
}

#[actix_web::test]
async fn what_is_not_public_has_the_same_404_as_any() {
    let room = Room::open().await;
    room.has(release("Draft one")).await;
    room.has(release("Waiting").going_live_at("2018-12-24T09:00:00Z"))
        .await;
    let nothing = room.get("/news/no-such-thing").await;
    assert_eq!(nothing.status, 404);
    for slug in ["draft-one", "waiting", "never-was"] {
        let page = room.get(&format!("/news/{slug}/history")).await;
        assert_eq!((page.status, &page.body), (404, &nothing.body), "{slug}");
    }
    let behind = corrected().await;
    let last = behind.get(&format!("{HISTORY}?page=2")).await;
    assert_eq!(last.status, 404);
}

#[actix_web::test]
async fn a_withdrawn_item_keeps_its_history_and_a_moved_one_takes_it_along() {
    let room = corrected().await;
    let item = "1".parse().unwrap();
    room.clock.pass(60_000);
    room.withdraw(item, "It sails again.").await;
    let page = room.page(HISTORY).await;
    assert_eq!(told(&page)[0], "Withdrawn 26 November 2018, 12:01");
    assert!(page.has("It sails again."));
    room.clock.pass(60_000);
    room.restore(item, "It stopped again.").await;
    assert_eq!(
        told(&room.page(HISTORY).await)[0],
        "Restored 26 November 2018, 12:02"
    );
    room.clock.pass(60_000);
    let renamed = release("Ferry stops for good").summary("The ferry stops at one.");
    let change = (Change::Update, "It is for good.");
    room.change(item, renamed, change).await;
    let moved = room.get(HISTORY).await;
    assert_eq!(moved.status, 301);
    assert_eq!(
        moved.header("location"),
        "/news/ferry-stops-for-good/history"
    );
    let page = room.page("/news/ferry-stops-for-good/history").await;
    assert_eq!(told(&page).len(), 5);
}

#[actix_web::test]
async fn a_room_may_show_the_notes_only() {
    let room = corrected().await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    let saved = settings
        .choose("Readers see in an item’s history", "The notes only")
        .press("Save settings")
        .await;
    assert!(saved.has("Saved."));
    let page = room.page(HISTORY).await;
    assert!(page.has("It is one o’clock."));
    assert_eq!((page.count("ins"), page.count("del")), (0, 0));
    assert!(!page.has("noon"));
}

#[actix_web::test]
async fn a_change_of_other_things_than_words_says_so() {
    let room = Room::open().await;
    let ferry = release("Ferry stops");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let tagged = release("Ferry stops").topic("Ferries");
    room.change(item, tagged, (Change::Update, "It has a topic now."))
        .await;
    let page = room.page(HISTORY).await;
    assert!(page.has("The words stayed as they were."));
}

#[actix_web::test]
async fn the_history_is_asked_about_every_time_and_comes_once() {
    let room = corrected().await;
    let page = room.page(HISTORY).await;
    assert_eq!(page.header("cache-control"), "public, no-cache");
    let browser = room.visitor();
    let tag = page.header("etag").to_owned();
    let again = browser.request(reqwest::Method::GET, HISTORY);
    let again = again.header("if-none-match", tag);
    assert_eq!(browser.send(HISTORY, again).await.status, 304);
}

#[actix_web::test]
async fn right_to_left_words_are_compared_right_to_left() {
    let room = Room::open().await;
    let ferry = release("Ferry stops")
        .in_language("ar")
        .summary("تتوقف العبارة ظهرا");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let better = release("Ferry stops")
        .in_language("ar")
        .summary("تتوقف العبارة مساء");
    room.change(item, better, (Change::Update, "تغير الوقت"))
        .await;
    let page = room.page(HISTORY).await;
    assert_eq!(page.attr(".difference", "dir"), "rtl");
    assert_eq!(page.attr(".difference", "lang"), "ar");
    assert_eq!(words(&page), ("ظهرا".to_owned(), "مساء".to_owned()));
}

#[actix_web::test]
async fn a_long_history_has_pages() {
    let room = Room::open().await;
    let ferry = release("Ferry stops").summary("Day 0.");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    for day in 1..=11 {
        room.clock.pass(60_000);
        let words = release("Ferry stops").summary(&format!("Day {day}."));
        room.change(item, words, (Change::Update, "Another day."))
            .await;
    }
    let first = room.page(HISTORY).await;
    assert_eq!(told(&first).len(), 10);
    let oldest = first.select("del").pop().unwrap();
    assert_eq!(oldest, "[taken out: 1]");
    assert_eq!(first.attr(".pager a", "href"), format!("{HISTORY}?page=2"));
    let last = room.page(&format!("{HISTORY}?page=2")).await;
    assert_eq!(told(&last).len(), 2);
}
