//! Server-side sessions for actix-session: the cookie holds a random key, the table its hash.
//!
//! To actix-session this store never fails. Its own answer to a failure is an empty 500 without
//! our headers, also after a change was made; so what cannot be read is told to
//! [`Staff`](super::Staff), which answers with a page, and what cannot be kept is logged and lost.

use std::collections::HashMap;
use std::rc::Rc;

use actix_session::SessionExt;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::http::header::USER_AGENT;
use actix_web::middleware::Next;
use actix_web::web::Data;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::accounts::PersonId;
use crate::accounts::session::{device, is_to_be_noted};
use crate::clock::{Clock, Instant};
use crate::keys::{hex, new_key};
use crate::storage::sessions::{Kept, StoredSession};
use crate::storage::{ReadStore, Seat, StorageError, Store, sessions};

pub const PERSON: &str = "person";
/// Whose password was given in a session that is nobody's yet.
pub(super) const AT_DOOR: &str = "at door";
const DEVICE: &str = "device";
/// Of the person, when they began to sign in.
pub(super) const ERA: &str = "era";
/// When the person gave their password last.
const PROVEN: &str = "proven";
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
    async fn find(&self, key: &SessionKey, now: Instant) -> Result<Option<Kept>, StorageError> {
        let hash = hash(key);
        let kept = self
            .read
            .read(move |tx| sessions::kept(tx, &hash, now))
            .await?;
        if let Some(kept) = kept
            .as_ref()
            .filter(|kept| is_to_be_noted(kept.used_at, now))
        {
            self.note_use(kept.number, now);
        }
        Ok(kept)
    }

    /// Beside the request, which waits for no writer.
    fn note_use(&self, number: i64, now: Instant) {
        let store = self.store.clone();
        actix_web::rt::spawn(async move {
            lost(
                store
                    .jot(move |tx| sessions::used(tx, number, now))
                    .await
                    .err(),
            );
        });
    }

    /// Whether the session was there to be changed.
    async fn change(&self, key: &SessionKey, stored: StoredSession) -> Result<bool, StorageError> {
        let hash = hash(key);
        self.store
            .jot(move |tx| sessions::change(tx, &hash, &stored))
            .await
    }
}

fn stored(mut state: State) -> Result<StoredSession, serde_json::Error> {
    let goes_on = state.remove(NUMBER).is_some();
    state.remove(UNREAD);
    // Texts are kept as JSON, each with its quotation marks.
    let device = state
        .get(DEVICE)
        .map(|json| serde_json::from_str(json))
        .transpose()?;
    let number_in = |name| state.get(name).and_then(|id| id.parse().ok());
    Ok(StoredSession {
        device: device.unwrap_or_default(),
        person: number_in(PERSON).map(PersonId::new),
        at_door: number_in(AT_DOOR).map(PersonId::new),
        era: number_in(ERA).filter(|_| !goes_on),
        state: serde_json::to_string(&state)?,
    })
}

impl SessionStore for Sessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let found = match self.find(key, self.clock.now()).await {
            Ok(found) => found,
            Err(cause) => {
                tracing::error!(%cause, "a session could not be read");
                return Ok(Some(State::from([(UNREAD.to_owned(), "true".to_owned())])));
            }
        };
        let Some(kept) = found else {
            return Ok(None);
        };
        let mut state: State = serde_json::from_str(&kept.state)
            .map_err(|source| LoadError::Deserialization(source.into()))?;
        state.insert(NUMBER.to_owned(), kept.number.to_string());
        Ok(Some(state))
    }

    async fn save(&self, state: State, _ttl: &Duration) -> Result<SessionKey, SaveError> {
        let key: SessionKey = format!("{}{}", new_key(), new_key())
            .try_into()
            .map_err(|source| SaveError::Other(anyhow::Error::new(source)))?;
        let stored = stored(state).map_err(|source| SaveError::Serialization(source.into()))?;
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
        _ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let stored = stored(state).map_err(|source| UpdateError::Serialization(source.into()))?;
        // A session that ended while this request ran stays ended.
        lost(self.change(&key, stored).await.err());
        Ok(key)
    }

    /// How long a session lasts is the room's own rule, and is told by its use.
    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
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

/// Signs this person in, under a new key and with nothing of what the browser had before.
pub fn begin(
    request: &HttpRequest,
    (person, era): (PersonId, i64),
    now: Instant,
) -> Result<(), Problem> {
    let agent = request.headers().get(USER_AGENT);
    let agent = agent
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    let session = request.get_session();
    session.clear();
    session.renew();
    session
        .insert(PERSON, person.get())
        .and_then(|()| session.insert(ERA, era))
        .map_err(Problem::broken)?;
    session
        .insert(DEVICE, device(agent))
        .map_err(Problem::broken)?;
    prove(request, now)
}

/// The person of this session gave their password now.
pub fn prove(request: &HttpRequest, now: Instant) -> Result<(), Problem> {
    let session = request.get_session();
    session
        .insert(PROVEN, now.millis())
        .map_err(Problem::broken)
}

pub fn proven_at(request: &HttpRequest) -> Option<Instant> {
    let millis: Option<i64> = request.get_session().get(PROVEN).ok().flatten();
    millis.map(Instant::from_millis)
}

/// The same session under a new key, after something that should end every copy of the old one.
pub fn renew(request: &HttpRequest) {
    request.get_session().renew();
}

/// The number of this request's session in the table.
pub fn number(request: &HttpRequest) -> Option<i64> {
    request.get_session().get(NUMBER).ok().flatten()
}

/// Gives what is asked of the database by this request the seat of its session, so that no handler
/// can forget to tell the journal.
pub async fn seat(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let store = request.app_data::<Data<Store>>().cloned();
    if let (Some(store), Some(seat)) = (store, seat_of(request.request())) {
        let mut own = Extensions::new();
        own.insert(Data::new(store.seated(seat)));
        request.add_data_container(Rc::new(own));
    }
    next.call(request).await
}

fn seat_of(request: &HttpRequest) -> Option<Seat> {
    let session = request.get_session();
    session.get::<i64>(PERSON).ok().flatten()?;
    Some(Seat {
        session: number(request)?,
        device: session.get(DEVICE).ok().flatten().unwrap_or_default(),
    })
}

/// Ends this request's session in the table first, so that nobody is told "signed out" who is not.
pub async fn end(request: &HttpRequest, store: &Store) -> Result<(), Problem> {
    let session = request.get_session();
    if let Some(number) = number(request) {
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

/// Keeps words that nobody can show again for the next time that this person opens the page.
pub fn hand_over(request: &HttpRequest, page: &str, words: &str) {
    // Lost ones are replaced by new ones.
    let _kept = request.get_session().insert(for_page(page), words);
}

/// The words that were kept for this page last, once.
pub fn handed_over(request: &HttpRequest, page: &str) -> Option<String> {
    once(request, &for_page(page))
}

/// Keeps something of a step that takes several pages.
pub fn keep(request: &HttpRequest, name: &str, words: &str) -> Result<(), Problem> {
    let session = request.get_session();
    session.insert(name, words).map_err(Problem::broken)
}

pub fn kept(request: &HttpRequest, name: &str) -> Option<String> {
    request.get_session().get(name).ok().flatten()
}

pub fn forget(request: &HttpRequest, name: &str) {
    request.get_session().remove(name);
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
