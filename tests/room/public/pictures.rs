//! How pictures come: in every size, cut round their focal point, the first at once, the others later.

use dateline::media::FocalPoint;

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

fn out(title: &str) -> Planned {
    release(title).live_at("2018-11-20T09:00:00Z")
}

#[actix_web::test]
async fn the_first_picture_is_asked_for_at_once_and_the_others_when_they_come_near() {
    let room = Room::open().await;
    let (lead, body) = (shot(&room, 1000).await, shot(&room, 800).await);
    let text = format!("It stopped.\n\n![](image:{})", body.id);
    room.has(out("Ferry stops").lead(lead.id).body(&text)).await;
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(
        page.attrs("main img", "alt"),
        ["A boat at sea", "A boat at sea"]
    );
    assert_eq!(page.attrs("main figure figcaption", "dir").len(), 2);
    let first = page.attrs("main img[fetchpriority=high]:not([loading])", "width");
    let others = page.attrs("main img[loading=lazy]:not([fetchpriority])", "width");
    assert_eq!(
        (first, others),
        (vec!["1000".to_owned()], vec!["800".to_owned()])
    );
    assert_eq!(page.attrs("main img", "height"), ["500", "400"]);
    assert_eq!(page.attrs("main img", "sizes").len(), 2);
    assert_eq!(
        page.attrs("main source[type='image/webp']", "sizes").len(),
        2
    );
    let sets = [
        page.attrs("main source", "srcset"),
        page.attrs("main img", "srcset"),
    ];
    for set in sets.concat() {
        for one in set.split(", ") {
            let (address, width) = one.split_once(' ').unwrap();
            let picture = image::load_from_memory(&room.page(address).await.body).unwrap();
            assert_eq!(format!("{}w", picture.width()), width, "{address}");
        }
    }
    for address in page.attrs("main img", "src") {
        assert_eq!(room.get(&address).await.status, 200, "{address}");
    }
}

/// The widths of the pictures that are asked for at once; all others must wait.
fn at_once(page: &Page) -> Vec<String> {
    let first = page.attrs("main img[fetchpriority=high]:not([loading])", "width");
    let waiting = page.count("main img[loading=lazy]:not([fetchpriority])");
    assert_eq!(first.len() + waiting, page.count("main img"));
    first
}

#[actix_web::test]
async fn the_first_picture_of_a_list_is_asked_for_at_once_on_whichever_card_it_stands() {
    let room = Room::open().await;
    let (older, newer) = (shot(&room, 640).await, shot(&room, 642).await);
    room.has(out("Oldest").topic("Ferries").lead(older.id))
        .await;
    room.has(out("Older").topic("Ferries").lead(newer.id)).await;
    for address in ["/", "/press-releases", "/topics/ferries"] {
        assert_eq!(at_once(&room.page(address).await), ["642"], "{address}");
    }
    for number in 1..=11 {
        room.has(out(&format!("Without a photo {number}")).topic("Ferries"))
            .await;
    }
    for address in ["/", "/press-releases", "/topics/ferries"] {
        let first = room.page(address).await;
        assert_eq!(at_once(&first), ["642"], "{address}");
        let second = room.page(&format!("{address}?page=2")).await;
        assert_eq!(at_once(&second), ["640"], "{address}");
    }
}

#[actix_web::test]
async fn the_first_picture_of_an_item_is_asked_for_at_once_wherever_it_stands() {
    let room = Room::open().await;
    let (one, two) = (shot(&room, 640).await, shot(&room, 642).await);
    room.has(out("Near").topic("Ferries").lead(one.id)).await;
    let figures = format!("![](image:{})\n\n![](image:{})", two.id, one.id);
    let in_a_line = format!("A boat ![](image:{}) in a line.", two.id);
    let cases = [
        ("Figures", out("Figures").body(&figures), "642"),
        ("In a line", out("In a line").body(&in_a_line), "642"),
        ("On top", out("On top").body(&figures).lead(one.id), "640"),
        ("Below only", out("Below only"), "640"),
    ];
    for (title, item, width) in cases {
        room.has(item.topic("Ferries").live_at("2018-10-01T09:00:00Z"))
            .await;
        let front = room.visitor();
        let page = front.open("/").await.click(title).await;
        assert_eq!(at_once(&page), [width], "{title}");
        assert!(page.has("Related news"), "{title}");
    }
    room.has(out("No picture")).await;
    assert_eq!(room.page("/news/no-picture").await.count("main img"), 0);
}

#[actix_web::test]
async fn a_picture_is_cut_round_its_focal_point_in_steps_of_five_per_cent() {
    let room = Room::open().await;
    let lead = shot(&room, 640).await;
    let focus = FocalPoint::new(20, 81).unwrap();
    room.has(out("Ferry stops").lead(lead.id).focus(focus))
        .await;
    for address in ["/", "/news/ferry-stops"] {
        let page = room.page(address).await;
        let classes = page.attrs("main img", "class").remove(0);
        assert!(
            classes.starts_with("fx-20 fy-80 toned "),
            "{address}: {classes}"
        );
    }
}
