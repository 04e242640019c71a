//! Server-side sessions for actix-session: the cookie holds a random key, the table its hash.
//!
//! To actix-session this store never fails. Its own answer to a failure is an empty 500 without
//! our headers, also after a change was made; so what cannot be read is told to
//! [`Staff`](super::Staff), which answers with a page, and what cannot be kept is logged and lost.

use std::collections::HashMap;

use actix_session::SessionExt;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::accounts::PersonId;
use crate::clock::{Clock, Instant};
use crate::keys::{hex, new_key};
use crate::storage::sessions::StoredSession;
use crate::storage::{ReadStore, StorageError, Store, sessions};

pub const PERSON: &str = "person";
const SAID: &str = "said";
/// The session's number in the table; it is never stored inside the session.
const NUMBER: &str = "number";
/// Says that the session could not be read; it is never stored either.
const UNREAD: &str = "unread";

type State = HashMap<String, String>;

/// Keeps what actix-session gives it in the room's own file.
#[derive(Clone)]
pub struct Sessions {
    pub store: Store,
    pub read: ReadStore,
    pub clock: Clock,
}

fn hash(key: &SessionKey) -> String {
    hex(&Sha256::digest(key.as_ref().as_bytes()))
}

impl Sessions {
    fn stored(&self, mut state: State, ttl: &Duration) -> Result<StoredSession, serde_json::Error> {
        state.remove(NUMBER);
        state.remove(UNREAD);
        Ok(StoredSession {
            person: state
                .get(PERSON)
                .and_then(|id| id.parse().ok())
                .map(PersonId::new),
            state: serde_json::to_string(&state)?,
            expires_at: self.expiry(ttl),
        })
    }

    fn expiry(&self, ttl: &Duration) -> Instant {
        let millis = i64::try_from(ttl.whole_milliseconds()).unwrap_or(i64::MAX);
        self.clock.now().plus_millis(millis)
    }

    async fn find(&self, key: &SessionKey) -> Result<Option<(i64, String)>, StorageError> {
        let (hash, now) = (hash(key), self.clock.now());
        self.read
            .read(move |tx| sessions::state(tx, &hash, now))
            .await
    }

    /// Whether the session was there to be changed.
    async fn change(&self, key: &SessionKey, stored: StoredSession) -> Result<bool, StorageError> {
        let hash = hash(key);
        self.store
            .jot(move |tx| sessions::change(tx, &hash, &stored))
            .await
    }
}

impl SessionStore for Sessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let found = match self.find(key).await {
            Ok(found) => found,
            Err(cause) => {
                tracing::error!(%cause, "a session could not be read");
                return Ok(Some(State::from([(UNREAD.to_owned(), "true".to_owned())])));
            }
        };
        let Some((number, json)) = found else {
            return Ok(None);
        };
        let mut state: State = serde_json::from_str(&json)
            .map_err(|source| LoadError::Deserialization(source.into()))?;
        state.insert(NUMBER.to_owned(), number.to_string());
        Ok(Some(state))
    }

    async fn save(&self, state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let key: SessionKey = format!("{}{}", new_key(), new_key())
            .try_into()
            .map_err(|source| SaveError::Other(anyhow::Error::new(source)))?;
        let stored = self
            .stored(state, ttl)
            .map_err(|source| SaveError::Serialization(source.into()))?;
        let (hash, now) = (hash(&key), self.clock.now());
        let kept = self
            .store
            .jot(move |tx| sessions::add(tx, &hash, &stored, now))
            .await;
        lost(kept.err());
        Ok(key)
    }

    async fn update(
        &self,
        key: SessionKey,
        state: State,
        ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let stored = self
            .stored(state, ttl)
            .map_err(|source| UpdateError::Serialization(source.into()))?;
        // A session that ended while this request ran stays ended.
        lost(self.change(&key, stored).await.err());
        Ok(key)
    }

    async fn update_ttl(&self, key: &SessionKey, ttl: &Duration) -> Result<(), anyhow::Error> {
        let (hash, expires_at) = (hash(key), self.expiry(ttl));
        let kept = self
            .store
            .jot(move |tx| sessions::prolong(tx, &hash, expires_at))
            .await;
        lost(kept.err());
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = hash(key);
        let ended = self.store.jot(move |tx| sessions::end(tx, &hash)).await;
        lost(ended.err());
        Ok(())
    }
}

fn lost(cause: Option<StorageError>) {
    if let Some(cause) = cause {
        tracing::error!(%cause, "a session could not be kept");
    }
}

/// Whether this request's session could be read at all.
pub fn is_unread(request: &HttpRequest) -> bool {
    request.get_session().get::<bool>(UNREAD).ok().flatten() == Some(true)
}

/// Ends this request's session in the table first, so that nobody is told "signed out" who is not.
pub async fn end(request: &HttpRequest, store: &Store) -> Result<(), Problem> {
    let session = request.get_session();
    if let Some(number) = session.get::<i64>(NUMBER).ok().flatten() {
        store
            .jot(move |tx| Ok::<_, Problem>(sessions::end_numbered(tx, number)?))
            .await?;
    }
    session.purge();
    Ok(())
}

/// Keeps a sentence for the next page that this person opens.
pub fn say(request: &HttpRequest, sentence: &str) {
    // Losing the sentence is better than failing a change that was made.
    let _kept = request.get_session().insert(SAID, sentence);
}

/// The sentence of the last change, once.
pub fn said(request: &HttpRequest) -> Option<String> {
    once(request, SAID)
}

/// Keeps an address that nobody can show again for the next time that this person opens the page.
pub fn hand_over(request: &HttpRequest, page: &str, address: &str) {
    // A lost one is replaced by a new one.
    let _kept = request.get_session().insert(for_page(page), address);
}

/// The address that was kept for this page last, once.
pub fn handed_over(request: &HttpRequest, page: &str) -> Option<String> {
    once(request, &for_page(page))
}

fn for_page(page: &str) -> String {
    format!("address for {page}")
}

fn once(request: &HttpRequest, name: &str) -> Option<String> {
    let session = request.get_session();
    let words = session.get(name).ok().flatten();
    if words.is_some() {
        session.remove(name);
    }
    words
}
