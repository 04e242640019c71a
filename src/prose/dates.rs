//! Dates for readers: in words of their language, beside what machines read, in the room's zone.

use jiff::Zoned;
use jiff::civil::Date;

use super::habits::habit;
use crate::clock::Instant;
use crate::zone::{Zone, Zones};

/// A date in words and as RFC 3339 with the zone's offset, in whole seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateWords {
    pub machine: String,
    pub words: String,
}

/// `26 November 2018`, in the language where its months are known, else in English.
pub fn day(instant: Instant, zone: &Zone, language: &str) -> DateWords {
    let local = zone.local(instant);
    DateWords {
        words: habit(language).day_of(local.date()),
        machine: machine(&local),
    }
}

/// `26 November 2018, 00:01`
pub fn day_and_time(instant: Instant, zone: &Zone, language: &str) -> DateWords {
    let local = zone.local(instant);
    let habit = habit(language);
    let time = local.strftime("%H:%M");
    let words = format!("{}{}{time}", habit.day_of(local.date()), habit.comma);
    DateWords {
        words,
        machine: machine(&local),
    }
}

/// `26 Nov 2018, 00:01 (UTC+00:00)`, for staff, who must see which clock is meant.
pub fn staff_time(instant: Instant, zone: &Zone) -> DateWords {
    let local = zone.local(instant);
    let (words, offset) = (
        local.strftime("%-d %b %Y, %H:%M"),
        zone.offset_words(instant),
    );
    DateWords {
        words: format!("{words} ({offset})"),
        machine: machine(&local),
    }
}

/// `00:01`, where the day and the zone are told beside it; `01:30 (UTC+01:00)` where clocks show that
/// time twice on that day.
pub fn staff_clock(instant: Instant, zone: &Zone) -> DateWords {
    let local = zone.local(instant);
    let clock = local.strftime("%H:%M");
    DateWords {
        words: if zone.shows_twice(&local) {
            format!("{clock} ({})", zone.offset_words(instant))
        } else {
            clock.to_string()
        },
        machine: machine(&local),
    }
}

/// `26 Nov 2018, 09:00 (UTC+00:00) in Europe/London, that is 09:00 UTC, 12:00 in Africa/Nairobi`; the
/// day is told again where it is another one.
pub fn in_zones(instant: Instant, zone: &Zone, further: &Zones) -> String {
    let local = zone.local(instant);
    let told = |name: &str, there: &Zoned| {
        let time = if there.date() == local.date() {
            there.strftime("%H:%M")
        } else {
            there.strftime("%-d %b %Y, %H:%M")
        };
        format!("{time} {name}")
    };
    let mut others = vec![told("UTC", &Zone::utc().local(instant))];
    others.extend(
        further
            .iter()
            .filter(|other| *other != zone)
            .map(|other| told(&format!("in {other}"), &other.local(instant))),
    );
    format!(
        "{} in {zone}, that is {}",
        staff_time(instant, zone).words,
        others.join(", ")
    )
}

/// `26 Nov 2018`, a day of the room's calendar, for staff.
pub fn staff_day(day: Date) -> DateWords {
    DateWords {
        words: day.strftime("%-d %b %Y").to_string(),
        machine: day.to_string(),
    }
}

/// `November 2018`; a month that is none is left out.
pub fn month(year: i16, month: i8, language: &str) -> String {
    habit(language).month_of(year, month)
}

/// `2018`
pub fn year(instant: Instant, zone: &Zone) -> String {
    zone.local(instant).year().to_string()
}

/// `London, 26 November 2018`; only the date where the place is empty.
pub fn dateline(place: &str, instant: Instant, zone: &Zone, language: &str) -> String {
    let words = day(instant, zone, language).words;
    match place.trim() {
        "" => words,
        place => format!("{place}{}{words}", habit(language).comma),
    }
}

/// From the first moment of a day such as `2018-11-26` until the first one of the next.
pub fn day_bounds(text: &str, zone: &Zone) -> Option<(Instant, Instant)> {
    let day: Date = text.parse().ok()?;
    // Other spellings of the same day would give one listing many addresses.
    (day.to_string() == text).then_some(())?;
    bounds(day, day.tomorrow().ok()?, zone)
}

/// From the first moment of a month until the first one of the next.
pub fn month_bounds(year: i16, month: i8, zone: &Zone) -> Option<(Instant, Instant)> {
    let first = Date::new(year, month, 1).ok()?;
    let next = if month == 12 {
        Date::new(year.checked_add(1)?, 1, 1).ok()?
    } else {
        Date::new(year, month + 1, 1).ok()?
    };
    bounds(first, next, zone)
}

/// From the first moment of a year until the first one of the next.
pub fn year_bounds(year: i16, zone: &Zone) -> Option<(Instant, Instant)> {
    let next = Date::new(year.checked_add(1)?, 1, 1).ok()?;
    bounds(Date::new(year, 1, 1).ok()?, next, zone)
}

/// The first moment of the next year.
pub fn next_year(now: Instant, zone: &Zone) -> Option<Instant> {
    let (_, next) = year_bounds(zone.local(now).year(), zone)?;
    Some(next)
}

fn bounds(first: Date, next: Date, zone: &Zone) -> Option<(Instant, Instant)> {
    Some((first_moment(first, zone)?, first_moment(next, zone)?))
}

fn first_moment(day: Date, zone: &Zone) -> Option<Instant> {
    zone.first_moment(day).filter(|_| day.year() > 0)
}

fn machine(local: &Zoned) -> String {
    local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    #[test]
    fn a_moment_is_told_in_the_room_s_zone_and_its_machine_form_says_which() {
        let told = day_and_time(at("2018-11-25T22:01:09.999Z"), &zone("Asia/Kolkata"), "en");
        assert_eq!(told.words, "26 November 2018, 03:31");
        assert_eq!(told.machine, "2018-11-26T03:31:09+05:30");
        let told = day(at("2018-07-01T23:30:00Z"), &zone("Europe/London"), "en");
        assert_eq!(told.words, "2 July 2018");
        assert_eq!(told.machine, "2018-07-02T00:30:00+01:00");
    }

    #[test]
    fn utc_is_written_as_an_offset_too() {
        assert_eq!(
            day(at("2018-11-26T00:01:00Z"), &Zone::utc(), "en").machine,
            "2018-11-26T00:01:00+00:00"
        );
    }

    #[test]
    fn staff_see_the_offset_of_that_season() {
        let new_york = zone("America/New_York");
        let winter = staff_time(at("2018-11-26T05:01:00Z"), &new_york);
        assert_eq!(winter.words, "26 Nov 2018, 00:01 (UTC-05:00)");
        let summer = staff_time(at("2018-06-06T04:01:00Z"), &new_york);
        assert_eq!(summer.words, "6 Jun 2018, 00:01 (UTC-04:00)");
    }

    #[test]
    fn staff_see_which_of_two_like_hours_is_meant() {
        let london = zone("Europe/London");
        let told = |text| staff_clock(at(text), &london).words;
        assert_eq!(told("2026-10-25T00:30:00Z"), "01:30 (UTC+01:00)");
        assert_eq!(told("2026-10-25T01:30:00Z"), "01:30 (UTC+00:00)");
        assert_eq!(told("2026-10-25T02:00:00Z"), "02:00");
        assert_eq!(told("2026-10-24T00:30:00Z"), "01:30");
    }

    #[test]
    fn every_language_writes_dates_its_own_way() {
        let told = |language| day(at("2018-03-01T12:00:00Z"), &Zone::utc(), language).words;
        assert_eq!(told("ar"), "1 مارس 2018");
        assert_eq!(told("fr"), "1er mars 2018");
        assert_eq!(told("es-MX"), "1 de marzo de 2018");
        assert_eq!(told("de"), "1. März 2018");
        assert_eq!(told("PT"), "1 de março de 2018");
        assert_eq!(told("tlh"), "1 March 2018");
        assert_eq!(month(2018, 11, "en"), "November 2018");
        assert_eq!(month(2018, 11, "es"), "noviembre de 2018");
        assert_eq!(month(2018, 13, "en"), "2018");
    }

    #[test]
    fn a_dateline_without_a_place_is_the_date() {
        let moment = at("2018-11-26T00:01:00Z");
        assert_eq!(
            dateline("London", moment, &Zone::utc(), "en"),
            "London, 26 November 2018"
        );
        assert_eq!(
            dateline(" ", moment, &Zone::utc(), "en"),
            "26 November 2018"
        );
        assert_eq!(
            dateline("لندن", moment, &Zone::utc(), "ar"),
            "لندن، 26 نوفمبر 2018"
        );
    }

    #[test]
    fn a_day_of_23_hours_and_one_of_25_are_whole_days() {
        let hours = |text| {
            let (from, until) = day_bounds(text, &zone("Europe/London")).unwrap();
            (until.millis() - from.millis()) / 3_600_000
        };
        assert_eq!(
            (
                hours("2026-03-29"),
                hours("2026-03-30"),
                hours("2026-10-25")
            ),
            (23, 24, 25)
        );
    }

    #[test]
    fn a_day_whose_midnight_is_skipped_begins_at_the_first_time_there_is() {
        let (from, _) = day_bounds("2018-11-04", &zone("America/Sao_Paulo")).unwrap();
        assert_eq!(from, at("2018-11-04T03:00:00Z"));
    }

    #[test]
    fn a_month_ends_where_the_next_begins_also_in_december() {
        let london = zone("Europe/London");
        let (from, until) = month_bounds(2018, 12, &london).unwrap();
        assert_eq!(
            (from, until),
            (at("2018-12-01T00:00:00Z"), at("2019-01-01T00:00:00Z"))
        );
        let (from, until) = month_bounds(2018, 6, &london).unwrap();
        assert_eq!(
            (from, until),
            (at("2018-05-31T23:00:00Z"), at("2018-06-30T23:00:00Z"))
        );
        let year = year_bounds(2018, &london).unwrap();
        assert_eq!(
            year,
            (at("2018-01-01T00:00:00Z"), at("2019-01-01T00:00:00Z"))
        );
    }

    #[test]
    fn what_is_no_day_month_or_year_has_no_bounds() {
        for text in [
            "",
            "2018-02-30",
            "20181126",
            "2018-11-26T10:00",
            "26 November",
            "-002018-01-01",
        ] {
            assert_eq!(day_bounds(text, &Zone::utc()), None, "{text}");
        }
        assert_eq!(month_bounds(2018, 13, &Zone::utc()), None);
        assert_eq!(month_bounds(2018, 0, &Zone::utc()), None);
        for year in [i16::MIN, -1, 0, 9999, i16::MAX] {
            assert_eq!(year_bounds(year, &Zone::utc()), None, "{year}");
        }
    }

    #[test]
    fn the_year_of_the_room_turns_at_its_own_midnight() {
        let moment = at("2018-12-31T23:30:00Z");
        assert_eq!(year(moment, &zone("Europe/Paris")), "2019");
        assert_eq!(year(moment, &zone("Europe/London")), "2018");
    }
}
