//! What becomes of a mail when the server is away, busy, or says no.

use dateline::clock::Instant;
use dateline::mailer::{Mailer, Round};
use dateline::newsroom::MailState;
use dateline::storage::{StorageError, mails};

use super::server::{MailServer, last_mail, mailer, owe};
use crate::support::{Room, Tab, release};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn pass(mailer: &Mailer, millis: i64) {
    mailer.clock.set(mailer.clock.now().plus_millis(millis));
}

fn states(page: &Tab<'_>) -> Vec<String> {
    page.select("table .chip")
}

#[actix_web::test]
async fn while_the_server_is_down_a_step_is_made_and_its_mail_comes_when_the_server_is_back() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let server = MailServer::start();
    let port = server.port;
    let mailer = mailer(&room, &server.url());
    server.end();
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1/submission").await;
    let submitted = form.press("Submit for review").await;
    assert!(submitted.has("Submitted: it waits for an editor."));
    assert_eq!(mailer.round().await.unwrap(), Round::ServerInTrouble);
    let admin = room.admin().await;
    let page = admin.open("/admin/mails").await;
    assert_eq!(states(&page), ["Waiting"]);
    assert!(page.has("1 try: The mail server cannot be reached."));

    let server = MailServer::start_at(port);
    pass(&mailer, 2 * MINUTE);
    assert_eq!(mailer.round().await.unwrap(), Round::NothingLeft);
    assert_eq!(server.next().to, ["edo@quay.example"]);
    assert_eq!(states(&admin.open("/admin/mails").await), ["Sent"]);
    pass(&mailer, DAY);
    mailer.round().await.unwrap();
    assert!(server.end().is_empty(), "it was sent twice");
}

#[actix_web::test]
async fn what_the_server_refuses_for_good_has_failed_and_an_admin_can_try_it_again() {
    let room = Room::open().await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    owe(&room, "one", "refused@quay.example", room.clock.now());
    owe(&room, "two", "eva@quay.example", room.clock.now());
    mailer.round().await.unwrap();
    assert_eq!(server.next().to, ["eva@quay.example"]);
    let admin = room.admin().await;
    let page = admin.open("/admin/mails").await;
    assert_eq!(states(&page), ["Sent", "Failed"]);
    assert!(page.has("The mail server refuses it for good: 550"));
    assert!(page.has("Nobody of that name is here"));
    pass(&mailer, DAY);
    mailer.round().await.unwrap();
    assert_eq!(
        last_failed(&mailer).tries,
        1,
        "nobody asked for another try"
    );

    let button = "Try again: About one to refused@quay.example";
    let again = page.press(button).await;
    assert!(again.has("The mail waits again and goes out next."));
    assert_eq!(states(&again), ["Sent", "Waiting"]);
    let twice = page.press(button).await;
    assert_eq!(states(&twice), ["Sent", "Waiting"]);
    mailer.round().await.unwrap();
    let page = admin.open("/admin/mails").await;
    assert_eq!(states(&page), ["Sent", "Failed"]);
    assert!(server.end().is_empty());
}

fn last_failed(mailer: &Mailer) -> mails::Mail {
    let all: Result<_, StorageError> = mailer.read.read_here(|tx| mails::newest(tx, (0, 9)));
    let (list, _) = all.unwrap();
    let failed = list.into_iter().find(|one| one.state == MailState::Failed);
    failed.expect("nothing failed")
}

#[actix_web::test]
async fn a_busy_server_is_asked_again_after_longer_and_longer_waits_and_then_no_more() {
    let room = Room::open().await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    let begun = room.clock.now();
    owe(&room, "one", "busy@quay.example", begun);
    let mut waits = Vec::new();
    loop {
        mailer.round().await.unwrap();
        let mail = last_mail(&mailer);
        if mail.state == MailState::Failed {
            break;
        }
        let now = mailer.clock.now();
        waits.push(mail.next_try_at.millis() - now.millis());
        mailer.round().await.unwrap();
        assert_eq!(
            last_mail(&mailer).tries,
            mail.tries,
            "tried before its time"
        );
        mailer.clock.set(mail.next_try_at);
    }
    assert_eq!((last_mail(&mailer).tries, waits.len()), (20, 19));
    let doubled = waits.windows(2).take(6).all(|pair| pair[1] > pair[0]);
    assert!(doubled, "{waits:?}");
    let lasted = mailer.clock.now().millis() - begun.millis();
    assert!((DAY..3 * DAY).contains(&lasted));
    let page = room.admin().await;
    let page = page.open("/admin/mails").await;
    assert!(page.has("20 tries: The mail server does not take it now: 451"));
}

#[actix_web::test]
async fn a_wrong_password_fails_no_mail_and_the_right_one_sends_it() {
    let room = Room::open().await;
    let server = MailServer::start();
    let with = |password: &str| format!("smtp://ann:{password}@127.0.0.1:{}", server.port);
    owe(&room, "one", "eva@quay.example", room.clock.now());
    let wrong = mailer(&room, &with("wrong"));
    assert_eq!(wrong.round().await.unwrap(), Round::ServerInTrouble);
    let admin = room.admin().await;
    let page = admin.open("/admin/mails").await;
    assert_eq!(states(&page), ["Waiting"]);
    assert!(page.has("The mail server does not know the user name or the password (535)."));
    assert!(!page.source().contains("wrong"));
    let right = mailer(&room, &with("right"));
    pass(&right, 2 * MINUTE);
    right.round().await.unwrap();
    assert_eq!(server.next().to, ["eva@quay.example"]);
}

#[actix_web::test]
async fn two_mailers_of_one_room_send_each_mail_once() {
    let room = Room::open().await;
    let server = MailServer::start();
    for number in 0..24 {
        let event = format!("event {number}");
        owe(&room, &event, "eva@quay.example", room.clock.now());
    }
    let (one, two) = (mailer(&room, &server.url()), mailer(&room, &server.url()));
    let (first, second) = futures_util::future::join(one.round(), two.round()).await;
    assert_eq!(
        (first.unwrap(), second.unwrap()),
        (Round::NothingLeft, Round::NothingLeft)
    );
    let mails = server.end();
    let mut ids: Vec<_> = mails.iter().map(|mail| mail.header("message-id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((mails.len(), ids.len()), (24, 24));
}

#[actix_web::test]
async fn a_mail_that_a_killed_process_had_in_hand_goes_out_when_its_lease_is_over() {
    let room = Room::open().await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    owe(&room, "one", "eva@quay.example", room.clock.now());
    let now = mailer.clock.now();
    let claimed: Result<_, StorageError> = room.store.write_here(|tx| mails::claim(tx, now));
    let claimed = claimed.unwrap().unwrap();
    mailer.round().await.unwrap();
    assert_eq!(last_mail(&mailer).tries, 1, "somebody has it in hand");
    pass(&mailer, 6 * MINUTE);
    mailer.round().await.unwrap();
    assert!(server.next().header("message-id").contains(&claimed.uid));
    let late: Result<(), StorageError> = room.store.write_here(|tx| {
        let error = "too late".to_owned();
        mails::settle(tx, &claimed, &mails::Outcome::Failed { error })
    });
    late.unwrap();
    assert_eq!(last_mail(&mailer).state, MailState::Sent);
}

#[actix_web::test]
async fn what_waited_for_more_than_three_days_is_no_news_and_is_not_sent() {
    let room = Room::open().await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    owe(&room, "one", "eva@quay.example", room.clock.now());
    pass(&mailer, 4 * DAY);
    mailer.round().await.unwrap();
    assert!(server.end().is_empty());
    let admin = room.admin().await;
    let page = admin.open("/admin/mails").await;
    assert!(page.has("It waited for more than three days"));
}

#[actix_web::test]
async fn after_thirty_days_the_words_are_gone_and_the_event_is_still_not_told_again() {
    let room = Room::open().await;
    let server = MailServer::start();
    let mailer = mailer(&room, &server.url());
    let due: Instant = room.clock.now();
    owe(&room, "one", "eva@quay.example", due);
    mailer.round().await.unwrap();
    pass(&mailer, 29 * DAY);
    mailer.tidy().await.unwrap();
    let admin = room.admin().await;
    assert!(admin.open("/admin/mails").await.has("About one"));
    pass(&mailer, 2 * DAY);
    mailer.tidy().await.unwrap();
    let page = admin.open("/admin/mails").await;
    assert!(page.has("The words are no longer kept") && !page.has("Something happened."));
    assert_eq!(states(&page), ["Sent"]);
    owe(&room, "one", "eva@quay.example", mailer.clock.now());
    mailer.round().await.unwrap();
    assert_eq!(server.end().len(), 1);
}
