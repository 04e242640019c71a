//! Days as agencies write them in English.

use jiff::civil::Date;

use crate::media::TakenOn;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first whole day of a text: `May 24, 2017`, `Nov. 16, 2018` or `16 November 2018`.
pub(super) fn found_in(text: &str) -> Option<TakenOn> {
    let words: Vec<&str> = text.split_whitespace().map(plain).collect();
    words.windows(3).find_map(|three| match three {
        [first, second, year] => {
            let year = (year.len() == 4).then(|| year.parse().ok())??;
            day_of(first, second, year).or_else(|| day_of(second, first, year))
        }
        _ => None,
    })
}

/// Whether a text is a month and a day, as datelines have it.
pub(super) fn is_day(text: &str) -> bool {
    let mut words = text.split_whitespace().map(plain);
    let (month, day) = (words.next().and_then(month), words.next());
    let is_number = |day: &str| day.starts_with(|digit: char| digit.is_ascii_digit());
    month.is_some() && day.is_some_and(is_number)
}

fn day_of(month_word: &str, day: &str, year: i16) -> Option<TakenOn> {
    TakenOn::new(Date::new(year, month(month_word)?, day.parse().ok()?).ok()?)
}

/// The whole name, or three or four letters of it.
fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let is_it = |name: &&str| {
        **name == word || (word.len() >= 3 && word.len() <= 4 && name.starts_with(&word))
    };
    let at = MONTHS.iter().position(is_it)?;
    i8::try_from(at + 1).ok()
}

fn plain(word: &str) -> &str {
    word.trim_matches(|sign: char| !sign.is_alphanumeric())
}
