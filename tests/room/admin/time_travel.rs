//! Time travel: what an editor sees at an instant is what readers get when it comes.

use crate::support::{Page, Room, Shot, release, report};

const THEN: &str = "2018-12-01T09:00:00.000Z";
const THERE: &str = "/admin/time-travel/2018-12-01T09:00:00.000Z";

async fn furnished(room: &Room) -> Shot {
    let ferry = release("Ferry stops & starts").topic("Ferries");
    room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let words = ["A gate", "The gate at dawn", "Mara Lind", "Free to use"];
    let photo = room.photo(640, words).await;
    let court = report("Court <sits>").topic("Ferries").lead(photo.id);
    room.has(court.going_live_at(THEN)).await;
    photo
}

/// The page without its bar, and with the addresses that readers have.
fn as_readers_have_it(page: &Page) -> String {
    let source = page.source();
    let (before, rest) = source.split_once("<aside class=\"preview\"").unwrap();
    let (_, after) = rest.split_once("</aside>").unwrap();
    format!("{before}{after}").replace(THERE, "")
}

#[actix_web::test]
async fn an_editor_sees_to_the_byte_what_readers_will_get() {
    let room = Room::open().await;
    let photo = furnished(&room).await;
    let editor = room.editor().await;
    let pages = [
        "/",
        "/reports",
        "/topics/ferries",
        "/news/court-sits",
        "/news/ferry-stops-starts",
        "/news/court-sits/history",
        "/2018/12",
        "/?topic=ferries&page=2",
        "/news/never",
    ];
    let mut seen = Vec::new();
    for address in pages {
        let page = editor.get(&format!("{THERE}{address}")).await;
        assert!(
            page.has("1 Dec 2018, 09:00 (UTC+00:00) in Europe/London"),
            "{address}"
        );
        assert_eq!(page.header("cache-control"), "no-store");
        seen.push((page.status, as_readers_have_it(&page)));
    }
    let rendition = format!("/images/{}/320.webp", photo.hash);
    let picture = editor.get(&format!("{THERE}{rendition}")).await;
    let feed = editor.get(&format!("{THERE}/feed.atom")).await;
    assert_eq!(room.get(&rendition).await.status, 404);
    assert_eq!(room.get("/news/court-sits").await.status, 404);
    room.clock.set(THEN);
    for (address, (status, source)) in pages.into_iter().zip(seen) {
        let real = room.get(address).await;
        assert_eq!(real.status, status, "{address}");
        assert_eq!(source, real.source(), "{address}");
    }
    assert_eq!(picture.body, room.get(&rendition).await.body);
    assert_eq!(feed.source(), room.get("/feed.atom").await.source());
}

#[actix_web::test]
async fn the_past_is_as_it_was() {
    let room = Room::open().await;
    furnished(&room).await;
    let editor = room.editor().await;
    let past = editor
        .get("/admin/time-travel/2018-11-20T08:59:59.999Z/news/ferry-stops-starts")
        .await;
    assert_eq!(past.status, 404);
    assert!(past.has("This is what readers saw at 20 Nov 2018, 08:59"));
    let past = editor.get("/admin/time-travel/2018-11-20T09:00:00Z/").await;
    assert_eq!(
        past.count(
            "main a[href='/admin/time-travel/2018-11-20T09:00:00.000Z/news/ferry-stops-starts']"
        ),
        1
    );
    for nowhere in [
        "/admin/time-travel/yesterday/",
        "/admin/time-travel/2018-13-01T00:00:00Z/",
    ] {
        assert_eq!(editor.get(nowhere).await.status, 404, "{nowhere}");
    }
}

#[actix_web::test]
async fn an_instant_is_picked_on_the_rooms_clock_or_from_what_comes_next() {
    let room = Room::open().await;
    furnished(&room).await;
    let editor = room.editor().await;
    let pick = editor.open("/admin/time-travel").await;
    let next = "#main ol a";
    assert_eq!(pick.only(next), "Court <sits>");
    assert_eq!(pick.attr(next, "href"), format!("{THERE}/news/court-sits"));
    let there = pick
        .fill("Date", "2019-07-01")
        .fill("Time", "09:30")
        .press("Go there")
        .await;
    assert_eq!(
        there.address,
        "/admin/time-travel/2019-07-01T08:30:00.000Z/"
    );
    let pick = editor.open("/admin/time-travel").await;
    let twice = pick
        .fill("Date", "2019-10-27")
        .fill("Time", "01:30")
        .press("Go there")
        .await;
    assert_eq!(twice.status, 422);
    let later = twice
        .choose("Which of the two?", "The second time")
        .press("Go there")
        .await;
    assert_eq!(
        later.address,
        "/admin/time-travel/2019-10-27T01:30:00.000Z/"
    );
    let author = room.author().await;
    for address in ["/admin/time-travel", &format!("{THERE}/")] {
        assert_eq!(author.get(address).await.status, 403, "{address}");
    }
}
