//! Everything random: keys of forms and sessions, identifiers, first passwords.

use std::fmt::Write;

/// Random bytes.
///
/// A machine that has no randomness to give ends the program: a key that can be guessed would
/// open every door, and no page is worth that.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0_u8; N];
    if let Err(cause) = getrandom::fill(&mut bytes) {
        tracing::error!(%cause, "the machine has no randomness; the program ends");
        std::process::abort();
    }
    bytes
}

/// A key of 128 random bits, as 32 hexadecimal digits.
pub fn new_key() -> String {
    hex(&random::<16>())
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(
        String::with_capacity(bytes.len() * 2),
        |mut digits, byte| {
            // Writing into a String cannot fail.
            let _written = write!(digits, "{byte:02x}");
            digits
        },
    )
}

/// A random UUID (RFC 9562, version 4).
pub fn new_uid() -> String {
    let key = new_key();
    let part = |from: usize, to: usize| key.get(from..to).unwrap_or_default();
    let variant = part(16, 17)
        .chars()
        .next()
        .and_then(|c| c.to_digit(16))
        .unwrap_or(0)
        & 3
        | 8;
    format!(
        "{}-{}-4{}-{variant:x}{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// A password that nobody has to invent: 80 random bits in groups that are easy to type.
pub fn new_password() -> String {
    let key = new_key();
    let group = |from: usize| key.get(from..from + 5).unwrap_or_default();
    [group(0), group(5), group(10), group(15)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uid_has_the_shape_of_a_uuid_of_version_4() {
        let uid = new_uid();
        assert_eq!(uid.len(), 36);
        assert_eq!(uid.chars().nth(14), Some('4'));
        assert!(matches!(uid.chars().nth(19), Some('8' | '9' | 'a' | 'b')));
        assert_ne!(uid, new_uid());
    }

    #[test]
    fn a_first_password_is_long_enough_for_the_rules() {
        assert_eq!(new_password().len(), 23);
    }
}
