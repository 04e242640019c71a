//! Who waits for a connection: only so many, and only so long. Beyond that, an honest "busy" is worth
//! more than a place in a line that nobody comes to the end of.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::StorageError;

/// The line before a pool of connections.
#[derive(Clone)]
pub(super) struct Turns {
    places: Arc<Semaphore>,
    connections: Arc<Semaphore>,
    patience: Duration,
}

/// The right to one connection. It belongs to the work and not to whoever asked, who may hang up.
pub(super) struct Turn {
    _place: OwnedSemaphorePermit,
    _connection: OwnedSemaphorePermit,
}

impl Turns {
    pub(super) fn new(connections: usize, line: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(connections + line)),
            connections: Arc::new(Semaphore::new(connections)),
            patience,
        }
    }

    pub(super) async fn take(&self) -> Result<Turn, StorageError> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_line_is_full| StorageError::Busy)?;
        let free = Arc::clone(&self.connections).acquire_owned();
        let connection = timeout(self.patience, free)
            .await
            .map_err(|_line_is_slow| StorageError::Busy)?
            .map_err(|_closed| StorageError::Busy)?;
        Ok(Turn {
            _place: place,
            _connection: connection,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_line_that_is_full_or_slow_is_told_so_and_a_turn_that_ends_is_free() {
        let turns = Turns::new(1, 1, Duration::from_millis(20));
        let one = turns.take().await.unwrap();
        let (slow, full) = tokio::join!(turns.take(), turns.take());
        assert!(matches!(slow, Err(StorageError::Busy)));
        assert!(matches!(full, Err(StorageError::Busy)));
        drop(one);
        assert!(turns.take().await.is_ok());
    }
}
