//! What makes daily work easier: one search, keys and colours of one's own, a guide, a way from a page to its editor.

use crate::support::{Room, jpeg, pdf, release};

#[actix_web::test]
async fn one_search_finds_items_pictures_and_files_and_for_admins_people() {
    let room = Room::open().await;
    room.has(release("Éva’s harbour verdict").live_at("2018-11-25T09:00:00Z"))
        .await;
    let (author, admin) = (room.author().await, room.admin().await);
    let pictures = author.open("/admin/images").await;
    let pictures = pictures.attach("Add pictures", "eva-harbour.jpg", &jpeg(400, 200));
    pictures.press("Upload").await;

    let found = author.open("/admin/search?words=eva+HARBOUR").await;
    assert_eq!(found.select(".items th a"), ["Éva’s harbour verdict"]);
    assert_eq!(found.count(".tiles .tile"), 1);
    assert_eq!(found.only(".count"), "2 things have these words.");
    room.keep("eva-harbour.pdf", &pdf(1, "a"), "The verdict")
        .await;
    let found = author.open("/admin/search?words=harbour+VERDICT").await;
    assert_eq!(found.select(".found a"), ["File 1: The verdict"]);
    assert_eq!(found.only(".count"), "2 things have these words.");
    let page = found.click("File 1: The verdict").await;
    assert_eq!(page.address, "/admin/files/1");
    let found = author.open("/admin/search?words=Eva+quay").await;
    assert_eq!(found.count(".found"), 0, "an author looks nobody up");
    let found = admin.open("/admin/search?words=EVA@quay").await;
    assert_eq!(found.select(".found a"), ["Eva"]);
    let none = author.open("/admin/search?words=%25").await;
    assert_eq!(none.only(".count"), "Nothing has these words.");
    let blank = author.open("/admin/search").await;
    assert!(blank.has("Write words into the field on top."));
}

#[actix_web::test]
async fn colours_density_and_keys_are_a_persons_own_and_readers_pages_are_the_same_for_everybody() {
    let room = Room::open().await;
    let (eva, other) = (room.editor().await, room.author().await);
    let front = room.page("/").await.source();
    let page = eva.open("/admin").await;
    assert_eq!(
        (page.count("body.dense"), page.count("[data-keys] dialog")),
        (0, 1)
    );
    let sheet = page.attr("link[rel=stylesheet]", "href");
    let account = eva.open("/admin/account").await;
    let chosen = account
        .choose("Colours", "Dark")
        .choose("Density", "Dense")
        .tick("Keys are shortcuts", false);
    let kept = chosen.press("Keep this").await;
    assert_eq!((kept.count("body.dense"), kept.count("dialog")), (1, 0));
    assert_eq!(kept.count("[data-keys]"), 0);
    let dark = kept.attr("link[rel=stylesheet]", "href");
    assert_ne!(dark, sheet);
    assert!(dark.contains("admin.dark"), "{dark}");

    room.clock.pass(1000);
    let again = room.editor().await.open("/admin").await.source();
    assert!(again.contains(&dark), "stored with the person");
    let others = other.open("/admin").await;
    assert_eq!(others.attr("link[rel=stylesheet]", "href"), sheet);
    assert_eq!(eva.get("/").await.source(), front);
}

#[actix_web::test]
async fn staff_come_from_what_readers_see_to_the_editor() {
    let room = Room::open().await;
    room.has(release("Verdict in Paris").live_at("2018-11-25T09:00:00Z"))
        .await;
    room.has(release("Still to come").going_live_at("2018-11-27T09:00:00Z"))
        .await;
    let author = room.author().await;
    let front = author.open("/admin/readers/").await;
    assert!(front.has("This is what readers see now."));
    assert!(
        !front.has("Still to come"),
        "nothing that readers do not see"
    );
    let item = front.click("Verdict in Paris").await;
    assert_eq!(item.address, "/admin/readers/news/verdict-in-paris");
    let editor = item.click("Edit this item").await;
    assert!(
        editor.address.starts_with("/admin/items/"),
        "{}",
        editor.address
    );
    let hidden = author.get("/admin/readers/news/still-to-come").await;
    assert_eq!(hidden.status, 404);
    let page = room.page("/news/verdict-in-paris").await;
    assert!(
        !page.source().contains("/admin"),
        "readers' pages know no editor"
    );
    let stranger = room.get("/admin/readers/").await;
    assert_eq!(stranger.status, 303);
}

#[actix_web::test]
async fn the_guide_leads_to_what_somebody_may_do() {
    let room = Room::open().await;
    let guide = room
        .author()
        .await
        .open("/admin")
        .await
        .click("Guide")
        .await
        .source();
    assert!(guide.contains("/admin/items/new") && !guide.contains("/admin/people/new"));
    let admins = room.admin().await.open("/admin/guide").await.source();
    assert!(admins.contains("/admin/people/new") && !admins.contains("/admin/items/new"));
}
