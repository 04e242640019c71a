//! The sample room shows every state that an item can be in, so that each can be tried.

use std::collections::BTreeSet;

use dateline::clock::Clock;
use dateline::samples;

use crate::support::Room;

#[actix_web::test]
async fn the_sample_room_has_an_item_in_every_state() {
    let room = Room::open().await;
    let prepared = samples::prepare().unwrap();
    let now = Clock::machine().now();
    let loaded = room.store.write_here(|tx| prepared.load(tx, now, None));
    loaded.unwrap();
    room.clock.set(&now.to_string());
    let editor = room.editor().await;
    let mut chips = BTreeSet::new();
    for page in 1..=3 {
        let list = editor.open(&format!("/admin/items?page={page}")).await;
        chips.extend(list.select(".items .chip"));
    }
    let states = [
        "Approved",
        "Changes requested",
        "Discarded",
        "Draft",
        "In review",
        "Live",
        "Removed",
        "Scheduled",
        "Withdrawn",
    ];
    assert_eq!(chips, states.map(str::to_owned).into());
    let work = editor.open("/admin").await;
    assert!(
        work.has("Open the gates at Lower Tavrin before the water comes"),
        "unsigned"
    );
    let scheduled = editor.open("/admin/items?state=scheduled").await;
    let mut holders = Vec::new();
    for href in scheduled.attrs(".items th a", "href") {
        let passes = editor.open(&format!("{href}/passes")).await;
        holders.extend(passes.select(".timeline h2"));
    }
    assert_eq!(holders, ["ليلى منصور, صحيفة الميناء"]);
    let moved = room.get("/news/ketta-sorn-walked-out").await;
    assert_eq!(moved.status, 301);
    assert_eq!(room.get(moved.header("location")).await.status, 200);
    let gone = room.get("/news/families-of-gull-point-speak").await;
    assert_eq!(gone.status, 410);
}
