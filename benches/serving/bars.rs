//! The bars that the project sets itself, and whether a figure clears them.

use std::fmt;

/// What a figure must reach.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    AtLeast(f64),
    AtMost(f64),
}

/// A figure held against its bar.
pub(crate) struct Held {
    pub(crate) what: String,
    pub(crate) measured: f64,
    pub(crate) bar: Bar,
    pub(crate) unit: &'static str,
}

impl Held {
    /// By how many hundredths of the bar it is missed; nothing where it is cleared.
    fn missed_by(&self) -> Option<f64> {
        let (bar, missed) = match self.bar {
            Bar::AtLeast(bar) => (bar, bar - self.measured),
            Bar::AtMost(bar) => (bar, self.measured - bar),
        };
        (missed > 0.0).then(|| missed / bar.max(f64::MIN_POSITIVE) * 100.0)
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, bar) = match self.bar {
            Bar::AtLeast(bar) => ("at least", bar),
            Bar::AtMost(bar) => ("at most", bar),
        };
        let (what, measured, unit) = (&self.what, self.measured, self.unit);
        let verdict = self.missed_by().map_or_else(
            || "holds".to_owned(),
            |by| format!("**missed by {by:.0} %**"),
        );
        write!(
            f,
            "| {what} | {word} {bar}{unit} | {measured:.2}{unit} | {verdict} |"
        )
    }
}
