//! Mails about accounts: the invitation, a link that somebody asks for at the door, and what became of them.

use super::server::{MailServer, Taken, mailer};
use crate::support::{Browser, Room};

const CHOSEN: &str = "seven quiet herons at the lock";

async fn invite(admin: &Browser, name: &str) {
    let form = admin.open("/admin/people/new").await.fill("Name", name);
    let form = form.fill("Mail address", "nour@quay.example");
    form.tick("Author", true).press("Invite").await;
}

async fn asks(room: &Room, mail: &str) -> (u16, String) {
    let visitor = room.visitor();
    let form = visitor.open("/admin/forgotten-password").await;
    let answer = form.fill("Mail address", mail).press("Send the link").await;
    (answer.status, answer.only(".said"))
}

/// Everything that the room has to send by now.
async fn sent(room: &Room) -> Vec<Taken> {
    let server = MailServer::start();
    mailer(room, &server.url()).round().await.unwrap();
    server.end()
}

/// What is asked for at the door is made beside the answer.
async fn waits_for_mails(room: &Room, count: i64) {
    const TRIES: usize = 400;
    for _ in 0..TRIES {
        let known = room
            .store
            .write_here(|tx| dateline::storage::mails::newest(tx, (0, 1)))
            .map_err(|error: dateline::storage::StorageError| error)
            .unwrap();
        if known.1 == count {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("there are not {count} mails");
}

#[actix_web::test]
async fn an_invitation_brings_a_link_that_only_its_recipient_sees() {
    let room = Room::open_with_mail().await;
    let admin = room.admin().await;
    invite(&admin, "Nour\u{202e} <b>").await;
    let shown = admin.open("/admin/mails").await;
    assert!(shown.has("The link stands in the mail alone"));
    let [mail] = &sent(&room).await[..] else {
        panic!("one mail")
    };
    assert_eq!(mail.to, ["nour@quay.example"]);
    assert_eq!(
        mail.header("subject"),
        "Your account in the newsroom of Open Quay"
    );
    assert!(
        mail.plain.contains("The link works once, until "),
        "{}",
        mail.plain
    );
    let link = mail.link(&room.root);
    let nour = room.visitor();
    let form = nour.open(&link).await;
    let door = form
        .fill("New password", CHOSEN)
        .press("Set the password")
        .await;
    assert_eq!(door.only(".said"), "Your password is set. Sign in with it.");
    assert!(
        sent(&room).await.is_empty(),
        "nothing to warn of on a first day"
    );
}

#[actix_web::test]
async fn a_lost_password_is_asked_for_at_the_door_and_nobody_learns_who_has_an_account() {
    let room = Room::open_with_mail().await;
    let known = asks(&room, "eva@quay.example").await;
    let unknown = asks(&room, "nobody@quay.example").await;
    assert_eq!(known, unknown);
    assert_eq!(known.0, 200);
    waits_for_mails(&room, 1).await;
    let [mail] = &sent(&room).await[..] else {
        panic!("one mail")
    };
    assert_eq!(mail.to, ["eva@quay.example"]);
    assert!(
        mail.plain.contains("Somebody, probably you"),
        "{}",
        mail.plain
    );

    let eva = room.editor().await;
    let link = mail.link(&room.root);
    let form = room.visitor();
    let form = form.open(&link).await;
    form.fill("New password", CHOSEN)
        .press("Set the password")
        .await;
    assert_eq!(eva.get("/admin").await.status, 303, "signed out everywhere");
    let [warning] = &sent(&room).await[..] else {
        panic!("one warning")
    };
    assert_eq!(
        warning.header("subject"),
        "Your password for the newsroom of Open Quay was changed"
    );
}

#[actix_web::test]
async fn whoever_asks_again_and_again_fills_nobodys_mailbox() {
    let room = Room::open_with_mail().await;
    for _ in 0..3 {
        asks(&room, "eva@quay.example").await;
    }
    waits_for_mails(&room, 1).await;
    assert_eq!(sent(&room).await.len(), 1);
    room.clock.pass(5 * 60 * 1000);
    asks(&room, "eva@quay.example").await;
    waits_for_mails(&room, 2).await;
    assert_eq!(sent(&room).await.len(), 1);

    // A link that an admin gave stays, whoever asks at the door.
    let admin = room.admin().await;
    let eva = admin.open("/admin/people").await.click("Eva").await;
    let given = eva.press("Make a new link").await;
    let link = given.attr("#address", "value");
    waits_for_mails(&room, 3).await;
    room.clock.pass(5 * 60 * 1000);
    asks(&room, "eva@quay.example").await;
    let path = link.strip_prefix(&room.root).unwrap();
    assert_eq!(room.visitor().get(path).await.status, 200);
}

#[actix_web::test]
async fn a_room_without_a_mail_server_promises_no_mail() {
    let room = Room::open().await;
    let page = room.visitor().get("/admin/forgotten-password").await;
    assert!(page.has("ask one"));
    assert_eq!(page.count("input"), 0);
}
