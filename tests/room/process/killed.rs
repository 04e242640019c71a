//! Killed at any moment: what was acknowledged is there, whole; what was not is absent, whole.

use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::rt::task::JoinHandle;

use super::binary::{PATIENCE, Running};
use super::client::Client;
use super::ledger::Ledger;
use super::whole::{holds_item, holds_photo, holes, is_whole};
use super::writer::{opened, photo};
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

const ROUNDS: u32 = 16;
const CLIENTS: usize = 4;

/// A number below this one that nobody can foresee.
fn below(limit: u32) -> u32 {
    let key = dateline::keys::new_key();
    u32::from_str_radix(key.get(..8).unwrap(), 16).unwrap() % limit
}

/// Lets several clients work at once and kills the process somewhere in the middle.
async fn work_until_killed(running: &mut Running, clients: &[Client], ledger: &Rc<Ledger>) {
    let goal = ledger.done.get() + 2 + below(14);
    let working: Vec<_> = clients
        .iter()
        .cloned()
        .map(|client| {
            let ledger = ledger.clone();
            actix_web::rt::spawn(async move { ledger.work(&client).await })
        })
        .collect();
    let deadline = Instant::now() + PATIENCE;
    while ledger.done.get() < goal {
        assert!(Instant::now() < deadline, "the clients get nothing done");
        assert!(!working.iter().all(JoinHandle::is_finished), "nobody works");
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    // The goal is reached at the end of a change; the blow is to fall anywhere.
    tokio::time::sleep(Duration::from_micros(below(40_000).into())).await;
    running.kill();
    for client in working {
        client.await.unwrap();
    }
}

/// Everything that was acknowledged, in the tables; what was new this time, also on the pages.
async fn nothing_is_lost(ledger: &Ledger, raw: &mut Raw, client: &Client, from: (usize, usize)) {
    let (items, photos) = (
        ledger.items.borrow().clone(),
        ledger.photos.borrow().clone(),
    );
    for known in &items {
        holds_item(raw, known);
    }
    for sent in &photos {
        holds_photo(raw, sent);
    }
    for known in &items[from.0..] {
        known.is_there(client).await;
    }
    for sent in &photos[from.1..] {
        sent.is_there(client).await;
    }
}

#[actix_web::test]
async fn a_process_killed_at_any_moment_loses_nothing_that_was_acknowledged() {
    let place = Scratch::new();
    let (mut running, first) = opened(&place.room()).await;
    let mut clients = vec![first];
    for _ in 1..CLIENTS {
        let another = Client::of(&running.readers);
        let (mail, password) = (super::writer::MAIL, super::writer::PASSWORD);
        let answer = another.sign_in(mail, password).await.unwrap();
        answer.leads_below("/admin");
        clients.push(another);
    }
    let ledger = Rc::new(Ledger::default());
    for _ in 0..ROUNDS {
        let from = (ledger.items.borrow().len(), ledger.photos.borrow().len());
        work_until_killed(&mut running, &clients, &ledger).await;
        running = Running::serve(&place.room());
        for client in &mut clients {
            client.root.clone_from(&running.readers);
        }
        let mut raw = Raw::open(&place.room());
        is_whole(&mut raw);
        // Whoever was signed in still is: that was acknowledged too.
        nothing_is_lost(&ledger, &mut raw, &clients[0], from).await;
    }
    let (items, photos) = (ledger.items.borrow().len(), ledger.photos.borrow().len());
    assert!(
        items > 3 && photos > items / 2,
        "{items} items, {photos} photos"
    );
    let live = ledger
        .items
        .borrow()
        .iter()
        .filter(|one| !one.live.is_empty())
        .count();
    assert!(live > 0, "no kill came after a publication");
    println!("{ROUNDS} kills, {items} items, {live} of them live, {photos} photos");
}

/// What could be half there, and what the questions of every round must then find.
const HALVES: [(&str, &str); 12] = [
    ("DELETE FROM originals", "a photo without its original"),
    (
        "DELETE FROM renditions WHERE id = 1",
        "a photo without all four renditions",
    ),
    (
        "UPDATE originals SET bytes = substr(bytes, 1, 99)",
        "an original that is cut short",
    ),
    (
        "DELETE FROM journal WHERE entry = 'uploaded'",
        "a photo that the journal does not know once",
    ),
    (
        "UPDATE items SET head_id = NULL",
        "an item without a newest revision",
    ),
    (
        "UPDATE items SET head_id = (SELECT MIN(id) FROM revisions)",
        "a newest revision that is another item's or not the newest",
    ),
    (
        "UPDATE revisions SET number = 7 WHERE number = 1",
        "a gap between revisions",
    ),
    (
        "DELETE FROM journal WHERE entry = 'saved'",
        "a revision that the journal does not know",
    ),
    (
        "DELETE FROM sent_forms",
        "a revision whose form was not remembered",
    ),
    ("DELETE FROM slugs", "an address that nobody claimed"),
    (
        "DELETE FROM revision_images",
        "a lead photo that the revision does not show",
    ),
    (
        "DELETE FROM drafts",
        "an item that is neither a draft nor public with its newest words",
    ),
];

const HALVES_OF_PUBLICATIONS: [(&str, &str); 3] = [
    (
        "UPDATE publications SET until_at = from_at + 1e9 WHERE until_at > 0",
        "publications that overlap",
    ),
    (
        "UPDATE publications SET until_at = from_at WHERE until_at > 0",
        "a public item with a gap in what readers saw",
    ),
    (
        "DELETE FROM journal WHERE entry = 'published'",
        "a publication that the journal does not know",
    ),
];

/// A room in which everything was done once, corrected once, and begun again; its file.
async fn a_busy_room(place: &Scratch) {
    let (mut running, client) = opened(&place.room()).await;
    let image = client.add_photo(photo(1)).await.unwrap();
    client.describe_photo(image, "A ferry").await.unwrap();
    let lead = image.to_string();
    let item = client
        .write_item(&[
            ("title", "The ferry sails"),
            ("summary", "In short."),
            ("body", "First."),
            ("lead_number", &lead),
        ])
        .await
        .unwrap();
    client.publish_item(item, &[]).await.unwrap();
    client
        .save_item(item, &[("body", "Second.")])
        .await
        .unwrap();
    let told = [("change", "update"), ("public_note", "More is known now.")];
    client.publish_item(item, &told).await.unwrap();
    client.save_item(item, &[("body", "Third.")]).await.unwrap();
    running.kill();
}

#[actix_web::test]
async fn a_room_that_is_half_there_would_be_noticed() {
    let place = Scratch::new();
    a_busy_room(&place).await;
    let mut raw = Raw::open(&place.room());
    is_whole(&mut raw);
    let triggers = raw.words("SELECT name AS one FROM sqlite_schema WHERE type = 'trigger'");
    raw.run("PRAGMA foreign_keys = OFF");
    for trigger in triggers {
        raw.run(&format!("DROP TRIGGER {trigger}"));
    }
    for (break_it, hole) in HALVES.into_iter().chain(HALVES_OF_PUBLICATIONS) {
        raw.run(&format!("BEGIN; {break_it}"));
        let found = holes(&mut raw);
        assert!(found.contains(&hole), "{break_it} is seen as {found:?}");
        raw.run("ROLLBACK");
    }
    is_whole(&mut raw);
}
