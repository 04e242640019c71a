//! Pages for readers, laid out once and answered from memory: only while the content epoch stands
//! and no publication begins or ends in between. Staff, passes and previews never come here.

mod answer;
mod asked;
mod call;
mod cdn;
mod encoding;
mod front;
mod wire;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_http::StatusCode;
use actix_http::header::HeaderMap;
use quick_cache::Weighter;
use quick_cache::sync::{Cache, EntryAction, EntryResult, PlaceholderGuard};
use tokio::time::timeout;

use self::answer::Answer;
pub use self::cdn::Cdn;
pub use self::wire::listen;
use super::problem::Problem;
use crate::clock::{Clock, Instant};
use crate::newsroom::tags::Tag;
use crate::operation::meters::Meters;
use crate::storage::{ReadStore, ReadTx};

/// Until when what is laid out now stays true, if nobody changes anything.
pub type Horizon = fn(&mut ReadTx<'_>, Instant) -> Result<Instant, Problem>;

/// The pages that were asked for, as far as there is room for them.
pub struct PageCache {
    pages: Cache<String, Kept, Weight>,
    read: ReadStore,
    clock: Clock,
    horizon: Horizon,
    cdn: Cdn,
    /// The last horizon, and the epoch and instant it was found in.
    last: Mutex<Option<Holds>>,
    /// The answer to whatever is not there is one and the same, and kept once.
    missing: Mutex<Option<Arc<Answer>>>,
    meters: Arc<Meters>,
}

/// An answer, and how long it holds.
#[derive(Clone)]
struct Kept {
    answer: Arc<Answer>,
    /// `None`: what its address names can never change.
    holds: Option<Holds>,
    bytes: u64,
}

/// The epoch in which something was read, and the instants for which that is true.
#[derive(Clone, Copy, Debug)]
struct Holds {
    epoch: u64,
    from: Instant,
    until: Instant,
}

impl Holds {
    fn at(self, epoch: u64, now: Instant) -> bool {
        self.epoch >= epoch && (self.from..self.until).contains(&now)
    }
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Kept> for Weight {
    fn weight(&self, address: &String, kept: &Kept) -> u64 {
        let address = u64::try_from(address.capacity()).unwrap_or(u64::MAX);
        kept.bytes.saturating_add(address)
    }
}

type Place<'a> = PlaceholderGuard<
    'a,
    String,
    Kept,
    Weight,
    quick_cache::DefaultHashBuilder,
    quick_cache::sync::DefaultLifecycle<String, Kept>,
>;

/// What is kept at an address, or the right to lay it out, which one request at a time has.
enum Found<'a> {
    Kept(Arc<Answer>),
    LayOut(Free<'a>),
}

/// Where an answer will be kept, and the one that was true there until now.
struct Free<'a> {
    place: Place<'a>,
    before: Option<Arc<Answer>>,
}

impl PageCache {
    /// All pages together; with what hangs on them, the process stays below three times that.
    const MOST_BYTES: u64 = 48 * 1024 * 1024;
    const USUAL_BYTES: u64 = 24 * 1024;
    /// Larger answers are not held: of them it is only known that they come in pieces.
    pub const LARGEST_ANSWER: usize = 768 * 1024;
    /// How long somebody waits for a page that others lay out.
    const WAITS_FOR: Duration = Duration::from_secs(2);
    /// An entry's own place, besides its answer.
    const PLACE_BYTES: u64 = 200;

    pub fn new(
        (read, clock): (ReadStore, Clock),
        horizon: Horizon,
        cdn: Cdn,
        meters: Arc<Meters>,
    ) -> Self {
        let usual = usize::try_from(Self::MOST_BYTES / Self::USUAL_BYTES).unwrap_or(1_000);
        Self {
            pages: Cache::with_weighter(usual, Self::MOST_BYTES, Weight),
            read,
            clock,
            horizon,
            cdn,
            last: Mutex::default(),
            missing: Mutex::default(),
            meters,
        }
    }

    /// Bytes and pages that are kept.
    pub fn kept(&self) -> (u64, u64) {
        let pages = u64::try_from(self.pages.len()).unwrap_or(u64::MAX);
        (self.pages.weight(), pages)
    }

    /// What is kept at this address and true now.
    fn get(&self, address: &str) -> Option<Arc<Answer>> {
        let kept = self.pages.get(address)?;
        self.is_true(&kept).then_some(kept.answer)
    }

    fn is_true(&self, kept: &Kept) -> bool {
        kept.holds
            .is_none_or(|holds| holds.at(self.read.epoch(), self.clock.now()))
    }

    /// The same, or the place for it; whoever comes while it is laid out waits for it, but not
    /// behind a line of others for each of whom that failed.
    async fn find(&self, address: &str) -> Option<Found<'_>> {
        let found = self.pages.entry_async(address, |_, kept| {
            if self.is_true(kept) {
                EntryAction::Retain(kept.answer.clone())
            } else {
                EntryAction::ReplaceWithGuard
            }
        });
        match timeout(Self::WAITS_FOR, found).await.ok()? {
            EntryResult::Retained(answer) => Some(Found::Kept(answer)),
            EntryResult::Vacant(place) => Some(Found::LayOut(Free {
                place,
                before: None,
            })),
            EntryResult::Replaced(place, kept) => Some(Found::LayOut(Free {
                place,
                before: Some(kept.answer),
            })),
            EntryResult::Removed(..) | EntryResult::Timeout => None,
        }
    }

    /// The state in which somebody begins to lay out a page.
    fn begin(&self) -> (u64, Instant) {
        (self.read.epoch(), self.clock.now())
    }

    /// How long an answer holds that was laid out since [`begin`](Self::begin); for ever, if nothing
    /// else can ever be at its address. What caches in front are told is written into its headers.
    async fn lasts(
        &self,
        (epoch, from): (u64, Instant),
        (status, headers): (StatusCode, &mut HeaderMap),
        shown: &[Tag],
    ) -> Result<Option<Holds>, Problem> {
        if answer::is_forever(headers) {
            return Ok(None);
        }
        let holds = self.holds(epoch, from).await?;
        let now = self.clock.now();
        Ok(self.cdn.stamp((status, headers), shown, Some(holds), now))
    }

    /// Keeps an answer as long as it holds. Where it says what was said there before, the old one
    /// stays, with the encodings that it has been laid out in already.
    fn keep(&self, free: Free<'_>, holds: Option<Holds>, answer: Answer) -> Arc<Answer> {
        if answer.bytes() > Self::LARGEST_ANSWER {
            return Arc::new(answer);
        }
        let before = free.before.filter(|before| before.says_the_same(&answer));
        let (answer, bytes) = match before {
            Some(before) if !before.is_missing() => {
                let bytes = before.weight() + Self::PLACE_BYTES;
                (before, bytes)
            }
            _ => self.shared(answer),
        };
        if holds.is_some_and(|holds| self.clock.now() >= holds.until) {
            // It was laid out over an instant at which something changed.
            return answer;
        }
        let kept = Kept {
            answer: answer.clone(),
            holds,
            bytes,
        };
        // Without a place any more, it is laid out again at the next request.
        let _no_place = free.place.insert(kept);
        answer
    }

    async fn holds(&self, epoch: u64, from: Instant) -> Result<Holds, Problem> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last
            && last.epoch == epoch
            && last.at(epoch, from)
        {
            return Ok(Holds { from, ..last });
        }
        let horizon = self.horizon;
        let until = self.read.read(move |tx| horizon(tx, from)).await?;
        let holds = Holds { epoch, from, until };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(holds);
        Ok(holds)
    }

    /// The answer, and what it takes: next to nothing where it says what is said of every address
    /// that leads nowhere.
    fn shared(&self, answer: Answer) -> (Arc<Answer>, u64) {
        if !answer.is_missing() {
            let bytes = answer.weight() + Self::PLACE_BYTES;
            return (Arc::new(answer), bytes);
        }
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        match &*missing {
            Some(known) if known.says_the_same(&answer) => (known.clone(), Self::PLACE_BYTES),
            _ => {
                let answer = Arc::new(answer);
                *missing = Some(answer.clone());
                let bytes = answer.weight() + Self::PLACE_BYTES;
                (answer, bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::web::Bytes;

    use super::*;

    async fn laid_out(cache: &PageCache, body: &'static str) -> Arc<Answer> {
        let Some(Found::LayOut(free)) = cache.find("/").await else {
            panic!("what is kept is no longer true");
        };
        let (epoch, from) = cache.begin();
        let holds = cache.holds(epoch, from).await.unwrap();
        let answer = Answer::of(
            StatusCode::OK,
            &HeaderMap::new(),
            &Bytes::from_static(body.as_bytes()),
        );
        cache.keep(free, Some(holds), answer)
    }

    #[actix_web::test]
    async fn a_page_that_says_the_same_after_a_change_is_not_compressed_again() {
        let folder = tempfile::tempdir().unwrap();
        let (_store, read) = crate::storage::open(&folder.path().join("room.db"), None).unwrap();
        let now = Instant::from_millis(0);
        let clock = Clock::standing_at(now);
        let horizon =
            |_: &mut ReadTx<'_>, from: Instant| Ok(Instant::from_millis(from.millis() + 10));
        let cache = PageCache::new(
            (read, clock.clone()),
            horizon,
            Cdn::default(),
            Arc::default(),
        );
        let first = laid_out(&cache, "words").await;
        clock.set(Instant::from_millis(10));
        let same = laid_out(&cache, "words").await;
        clock.set(Instant::from_millis(20));
        let other = laid_out(&cache, "other words").await;
        assert!(Arc::ptr_eq(&first, &same));
        assert!(!Arc::ptr_eq(&same, &other));
        assert!(
            cache
                .get("/")
                .is_some_and(|kept| Arc::ptr_eq(&kept, &other))
        );
    }
}
