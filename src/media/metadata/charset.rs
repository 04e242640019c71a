//! Old encodings: what bytes mean whose sender does not say so, or says it wrongly.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// What IPTC-IIM's dataset 1:90 (a sequence of ISO 2022) says of the texts behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Declared {
    #[default]
    Nothing,
    Utf8,
    Latin1,
}

impl Declared {
    pub(super) fn by(escape: &[u8]) -> Self {
        match escape {
            b"\x1B%G" | b"\x1B%/G" | b"\x1B%/H" | b"\x1B%/I" => Self::Utf8,
            // ISO 8859-1 as one of the upper sets.
            b"\x1B-A" | b"\x1B.A" | b"\x1B/A" => Self::Latin1,
            _ => Self::Nothing,
        }
    }
}

/// UTF-8 is believed wherever bytes are UTF-8, whatever was declared: no other text of more than
/// a few signs is that by chance. A text that a field's limit cut within a sign loses that sign.
pub(super) fn decoded(bytes: &[u8], declared: Declared) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => return text.to_owned(),
        Err(error) if declared == Declared::Utf8 && error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            return String::from_utf8_lossy(whole).into_owned();
        }
        Err(_) => {}
    }
    let encoding = match declared {
        Declared::Latin1 => WINDOWS_1252,
        Declared::Nothing | Declared::Utf8 => likelier(bytes),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Windows-1252 or the encoding of old Macintosh programs, which declared nothing: small letters with
/// accents stand from E0 in the first and from 87 to 9F in the second, where the first has quotation
/// marks and dashes, which in turn stand from D0 to D5 in the second.
fn likelier(bytes: &[u8]) -> &'static Encoding {
    let (mut windows, mut macintosh) = (0_usize, 0_usize);
    for byte in bytes {
        match byte {
            0x80 | 0x85 | 0x91..=0x97 | 0xE0..=0xFF => windows += 1,
            0x87..=0x9F | 0xD0..=0xD5 => macintosh += 1,
            _ => {}
        }
    }
    if macintosh > windows {
        MACINTOSH
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_right_whoever_wrote_them() {
        let text = "“Núñez’s café” – à côté";
        let nothing = Declared::Nothing;
        assert_eq!(decoded(text.as_bytes(), nothing), text);
        for encoding in [WINDOWS_1252, MACINTOSH] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost && std::str::from_utf8(&bytes).is_err());
            assert_eq!(decoded(&bytes, nothing), text, "{}", encoding.name());
        }
    }

    #[test]
    fn what_is_declared_decides_where_bytes_are_no_utf_8() {
        let (bytes, ..) = WINDOWS_1252.encode("Ž Ð");
        assert_eq!(decoded(&bytes, Declared::by(b"\x1B.A")), "Ž Ð");
        assert_eq!(
            decoded("é".as_bytes(), Declared::Latin1),
            "é",
            "declared wrongly"
        );
    }

    #[test]
    fn a_sign_that_was_cut_is_left_out() {
        let declared = Declared::by(b"\x1B%G");
        assert_eq!(decoded(b"caf\xC3", declared), "caf");
        assert_eq!(
            decoded(b"caf\xE9 x", declared),
            "café x",
            "declared wrongly"
        );
    }
}
