//! One item's page: its parts in their order, and what readers are told of its changes.

use dateline::newsroom::{Change, ItemId};

use crate::support::{Page, Planned, Room, Shot, release};

async fn shot(room: &Room, width: u32) -> Shot {
    let words = [
        "A boat at sea",
        "A boat leaves at dusk.",
        "Mara Lind / Quay",
        "Free to use",
    ];
    room.photo(width, words).await
}

fn full(lead: &Shot, body: &Shot) -> Planned {
    let text = format!("It **stopped**.\n\n![](image:{})\n\n> Gone.", body.id);
    release("Ferry stops")
        .summary("No ferry sails since Monday.")
        .body(&text)
        .written_in("Port Sarrin")
        .notes("Call *before* noon.")
        .contact("desk")
        .topic("Ferries")
        .place("Port Sarrin")
        .lead(lead.id)
        .live_at("2018-11-20T09:00:00Z")
}

async fn story(room: &Room) -> (ItemId, Page) {
    let (lead, body) = (shot(room, 1000).await, shot(room, 800).await);
    let item = room.has(full(&lead, &body)).await;
    (item, room.page("/news/ferry-stops").await)
}

#[actix_web::test]
async fn the_page_reads_from_the_kind_down_to_the_topics() {
    let room = Room::open().await;
    let (_, page) = story(&room).await;
    let parts = [
        "Press release",
        "Ferry stops",
        "No ferry sails since Monday.",
        "Port Sarrin, 20 November 2018",
        "Published 20 November 2018, 09:00",
        "A boat leaves at dusk.",
        "Mara Lind / Quay",
        "Free to use",
        "It stopped.",
        "Gone.",
        "Notes to editors",
        "Call before noon.",
        "Press contact",
        "Mara Lind",
        "About Open Quay",
        "Open Quay works in nine harbours.",
        "Topics",
        "Ferries",
        "Places",
        "Port Sarrin",
    ];
    let text = page.only("main");
    let mut rest = text.as_str();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("“{part}” is not below what stands before it: {text}");
        };
        rest = after;
    }
    assert_eq!(page.only("h1"), "Ferry stops");
    assert_eq!(page.attr("article", "lang"), "en");
    assert_eq!(
        page.attr("main time", "datetime"),
        "2018-11-20T09:00:00+00:00"
    );
    assert_eq!(page.only(".prose blockquote"), "Gone.");
    assert_eq!(
        page.attrs(".subjects a", "href"),
        ["/topics/ferries", "/places/port-sarrin"]
    );
    let contact = page.attrs(".contacts a", "href");
    assert_eq!(contact, ["tel:+442079460142", "mailto:press@quay.example"]);
}

#[actix_web::test]
async fn an_item_names_the_contacts_that_were_ticked_and_else_the_rooms_stand_below() {
    let room = Room::open().await;
    let editor = room.editor().await;
    for (title, ticked) in [("With a contact", true), ("Without one", false)] {
        let form = editor.open("/admin/items/new").await;
        let saved = form
            .fill("Title", title)
            .fill("Summary", "S")
            .fill("Body", "B")
            .tick("Mara Lind", ticked)
            .press("Save")
            .await;
        let confirm = saved.click("Publish now…").await;
        assert!(confirm.press("Publish now").await.has("It is out"));
        let front = room.visitor();
        let page = front.open("/").await.click(title).await;
        assert_eq!(page.count("article .contacts li"), usize::from(ticked));
        assert_eq!(page.count("#press"), 1);
        assert!(page.only("#press").contains("press@quay.example"));
    }
}

#[actix_web::test]
async fn machines_learn_the_same_as_readers() {
    let room = Room::open().await;
    let (item, _) = story(&room).await;
    let change = (Change::Update, "More boats.");
    room.change(item, release("Ferries stop").slug("ferry-stops"), change)
        .await;
    let page = room.page("/news/ferry-stops").await;
    let here = format!("{}/news/ferry-stops", room.root);
    let html = page.html();
    let script = scraper::Selector::parse("script[type='application/ld+json']").unwrap();
    let data: String = html
        .select(&script)
        .flat_map(|script| script.text())
        .collect();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["headline"], "Ferries stop");
    assert_eq!(data["datePublished"], "2018-11-20T09:00:00+00:00");
    assert_eq!(data["dateModified"], "2018-11-26T12:00:00+00:00");
    assert_eq!(data["mainEntityOfPage"], here);
    assert_eq!(page.attr("link[rel=canonical]", "href"), here);
    assert_eq!(
        page.attr("meta[property='og:title']", "content"),
        "Ferries stop"
    );
    assert_eq!(
        page.attr("meta[name=description]", "content"),
        "In short: Ferries stop."
    );
}

#[actix_web::test]
async fn a_correction_is_told_under_the_byline_and_changes_nothing_but_words_and_update() {
    let room = Room::open().await;
    let (item, _) = story(&room).await;
    let change = (Change::Correction, "It was Tuesday, not Monday.");
    room.change(
        item,
        release("Ferry stops").summary("Since Tuesday."),
        change,
    )
    .await;
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(
        page.only(".byline + .notices, header + .notices"),
        "Corrected 26 November 2018, 12:00. It was Tuesday, not Monday."
    );
    assert_eq!(page.only(".standfirst"), "Since Tuesday.");
    assert_eq!(
        page.attrs(".byline time", "datetime"),
        ["2018-11-20T09:00:00+00:00", "2018-11-26T12:00:00+00:00"]
    );
    assert!(!page.source().contains("No ferry sails since Monday."));
}

#[actix_web::test]
async fn a_typo_is_not_told_and_no_note_of_it_is_shown() {
    let room = Room::open().await;
    let (item, _) = story(&room).await;
    let change = (Change::Typo, "Nobody reads this");
    room.change(
        item,
        release("Ferry stops").summary("No ferries sail."),
        change,
    )
    .await;
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(page.only(".standfirst"), "No ferries sail.");
    assert_eq!(page.count(".notices"), 0);
    assert_eq!(page.count(".byline time"), 1);
    assert!(!page.source().contains("Nobody reads this"));
}

#[actix_web::test]
async fn withdrawn_and_restored_stand_on_top_with_their_reasons_and_in_their_old_place() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    room.has(release("Court sits").live_at("2018-11-21T09:00:00Z"))
        .await;
    let before = room.page("/").await;
    room.withdraw(item, "It never stopped.").await;
    let page = room.page("/news/ferry-stops").await;
    let text = page.only("article.story");
    assert!(
        text.starts_with("Withdrawn 26 November 2018, 12:00 It never stopped."),
        "{text}"
    );
    assert!(page.has("In full: Ferry stops."));
    for address in ["/", "/press-releases", "/2018"] {
        assert_eq!(
            room.page(address).await.select("main h3"),
            ["Court sits"],
            "{address}"
        );
    }
    room.clock.pass(60_000);
    room.restore(item, "It did stop.").await;
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(page.count(".withdrawn"), 0);
    let notices = page.select(".notice");
    assert_eq!(notices[0], "Restored 26 November 2018, 12:01. It did stop.");
    assert_eq!(
        notices[1],
        "Withdrawn 26 November 2018, 12:00. It never stopped."
    );
    let after = room.page("/").await;
    assert_eq!(after.select("main h3"), before.select("main h3"));
}

#[actix_web::test]
async fn translations_name_each_other_in_their_own_language_and_direction() {
    let room = Room::open().await;
    let (english, alone) = story(&room).await;
    assert_eq!(alone.count(".languages"), 0);
    let arabic = release("توقفت العبارة")
        .slug("ferry-ar")
        .translates(english, "ar");
    room.has(arabic.going_live_at("2018-11-26T13:00:00Z")).await;
    assert_eq!(
        room.page("/news/ferry-stops").await,
        alone,
        "not before its time"
    );
    room.clock.set("2018-11-26T13:00:00Z");
    let english = room.page("/news/ferry-stops").await;
    assert_eq!(
        english.only(".languages a[lang=ar][dir=rtl][hreflang=ar]"),
        "العربية"
    );
    let arabic = room.page("/news/ferry-ar").await;
    assert_eq!(arabic.only("article[lang=ar][dir=rtl] h1"), "توقفت العبارة");
    assert_eq!(arabic.only(".languages a[lang=en][dir=ltr]"), "English");
    assert_eq!(arabic.attr(".languages a", "href"), "/news/ferry-stops");
    let card = room.page("/").await;
    assert_eq!(card.only("article[lang=ar][dir=rtl] h3"), "توقفت العبارة");
}

#[actix_web::test]
async fn an_address_that_a_draft_will_have_leads_nowhere_before_and_every_old_one_leads_on_after() {
    let room = Room::open().await;
    let item = room
        .has(release("First name").live_at("2018-11-20T09:00:00Z"))
        .await;
    room.save(item, release("Second name")).await;
    assert_eq!(
        room.get("/news/second-name").await,
        room.get("/news/no-such-thing").await
    );
    room.unchanged_but(item, "Second name").await;
    room.clock.pass(1);
    room.unchanged_but(item, "Third name").await;
    for old in ["/news/first-name", "/news/second-name"] {
        let answer = room.get(old).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (301, "/news/third-name")
        );
    }
    room.clock.pass(1);
    room.withdraw(item, "It was wrong.").await;
    let answer = room.get("/news/first-name").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (301, "/news/third-name")
    );
}

#[actix_web::test]
async fn topics_places_and_languages_stand_in_the_order_in_which_they_were_given() {
    let room = Room::open().await;
    // Known to the room in another order, and with other neighbours.
    let first = release("First")
        .topic("Zebras")
        .topic("Courts")
        .place("Port Sarrin");
    room.has(first.topic("Ferries").live_at("2018-11-19T09:00:00Z"))
        .await;
    let item = release("Ferry stops")
        .topic("Ferries")
        .topic("Zebras")
        .topic("Anchors")
        .topic("Courts")
        .place("Dellmouth")
        .place("Port Sarrin")
        .place("Abbey Quay");
    let item = room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    for (language, hour) in [("fr", 12), ("ar", 11), ("es", 10)] {
        let words = release(&format!("In {language}")).translates(item, language);
        room.has(words.live_at(&format!("2018-11-21T{hour}:00:00Z")))
            .await;
    }
    let page = room.page("/news/ferry-stops").await;
    let subjects = [
        "Ferries",
        "Zebras",
        "Anchors",
        "Courts",
        "Dellmouth",
        "Port Sarrin",
        "Abbey Quay",
    ];
    assert_eq!(page.select(".subjects a"), subjects);
    assert_eq!(page.attrs(".languages a", "lang"), ["fr", "ar", "es"]);
}

#[actix_web::test]
async fn no_heading_has_the_id_of_a_footnote_or_of_a_part_of_the_page() {
    let room = Room::open().await;
    let text = "# Note 1\n\n# Mark 1\n\n# Notes\n\n# Main\n\n# Press heading\n\n# Note 1\n\n\
        A fact.[^a]\n\n[^a]: A source.";
    let item = release("Ferry stops")
        .body(text)
        .notes(text)
        .contact("desk");
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let page = room.page("/news/ferry-stops").await;
    let mut ids = page.attrs("[id]", "id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    for link in page.attrs(".prose sup a", "href") {
        let footnote = page.only(&format!("li[id='{}']", link.trim_start_matches('#')));
        assert!(footnote.starts_with("A source."), "{footnote}");
    }
    assert_eq!(page.count(".prose sup a"), 2);
}

impl Room {
    /// Gives a live item another title, and the address that comes with it.
    async fn unchanged_but(&self, item: ItemId, title: &str) {
        let change = (Change::Clarification, "A clearer title.");
        self.change(item, release(title), change).await;
    }
}
