//! When a photo is so much older than its story that readers are told.

use jiff::civil::Date;

use crate::media::TakenOn;

/// Research comes out weeks after its pictures were taken, and such a picture still shows what the story
/// tells. After two months, readers would take for the day's news what is not.
const OLD_AFTER_DAYS: i32 = 60;

/// Whether a photo is a file photo on an item that was first published on that day.
pub fn is_file_photo(taken_on: TakenOn, published_on: Date) -> bool {
    let age = taken_on
        .date()
        .until(published_on)
        .map(|span| span.get_days());
    age.is_ok_and(|days| days > OLD_AFTER_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_of_the_season_before_is_a_file_photo_and_one_of_last_month_is_not() {
        let published = jiff::civil::date(2018, 11, 26);
        let is_old = |day: &str| is_file_photo(day.parse().unwrap(), published);
        assert!(is_old("2017-05-24") && is_old("2018-09-26"));
        assert!(!is_old("2018-09-27"), "sixty days before");
        assert!(
            !is_old("2018-11-26") && !is_old("2018-12-24"),
            "clocks of cameras are set wrong"
        );
    }
}
