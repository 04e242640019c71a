//! A mail server on a port of its own, and a mailer that sends to it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use dateline::clock::{Clock, Instant};
use dateline::desk::telling;
use dateline::mailer::{Mailer, Post};
use dateline::newsroom::mail::{MailWords, NewMail};
use dateline::storage::mails::{Mail, newest};
use dateline::storage::{self, StorageError};
use serde::Deserialize;

use crate::support::Room;

const PATIENCE: Duration = Duration::from_mins(1);

/// A mail as the server took it, read by another program than ours.
#[derive(Debug, Deserialize)]
pub(super) struct Taken {
    pub(super) sender: String,
    pub(super) to: Vec<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) plain: String,
    pub(super) html: String,
    pub(super) defects: Vec<String>,
}

impl Taken {
    /// The one header of that name.
    pub(super) fn header(&self, name: &str) -> &str {
        let all: Vec<_> = self.headers.iter().filter(|(n, _)| n == name).collect();
        assert_eq!(all.len(), 1, "{name}: {:?}", self.headers);
        &all[0].1
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// Where its link leads in the room at this root.
    pub(super) fn link(&self, root: &str) -> String {
        let (_, rest) = self.plain.split_once(root).expect("no absolute link");
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

#[derive(Deserialize)]
struct Opened {
    port: u16,
}

pub(super) struct MailServer {
    child: Child,
    printed: Receiver<String>,
    pub(super) port: u16,
}

impl MailServer {
    pub(super) fn start() -> Self {
        Self::start_at(0)
    }

    pub(super) fn start_at(port: u16) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp");
        let own = folder.join(".venv/bin/python");
        let python = if own.exists() { own } else { "python3".into() };
        let mut child = Command::new(python)
            .arg(folder.join("server.py"))
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, printed) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    break;
                }
            }
        });
        let first = printed.recv_timeout(PATIENCE);
        let first = first.expect("no mail server: run tests/smtp/ready.sh first");
        let opened: Opened = serde_json::from_str(&first).unwrap();
        Self {
            child,
            printed,
            port: opened.port,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Waits for the next mail.
    pub(super) fn next(&self) -> Taken {
        let line = self.printed.recv_timeout(PATIENCE).expect("no mail came");
        serde_json::from_str(&line).unwrap()
    }

    /// Every mail that it took until now and nobody has looked at; the server ends.
    pub(super) fn end(mut self) -> Vec<Taken> {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
        let lines = self.printed.iter();
        lines
            .map(|line| serde_json::from_str(&line).unwrap())
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// A mailer as another process would have it, with the room's present time.
pub(super) fn mailer(room: &Room, server: &str) -> Mailer {
    let (store, read) = storage::open(&room.file(), None).unwrap();
    let post = Post::open(server, "Open Quay <news@quay.example>", "quay.example").unwrap();
    Mailer {
        store,
        read,
        clock: Clock::standing_at(room.clock.now()),
        post: Some(Arc::new(post)),
        address: room.root.clone(),
    }
}

/// Owes somebody a mail, as every feature does.
pub(super) fn owe(room: &Room, event: &str, recipient: &str, due_at: Instant) {
    let mail = NewMail {
        event: event.to_owned(),
        recipient: recipient.parse().unwrap(),
        words: MailWords {
            subject: format!("About {event}"),
            sentence: "Something happened.".to_owned(),
            about: None,
            link: "/admin".to_owned(),
            link_words: "Look".to_owned(),
            ..MailWords::default()
        },
        due_at,
        made_at: due_at,
    };
    let owed: Result<(), StorageError> = room.store.write_here(|tx| telling::owe(tx, &mail));
    owed.unwrap();
}

/// The newest mail as the room knows it.
pub(super) fn last_mail(mailer: &Mailer) -> Mail {
    let list: Result<_, StorageError> = mailer.read.read_here(|tx| newest(tx, (0, 1)));
    list.unwrap().0.remove(0)
}
