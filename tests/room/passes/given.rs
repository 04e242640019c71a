//! Giving passes: who may, for what, in which words; and what staff see of them afterwards.

use super::{LIVE_AT, accepted, given};
use crate::support::{Room, release};

async fn furnished() -> Room {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    room
}

#[actix_web::test]
async fn only_editors_give_passes_and_only_to_what_is_to_come() {
    let room = furnished().await;
    room.has(release("Draft")).await;
    room.has(release("Live").live_at("2018-11-20T09:00:00Z"))
        .await;
    let (author, editor, admin) = (room.author().await, room.editor().await, room.admin().await);
    for other in [&author, &admin] {
        for address in [
            "/admin/items/1/passes",
            "/admin/items/1/pass",
            "/admin/items/1/pass/end",
        ] {
            assert_eq!(other.get(address).await.status, 403, "{address}");
        }
    }
    assert!(!author.open("/admin/items/1").await.has("Passes"));
    for item in [2, 3] {
        let refused = editor.get(&format!("/admin/items/{item}/pass")).await;
        assert_eq!(refused.status, 409);
        assert!(refused.has("readers have not seen yet"));
        let list = editor.open(&format!("/admin/items/{item}/passes")).await;
        assert!(list.has("Nobody has a pass.") && !list.has("Give a pass…"));
    }
}

#[actix_web::test]
async fn a_form_with_mistakes_names_each_and_keeps_what_was_typed() {
    let room = furnished().await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/pass").await;
    let form = form.fill("Journalist", " ").fill("Outlet", "The Herald");
    let form = form.fill("Mail address", "nowhere").fill("Terms", "");
    let mut form = form.fill("Date", "2018-11-25").press("Give the pass").await;
    assert_eq!(form.status, 422);
    for words in [
        "4 things to put right",
        "Write the journalist’s name.",
        "Write a mail address",
        "Write the terms.",
        "That moment has passed.",
    ] {
        assert!(form.has(words), "{words}: {}", form.text());
    }
    assert_eq!(form.filled("Outlet"), "The Herald");
    let form = form.fill("Journalist", "Ann Lee").fill("Mail address", "");
    let form = form.fill("Terms", "Keep quiet.").fill("Date", "2019-02-01");
    let form = form.press("Give the pass").await;
    assert_eq!(form.status, 422);
    assert!(form.has("A pass lasts 60 days at most."));
    let list = form.fill("Date", "2018-11-27").press("Give the pass").await;
    let pass = super::handed(&room, &list);
    assert!(room.get(&pass).await.has("Keep quiet."));
    let form = editor.open("/admin/items/1/pass").await;
    let form = form
        .fill("Journalist", "ANN LEE")
        .fill("Outlet", "the herald");
    let second = form.press("Give the pass").await;
    assert_eq!(second.status, 422);
    assert!(second.has("This journalist has a pass to the item already."));
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_gives_one_pass_and_a_stale_one_none() {
    let room = furnished().await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/pass").await;
    let form = form
        .fill("Journalist", "Ann Lee")
        .fill("Outlet", "The Herald");
    let stale = editor.open("/admin/items/1/pass").await;
    let stale = stale
        .fill("Journalist", "Bo Lee")
        .fill("Outlet", "The Herald");
    form.press("Give the pass").await;
    let again = form.press("Give the pass").await;
    assert_eq!((again.status, again.count(".timeline > li")), (200, 1));
    assert_eq!(again.count("#address"), 0);
    let moved = editor.open("/admin/items/1/schedule/change").await;
    assert!(moved.has("Whoever has a pass sees the new time"));
    let moved = moved.fill("Date", "2018-11-28").fill("Time", "10:00");
    moved.press("Continue").await.press("Change the time").await;
    let refused = stale.press("Give the pass").await;
    assert_eq!(refused.status, 409);
    assert!(refused.has("Eva rescheduled it"), "{}", refused.text());
}

#[actix_web::test]
async fn the_list_and_the_history_tell_who_did_what_with_a_pass() {
    let room = furnished().await;
    let editor = room.editor().await;
    let pass = given(&room, &editor, "Ann Lee").await;
    let list = async || editor.open("/admin/items/1/passes").await;
    assert!(list().await.has("Not opened yet"));
    for _ in 0..3 {
        room.get(&pass).await;
    }
    assert!(
        list()
            .await
            .has("Opened once, last seen 26 Nov 2018, 12:00")
    );
    room.clock.pass(60_000);
    accepted(&room, &pass).await;
    let seen = list().await;
    assert!(seen.has("Opened 2 times, last seen 26 Nov 2018, 12:01"));
    assert!(seen.has("Terms accepted 26 Nov 2018, 12:01 (UTC+00:00)."));
    assert!(seen.has("Accepted the terms, 26 Nov 2018, 12:01"));
    let step = editor.open("/admin/items/1/pass/end?pass=1").await;
    step.press("Revoke a pass").await;
    room.clock.pass(60_000);
    room.get(&pass).await;
    assert!(list().await.has("Opened 2 times"), "it opens nothing");
    assert!(editor.open("/admin/items/1").await.has("1 pass"));
    let history = editor.open("/admin/items/1/history").await;
    for words in [
        "gave a pass to \u{2068}Ann Lee\u{2069} of \u{2068}The Herald\u{2069}",
        "accepted its terms",
        "revoked the pass of \u{2068}Ann Lee\u{2069}",
    ] {
        assert_eq!(
            history.text().matches(words).count(),
            1,
            "{words}: {}",
            history.text()
        );
    }
}

#[actix_web::test]
async fn hostile_words_of_a_pass_stay_words() {
    for typed in [
        "<script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "{{ 617*1000 }} <b>now</b> &amp;",
        "آن <svg onload=alert(1)>",
    ] {
        let room = furnished().await;
        let editor = room.editor().await;
        let form = editor.open("/admin/items/1/pass").await;
        let form = form.fill("Journalist", typed).fill("Outlet", typed);
        let list = form.fill("Terms", typed).press("Give the pass").await;
        let pass = super::handed(&room, &list);
        let step = editor.open("/admin/items/1/pass/end?pass=1").await;
        let terms = room.get(&pass).await;
        let story = accepted(&room, &pass).await.get(&pass).await;
        let history = editor.open("/admin/items/1/history").await;
        for page in [&list.page, &step.page, &terms, &story, &history.page] {
            assert!(page.has(typed), "{typed} on {}", page.address);
            assert_eq!(page.count("svg[onload], main script:not([src]), main b"), 0);
        }
    }
}
