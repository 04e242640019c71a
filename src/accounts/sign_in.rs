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

    /// Counts a try as failed from its beginning, so that tries at the same time slow each other;
    /// [`succeeded`](Self::succeeded) takes it back.
    pub fn begins(&self, names: &[String], now: Instant) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > Self::MOST_NAMES {
            failures.retain(|_, tries| tries.is_fresh(now));
        }
        if failures.len() > Self::MOST_NAMES {
            let mut lasts: Vec<Instant> = failures.values().map(|tries| tries.last).collect();
            let (_, middle, _) = lasts.select_nth_unstable(Self::MOST_NAMES / 2);
            let newer = *middle;
            failures.retain(|_, tries| tries.last > newer);
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

    /// The account is forgiven; the client only for this try, so that one account of its own
    /// does not pay for guesses at others.
    pub fn succeeded(&self, account: &str, client: &str) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(account);
        if let Some(tries) = failures.get_mut(client) {
            tries.count = tries.count.saturating_sub(1);
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
            throttle.begins(&names, now);
        }
        assert_eq!(throttle.wait(&names, now), Duration::ZERO);
        for _ in 0..1000 {
            throttle.begins(&names, now);
        }
        assert_eq!(throttle.wait(&names, now), Throttle::LONGEST_WAIT);
        let later = now.plus_millis(Throttle::FORGIVEN_AFTER_MILLIS);
        assert_eq!(throttle.wait(&names, later), Duration::ZERO);
        throttle.succeeded(&names[0], "client");
        assert_eq!(throttle.wait(&names, now), Duration::ZERO);
    }

    #[test]
    fn tries_at_the_same_time_slow_each_other() {
        let throttle = Throttle::default();
        let now = Instant::from_millis(0);
        let names = ["account".to_owned(), "client".to_owned()];
        for _ in 0..5 {
            throttle.begins(&names, now);
        }
        assert_eq!(throttle.wait(&names, now), Throttle::STEP * 2);
        throttle.succeeded("account", "client");
        assert_eq!(throttle.wait(&names, now), Throttle::STEP);
    }

    #[test]
    fn made_up_names_never_forgive_an_account() {
        let throttle = Throttle::default();
        let known = ["ann@example.org".to_owned()];
        for _ in 0..50 {
            throttle.begins(&known, Instant::from_millis(9));
        }
        for number in 0..=Throttle::MOST_NAMES + 5 {
            throttle.begins(&[number.to_string()], Instant::from_millis(8));
        }
        let now = Instant::from_millis(9);
        assert_eq!(throttle.wait(&known, now), Throttle::LONGEST_WAIT);
    }
}
