//! Statements that a page of staff takes: as many for a long list as for a short one.

use dateline::newsroom::Change;

use crate::support::{Browser, Room, jpeg, release};

/// Three items in every state, those that are live with another revision, and three pictures.
async fn grow(room: &Room, editor: &Browser, name: &str) {
    for number in 0..3 {
        let width = 640 + u32::try_from(name.len() * 10 + number).unwrap();
        let library = editor.open("/admin/images").await;
        let chosen = library.attach("Add pictures", "ferry.jpg", &jpeg(width, 320));
        assert_eq!(chosen.press("Upload").await.status, 200);
        let title = |what: &str| format!("{name} {what} {number}");
        room.has(release(&title("draft")).topic("Ferries")).await;
        let live = release(&title("live")).live_at("2018-11-20T09:00:00Z");
        let item = room.has(live.topic("Ferries")).await;
        let change = (Change::Correction, "The hour was wrong.");
        room.change(item, release(&title("live, corrected")), change)
            .await;
        let scheduled = release(&title("scheduled")).going_live_at("2018-12-24T09:00:00Z");
        room.has(scheduled).await;
    }
}

async fn taken(room: &Room, browser: &Browser, address: &str) -> usize {
    // The first visit notes that the session is in use.
    browser.open(address).await;
    let before = room.statements();
    browser.open(address).await;
    room.statements() - before
}

#[actix_web::test]
async fn a_long_list_of_staff_takes_as_many_statements_as_a_short_one() {
    let room = Room::open().await;
    let (editor, admin) = (room.editor().await, room.admin().await);
    grow(&room, &editor, "First").await;
    let pages = [
        (&editor, "/admin"),
        (&editor, "/admin/items"),
        (&editor, "/admin/items?state=draft"),
        (&editor, "/admin/items?state=scheduled&sort=title"),
        (&editor, "/admin/items?words=first"),
        (&editor, "/admin/items/1"),
        (&editor, "/admin/items/2/history"),
        (&editor, "/admin/hold"),
        (&editor, "/admin/calendar"),
        (&editor, "/admin/calendar?month=2018-12"),
        (&editor, "/admin/images"),
        (&admin, "/admin/people"),
        (&admin, "/admin/mails"),
    ];
    let mut few = Vec::new();
    for (browser, address) in pages {
        few.push(taken(&room, browser, address).await);
    }
    for name in ["Second ", "Third more", "Fourth of all"] {
        grow(&room, &editor, name).await;
    }
    for ((browser, address), few) in pages.into_iter().zip(few) {
        let many = taken(&room, browser, address).await;
        println!("{address}: {few}");
        assert_eq!(many, few, "{address}");
    }
}
