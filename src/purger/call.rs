//! One call to whatever keeps copies: the tags that changed, signed.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use ureq::Agent;
use ureq::http::Uri;

use crate::clock::Instant;
use crate::keys::hex;

/// Where the caches are told, as the operator configured it.
#[derive(Clone)]
pub struct Caches {
    agent: Agent,
    address: String,
    secret: String,
}

/// Why an address cannot be called.
#[derive(Debug, thiserror::Error)]
pub enum CachesError {
    #[error("the address must be a whole one that begins with https:// or http://")]
    Address,
    #[error("it needs a secret of at least 16 signs, which signs each call")]
    Secret,
}

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    #[error("no answer: {0}")]
    NoAnswer(#[source] Box<ureq::Error>),
    #[error("the answer was {0}")]
    Refused(u16),
    #[error("the call cannot be written: {0}")]
    Unwritten(#[from] serde_json::Error),
    #[error("the call cannot be signed")]
    Unsigned,
}

/// What is said: RFC 3339 and the words of the headers.
#[derive(Serialize)]
struct Told<'a> {
    instant: String,
    tags: &'a [String],
}

impl Caches {
    const SHORTEST_SECRET: usize = 16;
    const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

    pub fn new(address: &str, secret: &str) -> Result<Self, CachesError> {
        let uri: Uri = address
            .parse()
            .map_err(|_unreadable| CachesError::Address)?;
        let is_web = matches!(uri.scheme_str(), Some("https" | "http")) && uri.host().is_some();
        if !is_web {
            return Err(CachesError::Address);
        }
        if secret.chars().count() < Self::SHORTEST_SECRET {
            return Err(CachesError::Secret);
        }
        // What is configured is called, and nothing that it leads to.
        let agent = Agent::config_builder()
            .timeout_global(Some(Self::ANSWERS_WITHIN))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("Dateline")
            .build();
        Ok(Self {
            agent: agent.into(),
            address: address.to_owned(),
            secret: secret.to_owned(),
        })
    }

    /// Says which tags changed; only an answer of the 200s means that it was taken.
    pub(super) fn tell(&self, tags: &[String], now: Instant) -> Result<(), CallError> {
        let instant = now.timestamp().to_string();
        let body = serde_json::to_string(&Told { instant, tags })?;
        let answer = self
            .agent
            .post(&self.address)
            .header("content-type", "application/json")
            .header("dateline-signature", &self.signature(&body)?)
            .send(&body)
            .map_err(|error| CallError::NoAnswer(Box::new(error)))?;
        let status = answer.status();
        if status.is_success() {
            Ok(())
        } else {
            Err(CallError::Refused(status.as_u16()))
        }
    }

    /// HMAC-SHA-256 (RFC 2104) of the body.
    fn signature(&self, body: &str) -> Result<String, CallError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())
            .map_err(|_length| CallError::Unsigned)?;
        mac.update(body.as_bytes());
        Ok(format!("sha256={}", hex(&mac.finalize().into_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "correct horse battery";

    #[test]
    fn only_a_web_address_with_a_secret_is_called() {
        for wrong in [
            "",
            "purge",
            "ftp://a/",
            "/purge",
            "https://",
            "file:///etc/passwd",
        ] {
            assert!(
                matches!(Caches::new(wrong, SECRET), Err(CachesError::Address)),
                "{wrong}"
            );
        }
        let address = "https://cdn.example/purge";
        assert!(matches!(
            Caches::new(address, "short"),
            Err(CachesError::Secret)
        ));
        assert!(Caches::new(address, SECRET).is_ok());
    }

    #[test]
    fn the_signature_is_the_standards() {
        // As openssl signs it.
        let caches = Caches::new("http://127.0.0.1/", SECRET).unwrap();
        assert_eq!(
            caches.signature("what do ya want for nothing?").unwrap(),
            "sha256=bdc45891bd59b43db96669ee875527736e5623562f781788daac5f4a5ae24739"
        );
    }
}
