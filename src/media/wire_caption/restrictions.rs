//! Restrictions: what the sender forbids, which stands among the sentences, mostly in capitals.

use super::is_shouted;

const PHRASES: [&str; 14] = [
    "editorial use only",
    "restricted to editorial use",
    "editorial purposes only",
    "mandatory credit",
    "no sales",
    "no resale",
    "no archiv",
    "no marketing",
    "no advertising",
    "not for marketing",
    "no commercial use",
    "distributed as a service",
    "one-time use",
    "no third",
];

/// What may stand in front of them.
const OPENINGS: [&str; 5] = [
    "for ",
    "strictly ",
    "editors note: ",
    "editor's note: ",
    "editor’s note: ",
];

/// What is left of the sentence when its restrictions are put with the others; a photo that was handed
/// out says so in the sentence, which stays as it is.
pub(super) fn taken_out(sentence: &str, restrictions: &mut Vec<String>) -> Option<String> {
    let small = sentence.to_lowercase();
    let is_handout = small
        .split(|sign: char| !sign.is_alphanumeric())
        .any(|word| word == "handout");
    if is_handout && !restrictions.iter().any(|known| known == HANDOUT) {
        restrictions.push(HANDOUT.to_owned());
    }
    if !PHRASES.iter().any(|phrase| small.contains(phrase)) {
        return Some(sentence.to_owned());
    }
    let (forbidding, kept): (Vec<&str>, Vec<&str>) =
        sentence.split(" - ").partition(|piece| forbids(piece));
    restrictions.extend(
        forbidding
            .into_iter()
            .map(bare)
            .filter(|piece| !piece.is_empty()),
    );
    let kept = kept.join(" - ");
    let kept = kept.trim_matches([' ', '-']);
    (!kept.is_empty()).then(|| kept.to_owned())
}

const HANDOUT: &str = "Handout";

fn forbids(piece: &str) -> bool {
    let small = bare(piece).to_lowercase();
    let opened = OPENINGS
        .iter()
        .find_map(|opening| small.strip_prefix(opening))
        .unwrap_or(&small);
    let begins = PHRASES.iter().any(|phrase| opened.starts_with(phrase));
    begins || (is_shouted(piece) && PHRASES.iter().any(|phrase| small.contains(phrase)))
}

fn bare(piece: &str) -> String {
    piece
        .trim_matches([' ', '-', '.', '(', ')', '/', '*'])
        .to_owned()
}
