//! The real binary with a mail server in its environment.

use std::net::TcpListener;

use dateline::clock::Clock;

use super::server::{MailServer, owe};
use crate::process::binary::{Running, run, seen};
use crate::support::Room;

const FROM: (&str, &str) = ("DATELINE_MAIL_FROM", "Open Quay <news@quay.example>");

/// From here on, the process hears that it should stop.
async fn answers(running: &Running) {
    let address = format!("{}/robots.txt", running.readers);
    assert_eq!(reqwest::get(address).await.unwrap().status(), 200);
}

#[actix_web::test]
async fn the_process_sends_what_is_due_with_links_to_its_own_address() {
    let room = Room::open().await;
    owe(&room, "one", "eva@quay.example", Clock::machine().now());
    let server = MailServer::start();
    let settings = [
        ("DATELINE_MAIL_SERVER", server.url()),
        (FROM.0, FROM.1.to_owned()),
    ];
    let mut running = Running::serve_with(&room.file(), &settings);
    let mail = server.next();
    assert_eq!(mail.link(&running.readers), "/admin");
    answers(&running).await;
    running.stop().await;
    assert!(server.end().is_empty());
}

#[actix_web::test]
async fn a_server_that_never_answers_does_not_keep_the_process_from_ending() {
    let room = Room::open().await;
    owe(&room, "one", "eva@quay.example", Clock::machine().now());
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = format!("smtp://{}", silent.local_addr().unwrap());
    let settings = [
        ("DATELINE_MAIL_SERVER", server),
        (FROM.0, FROM.1.to_owned()),
    ];
    let mut running = Running::serve_with(&room.file(), &settings);
    let _held = silent.accept().unwrap();
    answers(&running).await;
    running.stop().await;
}

#[test]
fn a_password_shows_in_no_complaint_and_no_help() {
    let folder = std::env::temp_dir().join(format!("dateline-{}", dateline::keys::new_key()));
    let file = folder.join("room.db");
    let file = file.to_string_lossy();
    let from = ["--mail-from", "news@quay.example", "--database", &file];
    for server in ["smtp://ann:hunter2@mail.example", "ann:hunter2"] {
        let start = ["serve", "--listen", "127.0.0.1:0", "--mail-server", server];
        let (code, out, error) = seen(&run(&[&start[..], &from[..]].concat()));
        assert_eq!(code, Some(1), "{server}");
        assert!(error.contains("Mails cannot be sent like this"), "{error}");
        assert!(!out.contains("hunter2") && !error.contains("hunter2"));
    }
    let (_, help, error) = seen(&run(&["serve", "--mail-server", "ann:hunter2", "--help"]));
    assert!(help.contains("DATELINE_MAIL_SERVER") && !help.contains("hunter2") && error.is_empty());
    // Nothing of the room may stay among the machine's temporary files.
    std::fs::remove_dir_all(folder).unwrap();
}
