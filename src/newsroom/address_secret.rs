//! The secret in an address that opens something by itself.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::keys::{hex, new_key};

/// What makes an address that opens something by itself: 128 random bits that only its holder has. The
/// room keeps the hash.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressSecret(String);

/// What cannot be the secret of any address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no address has such a secret")]
pub struct NoSecret;

impl AddressSecret {
    pub fn new() -> Self {
        Self(new_key())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl Default for AddressSecret {
    fn default() -> Self {
        Self::new()
    }
}

impl FromStr for AddressSecret {
    type Err = NoSecret;

    fn from_str(text: &str) -> Result<Self, NoSecret> {
        let is_ours =
            text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| Self(text.to_owned())).ok_or(NoSecret)
    }
}

/// Whoever writes it into a log by mistake writes nothing.
impl fmt::Debug for AddressSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_back_only_as_it_was_written_and_never_shown() {
        let secret = AddressSecret::new();
        assert_eq!(secret.as_str().parse(), Ok(secret.clone()));
        assert_ne!(secret, AddressSecret::new());
        assert!(!format!("{secret:?}").contains(secret.as_str()));
        assert!(!secret.hash().contains(secret.as_str()));
        for other in ["", "0", "0123456789ABCDEF0123456789ABCDEF", "../../admin"] {
            assert_eq!(other.parse::<AddressSecret>(), Err(NoSecret), "{other}");
        }
    }
}
