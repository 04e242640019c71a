//! Until when and where a photo may be shown.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::words::Territory;

/// The last day on which a photo may be shown: a day of the room's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LastDay(Date);

/// Why a text is no such day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not the last day of a licence. Write year, month and day, as in 2027-11-16.")]
pub struct LastDayError(String);

impl LastDay {
    /// Photos were not licensed before there were any, and no calendar here goes on for ever.
    const YEARS: std::ops::RangeInclusive<i16> = 1900..=9000;

    pub const fn date(self) -> Date {
        self.0
    }
}

impl FromStr for LastDay {
    type Err = LastDayError;

    fn from_str(typed: &str) -> Result<Self, LastDayError> {
        let wrong = || LastDayError(typed.to_owned());
        let date: Date = typed.trim().parse().map_err(|_source| wrong())?;
        // One day, one spelling.
        if date.to_string() != typed.trim() || !Self::YEARS.contains(&date.year()) {
            return Err(wrong());
        }
        Ok(Self(date))
    }
}

impl fmt::Display for LastDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the terms leave open: an end, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Licence {
    /// Nothing: it does not end.
    pub last_day: Option<LastDay>,
    pub territory: Territory,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_day_is_written_in_one_way() {
        assert_eq!(
            "2027-02-28".parse::<LastDay>().unwrap().to_string(),
            "2027-02-28"
        );
        for refused in [
            "",
            "2027-02-30",
            "28.2.2027",
            "20270228",
            "1899-12-31",
            "9001-01-01",
        ] {
            assert!(refused.parse::<LastDay>().is_err(), "{refused}");
        }
    }
}
