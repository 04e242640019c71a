//! Where passwords are hashed: a few at once, each client in its turn, off the async threads.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use tokio::sync::Semaphore;

use crate::accounts::password::{self, PasswordError};
use crate::accounts::{Password, PasswordHash};
use crate::web::Problem;

/// Hashing takes 19 MiB and a good part of a second's work: half of the processors do it at most,
/// and whoever finds the line too long is told so instead of waiting for ever. A client stands in
/// the line once at a time, so that whoever guesses from a hundred addresses makes the line a hundred
/// long, and not a thousand.
#[derive(Clone)]
pub struct PasswordDesk {
    places: Arc<Semaphore>,
    permits: Arc<Semaphore>,
    clients: Clients,
}

type Clients = Arc<Mutex<HashMap<String, Turn>>>;

/// How many tries of a client there are; one of them at a time stands in the line.
struct Turn {
    tries: usize,
    next: Arc<Semaphore>,
}

/// A try of this client, until it is dropped.
pub(super) struct Try {
    client: String,
    next: Arc<Semaphore>,
    clients: Clients,
}

impl Drop for Try {
    fn drop(&mut self) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = clients.get_mut(&self.client) {
            turn.tries -= 1;
            if turn.tries == 0 {
                clients.remove(&self.client);
            }
        }
    }
}

impl Default for PasswordDesk {
    fn default() -> Self {
        const IN_LINE: usize = 512;
        let half = available_parallelism().map_or(1, |all| (all.get() / 2).max(1));
        Self::new(half, IN_LINE)
    }
}

impl PasswordDesk {
    fn new(at_once: usize, in_line: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once + in_line)),
            permits: Arc::new(Semaphore::new(at_once)),
            clients: Arc::default(),
        }
    }

    /// A try of this client, unless it has its share already.
    pub(super) fn begins(&self, client: &str) -> Result<Try, Problem> {
        const SHARE: usize = 16;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = clients.entry(client.to_owned()).or_insert_with(|| Turn {
            tries: 0,
            next: Arc::new(Semaphore::new(1)),
        });
        if turn.tries == SHARE {
            return Err(Problem::Busy);
        }
        turn.tries += 1;
        Ok(Try {
            client: client.to_owned(),
            next: Arc::clone(&turn.next),
            clients: Arc::clone(&self.clients),
        })
    }

    pub async fn hash(&self, password: Password) -> Result<PasswordHash, Problem> {
        let hash: Result<_, PasswordError> = self.alone((), move || password.hash()).await?;
        hash.map_err(Problem::broken)
    }

    pub(super) async fn is_right(
        &self,
        typed: Password,
        (hash, one_try): (Option<PasswordHash>, Try),
    ) -> Result<bool, Problem> {
        let turn = Arc::clone(&one_try.next)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        self.alone((turn, one_try), move || {
            password::is_right(&typed, hash.as_ref())
        })
        .await
    }

    /// `turn` ends after the work and its place in the line, so that whoever comes next finds it free.
    async fn alone<T: Send + 'static>(
        &self,
        turn: impl Send + 'static,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_line_is_full| Problem::Busy)?;
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        // All belong to the work: it goes on when whoever asked for it hangs up.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop((place, permit));
            drop(turn);
            done
        })
        .await
        .map_err(Problem::broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_line_that_is_too_long_is_told_so() {
        let desk = PasswordDesk::new(1, 1);
        let hash = || desk.hash(Password::attempt("correct horse battery"));
        let (one, two, three) = tokio::join!(hash(), hash(), hash());
        assert!(one.is_ok() && two.is_ok());
        assert!(matches!(three, Err(Problem::Busy)));
        assert!(hash().await.is_ok(), "a place that was left is free");
    }

    #[actix_web::test]
    async fn a_client_stands_in_the_line_once_so_that_others_come_to_their_turn() {
        let desk = PasswordDesk::new(1, 1);
        let tries = (0..16).map(|_| desk.begins("client a").unwrap());
        let typed = || Password::attempt("correct horse battery");
        let all = tries.map(|one_try| desk.is_right(typed(), (None, one_try)));
        let other = desk.is_right(typed(), (None, desk.begins("client b").unwrap()));
        let (all, other) = tokio::join!(futures_util::future::join_all(all), other);
        assert!(other.is_ok(), "sixteen tries take one place of two");
        assert!(all.iter().all(Result::is_ok));
        assert!(desk.clients.lock().unwrap().is_empty());
    }

    #[test]
    fn a_client_has_its_share_and_leaves_room_for_others() {
        let desk = PasswordDesk::default();
        let many: Vec<_> = (0..16).map(|_| desk.begins("client a").unwrap()).collect();
        assert!(matches!(desk.begins("client a"), Err(Problem::Busy)));
        assert!(desk.begins("client b").is_ok());
        drop(many);
        assert!(desk.begins("client a").is_ok());
        assert!(desk.clients.lock().unwrap().is_empty());
    }
}
