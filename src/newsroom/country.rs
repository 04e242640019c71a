//! Countries and territories as ISO 3166-1 lists them.

use std::str::FromStr;

use super::SubjectName;

/// A country by its two letters, with the name under which a room begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    pub code: CountryCode,
    pub name: SubjectName,
}

/// Two capital letters (ISO 3166-1, alpha-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCode(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no code of two letters")]
pub struct CountryCodeError(String);

impl CountryCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CountryCode {
    type Err = CountryCodeError;

    fn from_str(code: &str) -> Result<Self, CountryCodeError> {
        let is_code = code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        if is_code {
            Ok(Self(code.to_owned()))
        } else {
            Err(CountryCodeError(code.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_two_capital_letters() {
        assert_eq!("ML".parse::<CountryCode>().unwrap().as_str(), "ML");
        for code in ["", "M", "ml", "MLI", "M1", "É"] {
            assert!(code.parse::<CountryCode>().is_err(), "{code}");
        }
    }
}
