//! The order of topics, and of places among those that stand below the same one.

use super::words::LIVE;
use crate::support::{Browser, Planned, Room, release};

/// Opens the page of one, and gives it that place.
async fn put(editor: &Browser, (list, name): (&str, &str), (label, place): (&str, &str)) {
    let page = editor.open(list).await.click(name).await;
    let saved = page.choose(label, place).press("Save").await;
    assert!(saved.has("Saved."), "{}", saved.text());
}

/// Name, what it stands below and place, row by row.
async fn listed(editor: &Browser, list: &str, columns: &[&str]) -> Vec<String> {
    let page = editor.open(list).await;
    let names = page.select("tbody th");
    let mut rows = vec![String::new(); names.len()];
    for column in columns {
        let cells = page.select(&format!("td[data-column='{column}']"));
        for (row, cell) in rows.iter_mut().zip(cells) {
            row.push('|');
            row.push_str(&cell);
        }
    }
    let whole = names.into_iter().zip(rows);
    whole.map(|(name, row)| name + &row).collect()
}

#[actix_web::test]
async fn topics_stand_as_editors_put_them_and_items_name_them_so() {
    let room = Room::open().await;
    let ferry = ["Boats", "Ferries", "Strikes", "Weather"];
    let mut item = release("Ferry stops");
    for topic in ferry {
        item = item.topic(topic);
    }
    room.has(item.live_at(LIVE)).await;
    let editor = room.editor().await;
    let topics = "/admin/topics";
    let place = "Place among the topics";
    put(&editor, (topics, "Weather"), (place, "1")).await;
    put(&editor, (topics, "Strikes"), (place, "2")).await;
    put(&editor, (topics, "Ferries"), (place, "1")).await;
    assert_eq!(
        listed(&editor, topics, &["Place"]).await,
        ["Ferries|1", "Weather|2", "Strikes|3", "Boats|By name"]
    );
    let page = room.page("/news/ferry-stops").await;
    let named = page.select("a[href^='/topics/']");
    assert_eq!(named, ["Ferries", "Weather", "Strikes", "Boats"]);
    // What somebody wrote stays as they wrote it.
    let mut form = editor.open("/admin/items/1").await;
    assert_eq!(form.filled("Topics"), "Boats, Ferries, Strikes, Weather");

    let by_name = "By its name, behind those with a place";
    put(&editor, (topics, "Weather"), (place, by_name)).await;
    assert_eq!(
        listed(&editor, topics, &["Place"]).await,
        ["Ferries|1", "Strikes|2", "Boats|By name", "Weather|By name"]
    );
    let log = room.admin().await.get("/admin/log").await;
    assert!(log.has("Ferries at place 1"), "{}", log.text());
    assert!(log.has("Weather by its name"));
    let author = room.author().await;
    assert_eq!(author.get("/admin/topics/1").await.status, 403);
}

#[actix_web::test]
async fn places_stand_in_order_among_those_below_the_same_one() {
    let room = Room::open().await;
    let item = ["Velmara", "Sarrin", "Tholl", "Quay Island"];
    let item = item
        .into_iter()
        .fold(release("Ferry stops"), Planned::place);
    room.has(item.live_at(LIVE)).await;
    let editor = room.editor().await;
    let places = "/admin/places";
    for place in ["Sarrin", "Tholl"] {
        let page = editor.open(places).await.click(place).await;
        let saved = page.fill("Stands below", "Velmara").press("Save").await;
        assert!(saved.has("Saved."), "{}", saved.text());
    }
    put(&editor, (places, "Tholl"), ("Place", "1")).await;
    put(&editor, (places, "Velmara"), ("Place", "1")).await;
    let columns = ["Below", "Place"];
    assert_eq!(
        listed(&editor, places, &columns).await,
        [
            "Velmara||1",
            "Tholl|Velmara|1",
            "Sarrin|Velmara|By name",
            "Quay Island||By name",
        ]
    );
    let page = room.page("/news/ferry-stops").await;
    let named = page.select("a[href^='/places/']");
    assert_eq!(named, ["Velmara", "Quay Island", "Tholl", "Sarrin"]);

    put(&editor, (places, "Sarrin"), ("Place", "2")).await;
    // Below another place it stands by its name, and those that it leaves close up.
    let page = editor.open(places).await.click("Tholl").await;
    let saved = page.fill("Stands below", "Quay Island").press("Save").await;
    assert!(saved.has("Saved."));
    assert_eq!(
        listed(&editor, places, &columns).await,
        [
            "Velmara||1",
            "Sarrin|Velmara|1",
            "Quay Island||By name",
            "Tholl|Quay Island|By name",
        ]
    );
}

#[actix_web::test]
async fn a_topic_that_goes_leaves_no_gap_in_the_order() {
    let room = Room::open().await;
    let topics = ["Boats", "Ferries"];
    let item = topics
        .into_iter()
        .fold(release("Ferry stops"), Planned::topic);
    room.has(item.live_at(LIVE)).await;
    let editor = room.editor().await;
    let list = editor.open("/admin/topics").await;
    list.fill("Name of a new topic", "Unused")
        .press("Add")
        .await;
    let place = "Place among the topics";
    for (name, number) in [("Unused", "1"), ("Boats", "2"), ("Ferries", "3")] {
        put(&editor, ("/admin/topics", name), (place, number)).await;
    }
    let unused = editor.open("/admin/topics").await.click("Unused").await;
    assert!(unused.press("Delete the topic").await.has("Deleted."));
    assert_eq!(
        listed(&editor, "/admin/topics", &["Place"]).await,
        ["Boats|1", "Ferries|2"]
    );
    let boats = editor.open("/admin/topics").await.click("Boats").await;
    let merger = boats.click("Merge it into another topic…").await;
    let merger = merger.fill("Into which topic", "Ferries");
    let page = merger.press("See what follows").await;
    let merged = page.press("Merge the two").await;
    assert_eq!(merged.status, 200, "{}", merged.text());
    assert_eq!(
        listed(&editor, "/admin/topics", &["Place"]).await,
        ["Ferries|1"]
    );
}
