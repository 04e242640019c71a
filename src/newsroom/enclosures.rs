//! The pictures and files that go out with a text, as somebody saw them: whoever approves or publishes the
//! text stands for these too.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::files::FileId;
use super::refusal::Refusal;
use crate::keys::hex;
use crate::media::ImageId;

/// All of a text's, in one order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enclosures(Vec<Enclosure>);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    pub which: Which,
    /// What people know it by.
    pub name: String,
    /// Of its bytes: other ones have another mark.
    pub bytes: String,
    /// Of everything that is written about it.
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    Picture(ImageId),
    File(FileId),
}

/// What two sets have in common exactly when they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

/// What is not any more as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub which: Which,
    pub name: String,
    pub bytes: bool,
    pub words: bool,
}

impl Enclosures {
    /// What a text shows in two places is one picture.
    pub fn new(mut all: Vec<Enclosure>) -> Self {
        all.sort_by_key(|one| one.which);
        all.dedup_by_key(|one| one.which);
        Self(all)
    }

    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = Sha256::new();
        for one in &self.0 {
            // Each part goes in with its length, so that no two sets run together into the same bytes.
            for part in [&one.key(), &one.bytes, &one.words] {
                hasher.update(part.len().to_string());
                hasher.update(b":");
                hasher.update(part);
            }
        }
        Fingerprint(hasher.finalize().into())
    }

    /// What a form carries: the fingerprint, which decides, and a mark of each, so that what changed can
    /// be named.
    pub fn as_seen(&self) -> String {
        let marks = self.0.iter().map(|one| {
            let (bytes, words) = (mark(&one.bytes), mark(&one.words));
            format!(".{}-{bytes}-{words}", one.key())
        });
        self.fingerprint().to_string() + &marks.collect::<String>()
    }

    /// Nobody stands for what they have not seen.
    pub fn still(&self, seen: Option<Fingerprint>) -> Result<(), Refusal> {
        if seen == Some(self.fingerprint()) {
            Ok(())
        } else {
            Err(Refusal::EnclosuresMovedOn)
        }
    }

    /// What changed since a form was given this.
    pub fn changed_since(&self, seen: &str) -> Vec<Changed> {
        // A form holds no more than a text may name; what somebody made up is not read on.
        const MOST: usize = 400;
        let marks: Vec<&str> = seen.split('.').skip(1).take(MOST).collect();
        let changed = |one: &Enclosure| {
            let mut parts = marks.iter().map(|mark| mark.split('-'));
            let key = one.key();
            let mut known = parts.find(|parts| parts.clone().next() == Some(key.as_str()));
            let _key = known.as_mut().and_then(Iterator::next);
            let mut differs = |now: &str| {
                let then = known.as_mut().and_then(Iterator::next);
                then != Some(mark(now).as_str())
            };
            Changed {
                which: one.which,
                name: one.name.clone(),
                bytes: differs(&one.bytes),
                words: differs(&one.words),
            }
        };
        let all = self.0.iter().map(changed);
        all.filter(|one| one.bytes || one.words).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Enclosure> {
        self.0.iter()
    }
}

impl Enclosure {
    fn key(&self) -> String {
        match self.which {
            Which::Picture(id) => format!("p{id}"),
            Which::File(id) => format!("f{id}"),
        }
    }
}

/// Enough to tell what was changed; whether anything was, the fingerprint says.
fn mark(whole: &str) -> String {
    const DIGITS: usize = 8;
    let digest = hex(&Sha256::digest(whole));
    digest.chars().take(DIGITS).collect()
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Fingerprint {
    type Err = ParseIntError;

    /// Out of what a form carries. A text that is too short says that nothing was seen.
    fn from_str(seen: &str) -> Result<Self, ParseIntError> {
        let digits = seen.split('.').next().unwrap_or_default();
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            let pair = digits.get(place * 2..place * 2 + 2).unwrap_or_default();
            *byte = u8::from_str_radix(pair, 16)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Enclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.which, self.name)
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Picture(id) => write!(f, "Picture {id}"),
            Self::File(id) => write!(f, "File {id}"),
        }
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.which, self.name)?;
        f.write_str(match (self.bytes, self.words) {
            (true, false) => " has another file",
            (false, _) => " has other words",
            (true, true) => " has another file and other words",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(which: Which, bytes: &str, words: &str) -> Enclosure {
        Enclosure {
            which,
            name: "harbour.jpg".to_owned(),
            bytes: bytes.to_owned(),
            words: words.to_owned(),
        }
    }

    const BOAT: Which = Which::Picture(ImageId::new(7));
    const REPORT: Which = Which::File(FileId::new(7));

    fn seen() -> Enclosures {
        Enclosures::new(vec![one(REPORT, "1 r", "Report"), one(BOAT, "b", "A boat")])
    }

    fn told(now: &Enclosures) -> Vec<String> {
        let changed = now.changed_since(&seen().as_seen());
        changed.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_as_it_was_seen_may_be_stood_for_in_whatever_order_it_comes() {
        let again = Enclosures::new(vec![one(BOAT, "b", "A boat"), one(REPORT, "1 r", "Report")]);
        let carried: Fingerprint = seen().as_seen().parse().unwrap();
        assert_eq!(again.still(Some(carried)), Ok(()));
        assert!(again.changed_since(&seen().as_seen()).is_empty());
        let names: Vec<String> = again.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["Picture 7 (harbour.jpg)", "File 7 (harbour.jpg)"]);
    }

    /// Bytes and words of the picture, and of the file; what is said of them.
    type Case<'a> = ((&'a str, &'a str), (&'a str, &'a str), &'a [&'a str]);

    #[test]
    fn what_changed_is_refused_and_named() {
        let carried = Some(seen().fingerprint());
        let cases: [Case<'_>; 4] = [
            (
                ("c", "A boat"),
                ("1 r", "Report"),
                &["Picture 7 (harbour.jpg) has another file"],
            ),
            (
                ("b", "A ship"),
                ("1 r", "Report"),
                &["Picture 7 (harbour.jpg) has other words"],
            ),
            (
                ("b", "A boat"),
                ("2 r", "Report"),
                &["File 7 (harbour.jpg) has another file"],
            ),
            (
                ("c", "A ship"),
                ("1 r", "Reports"),
                &[
                    "Picture 7 (harbour.jpg) has another file and other words",
                    "File 7 (harbour.jpg) has other words",
                ],
            ),
        ];
        for (boat, report, sentences) in cases {
            let now = Enclosures::new(vec![
                one(BOAT, boat.0, boat.1),
                one(REPORT, report.0, report.1),
            ]);
            assert_eq!(now.still(carried), Err(Refusal::EnclosuresMovedOn));
            assert_eq!(told(&now), sentences);
        }
    }

    #[test]
    fn whoever_saw_nothing_stands_for_nothing() {
        let none = Enclosures::default();
        assert_eq!(none.still(None), Err(Refusal::EnclosuresMovedOn));
        assert_eq!(none.still(Some(none.fingerprint())), Ok(()));
        assert_eq!(
            seen().still(Some(none.fingerprint())),
            Err(Refusal::EnclosuresMovedOn)
        );
        assert_eq!(none.iter().count(), 0);
        for broken in ["", ".", "7", "g7", &"é".repeat(32)] {
            assert!(broken.parse::<Fingerprint>().is_err(), "{broken}");
        }
    }

    #[test]
    fn parts_do_not_run_together() {
        let two = |bytes, words| Enclosures::new(vec![one(BOAT, bytes, words)]).fingerprint();
        assert_ne!(two("ab", "c"), two("a", "bc"));
    }
}
