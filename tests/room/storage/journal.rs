//! A journal of 100,000 entries: each question enters an index and sorts nothing.

use std::sync::{Arc, Mutex};

use dateline::accounts::PersonId;
use dateline::clock::Instant;
use dateline::newsroom::ItemId;
use dateline::newsroom::journal::Sight;
use dateline::storage::entries::{self, Filter, Place};
use dateline::storage::{self, Seat, StorageError, Watch};

use super::raw::Raw;
use super::scratch::Scratch;

const FILL: &str = "
    BEGIN;
    INSERT INTO people (id, name, email, password_hash, is_author, is_editor, is_admin, created_at)
        VALUES (1, 'Ada', 'ada@example.org', 'x', TRUE, TRUE, TRUE, 1);
    INSERT INTO items (id, uid, created_by, created_at) VALUES (1, 'a', 1, 1), (2, 'b', 1, 1);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO journal (at, person_id, entry, item_id, detail)
        SELECT i * 1000, 1, CASE i % 3 WHEN 0 THEN 'saved' WHEN 1 THEN 'changed roles' ELSE 'published' END,
            CASE WHEN i % 3 <> 1 THEN 1 + i % 2 END, '' FROM n;
    COMMIT;
";

fn filters() -> Vec<Filter> {
    let all = Filter {
        sight: Sight::Everything,
        by: None,
        what: None,
        item: None,
        from: None,
        until: None,
    };
    let day = |filter: &Filter| Filter {
        from: Some(Instant::from_millis(40_000_000)),
        until: Some(Instant::from_millis(60_000_000)),
        ..filter.clone()
    };
    let narrowed = [
        all.clone(),
        Filter {
            by: Some(PersonId::new(1)),
            ..all.clone()
        },
        Filter {
            what: Some("saved".to_owned()),
            ..all.clone()
        },
        Filter {
            item: Some(ItemId::new(2)),
            ..all.clone()
        },
    ];
    let both = narrowed
        .iter()
        .flat_map(|filter| [filter.clone(), day(filter)]);
    let sights = [Sight::Everything, Sight::Work];
    both.flat_map(|filter| {
        sights.map(|sight| Filter {
            sight,
            ..filter.clone()
        })
    })
    .collect()
}

#[test]
fn every_question_to_a_large_journal_enters_an_index_and_sorts_nothing() {
    let place = Scratch::new();
    let heard = Arc::new(Mutex::new(Vec::<String>::new()));
    let ear = heard.clone();
    let watch: Watch = Arc::new(move |one| ear.lock().unwrap().push(one.to_owned()));
    let (_store, read) = storage::open(&place.room(), Some(watch)).unwrap();
    let mut raw = Raw::open(&place.room());
    raw.run(FILL);
    heard.lock().unwrap().clear();
    let middle = Place {
        at: Instant::from_millis(50_000_000),
        number: 50_000,
    };
    for filter in filters() {
        for before in [None, Some(middle)] {
            let told = read.read_here(|tx| entries::newest(tx, &filter, before, 51));
            let told: Vec<_> = told.map_err(|error: StorageError| error).unwrap();
            assert_eq!(told.len(), 51, "{filter:?}");
            let places = told.iter().map(|one| (one.place.at, one.place.number));
            assert!(places.is_sorted_by(|a, b| a > b), "{filter:?}");
        }
    }
    let words = read.read_here(|tx| entries::words(tx, Sight::Work));
    let words: Vec<_> = words.map_err(|error: StorageError| error).unwrap();
    assert_eq!(words, ["published", "saved"]);
    let asked = std::mem::take(&mut *heard.lock().unwrap());
    let asked = asked.iter().filter(|one| one.contains("FROM `journal`"));
    let mut seen = 0;
    for statement in asked {
        let sql = statement.split(" -- binds:").next().unwrap();
        let plan = raw.plan(&sql.replace('?', "NULL"));
        let bad = |step: &String| step.contains("SCAN") || step.contains("TEMP B-TREE");
        assert!(!plan.iter().any(bad), "{sql}\n{plan:#?}");
        seen += 1;
    }
    assert!(seen > 32, "{seen} statements were looked at");
}

#[test]
fn whoever_was_signed_out_meanwhile_changes_nothing() {
    let place = Scratch::new();
    let (store, _read) = storage::open(&place.room(), None).unwrap();
    let seat = Seat {
        session: 7,
        device: "Firefox".to_owned(),
    };
    let refused = store
        .seated(seat)
        .write_here(|_tx| Ok::<_, StorageError>(()));
    assert!(
        matches!(refused, Err(StorageError::SignedOut)),
        "{refused:?}"
    );
}
