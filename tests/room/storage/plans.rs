//! 100,000 items: how many statements a public page takes, and how the database answers each.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dateline::storage::{self, Watch};

use super::large_room::{NOW, OF_FIRST_KIND, fill};
use super::raw::Raw;
use super::scratch::Scratch;
use super::served::{Served, serve};

const MOST_STATEMENTS: usize = 4;

type Heard = Arc<Mutex<Vec<String>>>;

/// A room that answers, and every statement that it ran since somebody last listened.
struct Watched {
    room: Served,
    heard: Heard,
}

fn watched() -> Watched {
    watched_with("")
}

/// The same with these rows as well.
fn watched_with(rows: &str) -> Watched {
    let place = Scratch::new();
    fill(&place.room());
    Raw::open(&place.room()).run(rows);
    let heard = Heard::default();
    let ear = heard.clone();
    let watch: Watch = Arc::new(move |statement| ear.lock().unwrap().push(statement.to_owned()));
    Watched {
        room: serve(place, NOW, Some(watch)),
        heard,
    }
}

/// Statements that ask the tables something.
fn asks(statement: &str) -> bool {
    let frame = [
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT",
        "RELEASE",
        "PRAGMA",
    ];
    !frame.iter().any(|word| statement.starts_with(word))
}

impl Watched {
    /// The page at this path and the statements that it took.
    async fn page(&self, path: &str) -> (String, Vec<String>) {
        self.heard.lock().unwrap().clear();
        let begun = Instant::now();
        let response = reqwest::get(format!("{}{path}", self.room.address))
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let page = response.text().await.unwrap();
        println!("{path}: {:?}", begun.elapsed());
        let statements = std::mem::take(&mut *self.heard.lock().unwrap());
        (
            page,
            statements.into_iter().filter(|one| asks(one)).collect(),
        )
    }

    /// How long the database takes for a statement at its best.
    fn time(&self, statement: &str) -> Duration {
        let sql = filled(statement);
        let mut raw = Raw::open(&self.room.place.room());
        let times = (0..20).map(|_| {
            let begun = Instant::now();
            raw.count(&sql);
            begun.elapsed()
        });
        times.min().unwrap()
    }

    /// The steps in which the database answers a statement.
    fn plan(&self, statement: &str) -> Vec<String> {
        let sql = statement
            .split(" -- binds:")
            .next()
            .unwrap()
            .replace('?', "NULL");
        Raw::open(&self.room.place.room()).plan(&sql)
    }
}

/// The statement with its values in their places.
fn filled(statement: &str) -> String {
    let (sql, binds) = statement.split_once(" -- binds: ").unwrap();
    let binds: Vec<serde_json::Value> = serde_json::from_str(binds).unwrap();
    let mut parts = sql.split('?');
    let mut filled = parts.next().unwrap().to_owned();
    for (value, part) in binds.iter().zip(parts) {
        filled += &value.to_string().replace('"', "'");
        filled += part;
    }
    filled
}

/// The room's own row and its handful of kinds may be read whole; no other table may.
fn is_scan(step: &str) -> bool {
    let small = ["SCAN room", "SCAN kinds", "SCAN CONSTANT ROW"];
    step.contains("SCAN ") && !small.iter().any(|table| step.starts_with(table))
}

/// Sorting is for a handful of rows: those that were asked for by number, or the kinds.
fn sorts_many(plan: &[String]) -> bool {
    let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
    let by_number = |step: &String| {
        step.starts_with("SEARCH publications USING INTEGER PRIMARY KEY")
            || step.starts_with("SCAN kinds")
    };
    sorts && !plan.iter().any(by_number)
}

/// Nearly every publication is live, so an index of the live ones is a way in only for counting
/// them or for taking the newest.
fn walks_all_live_ones(statement: &str, plan: &[String]) -> bool {
    let meant = [
        "SELECT COUNT(*)",
        "ORDER BY `publications`.`published_at` DESC",
    ]
    .iter()
    .any(|words| statement.contains(words));
    plan.iter().any(|step| step.contains("(face=?")) && !meant
}

#[actix_web::test]
async fn a_page_of_a_large_room_takes_four_statements_and_scans_nothing() {
    let room = watched();
    // The first answer after a change also asks until when it holds: two ends of two indexes, and
    // the room's zone.
    let (_, statements) = room.page("/robots.txt").await;
    assert_eq!(statements.len(), 3, "{statements:#?}");
    for statement in &statements {
        let plan = room.plan(statement);
        assert!(
            !plan.iter().any(|step| is_scan(step)),
            "{statement}\n{plan:#?}"
        );
    }
    let deep = "/press-releases?page=8000";
    let deep_item = OF_FIRST_KIND - 12 * 7_999;
    for (path, shows) in [
        ("/", "Item 100000".to_owned()),
        ("/press-releases", format!("Item {OF_FIRST_KIND}")),
        (deep, format!("Item {deep_item} again")),
        ("/news/item-90000", "Words of item 90000.".to_owned()),
        ("/news/item-90001", "Words of item 90001.".to_owned()),
        ("/feed.atom", "What item 100000 says.".to_owned()),
        ("/news/item-400", "A date was added.".to_owned()),
        ("/news/item-400/history", "A date was added.".to_owned()),
    ] {
        let (page, statements) = room.page(path).await;
        assert!(page.contains(&shows), "{path} does not show “{shows}”");
        assert!(
            (1..=MOST_STATEMENTS).contains(&statements.len()),
            "{path} took {}: {statements:#?}",
            statements.len()
        );
        for statement in &statements {
            let plan = room.plan(statement);
            assert!(!plan.is_empty(), "{statement}");
            assert!(
                !plan.iter().any(|step| is_scan(step)),
                "{path} reads a whole table: {statement}\n{plan:#?}"
            );
            assert!(
                !sorts_many(&plan),
                "{path} sorts a large table: {statement}\n{plan:#?}"
            );
            assert!(
                !walks_all_live_ones(statement, &plan),
                "{path} walks over all live items: {statement}\n{plan:#?}"
            );
        }
    }
    room.room.server.stop(true).await;
}

#[actix_web::test]
async fn the_page_of_a_topic_and_of_a_place_scan_nothing_either() {
    let room = watched();
    // The first answer after a change also asks until when it holds.
    room.page("/robots.txt").await;
    for (path, heading, most) in [
        ("/topics/subject-7", "Subject 7", 6),
        ("/places/subject-47", "Subject 47", 7),
    ] {
        let (page, statements) = room.page(path).await;
        assert!(page.contains(heading), "{path}");
        let count = statements.len();
        assert!(count <= most, "{path} took {count}: {statements:#?}");
        for statement in &statements {
            let plan = room.plan(statement);
            assert!(
                !plan.iter().any(|step| is_scan(step)),
                "{path} reads a whole table: {statement}\n{plan:#?}"
            );
        }
    }
    room.room.server.stop(true).await;
}

#[actix_web::test]
async fn related_items_are_found_as_fast_among_fifty_thousand_as_among_a_few() {
    let room = watched();
    for (path, shows) in [
        // Half of the room is about the same topic.
        (
            "/news/item-90000",
            ["Item 100000", "Item 99998", "Item 99996"],
        ),
        (
            "/news/item-100000",
            ["Item 99998", "Item 99996", "Item 99994"],
        ),
        // Six items are, and none of them is among the newest of the room.
        (
            "/news/item-30001",
            ["Item 30011", "Item 30009", "Item 30007"],
        ),
    ] {
        let (page, statements) = room.page(path).await;
        let related = page.split("Related news").nth(1).unwrap();
        let titles: Vec<_> = related.split("<h3>").skip(1).collect();
        assert_eq!(titles.len(), shows.len(), "{path}");
        for (title, expected) in titles.iter().zip(shows) {
            assert!(title.contains(&format!(">{expected}<")), "{path}: {title}");
        }
        let best = room.time(statements.last().unwrap());
        println!("{path}: related items in {best:?}");
    }
    room.room.server.stop(true).await;
}

/// Otherwise each statement with a LIMIT is planned anew whenever it runs (`.cargo/config.toml`).
#[test]
fn a_statement_is_planned_once() {
    let place = Scratch::new();
    drop(storage::open(&place.room(), None).unwrap());
    let options = "SELECT compile_options AS one FROM pragma_compile_options";
    let options = Raw::open(&place.room()).words(options);
    assert!(
        options.iter().any(|one| one == "ENABLE_QPSG"),
        "{options:?}"
    );
}

#[test]
fn a_scan_and_a_large_sort_are_known_when_seen() {
    let raw = |sql: &str| {
        let place = Scratch::new();
        drop(storage::open(&place.room(), None).unwrap());
        Raw::open(&place.room()).plan(sql)
    };
    let whole = raw("SELECT id FROM revisions WHERE body = 'x'");
    assert!(whole.iter().any(|step| is_scan(step)), "{whole:?}");
    let sorted = raw("SELECT id FROM revisions WHERE slug = 'x' ORDER BY title");
    assert!(sorts_many(&sorted), "{sorted:?}");
    let one = raw("SELECT title FROM revisions WHERE id = 7");
    assert!(!one.iter().any(|step| is_scan(step)) && !sorts_many(&one));
}

/// Of a topic that six old items name, four hundred drafts.
const DRAFTS: &str = "
    INSERT INTO items (id, uid, created_by, created_at) VALUES (200001, 'draft', 1, 1);
    WITH RECURSIVE d (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM d WHERE i < 400)
    INSERT INTO revisions (id, item_id, number, kind_id, language, title, title_folded, slug, summary,
        body, dateline, notes, contacts, original_id, lead_shape, focus_x, focus_y, content_hash,
        written_by, written_at)
        SELECT 200000 + i, 200001, i, 1, 'en', 'A draft', 'a draft', 'draft', '', '', '', '', '[]', 200001,
            'wide', 50, 50, 'x', 1, 1 FROM d;
    INSERT INTO revision_subjects (revision_id, subject_id, position)
        SELECT id, 62, 0 FROM revisions WHERE item_id = 200001;
";

#[actix_web::test]
async fn drafts_of_a_topic_move_nothing_that_readers_see_of_it() {
    let room = watched_with(DRAFTS);
    let (page, _) = room.page("/news/item-30003").await;
    for related in [30_011, 30_009] {
        assert!(page.contains(&format!("Item {related}")), "{related}");
    }
    room.room.server.stop(true).await;
}
