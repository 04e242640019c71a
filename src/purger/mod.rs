//! Tells caches in front of the room what has changed, in the background: a publication writes down
//! what is to be told, and waits for nobody.

mod call;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

pub use self::call::{Caches, CachesError};
use crate::clock::Clock;
use crate::storage::{ReadStore, StorageError, Store, purges};

const LOOKS_EVERY: Duration = Duration::from_millis(500);
const TIDIES_EVERY: u32 = 7_200;

/// Takes in hand what is due, again and again until somebody has taken it.
#[derive(Clone)]
pub struct Purger {
    pub store: Store,
    pub read: ReadStore,
    pub clock: Clock,
    /// Without caches, what is owed is only forgotten.
    pub caches: Option<Caches>,
}

impl Purger {
    /// Tells everything that is due now; whether somebody took it.
    pub fn round(&self) -> Result<bool, StorageError> {
        let Some(caches) = &self.caches else {
            return Ok(true);
        };
        let now = self.clock.now();
        // Most looks find nothing, so a look does not ask for the one connection that writes.
        if !self.read.read_here(|tx| purges::any_due(tx, now))? {
            return Ok(true);
        }
        let Some(due) = self.store.jot_here(|tx| purges::claim(tx, now))? else {
            return Ok(true);
        };
        match caches.tell(&due.tags, now) {
            Ok(()) => {
                tracing::info!(
                    tags = due.tags.len(),
                    "the caches were told what has changed"
                );
                self.store.jot_here(|tx| purges::settle(tx, &due))?;
                Ok(true)
            }
            Err(cause) => {
                tracing::warn!(%cause, purge.tries = due.tries, "the caches could not be told what has changed; it is tried again");
                let until = self.clock.now().plus_millis(wait_after(due.tries));
                self.store.jot_here(|tx| purges::put_off(tx, &due, until))?;
                Ok(false)
            }
        }
    }

    fn run(&self, stop: &AtomicBool) {
        let mut looks = 0;
        while !stop.load(Ordering::Relaxed) {
            if self.caches.is_none() && looks % TIDIES_EVERY == 0 {
                let now = self.clock.now();
                logged(self.store.jot_here(|tx| purges::forget_due(tx, now)));
            }
            looks = looks.wrapping_add(1);
            logged(self.round());
            std::thread::sleep(LOOKS_EVERY);
        }
    }
}

fn logged<T>(done: Result<T, StorageError>) {
    if let Err(cause) = done {
        tracing::error!(%cause, "what the caches are owed could not be looked at; it is tried again");
    }
}

/// In milliseconds: a second, then twice as long each time, five minutes at most.
fn wait_after(tries: i64) -> i64 {
    const FIRST: i64 = 1_000;
    const LONGEST: i64 = 5 * 60 * 1_000;
    let doublings = u32::try_from(tries.clamp(0, 20)).unwrap_or_default();
    FIRST.saturating_mul(1 << doublings).min(LONGEST)
}

/// A purger at work on a thread of its own.
pub struct AtWork {
    stop: Arc<AtomicBool>,
    ended: Receiver<()>,
}

impl AtWork {
    pub fn start(purger: Purger) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (end, ended) = channel();
        let until = Arc::clone(&stop);
        std::thread::Builder::new()
            .name("purger".to_owned())
            .spawn(move || {
                purger.run(&until);
                // Nobody may be waiting any more.
                let _heard = end.send(());
            })?;
        Ok(Self { stop, ended })
    }

    /// Lets the call that is on its way end; whatever was not told is told after the next start.
    pub fn stop(self) {
        const LAST_CALL: Duration = Duration::from_secs(2);
        self.stop.store(true, Ordering::Relaxed);
        if self.ended.recv_timeout(LAST_CALL).is_err() {
            tracing::warn!("the caches did not answer before the process ended");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wait_after;

    #[test]
    fn a_try_waits_longer_each_time_up_to_five_minutes() {
        let waits: Vec<i64> = [0, 1, 2, 8, 9, 1_000].map(wait_after).to_vec();
        assert_eq!(waits, [1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
    }
}
