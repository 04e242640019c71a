//! Passes that open nothing: on hold, expired, revoked.

use std::io::Read;

use super::{LIVE_AT, accepted, given};
use crate::storage::raw::Raw;
use crate::support::{Browser, Line, Page, Room, release};

/// Says why, in one heading, and nothing of the item.
fn is_shut(page: &Page, status: u16, heading: &str) {
    assert_eq!((page.status, page.only("h1").as_str()), (status, heading));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(!page.source().to_lowercase().contains("ferry"), "{page:?}");
    assert!(page.has("Mara Lind"), "whom to ask stands there");
}

async fn schedule(editor: &Browser, day: &str, time: &str) {
    let form = editor.open("/admin/items/1/schedule").await;
    let form = form.fill("Date", day).fill("Time", time);
    let done = form.press("Continue").await.press("Schedule").await;
    assert!(done.has("Scheduled"), "{}", done.text());
}

#[actix_web::test]
async fn a_schedule_that_is_taken_back_puts_passes_on_hold_and_a_new_one_opens_them() {
    let room = Room::open().await;
    let photo = room.photo(640, ["A boat", "At dusk", "Mara", "Free"]).await;
    let item = release("Ferry stops").lead(photo.id);
    let item = room.has(item.going_live_at(LIVE_AT)).await;
    let editor = room.editor().await;
    let pass = given(&room, &editor, "Ann Lee").await;
    let unread = given(&room, &editor, "Bo Lee").await;
    let reader = accepted(&room, &pass).await;
    let back = editor.open("/admin/items/1/schedule/end").await;
    assert!(back.has("Passes are on hold until there is a new time."));
    back.press("Take back the schedule").await;
    for pass in [&pass, &unread] {
        is_shut(&reader.get(pass).await, 403, "On hold");
    }
    let picture = format!("{pass}/images/{}/320.webp", photo.hash);
    assert_eq!(reader.get(&picture).await.status, 404);
    assert!(editor.open("/admin/items/1/passes").await.has("On hold"));
    let better = release("Ferry stops for good").slug("ferry-stops");
    room.save(item, better).await;
    is_shut(&reader.get(&pass).await, 403, "On hold");
    schedule(&editor, "2018-11-27", "08:30").await;
    let story = reader.get(&pass).await;
    assert_eq!(story.only("h1"), "Ferry stops for good");
    assert!(story.has("Embargoed until 27 Nov 2018, 08:30"));
    assert!(
        reader
            .get(&unread)
            .await
            .has("Embargoed until 27 Nov 2018, 08:30")
    );
    assert_eq!(
        reader.get(&picture).await.status,
        404,
        "it shows no picture now"
    );
    room.clock.set("2018-11-27T08:30:00Z");
    assert_eq!(reader.get(&pass).await.status, 303);
}

#[actix_web::test]
async fn a_pass_expires_at_its_very_millisecond() {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/pass").await;
    let form = form
        .fill("Journalist", "Ann Lee")
        .fill("Outlet", "The Herald");
    let form = form.fill("Date", "2018-11-26").fill("Time", "18:00");
    let pass = super::handed(&room, &form.press("Give the pass").await);
    let reader = accepted(&room, &pass).await;
    room.clock.set("2018-11-26T17:59:59.999Z");
    assert_eq!(reader.get(&pass).await.only("h1"), "Ferry stops");
    room.clock.set("2018-11-26T18:00:00Z");
    is_shut(&reader.get(&pass).await, 410, "This pass has expired");
    let list = editor.open("/admin/items/1/passes").await;
    assert!(list.has("Expired") && list.count(".timeline .links a") == 0);
    room.clock.set(LIVE_AT);
    assert_eq!(
        reader.get(&pass).await.status,
        303,
        "what is public is public"
    );
}

#[actix_web::test]
async fn a_file_under_way_breaks_off_when_its_pass_is_revoked_or_ends() {
    const LONG: usize = 30_000_000;
    for is_revoked in [true, false] {
        let room = Room::open().await;
        let bytes = vec![b'a'; LONG];
        let file = room.keep("long.txt", &bytes, "A long text").await;
        let item = release("Ferry stops").file(file.id);
        room.has(item.going_live_at(LIVE_AT)).await;
        let editor = room.editor().await;
        let pass = given(&room, &editor, "Ann Lee").await;
        accepted(&room, &pass).await;
        let mut line = Line::to(&room);
        line.asks(&format!("{pass}{}", file.address));
        let mut first = [0; 64];
        line.stream.read_exact(&mut first).unwrap();
        assert!(first.starts_with(b"HTTP/1.1 200"));
        if is_revoked {
            let list = editor.open("/admin/items/1/passes").await;
            let step = list.click("Revoke the pass of Ann Lee…").await;
            step.press("Revoke a pass").await;
        } else {
            let mut raw = Raw::open(&room.file());
            let now = room.clock.now().millis();
            raw.run(&format!(
                "DROP TRIGGER passes_are_never_rewritten; UPDATE passes SET expires_at = {}",
                now + 1_000
            ));
            room.clock.pass(1_000);
        }
        let mut rest = Vec::new();
        // However the line ends: it ends too early.
        let _cut_off = line.stream.read_to_end(&mut rest);
        assert!(rest.len() < LONG - 5_000_000, "{}", rest.len());
    }
}

#[actix_web::test]
async fn a_revoked_pass_opens_nothing_and_the_others_go_on() {
    let room = Room::open().await;
    let photo = room.photo(640, ["A boat", "At dusk", "Mara", "Free"]).await;
    let item = release("Ferry stops").lead(photo.id);
    room.has(item.going_live_at(LIVE_AT)).await;
    let editor = room.editor().await;
    let ann = given(&room, &editor, "Ann Lee").await;
    let bo = given(&room, &editor, "Bo Lee").await;
    let reader = accepted(&room, &ann).await;
    accepted(&room, &bo).await;
    let list = editor.open("/admin/items/1/passes").await;
    let step = list.click("Revoke the pass of Ann Lee…").await;
    assert!(step.has("the address opens nothing any more"));
    let done = step.press("Revoke a pass").await;
    assert!(done.has("Revoked: the address opens nothing any more."));
    assert!(done.has("Revoked by Eva, 26 Nov 2018, 12:00 (UTC+00:00)."));
    is_shut(&reader.get(&ann).await, 410, "This pass was revoked");
    let picture = format!("/images/{}/320.webp", photo.hash);
    assert_eq!(reader.get(&format!("{ann}{picture}")).await.status, 404);
    assert_eq!(reader.get(&format!("{bo}{picture}")).await.status, 200);
    assert_eq!(reader.get(&bo).await.only("h1"), "Ferry stops");
    // Pressed again on a page that is out of date.
    let late = editor.open("/admin/items/1/pass/end?pass=1").await;
    assert!(!late.has("Ann Lee, The Herald"), "it is no choice any more");
    let late = late.press("Revoke a pass").await;
    assert_eq!(late.status, 422, "and nobody else’s is revoked instead");
    assert!(late.has("Choose a pass that is not over yet."));
    assert_eq!(reader.get(&bo).await.only("h1"), "Ferry stops");
    let late = late.choose("Whose pass", "Bo Lee");
    assert!(late.press("Revoke a pass").await.has("Revoked"));
    let none = editor.get("/admin/items/1/pass/end").await;
    assert_eq!(none.status, 409);
    assert!(none.has("no pass that could be revoked"));
}
