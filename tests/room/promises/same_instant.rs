//! Two editors take the same step with the same item at the same instant: one of them takes it, and
//! the other is told who did.

use futures_util::future::join;

use crate::support::{Browser, Page, Room, release};

/// Both have the page of the step before their eyes, and press at once; the answers in their order.
async fn both_press(
    (one, two): (&Browser, &Browser),
    address: &str,
    button: &str,
    note: Option<(&str, &str)>,
) -> [Page; 2] {
    let (mut first, mut second) = (one.open(address).await, two.open(address).await);
    if let Some((label, words)) = note {
        first = first.fill(label, words);
        second = second.fill(label, words);
    }
    let (first, second) = join(first.pressed(button), second.pressed(button)).await;
    [first, second]
}

/// Exactly one took the step, and the other reads that it was taken, and by whom.
fn one_is_told_of_the_other(answers: &[Page; 2]) {
    let names = ["Eva", "Edo"];
    let statuses = [answers[0].status, answers[1].status];
    let winner = match statuses {
        [303, 409] => 0,
        [409, 303] => 1,
        other => panic!("{other:?}: {} {}", answers[0].text(), answers[1].text()),
    };
    let told = &answers[1 - winner];
    assert!(told.has(names[winner]), "{}", told.text());
}

#[actix_web::test]
async fn of_two_who_publish_one_does_and_the_other_is_told() {
    let room = Room::open().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    for round in 1..=5 {
        let title = format!("Ferry {}", "i".repeat(round));
        let item = room.has(release(&title)).await;
        let address = format!("/admin/items/{item}/publications");
        let answers = both_press((&one, &two), &address, "Publish now", None).await;
        one_is_told_of_the_other(&answers);
    }
}

#[actix_web::test]
async fn of_two_who_approve_one_does_and_the_other_is_told() {
    let room = Room::open().await;
    let author = room.author().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    for round in 1..=5 {
        let form = author.open("/admin/items/new").await;
        let form = form.fill("Title", &format!("Ferry {}", "i".repeat(round)));
        let form = form
            .fill("Summary", "It stops.")
            .fill("Body", "It stops at noon.");
        form.press("Save").await;
        let item = format!("/admin/items/{round}");
        let submission = author.open(&format!("{item}/submission")).await;
        submission.press("Submit for review").await;
        let address = format!("{item}/approval");
        let answers = both_press((&one, &two), &address, "Approve", None).await;
        one_is_told_of_the_other(&answers);
        let history = one.open(&format!("{item}/history")).await;
        assert_eq!(
            history.text().matches("approved").count(),
            1,
            "{}",
            history.text()
        );
    }
}

#[actix_web::test]
async fn of_two_who_withdraw_one_does_and_the_other_is_told() {
    let room = Room::open().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    for round in 1..=5 {
        let title = format!("Ferry {}", "i".repeat(round));
        let item = room
            .has(release(&title).live_at("2018-11-20T09:00:00Z"))
            .await;
        let address = format!("/admin/items/{item}/withdrawal");
        let note = Some(("Public note", "It was wrong."));
        let answers = both_press((&one, &two), &address, "Withdraw", note).await;
        one_is_told_of_the_other(&answers);
    }
}

#[actix_web::test]
async fn of_one_who_publishes_and_one_who_saves_both_or_neither_go_by_what_they_saw() {
    let room = Room::open().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    for round in 1..=5 {
        let title = format!("Ferry {}", "i".repeat(round));
        let item = room.has(release(&title)).await;
        let page = one.open(&format!("/admin/items/{item}/publications")).await;
        let newer = two.open(&format!("/admin/items/{item}")).await;
        let newer = newer.fill("Summary", "Nobody has read this.");
        let (published, saved) = join(page.pressed("Publish now"), newer.pressed("Save")).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let slug = format!("/news/ferry-{}", "i".repeat(round));
        let out = room.get(&slug).await;
        match published.status {
            303 => assert!(!out.has("Nobody has read this."), "{}", out.text()),
            409 => {
                assert_eq!(out.status, 404);
                assert!(
                    published.has("Edo saved revision 2"),
                    "{}",
                    published.text()
                );
            }
            other => panic!("{other}: {}", published.text()),
        }
    }
}

#[actix_web::test]
async fn of_one_who_withdraws_and_one_who_corrects_one_does_and_the_other_is_told() {
    let room = Room::open().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    for round in 1..=5 {
        let title = format!("Ferry {}", "i".repeat(round));
        let live = release(&title).live_at("2018-11-20T09:00:00Z");
        let item = room.has(live).await;
        let newer = two.open(&format!("/admin/items/{item}")).await;
        newer.fill("Summary", "Another.").press("Save").await;
        let withdrawal = one.open(&format!("/admin/items/{item}/withdrawal")).await;
        let withdrawal = withdrawal.fill("Public note", "It was wrong.");
        let correction = two.open(&format!("/admin/items/{item}/publications")).await;
        let correction = correction.choose(
            "What kind of change is it?",
            "Correction: something was wrong",
        );
        let correction = correction.fill("Public note", "A date was wrong.");
        let (first, second) = join(
            withdrawal.pressed("Withdraw"),
            correction.pressed("Publish the change"),
        )
        .await;
        one_is_told_of_the_other(&[first, second]);
    }
}
