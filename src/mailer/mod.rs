//! Sends the mails that the room owes, in the background. Moves only write them down, so that a
//! dead mail server holds up nobody.

mod letter;
mod post;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use self::letter::{Frame, letter};
use self::post::Trouble;
pub use self::post::{Post, PostError};
use crate::clock::{Clock, Instant};
use crate::keys::new_key;
use crate::newsroom::mail::wait_after;
use crate::storage::mails::{self, Mail, Outcome};
use crate::storage::{ReadStore, StorageError, Store, room};

const LOOKS_EVERY: Duration = Duration::from_secs(2);
/// A server that takes nothing is left alone for a while.
const PAUSE: Duration = Duration::from_secs(30);
const TIDIES_EVERY_MILLIS: i64 = 60 * 60 * 1000;

/// Takes mails in hand one by one, and keeps what came of each try.
///
/// Several mailers may work on one room: a mail is claimed in a transaction, for longer than a try
/// takes. When a process dies between the server's "yes" and the row that says so, the mail goes
/// out again with the same Message-ID; no program can close that gap from its own side.
#[derive(Clone)]
pub struct Mailer {
    pub store: Store,
    pub read: ReadStore,
    pub clock: Clock,
    /// Without a server, mails are only kept and forgotten.
    pub post: Option<Arc<Post>>,
    /// The room from outside, without a slash at the end.
    pub address: String,
}

/// How a round over the mails that were due ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    NothingLeft,
    /// The server takes no mails; the rest waits.
    ServerInTrouble,
}

impl Mailer {
    /// Sends everything that is due now.
    pub async fn round(&self) -> Result<Round, StorageError> {
        self.round_until(&AtomicBool::new(false)).await
    }

    async fn round_until(&self, stop: &AtomicBool) -> Result<Round, StorageError> {
        let Some(post) = &self.post else {
            return Ok(Round::NothingLeft);
        };
        while !stop.load(Ordering::Relaxed) {
            let Some(mail) = self.claim().await? else {
                break;
            };
            if self.try_once(post, mail).await? == Round::ServerInTrouble {
                return Ok(Round::ServerInTrouble);
            }
        }
        Ok(Round::NothingLeft)
    }

    /// Forgets the words of mails that were due long ago.
    pub async fn tidy(&self) -> Result<(), StorageError> {
        let now = self.clock.now();
        self.store.jot(move |tx| mails::forget_words(tx, now)).await
    }

    /// Most looks find nothing, so a look does not ask for the one connection that writes.
    async fn claim(&self) -> Result<Option<Mail>, StorageError> {
        let now = self.clock.now();
        if !self.read.read(move |tx| mails::any_due(tx, now)).await? {
            return Ok(None);
        }
        self.store.jot(move |tx| mails::claim(tx, now)).await
    }

    async fn try_once(&self, post: &Post, mail: Mail) -> Result<Round, StorageError> {
        let room = self.read.read(room::frame).await?;
        let name = room.map(|frame| frame.room.name.as_str().to_owned());
        let frame = Frame {
            from: &post.from,
            room: name.as_deref().unwrap_or_default(),
            address: &self.address,
        };
        let answer = match letter(&mail, &frame) {
            Ok(letter) => post.send(letter).await,
            Err(error) => Err(Trouble::Refused(format!("It cannot be sent: {error}."))),
        };
        let (outcome, round) = outcome(&mail, answer, self.clock.now());
        self.store
            .jot(move |tx| mails::settle(tx, &mail, &outcome))
            .await?;
        Ok(round)
    }

    async fn run(self, stop: Arc<AtomicBool>) {
        let mut tidy_at = self.clock.now();
        while !stop.load(Ordering::Relaxed) {
            if tidy_at <= self.clock.now() {
                tidy_at = self.clock.now().plus_millis(TIDIES_EVERY_MILLIS);
                logged(self.tidy().await);
            }
            let round = logged(self.round_until(&stop).await);
            let pause = match round {
                Some(Round::NothingLeft) => LOOKS_EVERY,
                Some(Round::ServerInTrouble) | None => PAUSE,
            };
            wait(pause, &stop).await;
        }
    }
}

fn logged<T>(done: Result<T, StorageError>) -> Option<T> {
    match done {
        Ok(done) => Some(done),
        Err(cause) => {
            tracing::error!(%cause, "the mails could not be looked at; the mailer goes on later");
            None
        }
    }
}

/// What is kept of a try, and whether to go on with the next mail. The log names no address.
fn outcome(mail: &Mail, answer: Result<(), Trouble>, now: Instant) -> (Outcome, Round) {
    let number = mail.id.get();
    let (trouble, round) = match answer {
        Ok(()) => {
            tracing::info!(mail.id = number, "a mail was sent");
            return (Outcome::Sent(now), Round::NothingLeft);
        }
        Err(Trouble::Refused(error)) => {
            tracing::warn!(mail.id = number, "a mail was refused for good");
            return (Outcome::Failed { error }, Round::NothingLeft);
        }
        Err(Trouble::Later(error)) => (error, Round::NothingLeft),
        Err(Trouble::Server(error)) => (error, Round::ServerInTrouble),
    };
    tracing::warn!(
        mail.id = number,
        mail.tries = mail.tries,
        "a mail could not be sent"
    );
    let outcome = match wait_after(mail.tries, chance()) {
        Some(wait) => Outcome::PutOff {
            until: now.plus_millis(wait),
            error: trouble,
        },
        None => Outcome::Failed { error: trouble },
    };
    (outcome, round)
}

fn chance() -> u8 {
    let digits = new_key();
    let first = digits.get(0..2).unwrap_or_default();
    u8::from_str_radix(first, 16).unwrap_or(0)
}

/// In short breaths, so that a process that stops does not wait for it.
async fn wait(pause: Duration, stop: &AtomicBool) {
    const BREATH: Duration = Duration::from_millis(100);
    let mut left = pause;
    while !left.is_zero() && !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(BREATH.min(left)).await;
        left = left.saturating_sub(BREATH);
    }
}

/// A mailer at work on a thread of its own.
pub struct AtWork {
    stop: Arc<AtomicBool>,
    ended: Receiver<()>,
}

impl AtWork {
    pub fn start(mailer: Mailer) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (end, ended) = channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let until = Arc::clone(&stop);
        std::thread::Builder::new()
            .name("mailer".to_owned())
            .spawn(move || {
                runtime.block_on(mailer.run(until));
                // Nobody may be waiting any more.
                let _heard = end.send(());
                // A name that is still being looked up is not waited for.
                runtime.shutdown_background();
            })?;
        Ok(Self { stop, ended })
    }

    /// Lets the mail that is on its way arrive, but does not wait for a server that hangs: whatever
    /// was not sent is sent after the next start.
    pub fn stop(self) {
        const LAST_MAIL: Duration = Duration::from_secs(3);
        self.stop.store(true, Ordering::Relaxed);
        if self.ended.recv_timeout(LAST_MAIL).is_err() {
            tracing::warn!("the mail server did not answer before the process ended");
        }
    }
}
