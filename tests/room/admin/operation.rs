//! The page that tells how the room runs.

use dateline::newsroom::MailState;
use dateline::storage::StorageError;
use dateline::storage::backups::{self, Backup};

use crate::storage::raw::Raw;
use crate::support::Room;

#[actix_web::test]
async fn an_admin_sees_disk_database_copies_mails_and_versions() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let page = admin.open("/admin/operation").await;
    for words in [
        "The room was never saved.",
        "None is made by itself.",
        "No mail server is set, so nobody gets mails.",
        "free of",
        "kB",
        "SQLite",
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(page.has(words), "{words}: {}", page.text());
    }
    assert_eq!(page.only("nav [aria-current]"), "Operation");
    let saved = Backup {
        at: room.clock.now(),
        bytes: 12_340_000,
        took_millis: 1_500,
    };
    let noted: Result<(), StorageError> = room.store.write_here(|tx| backups::made(tx, &saved));
    noted.unwrap();
    let page = admin.open("/admin/operation").await;
    assert!(page.has("12.3 MB, made in 1.5 s"), "{}", page.text());
    let failed = MailState::Failed.as_str();
    Raw::open(&room.file()).run(&format!(
        "INSERT INTO mails (event, recipient, uid, subject, sentence, title, language, link, link_words,
            state, made_at, due_at, tries, next_try_at, last_error)
         VALUES ('e', 'r@example.org', 'u', '', '', '', '', '', '', '{failed}', 1, 1, 1, 1, '')"
    ));
    let now = room.clock.now();
    let noted: Result<(), StorageError> = room
        .store
        .write_here(|tx| backups::failed(tx, now, "The folder is gone."));
    noted.unwrap();
    let page = admin.open("/admin/operation").await;
    let alerts = page.select("[role=alert]");
    assert!(
        alerts.contains(&"The last backup could not be made. The folder is gone.".to_owned()),
        "{alerts:?}"
    );
    assert!(alerts.contains(&"Mails failed. See under Mails what became of them.".to_owned()));
}

#[actix_web::test]
async fn slow_pages_are_named_by_their_route_and_by_no_item() {
    let room = Room::open().await;
    let item = room
        .has(crate::support::release("Secret verdict in Paris"))
        .await;
    let admin = room.admin().await;
    admin.open(&format!("/admin/items/{item}")).await;
    room.get("/news/secret-verdict-in-paris").await;
    let page = admin.open("/admin/operation").await;
    let routes = page.select("table code");
    for route in [
        "GET /admin/items/{number}",
        "GET /news/{slug}",
        "POST /admin/sign-in",
    ] {
        assert!(routes.contains(&route.to_owned()), "{routes:?}");
    }
    assert!(!page.has("ecret"), "{}", page.text());
    assert!(routes.len() <= 10, "{routes:?}");
}

#[actix_web::test]
async fn nobody_but_admins_sees_the_page_or_its_link() {
    let room = Room::open().await;
    let editor = room.editor().await;
    assert_eq!(editor.get("/admin/operation").await.status, 403);
    assert!(!editor.open("/admin").await.has("Operation"));
}
