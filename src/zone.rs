//! The zone: a place's clock by its name, such as Europe/London, with every change it ever made.

use std::fmt;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::clock::Instant;

/// A zone that the machine's zone database knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A name that is no zone's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("No zone is called “{0}”. Write one as place names do, such as Europe/London.")]
pub struct ZoneError(String);

impl Zone {
    /// Finds a zone by its name in the zone database; capitals do not matter.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        TimeZone::get(name.trim())
            .map(Self)
            .map_err(|_source| ZoneError(name.trim().to_owned()))
    }

    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Every name that the zone database knows, in their order, for suggestions.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .collect();
        names.retain(|name| name.contains('/') || name == "UTC");
        names.sort();
        names
    }

    /// The name under which [`named`](Self::named) finds it again.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What clocks here show at that moment.
    pub fn local(&self, instant: Instant) -> Zoned {
        instant.timestamp().to_zoned(self.0.clone())
    }

    /// The first moment of a day here. Where clocks skip midnight, a day begins at the first time that
    /// they show.
    pub fn first_moment(&self, day: Date) -> Option<Instant> {
        let moment = day.to_zoned(self.0.clone()).ok()?;
        Some(Instant::from_timestamp(moment.timestamp()))
    }

    /// How far clocks here are from UTC at that moment, such as `UTC+01:00`.
    pub fn offset_words(&self, instant: Instant) -> String {
        offset_words(self.0.to_offset(instant.timestamp()))
    }

    /// Whether clocks here show what they show at that moment a second time, because they go back.
    pub fn shows_twice(&self, local: &Zoned) -> bool {
        self.0.to_ambiguous_zoned(local.datetime()).is_ambiguous()
    }

    pub(crate) fn rules(&self) -> &TimeZone {
        &self.0
    }
}

/// The clocks of several places, as an admin lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zones(Vec<Zone>);

/// Why a list of zones is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZonesError {
    #[error(transparent)]
    Unknown(#[from] ZoneError),
    #[error("At most {most} further zones fit in a sentence.", most = Zones::MOST)]
    TooMany,
}

impl Zones {
    pub const MOST: usize = 6;

    pub fn iter(&self) -> impl Iterator<Item = &Zone> {
        self.0.iter()
    }
}

impl std::str::FromStr for Zones {
    type Err = ZonesError;

    /// Names between commas or on lines of their own; one that comes twice counts once.
    fn from_str(typed: &str) -> Result<Self, ZonesError> {
        let mut zones: Vec<Zone> = Vec::new();
        for name in typed.split([',', '\n']).map(str::trim) {
            if name.is_empty() {
                continue;
            }
            let zone = Zone::named(name)?;
            if !zones.contains(&zone) {
                zones.push(zone);
            }
        }
        if zones.len() > Self::MOST {
            return Err(ZonesError::TooMany);
        }
        Ok(Self(zones))
    }
}

impl fmt::Display for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Zone::name).collect();
        f.write_str(&names.join(", "))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An offset in hours and minutes; the seconds of offsets before 1900 are left out.
pub(crate) fn offset_words(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_listed_between_commas_or_lines_and_come_back() {
        let zones: Zones = "africa/nairobi,\n America/New_York, Africa/Nairobi,"
            .parse()
            .unwrap();
        assert_eq!(zones.to_string(), "Africa/Nairobi, America/New_York");
        assert_eq!(zones.to_string().parse(), Ok(zones));
        assert!("Paris".parse::<Zones>().is_err());
        let many = "UTC,Europe/Rome,Europe/Oslo,Asia/Tokyo,Asia/Seoul,Asia/Dubai,Asia/Dili";
        assert_eq!(many.parse::<Zones>(), Err(ZonesError::TooMany));
    }

    #[test]
    fn a_zone_is_found_by_its_name_and_keeps_it() {
        assert_eq!(
            Zone::named(" Europe/London ").unwrap().name(),
            "Europe/London"
        );
        assert_eq!(Zone::named(Zone::utc().name()).unwrap().name(), "UTC");
    }

    #[test]
    fn a_name_that_no_zone_has_is_refused_with_an_example() {
        let refused = Zone::named("Port Sarrin").unwrap_err().to_string();
        assert!(
            refused.starts_with("No zone is called “Port Sarrin”."),
            "{refused}"
        );
        assert!(Zone::named("").is_err());
    }

    #[test]
    fn the_offset_follows_the_season_and_keeps_odd_minutes() {
        let winter = Instant::parse("2018-01-01T00:00:00Z").unwrap();
        let summer = Instant::parse("2018-07-01T00:00:00Z").unwrap();
        let london = Zone::named("Europe/London").unwrap();
        assert_eq!(london.offset_words(winter), "UTC+00:00");
        assert_eq!(london.offset_words(summer), "UTC+01:00");
        let marquesas = Zone::named("Pacific/Marquesas").unwrap();
        assert_eq!(marquesas.offset_words(winter), "UTC-09:30");
    }
}
