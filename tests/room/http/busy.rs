//! All that read from the database are busy.

use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use dateline::storage::StorageError;
use futures_util::future::join_all;

use crate::support::{Room, release};

/// Four readings that go on until this is dropped.
async fn occupied(room: &Room) -> Vec<Sender<()>> {
    let mut ends = Vec::new();
    for _ in 0..4 {
        let (end, over) = channel::<()>();
        let (ready, begun) = tokio::sync::oneshot::channel();
        let read = room.read.clone();
        actix_web::rt::spawn(async move {
            read.read(move |_tx| {
                ready.send(()).unwrap();
                // It ends when nobody holds the other end any more.
                let _over = over.recv();
                Ok::<_, StorageError>(())
            })
            .await
        });
        begun.await.unwrap();
        ends.push(end);
    }
    ends
}

#[actix_web::test]
async fn a_page_that_cannot_be_read_in_time_asks_to_come_again_and_others_come_from_memory() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let known = room.page("/news/ferry-stops").await;
    let reading = occupied(&room).await;
    let asked = Instant::now();
    let busy = room.get("/press-releases").await;
    assert_eq!(busy.status, 503);
    assert_eq!(busy.header("retry-after"), "5");
    assert!(asked.elapsed() < Duration::from_secs(4));
    let asked = Instant::now();
    assert_eq!(room.page("/news/ferry-stops").await, known);
    assert!(asked.elapsed() < Duration::from_secs(1));
    drop(reading);
    assert_eq!(room.get("/press-releases").await.status, 200);
}

#[actix_web::test]
async fn a_crowd_before_a_busy_database_is_told_within_seconds_however_long_it_is() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let reading = occupied(&room).await;
    let visitor = room.visitor();
    let asked = Instant::now();
    let same = (0..60).map(|_| "/press-releases".to_owned());
    let others = (0..60).map(|number| format!("/?page={number}"));
    let all: Vec<_> = same.chain(others).collect();
    let answers = join_all(all.iter().map(|address| visitor.get(address))).await;
    assert!(answers.iter().all(|answer| answer.status == 503));
    assert!(
        asked.elapsed() < Duration::from_secs(8),
        "{:?}",
        asked.elapsed()
    );
    drop(reading);
    assert_eq!(room.get("/press-releases").await.status, 200);
}
