//! Slowing sign-in down: each failure makes the next try wait longer, and nobody is ever locked out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Instant;

/// Failed tries by account and by client address. It lives in memory: a restart forgives.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: Mutex<HashMap<String, Failures>>,
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Throttle {
    const FORGIVEN_AFTER_MILLIS: i64 = 15 * 60 * 1000;
    const FREE: u32 = 3;
    const STEP: Duration = Duration::from_millis(250);
    const LONGEST_WAIT: Duration = Duration::from_secs(4);
    /// Names are made up more cheaply than memory is; past this many the oldest are dropped.
    const MOST_NAMES: usize = 20_000;

    /// How long a try under these names waits before it is answered.
    pub fn wait(&self, names: &[String], now: Instant) -> Duration {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        names
            .iter()
            .filter_map(|name| failures.get(name))
            .filter(|tries| tries.is_fresh(now))
            .map(|tries| tries.wait())
            .max()
            .unwrap_or_default()
    }

    pub fn failed(&self, names: &[String], now: Instant) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > Self::MOST_NAMES {
            failures.retain(|_, tries| tries.is_fresh(now));
        }
        if failures.len() > Self::MOST_NAMES {
            failures.clear();
        }
        for name in names {
            let tries = failures.entry(name.clone()).or_insert(Failures {
                count: 0,
                last: now,
            });
            tries.count = if tries.is_fresh(now) {
                tries.count.saturating_add(1)
            } else {
                1
            };
            tries.last = now;
        }
    }

    pub fn succeeded(&self, names: &[String]) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            failures.remove(name);
        }
    }
}

impl Failures {
    fn is_fresh(self, now: Instant) -> bool {
        now.millis() - self.last.millis() < Throttle::FORGIVEN_AFTER_MILLIS
    }

    fn wait(self) -> Duration {
        let over = self.count.saturating_sub(Throttle::FREE);
        (Throttle::STEP * over).min(Throttle::LONGEST_WAIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_slow_the_next_try_down_but_never_shut_anybody_out() {
        let throttle = Throttle::default();
        let names = ["ann@example.org".to_owned()];
        let now = Instant::from_millis(0);
        for _ in 0..3 {
            throttle.failed(&names, now);
        }
        assert_eq!(throttle.wait(&names, now), Duration::ZERO);
        for _ in 0..1000 {
            throttle.failed(&names, now);
        }
        assert_eq!(throttle.wait(&names, now), Throttle::LONGEST_WAIT);
        let later = now.plus_millis(Throttle::FORGIVEN_AFTER_MILLIS);
        assert_eq!(throttle.wait(&names, later), Duration::ZERO);
        throttle.succeeded(&names);
        assert_eq!(throttle.wait(&names, now), Duration::ZERO);
    }
}
