//! What is scheduled needs no process that runs at its instant.

use std::path::Path;
use std::time::Duration;

use dateline::clock::{Clock, Instant};
use dateline::desk::publishing::{self, Aim, desk};
use dateline::desk::writing::Sent;
use dateline::keys::new_key;
use dateline::newsroom::ItemId;
use dateline::newsroom::publishing::{Said, Shown};
use dateline::newsroom::schedule::Typed;
use dateline::storage::{self, people};

use super::binary::Running;
use super::client::Client;
use super::writer::{MAIL, opened};
use crate::storage::scratch::Scratch;

const SOON_MILLIS: i64 = 4_000;

/// Schedules the item's words as its editor, from another process than the one that serves.
fn scheduled(room: &Path, item: ItemId) -> Instant {
    let (store, _read) = storage::open(room, None).unwrap();
    let now = Clock::machine().now();
    let due = now.plus_millis(SOON_MILLIS);
    let at = Typed {
        instant: due,
        zone: "UTC".to_owned(),
        wall: "soon".to_owned(),
    };
    let (key, mail) = (new_key(), MAIL.parse().unwrap());
    store
        .write_here(|tx| {
            let account = people::account_of(tx, &mail)?.unwrap();
            let desk = desk(tx, item)?.unwrap();
            let shown = Shown {
                revision: desk.head.id,
                publication: desk.lane.newest(),
                enclosed: Some(desk.enclosed.fingerprint()),
            };
            let sent = Sent {
                form_key: &key,
                now,
            };
            let editor = account.person.editor().unwrap();
            publishing::later(
                tx,
                Aim { item, shown },
                (Said::default(), at),
                &sent,
                editor,
            )
        })
        .unwrap();
    due
}

async fn status(running: &Running) -> u16 {
    let readers = Client::of(&running.readers);
    readers.get("/news/ferry-stops").await.unwrap().status
}

#[actix_web::test]
async fn what_came_due_while_the_process_was_stopped_is_out_at_its_first_answer() {
    let place = Scratch::new();
    let room = place.room();
    let (mut running, client) = opened(&room).await;
    let typed = [
        ("title", "Ferry stops"),
        ("summary", "At noon."),
        ("body", "It stops at noon."),
    ];
    let item = client.write_item(&typed).await.unwrap();
    let due = scheduled(&room, ItemId::new(item));
    let before = status(&running).await;
    assert!(before == 404 || Clock::machine().now() >= due, "{before}");
    running.stop().await;
    while Clock::machine().now() < due {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut running = Running::serve(&room);
    assert_eq!(status(&running).await, 200);
    running.stop().await;
}
