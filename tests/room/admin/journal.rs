//! The journal: who reads what of it, what an entry tells, how it is searched, and its table.

use dateline::storage::journal::{self, Entry};
use dateline::storage::{self, StorageError};

use crate::support::{Browser, Page, Room, release};

/// The rows of the page: when, who, did what, to what, from where.
fn rows(page: &Page) -> Vec<Vec<String>> {
    let cells = page.select(".journal tbody td");
    cells.chunks(5).map(<[String]>::to_vec).collect()
}

async fn writes(browser: &Browser, title: &str) {
    let form = browser.open("/admin/items/new").await;
    let saved = form
        .choose("Kind", "Press release")
        .fill("Title", title)
        .press("Save")
        .await;
    assert_eq!(saved.status, 200, "{}", saved.text());
}

#[actix_web::test]
async fn an_entry_says_who_did_what_to_what_when_and_from_which_session() {
    let room = Room::open().await;
    writes(&room.author().await, "Ferry stops").await;
    let admin = room.admin().await;
    let page = admin.open("/admin/log").await;
    let row = rows(&page).remove(0);
    assert!(row[0].contains("26 Nov 2018, 12:00"), "{row:?}");
    assert_eq!(row[1..4], ["Anna", "started", "Ferry stops"]);
    let (device, session) = row[4].split_once(", session ").unwrap();
    assert_eq!(device, "An unknown browser");
    assert!(session.parse::<i64>().unwrap() > 0);
    assert_eq!(page.attr(".journal td a", "href"), "/admin/items/1");
    // Each session is its own, and what the program does by itself has none.
    writes(&room.author().await, "Ferry sails").await;
    let all = rows(&*admin.open("/admin/log").await);
    assert_ne!(all[0][4], all[1][4]);
    let added = all.iter().find(|row| row[2] == "added a person").unwrap();
    assert_eq!(
        (added[1].as_str(), added[4].as_str()),
        ("Nobody who is signed in", "")
    );
}

#[actix_web::test]
async fn an_admin_reads_all_an_editor_the_work_an_author_nothing() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let admin = room.admin().await;
    let all = admin.open("/admin/log").await;
    assert!(all.has("added a person") && all.has("started"));
    let editor = room.editor().await;
    let work = editor.open("/admin/log").await;
    assert_eq!(work.only("nav a[aria-current=page]"), "Journal");
    assert!(
        work.has("started") && !work.has("added a person"),
        "{}",
        work.text()
    );
    let asked = editor.open("/admin/log?what=added+a+person").await;
    assert!(asked.has("Nothing like that was done."));
    let table = editor.get("/admin/log.csv").await;
    assert!(!table.source().contains("added a person"));
    let author = room.author().await;
    assert!(!author.open("/admin").await.has("Journal"));
    for address in ["/admin/log", "/admin/log.csv"] {
        assert_eq!(author.get(address).await.status, 403, "{address}");
    }
}

#[actix_web::test]
async fn the_journal_is_searched_by_person_deed_item_and_day() {
    let room = Room::open().await;
    let first = room.has(release("Ferry stops")).await;
    room.clock.set("2018-11-28T12:00:00Z");
    room.publish(first, "2018-11-28T12:00:00Z").await;
    writes(&room.author().await, "Bridge opens").await;
    let admin = room.admin().await;
    let form = admin.open("/admin/log").await;
    let found = async |choice: [&str; 5]| {
        let mut form = form.clone();
        for (label, value) in [("Who", choice[0]), ("Did what", choice[1])] {
            if !value.is_empty() {
                form = form.choose(label, value);
            }
        }
        let labels = ["Item number", "From the day", "To the day"];
        for (label, value) in labels.into_iter().zip(&choice[2..]) {
            form = form.fill(label, value);
        }
        let page = form.press("Show").await;
        page.select(".journal td strong")
    };
    assert_eq!(found(["Anna", "", "", "", ""]).await, ["started"]);
    assert_eq!(
        found(["Eva", "", "", "", ""]).await,
        ["published", "started"]
    );
    assert_eq!(found(["", "published", "", "", ""]).await, ["published"]);
    assert_eq!(found(["", "", "1", "", ""]).await, ["published", "started"]);
    assert_eq!(
        found(["", "", "", "2018-11-27", ""]).await,
        ["started", "published"]
    );
    assert_eq!(found(["", "", "1", "", "2018-11-27"]).await, ["started"]);
    assert!(found(["Anna", "published", "", "", ""]).await.is_empty());
}

/// Entries of one instant and of others, so that a page ends among equals.
async fn noted(room: &Room, many: usize) {
    let now = room.clock.now();
    let noted = room.store.write(move |tx| {
        for number in 0..many {
            let at = now.plus_millis(i64::try_from(number / 40).unwrap());
            let detail = number.to_string();
            journal::note(tx, None, &Entry::of_room("counted", &detail), at)?;
        }
        Ok::<_, StorageError>(())
    });
    noted.await.unwrap();
}

#[actix_web::test]
async fn pages_follow_each_other_without_a_gap_also_while_entries_come() {
    let room = Room::open().await;
    noted(&room, 120).await;
    room.clock.pass(60_000);
    let admin = room.admin().await;
    let mut page = admin.open("/admin/log?what=counted").await;
    let mut seen: Vec<String> = Vec::new();
    loop {
        seen.extend(rows(&page).into_iter().map(|row| row[2].clone()));
        noted(&room, 1).await;
        if page.count("a[rel=next]") == 0 {
            break;
        }
        page = page.click("Older entries").await;
    }
    let expected: Vec<String> = (0..120).rev().map(|n| format!("counted {n}")).collect();
    assert_eq!(seen, expected);
    assert_eq!(page.attr(".pages a", "href"), "/admin/log?what=counted");
}

#[actix_web::test]
async fn the_table_holds_what_the_page_shows_and_no_formula() {
    let room = Room::open().await;
    room.has(release("=HYPERLINK(\"x\"), said Zoë")).await;
    noted(&room, 1_200).await;
    let admin = room.admin().await;
    let page = admin.open("/admin/log?what=counted").await;
    let table = admin.get(&page.attr(".heading a[download]", "href")).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        table
            .header("content-disposition")
            .starts_with("attachment; filename=\"journal-2018-11-26")
    );
    assert_eq!(table.header("cache-control"), "no-store");
    let lines: Vec<String> = table.source().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 1_201, "headers, and an entry a line");
    assert!(lines[0].starts_with("\u{feff}entry,at (UTC),who,did,detail"));
    assert!(lines[1_200].contains(",counted,0,"));
    let all = admin.get("/admin/log.csv?what=started").await.source();
    assert!(
        all.contains("\"'=HYPERLINK(\"\"x\"\"), said Zoë\""),
        "{all}"
    );
}

#[test]
fn a_seat_is_kept_with_what_is_done_from_it_and_nothing_else() {
    let place = crate::storage::scratch::Scratch::new();
    let (store, _read) = storage::open(&place.room(), None).unwrap();
    let now = dateline::clock::Instant::from_millis(1);
    let seat = storage::Seat {
        session: 7,
        device: "Firefox on Linux".to_owned(),
    };
    let signed_in = "INSERT INTO sessions (id, key_hash, state, created_at, expires_at, device, used_at) \
                     VALUES (7, 'x', '{}', 1, 2, '', 1)";
    crate::storage::raw::Raw::open(&place.room()).run(signed_in);
    for store in [&store.seated(seat), &store] {
        store
            .write_here(|tx| journal::note(tx, None, &Entry::of_room("tested", ""), now))
            .unwrap();
    }
    let kept =
        "SELECT coalesce(session_number, 0) || ' ' || device AS one FROM journal ORDER BY id";
    let kept = crate::storage::raw::Raw::open(&place.room()).words(kept);
    assert_eq!(kept, ["7 Firefox on Linux", "0 "]);
}
