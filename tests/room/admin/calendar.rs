//! The calendar: what is scheduled, due and embargoed, on paper of the wall, as a list, and in calendar programs.

use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime};

use crate::support::{Browser, Page, Room, Tab, release, report};

const HOSTILE: &str =
    "Ferry, stops; \\n BEGIN:VEVENT \"<b>now</b>\" and every island that it calls at waits";

/// One item under embargo, one that went live this month, one draft that is due and one overdue.
async fn furnished() -> Room {
    let room = Room::open().await;
    room.has(
        release(HOSTILE)
            .slug("ferry")
            .going_live_at("2018-11-29T00:01:00Z"),
    )
    .await;
    room.has(report("Court sits").live_at("2018-11-06T09:00:00Z"))
        .await;
    room.has(release("Report to finish")).await;
    room.has(release("Late already")).await;
    let editor = room.editor().await;
    for (item, day) in [(3, "2018-11-30"), (4, "2018-11-23")] {
        let review = editor.open(&format!("/admin/items/{item}/review")).await;
        let review = review.choose("Assigned to", "Edo").fill("Due", day);
        review.press("Save who works on it").await;
    }
    for holder in ["Ann Lee", "Bo Lind"] {
        let form = editor.open("/admin/items/1/pass").await;
        let form = form.fill("Journalist", holder).fill("Outlet", "The Herald");
        form.press("Give the pass").await;
    }
    room
}

fn path_of(room: &Room, page: &Tab<'_>) -> String {
    let address = page.attr("#address", "value");
    address.strip_prefix(&room.root).unwrap().to_owned()
}

async fn made(room: &Room, person: &Browser) -> String {
    let calendar = person.open("/admin/calendar").await;
    path_of(room, &calendar.press("Make an address").await)
}

/// Summary, start and description of every event, in the order of the feed.
fn events(feed: &Page) -> Vec<(String, String, String)> {
    let calendar: Calendar = feed.source().parse().unwrap();
    calendar
        .components
        .iter()
        .map(|component| {
            let CalendarComponent::Event(event) = component else {
                panic!("only events: {component:?}")
            };
            let start = match event.get_start() {
                Some(DatePerhapsTime::Date(day)) => day.to_string(),
                Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(at))) => at.to_rfc3339(),
                other => panic!("neither a day nor a moment in UTC: {other:?}"),
            };
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
            (
                text(event.get_summary()),
                start,
                text(event.get_description()),
            )
        })
        .collect()
}

#[actix_web::test]
async fn a_month_shows_what_goes_out_what_is_due_and_what_is_under_embargo() {
    let room = furnished().await;
    let editor = room.editor().await;
    let page = editor.open("/admin/calendar").await;
    assert_eq!(page.only("h1"), "November 2018");
    assert_eq!(
        page.only(".month .today time").trim_start_matches("26"),
        "Monday 26 November 2018"
    );
    let cells = page.select(".month td:not(.free)");
    let happening: Vec<&String> = cells
        .iter()
        .filter(|cell| !cell.contains("Today"))
        .collect();
    assert_eq!(happening.len(), 4, "{cells:?}");
    for (cell, words) in happening.iter().zip([
        ["6 November 2018", "09:00 Publication", "Court sits"],
        ["23 November 2018", "Due, for Edo", "Late already"],
        [
            "29 November 2018",
            "00:01 Publication, end of the embargo, 2 passes",
            HOSTILE,
        ],
        ["30 November 2018", "Due, for Edo", "Report to finish"],
    ]) {
        for word in words {
            assert!(cell.contains(word), "{word}: {cell}");
        }
    }
    let december = page.click("Next month").await;
    assert_eq!(december.only("h1"), "December 2018");
    assert!(
        december.has("Report to finish"),
        "its week belongs to both months"
    );
    let empty = editor.open("/admin/calendar?month=2020-02").await;
    assert!(empty.has("Nothing goes out in these weeks, and nothing is due."));
    assert_eq!(empty.only("h1"), "February 2020");
    let nonsense = editor.open("/admin/calendar?month=2018-13").await;
    assert_eq!(nonsense.only("h1"), "November 2018");
    let author = room.author().await;
    let for_authors = author.open("/admin/calendar").await;
    assert!(for_authors.has("Court sits") && !for_authors.has("embargo, 2"));
}

#[actix_web::test]
async fn a_list_begins_with_what_is_overdue_and_goes_on_with_what_is_to_come() {
    let room = furnished().await;
    let editor = room.editor().await;
    let list = editor.open("/admin/calendar").await.click("List").await;
    let days = list.select(".day-list h2");
    assert_eq!(
        days,
        [
            "Overdue",
            "Thursday 29 November 2018",
            "Friday 30 November 2018"
        ]
    );
    let entries = list.select(".day-list .entries");
    assert_eq!(entries[0], "23 Nov 2018 Due, for Edo Late already");
    assert!(!list.has("Court sits"), "what went out is not to come");
    let mut item = list.click("Late already").await;
    assert_eq!(item.filled("Title"), "Late already");
}

#[actix_web::test]
async fn a_calendar_program_reads_the_same_without_a_session() {
    let room = furnished().await;
    let editor = room.editor().await;
    let address = made(&room, &editor).await;
    let feed = room.get(&address).await;
    assert_eq!(feed.status, 200);
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(feed.header("cache-control"), "no-store");
    assert_eq!(feed.header("set-cookie"), "");
    let source = feed.source();
    assert!(
        source.lines().all(|line| line.len() <= 75),
        "folded: {source}"
    );
    assert!(
        source
            .split("\r\n")
            .all(|line| !line.contains(['\r', '\n']))
    );
    let events = events(&feed);
    let told: Vec<(&str, &str)> = events
        .iter()
        .map(|(summary, start, _)| (summary.as_str(), start.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Due: Late already", "2018-11-23"),
            ("Due: Report to finish", "2018-11-30"),
            ("Publication: Court sits", "2018-11-06T09:00:00+00:00"),
            (
                format!("Publication: {HOSTILE}").as_str(),
                "2018-11-29T00:01:00+00:00"
            ),
        ]
    );
    let (_, _, description) = &events[3];
    assert!(
        description.contains("end of the embargo, 2 passes"),
        "{description}"
    );
    assert!(description.ends_with("/admin/items/1"));
    assert!(!source.contains("The body"), "titles alone");
    assert_eq!(
        room.get(&address).await.source(),
        source,
        "asked twice, the same"
    );
}

#[actix_web::test]
async fn an_address_is_shown_once_and_opens_nothing_after_its_end() {
    let room = furnished().await;
    let author = room.author().await;
    let first = made(&room, &author).await;
    let again = author.open("/admin/calendar").await;
    assert_eq!(again.count("#address"), 0, "it is shown once");
    assert!(again.has("You have an address since 26 Nov 2018, 12:00"));
    assert!(
        !events(&room.get(&first).await)
            .iter()
            .any(|(_, _, words)| words.contains("passes"))
    );
    let renewed = again.press("Make a new address, and end the old one").await;
    let second = path_of(&room, &renewed);
    let nothing = room.get("/calendars/nothing").await;
    assert_eq!(nothing.status, 404);
    assert_eq!(room.get(&first).await, nothing);
    assert_eq!(room.get(&second).await.status, 200);
    let ended = renewed.press("End the address").await;
    assert!(ended.has("The address opens nothing any more."));
    assert_eq!(room.get(&second).await, nothing);
    let never = format!("/calendars/{}", "0".repeat(32));
    assert_eq!(room.get(&never).await, nothing);
    assert!(ended.has("Make an address") && !ended.has("End the address"));
}
