//! Every link leads somewhere, for readers and for each role, and no odd address breaks anything.

use std::collections::{BTreeSet, VecDeque};

use dateline::newsroom::Change;
use form_urlencoded::byte_serialize;

use crate::support::{Browser, Room, release, report};

/// An item in every state, with pictures, topics, a translation and a second page of the list.
async fn furnished() -> Room {
    let room = Room::open().await;
    let words = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
    let photo = room.photo(640, words).await;
    for number in 1..=12 {
        let item = release(&format!("Ferry {number}")).topic("Ferries");
        room.has(item.live_at("2018-11-01T08:00:00Z")).await;
    }
    let full = report("Court sits").topic("Courts").place("Port Sarrin");
    let full = full.lead(photo.id).contact("desk").notes("A note.");
    let item = room.has(full.live_at("2018-11-20T09:00:00Z")).await;
    let arabic = release("المحكمة").slug("court-ar").translates(item, "ar");
    room.has(arabic.live_at("2018-11-21T09:00:00Z")).await;
    let gone = room
        .has(release("Wrong").live_at("2018-11-22T09:00:00Z"))
        .await;
    room.withdraw(gone, "It was wrong.").await;
    let moved = room
        .has(release("Old name").live_at("2018-11-23T09:00:00Z"))
        .await;
    let change = (Change::Clarification, "A clearer name.");
    room.change(moved, release("New name"), change).await;
    room.has(release("Draft")).await;
    room.has(release("Waiting").going_live_at("2018-12-24T09:00:00Z"))
        .await;
    room.save(item, report("Court sits again").lead(photo.id))
        .await;
    room
}

/// Opens every page that links of pages lead to, from these on; whoever opens a page checks it.
async fn walk(browser: &Browser, from: &[&str]) -> BTreeSet<String> {
    const MOST: usize = 400;
    let mut waiting: VecDeque<String> = from.iter().map(|one| (*one).to_owned()).collect();
    let mut seen = BTreeSet::new();
    while let Some(address) = waiting.pop_front() {
        if !seen.insert(address.clone()) || seen.len() > MOST {
            continue;
        }
        let page = browser.get(&address).await;
        assert!(
            matches!(page.status, 200 | 301),
            "{address}: {}",
            page.status
        );
        if !page.is_html() {
            continue;
        }
        let links = page.attrs("a[href], link[href], use[href]", "href");
        let files = page.attrs("img[src], script[src]", "src");
        for link in links.into_iter().chain(files) {
            let plain = link.split('#').next().unwrap_or_default().to_owned();
            // A calendar has no end, so one year of it must do.
            let beyond = plain.contains("?month=") && !plain.contains("?month=2018-");
            if plain.starts_with('/') && !beyond {
                waiting.push_back(plain);
            }
        }
    }
    assert!(seen.len() < MOST, "the walk has no end");
    seen
}

#[actix_web::test]
async fn every_link_that_readers_find_leads_somewhere() {
    let room = furnished().await;
    let seen = walk(&room.visitor(), &["/", "/news/old-name", "/news/wrong"]).await;
    for address in [
        "/?page=2",
        "/news/court-ar",
        "/topics/courts",
        "/feed.atom",
        "/victories",
    ] {
        assert!(
            seen.contains(address),
            "nothing leads to {address}: {seen:?}"
        );
    }
    let staffs = seen.iter().find(|address| address.starts_with("/admin"));
    assert_eq!(staffs, None, "readers are shown nothing of staff's");
}

#[actix_web::test]
async fn every_link_that_staff_find_leads_somewhere_and_nobody_is_shown_what_they_may_not_open() {
    let room = furnished().await;
    let people = [room.author().await, room.editor().await, room.admin().await];
    let mut seen = Vec::new();
    for browser in &people {
        seen.push(walk(browser, &["/admin"]).await);
    }
    for page in [
        "/admin/items/13",
        "/admin/items/13/preview",
        "/admin/images/1",
    ] {
        assert!(seen.iter().all(|pages| pages.contains(page)), "{page}");
    }
    // Behind the question mark stands what was seen of the item, which changes with its pictures.
    let leads_to = |pages: &BTreeSet<String>, page: &str| {
        pages.iter().any(|one| one.split('?').next() == Some(page))
    };
    assert!(leads_to(&seen[1], "/admin/items/13/publications"));
    assert!(!leads_to(&seen[0], "/admin/items/13/publications"));
    assert!(seen[2].contains("/admin/settings") && !seen[1].contains("/admin/settings"));
}

const ODD: [&str; 16] = [
    "",
    " ",
    "..",
    "../../etc/passwd",
    "%",
    "\0",
    "a\nb",
    "'; DROP TABLE items; --",
    "<script>alert(1)</script>",
    "\u{202e}",
    "😀",
    "-1",
    "99999999999999999999",
    "9999-12-31",
    "0000-00-00",
    "٢٠١٨",
];

#[actix_web::test]
async fn no_odd_address_breaks_a_page_for_readers_or_for_staff() {
    let room = furnished().await;
    let (visitor, editor) = (room.visitor(), room.editor().await);
    let long = "x".repeat(5_000);
    for odd in ODD.into_iter().chain([long.as_str()]) {
        let odd: String = byte_serialize(odd.as_bytes()).collect();
        for (browser, before) in [
            (&visitor, "/news/"),
            (&visitor, "/topics/"),
            (&visitor, "/places/"),
            (&visitor, "/"),
            (&visitor, "/?topic="),
            (&visitor, "/reports?place="),
            (&visitor, "/?from="),
            (&visitor, "/2018?to="),
            (&visitor, "/?page="),
            (&visitor, "/2018/"),
            (&visitor, "/images/"),
            (&visitor, "/images/x/"),
            (&visitor, "/assets/"),
            (&editor, "/admin/items/"),
            (&editor, "/admin/images/"),
            (&editor, "/admin/images/1?then="),
            (&editor, "/admin/images/1/"),
            (&editor, "/admin/items?words="),
            (&editor, "/admin/items?author="),
            (&editor, "/admin/items?sort="),
            (&editor, "/admin/items?page="),
            (&editor, "/admin/images?page="),
        ] {
            let address = format!("{before}{odd}");
            let page = browser.get(&address).await;
            assert!(
                matches!(page.status, 200 | 400 | 404),
                "{address}: {}",
                page.status
            );
        }
    }
}

#[actix_web::test]
async fn years_at_the_ends_of_time_are_lists_that_do_not_exist() {
    let room = furnished().await;
    for address in [
        "/0000",
        "/9999",
        "/9999/12",
        "/0000/01",
        "/2018/99",
        "/?from=9999-12-31&to=0001-01-01",
    ] {
        assert!(
            matches!(room.get(address).await.status, 200 | 404),
            "{address}"
        );
    }
}
