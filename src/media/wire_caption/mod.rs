//! Splits the caption that an agency sends with a photo into its parts. It only guesses: each part is
//! a proposal for a person to confirm.

mod credit;
mod dates;
mod restrictions;
mod sentences;
#[cfg(test)]
mod tests;

use super::TakenOn;

/// Longer captions are split up to here, in characters; agencies send up to 2,000 bytes.
const LONGEST: usize = 8_000;

/// The parts of a wire caption; what it does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WireCaption {
    /// What the wire calls the photo, such as `TOPSHOT`.
    pub flag: String,
    /// Place and day in front of the text, such as `SARRIN, VELMARA - MAY 24`.
    pub dateline: String,
    /// First what the photo shows, then the background.
    pub sentences: Vec<String>,
    pub taken_on: Option<TakenOn>,
    pub photographer: String,
    pub agency: String,
    /// The whole credit, its parts divided by ` / `.
    pub credit: String,
    /// Whether a second credit corrected the first.
    pub credit_is_corrected: bool,
    pub restrictions: Vec<String>,
}

/// Splits a caption. A text that has none of the parts comes back as its sentences.
pub fn split(caption: &str) -> WireCaption {
    let text: String = caption.chars().take(LONGEST).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (flag, text) = without_flags(&text);
    let (credits, text) = credit::taken_out(text);
    let (dateline, text) = without_dateline(&text);
    let mut restrictions = Vec::new();
    let mut kept = Vec::new();
    for sentence in sentences::of(text) {
        kept.extend(restrictions::taken_out(&sentence, &mut restrictions));
    }
    let credit = credit::told(&credits);
    WireCaption {
        flag,
        dateline,
        taken_on: kept.iter().find_map(|sentence| dates::found_in(sentence)),
        sentences: kept,
        photographer: credit.photographer,
        agency: credit.agency,
        credit: credit.whole,
        credit_is_corrected: credit.is_corrected,
        restrictions,
    }
}

/// The longer ones first, so that none is taken for a shorter one.
const FLAGS: [&str; 8] = [
    "TOPSHOTS",
    "TOPSHOT",
    "FILE PHOTO",
    "FILES",
    "FILE",
    "GRAPHIC CONTENT",
    "ALTERNATIVE CROP",
    "CORRECTION",
];

/// Flags stand in front, each with a dash or a colon behind it, some in parentheses.
fn without_flags(text: &str) -> (String, &str) {
    let mut flags = Vec::new();
    let mut rest = text;
    while let Some((flag, after)) = flag(rest) {
        flags.push(flag);
        rest = after;
    }
    (flags.join(", "), rest)
}

fn flag(text: &str) -> Option<(&'static str, &str)> {
    FLAGS.into_iter().find_map(|flag| {
        if let Some(after) = text
            .strip_prefix('(')
            .and_then(|rest| rest.strip_prefix(flag))
        {
            return Some((
                flag,
                after
                    .strip_prefix(')')?
                    .trim_start_matches([' ', '-', ':', '–', '—']),
            ));
        }
        let after = text.strip_prefix(flag)?.trim_start();
        let divided = after.trim_start_matches(['-', ':', '–', '—']);
        (divided.len() < after.len()).then_some((flag, divided.trim_start()))
    })
}

/// `PLACE, COUNTRY - MONTH DAY:` or `PLACE, Country -` in front of the text, the place in capitals.
fn without_dateline(text: &str) -> (String, &str) {
    let found = with_a_day(text).or_else(|| with_a_place(text));
    found.map_or((String::new(), text), |(front, rest)| {
        (front.to_owned(), rest)
    })
}

const DASHES: [&str; 3] = [" - ", " – ", " — "];

fn with_a_day(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 100;
    let (front, rest) = text.split_once(": ")?;
    let (place, day) = DASHES
        .into_iter()
        .find_map(|dash| front.rsplit_once(dash))?;
    let is_one = front.len() <= LONGEST && is_shouted(place) && dates::is_day(day);
    is_one.then_some((front, rest))
}

fn with_a_place(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 60;
    const SHORTEST: usize = 3;
    let (front, rest) = DASHES
        .into_iter()
        .filter_map(|dash| text.split_once(dash))
        .min_by_key(|(front, _)| front.len())?;
    let place = front.split(',').next().unwrap_or_default();
    let is_one = front.len() <= LONGEST && place.len() >= SHORTEST && is_shouted(place);
    (is_one && !front.contains('.')).then_some((front, rest))
}

/// Whether a text has letters, and (nearly) all of them are capitals.
fn is_shouted(text: &str) -> bool {
    let small = text.chars().filter(|sign| sign.is_lowercase()).count();
    let great = text.chars().filter(|sign| sign.is_uppercase()).count();
    great > 0 && small * 10 <= great
}
