//! The net: what only staff may see, in pieces that are long enough to be told from chance.

use aho_corasick::{AhoCorasick, MatchKind};

use super::Leak;
use super::haystack::spaced;
use crate::prose::markdown;
use crate::storage::secrets::{Room, Secret};

/// A leak of nine words in a row holds one whole piece.
const WORDS: usize = 6;
const STEP: usize = 3;
/// What is shorter is met by chance; a title of two words is not.
const SHORTEST: usize = 14;
const SHORTEST_TITLE: usize = 8;

pub(super) struct Net {
    pieces: Vec<Secret>,
    finder: Option<AhoCorasick>,
}

impl Net {
    pub(super) fn new(room: &Room) -> Self {
        let public = spaced(
            &room
                .public_words
                .iter()
                .map(|words| format!("{}\n{words}", markdown::to_text(words)))
                .collect::<Vec<_>>()
                .join("\n"),
        );
        let mut pieces: Vec<Secret> = room
            .words
            .iter()
            .flat_map(pieces)
            .filter(|piece| !public.contains(&piece.words))
            .collect();
        pieces.extend(room.hidden_slugs.iter().map(slug));
        pieces.extend(room.hidden_images.iter().cloned());
        pieces.sort_by(|a, b| a.words.cmp(&b.words));
        pieces.dedup_by(|a, b| a.words == b.words);
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(pieces.iter().map(|piece| &piece.words))
            .ok();
        Self { pieces, finder }
    }

    pub(super) fn secrets(&self) -> usize {
        self.pieces.len()
    }

    /// Every piece that stands in this text.
    pub(super) fn caught(&self, address: &str, text: &str) -> Vec<Leak> {
        let Some(finder) = &self.finder else {
            return Vec::new();
        };
        finder
            .find_overlapping_iter(text)
            .filter_map(|found| self.pieces.get(found.pattern().as_usize()))
            .map(|piece| Leak {
                address: address.to_owned(),
                place: piece.place.clone(),
                words: piece.words.clone(),
            })
            .collect()
    }
}

/// The slug as it stands in addresses, so that it is not met in words.
fn slug(secret: &Secret) -> Secret {
    Secret {
        place: secret.place.clone(),
        words: format!("/news/{}\"", secret.words),
    }
}

fn pieces(secret: &Secret) -> Vec<Secret> {
    let text = spaced(&markdown::to_text(&secret.words));
    let words: Vec<&str> = text.split(' ').collect();
    let windows: Vec<String> = if words.len() <= WORDS {
        vec![text.clone()]
    } else {
        let last = words.len() - WORDS;
        (0..=last)
            .step_by(STEP)
            .chain([last])
            .filter_map(|from| words.get(from..from + WORDS))
            .map(|window| window.join(" "))
            .collect()
    };
    let is_title = secret.place.ends_with(", title") && words.len() > 1;
    let shortest = if is_title { SHORTEST_TITLE } else { SHORTEST };
    windows
        .into_iter()
        .filter(|words| words.chars().count() >= shortest)
        .map(|words| Secret {
            place: secret.place.clone(),
            words,
        })
        .collect()
}
