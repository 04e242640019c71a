//! Passwords: argon2id with the parameters that OWASP's Password Storage Cheat Sheet gives
//! (19 MiB of memory, two passes, one lane), and the same work where nobody has the name.

use std::str::FromStr;
use std::sync::LazyLock;

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use zxcvbn::Score;

/// A password as it was typed; it is never printed and never stored.
#[derive(Clone)]
pub struct Password(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error(
        "A password needs at least {} characters; {missing} more.",
        Password::SHORTEST
    )]
    TooShort { missing: usize },
    #[error("The password is {over} characters too long.")]
    TooLong { over: usize },
    #[error("This password is too easy to guess. {advice}")]
    Guessable { advice: String },
    #[error("The password could not be made safe: {0}")]
    Hashing(String),
}

impl Password {
    pub const SHORTEST: usize = 12;
    /// Hashing costs time for every byte, so there is an end.
    pub const LONGEST: usize = 256;

    /// For signing in: any text is tried, only an endless one is cut short by the form.
    pub fn attempt(typed: &str) -> Self {
        Self(typed.to_owned())
    }

    /// A new password, judged by how many guesses it would take (zxcvbn), by somebody who knows
    /// these words about its owner; which characters it is made of is their own choice.
    pub fn chosen(typed: &str, known: &[&str]) -> Result<Self, PasswordError> {
        let password: Self = typed.parse()?;
        // A mail address is known in parts too.
        let mut words: Vec<&str> = known.to_vec();
        words.extend(
            known
                .iter()
                .flat_map(|one| one.split(|c: char| !c.is_alphanumeric())),
        );
        words.retain(|word| word.chars().count() > 2);
        let judged = zxcvbn::zxcvbn(typed, &words);
        if judged.score() >= Score::Three && has_words_of_its_own(typed, words) {
            return Ok(password);
        }
        let advice = judged.feedback().and_then(|feedback| {
            let warning = feedback.warning().map(|warning| warning.to_string());
            warning.or_else(|| feedback.suggestions().first().map(ToString::to_string))
        });
        Err(PasswordError::Guessable {
            advice: advice.unwrap_or_else(|| "Add another word or two.".to_owned()),
        })
    }

    /// Slow on purpose; never call it on an async thread.
    pub fn hash(&self) -> Result<PasswordHash, PasswordError> {
        let hash: phc::PasswordHash = hasher()?
            .hash_password(self.0.as_bytes())
            .map_err(|source| PasswordError::Hashing(source.to_string()))?;
        Ok(PasswordHash(hash.to_string()))
    }
}

/// Whether what is left is still hard to guess when everything is taken out that everybody knows of
/// the owner: together with digits and each other, known words look better than they are.
fn has_words_of_its_own(typed: &str, mut known: Vec<&str>) -> bool {
    let plain = |text: &str| -> String {
        let signs = text.chars().filter(|sign| sign.is_alphanumeric());
        signs.flat_map(char::to_lowercase).collect()
    };
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = known
        .iter()
        .map(|word| plain(word))
        .filter(|word| !word.is_empty())
        .fold(plain(typed), |left, word| left.replace(&word, ""));
    left == plain(typed) || zxcvbn::zxcvbn(&left, &[]).score() >= Score::Two
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl FromStr for Password {
    type Err = PasswordError;

    fn from_str(typed: &str) -> Result<Self, PasswordError> {
        match typed.chars().count() {
            n if n < Self::SHORTEST => Err(PasswordError::TooShort {
                missing: Self::SHORTEST - n,
            }),
            n if n > Self::LONGEST => Err(PasswordError::TooLong {
                over: n - Self::LONGEST,
            }),
            _ => Ok(Self(typed.to_owned())),
        }
    }
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19 * 1024, 2, 1, None)
        .map_err(|source| PasswordError::Hashing(source.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A hash in PHC form, with its salt and parameters.
#[derive(Clone, Debug)]
pub struct PasswordHash(String);

/// What an unknown name is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<Option<PasswordHash>> =
    LazyLock::new(|| Password::attempt("nobody has this password").hash().ok());

impl PasswordHash {
    pub fn stored(hash: String) -> Self {
        Self(hash)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Slow on purpose; never call it on an async thread.
    fn fits(&self, password: &Password) -> bool {
        phc::PasswordHash::new(&self.0).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.0.as_bytes(), &hash)
                .is_ok()
        })
    }
}

/// Makes the stand-in hash ahead of its first use, which would otherwise take twice as long.
pub fn prepare() {
    LazyLock::force(&NOBODY);
}

/// Whether the password is right. The same work is done where there is no hash.
pub fn is_right(password: &Password, hash: Option<&PasswordHash>) -> bool {
    match (hash, NOBODY.as_ref()) {
        (Some(hash), _) => hash.fits(password),
        (None, Some(nobody)) => {
            nobody.fits(password);
            false
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_and_nothing_else_does() {
        let password: Password = "correct horse battery".parse().unwrap();
        let hash = password.hash().unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(is_right(&password, Some(&hash)));
        assert!(!is_right(
            &Password::attempt("correct horse batterz"),
            Some(&hash)
        ));
        assert!(!is_right(
            &Password::attempt("nobody has this password"),
            None
        ));
    }

    #[test]
    fn what_everybody_knows_of_somebody_makes_no_password() {
        let known = ["Au Thor", "au@open-harbour.example", "Open Harbour"];
        let chosen = |typed: &str| Password::chosen(typed, &known).is_ok();
        for guessed in ["Au Thor Au Thor", "openharbour2026", "thor harbour 1907!"] {
            assert!(!chosen(guessed), "{guessed}");
        }
        for own in [
            "seven herons at dusk",
            "harbour seven herons",
            "83115-90277-48832-17750",
            "83115-90277-harbour-48832",
        ] {
            assert!(chosen(own), "{own}");
        }
    }

    #[test]
    fn a_short_password_says_how_much_is_missing() {
        let error = "ten chars!".parse::<Password>().unwrap_err();
        assert_eq!(error, PasswordError::TooShort { missing: 2 });
        assert_eq!(format!("{:?}", Password::attempt("secret")), "Password(…)");
    }
}
