//! Passkeys (W3C Web Authentication, level 3): a key that never leaves a device opens the door, after the
//! device has asked its owner. What is asked here is kept in memory for five minutes, and answered once.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyAuthentication,
    PasskeyRegistration, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::person::PersonId;
use crate::clock::Instant;
use crate::keys::{hex, new_key};

#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    #[error("Passkeys need an address with a name, such as https://news.example.org.")]
    NoName,
    #[error("This took too long, or it was answered already. Try again.")]
    Over,
    #[error("The passkey was not taken. Try again, or use another way.")]
    NotTaken,
    #[error("Passkeys cannot be asked for: {0}")]
    Asking(#[from] WebauthnError),
    #[error("A passkey cannot be written down: {0}")]
    Writing(#[from] serde_json::Error),
}

/// What the room knows of somebody's passkey: its public half.
#[derive(Clone, Debug)]
pub struct PublicKey(Passkey);

impl PublicKey {
    /// The name that its device gave it, as hexadecimal digits.
    pub fn id(&self) -> String {
        hex(self.0.cred_id())
    }

    pub fn text(&self) -> Result<String, PasskeyError> {
        Ok(serde_json::to_string(&self.0)?)
    }

    /// The key after it was used, which may count its uses.
    #[must_use]
    pub fn after(mut self, used: &Proof) -> Self {
        self.0.update_credential(&used.0);
        self
    }
}

impl FromStr for PublicKey {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

/// A device proved that it holds a key, and that it asked its owner.
#[derive(Debug)]
pub struct Proof(AuthenticationResult);

impl Proof {
    /// Of which key.
    pub fn id(&self) -> String {
        hex(self.0.cred_id())
    }
}

/// What a browser is asked, and the name under which its answer comes.
pub struct Question {
    pub name: String,
    options: Value,
}

impl Question {
    /// As a script of ours reads it.
    pub fn json(&self) -> String {
        json!({ "name": self.name, "options": self.options }).to_string()
    }
}

/// What a browser answered to which question.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    pub name: &'a str,
    pub answer: &'a str,
}

/// A new key, and the name under which devices know its owner.
pub struct Made {
    pub owner: String,
    pub key: PublicKey,
}

enum Asked {
    Making(PersonId, Uuid, PasskeyRegistration),
    Proving(PersonId, PasskeyAuthentication),
    Anybody(DiscoverableAuthentication),
}

/// Asks browsers, and remembers what was asked.
pub struct PasskeyDesk {
    site: Option<Webauthn>,
    asked: Mutex<HashMap<String, (Instant, Asked)>>,
}

impl PasskeyDesk {
    const LASTS_MILLIS: i64 = 5 * 60 * 1000;
    /// Whoever asks for ever makes others ask again, and takes no more memory.
    const MOST: usize = 4096;

    /// For a room at this address; browsers know passkeys for names only, not for numbers.
    pub fn at(address: &str) -> Self {
        let site = Url::parse(address).ok().and_then(|url| {
            let host = url.domain()?.to_owned();
            let site = WebauthnBuilder::new(&host, &url).ok()?;
            site.rp_name(&host).build().ok()
        });
        Self {
            site,
            asked: Mutex::default(),
        }
    }

    pub fn is_open(&self) -> bool {
        self.site.is_some()
    }

    fn site(&self) -> Result<&Webauthn, PasskeyError> {
        self.site.as_ref().ok_or(PasskeyError::NoName)
    }

    /// Asks for a new key that is none of those that are known. `owner` is how their devices know
    /// this person, if they do.
    pub fn ask_for_new(
        &self,
        (person, owner): (PersonId, Option<&str>),
        (mail, name): (&str, &str),
        known: &[PublicKey],
        now: Instant,
    ) -> Result<Question, PasskeyError> {
        let owner = owner
            .and_then(|owner| Uuid::parse_str(owner).ok())
            .unwrap_or_else(Uuid::new_v4);
        let others: Vec<CredentialID> = known.iter().map(|key| key.0.cred_id().clone()).collect();
        let (asks, state) =
            self.site()?
                .start_passkey_registration(owner, mail, name, Some(others))?;
        let mut options = serde_json::to_value(&asks)?;
        // A key that its device lists by itself opens the door without a password, too.
        if let Some(Value::Object(choice)) =
            options.pointer_mut("/publicKey/authenticatorSelection")
        {
            choice.insert("residentKey".to_owned(), json!("preferred"));
        }
        Ok(self.remember(Asked::Making(person, owner, state), options, now))
    }

    /// The key that was made, by this person and just now.
    pub fn made(
        &self,
        person: PersonId,
        answered: Answered<'_>,
        now: Instant,
    ) -> Result<Made, PasskeyError> {
        let Some(Asked::Making(whose, owner, state)) = self.take(answered.name, now) else {
            return Err(PasskeyError::Over);
        };
        let answer = read(answered.answer)?;
        let key = self.site()?.finish_passkey_registration(&answer, &state);
        let key = key.map_err(|_source| PasskeyError::NotTaken)?;
        if whose != person {
            return Err(PasskeyError::Over);
        }
        Ok(Made {
            owner: owner.to_string(),
            key: PublicKey(key),
        })
    }

    /// Asks this person for one of their keys.
    pub fn ask(
        &self,
        person: PersonId,
        known: &[PublicKey],
        now: Instant,
    ) -> Result<Question, PasskeyError> {
        let keys: Vec<Passkey> = known.iter().map(|key| key.0.clone()).collect();
        let (asks, state) = self.site()?.start_passkey_authentication(&keys)?;
        let options = serde_json::to_value(&asks)?;
        Ok(self.remember(Asked::Proving(person, state), options, now))
    }

    pub fn proof(
        &self,
        person: PersonId,
        answered: Answered<'_>,
        now: Instant,
    ) -> Result<Proof, PasskeyError> {
        let Some(Asked::Proving(whose, state)) = self.take(answered.name, now) else {
            return Err(PasskeyError::Over);
        };
        if whose != person {
            return Err(PasskeyError::Over);
        }
        let answer = read(answered.answer)?;
        let proof = self.site()?.finish_passkey_authentication(&answer, &state);
        proof.map(Proof).map_err(|_source| PasskeyError::NotTaken)
    }

    /// Asks whoever stands there for any key that their device has for this room.
    pub fn ask_anybody(&self, now: Instant) -> Result<Question, PasskeyError> {
        let (asks, state) = self.site()?.start_discoverable_authentication()?;
        let options = serde_json::to_value(&asks)?;
        Ok(self.remember(Asked::Anybody(state), options, now))
    }

    /// Which key an answer says that it is of: its owner's name, and its own. Nothing is proved by it.
    pub fn says_it_is(&self, answer: &str) -> Result<(String, String), PasskeyError> {
        let answer = read(answer)?;
        let (owner, id) = self.site()?.identify_discoverable_authentication(&answer)?;
        Ok((owner.to_string(), hex(id)))
    }

    pub fn proof_of(
        &self,
        key: &PublicKey,
        answered: Answered<'_>,
        now: Instant,
    ) -> Result<Proof, PasskeyError> {
        let Some(Asked::Anybody(state)) = self.take(answered.name, now) else {
            return Err(PasskeyError::Over);
        };
        let answer = read(answered.answer)?;
        let site = self.site()?;
        let proof = site.finish_discoverable_authentication_v2(&answer, state, &key.0);
        proof.map(Proof).map_err(|_source| PasskeyError::NotTaken)
    }

    fn remember(&self, asked: Asked, options: Value, now: Instant) -> Question {
        let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= Self::MOST {
            all.retain(|_, (since, _)| is_in_time(*since, now));
        }
        if all.len() >= Self::MOST {
            all.clear();
        }
        let name = new_key();
        all.insert(name.clone(), (now, asked));
        Question { name, options }
    }

    /// Each question is answered once.
    fn take(&self, name: &str, now: Instant) -> Option<Asked> {
        let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, asked) = all.remove(name)?;
        is_in_time(since, now).then_some(asked)
    }
}

/// What a browser sends has the standard's shape, or is not taken.
fn read<T: DeserializeOwned>(answer: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(answer).map_err(|_source| PasskeyError::NotTaken)
}

fn is_in_time(since: Instant, now: Instant) -> bool {
    (0..PasskeyDesk::LASTS_MILLIS).contains(&(now.millis() - since.millis()))
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyNameError {
    #[error("Give it a name by which you know it again, such as “Phone”.")]
    Empty,
    #[error("The name is {over} characters too long.")]
    TooLong { over: usize },
}

/// By which its owner knows a passkey again: one line, 1 to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyName(String);

impl PasskeyName {
    pub const LONGEST: usize = 60;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PasskeyName {
    type Err = PasskeyNameError;

    fn from_str(typed: &str) -> Result<Self, PasskeyNameError> {
        let name: String = typed.trim().chars().filter(|c| !c.is_control()).collect();
        match name.chars().count() {
            0 => Err(PasskeyNameError::Empty),
            n if n > Self::LONGEST => Err(PasskeyNameError::TooLong {
                over: n - Self::LONGEST,
            }),
            _ => Ok(Self(name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_without_a_name_asks_for_no_passkey() {
        let now = Instant::from_millis(0);
        for address in ["http://127.0.0.1:8080", "http://[::1]:8080", "nonsense"] {
            let desk = PasskeyDesk::at(address);
            assert!(!desk.is_open(), "{address}");
            assert!(matches!(desk.ask_anybody(now), Err(PasskeyError::NoName)));
        }
        assert!(PasskeyDesk::at("https://news.example.org").is_open());
        assert!(PasskeyDesk::at("http://localhost:8080").is_open());
    }

    #[test]
    fn a_question_stands_for_five_minutes_and_is_answered_once() {
        let desk = PasskeyDesk::at("https://news.example.org");
        let now = Instant::from_millis(0);
        let name = |desk: &PasskeyDesk| desk.ask_anybody(now).unwrap().name;
        let one = name(&desk);
        assert!(desk.take(&one, now).is_some());
        assert!(desk.take(&one, now).is_none(), "once");
        let two = name(&desk);
        let late = now.plus_millis(PasskeyDesk::LASTS_MILLIS);
        assert!(desk.take(&two, late).is_none());
    }

    #[test]
    fn whoever_asks_for_ever_takes_no_more_memory() {
        let desk = PasskeyDesk::at("https://news.example.org");
        let now = Instant::from_millis(0);
        for _ in 0..PasskeyDesk::MOST + 3 {
            desk.ask_anybody(now).unwrap();
        }
        assert!(desk.asked.lock().unwrap().len() <= PasskeyDesk::MOST);
    }
}
