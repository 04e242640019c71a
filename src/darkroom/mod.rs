//! Makes copies of pictures in the background, one after the other and behind everybody else's work: crops
//! round the spots that somebody chose, AVIF, and the first pages of PDFs.

mod drawer;
mod encoder;
mod first_pages;
mod rendering;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::apart::Apart;
use crate::media::{CopySet, Fault, Master, Waiting};
use crate::storage::copies::{self, Known, Wish};
use crate::storage::{ReadStore, StorageError, Store};

pub use drawer::{DRAWS, Drawing, draw, drawer};
pub use encoder::{ENCODES, encoder};
pub use first_pages::FirstPages;
pub use rendering::{Anew, anew};

/// Somebody who has just saved looks at the page within seconds.
const LOOKS_EVERY: Duration = Duration::from_secs(2);
const BREATH: Duration = Duration::from_millis(100);
/// So long it gives way to people; then it goes on beside them, so that its own work is done some day.
const GIVES_WAY: Duration = Duration::from_secs(30);
/// So often one AVIF is begun before it is no more ended for people.
const MOST_TURNS: u32 = 5;
/// The last in the line for a processor (nice(2)).
const LAST_IN_LINE: i32 = 19;

/// Whoever makes copies.
#[derive(Clone)]
pub struct Darkroom {
    pub store: Store,
    pub read: ReadStore,
    pub waiting: Waiting,
    /// Who makes AVIF.
    pub encoder: Apart,
}

impl Darkroom {
    /// Makes what is missing now, crops before AVIF, because readers are better off with them at once; how
    /// many sets of copies it were.
    pub fn round(&self, stop: &AtomicBool) -> Result<usize, StorageError> {
        self.round_beside(&|| Ok(()), stop)
    }

    /// The same, and something else before each picture, that does not have to wait for all of them.
    fn round_beside(
        &self,
        beside: &dyn Fn() -> Result<(), StorageError>,
        stop: &AtomicBool,
    ) -> Result<usize, StorageError> {
        let mut made = 0;
        for in_avif in [false, true] {
            let mut wish = self.read.read_here(|tx| copies::newest_wish(tx, None))?;
            while let Some(one) = wish {
                if stop.load(Ordering::Relaxed) {
                    return Ok(made);
                }
                beside()?;
                made += self.fulfil(one, in_avif, stop)?;
                wish = self
                    .read
                    .read_here(|tx| copies::newest_wish(tx, Some(one)))?;
            }
        }
        Ok(made)
    }

    /// A picture that cannot be read any more is left as it is: `dateline images render` names it.
    fn fulfil(&self, wish: Wish, in_avif: bool, stop: &AtomicBool) -> Result<usize, StorageError> {
        let known = self.read.read_here(|tx| copies::known(tx, wish.image))?;
        let missing = known.as_ref().map(|known| missing(known, in_avif));
        let made = match (known, missing) {
            (Some(known), Some(missing)) if !missing.is_empty() => {
                match self.develop(wish, known, &missing, stop)? {
                    Some(made) => made,
                    None => return Ok(0),
                }
            }
            _ => 0,
        };
        if in_avif {
            self.store.jot_here(|tx| copies::end(tx, wish))?;
        }
        Ok(made)
    }

    /// Each set is kept as soon as it is whole, so that little is lost when the process ends. Nothing where
    /// it ends now.
    fn develop(
        &self,
        wish: Wish,
        Known { hash, original, .. }: Known,
        missing: &[CopySet],
        stop: &AtomicBool,
    ) -> Result<Option<usize>, StorageError> {
        self.give_way(stop);
        let Ok(master) = Master::of(&original) else {
            return Ok(Some(0));
        };
        drop(original);
        let of = (wish.image, hash.as_str());
        self.store
            .write_here(|tx| copies::keep_tone(tx, of, master.tone()))?;
        let is_left = || {
            self.give_way(stop);
            stop.load(Ordering::Relaxed)
        };
        let avif = |asked: &[u8]| self.encoded(asked, stop);
        for set in missing {
            match master.set(*set, &is_left, &avif) {
                Ok(made) => self
                    .store
                    .write_here(|tx| copies::keep(tx, of, (*set, &made)))?,
                Err(Fault::Left) => return Ok(None),
                Err(cause) => {
                    tracing::error!(image.id = wish.image.get(), %cause, "copies of a picture could not be made");
                }
            }
        }
        self.store.write_here(|tx| copies::leave_off(tx, of))?;
        Ok(Some(missing.len()))
    }

    /// Whoever waits for a picture ends an AVIF that is under way; after some time it goes on beside them.
    fn encoded(&self, asked: &[u8], stop: &AtomicBool) -> Result<Vec<u8>, Fault> {
        for turn in 1..=MOST_TURNS {
            self.give_way(stop);
            let is_left = || {
                let gives_way = turn < MOST_TURNS && self.waiting.is_anybody();
                gives_way || stop.load(Ordering::Relaxed)
            };
            match encoder::encoded(&self.encoder, asked, &is_left) {
                Err(Fault::Left) if !stop.load(Ordering::Relaxed) => {}
                made => return made,
            }
        }
        Err(Fault::Left)
    }

    /// Two pictures at work take the memory of two: whoever waits for one comes first.
    fn give_way(&self, stop: &AtomicBool) {
        let mut left = GIVES_WAY;
        while self.waiting.is_anybody() && !left.is_zero() && !stop.load(Ordering::Relaxed) {
            std::thread::sleep(BREATH);
            left = left.saturating_sub(BREATH);
        }
    }

    fn run(&self, pages: &FirstPages, stop: &AtomicBool) {
        let pages = || pages.round(&|| self.give_way(stop), stop).map(|_drawn| ());
        // Where it is not allowed, the work is done all the same.
        let _nicer = rustix::process::nice(LAST_IN_LINE);
        while !stop.load(Ordering::Relaxed) {
            let made = pages().and_then(|()| self.round_beside(&pages, stop));
            match made {
                Ok(0) => {}
                Ok(sets) => tracing::info!(copies.sets = sets, "copies of pictures were made"),
                Err(cause) => {
                    tracing::error!(%cause, "copies of pictures could not be made; it is tried again");
                }
            }
            wait(stop);
        }
    }
}

fn missing(known: &Known, in_avif: bool) -> Vec<CopySet> {
    let spots = known.spots.iter().copied();
    let mut wanted: Vec<CopySet> = if in_avif {
        spots.map(CopySet::CropsAvif).collect()
    } else {
        spots.map(CopySet::Crops).collect()
    };
    if in_avif {
        wanted.push(CopySet::WholeAvif);
    }
    wanted.retain(|set| !known.ready.has(*set));
    wanted
}

/// In short breaths, so that a process that stops does not wait for it.
fn wait(stop: &AtomicBool) {
    let mut left = LOOKS_EVERY;
    while !left.is_zero() && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(BREATH);
        left = left.saturating_sub(BREATH);
    }
}

/// A darkroom at work on a thread of its own.
pub struct AtWork {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl AtWork {
    pub fn start(darkroom: Darkroom, pages: FirstPages) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("darkroom".to_owned())
            .spawn(move || darkroom.run(&pages, &until))?;
        Ok(Self { stop, thread })
    }

    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        if self.thread.join().is_err() {
            tracing::error!("the thread that makes copies of pictures broke down");
        }
    }
}
