//! The library of a large room: a page of it is one statement and its count another, and neither sorts
//! the pictures nor walks over what shows them.

use std::sync::{Arc, Mutex};

use dateline::storage::library::{self, Lack, LibraryFilter, Sort, Usage};
use dateline::storage::{self, StorageError, Watch};

use super::large_room::{NOW, fill};
use super::raw::Raw;
use super::scratch::Scratch;

fn filters() -> Vec<LibraryFilter> {
    let all = LibraryFilter::default;
    vec![
        all(),
        LibraryFilter {
            words: "boat sea".to_owned(),
            ..all()
        },
        LibraryFilter {
            usage: Some(Usage::Used),
            ..all()
        },
        LibraryFilter {
            usage: Some(Usage::Unused),
            lack: Some(Lack::Credit),
            ..all()
        },
        LibraryFilter {
            in_trash: true,
            ..all()
        },
    ]
}

#[test]
fn a_page_of_the_library_is_one_statement_that_sorts_nothing() {
    let place = Scratch::new();
    fill(&place.room());
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ear = heard.clone();
    let watch: Watch = Arc::new(move |statement| ear.lock().unwrap().push(statement.to_owned()));
    let (_store, read) = storage::open(&place.room(), Some(watch)).unwrap();
    for filter in filters() {
        for sort in [Sort::Newest, Sort::Oldest, Sort::Name, Sort::Credit] {
            heard.lock().unwrap().clear();
            let begun = std::time::Instant::now();
            let found: Result<_, StorageError> = read.read_here(|tx| {
                let count = library::count(tx, &filter, NOW)?;
                Ok((count, library::page(tx, (&filter, sort), (0, 24), NOW)?))
            });
            let (count, page) = found.unwrap();
            assert_eq!(
                u64::try_from(page.len()).unwrap(),
                count.min(24),
                "{filter:?}"
            );
            println!("{count} of {filter:?} by {sort:?}: {:?}", begun.elapsed());
            let asked: Vec<String> = heard.lock().unwrap().drain(..).collect();
            let asked: Vec<&String> = asked
                .iter()
                .filter(|one| one.starts_with("SELECT"))
                .collect();
            assert_eq!(asked.len(), 2, "{asked:#?}");
            for statement in asked {
                is_planned_well(&place, statement, &filter);
            }
        }
    }
}

fn is_planned_well(place: &Scratch, statement: &str, filter: &LibraryFilter) {
    let sql = statement.split(" -- binds:").next().unwrap();
    let plan = Raw::open(&place.room()).plan(&sql.replace('?', "NULL"));
    let walks = |step: &String| {
        let whole = [
            "SCAN revision_images",
            "SCAN revisions",
            "SCAN publications",
        ];
        whole.iter().any(|table| step.starts_with(table))
    };
    assert!(!plan.iter().any(walks), "{statement}\n{plan:#?}");
    let sorted = plan.iter().any(|step| step.contains("FOR ORDER BY"));
    // What is in the trash or has no credit is found by that, and is few.
    let few = filter.in_trash || filter.lack.is_some();
    assert!(!sorted || few, "{statement}\n{plan:#?}");
}
