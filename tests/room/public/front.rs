//! The front page: who speaks here, whom to call, and the newest news first.

use crate::support::{Room, release};

#[actix_web::test]
async fn the_front_says_who_speaks_what_they_bring_and_whom_the_press_can_call() {
    let room = Room::open().await;
    let front = room.page("/").await;
    assert_eq!(front.only("h1"), "We keep every harbour open.");
    assert_eq!(front.only("h1 mark"), "open");
    assert!(front.has("News, reports and victories from the quays."));
    for words in [
        "Mara Lind",
        "Press desk",
        "English, Arabic",
        "press@quay.example",
    ] {
        assert!(front.only("#press").contains(words), "{words}");
    }
    let links = front.attrs("#press a", "href");
    assert_eq!(links, ["tel:+442079460142", "mailto:press@quay.example"]);
}

#[actix_web::test]
async fn the_newest_leads_and_twelve_items_stand_on_a_page_until_the_last() {
    let room = Room::open().await;
    for number in 1..=25 {
        let day = format!("2018-10-{number:02}T08:00:00Z");
        room.has(release(&format!("Item {number}")).live_at(&day))
            .await;
    }
    let mut seen = Vec::new();
    for (address, leads, pages) in [
        ("/", 1, "Page 1 of 3"),
        ("/?page=2", 0, "Page 2 of 3"),
        ("/?page=3", 0, "Page 3 of 3"),
    ] {
        let page = room.page(address).await;
        assert_eq!(page.count("main article.lead"), leads, "{address}");
        assert_eq!(page.only("nav.pager p"), pages);
        seen.push(page.select("main article h3"));
    }
    let lengths: Vec<usize> = seen.iter().map(Vec::len).collect();
    assert_eq!(lengths, [12, 12, 1]);
    let expected: Vec<String> = (1..=25)
        .rev()
        .map(|number| format!("Item {number}"))
        .collect();
    assert_eq!(seen.concat(), expected);
    assert_eq!(room.page("/").await.only("article.lead h3"), "Item 25");
}

#[actix_web::test]
async fn the_pages_are_linked_in_both_directions_and_end_in_a_plain_404() {
    let room = Room::open().await;
    for number in 1..=13 {
        room.has(release(&format!("Item {number}")).live_at("2018-11-01T08:00:00Z"))
            .await;
    }
    let visitor = room.visitor();
    let second = visitor.open("/").await.click("Older news").await;
    assert_eq!(second.address, "/?page=2");
    assert_eq!(second.select("main article h3"), ["Item 1"]);
    assert_eq!(second.count("a[rel=next]"), 0);
    assert_eq!(second.click("Newer news").await.address, "/");
    assert_eq!(
        room.get("/?page=3").await,
        room.get("/nothing/here/at/all").await
    );
    assert_eq!(room.get("/?page=3").await.status, 404);
}

#[actix_web::test]
async fn of_two_that_came_out_in_one_millisecond_the_item_started_last_stands_first() {
    let room = Room::open().await;
    let first = room.has(release("Started first")).await;
    let second = room.has(release("Started second")).await;
    room.publish(second, "2018-11-20T09:00:00Z").await;
    room.publish(first, "2018-11-20T09:00:00Z").await;
    room.has(release("Started last").live_at("2018-11-19T09:00:00Z"))
        .await;
    let order = ["Started second", "Started first", "Started last"];
    assert_eq!(room.page("/").await.select("main article h3"), order);
    assert_eq!(
        room.page("/press-releases").await.select("main article h3"),
        order
    );
}

#[actix_web::test]
async fn a_card_shows_kind_title_summary_and_date_and_leads_to_the_item() {
    let room = Room::open().await;
    let visitor = room.visitor();
    room.has(release("Ferry stops").live_at("2018-07-01T09:30:00Z"))
        .await;
    let front = visitor.open("/").await;
    assert_eq!(front.only("article a.label"), "Press release");
    assert_eq!(front.attr("article a.label", "href"), "/press-releases");
    assert_eq!(front.only("article .summary"), "In short: Ferry stops.");
    assert_eq!(
        front.attr("article time", "datetime"),
        "2018-07-01T10:30:00+01:00"
    );
    assert_eq!(front.only("article time"), "1 July 2018, 10:30");
    assert_eq!(
        front.click("Ferry stops").await.address,
        "/news/ferry-stops"
    );
}

#[actix_web::test]
async fn without_a_photo_the_kinds_graphic_stands_in_and_is_hidden_from_the_ear() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let front = room.page("/").await;
    assert_eq!(front.count("article img"), 0);
    assert_eq!(front.only("article .graphic"), "Press release");
    assert_eq!(front.attr("article .graphic", "aria-hidden"), "true");
}

#[actix_web::test]
async fn a_room_without_news_says_so_and_whom_to_call() {
    let room = Room::open().await;
    let front = room.page("/").await;
    assert!(front.has("Nothing has been published yet"));
    assert_eq!(front.attr(".nothing a", "href"), "#press");
    assert_eq!(front.count("main article"), 0);
}
