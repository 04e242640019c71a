//! Who waits for the one connection that writes: counted for whoever runs the room.

use std::sync::atomic::{AtomicU64, Ordering};

use super::StorageError;

/// The line before the connection that writes.
#[derive(Default)]
pub(super) struct Line {
    waiting: AtomicU64,
    began: AtomicU64,
    gave_up: AtomicU64,
}

/// What became of the changes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Those that wait now.
    pub waiting: u64,
    pub began: u64,
    /// Those that waited for too long.
    pub gave_up: u64,
}

/// Somebody who waits, until this is dropped: also when they hang up.
struct Waits<'a>(&'a AtomicU64);

impl<'a> Waits<'a> {
    fn begin(waiting: &'a AtomicU64) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Line {
    /// Waits in the line for a turn.
    pub(super) async fn comes_to<T>(
        &self,
        turn: impl Future<Output = Result<T, StorageError>>,
    ) -> Result<T, StorageError> {
        let _waits = Waits::begin(&self.waiting);
        let turn = turn.await;
        if turn.is_err() {
            self.gave_up.fetch_add(1, Ordering::Relaxed);
        }
        turn
    }

    /// Waits in the line for what is lent at its head.
    pub(super) fn wait<T, E>(
        &self,
        lent: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, StorageError> {
        let waits = Waits::begin(&self.waiting);
        let lent = lent();
        drop(waits);
        let counter = if lent.is_ok() {
            &self.began
        } else {
            &self.gave_up
        };
        counter.fetch_add(1, Ordering::Relaxed);
        lent.map_err(|_line_is_long| StorageError::Busy)
    }

    pub(super) fn written(&self) -> Written {
        Written {
            waiting: self.waiting.load(Ordering::Relaxed),
            began: self.began.load(Ordering::Relaxed),
            gave_up: self.gave_up.load(Ordering::Relaxed),
        }
    }
}
