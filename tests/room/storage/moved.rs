//! An item that moved leads to another address of the room, and to nothing else.

use dateline::clock::Instant;
use reqwest::redirect::Policy;

use super::attack::{attack, publication};
use super::large_room::blank;
use super::raw::Raw;
use super::scratch::Scratch;
use super::served::{Served, serve};

const NOW: Instant = Instant::from_millis(1_000);

/// Items 1 to 6 at `item-1` to `item-6`, each public since instant 1 with its face and its target.
const FILL: &str = "
    INSERT INTO people (id, name, email, password_hash, is_author, is_editor, is_admin, created_at)
        VALUES (1, 'Ada', 'ada@example.org', 'x', TRUE, TRUE, FALSE, 1);
    CREATE TEMP TABLE n (i, face, target);
    INSERT INTO n VALUES (1, 'live', NULL), (2, 'moved', 'item-1'), (3, 'moved', 'item-2'),
        (4, 'moved', 'item-4'), (5, 'gone', NULL), (6, 'moved', 'item-5'), (7, 'moved', 'item-8'),
        (8, NULL, NULL);
    INSERT INTO items (id, uid, created_by, created_at) SELECT i, 'uid-' || i, 1, 1 FROM n;
    INSERT INTO revisions (id, item_id, number, kind_id, language, title, title_folded, slug, summary, body,
        dateline, notes, contacts, original_id, lead_shape, focus_x, focus_y, content_hash,
        written_by, written_at)
        SELECT i, i, 1, 1, 'en', 'Item ' || i, 'item ' || i, 'item-' || i, '', '', '', '', '[]', i, 'wide', 50, 50,
            'x', 1, 1 FROM n;
    UPDATE items SET head_id = id;
    INSERT INTO slugs (slug, item_id) SELECT 'item-' || i, i FROM n;
    INSERT INTO publications (item_id, revision_id, kind_id, face, from_at, until_at, published_at,
        change, public_note, reason, moved_to, typed_time, typed_zone, by_id, made_at)
        SELECT i, i, 1, face, 1, NULL, 1, 'first', 'A mistake.', 'https://elsewhere.example/',
            target, '', '', 1, 1 FROM n WHERE face IS NOT NULL;
";

fn room() -> Served {
    let place = Scratch::new();
    blank(&place.room(), NOW);
    Raw::open(&place.room()).run(FILL);
    serve(place, NOW, None)
}

/// Status, where it leads, and the page.
async fn answer(room: &Served, path: &str) -> (u16, String, String) {
    let client = reqwest::Client::builder().redirect(Policy::none()).build();
    let address = format!("{}{path}", room.address);
    let response = client.unwrap().get(address).send().await.unwrap();
    let status = response.status().as_u16();
    let location = response.headers().get("location");
    let location = location
        .map_or("", |value| value.to_str().unwrap())
        .to_owned();
    (status, location, response.text().await.unwrap())
}

#[actix_web::test]
async fn the_history_of_an_item_goes_where_the_item_went() {
    let room = room();
    let (status, _, page) = answer(&room, "/news/item-1/history").await;
    assert_eq!(status, 200);
    assert!(
        !page.contains("elsewhere.example"),
        "a reason is the staff’s"
    );
    for moved in ["/news/item-2/history", "/news/item-3/history"] {
        let (status, location, _) = answer(&room, moved).await;
        let expected = (301, "/news/item-1/history");
        assert_eq!((status, location.as_str()), expected, "{moved}");
    }
    let gone = answer(&room, "/news/item-5/history").await;
    assert_eq!(gone, answer(&room, "/news/item-5").await);
    assert_eq!(gone.0, 410);
    let nothing = answer(&room, "/news/nothing").await;
    for none in ["/news/item-4/history", "/news/item-8/history"] {
        assert_eq!(answer(&room, none).await, nothing, "{none}");
    }
    room.server.stop(true).await;
}

/// The first words, the second, then removed, and back with the third and the fourth.
const REMOVED_ONCE: &str = "
    INSERT INTO revisions (id, item_id, number, kind_id, language, title, title_folded, slug, summary, body,
        dateline, notes, contacts, original_id, lead_shape, focus_x, focus_y, content_hash,
        written_by, written_at)
        SELECT 90 + column1, 8, column1, 1, 'en', column2, 'x', 'item-8', '', '', '', '', '[]', 8, 'wide',
            50, 50, 'x', 1, 1 FROM (VALUES (2, 'First words'), (3, 'Second words'), (4, 'Third words'),
            (5, 'Fourth words'));
    INSERT INTO publications (item_id, revision_id, kind_id, face, from_at, until_at, published_at,
        change, public_note, reason, moved_to, typed_time, typed_zone, by_id, made_at)
        SELECT 8, 90 + column1, 1, column2, column3, column4, 10, column5, '', '', NULL, '', '', 1, 1
        FROM (VALUES (2, 'live', 10, 20, 'first'), (3, 'live', 20, 30, 'update'),
            (3, 'gone', 30, 40, 'removal'), (4, 'live', 40, 50, 'return'), (5, 'live', 50, NULL, 'update'));
";

#[actix_web::test]
async fn words_that_were_removed_whole_do_not_come_back_in_pieces() {
    let place = Scratch::new();
    blank(&place.room(), NOW);
    Raw::open(&place.room()).run(FILL);
    Raw::open(&place.room()).run(REMOVED_ONCE);
    let room = serve(place, NOW, None);
    let (status, _, page) = answer(&room, "/news/item-8/history").await;
    assert_eq!(status, 200);
    for word in ["Published", "Updated", "Removed", "Restored"] {
        assert!(page.contains(word), "{word}");
    }
    assert!(page.contains("Third") && page.contains("Fourth"));
    assert!(!page.contains("First") && !page.contains("Second"));
    room.server.stop(true).await;
}

#[actix_web::test]
async fn an_item_that_moved_leads_to_the_present_one_in_a_single_step() {
    let room = room();
    assert_eq!(answer(&room, "/news/item-1").await.0, 200);
    for moved in ["/news/item-2", "/news/item-3"] {
        let (status, location, _) = answer(&room, moved).await;
        assert_eq!(
            (status, location.as_str()),
            (301, "/news/item-1"),
            "{moved}"
        );
    }
    let (status, _, page) = answer(&room, "/news/item-6").await;
    assert_eq!(status, 410, "it moved to one that was removed");
    assert!(page.contains("A mistake."));
    room.server.stop(true).await;
}

#[actix_web::test]
async fn a_circle_and_an_item_that_is_not_public_are_nowhere_to_be_found() {
    let room = room();
    let nothing = answer(&room, "/news/no-such-thing").await;
    assert_eq!(nothing.0, 404);
    for nowhere in ["/news/item-4", "/news/item-7", "/news/item-8"] {
        assert_eq!(answer(&room, nowhere).await, nothing, "{nowhere}");
    }
    room.server.stop(true).await;
}

#[test]
fn an_item_moves_only_to_an_address_of_the_room() {
    let mut room = attack();
    let moved = |face: &str, target: &str| {
        publication(2, 3, ("1", "2"))
            .replace("'live'", &format!("'{face}'"))
            .replace("reason,", "moved_to, reason,")
            .replace("'first', '',", &format!("'first', '', {target},"))
    };
    room.is_refused(&moved("moved", "NULL"), "moved_says_where");
    room.is_refused(&moved("live", "'first'"), "moved_says_where");
    for elsewhere in [
        "'https://elsewhere.example/'",
        "'/admin'",
        "'no-such-thing'",
        "''",
    ] {
        room.is_refused(&moved("moved", elsewhere), "FOREIGN KEY constraint failed");
    }
    room.raw.run(&moved("moved", "'first'"));
}
