//! Several items at once: the same rules as for one, and one sentence for each that was refused.

use crate::support::{Browser, Room, Tab, release};

async fn chosen<'a>(browser: &'a Browser, titles: &[&str], button: &str) -> Tab<'a> {
    let mut list = browser.open("/admin/items").await;
    for title in titles {
        list = list.tick(&format!("Choose {title}"), true);
    }
    list.press(button).await
}

#[actix_web::test]
async fn topics_and_places_are_added_to_several_items_as_drafts() {
    let room = Room::open().await;
    let live = release("Ferry stops").topic("Boats");
    let first = room.has(live.live_at("2018-11-20T09:00:00Z")).await;
    let second = room.has(release("Bridge opens")).await;
    room.has(release("Left alone")).await;
    let author = room.author().await;
    let page = chosen(
        &author,
        &["Ferry stops", "Bridge opens"],
        "Add topics and places…",
    )
    .await;
    assert_eq!(page.only("h1"), "Add topics and places");
    let empty = page.press("Add them to these items").await;
    assert_eq!(empty.status, 422);
    assert!(
        empty
            .only("#topics-error")
            .contains("Write a topic or a place.")
    );
    let form = page
        .fill("Topics", "boats, Strikes")
        .fill("Places", "Sarrin");
    let list = form.press("Add them to these items").await;
    assert!(
        list.has("2 items: the words were added, as a draft."),
        "{}",
        list.text()
    );
    for (item, topics) in [(first, "Boats, Strikes"), (second, "Boats, Strikes")] {
        let mut form = author.open(&format!("/admin/items/{item}")).await;
        assert_eq!(form.filled("Topics"), topics);
        assert_eq!(form.filled("Places"), "Sarrin");
    }
    assert!(
        !room.page("/news/ferry-stops").await.has("Strikes"),
        "it is a draft"
    );
    let mut alone = author.open("/admin/items/3").await;
    assert_eq!(alone.filled("Topics"), "");
}

#[actix_web::test]
async fn drafts_are_discarded_and_brought_back_and_each_refusal_is_told() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    room.has(release("Bridge opens")).await;
    room.has(release("Nothing to discard").live_at("2018-11-20T09:00:00Z"))
        .await;
    let changed = room.has(release("Changed meanwhile")).await;
    let author = room.author().await;
    let all = [
        "Ferry stops",
        "Bridge opens",
        "Nothing to discard",
        "Changed meanwhile",
    ];
    let page = chosen(&author, &all, "Discard drafts…").await;
    assert_eq!(page.count(".chosen li"), 4);
    room.save(changed, release("Changed meanwhile").summary("New words."))
        .await;
    let told = page.press("Discard these drafts").await;
    assert_eq!(told.status, 409);
    assert!(
        told.has("2 items: the draft was discarded."),
        "{}",
        told.text()
    );
    assert_eq!(told.count(".chosen li"), 2);
    assert_eq!(told.count(".chosen .error"), 2);
    assert!(told.has("Someone saved a newer text."), "{}", told.text());
    let twice = page.press("Discard these drafts").await;
    assert!(
        twice.has("2 items: the draft was discarded."),
        "the same form does nothing twice"
    );
    let discarded = author.open("/admin/items?state=discarded").await;
    assert_eq!(discarded.count("th[scope=row]"), 2);
    let both = ["Ferry stops", "Bridge opens"];
    let page = chosen(&author, &both, "Bring drafts back…").await;
    let list = page.press("Bring these drafts back").await;
    assert!(list.has("2 items: the draft was brought back."));
    let discarded = author.open("/admin/items?state=discarded").await;
    assert_eq!(discarded.count("th[scope=row]"), 0);
}

#[actix_web::test]
async fn nothing_is_chosen_from_by_people_who_do_not_write() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let list = room.admin().await.get("/admin/items").await;
    assert_eq!(list.count("input[type=checkbox]"), 0);
    let author = room.author().await;
    let list = author
        .open("/admin/items")
        .await
        .press("Discard drafts…")
        .await;
    assert!(list.has("Choose some items first."));
}
