//! Where one sentence ends and the next begins, without being led astray by `Nov. 16` or `Mr. Vell`.

/// Words that end in a point without ending a sentence.
const SHORTENED: [&str; 28] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "sgt", "capt", "gov", "sen", "rep", "rev",
    "st", "mt", "no", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "vs",
];

pub(super) fn of(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut begun = String::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        if !begun.is_empty() {
            begun.push(' ');
        }
        begun.push_str(word);
        if ends_one(word) && words.peek().is_none_or(|next| begins_one(next)) {
            sentences.push(std::mem::take(&mut begun));
        }
    }
    sentences.push(begun);
    let tidy = sentences.iter().map(|sentence| undashed(sentence));
    tidy.filter(|sentence| sentence.contains(char::is_alphanumeric))
        .collect()
}

/// Agencies put a dash between what the photo shows and its background.
fn undashed(sentence: &str) -> String {
    let is_divider = |sign: char| matches!(sign, '-' | '–' | '—' | ' ');
    sentence
        .trim_start_matches(is_divider)
        .trim_end_matches(' ')
        .to_owned()
}

fn ends_one(word: &str) -> bool {
    let closed = word.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    let Some(bare) = closed.strip_suffix(['.', '!', '?', '؟', '。']) else {
        return false;
    };
    if !closed.ends_with('.') {
        return true;
    }
    let letters = bare
        .trim_start_matches(|sign: char| !sign.is_alphanumeric())
        .to_lowercase();
    let is_initial = letters.chars().count() == 1 && letters.chars().all(char::is_alphabetic);
    // "U.S." and "a.m." end in a point more often than they end a sentence.
    !is_initial && !letters.contains('.') && !SHORTENED.contains(&letters.as_str())
}

/// Scripts without small letters begin sentences with any letter.
fn begins_one(word: &str) -> bool {
    !word
        .chars()
        .find(|sign| sign.is_alphanumeric())
        .is_some_and(char::is_lowercase)
}
