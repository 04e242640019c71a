//! What an answer shows, as one word each, for caches in front of the room; and how long they may
//! keep it. The same words tell them later what has changed.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use super::SubjectFamily;
use crate::clock::Instant;

/// A thing that answers show. Numbers of rows stay inside: they would tell how many drafts there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// What the settings say stands on every page.
    Room,
    /// Every list that a publication can come into or fall out of, feeds too.
    Listing,
    /// The item at this address, whichever of its addresses it is.
    Item(String),
    /// An item's page shows others that are about the same.
    About(SubjectFamily, String),
    /// By the hash of the original.
    Image(String),
    /// By the key in its address.
    File(String),
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |hash: &str| hash.chars().take(24).collect::<String>();
        match self {
            Self::Room => f.write_str("room"),
            Self::Listing => f.write_str("listing"),
            Self::Item(uid) => write!(f, "item-{uid}"),
            Self::About(SubjectFamily::Topic, slug) => write!(f, "topic-{slug}"),
            Self::About(SubjectFamily::Place, slug) => write!(f, "place-{slug}"),
            Self::Image(hash) => write!(f, "image-{}", short(hash)),
            Self::File(key) => write!(f, "file-{key}"),
        }
    }
}

/// All of them, each once, with this between them.
pub fn written(tags: &[Tag], between: &str) -> String {
    let each: BTreeSet<String> = tags.iter().map(ToString::to_string).collect();
    each.into_iter().collect::<Vec<_>>().join(between)
}

/// How long a copy may be kept that is made within this time from `now`, and until when the room
/// itself may hand out copies with that word: so that none outlives the instant at which the page
/// stops being true. Nothing where there is no whole second left.
pub fn lifetime(now: Instant, until: Instant, most: Duration) -> Option<(Duration, Instant)> {
    const MILLIS: i64 = 1_000;
    let left = until.millis().saturating_sub(now.millis());
    let most = i64::try_from(most.as_millis()).unwrap_or(i64::MAX);
    // Near its end, copies get half of what is left; the other half is for handing them out.
    let millis = most.min(left / 2) / MILLIS * MILLIS;
    let seconds = u64::try_from(millis / MILLIS)
        .ok()
        .filter(|seconds| *seconds > 0)?;
    Some((Duration::from_secs(seconds), until.plus_millis(-millis)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_copy_outlives_the_instant_at_which_its_page_ends() {
        let most = Duration::from_mins(10);
        for left in [
            0, 1, 999, 1_000, 1_999, 2_000, 59_999, 1_200_000, 1_200_001, 9_000_000,
        ] {
            let (now, until) = (
                Instant::from_millis(5_000),
                Instant::from_millis(5_000 + left),
            );
            let Some((keeps, hands_out)) = lifetime(now, until, most) else {
                assert!(left < 2_000, "{left}");
                continue;
            };
            assert!(keeps <= most && keeps.as_secs() > 0, "{left}");
            assert!(now < hands_out, "{left}");
            let last = hands_out.millis() + i64::try_from(keeps.as_millis()).unwrap();
            assert!(last <= until.millis(), "{left}");
        }
        let far = lifetime(
            Instant::from_millis(0),
            Instant::from_millis(i64::MAX),
            most,
        );
        assert_eq!(far.unwrap().0, most);
        assert_eq!(
            lifetime(
                Instant::from_millis(0),
                Instant::from_millis(9_000),
                Duration::ZERO
            ),
            None
        );
    }

    #[test]
    fn each_tag_is_one_word_and_stands_once() {
        let tags = [
            Tag::Listing,
            Tag::Item("ferry-stops".to_owned()),
            Tag::About(SubjectFamily::Topic, "ferries".to_owned()),
            Tag::Image("ab".repeat(32)),
            Tag::Listing,
        ];
        assert_eq!(
            written(&tags, " "),
            "image-abababababababababababab item-ferry-stops listing topic-ferries"
        );
    }
}
