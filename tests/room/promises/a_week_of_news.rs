//! Twelve items, entered through the admin as a person would, come out in order with all their words.

use crate::support::{Browser, Room, Tab, jpeg};

/// Kind, title and day of publication, newest first: as a news page stands after its busy days.
const PAGE: [(&str, &str, &str); 12] = [
    (
        "Press release",
        "Port authority leaves crews stranded with unlawful closures",
        "2018-11-26",
    ),
    (
        "Report",
        "Sarrin islands: both governments must act at once to save lives in the camps at sea",
        "2018-11-21",
    ),
    (
        "Press release",
        "Dellmouth: thousands of readers at home trace how the storm walls were broken",
        "2018-11-20",
    ),
    (
        "Press release",
        "Twenty-nine families released from the quarantine sheds at Old Quay",
        "2018-11-20",
    ),
    (
        "Press release",
        "Velmara: pilots’ union leader must be freed before the court sits on Friday",
        "2018-11-20",
    ),
    (
        "Press release",
        "New film shows life aboard the ferry that no harbour let in for forty days",
        "2018-11-20",
    ),
    (
        "Press release",
        "Harbour firms must answer for the oil in the bay, court hears",
        "2018-11-19",
    ),
    (
        "Press release",
        "Letter to the minister: “Nobody may be turned back at sea”",
        "2018-11-16",
    ),
    (
        "Press release",
        "North coast: three hundred boats and not one safe place to land",
        "2018-11-16",
    ),
    (
        "Press release",
        "Watch on the lighthouse keepers’ trial begins, and they may face nine years",
        "2018-11-16",
    ),
    (
        "Press release",
        "Ten years after the quay fire, the families still wait for an answer",
        "2018-11-15",
    ),
    (
        "Press release",
        "A verdict at last for the crew of the Halcyon",
        "2018-11-14",
    ),
];

/// An agency's text, divided by hand: alt text, caption, credit, terms.
const PHOTOS: [[&str; 4]; 4] = [
    [
        "Two women carry a tent across a flooded road",
        "Families leave the camp at Port Sarrin, 24 November 2018. The camp was closed at an hour’s notice.",
        "Mara Lind / Open Harbour",
        "Editorial use only. No resale.",
    ],
    [
        "A man in orange looks out from a ferry’s rail",
        "A passenger of the “Halcyon” off Velmara – the ferry waited for forty days.",
        "Idris Okoro / Quay Pictures",
        "Mandatory credit. Not for use after 31 December 2019.",
    ],
    [
        "Smoke over a row of burnt-out sheds",
        "Old Quay after the fire (file photo, May 2008).",
        "Port Archive / Handout",
        "Handout: only with this story; no changes.",
    ],
    [
        "An empty courtroom seen from the dock",
        "The court in Dellmouth before the hearing, 13 November 2018.",
        "Sana Reyes",
        "Free with credit.",
    ],
];

async fn upload(author: &Browser, place: usize) {
    let [alt, caption, credit, terms] = PHOTOS[place];
    let width = 320 + u32::try_from(place).unwrap();
    let describe = author
        .open("/admin/images")
        .await
        .attach(
            "Add pictures",
            &format!("wire-{place}.jpg"),
            &jpeg(width, 200),
        )
        .press("Upload")
        .await;
    let saved = describe
        .choose("Alt text", "It shows something")
        .fill("The alt text", alt)
        .fill("Caption", caption)
        .fill("Credit", credit)
        .fill("Terms", terms)
        .press("Save")
        .await;
    assert!(saved.has("Saved."), "{}", saved.text());
}

fn summary(title: &str) -> String {
    format!("{title}: what happened, and what must happen now.")
}

/// Types a new item in; the photo of the same number, while there is one, becomes its lead.
async fn write(author: &Browser, place: usize) -> Tab<'_> {
    let (kind, title, _) = PAGE[place];
    let form = author
        .open("/admin/items/new")
        .await
        .choose("Kind", kind)
        .fill("Title", title)
        .fill("Summary", &summary(title))
        .fill(
            "Body",
            &format!("{title}.\n\n> We saw it.\n>\n> — A witness"),
        )
        .fill("Dateline", "Port Sarrin");
    let form = if place < PHOTOS.len() {
        form.fill("Or another picture’s number", &(place + 1).to_string())
    } else {
        form
    };
    form.press("Save").await
}

#[actix_web::test]
async fn twelve_items_typed_in_by_an_author_come_out_in_order_with_their_kinds_and_photos() {
    let room = Room::open().await;
    room.clock.set("2018-11-14T07:00:00Z");
    let author = room.author().await;
    for place in 0..PHOTOS.len() {
        upload(&author, place).await;
    }
    for (place, (_, _, day)) in PAGE.into_iter().enumerate().rev() {
        // Items of one day come out in one instant: then the order is that of their numbers.
        room.clock.set(&format!("{day}T08:00:00Z"));
        let (author, editor) = (room.author().await, room.editor().await);
        let saved = write(&author, place).await;
        assert!(saved.has("Saved. Nobody but staff can see it."));
        let item = editor.open(&saved.address).await;
        let confirm = item.click("Publish now…").await;
        assert!(confirm.press("Publish now").await.has("It is out"));
    }
    comes_out_in_order(&room).await;
    photos_come_out_whole(&room).await;
}

async fn comes_out_in_order(room: &Room) {
    let front = room.page("/").await;
    let expected: Vec<&str> = PAGE.iter().map(|(_, title, _)| *title).collect();
    assert_eq!(front.select("main article h3"), expected);
    let kinds: Vec<&str> = PAGE.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(front.select("main article .label"), kinds);
    let summaries: Vec<String> = expected.iter().map(|title| summary(title)).collect();
    assert_eq!(front.select("main article .summary"), summaries);
    let days = front.attrs("main article time", "datetime");
    for (day, (_, title, expected)) in days.iter().zip(PAGE) {
        assert!(day.starts_with(expected), "{title}: {day}");
    }
    assert_eq!(front.only("article.lead h3"), PAGE[0].1);
    assert_eq!(front.count("nav.pager"), 0, "twelve are one page");
    let reports = room.page("/reports").await;
    assert_eq!(reports.select("main article h3"), [PAGE[1].1]);
    assert_eq!(room.page("/press-releases").await.count("main article"), 11);
}

async fn photos_come_out_whole(room: &Room) {
    let front = room.page("/").await;
    let visitor = room.visitor();
    assert_eq!(
        front.count("main article .graphic"),
        8,
        "the others show their kind"
    );
    for (place, [alt, caption, credit, terms]) in PHOTOS.into_iter().enumerate() {
        let story = visitor.open("/").await.click(PAGE[place].1).await;
        assert_eq!(story.attr("figure img", "alt"), alt);
        assert_eq!(
            story.only("figcaption"),
            format!(
                "{caption} {credit} {terms} Full size, {} × 200 pixels",
                320 + place
            )
        );
        assert_eq!(story.select("figcaption .credit"), [credit, terms]);
    }
}
