//! Words that go out with a photo, written into its file as IPTC-IIM and XMP, as picture desks read them.

mod iim;
mod xmp;

use super::TakenOn;

/// What a file that is handed on says of itself; empty texts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The title of the item that shows the photo.
    pub headline: String,
    pub caption: String,
    pub alt_text: String,
    pub credit: String,
    /// The room that hands it on, which is seldom where it comes from.
    pub publisher: String,
    pub terms: String,
    pub taken_on: Option<TakenOn>,
    /// Where the item stands.
    pub address: String,
}

impl Labels {
    /// The JPEG with these words in front of its picture. It is expected to hold none.
    pub fn written_into(&self, jpeg: &[u8]) -> Vec<u8> {
        let Some(picture) = jpeg.strip_prefix(&[0xFF, 0xD8]) else {
            return jpeg.to_vec();
        };
        let (jfif, picture) = picture.split_at(jfif_length(picture));
        let xmp = segment(
            0xE1,
            b"http://ns.adobe.com/xap/1.0/\0",
            xmp::packet(self).as_bytes(),
        );
        let iim = segment(0xED, b"Photoshop 3.0\0", &iim::resource(self));
        [&[0xFF, 0xD8], jfif, &xmp, &iim, picture].concat()
    }
}

/// Readers expect a JFIF segment to stay first.
fn jfif_length(picture: &[u8]) -> usize {
    match picture {
        [0xFF, 0xE0, high, low, ..] => {
            let length = 2 + usize::from(u16::from_be_bytes([*high, *low]));
            length.min(picture.len())
        }
        _ => 0,
    }
}

/// A segment's length counts its own two bytes. Nothing where it would not fit: the longest words of a
/// picture take a third of a segment.
fn segment(marker: u8, name: &[u8], body: &[u8]) -> Vec<u8> {
    match u16::try_from(name.len() + body.len() + 2) {
        Ok(length) => [&[0xFF, marker], &length.to_be_bytes()[..], name, body].concat(),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::metadata::{Fact, Found, read};
    use super::super::samples::{jpeg, scene};
    use super::super::{AltText, Caption, Credit, OriginalFormat, Terms};
    use super::*;

    fn labels() -> Labels {
        Labels {
            headline: "Ferry \"Lindal\" <stops> & waits".to_owned(),
            caption: "The crew\nat the quay, قارب".to_owned(),
            alt_text: "Two people on a quay".to_owned(),
            credit: "Ann Osei / Quay News".to_owned(),
            publisher: "Open Quay".to_owned(),
            terms: "Free to use with credit".to_owned(),
            taken_on: Some("2018-11-16".parse().unwrap()),
            address: "https://news.example/news/ferry-stops?a=1&b=2".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_the_picture_is_the_same() {
        let plain = jpeg(&scene(40, 30));
        let told = labels().written_into(&plain);
        let metadata = read(&told, OriginalFormat::Jpeg);
        for (fact, words) in [
            (Fact::Headline, labels().headline),
            (Fact::Description, labels().caption),
            (Fact::AltText, labels().alt_text),
            (Fact::CreditLine, labels().credit),
            (Fact::UsageTerms, labels().terms),
            (Fact::DateCreated, "2018-11-16".to_owned()),
        ] {
            assert_eq!(metadata.of(fact).map(Found::text), Some(words), "{fact:?}");
        }
        let holds = |words: &str| {
            told.windows(words.len())
                .filter(|at| *at == words.as_bytes())
                .count()
        };
        assert_eq!(
            holds("https://news.example/news/ferry-stops?a=1&amp;b=2"),
            2,
            "XMP, as a relation and behind the terms"
        );
        assert_eq!(
            holds("https://news.example/news/ferry-stops?a=1&b=2"),
            1,
            "IPTC"
        );
        let pixels = |bytes: &[u8]| ::image::load_from_memory(bytes).unwrap().to_rgb8();
        assert_eq!(pixels(&told), pixels(&plain));
    }

    #[test]
    fn the_longest_words_fit() {
        let worst = |longest: usize| "\"".repeat(longest);
        let all = Labels {
            headline: worst(300),
            caption: worst(Caption::LONGEST),
            alt_text: worst(AltText::LONGEST),
            credit: worst(Credit::LONGEST),
            terms: worst(Terms::LONGEST),
            ..labels()
        };
        let metadata = read(
            &all.written_into(&jpeg(&scene(40, 30))),
            OriginalFormat::Jpeg,
        );
        assert_eq!(metadata.of(Fact::Description).unwrap().text(), all.caption);
        assert_eq!(metadata.of(Fact::AltText).unwrap().text(), all.alt_text);
    }

    #[test]
    fn empty_words_are_left_out_and_what_is_no_jpeg_stays() {
        let told = Labels::default().written_into(&jpeg(&scene(40, 30)));
        assert!(read(&told, OriginalFormat::Jpeg).is_empty());
        assert_eq!(labels().written_into(b"GIF89a"), b"GIF89a");
    }
}
