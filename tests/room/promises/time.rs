//! Time: what is public at an instant is so everywhere at once, by the clock alone.

use dateline::newsroom::Change;

use crate::support::{Browser, Planned, Room, Tab, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];

/// Which of all the places that could show a title do.
async fn shown_in(room: &Room, title: &str, image: &str) -> Vec<&'static str> {
    let mut places = Vec::new();
    for address in [
        "/news/ferry-stops",
        "/",
        "/press-releases",
        "/topics/ferries",
        "/places/port-sarrin",
        "/2018/11",
        "/?topic=ferries",
        "/feed.atom",
    ] {
        if room.get(address).await.source().contains(title) {
            places.push(address);
        }
    }
    if room.get(&format!("/images/{image}/320.webp")).await.status == 200 {
        places.push("its picture");
    }
    places
}

fn ferry(title: &str) -> Planned {
    release(title)
        .slug("ferry-stops")
        .topic("Ferries")
        .place("Port Sarrin")
}

#[actix_web::test]
async fn an_item_goes_live_everywhere_in_its_millisecond_and_by_the_clock_alone() {
    let room = Room::open().await;
    let shot = room.photo(320, WORDS).await;
    let item = ferry("Ferry stops").lead(shot.id);
    room.has(item.going_live_at("2018-11-27T08:30:00.500Z"))
        .await;
    room.clock.set("2018-11-27T08:30:00.499Z");
    assert!(shown_in(&room, "Ferry stops", &shot.hash).await.is_empty());
    room.clock.set("2018-11-27T08:30:00.500Z");
    assert_eq!(shown_in(&room, "Ferry stops", &shot.hash).await.len(), 9);
    room.clock.set("2018-11-27T08:30:00.499Z");
    assert!(shown_in(&room, "Ferry stops", &shot.hash).await.is_empty());
}

#[actix_web::test]
async fn a_scheduled_change_ends_the_old_words_in_the_millisecond_in_which_it_begins() {
    let room = Room::open().await;
    let (old, new) = (room.photo(320, WORDS).await, room.photo(322, WORDS).await);
    let first = ferry("Old words").lead(old.id);
    let item = room.has(first.live_at("2018-11-20T09:00:00Z")).await;
    room.save(item, ferry("New words").lead(new.id)).await;
    let editor = room.editor().await;
    let confirm = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let done = confirm
        .fill("Date", "2018-11-27")
        .fill("Time", "08:30")
        .choose("What kind of change is it?", "Correction")
        .fill("Public note", "The old words were wrong.")
        .press("Continue")
        .await
        .press("Schedule")
        .await;
    assert!(done.has("Scheduled: readers see it from 27 Nov 2018, 08:30 (UTC+00:00)."));
    for (instant, seen, unseen) in [
        (
            "2018-11-27T08:29:59.999Z",
            ("Old words", &old),
            ("New words", &new),
        ),
        (
            "2018-11-27T08:30:00Z",
            ("New words", &new),
            ("Old words", &old),
        ),
    ] {
        room.clock.set(instant);
        assert_eq!(
            shown_in(&room, seen.0, &seen.1.hash).await.len(),
            9,
            "{instant}"
        );
        let never = shown_in(&room, unseen.0, &unseen.1.hash).await;
        assert!(never.is_empty(), "{instant}: {never:?}");
        let page = room.page("/news/ferry-stops").await;
        assert_eq!(page.has("The old words were wrong."), seen.0 == "New words");
    }
    assert_eq!(
        room.page("/news/ferry-stops")
            .await
            .attr("main time", "datetime"),
        "2018-11-20T09:00:00+00:00",
        "it keeps the date of its first publication"
    );
}

#[actix_web::test]
async fn a_withdrawal_takes_an_item_out_of_every_list_in_its_millisecond() {
    let room = Room::open().await;
    let shot = room.photo(320, WORDS).await;
    let item = ferry("Ferry stops").lead(shot.id);
    let item = room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    room.withdraw(item, "It was wrong.").await;
    let withdrawn = shown_in(&room, "Ferry stops", &shot.hash).await;
    assert_eq!(
        withdrawn,
        ["/news/ferry-stops", "/feed.atom", "its picture"]
    );
    room.clock.pass(-1);
    assert_eq!(shown_in(&room, "Ferry stops", &shot.hash).await.len(), 9);
}

#[actix_web::test]
async fn what_was_taken_back_never_comes_out() {
    let room = Room::open().await;
    let shot = room.photo(320, WORDS).await;
    let item = ferry("Ferry stops").lead(shot.id);
    let item = room.has(item.going_live_at("2018-11-27T08:30:00Z")).await;
    room.unschedule(item).await;
    for instant in ["2018-11-27T08:30:00Z", "2019-11-27T08:30:00Z"] {
        room.clock.set(instant);
        let shown = shown_in(&room, "Ferry stops", &shot.hash).await;
        assert!(shown.is_empty(), "{instant}: {shown:?}");
    }
}

/// A copy that a browser kept is asked about every time, so nothing outlives its end.
#[actix_web::test]
async fn a_kept_copy_is_fresh_until_the_instant_of_the_change_and_no_longer() {
    let room = Room::open().await;
    let item = ferry("Ferry stops").live_at("2018-11-20T09:00:00Z");
    room.has(item).await;
    room.has(release("Court sits").going_live_at("2018-11-27T08:30:00Z"))
        .await;
    let visitor = room.visitor();
    let kept = visitor.get("/").await;
    assert_eq!(kept.header("cache-control"), "public, no-cache");
    for (instant, status) in [
        ("2018-11-27T08:29:59.999Z", 304),
        ("2018-11-27T08:30:00Z", 200),
    ] {
        room.clock.set(instant);
        let asked = visitor.request(reqwest::Method::GET, "/");
        let asked = asked.header("if-none-match", kept.header("etag"));
        assert_eq!(visitor.send("/", asked).await.status, status, "{instant}");
    }
}

async fn scheduling<'a>(editor: &'a Browser, date: &str, time: &str) -> Tab<'a> {
    let confirm = editor.open("/admin/items/1/schedule").await;
    let told = confirm
        .fill("Date", date)
        .fill("Time", time)
        .press("Continue")
        .await;
    if told.status == 200 {
        told.press("Schedule").await
    } else {
        told
    }
}

#[actix_web::test]
async fn the_page_tells_the_instant_on_every_clock_and_waits_for_a_yes() {
    let room = Room::open().await;
    room.has(ferry("Ferry stops")).await;
    let editor = room.editor().await;
    let confirm = editor.open("/admin/items/1/schedule").await;
    let told = confirm.fill("Date", "2019-06-01").fill("Time", "22:30");
    let told = told.press("Continue").await;
    assert!(
        told.only(".sentence").starts_with(
            "From 1 Jun 2019, 22:30 (UTC+01:00) in Europe/London, that is 21:30 UTC, \
             2 Jun 2019, 00:30 in Africa/Nairobi, to the millisecond, everybody can read it"
        ),
        "{}",
        told.only(".sentence")
    );
    assert_eq!(status_at(&room, "2020-01-01T00:00:00Z").await, 404);
    room.clock.set("2018-11-26T12:00:00Z");
    let other = told.fill("Time", "09:00").press("Schedule").await;
    assert!(
        other
            .only(".sentence")
            .starts_with("From 1 Jun 2019, 09:00")
    );
    assert!(
        other
            .press("Schedule")
            .await
            .has("Scheduled: readers see it from 1 Jun 2019, 09:00")
    );
}

async fn status_at(room: &Room, instant: &str) -> u16 {
    room.clock.set(instant);
    room.get("/news/ferry-stops").await.status
}

#[actix_web::test]
async fn the_hour_that_spring_skips_is_refused_and_what_was_typed_stays() {
    let room = Room::open().await;
    room.has(ferry("Ferry stops")).await;
    let editor = room.editor().await;
    for time in ["01:00", "01:30", "01:59"] {
        let mut refused = scheduling(&editor, "2019-03-31", time).await;
        assert_eq!(refused.status, 422, "{time}");
        assert!(
            refused.has(&format!("never show {time}")),
            "{}",
            refused.text()
        );
        assert_eq!(
            (refused.filled("Date"), refused.filled("Time")),
            ("2019-03-31".to_owned(), time.to_owned())
        );
    }
    let taken = scheduling(&editor, "2019-03-31", "02:00").await;
    assert!(
        taken.has("31 Mar 2019, 02:00 (UTC+01:00)"),
        "{}",
        taken.text()
    );
    assert_eq!(status_at(&room, "2019-03-31T00:59:59.999Z").await, 404);
    assert_eq!(status_at(&room, "2019-03-31T01:00:00Z").await, 200);
}

#[actix_web::test]
async fn the_hour_that_autumn_repeats_is_asked_about_and_each_answer_is_another_instant() {
    for (choice, offset, before, begins) in [
        (
            "The first",
            "UTC+01:00",
            "2019-10-27T00:29:59.999Z",
            "2019-10-27T00:30:00Z",
        ),
        (
            "The second",
            "UTC+00:00",
            "2019-10-27T01:29:59.999Z",
            "2019-10-27T01:30:00Z",
        ),
    ] {
        let room = Room::open().await;
        room.has(ferry("Ferry stops")).await;
        let editor = room.editor().await;
        let asked = scheduling(&editor, "2019-10-27", "01:30").await;
        assert_eq!(asked.status, 422);
        assert_eq!(
            status_at(&room, begins).await,
            404,
            "nothing was scheduled by the question"
        );
        room.clock.set("2018-11-26T12:00:00Z");
        let done = asked
            .choose("Which of the two?", choice)
            .press("Continue")
            .await
            .press("Schedule")
            .await;
        assert!(
            done.has(&format!("27 Oct 2019, 01:30 ({offset})")),
            "{}",
            done.text()
        );
        assert_eq!(status_at(&room, before).await, 404, "{choice}");
        assert_eq!(status_at(&room, begins).await, 200, "{choice}");
    }
}

#[actix_web::test]
async fn a_time_that_is_past_or_none_at_all_is_refused() {
    let room = Room::open().await;
    room.has(ferry("Ferry stops")).await;
    let editor = room.editor().await;
    for (date, time) in [
        ("2018-11-26", "12:00"),
        ("2018-02-30", "12:00"),
        ("", ""),
        ("soon", "25:99"),
    ] {
        let refused = scheduling(&editor, date, time).await;
        assert_eq!(refused.status, 422, "{date} {time}");
        assert!(refused.count("#problems li") >= 1, "{date} {time}");
    }
    assert_eq!(status_at(&room, "2020-01-01T00:00:00Z").await, 404);
}

#[actix_web::test]
async fn nothing_changes_in_the_order_when_a_change_comes_out_later() {
    let room = Room::open().await;
    let item = room
        .has(ferry("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    room.has(release("Court sits").live_at("2018-11-21T09:00:00Z"))
        .await;
    let words = ferry("Ferry stops").summary("Since Tuesday.");
    room.change(item, words, (Change::Update, "Still no ferry."))
        .await;
    let front = room.page("/").await;
    assert_eq!(front.select("main h3"), ["Court sits", "Ferry stops"]);
    assert!(front.has("Since Tuesday."));
    assert!(front.has("updated 26 November 2018"));
}
