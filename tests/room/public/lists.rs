//! Lists: newest first, twelve a page, by kind, topic, place, year and month.

use dateline::accounts::{Person, Roles};
use dateline::newsroom::{KindId, Wording};
use scraper::{Html, Selector};

use crate::support::staffed::{Staffed, open, wording};

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn page(room: &Staffed, address: &str) -> Html {
    let response = room.get(&room.stranger(), address).await;
    assert_eq!(response.status(), 200, "{address}");
    Html::parse_document(&response.text().await.unwrap())
}

async fn status(room: &Staffed, address: &str) -> u16 {
    room.get(&room.stranger(), address).await.status().as_u16()
}

fn titles(page: &Html) -> Vec<String> {
    let headings = Selector::parse("main article h3").unwrap();
    page.select(&headings)
        .map(|heading| heading.text().collect::<String>().trim().to_owned())
        .collect()
}

fn publish(room: &Staffed, words: Wording, editor: &Person) {
    let item = room.start(words, editor);
    room.publish(item, editor.editor().unwrap());
}

#[actix_web::test]
async fn the_front_page_shows_the_newest_first_twelve_a_page_and_ends_where_the_list_ends() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    for number in 1..=26 {
        if number % 3 == 0 {
            // Two of three share their instant: then the later item stands first.
            room.clock.set(room.clock.now().plus_millis(1));
        }
        publish(&room, wording(&format!("Item {number}")), &editor);
    }
    let mut seen = Vec::new();
    for (address, count) in [("/", 12), ("/?page=2", 12), ("/?page=3", 2)] {
        let titles = titles(&page(&room, address).await);
        assert_eq!(titles.len(), count, "{address}");
        seen.extend(titles);
    }
    let expected: Vec<String> = (1..=26)
        .rev()
        .map(|number| format!("Item {number}"))
        .collect();
    assert_eq!(seen, expected);
    assert_eq!(status(&room, "/?page=4").await, 404);
    assert_eq!(
        status(&room, "/?page=99999999").await,
        200,
        "nonsense is the first page"
    );
}

#[actix_web::test]
async fn a_list_by_kind_topic_place_or_time_holds_what_belongs_there_and_nothing_else() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let about = |title: &str, kind: i64, topic: &str, place: &str| Wording {
        kind: KindId::new(kind),
        topics: vec![topic.parse().unwrap()],
        places: vec![place.parse().unwrap()],
        ..wording(title)
    };
    publish(&room, about("A", 1, "Ferries", "Port Sarrin"), &editor);
    room.clock.set(room.clock.now().plus_millis(40 * DAY));
    publish(&room, about("B", 2, "Ferries", "Dellmouth"), &editor);
    publish(&room, about("C", 1, "Courts", "Port Sarrin"), &editor);
    let cases: [(&str, &[&str]); 12] = [
        ("/press-releases", &["C", "A"]),
        ("/reports", &["B"]),
        ("/victories", &[]),
        ("/topics/ferries", &["B", "A"]),
        ("/places/port-sarrin", &["C", "A"]),
        ("/2018", &["A"]),
        ("/2018/11", &["A"]),
        ("/2019/01", &["C", "B"]),
        ("/?topic=ferries&place=dellmouth", &["B"]),
        ("/press-releases?topic=ferries", &["A"]),
        ("/topics/ferries?from=2019-01-01", &["B"]),
        ("/topics/ferries?to=2018-12-31", &["A"]),
    ];
    for (address, expected) in cases {
        assert_eq!(titles(&page(&room, address).await), expected, "{address}");
    }
    for nowhere in [
        "/2017",
        "/2018/12",
        "/2018/13",
        "/topics/nothing",
        "/kinds",
        "/?from=yesterday",
    ] {
        assert_eq!(status(&room, nowhere).await, 404, "{nowhere}");
    }
}

#[actix_web::test]
async fn a_correction_does_not_move_an_item_up() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let old = room.draft("Old", &editor);
    room.publish(old, editor.editor().unwrap());
    room.clock.set(room.clock.now().plus_millis(1));
    publish(&room, wording("New"), &editor);
    room.clock.set(room.clock.now().plus_millis(1));
    let words = Wording {
        summary: "Corrected words.".parse().unwrap(),
        ..wording("Old")
    };
    room.save(old, words, &editor);
    room.correct(old, "It was wrong.", editor.editor().unwrap());
    let front = page(&room, "/").await;
    assert_eq!(titles(&front), ["New", "Old"]);
    assert!(front.html().contains("Corrected words."));
}

#[actix_web::test]
async fn an_empty_room_says_so() {
    let room = open();
    let front = page(&room, "/").await;
    assert!(front.html().contains("Nothing has been published yet"));
}
