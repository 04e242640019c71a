//! From the wall clock that a person typed to the instant it means, also on the days on which
//! clocks skip an hour or show one twice.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset};

use super::refusal::Refusal;
use crate::clock::Instant;
use crate::zone::{Zone, offset_words};

/// A date and a time in hours and minutes, as clocks on a wall show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallClock(DateTime);

/// A day of the room's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    pub(super) fn new(date: Date) -> Self {
        Self(date)
    }

    /// The day on which that instant falls in a zone.
    pub fn of(instant: Instant, zone: &Zone) -> Self {
        Self(zone.local(instant).date())
    }

    pub fn date(self) -> Date {
        self.0
    }
}

impl FromStr for Day {
    type Err = ScheduleError;

    /// Reads `2026-11-23`, the way a browser's field sends it.
    fn from_str(typed: &str) -> Result<Self, ScheduleError> {
        read_date(typed.trim())
            .map(Self)
            .ok_or(ScheduleError::NoDate)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which of two moments is meant when the wall clock shows the same time twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Earlier,
    Later,
}

/// What is kept of a time that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub instant: Instant,
    /// The name of the zone whose clocks were meant.
    pub zone: String,
    /// The date and time as they were typed.
    pub wall: String,
}

/// Why a typed time is no instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    #[error("Write the date as year, month and day, such as 2026-11-23.")]
    NoDate,
    #[error("Write the time in hours and minutes, such as 00:01 or 23:59.")]
    NoTime,
    #[error(
        "On {} the clocks in {zone} go forward and never show {}. The next time they show is {}.",
        wall.date(), wall.time(), next.time()
    )]
    Missing {
        wall: WallClock,
        next: WallClock,
        zone: String,
    },
    #[error(
        "On {} the clocks in {zone} go back and show {} twice. Choose the earlier ({earlier}) or \
         the later ({later}).",
        wall.date(), wall.time()
    )]
    Twice {
        wall: WallClock,
        earlier: String,
        later: String,
        zone: String,
    },
    #[error("{wall} is too far away. Choose a date before the year 9999.")]
    TooFar { wall: WallClock },
}

impl WallClock {
    /// Reads `2026-11-23` and `00:01`, the way a browser's fields send them.
    pub fn parse(date: &str, time: &str) -> Result<Self, ScheduleError> {
        let date = read_date(date.trim()).ok_or(ScheduleError::NoDate)?;
        let time = read_time(time.trim()).ok_or(ScheduleError::NoTime)?;
        Ok(Self(date.to_datetime(time)))
    }

    /// `2026-11-23`
    pub fn date(&self) -> String {
        self.0.date().to_string()
    }

    /// `00:01`
    pub fn time(&self) -> String {
        self.0.strftime("%H:%M").to_string()
    }
}

impl fmt::Display for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date(), self.time())
    }
}

fn read_date(text: &str) -> Option<Date> {
    text.parse()
        .ok()
        .filter(|date: &Date| date.to_string() == text && date.year() > 0)
}

fn read_time(text: &str) -> Option<Time> {
    let minutes = text.get(..5)?;
    // Some browsers send seconds as well; the room keeps minutes.
    let seconds = text.get(5..)?;
    Time::strptime("%H:%M", minutes).ok().filter(|time| {
        time.strftime("%H:%M").to_string() == minutes && matches!(seconds, "" | ":00")
    })
}

/// The instant at which clocks in the zone show this time. A time that they never show is refused;
/// one that they show twice needs an answer to which of the two.
pub fn instant(
    wall: WallClock,
    zone: &Zone,
    which: Option<Which>,
) -> Result<Instant, ScheduleError> {
    match zone.rules().to_ambiguous_timestamp(wall.0).offset() {
        AmbiguousOffset::Unambiguous { offset } => at(wall, offset),
        AmbiguousOffset::Gap { before, .. } => Err(missing(wall, zone, before)),
        AmbiguousOffset::Fold { before, after } => match which {
            Some(Which::Earlier) => at(wall, before),
            Some(Which::Later) => at(wall, after),
            None => Err(ScheduleError::Twice {
                wall,
                earlier: offset_words(before),
                later: offset_words(after),
                zone: zone.name().to_owned(),
            }),
        },
    }
}

/// What clocks in the zone show at that instant, to the minute.
pub fn wall_clock(instant: Instant, zone: &Zone) -> WallClock {
    let local = zone.local(instant).datetime();
    let minute = Time::midnight()
        .with()
        .hour(local.hour())
        .minute(local.minute())
        .build();
    WallClock(local.date().to_datetime(minute.unwrap_or_default()))
}

impl Typed {
    /// Only what is still to come can be scheduled.
    pub fn is_to_come(&self, now: Instant) -> Result<(), Refusal> {
        if self.instant > now {
            Ok(())
        } else {
            Err(Refusal::InThePast)
        }
    }

    /// The instant together with what was typed to mean it.
    pub fn read(wall: WallClock, zone: &Zone, which: Option<Which>) -> Result<Self, ScheduleError> {
        let instant = instant(wall, zone, which)?;
        Ok(Self {
            instant,
            zone: zone.name().to_owned(),
            wall: wall.to_string(),
        })
    }
}

fn at(wall: WallClock, offset: Offset) -> Result<Instant, ScheduleError> {
    offset
        .to_timestamp(wall.0)
        .map(Instant::from_timestamp)
        .map_err(|_source| ScheduleError::TooFar { wall })
}

/// The next time is what clocks show in the moment they go forward.
fn missing(wall: WallClock, zone: &Zone, before: Offset) -> ScheduleError {
    let next = at(wall, before).map(|skipped| {
        // A second later, because the change itself does not precede its own moment.
        let skipped = skipped.plus_millis(1_000);
        let change = zone.rules().preceding(skipped.timestamp()).next();
        let moment = change.map_or(skipped, |change| {
            Instant::from_timestamp(change.timestamp())
        });
        wall_clock(moment, zone)
    });
    match next {
        Ok(next) => ScheduleError::Missing {
            wall,
            next,
            zone: zone.name().to_owned(),
        },
        Err(too_far) => too_far,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, zone: &str, which: Option<Which>) -> Result<String, String> {
        let (date, time) = text.split_once(' ').unwrap();
        let wall = WallClock::parse(date, time).unwrap();
        instant(wall, &Zone::named(zone).unwrap(), which)
            .map(|instant| instant.to_string())
            .map_err(|refused| refused.to_string())
    }

    #[test]
    fn an_ordinary_time_follows_the_season() {
        let at = |text, zone| typed(text, zone, None).unwrap();
        assert_eq!(
            at("2026-11-23 00:01", "Europe/London"),
            "2026-11-23T00:01:00.000Z"
        );
        assert_eq!(
            at("2026-07-01 00:01", "Europe/London"),
            "2026-06-30T23:01:00.000Z"
        );
        assert_eq!(
            at("2026-11-23 00:01", "America/New_York"),
            "2026-11-23T05:01:00.000Z"
        );
    }

    #[test]
    fn a_time_that_clocks_skip_is_refused_and_the_next_one_named() {
        assert_eq!(
            typed("2026-03-29 01:30", "Europe/London", Some(Which::Later)).unwrap_err(),
            "On 2026-03-29 the clocks in Europe/London go forward and never show 01:30. \
             The next time they show is 02:00."
        );
        let refused = typed("2026-03-08 02:00", "America/New_York", None).unwrap_err();
        assert!(
            refused.ends_with("The next time they show is 03:00."),
            "{refused}"
        );
        let refused = typed("2026-03-08 02:59", "America/New_York", None).unwrap_err();
        assert!(
            refused.ends_with("The next time they show is 03:00."),
            "{refused}"
        );
        assert!(typed("2026-03-08 03:00", "America/New_York", None).is_ok());
        assert!(typed("2026-03-29 00:59", "Europe/London", None).is_ok());
    }

    #[test]
    fn a_time_that_comes_twice_is_asked_about() {
        assert_eq!(
            typed("2026-10-25 01:30", "Europe/London", None).unwrap_err(),
            "On 2026-10-25 the clocks in Europe/London go back and show 01:30 twice. \
             Choose the earlier (UTC+01:00) or the later (UTC+00:00)."
        );
        assert!(typed("2026-10-25 02:00", "Europe/London", None).is_ok());
    }

    #[test]
    fn the_answer_decides_between_the_two() {
        let at = |zone, text, which| typed(text, zone, Some(which)).unwrap();
        let (london, new_york) = ("Europe/London", "America/New_York");
        let text = "2026-10-25 01:30";
        assert_eq!(at(london, text, Which::Earlier), "2026-10-25T00:30:00.000Z");
        assert_eq!(at(london, text, Which::Later), "2026-10-25T01:30:00.000Z");
        let text = "2026-11-01 01:00";
        assert_eq!(
            at(new_york, text, Which::Earlier),
            "2026-11-01T05:00:00.000Z"
        );
        assert_eq!(at(new_york, text, Which::Later), "2026-11-01T06:00:00.000Z");
    }

    #[test]
    fn an_answer_nobody_asked_for_changes_nothing() {
        let text = "2026-11-23 00:01";
        assert_eq!(
            typed(text, "Europe/London", Some(Which::Later)),
            typed(text, "Europe/London", None)
        );
    }

    #[test]
    fn dates_and_times_that_are_none_are_told_apart() {
        for date in [
            "",
            "2026-02-30",
            "23.11.2026",
            "20261123",
            "2026-11-23T10:00",
        ] {
            assert_eq!(
                WallClock::parse(date, "00:01"),
                Err(ScheduleError::NoDate),
                "{date}"
            );
        }
        for time in [
            "",
            "24:00",
            "7:00",
            "12:60",
            "00:01:30",
            "noon",
            "٠٠:٠١",
            "00:1é",
        ] {
            let refused = WallClock::parse("2026-11-23", time);
            assert_eq!(refused, Err(ScheduleError::NoTime), "{time}");
        }
        let wall = WallClock::parse(" 2026-11-23 ", "00:01:00").unwrap();
        assert_eq!(
            (wall.date(), wall.time()),
            ("2026-11-23".to_owned(), "00:01".to_owned())
        );
    }

    #[test]
    fn the_wall_clock_of_an_instant_reads_back_to_it() {
        let zone = Zone::named("America/New_York").unwrap();
        let moment = Instant::parse("2026-07-01T04:01:59.999Z").unwrap();
        let wall = wall_clock(moment, &zone);
        assert_eq!(wall.to_string(), "2026-07-01 00:01");
        let back = instant(wall, &zone, None).unwrap();
        assert_eq!(back.to_string(), "2026-07-01T04:01:00.000Z");
    }

    #[test]
    fn what_was_typed_is_kept_beside_what_it_means() {
        let wall = WallClock::parse("2026-07-01", "00:01").unwrap();
        let typed = Typed::read(wall, &Zone::named("europe/london").unwrap(), None).unwrap();
        assert_eq!(typed.zone, "Europe/London");
        assert_eq!(typed.wall, "2026-07-01 00:01");
        assert_eq!(typed.instant.to_string(), "2026-06-30T23:01:00.000Z");
    }

    #[test]
    fn the_end_of_the_calendar_is_refused_and_not_a_crash() {
        let refused = typed("9999-12-31 23:59", "America/New_York", None).unwrap_err();
        assert!(refused.contains("too far away"), "{refused}");
    }
}
