//! The Atom feed: newest first; a correction keeps an entry's id and place and moves `updated`.

use atom_syndication::{Entry, Feed};
use dateline::newsroom::Change;

use crate::support::{Room, release, report};

async fn feed(room: &Room) -> Feed {
    let answer = room.page("/feed.atom").await;
    assert!(
        answer
            .header("content-type")
            .starts_with("application/atom+xml")
    );
    answer.source().parse().unwrap()
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries
        .iter()
        .map(|entry| entry.title.as_str())
        .collect()
}

fn summary(entry: &Entry) -> &str {
    entry.summary.as_ref().unwrap().as_str()
}

async fn two(room: &Room) -> dateline::newsroom::ItemId {
    let old = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    room.has(report("Court sits").live_at("2018-11-21T09:00:00Z"))
        .await;
    old
}

#[actix_web::test]
async fn the_feed_has_the_newest_first_with_all_that_a_reader_program_needs() {
    let room = Room::open().await;
    two(&room).await;
    let feed = feed(&room).await;
    assert_eq!(feed.title.as_str(), "Open Quay");
    assert_eq!(titles(&feed), ["Court sits", "Ferry stops"]);
    let entry = &feed.entries[1];
    assert!(entry.id.starts_with("urn:uuid:"));
    assert_ne!(entry.id, feed.entries[0].id);
    assert_eq!(
        entry.links[0].href,
        format!("{}/news/ferry-stops", room.root)
    );
    assert_eq!(
        entry.published.unwrap().to_rfc3339(),
        "2018-11-20T09:00:00+00:00"
    );
    assert_eq!(entry.updated, entry.published.unwrap());
    assert_eq!(summary(entry), "In short: Ferry stops.");
    let words = entry.content.as_ref().unwrap().value.as_ref().unwrap();
    assert!(words.contains("In full: Ferry stops."));
    assert_eq!(entry.categories[0].label.as_deref(), Some("Press release"));
    assert_eq!(feed.updated, feed.entries[0].updated);
    let own = feed.links.iter().find(|link| link.rel == "self").unwrap();
    assert_eq!(own.href, format!("{}/feed.atom", room.root));
}

#[actix_web::test]
async fn every_page_names_the_feed_to_reader_programs() {
    let room = Room::open().await;
    two(&room).await;
    for address in ["/", "/reports", "/news/ferry-stops"] {
        let page = room.page(address).await;
        let css = "link[rel=alternate][type='application/atom+xml']";
        assert_eq!(page.attr(css, "href"), "/feed.atom");
    }
}

#[actix_web::test]
async fn a_correction_keeps_an_entrys_id_and_place_and_moves_its_update() {
    let room = Room::open().await;
    let item = two(&room).await;
    let before = feed(&room).await;
    let words = release("Ferry stops").summary("It stopped at nine.");
    room.change(item, words, (Change::Correction, "Not at ten."))
        .await;
    let after = feed(&room).await;
    assert_eq!(titles(&after), ["Court sits", "Ferry stops"]);
    let (old, new) = (&before.entries[1], &after.entries[1]);
    assert_eq!((&old.id, old.published), (&new.id, new.published));
    assert_eq!(new.updated.to_rfc3339(), "2018-11-26T12:00:00+00:00");
    assert_eq!(after.updated, new.updated);
    assert_eq!(summary(new), "It stopped at nine.");
}

#[actix_web::test]
async fn a_typo_changes_the_words_and_no_date() {
    let room = Room::open().await;
    let item = two(&room).await;
    let before = feed(&room).await;
    room.change(
        item,
        release("Ferry stops").summary("It stopped."),
        (Change::Typo, ""),
    )
    .await;
    let after = feed(&room).await;
    assert_eq!(summary(&after.entries[1]), "It stopped.");
    assert_eq!(after.entries[1].updated, before.entries[1].updated);
    assert_eq!(after.updated, before.updated);
}

#[actix_web::test]
async fn a_withdrawn_item_stays_in_the_feed_as_its_notice_until_it_is_restored() {
    let room = Room::open().await;
    let item = two(&room).await;
    let id = feed(&room).await.entries[1].id.clone();
    room.withdraw(item, "The ferry never stopped.").await;
    let withdrawn = feed(&room).await;
    let entry = &withdrawn.entries[1];
    assert_eq!((&entry.id, titles(&withdrawn).len()), (&id, 2));
    assert_eq!(summary(entry), "Withdrawn: The ferry never stopped.");
    assert_eq!(entry.updated.to_rfc3339(), "2018-11-26T12:00:00+00:00");
    assert!(
        !room
            .page("/feed.atom")
            .await
            .source()
            .contains("In full: Ferry stops.")
    );
    room.clock.pass(1000);
    room.restore(item, "It did stop.").await;
    let restored = feed(&room).await;
    let entry = &restored.entries[1];
    assert_eq!((&entry.id, summary(entry)), (&id, "In short: Ferry stops."));
    assert_eq!(entry.updated.to_rfc3339(), "2018-11-26T12:00:01+00:00");
}

#[actix_web::test]
async fn a_feed_ends_after_thirty_entries() {
    let room = Room::open().await;
    for number in 1..=31 {
        let item = release(&format!("Item {number}"));
        room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    }
    let feed = feed(&room).await;
    let titles = titles(&feed);
    assert_eq!(
        (titles.len(), titles[0], titles[29]),
        (30, "Item 31", "Item 2")
    );
}

#[actix_web::test]
async fn an_empty_feed_is_a_feed() {
    let room = Room::open().await;
    assert!(feed(&room).await.entries.is_empty());
}
