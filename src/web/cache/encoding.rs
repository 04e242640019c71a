//! In which encoding an answer goes out (RFC 9110, 12.5.3), and how it gets there.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The encodings that pages are kept in, the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    /// The token of `Content-Encoding`, and the end of the entity tag; empty for plain text.
    pub(super) fn token(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Plain => "",
        }
    }

    /// The one that the reader likes best, and of two that are liked the same the smaller one.
    /// Plain text goes out where nothing fits, because a page in the wrong coat beats none.
    pub(super) fn asked(accept: &str) -> Self {
        let mut best = (Self::Plain, weight(accept, "identity").unwrap_or(1));
        for encoding in [Self::Gzip, Self::Brotli] {
            let liked = weight(accept, encoding.token()).or_else(|| weight(accept, "*"));
            if let Some(liked) = liked
                && liked > 0
                && liked >= best.1
            {
                best = (encoding, liked);
            }
        }
        best.0
    }

    /// The text in this encoding. Quality is chosen so that a first reader waits for no compression
    /// that saves only a few bytes more.
    pub(super) fn encode(self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        const BROTLI_QUALITY: i32 = 5;
        const GZIP_LEVEL: u32 = 6;
        match self {
            Self::Plain => Ok(plain.to_vec()),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL));
                encoder.write_all(plain)?;
                encoder.finish()
            }
            Self::Brotli => {
                let mut encoded = Vec::new();
                let settings = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    size_hint: plain.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*plain, &mut encoded, &settings)?;
                Ok(encoded)
            }
        }
    }
}

/// How much a token is liked, in thousandths; nothing where it is not named.
fn weight(accept: &str, token: &str) -> Option<u16> {
    accept.split(',').find_map(|choice| {
        let mut parts = choice.split(';').map(str::trim);
        let named = parts.next()?.eq_ignore_ascii_case(token);
        let quality =
            parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        named.then(|| quality.map_or(1_000, thousandths))
    })
}

/// `0.5` as 500; what cannot be read is not wanted.
fn thousandths(quality: &str) -> u16 {
    let (whole, rest) = quality.split_once('.').unwrap_or((quality, ""));
    let digits = format!("{whole}{rest:0<3}");
    digits.parse().unwrap_or(0).min(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_reader_gets_what_they_like_best() {
        for (accept, encoding) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("", Encoding::Plain),
            ("br;q=0.5, gzip", Encoding::Gzip),
            ("br;q=0, gzip;q=0", Encoding::Plain),
            ("*", Encoding::Brotli),
            ("*;q=0", Encoding::Plain),
            ("identity;q=0", Encoding::Plain),
            ("identity, gzip;q=0.2", Encoding::Plain),
            ("BR ; q=1.0", Encoding::Brotli),
            ("br;q=nonsense", Encoding::Plain),
        ] {
            assert_eq!(Encoding::asked(accept), encoding, "{accept}");
        }
    }

    #[test]
    fn what_is_encoded_can_be_read_again() {
        let plain = "A page about a ferry. ".repeat(200);
        let gzip = Encoding::Gzip.encode(plain.as_bytes()).unwrap();
        let mut read = String::new();
        flate2::read::GzDecoder::new(&*gzip)
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read, plain);
        let brotli = Encoding::Brotli.encode(plain.as_bytes()).unwrap();
        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli, &mut read).unwrap();
        assert_eq!(read, plain.as_bytes());
        assert!(brotli.len() < gzip.len() && gzip.len() < plain.len());
    }
}
