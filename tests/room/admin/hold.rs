//! Hold everything, and undo it: nothing goes out meanwhile, and what was touched stays where it is.

use crate::support::{Browser, Room, release, report};

const NINE: &str = "2018-12-01T09:00:00Z";
const TEN: &str = "2018-12-01T10:00:00Z";

async fn furnished() -> (Room, Browser) {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(NINE)).await;
    room.has(report("Court sits").going_live_at(TEN)).await;
    let editor = room.editor().await;
    (room, editor)
}

async fn hold(editor: &Browser) {
    let page = editor.open("/admin/hold").await;
    assert!(page.has("2 items are scheduled."));
    let held = page
        .fill("Why", "A court order.")
        .press("Hold everything")
        .await;
    assert!(held.has("Held: nothing goes out by itself until somebody undoes it."));
    assert!(held.has("Eva held everything, 26 Nov 2018, 12:00") && held.has("A court order."));
}

async fn statuses(room: &Room) -> [u16; 2] {
    [
        room.get("/news/ferry-stops").await.status,
        room.get("/news/court-sits").await.status,
    ]
}

#[actix_web::test]
async fn nothing_goes_out_while_it_is_held_and_all_of_it_after_the_hold_is_undone() {
    let (room, editor) = furnished().await;
    let before = room.get("/").await;
    hold(&editor).await;
    assert_eq!(room.get("/").await, before);
    let second = room.second_editor().await;
    assert!(
        second
            .open("/admin")
            .await
            .has("Everything that was scheduled is held back.")
    );
    let page = second.open("/admin/hold").await;
    assert!(page.has("Ferry stops: Undoing schedules it again for 1 Dec 2018, 09:00"));
    let undone = page.press("Undo the hold").await;
    assert!(
        undone.has("2 items are scheduled again."),
        "{}",
        undone.text()
    );
    assert!(undone.has("2 items are scheduled. Holding"));
    assert_eq!(statuses(&room).await, [404, 404]);
    room.clock.set(NINE);
    assert_eq!(statuses(&room).await, [200, 404]);
    room.clock.set(TEN);
    assert_eq!(statuses(&room).await, [200, 200]);
}

#[actix_web::test]
async fn what_was_changed_meanwhile_or_is_late_by_then_does_not_go_out_by_itself() {
    let (room, editor) = furnished().await;
    hold(&editor).await;
    let changed = editor.open("/admin/items/2").await;
    assert!(
        changed
            .fill("Summary", "Other words.")
            .press("Save")
            .await
            .has("Saved.")
    );
    room.clock.set(NINE);
    assert_eq!(statuses(&room).await, [404, 404]);
    let editor = room.editor().await;
    let page = editor.open("/admin/hold").await;
    assert!(page.has("Ferry stops: Its time has passed: it stays a draft."));
    assert!(page.has("Court sits: It was changed since: it stays as it is."));
    let undone = page.press("Undo the hold").await;
    assert!(
        undone.has("Nothing is scheduled again. Items 1, 2 are not"),
        "{}",
        undone.text()
    );
    room.clock.set(TEN);
    assert_eq!(statuses(&room).await, [404, 404]);
    assert_eq!(
        page.pressed("Undo the hold").await.status,
        303,
        "the same form again"
    );
    let states = editor.open("/admin/items?state=draft").await;
    assert_eq!(states.count("table.items tbody tr"), 2);
}

#[actix_web::test]
async fn an_objection_while_it_is_held_keeps_a_text_back() {
    let (room, editor) = furnished().await;
    hold(&editor).await;
    let author = room.author().await;
    let second = room.second_editor().await;
    let sent = author.open("/admin/items/1/submission").await;
    assert!(sent.press("Submit for review").await.has("Submitted"));
    let asked = second.open("/admin/items/1/change-request").await;
    let asked = asked.fill("What should change", "Is that so?");
    assert!(asked.press("Ask for changes").await.has("Sent back"));
    let undone = editor
        .open("/admin/hold")
        .await
        .press("Undo the hold")
        .await;
    assert!(
        undone.has("One item is scheduled again. Item 1 is not"),
        "{}",
        undone.text()
    );
}

#[actix_web::test]
async fn a_change_of_live_words_and_a_withdrawal_to_come_are_held_too() {
    let room = Room::open().await;
    let live = release("Ferry stops").live_at("2018-11-20T09:00:00Z");
    room.has(live).await;
    let editor = room.editor().await;
    let withdrawal = editor.open("/admin/items/1/withdrawal").await;
    let withdrawal = withdrawal
        .fill("Public note", "It was wrong.")
        .fill("Date", "2018-12-01")
        .fill("Time", "09:00")
        .press("Withdraw")
        .await;
    assert!(
        withdrawal
            .press("Withdraw")
            .await
            .has("It will be withdrawn")
    );
    let page = editor.open("/admin/hold").await;
    page.fill("Why", "Wait.").press("Hold everything").await;
    room.clock.set("2018-11-30T09:00:00Z");
    let editor = room.editor().await;
    let undone = editor
        .open("/admin/hold")
        .await
        .press("Undo the hold")
        .await;
    assert!(
        undone.has("One item is scheduled again."),
        "{}",
        undone.text()
    );
    assert!(!room.page("/news/ferry-stops").await.has("It was wrong."));
    room.clock.set(NINE);
    assert!(room.page("/news/ferry-stops").await.has("It was wrong."));
}

#[actix_web::test]
async fn a_hold_needs_a_reason_and_something_to_hold_and_is_no_authors() {
    let (room, editor) = furnished().await;
    let none = editor
        .open("/admin/hold")
        .await
        .press("Hold everything")
        .await;
    assert_eq!(none.status, 422);
    let page = editor.open("/admin/hold").await.fill("Why", "Wait.");
    hold(&editor).await;
    let nothing = page.press("Hold everything").await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.has("Nothing is scheduled, so there is nothing to hold."));
    let old = editor.open("/admin/hold").await;
    let undone = editor
        .open("/admin/hold")
        .await
        .press("Undo the hold")
        .await;
    assert!(undone.has("2 items are scheduled again."));
    hold(&editor).await;
    assert_eq!(old.pressed("Undo the hold").await.status, 409);
    assert_eq!(room.author().await.get("/admin/hold").await.status, 403);
}
