//! Who works on an item, by when, and what is said about which of its words.

use super::review::{drafted, item, step};
use crate::support::{Browser, Room};

/// A room with one draft of the author's.
async fn room_with_a_draft() -> (Room, Browser) {
    let room = Room::open().await;
    let author = drafted(&room).await;
    (room, author)
}

#[actix_web::test]
async fn nobody_takes_an_item_from_somebody_whom_they_did_not_see_there() {
    let (room, _author) = room_with_a_draft().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    let seen_by_one = item(&one, "/review").await;
    let given = item(&two, "/review").await.choose("Assigned to", "Anna");
    assert!(
        given
            .press("Save who works on it")
            .await
            .has("Saved who works on it.")
    );
    let late = seen_by_one.fill("Due", "2018-12-01");
    let late = late.press("Save who works on it").await;
    assert_eq!(late.status, 409);
    assert!(late.has("Somebody changed who works on it since you opened this page."));
    let again = late.fill("Due", "2018-12-01");
    assert!(
        again
            .press("Save who works on it")
            .await
            .has("Saved who works on it.")
    );
    let work = item(&one, "/review").await;
    assert_eq!(work.select("#assignee option[selected]"), ["Anna"]);
    assert_eq!(work.attr("#due_on", "value"), "2018-12-01");
    let journal = item(&one, "/history").await;
    assert!(
        journal.has("assigned to Anna, due 2018-12-01"),
        "{}",
        journal.text()
    );
}

#[actix_web::test]
async fn a_comment_stands_with_the_words_that_were_read() {
    let (room, author) = room_with_a_draft().await;
    let editor = room.editor().await;
    let reading = item(&editor, "/review").await;
    let newer = item(&author, "").await.fill("Body", "Another text.");
    assert!(newer.press("Save").await.has("Saved."));
    let said = reading
        .fill("Comment", "Who says so?")
        .press("Comment")
        .await;
    assert!(said.has("Your comment stands beside the text."));
    assert!(said.has("about an earlier text"), "{}", said.text());
    assert!(item(&editor, "/history").await.has("said about revision 1"));
}

#[actix_web::test]
async fn what_is_taken_back_is_the_same_persons_work_again() {
    let (room, _author) = room_with_a_draft().await;
    let editor = room.editor().await;
    let given = item(&editor, "/review").await.choose("Assigned to", "Anna");
    let given = given.fill("Due", "2018-12-01");
    given.press("Save who works on it").await;
    let schedule = item(&editor, "/schedule").await;
    let schedule = schedule.fill("Date", "2018-11-27").fill("Time", "09:00");
    schedule.press("Continue").await.press("Schedule").await;
    step(&editor, "/schedule/end", "Take back the schedule").await;
    let work = item(&editor, "/review").await;
    assert_eq!(work.select("#assignee option[selected]"), ["Anna"]);
    assert_eq!(work.attr("#due_on", "value"), "2018-12-01");
}
