//! A mail about something scheduled goes out when readers see it, and never otherwise.

use super::server::{MailServer, mailer};
use crate::support::{Room, release};

const LIVE_AT: &str = "2018-11-27T09:00:00Z";

fn at(instant: &str) -> dateline::clock::Instant {
    dateline::clock::Instant::parse(instant).unwrap()
}

#[actix_web::test]
async fn who_wrote_it_is_told_at_the_instant_when_it_is_live() {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    mailer.clock.set(at(LIVE_AT).plus_millis(-1));
    mailer.round().await.unwrap();
    let page = room.admin().await;
    let page = page.open("/admin/mails").await;
    assert!(page.has("Waiting") && page.has("next try 27 Nov 2018, 09:00"));
    mailer.clock.set(at(LIVE_AT));
    mailer.round().await.unwrap();
    let mail = server.next();
    assert_eq!(mail.header("subject"), "Live: Ferry stops");
    assert!(mail.header("date").starts_with("Tue, 27 Nov 2018 09:00:00"));
    assert!(server.end().is_empty());
}

#[actix_web::test]
async fn a_schedule_that_is_taken_back_is_told_to_nobody() {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    let editor = room.editor().await;
    let back = editor.open("/admin/items/1/schedule/end").await;
    let back = back.press("Take back the schedule").await;
    assert_eq!(back.status, 200);
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    mailer.clock.set(at(LIVE_AT));
    mailer.round().await.unwrap();
    assert!(server.end().is_empty());
}

#[actix_web::test]
async fn a_mail_names_the_words_that_went_live_and_not_a_newer_draft() {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    let editor = room.editor().await;
    let newer = editor.open("/admin/items/1").await;
    let newer = newer.fill("Title", "Secret plan").press("Save").await;
    assert!(newer.has("Saved."));
    let moved = editor.open("/admin/items/1/schedule/change").await;
    let moved = moved.fill("Date", "2018-11-28").fill("Time", "10:00");
    let moved = moved.press("Continue").await.press("Change the time").await;
    assert_eq!(moved.status, 200);
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    mailer.clock.set(at("2018-11-28T09:59:59Z"));
    mailer.round().await.unwrap();
    mailer.clock.set(at("2018-11-28T10:00:00Z"));
    mailer.round().await.unwrap();
    let mails = server.end();
    let subjects: Vec<_> = mails.iter().map(|mail| mail.header("subject")).collect();
    assert_eq!(subjects, ["Live: Ferry stops"]);
    assert!(!mails[0].html.contains("Secret") && !mails[0].plain.contains("Secret"));
}

#[actix_web::test]
async fn who_worked_on_the_words_is_told_and_not_who_writes_others_now() {
    let room = Room::open().await;
    let author = room.author().await;
    let form = author.open("/admin/items/new").await;
    let form = form.fill("Title", "Ferry stops").fill("Summary", "Soon.");
    form.fill("Body", "At noon.").press("Save").await;
    let editor = room.editor().await;
    let schedule = editor.open("/admin/items/1/schedule").await;
    let schedule = schedule.fill("Date", "2018-11-27").fill("Time", "09:00");
    schedule.press("Continue").await.press("Schedule").await;
    let newer = room.second_editor().await;
    let newer = newer.open("/admin/items/1").await;
    newer.fill("Summary", "Another.").press("Save").await;
    let moved = editor.open("/admin/items/1/schedule/change").await;
    let moved = moved.fill("Date", "2018-11-28").fill("Time", "10:00");
    let moved = moved.press("Continue").await;
    assert!(
        moved.has("Its address: /news/ferry-stops."),
        "{}",
        moved.text()
    );
    assert!(moved.has("tells Anna"), "{}", moved.text());
    moved.press("Change the time").await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    mailer.clock.set(at("2018-11-28T10:00:00Z"));
    mailer.round().await.unwrap();
    let mails = server.end();
    let to: Vec<_> = mails.iter().map(|mail| mail.to.join(",")).collect();
    assert_eq!(to, ["anna@quay.example"]);
}

#[actix_web::test]
async fn nobody_gets_a_mail_of_the_newsroom_whose_account_was_disabled() {
    let room = Room::open().await;
    let author = room.author().await;
    let form = author.open("/admin/items/new").await;
    form.fill("Title", "Ferry stops")
        .fill("Summary", "Soon.")
        .fill("Body", "At noon.")
        .press("Save")
        .await;
    let submission = author.open("/admin/items/1/submission").await;
    submission.press("Submit for review").await;
    let admin = room.admin().await;
    let edo = admin.open("/admin/people").await.click("Edo").await;
    let disabled = edo.press("Disable the account").await;
    assert_eq!(disabled.status, 200);
    let server = MailServer::start();
    mailer(&room, &server.url()).round().await.unwrap();
    let mails = server.end();
    let to: Vec<_> = mails.iter().map(|mail| mail.to.join(",")).collect();
    assert_eq!(to, ["eva@quay.example"]);
}
