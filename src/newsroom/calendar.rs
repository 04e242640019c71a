//! A month as a page of a wall calendar: whole weeks, from Monday.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::schedule::Day;
use crate::clock::Instant;
use crate::zone::Zone;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    first: Date,
}

/// What is not written as `2018-11`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no month of the calendar")]
pub struct NoMonth;

impl Month {
    /// The month in which that instant falls in a zone.
    pub fn of(instant: Instant, zone: &Zone) -> Self {
        Self {
            first: zone.local(instant).date().first_of_month(),
        }
    }

    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// From 1 for January.
    pub fn month(self) -> i8 {
        self.first.month()
    }

    pub fn next(self) -> Option<Self> {
        let first = self.first.checked_add(1.month()).ok()?;
        Some(Self { first })
    }

    pub fn previous(self) -> Option<Self> {
        let first = self.first.checked_sub(1.month()).ok()?;
        Some(Self { first })
    }

    /// Whether the day belongs to the month, and not to the end of the one before or the next.
    pub fn holds(self, day: Day) -> bool {
        day.date().first_of_month() == self.first
    }

    /// The weeks that the month touches, each from Monday to Sunday.
    pub fn weeks(self) -> Vec<Vec<Day>> {
        let before = self.first.weekday().since(Weekday::Monday);
        let start = self.first.saturating_sub(i64::from(before).days());
        let days = start.series(1.day()).map(Day::new);
        let mut weeks = Vec::new();
        let mut week = Vec::new();
        for day in days {
            if week.is_empty() && day.date() > self.first.last_of_month() {
                break;
            }
            week.push(day);
            if day.date().weekday() == Weekday::Sunday {
                weeks.push(std::mem::take(&mut week));
            }
        }
        weeks
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let first: Date = format!("{text}-01").parse().map_err(|_source| NoMonth)?;
        let month = Self { first };
        // Years before the calendar of our days, and other spellings, are nobody's page.
        let is_plain = month.to_string() == text && month.year() >= 1900;
        is_plain.then_some(month).ok_or(NoMonth)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(month: &str) -> Vec<String> {
        let month: Month = month.parse().unwrap();
        let weeks = month.weeks();
        assert!(weeks.iter().all(|week| week.len() == 7));
        weeks.concat().iter().map(Day::to_string).collect()
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks_from_monday() {
        let november = days("2018-11");
        assert_eq!(november.len(), 35);
        assert_eq!(november[0], "2018-10-29");
        assert_eq!(november[34], "2018-12-02");
        let february = days("2021-02");
        assert_eq!(february.len(), 28, "it begins on Monday and ends on Sunday");
        assert_eq!(days("2018-12").len(), 42);
        assert_eq!(
            days("9999-12").last().map(String::as_str),
            Some("9999-12-26")
        );
    }

    #[test]
    fn months_follow_each_other_over_the_years() {
        let month: Month = "2018-12".parse().unwrap();
        assert_eq!(month.next().unwrap().to_string(), "2019-01");
        assert_eq!(month.previous().unwrap().to_string(), "2018-11");
        let last: Month = "9999-12".parse().unwrap();
        assert_eq!(last.next(), None);
        assert!(month.holds("2018-12-31".parse().unwrap()));
        assert!(!month.holds("2019-01-01".parse().unwrap()));
    }

    #[test]
    fn only_months_are_months() {
        for wrong in [
            "",
            "2018",
            "2018-13",
            "2018-1",
            "+2018-11",
            "18-11",
            "0001-01",
            "2018-11-01",
            "x",
        ] {
            assert_eq!(wrong.parse::<Month>(), Err(NoMonth), "{wrong}");
        }
    }

    #[test]
    fn a_minute_past_midnight_belongs_to_the_room_s_day() {
        let auckland = Zone::named("Pacific/Auckland").unwrap();
        let instant = Instant::parse("2018-11-30T11:01:00Z").unwrap();
        assert_eq!(Day::of(instant, &auckland).to_string(), "2018-12-01");
        assert_eq!(Month::of(instant, &auckland).to_string(), "2018-12");
        assert_eq!(Month::of(instant, &Zone::utc()).to_string(), "2018-11");
        // On the day on which clocks go back, both hours are that day's.
        let london = Zone::named("Europe/London").unwrap();
        for instant in [
            "2018-10-27T23:30:00Z",
            "2018-10-28T00:30:00Z",
            "2018-10-28T01:30:00Z",
        ] {
            let instant = Instant::parse(instant).unwrap();
            assert_eq!(Day::of(instant, &london).to_string(), "2018-10-28");
        }
    }
}
