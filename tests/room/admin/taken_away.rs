//! What readers are not to see any more: gone, moved, or withdrawn at an hour to come.

use crate::support::{Browser, Room, Tab, release};

async fn room_with(titles: &[&str]) -> Room {
    let room = Room::open().await;
    for title in titles {
        let live = release(title).live_at("2018-11-20T09:00:00Z");
        room.has(live).await;
    }
    room
}

async fn removal<'a>(editor: &'a Browser, item: u8, target: &str) -> Tab<'a> {
    let page = editor.open(&format!("/admin/items/{item}/removal")).await;
    page.fill("Public note", "It stands elsewhere.")
        .fill("Where it is now", target)
        .press("Remove")
        .await
}

fn states(page: &Tab<'_>) -> Vec<String> {
    page.select(".state .chip")
}

#[actix_web::test]
async fn what_is_gone_says_why_and_is_in_no_list_until_it_is_restored() {
    let room = room_with(&["Ferry stops", "Harbour opens"]).await;
    let editor = room.editor().await;
    let empty = editor.open("/admin/items/1/removal").await;
    let empty = empty.press("Remove").await;
    assert_eq!(empty.status, 422);
    let gone = removal(&editor, 1, "").await;
    assert!(gone.has("Removed: readers do not see the text any more."));
    assert_eq!(states(&gone), ["Removed"]);
    let page = room.get("/news/ferry-stops").await;
    assert_eq!(page.status, 410);
    assert!(page.has("It stands elsewhere."));
    for list in ["/", "/feed.atom"] {
        assert!(
            !room.get(list).await.source().contains("Ferry stops"),
            "{list}"
        );
    }
    let back = editor.open("/admin/items/1/restoration").await;
    let back = back.fill("Public note", "It is ours after all.");
    assert!(back.press("Restore").await.has("Restored"));
    assert_eq!(room.get("/news/ferry-stops").await.status, 200);
}

#[actix_web::test]
async fn what_moved_leads_to_its_place_and_chains_are_one_step() {
    let room = room_with(&["Ferry stops", "Harbour opens", "Quay closes"]).await;
    let editor = room.editor().await;
    assert!(
        removal(&editor, 1, "/news/harbour-opens")
            .await
            .has("Removed")
    );
    let moved = room.get("/news/ferry-stops").await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, "/news/harbour-opens")
    );
    assert!(removal(&editor, 2, "quay-closes").await.has("Removed"));
    let moved = room.get("/news/ferry-stops").await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, "/news/quay-closes")
    );
}

#[actix_web::test]
async fn no_item_leads_to_itself_to_nothing_or_to_what_nobody_sees() {
    let room = room_with(&["Ferry stops", "Harbour opens"]).await;
    room.has(release("Secret draft")).await;
    let editor = room.editor().await;
    assert!(
        removal(&editor, 1, "/news/harbour-opens")
            .await
            .has("Removed")
    );
    for (target, told) in [
        ("ferry-stops", "leads back to this item"),
        ("harbour-opens", "leads back to this item"),
        ("secret-draft", "Nothing that readers see"),
        ("no-such-thing", "Nothing that readers see"),
        ("https://evil.example/?x=<b>", "Nothing that readers see"),
    ] {
        let refused = removal(&editor, 2, target).await;
        assert_eq!(refused.status, 422, "{target}");
        let problem = refused.only("#problems a[href='#target']");
        assert!(problem.contains(told), "{target}: {problem}");
        assert_eq!(room.get("/news/harbour-opens").await.status, 200);
    }
}

#[actix_web::test]
async fn a_withdrawal_comes_at_its_hour_and_can_be_taken_back_before() {
    let room = room_with(&["Ferry stops"]).await;
    let editor = room.editor().await;
    let form = || editor.open("/admin/items/1/withdrawal");
    let half = form()
        .await
        .fill("Public note", "Under review.")
        .fill("Date", "2018-11-27");
    assert_eq!(half.press("Withdraw").await.status, 422);
    let whole = || async {
        let form = form().await.fill("Public note", "Under review.");
        let form = form.fill("Date", "2018-11-27").fill("Time", "09:00");
        form.press("Withdraw").await.press("Withdraw").await
    };
    assert!(whole().await.has("It will be withdrawn at that time."));
    let listed = editor.get("/admin/items").await;
    assert!(listed.has("Leaves the lists"), "{}", listed.text());
    let back = editor.open("/admin/items/1/schedule/end").await;
    let back = back.press("Take back the schedule").await;
    assert_eq!(states(&back), ["Live"]);
    whole().await;
    for (instant, listed) in [
        ("2018-11-27T08:59:59.999Z", true),
        ("2018-11-27T09:00:00.000Z", false),
    ] {
        room.clock.set(instant);
        assert_eq!(room.page("/").await.has("Ferry stops"), listed, "{instant}");
        let noticed = room.page("/news/ferry-stops").await.has("Under review.");
        assert_eq!(noticed, !listed, "{instant}");
    }
}

#[actix_web::test]
async fn every_address_of_a_long_chain_of_moves_leads_to_its_end() {
    let titles: Vec<String> = (1..=12).map(|number| format!("Story {number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let room = room_with(&titles).await;
    let editor = room.editor().await;
    for from in 1..12_u8 {
        let moved = removal(&editor, from, &format!("/news/story-{}", from + 1)).await;
        assert!(moved.has("Removed"), "{from}: {}", moved.text());
    }
    for from in 1..12_u8 {
        let page = room.get(&format!("/news/story-{from}")).await;
        assert_eq!(
            (page.status, page.header("location")),
            (301, "/news/story-12"),
            "{from}"
        );
    }
}

#[actix_web::test]
async fn what_returns_is_checked_as_if_it_were_new() {
    let room = Room::open().await;
    let words = ["A gate", "The gate at dawn", "Mara Lind", "Free to use"];
    let photo = room.photo(640, words).await;
    let item = release("Ferry stops").lead(photo.id);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let editor = room.editor().await;
    assert!(removal(&editor, 1, "").await.has("Removed"));
    let picture = editor.open(&format!("/admin/images/{}", photo.id)).await;
    let unsettled = picture.choose("Alt text", "Later").press("Save").await;
    assert!(unsettled.has("Saved."), "{}", unsettled.text());
    let back = editor.open("/admin/items/1/restoration").await;
    let back = back.fill("Public note", "It is back.");
    let refused = back.pressed("Restore").await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(room.get("/news/ferry-stops").await.status, 410);
}
