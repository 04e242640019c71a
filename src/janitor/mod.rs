//! Tidies up in the background: what has lain in the trash of the library long enough goes for good, and
//! pictures that came before looks were kept are looked at.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::clock::Clock;
use crate::desk::library;
use crate::media::Look;
use crate::storage::{StorageError, Store, looks};

const LOOKS_EVERY: Duration = Duration::from_hours(1);
const BREATH: Duration = Duration::from_millis(100);

/// Whoever empties the trash.
#[derive(Clone)]
pub struct Janitor {
    pub store: Store,
    pub clock: Clock,
}

impl Janitor {
    /// Empties what is due now, one picture at a time, so that nobody who writes waits for all of
    /// them; how many it were. Readers see no difference.
    pub fn round(&self) -> Result<usize, StorageError> {
        let mut emptied = 0;
        loop {
            let now = self.clock.now();
            let one = self.store.jot_here(|tx| library::empty_one(tx, now))?;
            if one.is_none() {
                return Ok(emptied);
            }
            emptied += 1;
        }
    }

    /// Looks at the pictures that nobody has looked at yet, each outside of the transaction that keeps
    /// it; how many it were.
    pub fn look(&self, stop: &AtomicBool) -> Result<usize, StorageError> {
        let mut seen = 0;
        while !stop.load(Ordering::Relaxed) {
            let Some((image, bytes)) = self.store.jot_here(|tx| looks::unseen(tx))? else {
                break;
            };
            let look = Look::of_file(&bytes);
            self.store.jot_here(|tx| looks::keep(tx, image, look))?;
            seen += 1;
        }
        Ok(seen)
    }

    fn run(&self, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let done = self
                .round()
                .and_then(|emptied| Ok((emptied, self.look(stop)?)));
            match done {
                Ok((0, 0)) => {}
                Ok((emptied, seen)) => tracing::info!(
                    pictures.emptied = emptied,
                    pictures.seen = seen,
                    "the library was tidied up"
                ),
                Err(cause) => {
                    tracing::error!(%cause, "the library could not be tidied up; it is tried again");
                }
            }
            wait(stop);
        }
    }
}

/// In short breaths, so that a process that stops does not wait for it.
fn wait(stop: &AtomicBool) {
    let mut left = LOOKS_EVERY;
    while !left.is_zero() && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(BREATH);
        left = left.saturating_sub(BREATH);
    }
}

/// A janitor at work on a thread of its own.
pub struct AtWork {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl AtWork {
    pub fn start(janitor: Janitor) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("janitor".to_owned())
            .spawn(move || janitor.run(&until))?;
        Ok(Self { stop, thread })
    }

    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        if self.thread.join().is_err() {
            tracing::error!("the thread that tidies up broke down");
        }
    }
}
