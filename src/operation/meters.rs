//! What is counted while requests are answered. What memory answers is counted by each worker for
//! itself, so that no worker waits for another; whoever asks adds up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant as Stopwatch};

/// Upper bounds of the durations that are counted together, in milliseconds.
const BOUNDS: [u64; 10] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000];
/// So long a slow answer is remembered, at least; at most twice as long.
const LATELY: Duration = Duration::from_mins(15);
/// So many routes are told of.
const SLOWEST: usize = 10;

/// Answers by the class of their status.
#[derive(Default)]
struct Classes {
    success: AtomicU64,
    redirection: AtomicU64,
    client_error: AtomicU64,
    server_error: AtomicU64,
}

impl Classes {
    fn count(&self, status: u16) {
        let class = match status {
            0..=299 => &self.success,
            300..=399 => &self.redirection,
            400..=499 => &self.client_error,
            _ => &self.server_error,
        };
        class.fetch_add(1, Ordering::Relaxed);
    }

    fn add_to(&self, sums: &mut Sums) {
        sums.success += self.success.load(Ordering::Relaxed);
        sums.redirection += self.redirection.load(Ordering::Relaxed);
        sums.client_error += self.client_error.load(Ordering::Relaxed);
        sums.server_error += self.server_error.load(Ordering::Relaxed);
    }
}

/// Answers of one lane, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub success: u64,
    pub redirection: u64,
    pub client_error: u64,
    pub server_error: u64,
}

/// One worker's answers out of memory.
#[derive(Default)]
pub struct Worker {
    classes: Classes,
    bytes: AtomicU64,
}

impl Worker {
    pub fn answered(&self, status: u16, bytes: usize) {
        self.classes.count(status);
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// How long the program took for answers that memory did not have.
#[derive(Default)]
struct Durations {
    counts: [AtomicU64; BOUNDS.len()],
    all: AtomicU64,
    micros: AtomicU64,
}

impl Durations {
    fn count(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.all.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        for (bound, count) in BOUNDS.iter().zip(&self.counts) {
            if micros <= bound * 1_000 {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// The same, added up: how many took no longer than each bound in milliseconds.
#[derive(Clone, Debug)]
pub struct Histogram {
    pub up_to: Vec<(u64, u64)>,
    pub all: u64,
    pub micros: u64,
}

/// A route and how long it took lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlowRoute {
    /// Method and pattern, as `GET /news/{slug}`: no title and no address of an item.
    pub route: String,
    pub answers: u64,
    pub mean: Duration,
    pub slowest: Duration,
}

#[derive(Clone, Copy, Default)]
struct Taken {
    answers: u64,
    all: Duration,
    slowest: Duration,
}

impl Taken {
    fn and(self, other: Self) -> Self {
        Self {
            answers: self.answers + other.answers,
            all: self.all + other.all,
            slowest: self.slowest.max(other.slowest),
        }
    }
}

/// Two spans of time: the one that runs, and the one before.
#[derive(Default)]
struct Lately {
    began: Option<Stopwatch>,
    now: HashMap<String, Taken>,
    before: HashMap<String, Taken>,
}

impl Lately {
    fn turn(&mut self, now: Stopwatch) {
        let began = *self.began.get_or_insert(now);
        let age = now.saturating_duration_since(began);
        if age >= LATELY {
            let last = std::mem::take(&mut self.now);
            self.before = if age < 2 * LATELY {
                last
            } else {
                HashMap::new()
            };
            self.began = Some(now);
        }
    }
}

/// How much memory keeps: bytes and pages.
type Kept = Box<dyn Fn() -> (u64, u64) + Send + Sync>;

/// Everything that is counted.
#[derive(Default)]
pub struct Meters {
    workers: Mutex<Vec<Arc<Worker>>>,
    program: Classes,
    durations: Durations,
    laid_out: AtomicU64,
    lately: Mutex<Lately>,
    kept: OnceLock<Kept>,
}

impl Meters {
    /// The counters of a worker that begins.
    pub fn worker(&self) -> Arc<Worker> {
        let worker = Arc::<Worker>::default();
        self.lock_workers().push(worker.clone());
        worker
    }

    fn lock_workers(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Worker>>> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Memory did not have a page, so it is laid out.
    pub fn lays_out(&self) {
        self.laid_out.fetch_add(1, Ordering::Relaxed);
    }

    /// The program answered a request that this route takes.
    pub fn answered(&self, route: String, status: u16, took: Duration) {
        self.program.count(status);
        self.durations.count(took);
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.turn(Stopwatch::now());
        let known = lately.now.entry(route).or_default();
        *known = known.and(Taken {
            answers: 1,
            all: took,
            slowest: took,
        });
    }

    /// Says how to ask what memory keeps; only the first server of a room is asked.
    pub fn keeps(&self, kept: impl Fn() -> (u64, u64) + Send + Sync + 'static) {
        // A second one keeps the same pages.
        let _known = self.kept.set(Box::new(kept));
    }

    /// Answers out of memory, and their bytes.
    pub fn from_memory(&self) -> (Sums, u64) {
        let (mut sums, mut bytes) = (Sums::default(), 0);
        for worker in self.lock_workers().iter() {
            worker.classes.add_to(&mut sums);
            bytes += worker.bytes.load(Ordering::Relaxed);
        }
        (sums, bytes)
    }

    pub fn from_program(&self) -> Sums {
        let mut sums = Sums::default();
        self.program.add_to(&mut sums);
        sums
    }

    pub fn pages_laid_out(&self) -> u64 {
        self.laid_out.load(Ordering::Relaxed)
    }

    /// Bytes and pages that memory keeps.
    pub fn kept(&self) -> (u64, u64) {
        self.kept.get().map_or((0, 0), |kept| kept())
    }

    pub fn durations(&self) -> Histogram {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Histogram {
            up_to: BOUNDS
                .into_iter()
                .zip(self.durations.counts.iter().map(count))
                .collect(),
            all: count(&self.durations.all),
            micros: count(&self.durations.micros),
        }
    }

    /// The routes that took longest lately, the slowest first.
    pub fn slowest(&self) -> Vec<SlowRoute> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.turn(Stopwatch::now());
        let mut taken = lately.before.clone();
        for (route, now) in &lately.now {
            let both = taken.entry(route.clone()).or_default();
            *both = both.and(*now);
        }
        drop(lately);
        let mut routes: Vec<SlowRoute> = taken
            .into_iter()
            .map(|(route, taken)| SlowRoute {
                route,
                answers: taken.answers,
                mean: taken.all / u32::try_from(taken.answers).unwrap_or(u32::MAX).max(1),
                slowest: taken.slowest,
            })
            .collect();
        routes.sort_by(|a, b| {
            b.slowest
                .cmp(&a.slowest)
                .then_with(|| a.route.cmp(&b.route))
        });
        routes.truncate(SLOWEST);
        routes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_are_added_up_and_durations_fall_into_every_bound_above_them() {
        let meters = Meters::default();
        let (one, other) = (meters.worker(), meters.worker());
        one.answered(200, 10);
        other.answered(304, 5);
        other.answered(404, 1);
        let sums = Sums {
            success: 1,
            redirection: 1,
            client_error: 1,
            server_error: 0,
        };
        assert_eq!(meters.from_memory(), (sums, 16));
        meters.answered("GET /".to_owned(), 500, Duration::from_millis(30));
        let durations = meters.durations();
        let up_to = |bound| durations.up_to.iter().find(|(known, _)| *known == bound);
        assert_eq!(up_to(25), Some(&(25, 0)));
        assert_eq!(up_to(50), Some(&(50, 1)));
        assert_eq!((durations.all, durations.micros), (1, 30_000));
        assert_eq!(meters.from_program().server_error, 1);
    }

    #[test]
    fn the_slowest_routes_come_first_and_are_few() {
        let meters = Meters::default();
        for number in 0..30 {
            let route = format!("GET /{number}");
            meters.answered(route, 200, Duration::from_millis(number));
        }
        meters.answered("GET /29".to_owned(), 200, Duration::from_millis(1));
        let slowest = meters.slowest();
        assert_eq!(slowest.len(), SLOWEST);
        assert_eq!(
            slowest[0],
            SlowRoute {
                route: "GET /29".to_owned(),
                answers: 2,
                mean: Duration::from_millis(15),
                slowest: Duration::from_millis(29),
            }
        );
    }
}
