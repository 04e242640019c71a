//! The mail that brings a journalist a pass: whose it is, what it tells, and what is kept of its link.

use super::server::{MailServer, last_mail, mailer};
use crate::support::{Browser, Room, release};
use dateline::storage::StorageError;
use dateline::storage::mails::{self, Mail};

const LIVE_AT: &str = "2018-11-27T09:00:00Z";

/// Gives Ann Lee a pass that is mailed to her, and says which.
async fn mailed(room: &Room, editor: &Browser) -> String {
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    let form = editor.open("/admin/items/1/pass").await;
    let form = form.fill("Journalist", "Ann Lee\r\nBcc: spy@evil.example");
    let form = form.fill("Outlet", "The Herald");
    let form = form.fill("Mail address", "ann@herald.example");
    let list = form.press("Give the pass").await;
    let address = list.attr("#address", "value");
    address.strip_prefix(&room.root).unwrap().to_owned()
}

#[actix_web::test]
async fn the_mail_brings_embargo_terms_and_link_and_no_word_of_the_item() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let pass = mailed(&room, &editor).await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    mailer.round().await.unwrap();
    let mails = server.end();
    let to_ann = |to: &Vec<String>| to.iter().any(|to| to == "ann@herald.example");
    let mut mails = mails.iter().filter(|mail| to_ann(&mail.to));
    let mail = mails.next().unwrap();
    assert!(mails.next().is_none());
    assert_eq!((mail.to.len(), mail.has_header("bcc")), (1, false));
    assert_eq!(
        mail.header("subject"),
        "Under embargo: a pass from Open Quay"
    );
    for part in [&mail.plain, &mail.html] {
        for words in [
            "Embargoed until 27 Nov 2018, 09:00 (UTC+00:00) in Europe/London, that is 09:00 UTC, 12:00 in Africa/Nairobi.",
            "The pass ends then.",
            "publish nothing of it",
            "The Herald",
        ] {
            assert!(part.contains(words), "{words}: {part}");
        }
        assert!(!part.contains("Ferry") && !part.contains("ferry"));
    }
    assert_eq!(mail.link(&room.root), pass);
    assert!(room.get(&pass).await.has("News under embargo"));
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
}

#[actix_web::test]
async fn admins_never_see_the_link_and_nothing_keeps_it_once_it_was_sent() {
    let room = Room::open().await;
    let pass = mailed(&room, &room.editor().await).await;
    let admin = room.admin().await;
    let secret = pass.trim_start_matches("/passes/");
    let mails = admin.open("/admin/mails").await;
    assert!(mails.has("ann@herald.example") && mails.has("publish nothing of it"));
    assert!(mails.has("The link stands in the mail alone"));
    assert!(!mails.source().contains(secret));
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    let link = || last_mail(&mailer).words.unwrap().link;
    assert_eq!(link(), pass);
    mailer.round().await.unwrap();
    assert_eq!(link(), "");
    let mails = admin.open("/admin/mails").await;
    assert!(mails.has("Sent") && mails.has("The link stands in the mail alone"));
    drop(server.end());
}

#[actix_web::test]
async fn a_pass_that_is_revoked_before_its_mail_goes_out_is_mailed_to_nobody() {
    let room = Room::open().await;
    let editor = room.editor().await;
    mailed(&room, &editor).await;
    let step = editor.open("/admin/items/1/pass/end?pass=1").await;
    step.press("Revoke a pass").await;
    let server = MailServer::start();
    mailer(&room, &server.url()).round().await.unwrap();
    let mails = server.end();
    assert!(mails.iter().all(|mail| mail.to != ["ann@herald.example"]));
}

#[actix_web::test]
async fn a_mail_that_still_waits_names_the_time_that_is_meant_and_none_when_none_is() {
    let room = Room::open().await;
    let editor = room.editor().await;
    mailed(&room, &editor).await;
    let lines = || {
        let newest = room.store.write_here(|tx| mails::newest(tx, (0, 20)));
        let (all, _) = newest.map_err(|error: StorageError| error).unwrap();
        let to_ann = |mail: &Mail| mail.recipient.as_str() == "ann@herald.example";
        let words = all.into_iter().find(to_ann).unwrap().words.unwrap();
        words.further.join("\n")
    };
    assert!(lines().contains("27 Nov 2018, 09:00"));
    let moved = editor.open("/admin/items/1/schedule/change").await;
    let moved = moved.fill("Date", "2018-11-28").fill("Time", "10:00");
    let moved = moved.press("Continue").await.press("Change the time").await;
    assert!(moved.has("It goes out at the new time."));
    let told = lines();
    assert!(
        told.contains("Embargoed until 28 Nov 2018, 10:00"),
        "{told}"
    );
    assert!(told.contains("The pass expires before that: 27 Nov 2018, 09:00"));
    assert!(told.contains("publish nothing of it"));
    let back = editor.open("/admin/items/1/schedule/end").await;
    back.press("Take back the schedule").await;
    let told = lines();
    assert!(told.contains("no time is set at present"), "{told}");
    assert!(!told.contains("28 Nov"));
}
