//! Topics and places: renamed, merged, nested, deleted when nothing uses them.

use crate::support::{Browser, Room, Tab, release};

pub(super) const LIVE: &str = "2018-11-20T09:00:00Z";

async fn word<'a>(editor: &'a Browser, list: &str, name: &str) -> Tab<'a> {
    editor.open(list).await.click(name).await
}

pub(super) async fn titles(room: &Room, address: &str) -> Vec<String> {
    room.page(address).await.select("main article h3")
}

pub(super) async fn leads(room: &Room, from: &str, to: &str) {
    let page = room.get(from).await;
    assert_eq!((page.status, page.header("location")), (301, to), "{from}");
}

#[actix_web::test]
async fn a_topic_that_is_renamed_keeps_its_readers() {
    let room = Room::open().await;
    room.has(release("Ferry stops").topic("Feries").live_at(LIVE))
        .await;
    let item = room
        .has(release("Never out").topic("Feries").topic("Secret plan"))
        .await;
    let editor = room.editor().await;
    let page = word(&editor, "/admin/topics", "Feries").await;
    assert_eq!(page.only(".count"), "2 items");
    let form = page.fill("Name", "Ferries").fill("Address", "");
    assert!(form.press("Save").await.has("Saved."));
    assert_eq!(titles(&room, "/topics/ferries").await, ["Ferry stops"]);
    leads(&room, "/topics/feries", "/topics/ferries").await;
    leads(&room, "/?topic=feries", "/?topic=ferries").await;
    assert!(room.page("/news/ferry-stops").await.has("Ferries"));
    // What readers never knew leads nowhere under its old address.
    let hidden = word(&editor, "/admin/topics", "Secret plan").await;
    let hidden = hidden
        .fill("Name", "Open plan")
        .fill("Address", "open-plan");
    hidden.press("Save").await;
    for address in ["/topics/secret-plan", "/topics/open-plan"] {
        assert_eq!(room.get(address).await.status, 404, "{address}");
    }
    // The same words saved again are no new revision, though the topic has another name by now.
    let form = editor.open(&format!("/admin/items/{item}")).await;
    form.press("Save").await;
    let history = editor.open(&format!("/admin/items/{item}/history")).await;
    assert!(!history.has("Revision 2"), "{}", history.text());
    let log = editor.get("/admin/log").await;
    assert!(!log.has("changed a topic"), "editors read of items alone");
    let log = room.admin().await.get("/admin/log").await;
    assert!(
        log.has("Feries (feries) → Ferries (ferries)"),
        "{}",
        log.text()
    );
}

#[actix_web::test]
async fn a_name_or_an_address_that_is_taken_is_refused_beside_its_field() {
    let room = Room::open().await;
    let ferry = release("Ferry stops")
        .topic("Ferries")
        .topic("Boats")
        .topic("Ships");
    room.has(ferry.live_at(LIVE)).await;
    let editor = room.editor().await;
    let page = word(&editor, "/admin/topics", "Ships").await;
    page.fill("Address", "vessels").press("Save").await;
    let page = word(&editor, "/admin/topics", "Boats").await;
    for (label, value, id) in [
        ("Name", "FERRIES", "name"),
        ("Name", " ", "name"),
        ("Name", "A, b", "name"),
        ("Address", "ferries", "slug"),
        ("Address", "ships", "slug"),
        ("Address", "No Slug", "slug"),
    ] {
        let answer = page.clone().fill(label, value).press("Save").await;
        assert_eq!(answer.status, 422, "{label} {value}");
        assert_eq!(answer.count(&format!("#{id}-error")), 1, "{label} {value}");
    }
    let list = editor.open("/admin/topics").await;
    let taken = list
        .clone()
        .fill("Name of a new topic", "boats")
        .press("Add")
        .await;
    assert_eq!(taken.status, 422);
    assert!(taken.only("#name-error").contains("has this name already"));
    let added = list
        .fill("Name of a new topic", "Harbours")
        .press("Add")
        .await;
    assert!(added.has("Added.") && added.has("Harbours") && added.has("Not used"));
}

#[actix_web::test]
async fn two_topics_become_one_and_every_revision_is_known_as_it_was() {
    let room = Room::open().await;
    room.has(release("Ferry stops").topic("Boats").live_at(LIVE))
        .await;
    room.has(release("Bridge opens").topic("Ships").live_at(LIVE))
        .await;
    room.has(
        release("Both sail")
            .topic("Boats")
            .topic("Ships")
            .live_at(LIVE),
    )
    .await;
    let editor = room.editor().await;
    let page = word(&editor, "/admin/topics", "Boats").await;
    let merger = page.click("Merge it into another topic…").await;
    let unknown = merger
        .clone()
        .fill("Into which topic", "Whales")
        .press("See what follows")
        .await;
    assert_eq!(unknown.status, 422);
    let itself = merger
        .clone()
        .fill("Into which topic", "boats")
        .press("See what follows")
        .await;
    assert!(itself.only("#into-error").contains("into itself"));
    let sure = merger
        .fill("Into which topic", "ships")
        .press("See what follows")
        .await;
    assert!(
        sure.has("2 items about “Boats” will be about “Ships” instead"),
        "{}",
        sure.text()
    );
    assert!(sure.has("/topics/boats will lead readers to /topics/ships."));
    let list = sure.press("Merge the two").await;
    assert!(list.has("Merged.") && !list.select("th[scope=row]").contains(&"Boats".to_owned()));
    assert_eq!(
        titles(&room, "/topics/ships").await,
        ["Both sail", "Bridge opens", "Ferry stops"]
    );
    leads(&room, "/topics/boats", "/topics/ships").await;
    let both = room.page("/news/both-sail").await;
    let mut topics = both.attrs("main a", "href");
    topics.retain(|href| href.starts_with("/topics/"));
    assert_eq!(topics, ["/topics/ships"]);
    // Whoever types the old name means the new one.
    room.has(release("Ship sinks").topic("boats").live_at(LIVE))
        .await;
    assert_eq!(titles(&room, "/topics/ships").await.len(), 4);
    let mut raw = crate::storage::raw::Raw::open(&room.file());
    let before = "SELECT r.title || ': ' || s.name AS one FROM former_ties t \
        JOIN revisions r ON r.id = t.revision_id JOIN subjects s ON s.id = t.subject_id ORDER BY r.id";
    assert_eq!(
        raw.words(before),
        ["Ferry stops: Boats", "Both sail: Boats"]
    );
    // A second merger takes the first one's address along.
    let page = word(&editor, "/admin/topics", "Ships").await;
    editor
        .open("/admin/topics")
        .await
        .fill("Name of a new topic", "Sea")
        .press("Add")
        .await;
    let merger = page.click("Merge it into another topic…").await;
    let sure = merger
        .fill("Into which topic", "Sea")
        .press("See what follows")
        .await;
    sure.press("Merge the two").await;
    leads(&room, "/topics/boats", "/topics/sea").await;
    leads(&room, "/topics/ships", "/topics/sea").await;
}

#[actix_web::test]
async fn a_page_of_a_place_shows_what_is_below_it() {
    let room = Room::open().await;
    room.has(release("Strike in Sarrin").place("Sarrin").live_at(LIVE))
        .await;
    room.has(release("Vote in Velmara").place("Velmara").live_at(LIVE))
        .await;
    room.has(release("Never out").place("Dellmouth")).await;
    let editor = room.editor().await;
    let add = editor.open("/admin/places").await;
    add.fill("Name of a new place", "The North")
        .press("Add")
        .await;
    assert_eq!(
        room.get("/places/the-north").await.status,
        404,
        "nothing is there"
    );
    let below = async |place: &str, parent: &str| {
        let page = word(&editor, "/admin/places", place).await;
        page.fill("Stands below", parent).press("Save").await
    };
    assert!(below("Sarrin", "velmara").await.has("Saved."));
    assert!(below("Velmara", "The North").await.has("Saved."));
    let all = ["Vote in Velmara", "Strike in Sarrin"];
    assert_eq!(titles(&room, "/places/velmara").await, all);
    assert_eq!(titles(&room, "/places/the-north").await, all);
    assert_eq!(titles(&room, "/?place=the-north").await, all);
    assert_eq!(titles(&room, "/places/sarrin").await, ["Strike in Sarrin"]);
    for (place, parent, says) in [
        ("Velmara", "Sarrin", "cannot stand below itself"),
        ("Dellmouth", "Sarrin", "three steps at most"),
        ("Dellmouth", "Nowhere", "no place of this name"),
    ] {
        let refused = below(place, parent).await;
        assert_eq!(refused.status, 422, "{place}");
        assert!(refused.only("#parent-error").contains(says), "{place}");
    }
    assert!(below("Sarrin", "").await.has("Saved."));
    assert_eq!(titles(&room, "/places/velmara").await, ["Vote in Velmara"]);
}

#[actix_web::test]
async fn an_upper_place_that_readers_know_through_what_is_below_leads_on_when_it_is_renamed() {
    let room = Room::open().await;
    room.has(release("Strike in Sarrin").place("Sarrin").live_at(LIVE))
        .await;
    let editor = room.editor().await;
    let add = editor.open("/admin/places").await;
    let add = add
        .fill("Name of a new place", "Velmara")
        .press("Add")
        .await;
    assert_eq!(add.status, 200);
    let sarrin = word(&editor, "/admin/places", "Sarrin").await;
    sarrin.fill("Stands below", "Velmara").press("Save").await;
    assert_eq!(room.get("/places/velmara").await.status, 200);
    let velmara = word(&editor, "/admin/places", "Velmara").await;
    let renamed = velmara.fill("Name", "Velmara Coast").fill("Address", "");
    assert!(renamed.press("Save").await.has("Saved."));
    leads(&room, "/places/velmara", "/places/velmara-coast").await;
}

#[actix_web::test]
async fn a_page_of_before_takes_nothing_back_that_another_editor_changed() {
    let room = Room::open().await;
    room.has(release("Strike").topic("Sea")).await;
    let editor = room.editor().await;
    let before = word(&editor, "/admin/topics", "Sea").await;
    let now = word(&editor, "/admin/topics", "Sea").await;
    assert!(
        now.fill("Name", "The sea")
            .press("Save")
            .await
            .has("Saved.")
    );
    let late = before.fill("Address", "ocean").press("Save").await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(late.has("Someone changed this in the meantime."));
    let names = editor.open("/admin/topics").await;
    assert!(names.has("The sea"), "{}", names.text());
    // Whoever has read that saves it all the same.
    let again = late.fill("Name", "Seas").press("Save").await;
    assert!(again.has("Saved."), "{}", again.text());
}

#[actix_web::test]
async fn the_countries_are_loaded_and_none_twice() {
    let room = Room::open().await;
    room.has(release("Vote in Mali").place("MALI").live_at(LIVE))
        .await;
    let editor = room.editor().await;
    let topics = editor.open("/admin/topics").await;
    assert!(!topics.has("Load the countries"), "topics are no countries");
    let places = editor.open("/admin/places").await;
    let loaded = places.press("Load the countries").await;
    assert!(loaded.has("249 countries were added."), "{}", loaded.text());
    assert_eq!(loaded.only(".count"), "250 in all", "Mali was here");
    let names = loaded.select("th[scope=row]");
    assert!(names.contains(&"Bolivia".to_owned()));
    assert_eq!(
        room.get("/places/bolivia").await.status,
        404,
        "nothing is there"
    );
    // One with another name, and one that went into another place, are not loaded again.
    let page = word(&editor, "/admin/places", "Albania").await;
    page.fill("Name", "Shqipëria").press("Save").await;
    let page = word(&editor, "/admin/places", "Andorra").await;
    let merger = page.click("Merge it into another place…").await;
    let sure = merger.fill("Into which place", "Angola");
    let sure = sure.press("See what follows").await;
    let list = sure.press("Merge the two").await;
    let again = list.press("Load the countries").await;
    assert!(again.has("Every country was here already."));
    assert_eq!(again.only(".count"), "249 in all");
    // One that was deleted is missing, and comes back.
    let page = word(&editor, "/admin/places", "Angola").await;
    assert!(page.has("it cannot be deleted"), "another one went into it");
    let page = word(&editor, "/admin/places", "Anguilla").await;
    let list = page.press("Delete the place").await;
    let again = list.press("Load the countries").await;
    assert!(again.has("One country was added."), "{}", again.text());
}

#[actix_web::test]
async fn only_what_nothing_ever_named_is_deleted() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops").topic("Boats")).await;
    room.save(item, release("Ferry stops")).await;
    let editor = room.editor().await;
    let page = word(&editor, "/admin/topics", "Boats").await;
    assert_eq!(page.only(".count"), "Not used");
    assert!(page.has("it cannot be deleted"), "an old revision names it");
    let mut forced = editor
        .open("/admin/topics")
        .await
        .fill("Name of a new topic", "x");
    forced.aim_at("/admin/topics/1/end");
    assert_eq!(forced.pressed("Add").await.status, 409);
    editor
        .open("/admin/topics")
        .await
        .fill("Name of a new topic", "Whales")
        .press("Add")
        .await;
    let page = word(&editor, "/admin/topics", "Whales").await;
    let list = page.press("Delete the topic").await;
    assert!(list.has("Deleted.") && !list.has("Whales"));
}

#[actix_web::test]
async fn the_leak_check_knows_places_that_show_what_is_below_and_addresses_that_lead_on() {
    let room = Room::open().await;
    room.has(
        release("Strike in Sarrin")
            .place("Sarrin")
            .topic("Boats")
            .live_at(LIVE),
    )
    .await;
    let editor = room.editor().await;
    let add = editor.open("/admin/places").await;
    add.fill("Name of a new place", "Velmara")
        .press("Add")
        .await;
    let page = word(&editor, "/admin/places", "Sarrin").await;
    page.fill("Stands below", "Velmara").press("Save").await;
    editor
        .open("/admin/topics")
        .await
        .fill("Name of a new topic", "Ships")
        .press("Add")
        .await;
    let page = word(&editor, "/admin/topics", "Boats").await;
    let merger = page.click("Merge it into another topic…").await;
    let sure = merger
        .fill("Into which topic", "Ships")
        .press("See what follows")
        .await;
    sure.press("Merge the two").await;
    editor.open("/admin/leaks").await.press("Check now").await;
    loop {
        let page = editor.open("/admin/leaks").await;
        if !page.has("The check is running.") {
            assert!(page.has("Nothing leaks"), "{}", page.text());
            break;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
