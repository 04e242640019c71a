//! Lists of one kind, topic, place, year or month, and the filters that narrow them.

use crate::support::{Room, release, report};

async fn titles(room: &Room, address: &str) -> Vec<String> {
    room.page(address).await.select("main article h3")
}

async fn furnished() -> Room {
    let room = Room::open().await;
    let ferry = release("Ferry stops").topic("Ferries").place("Port Sarrin");
    room.has(ferry.live_at("2017-12-31T23:59:59.999Z")).await;
    let court = report("Court sits").topic("Courts").place("Port Sarrin");
    room.has(court.live_at("2018-01-01T00:00:00Z")).await;
    let both = release("Captain in court").topic("Ferries").topic("Courts");
    room.has(both.place("Dellmouth").live_at("2018-06-30T23:30:00Z"))
        .await;
    room.has(release("Never out").topic("Ferries").topic("Secrets"))
        .await;
    room
}

#[actix_web::test]
async fn every_list_holds_what_belongs_there_and_says_what_it_is() {
    let room = furnished().await;
    let cases: [(&str, &str, &[&str]); 7] = [
        (
            "/press-releases",
            "Press releases",
            &["Captain in court", "Ferry stops"],
        ),
        ("/reports", "Reports", &["Court sits"]),
        (
            "/topics/ferries",
            "Ferries",
            &["Captain in court", "Ferry stops"],
        ),
        (
            "/places/port-sarrin",
            "Port Sarrin",
            &["Court sits", "Ferry stops"],
        ),
        ("/2017", "2017", &["Ferry stops"]),
        ("/2018", "2018", &["Captain in court", "Court sits"]),
        ("/2018/01", "January 2018", &["Court sits"]),
    ];
    for (address, heading, expected) in cases {
        let page = room.page(address).await;
        assert_eq!(page.only("h1"), heading);
        assert_eq!(page.select("main article h3"), expected, "{address}");
        let items = if expected.len() == 1 { "item" } else { "items" };
        assert_eq!(page.only(".count"), format!("{} {items}", expected.len()));
    }
}

#[actix_web::test]
async fn months_and_years_end_at_midnight_in_the_room_and_not_at_greenwich() {
    let room = furnished().await;
    // In London it was half past midnight on the first of July.
    assert_eq!(titles(&room, "/2018/07").await, ["Captain in court"]);
    assert_eq!(room.get("/2018/06").await.status, 404);
    assert_eq!(
        titles(&room, "/?from=2018-07-01&to=2018-07-01").await,
        ["Captain in court"]
    );
}

#[actix_web::test]
async fn filters_combine_and_each_can_be_taken_away() {
    let room = furnished().await;
    let visitor = room.visitor();
    let cases: [(&str, &[&str]); 6] = [
        ("/?topic=ferries&place=port-sarrin", &["Ferry stops"]),
        ("/?topic=ferries&from=2018-01-01", &["Captain in court"]),
        ("/press-releases?topic=courts", &["Captain in court"]),
        ("/topics/courts?to=2018-01-01", &["Court sits"]),
        ("/2018?place=port-sarrin", &["Court sits"]),
        ("/reports?topic=ferries", &[]),
    ];
    for (address, expected) in cases {
        assert_eq!(titles(&room, address).await, expected, "{address}");
    }
    let narrow = visitor
        .open("/press-releases?topic=courts&from=2018-01-01")
        .await;
    let labels = narrow.select(".filters a");
    assert_eq!(labels.len(), 2, "{labels:?}");
    let wider = narrow.click(&labels[1]).await;
    assert_eq!(wider.address, "/press-releases?topic=courts");
    assert_eq!(wider.select(".filters a").len(), 1);
}

#[actix_web::test]
async fn a_filtered_list_turns_its_pages_without_forgetting_the_filter() {
    let room = Room::open().await;
    for number in 1..=13 {
        let item = release(&format!("Ferry {number}")).topic("Ferries");
        room.has(item.live_at("2018-11-01T08:00:00Z")).await;
        room.has(report(&format!("Court {number}")).live_at("2018-11-01T08:00:00Z"))
            .await;
    }
    let visitor = room.visitor();
    let second = visitor
        .open("/?topic=ferries")
        .await
        .click("Older news")
        .await;
    assert_eq!(second.select("main article h3"), ["Ferry 1"]);
    assert_eq!(second.address, "/?topic=ferries&page=2");
    let reports = visitor.open("/reports").await.click("Older news").await;
    assert_eq!(reports.select("main article h3"), ["Court 1"]);
    assert_eq!(room.get("/reports?page=3").await.status, 404);
}

#[actix_web::test]
async fn what_no_public_item_names_is_a_plain_404_and_an_unused_kind_an_empty_list() {
    let room = furnished().await;
    let nothing = room.get("/nothing/here/at/all").await;
    assert_eq!(nothing.status, 404);
    for address in [
        "/topics/secrets",
        "/?topic=secrets",
        "/topics/no-such-topic",
        "/places/nowhere",
        "/2016",
        "/2018/13",
        "/2018/00",
        "/2018/03",
        "/?from=2018-02-30",
        "/?from=yesterday",
        "/no-such-kind",
    ] {
        assert_eq!(room.get(address).await, nothing, "{address}");
    }
    let victories = room.page("/victories").await;
    assert_eq!(victories.only("h1"), "Victories");
    assert!(victories.has("Nothing here yet"));
}

#[actix_web::test]
async fn no_list_has_a_page_behind_its_last_whatever_narrows_it() {
    let room = furnished().await;
    let nothing = room.get("/nothing/here/at/all").await;
    for (address, next) in [
        ("/press-releases", "?page=2"),
        ("/victories", "?page=2"),
        ("/topics/ferries", "?page=2"),
        ("/2018", "?page=2"),
        ("/?topic=ferries", "&page=2"),
        ("/reports?place=port-sarrin", "&page=2"),
        // Nothing fits both, and the one page says so.
        ("/reports?topic=ferries", "&page=2"),
        ("/?from=2030-01-01", "&page=900000"),
    ] {
        assert_eq!(room.get(address).await.status, 200, "{address}");
        let behind = format!("{address}{next}");
        assert_eq!(room.get(&behind).await, nothing, "{behind}");
    }
    let empty = room.page("/reports?topic=ferries").await;
    assert!(empty.has("Nothing fits all of this"));
}

#[actix_web::test]
async fn the_navigation_says_where_one_is() {
    let room = Room::open().await;
    for (address, name) in [("/", "All news"), ("/reports", "Reports")] {
        let page = room.page(address).await;
        assert_eq!(page.only("nav [aria-current=page]"), name);
    }
}
