//! What somebody proves besides a password: codes that an app shows (RFC 6238), and recovery codes for
//! the day on which the app is lost.

use std::fmt;

use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::clock::Instant;
use crate::keys::{hex, new_password, random};

/// The secret that an app and the room share: 160 bits, as RFC 4226 (section 4) advises.
#[derive(Clone, PartialEq, Eq)]
pub struct AppSecret([u8; 20]);

/// Whoever writes it into a log by mistake writes nothing.
impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppSecret(…)")
    }
}

impl AppSecret {
    pub fn fresh() -> Self {
        Self(random())
    }

    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// For people to type: base 32 in groups of four.
    pub fn words(&self) -> String {
        let digits: Vec<char> = Secret::from(self.0).to_base32().chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|four| four.iter().collect()).collect();
        groups.join(" ")
    }

    /// What an app reads out of a picture; none of the two may hold a colon there.
    pub fn address(&self, room: &str, mail: &str) -> Option<String> {
        let plain = |words: &str| words.replace(':', " ");
        let issuer = Some(plain(room)).filter(|room| !room.is_empty());
        let app = self.builder().with_account_name(plain(mail));
        app.with_issuer(issuer).build().ok()?.to_url().ok()
    }

    /// The time step whose code this is, now or one step (30 seconds) around it, because clocks differ.
    pub fn step_of(&self, typed: &str, now: Instant) -> Option<i64> {
        let seconds = u64::try_from(now.millis() / 1000).ok()?;
        let step = self.app()?.check(typed, seconds)?;
        i64::try_from(step).ok()
    }

    fn app(&self) -> Option<Totp> {
        self.builder().build().ok()
    }

    fn builder(&self) -> Builder {
        Builder::new().with_secret(self.0).with_skew(1)
    }
}

/// How many there are at a time.
pub const RECOVERY_CODES: usize = 10;

/// A code that opens the door once: 80 random bits, so that a plain hash keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    pub fn ten() -> Vec<Self> {
        let fresh = || Self(new_password());
        std::iter::repeat_with(fresh).take(RECOVERY_CODES).collect()
    }

    /// As somebody copies it from paper: case, spaces and hyphens do not matter.
    pub fn typed(words: &str) -> Self {
        let plain = words.chars().filter(char::is_ascii_alphanumeric);
        Self(plain.take(64).collect::<String>().to_ascii_lowercase())
    }

    pub fn words(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> String {
        let plain = Self::typed(&self.0);
        hex(&Sha256::digest(plain.0.as_bytes()))
    }
}

/// The six digits of an app, in whatever groups they were typed; anything else may be a recovery code.
pub fn app_code(typed: &str) -> Option<String> {
    let code: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    let is_one = code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit());
    is_one.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret is the ASCII text below; of eight digits these are the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = AppSecret::of_bytes(b"12345678901234567890").unwrap();
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (2_000_000_000, "279037"),
        ] {
            let now = Instant::from_millis(second * 1000);
            assert_eq!(secret.step_of(code, now), Some(second / 30), "{second}");
            let late = now.plus_millis(30_000);
            assert_eq!(secret.step_of(code, late), Some(second / 30), "{second}");
            assert_eq!(secret.step_of(code, now.plus_millis(60_000)), None);
        }
    }

    #[test]
    fn an_app_reads_whose_secret_it_is() {
        let secret = AppSecret::of_bytes(b"12345678901234567890").unwrap();
        let address = secret.address("Quay: news", "eva@quay.example").unwrap();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
        assert_eq!(secret.words(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(format!("{secret:?}"), "AppSecret(…)");
    }

    #[test]
    fn a_recovery_code_is_known_again_however_it_is_typed() {
        let codes = RecoveryCode::ten();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let one = &codes[0];
        let copied = one.words().to_uppercase().replace('-', " ");
        assert_eq!(RecoveryCode::typed(&copied).hash(), one.hash());
        assert_ne!(one.hash(), codes[1].hash());
    }

    #[test]
    fn six_digits_are_an_apps_code_and_nothing_else_is() {
        assert_eq!(app_code(" 123 456 ").as_deref(), Some("123456"));
        for other in ["", "12345", "1234567", "12345a", "ab12c-de34f-56a7b-8c9d0"] {
            assert_eq!(app_code(other), None, "{other}");
        }
    }
}
