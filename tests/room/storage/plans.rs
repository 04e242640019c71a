//! 100,000 items: how many statements a public page takes, and how the database answers each.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::cookie::Key;
use dateline::admin::set_up::SetUpToken;
use dateline::app::Room;
use dateline::clock::Clock;
use dateline::storage::{self, Watch};

use super::large_room::{NOW, OF_FIRST_KIND, fill};
use super::raw::Raw;
use super::scratch::Scratch;

const MOST_STATEMENTS: usize = 4;

type Heard = Arc<Mutex<Vec<String>>>;

/// A room that answers, and every statement that it ran since somebody last listened.
struct Watched {
    address: String,
    heard: Heard,
    server: actix_web::dev::ServerHandle,
    place: Scratch,
}

fn watched() -> Watched {
    let place = Scratch::new();
    fill(&place.room());
    let heard = Heard::default();
    let ear = heard.clone();
    let watch: Watch = Arc::new(move |statement| ear.lock().unwrap().push(statement.to_owned()));
    let (store, read) = storage::open(&place.room(), Some(watch)).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let room = Room {
        store,
        read,
        clock: Clock::standing_at(NOW),
        address: address.clone(),
        key: Key::generate(),
        set_up: SetUpToken::closed(),
        workers: 1,
    };
    let server = room.serve(listener).unwrap();
    let handle = server.handle();
    drop(actix_web::rt::spawn(server));
    Watched {
        address,
        heard,
        server: handle,
        place,
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
        let begun = std::time::Instant::now();
        let response = reqwest::get(format!("{}{path}", self.address))
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

    /// The steps in which the database answers a statement.
    fn plan(&self, statement: &str) -> Vec<String> {
        let sql = statement
            .split(" -- binds:")
            .next()
            .unwrap()
            .replace('?', "NULL");
        Raw::open(&self.place.room()).plan(&sql)
    }
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
    room.server.stop(true).await;
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
