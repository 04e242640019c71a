//! Photos between the words of a PDF's page (inline images: ISO 32000-2, 8.9.7), which are no objects of their own.

use lopdf::Stream;

use super::traces;

/// What one stream of words may unpack to: more than any map that is drawn line by line.
const LONGEST: usize = 100_000_000;
/// How a photo is packed once more, by the names of PDF and by those that inline images may use.
const PACKINGS: [&[u8]; 10] = [
    b"A85",
    b"AHx",
    b"Fl",
    b"LZW",
    b"RL",
    b"ASCII85Decode",
    b"ASCIIHexDecode",
    b"FlateDecode",
    b"LZWDecode",
    b"RunLengthDecode",
];
/// A packed JPEG, by the beginning of both its names.
const PHOTO: &[u8] = b"/DCT";

/// What is found between words.
pub(super) enum Found {
    Nothing,
    Traces,
    /// Something that cannot be looked into, or not to its end.
    Dark,
}

/// Looks at a stream, whether it is words or not: a photo cannot go on in the next one, but all that is said of
/// it may stand in the one before, so that only its own bytes tell.
pub(super) fn look(stream: &Stream) -> Found {
    match stream.get_plain_content_with_limit(LONGEST) {
        Ok(words) if traces::are_between(&words) => Found::Traces,
        Ok(words) if packs_a_photo(&words) => Found::Dark,
        Ok(_) => Found::Nothing,
        Err(_) if is_bare_picture(stream) => Found::Nothing,
        Err(_) => Found::Dark,
    }
}

/// Pixels of a scanned page, whose formats hold nothing else.
fn is_bare_picture(stream: &Stream) -> bool {
    let filters = stream.filters().unwrap_or_default();
    let last = filters.last().copied().unwrap_or_default();
    last == b"CCITTFaxDecode" || last == b"JBIG2Decode"
}

/// Whether a photo's name stands behind that of a packing.
fn packs_a_photo(words: &[u8]) -> bool {
    let mut left = words;
    while let Some(at) = left.windows(PHOTO.len()).position(|part| part == PHOTO) {
        let before = left.get(..at).unwrap_or_default().trim_ascii_end();
        let name = before.rsplit(|byte| *byte == b'/').next();
        if before.contains(&b'/') && name.is_some_and(|name| PACKINGS.contains(&name)) {
            return true;
        }
        left = left.get(at + PHOTO.len()..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Object, dictionary};

    use super::super::super::samples::{jpeg, scene, talkative_jpeg};
    use super::*;

    fn told(words: &[u8]) -> &'static str {
        told_of(Stream::new(Dictionary::new(), words.to_vec()))
    }

    fn told_of(stream: Stream) -> &'static str {
        match look(&stream) {
            Found::Nothing => "nothing",
            Found::Traces => "traces",
            Found::Dark => "dark",
        }
    }

    fn page(head: &str, photo: &[u8]) -> Vec<u8> {
        let front = format!("q 60 0 0 40 0 0 cm\nBI{head}\nID ");
        [front.as_bytes(), photo, b"\nEI Q"].concat()
    }

    #[test]
    fn a_photo_between_words_is_looked_at_however_it_is_announced() {
        let clean = jpeg(&scene(60, 40));
        for head in [" /W 60 /F /DCT", "/F[/DCT]", " /F /D#43T % ID", ""] {
            assert_eq!(told(&page(head, &talkative_jpeg())), "traces", "{head}");
            assert_eq!(told(&page(head, &clean)), "nothing", "{head}");
        }
        assert_eq!(
            told(&[b"/DCT ID ", &talkative_jpeg()[..]].concat()),
            "traces"
        );
        let both = [page("/F/DCT", &clean), page("/F/DCT", &talkative_jpeg())].concat();
        assert_eq!(told(&both), "traces");
    }

    #[test]
    fn what_is_packed_once_more_is_not_trusted() {
        for head in [
            "/F[/A85/DCT]",
            " /F [ /Fl\n/DCTDecode ]",
            "/Filter[/LZW /DCT]",
        ] {
            assert_eq!(told(&page(head, b"s4IA0~>")), "dark", "{head}");
        }
    }

    #[test]
    fn words_and_bare_pixels_are_not_blamed() {
        for words in [
            &b"BT (GPSLatitude, SerialNumber, Power BI and DCT of each ID, http://ns.adobe.com/xap/1.0/) Tj ET"[..],
            b"BI /W 1 /H 1 /BPC 8 /CS /G /F /Fl ID x EI",
            b"(A85/DCT) (Exif\0\0 of nothing)",
            b"",
        ] {
            assert_eq!(told(words), "nothing");
        }
        let of = |filter: &str| {
            let dict = dictionary! { "Filter" => Object::Name(filter.as_bytes().to_vec()) };
            told_of(Stream::new(dict, b"x".to_vec()))
        };
        assert_eq!(of("CCITTFaxDecode"), "nothing");
        assert_eq!(of("Unheard"), "dark");
    }
}
