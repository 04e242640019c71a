//! Who waits for a picture to be taken in: work that nobody waits for gives way to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many there are, known to everybody who holds a copy of this.
#[derive(Clone, Debug, Default)]
pub struct Waiting(Arc<AtomicUsize>);

/// Somebody who waits until this is dropped.
#[derive(Debug)]
pub struct Somebody(Waiting);

impl Waiting {
    #[must_use]
    pub fn begin(&self) -> Somebody {
        self.0.fetch_add(1, Ordering::Relaxed);
        Somebody(self.clone())
    }

    pub fn is_anybody(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Somebody {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_waits_until_the_last_one_has_their_picture() {
        let waiting = Waiting::default();
        let (one, other) = (waiting.begin(), waiting.clone().begin());
        drop(one);
        assert!(waiting.is_anybody());
        drop(other);
        assert!(!waiting.is_anybody());
    }
}
