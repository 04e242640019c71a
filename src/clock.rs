//! The instant and the clock: everything that depends on "now" is handed an [`Instant`].

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A text that is no RFC 3339 moment.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a moment in time")]
pub struct InstantError(String);

impl Instant {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Reads an RFC 3339 moment, such as `2018-11-20T09:00:00Z`.
    pub fn parse(text: &str) -> Result<Self, InstantError> {
        text.parse::<Timestamp>()
            .map(Self::from_timestamp)
            .map_err(|_source| InstantError(text.to_owned()))
    }

    pub fn from_timestamp(timestamp: Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same moment for jiff; a moment beyond the calendar's end is held at that end.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// This moment moved by so many milliseconds.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

/// Where "now" comes from: the machine, or a time that a test or a preview sets.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    set: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's own clock.
    pub fn machine() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is [`set`](Self::set).
    pub fn standing_at(instant: Instant) -> Self {
        Self {
            set: Some(Arc::new(AtomicI64::new(instant.millis()))),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine for the time"
    )]
    pub fn now(&self) -> Instant {
        match &self.set {
            Some(millis) => Instant::from_millis(millis.load(Ordering::SeqCst)),
            None => Instant::from_timestamp(Timestamp::now()),
        }
    }

    /// Moves a standing clock. The machine's clock is not ours to move, so there it does nothing.
    pub fn set(&self, instant: Instant) {
        if let Some(millis) = &self.set {
            millis.store(instant.millis(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_keeps_whole_milliseconds_and_reads_back() {
        let instant = Instant::parse("2018-11-20T09:00:00.123456Z").unwrap();
        assert_eq!(instant.to_string(), "2018-11-20T09:00:00.123Z");
        assert_eq!(Instant::parse(&instant.to_string()).unwrap(), instant);
    }

    #[test]
    fn a_standing_clock_moves_only_when_it_is_set() {
        let clock = Clock::standing_at(Instant::from_millis(5));
        assert_eq!(clock.now(), Instant::from_millis(5));
        clock.clone().set(Instant::from_millis(9));
        assert_eq!(clock.now(), Instant::from_millis(9));
    }
}
