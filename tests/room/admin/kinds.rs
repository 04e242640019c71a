//! Kinds: added, renamed, put in order, given a colour, merged, deleted when no item ever was of them.

use super::words::{LIVE, leads, titles};
use crate::support::{Room, release, report};

#[actix_web::test]
async fn a_kind_is_added_renamed_put_in_order_and_deleted_when_unused() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at(LIVE)).await;
    let admin = room.admin().await;
    let list = admin.open("/admin/kinds").await;
    let form = list
        .fill("Name of one", "Open letter")
        .fill("Name of many", "Open letters");
    let list = form.choose("Icon", "Pencil").press("Add the kind").await;
    assert!(list.has("Added.") && list.has("/open-letters"));
    assert_eq!(room.page("/open-letters").await.only("h1"), "Open letters");
    let form = list.click("Press release").await;
    for (address, says) in [
        ("news", "address of the program’s own"),
        ("reports", "is taken"),
    ] {
        let refused = form.clone().fill("Address of its list", address);
        let refused = refused.press("Save the kind").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.only("#slug-error").contains(says),
            "{}",
            refused.text()
        );
    }
    let form = form
        .fill("Name of many", "Releases")
        .fill("Address of its list", "");
    form.choose("Place among the kinds", "6")
        .press("Save the kind")
        .await;
    leads(&room, "/press-releases?page=2", "/releases?page=2").await;
    assert_eq!(titles(&room, "/releases").await, ["Ferry stops"]);
    let nav = room.page("/").await.select(".masthead nav a");
    assert_eq!(nav.last().unwrap(), "Releases", "{nav:?}");
    let used = admin.open("/admin/kinds/1").await;
    assert!(used.has("it cannot be deleted") && used.has("1 item"));
    let list = admin.open("/admin/kinds").await;
    let list = list
        .click("Open letter")
        .await
        .press("Delete the kind")
        .await;
    assert!(list.has("Deleted."));
    assert_eq!(room.get("/open-letters").await.status, 404);
}

#[actix_web::test]
async fn two_kinds_become_one_and_every_revision_is_known_as_it_was() {
    let room = Room::open().await;
    room.has(report("Harbour report").live_at(LIVE)).await;
    room.has(release("Ferry stops").live_at(LIVE)).await;
    let item = room.has(report("Not yet out")).await;
    let admin = room.admin().await;
    let list = admin.open("/admin/kinds").await;
    let merger = list.click("Report").await;
    let merger = merger.click("Merge it into another kind…").await;
    let itself = admin.get("/admin/kinds/2/merger?into=2").await;
    assert_eq!(itself.status, 422);
    assert!(itself.has("cannot be merged into itself"));
    let sure = merger.choose("Into which kind", "Press release");
    let sure = sure.press("See what follows").await;
    let says = "2 items of the kind “Report” will be of the kind “Press release” instead";
    assert!(sure.has(says), "{}", sure.text());
    assert!(sure.has("/reports will lead readers to /press-releases."));
    // A form that was open all the while still means the kind that stands.
    let author = room.author().await;
    let open = author.open("/admin/items/new").await;
    let open = open.fill("Title", "Written meanwhile");
    let open = open.choose("Kind", "Report");
    let list = sure.press("Merge the two").await;
    assert!(
        list.has("Merged.") && !list.has("Reports"),
        "{}",
        list.text()
    );
    let both = ["Ferry stops", "Harbour report"];
    assert_eq!(titles(&room, "/press-releases").await, both);
    leads(&room, "/reports?page=2", "/press-releases?page=2").await;
    leads(&room, "/reports/card.png", "/press-releases/card.png").await;
    let page = room.page("/press-releases").await;
    assert_eq!(page.only(".count"), "2 items");
    let page = room.page("/news/harbour-report").await;
    assert_eq!(page.only("main header .label"), "Press release");
    assert_eq!(open.press("Save").await.status, 422, "it is chosen anew");
    // The draft goes on, and the same words saved again are no new revision.
    let editor = room.editor().await;
    editor
        .open(&format!("/admin/items/{item}"))
        .await
        .press("Save")
        .await;
    let history = editor.get(&format!("/admin/items/{item}/history")).await;
    assert!(!history.has("Revision 2"), "{}", history.text());
    let log = room.admin().await.get("/admin/log").await;
    assert!(
        log.has("Report into Press release, in 2 items"),
        "{}",
        log.text()
    );
    let mut raw = crate::storage::raw::Raw::open(&room.file());
    let before = "SELECT r.title || ': ' || k.name AS one FROM former_kinds f \
        JOIN revisions r ON r.id = f.revision_id JOIN kinds k ON k.id = f.kind_id ORDER BY r.id";
    assert_eq!(
        raw.words(before),
        ["Harbour report: Report", "Not yet out: Report"]
    );
    // Its address is free for another kind, and a second merger takes the first one along.
    let list = admin
        .open("/admin/kinds")
        .await
        .click("Press release")
        .await;
    let merger = list.click("Merge it into another kind…").await;
    let sure = merger.choose("Into which kind", "Statement");
    sure.press("See what follows")
        .await
        .press("Merge the two")
        .await;
    leads(&room, "/reports", "/statements").await;
    assert_eq!(titles(&room, "/statements").await, both);
    assert_eq!(room.page("/statements").await.only(".count"), "2 items");
    let form = admin.open("/admin/kinds").await.click("Statement").await;
    let form = form.fill("Address of its list", "reports");
    assert!(form.press("Save the kind").await.has("Saved."));
    assert_eq!(titles(&room, "/reports").await, both);
}

#[actix_web::test]
async fn a_kind_wears_its_own_colour_and_one_that_hides_words_is_refused() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at(LIVE)).await;
    let plain = room.get("/news/ferry-stops/card.png").await.body;
    let admin = room.admin().await;
    let form = admin
        .open("/admin/kinds")
        .await
        .click("Press release")
        .await;
    for (colour, says) in [("#7a7a7a", "4.5:1 is needed"), ("blue", "six digits")] {
        let refused = form
            .clone()
            .fill("Colour", colour)
            .press("Save the kind")
            .await;
        assert_eq!(refused.status, 422, "{colour}");
        assert!(refused.only("#colour-error").contains(says), "{colour}");
    }
    form.fill("Colour", "#0B5FA5").press("Save the kind").await;
    let form = admin.open("/admin/kinds/1").await;
    assert!(
        form.has("Words on #0b5fa5 are white, with a contrast of 6"),
        "{}",
        form.text()
    );
    for address in ["/", "/press-releases", "/news/ferry-stops"] {
        let page = room.page(address).await;
        let labels = page.attrs("main a.label", "class");
        assert!(
            labels.contains(&"label hued hue-0b5fa5".to_owned()),
            "{labels:?}"
        );
        let sheets = page.attrs("link[rel=stylesheet]", "href");
        let sheet = sheets.iter().find(|href| href.contains("accent.")).unwrap();
        let css = room.get(sheet).await.source();
        assert!(
            css.contains(".hue-0b5fa5 { --accent: #0b5fa5; --on-accent: #ffffff; }"),
            "{css}"
        );
    }
    assert_ne!(room.get("/news/ferry-stops/card.png").await.body, plain);
    let graphic = room.page("/").await.attr("main .graphic", "class");
    assert_eq!(graphic, "graphic accent hued hue-0b5fa5");
    for name in ["accent.ffe600-.css", "accent.7a7a7a.css", "accent..css"] {
        assert_eq!(
            room.get(&format!("/assets/{name}")).await.status,
            404,
            "{name}"
        );
    }
    let again = admin.open("/admin/kinds/1").await.fill("Colour", "");
    again.press("Save the kind").await;
    assert_eq!(room.get("/news/ferry-stops/card.png").await.body, plain);
}

#[actix_web::test]
async fn words_that_were_not_saved_go_on_under_the_kind_that_theirs_went_into() {
    let room = Room::open().await;
    let (author, admin) = (room.author().await, room.admin().await);
    let form = author.open("/admin/items/new").await;
    let mut form = form
        .fill("Title", "Written meanwhile")
        .choose("Kind", "Report");
    let keeps = form.attr("form.editor", "data-autosave");
    form.aim_at(&keeps);
    assert_eq!(form.pressed("Save").await.status, 204);
    let list = admin.open("/admin/kinds").await.click("Report").await;
    let merger = list.click("Merge it into another kind…").await;
    let sure = merger.choose("Into which kind", "Statement");
    let sure = sure.press("See what follows").await;
    sure.press("Merge the two").await;
    let work = author.open("/admin").await;
    let form = work.click("Written meanwhile").await;
    assert_eq!(form.select("#kind option[selected]"), ["Statement"]);
    assert!(form.press("Save").await.has("Saved."));
}
