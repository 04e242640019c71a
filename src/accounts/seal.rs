//! Seals short secrets with a key that does not lie in the database, so that a copy of the room's
//! file alone opens none of them.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use sha2::{Digest, Sha256};

use crate::keys::{hex, random};

/// AES-256-GCM under a key that is made out of the room's own, and used for nothing else.
#[derive(Clone)]
pub struct Seal(Aes256Gcm);

/// Why a sealed secret stays shut.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed with another key, for somebody else, or not at all")]
pub struct SealError;

const NONCE: usize = 12;

impl Seal {
    /// `master` is the room's key file: 64 random bytes and more, so that one hash of it, with a
    /// name of our own before it, is a key.
    pub fn from_master(master: &[u8]) -> Self {
        let mut made = Sha256::new_with_prefix("dateline: second factors");
        made.update(master);
        let key: [u8; 32] = made.finalize().into();
        Self(Aes256Gcm::new(&key.into()))
    }

    /// Seals it for one purpose, such as one person's app; under another name it does not open.
    pub fn shut(&self, secret: &[u8], purpose: &str) -> Result<String, SealError> {
        let nonce = random::<NONCE>();
        let aad = purpose.as_bytes();
        let sealed = self
            .0
            .encrypt(&nonce.into(), Payload { msg: secret, aad })
            .map_err(|_source| SealError)?;
        Ok(format!("{}{}", hex(&nonce), hex(&sealed)))
    }

    pub fn open(&self, sealed: &str, purpose: &str) -> Result<Vec<u8>, SealError> {
        let bytes = unhex(sealed).ok_or(SealError)?;
        let (nonce, msg) = bytes.split_first_chunk::<NONCE>().ok_or(SealError)?;
        let aad = purpose.as_bytes();
        self.0
            .decrypt(&(*nonce).into(), Payload { msg, aad })
            .map_err(|_source| SealError)
    }
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty()
        .then(|| pairs.iter().map(byte).collect())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_for_the_same_purpose_only() {
        let seal = Seal::from_master(b"one key");
        let sealed = seal.shut(b"twenty secret bytes!", "app of 1").unwrap();
        assert!(!sealed.contains(&hex(b"secret")));
        assert_eq!(
            seal.open(&sealed, "app of 1").unwrap(),
            b"twenty secret bytes!"
        );
        assert_eq!(seal.open(&sealed, "app of 2"), Err(SealError));
        assert_eq!(
            Seal::from_master(b"another").open(&sealed, "app of 1"),
            Err(SealError)
        );
        for broken in ["", "0g", "abc", sealed.split_at(2).1, sealed.split_at(20).0] {
            assert_eq!(seal.open(broken, "app of 1"), Err(SealError), "{broken}");
        }
        assert_ne!(
            sealed,
            seal.shut(b"twenty secret bytes!", "app of 1").unwrap()
        );
    }
}
