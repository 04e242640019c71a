//! Server-side sessions for actix-session: the cookie holds a random key, the table its hash.

use std::collections::HashMap;

use actix_session::SessionExt;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use sha2::{Digest, Sha256};

use crate::accounts::PersonId;
use crate::clock::{Clock, Instant};
use crate::keys::{hex, new_key};
use crate::storage::sessions::StoredSession;
use crate::storage::{ReadStore, StorageError, Store, sessions};

pub const PERSON: &str = "person";
const SAID: &str = "said";

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
    fn stored(&self, state: &State, ttl: &Duration) -> Result<StoredSession, serde_json::Error> {
        Ok(StoredSession {
            person: state
                .get(PERSON)
                .and_then(|id| id.parse().ok())
                .map(PersonId::new),
            state: serde_json::to_string(state)?,
            expires_at: self.expiry(ttl),
        })
    }

    fn expiry(&self, ttl: &Duration) -> Instant {
        let millis = i64::try_from(ttl.whole_milliseconds()).unwrap_or(i64::MAX);
        self.clock.now().plus_millis(millis)
    }
}

impl SessionStore for Sessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let (hash, now) = (hash(key), self.clock.now());
        let state: Option<String> = self
            .read
            .read(move |tx| sessions::state(tx, &hash, now))
            .await
            .map_err(|source: StorageError| LoadError::Other(source.into()))?;
        state
            .map(|json| serde_json::from_str(&json))
            .transpose()
            .map_err(|source| LoadError::Deserialization(source.into()))
    }

    async fn save(&self, state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let key: SessionKey = format!("{}{}", new_key(), new_key())
            .try_into()
            .map_err(|_too_long| SaveError::Other(StorageError::CutOff.into()))?;
        let stored = self
            .stored(&state, ttl)
            .map_err(|source| SaveError::Serialization(source.into()))?;
        let (hash, now) = (hash(&key), self.clock.now());
        self.store
            .write(move |tx| sessions::add(tx, &hash, &stored, now))
            .await
            .map_err(|source: StorageError| SaveError::Other(source.into()))?;
        Ok(key)
    }

    async fn update(
        &self,
        key: SessionKey,
        state: State,
        ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let stored = self
            .stored(&state, ttl)
            .map_err(|source| UpdateError::Serialization(source.into()))?;
        let hash = hash(&key);
        let known: bool = self
            .store
            .write(move |tx| sessions::change(tx, &hash, &stored))
            .await
            .map_err(|source: StorageError| UpdateError::Other(source.into()))?;
        if known {
            return Ok(key);
        }
        // The session ended while this request ran; what it wanted to keep starts a new one.
        self.save(HashMap::new(), ttl)
            .await
            .map_err(|error| match error {
                SaveError::Serialization(source) => UpdateError::Serialization(source),
                SaveError::Other(source) => UpdateError::Other(source),
            })
    }

    async fn update_ttl(&self, key: &SessionKey, ttl: &Duration) -> Result<(), anyhow::Error> {
        let (hash, expires_at) = (hash(key), self.expiry(ttl));
        Ok(self
            .store
            .write(move |tx| sessions::prolong(tx, &hash, expires_at))
            .await?)
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = hash(key);
        Ok(self.store.write(move |tx| sessions::end(tx, &hash)).await?)
    }
}

/// Keeps a sentence for the next page that this person opens.
pub fn say(request: &HttpRequest, sentence: &str) {
    // Losing the sentence is better than failing a change that was made.
    let _kept = request.get_session().insert(SAID, sentence);
}

/// The sentence of the last change, once.
pub fn said(request: &HttpRequest) -> Option<String> {
    let session = request.get_session();
    let sentence = session.get(SAID).ok().flatten();
    if sentence.is_some() {
        session.remove(SAID);
    }
    sentence
}
