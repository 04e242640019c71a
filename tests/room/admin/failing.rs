//! What staff see when the machine fails: our page with our headers, and never half a change.

use crate::storage::raw::Raw;
use crate::support::{Room, release};

#[actix_web::test]
async fn a_change_from_another_site_is_refused_with_our_page_and_headers() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let request = editor
        .request(reqwest::Method::POST, "/admin/items")
        .header("origin", "https://elsewhere.example")
        .form(&[("title", "Ours now")]);
    let refused = editor.send("/admin/items", request).await;
    assert_eq!(refused.status, 403);
    assert!(refused.has("That did not come from here"));
    assert!(
        refused
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert_eq!(refused.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn sessions_that_cannot_be_read_are_told_with_our_page_and_headers() {
    let room = Room::open().await;
    let editor = room.editor().await;
    Raw::open(&room.file()).run("ALTER TABLE sessions RENAME TO lost_sessions");
    let page = editor.get("/admin/items").await;
    assert_eq!(page.status, 503);
    assert!(page.has("One moment"));
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert_eq!(page.header("retry-after"), "5");
}

#[actix_web::test]
async fn a_session_that_cannot_be_written_does_not_hide_a_change_that_was_made() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops")).await;
    let editor = room.editor().await;
    let form = editor
        .open(&format!("/admin/items/{item}/publications"))
        .await;
    let mut raw = Raw::open(&room.file());
    raw.run(
        "CREATE TRIGGER no_more BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    let answer = form.pressed("Publish now").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/admin/items/1")
    );
    assert!(room.page("/news/ferry-stops").await.has("Ferry stops"));
}

#[actix_web::test]
async fn nobody_is_told_signed_out_whose_session_goes_on() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let page = editor.open("/admin").await;
    let mut raw = Raw::open(&room.file());
    raw.run(
        "CREATE TRIGGER no_more BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    assert_eq!(page.pressed("Sign out").await.status, 500);
    assert_eq!(editor.get("/admin").await.status, 200);
    raw.run("DROP TRIGGER no_more");
    assert_eq!(page.pressed("Sign out").await.status, 303);
    assert_eq!(editor.get("/admin").await.status, 303);
}

#[actix_web::test]
async fn a_stranger_cannot_send_more_than_a_sign_in_needs() {
    let room = Room::open().await;
    let form = room.visitor();
    let sign_in = form.open("/admin/sign-in").await;
    let long = sign_in.fill("Password", &"x".repeat(20_000));
    assert_eq!(long.pressed("Sign in").await.status, 413);
}

#[test]
fn a_room_is_readable_by_its_owner_only_and_a_file_that_is_none_is_refused_at_once() {
    use std::os::unix::fs::PermissionsExt;
    let place = crate::storage::scratch::Scratch::new();
    drop(dateline::storage::open(&place.room(), None).unwrap());
    let mode = std::fs::metadata(place.room())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let other = place.folder().join("notes.txt");
    std::fs::write(&other, "These are notes, not a room. ".repeat(40)).unwrap();
    let refusal = dateline::storage::open(&other, None)
        .map(|_opened| ())
        .unwrap_err();
    assert!(refusal.to_string().contains("no database"), "{refusal}");
}
