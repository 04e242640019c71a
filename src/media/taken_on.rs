//! The day on which a photo was taken.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A day of the calendar, without a zone: what the photographer's clock showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TakenOn(Date);

/// Why a text is no such day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a day on which a photo was taken. Write year, month and day, as in 2018-11-16."
)]
pub struct TakenOnError(String);

impl TakenOn {
    /// The oldest photo that is kept anywhere is of 1826 or 1827.
    const FIRST_YEAR: i16 = 1826;

    pub const fn date(self) -> Date {
        self.0
    }

    pub fn new(date: Date) -> Option<Self> {
        (date.year() >= Self::FIRST_YEAR).then_some(Self(date))
    }

    /// The day that a file's text begins with, as EXIF (`2018:11:16 08:30:00`), IPTC (`20181116`)
    /// and XMP (`2018-11-16T08:30`) write it; nothing where it names a month or a year only.
    pub fn found_in(text: &str) -> Option<Self> {
        let digits = text
            .chars()
            .filter(|sign| !matches!(sign, ':' | '-'))
            .take(8);
        let digits: String = digits.collect();
        if digits.len() != 8 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
        let month = i8::try_from(number(4, 6)?).ok()?;
        let day = i8::try_from(number(6, 8)?).ok()?;
        Self::new(Date::new(number(0, 4)?, month, day).ok()?)
    }
}

impl FromStr for TakenOn {
    type Err = TakenOnError;

    fn from_str(typed: &str) -> Result<Self, TakenOnError> {
        let wrong = || TakenOnError(typed.to_owned());
        let date: Date = typed.trim().parse().map_err(|_source| wrong())?;
        // One day, one spelling.
        if date.to_string() != typed.trim() {
            return Err(wrong());
        }
        Self::new(date).ok_or_else(wrong)
    }
}

impl fmt::Display for TakenOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_a_file_writes_it() {
        for text in [
            "2018:11:16 08:30:00",
            "20181116",
            "2018-11-16T08:30:00+07:00",
            "2018-11-16",
        ] {
            assert_eq!(TakenOn::found_in(text).unwrap().to_string(), "2018-11-16");
        }
        for text in [
            "",
            "2018",
            "20181100",
            "2018-11",
            "0000:00:00 00:00:00",
            "20181332",
            "17991231",
            "١٢٣٤٥٦٧٨",
        ] {
            assert_eq!(TakenOn::found_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_person_writes_year_month_and_day() {
        assert_eq!(
            "2017-05-24".parse::<TakenOn>().unwrap().to_string(),
            "2017-05-24"
        );
        for typed in [
            "24 May 2017",
            "2017-5-24",
            "20170524",
            "2017-02-30",
            "1700-01-01",
            "",
        ] {
            let refused = typed.parse::<TakenOn>().unwrap_err().to_string();
            assert!(refused.contains("as in 2018-11-16"), "{refused}");
        }
    }
}
