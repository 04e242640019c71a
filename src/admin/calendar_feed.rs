//! The calendar for calendar programs: iCalendar (RFC 5545) at an address that its holder alone knows.

use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use icalendar::{Calendar, Class, Component, Event, Property};

use super::agenda::{self, Asking, Entry, Span, When};
use super::room_of;
use crate::clock::{Clock, Instant};
use crate::newsroom::AddressSecret;
use crate::newsroom::schedule::Day;
use crate::public::{PublicAddress, segment};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, calendar};
use crate::web::headers::keep_secret;
use crate::web::page::reads;
use crate::web::problem::Answer;
use crate::web::{Problem, paths};

/// A secret that opens nothing gets what anything gets that is not there.
pub const ROUTES: &[&str] = &[FEED];
const FEED: &str = "/calendars/{secret}";

pub fn routes(config: &mut web::ServiceConfig) {
    config.route(FEED, reads().to(feed));
}

async fn feed(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    let secret = segment(&request, "secret").parse();
    let secret: AddressSecret = secret.map_err(|_no_secret| Problem::NotFound)?;
    let now = clock.now();
    let text = read
        .read(move |tx| calendar_of(tx, &secret, (now, &address.0)))
        .await?;
    Ok(keep_secret(
        HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "text/calendar; charset=utf-8"))
            .body(text),
    ))
}

/// The last month, so that what has just happened does not vanish, and whatever is to come.
fn calendar_of(
    tx: &mut ReadTx<'_>,
    secret: &AddressSecret,
    (now, address): (Instant, &str),
) -> Result<String, Problem> {
    const MONTH_MILLIS: i64 = 31 * 24 * 60 * 60 * 1000;
    const MOST: i64 = 1000;
    let person = calendar::reader(tx, secret)?.ok_or(Problem::NotFound)?;
    let room = room_of(tx)?;
    let span = Span {
        instants: (now.plus_millis(-MONTH_MILLIS), None),
        days: (None, None),
        most: MOST,
    };
    let asking = Asking {
        now,
        editor: person.roles.editor,
    };
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Dateline//Newsroom//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.append_property(name(&room));
    for entry in agenda::entries(tx, span, asking)? {
        calendar.push(event(&entry, (&room, now), address));
    }
    let mut text = String::new();
    std::fmt::write(&mut text, format_args!("{calendar}")).map_err(Problem::broken)?;
    Ok(text)
}

/// Calendar programs show it; the older name is the one that most of them know (RFC 7986, 5.1).
fn name(room: &Frame) -> Property {
    Property::new("X-WR-CALNAME", one_line(room.room.name.as_str()))
}

fn event(entry: &Entry, (room, now): (&Frame, Instant), address: &str) -> Event {
    let (uid, start) = match entry.when {
        When::Begins(publication, at) => (format!("publication-{publication}"), begins(at)),
        When::Due(day) => (format!("due-{}", entry.item), all_day(day)),
    };
    let link = format!("{address}{}", paths::item(entry.item));
    let facts = if entry.facts.is_empty() {
        link.clone()
    } else {
        format!("{}: {}\n{link}", entry.what, entry.facts)
    };
    let mut event = Event::new();
    event
        .uid(&format!("{uid}@{}", room.room.uid))
        .append_property(Property::new("DTSTAMP", utc(now)))
        .append_property(start)
        .summary(&format!("{}: {}", entry.what, one_line(&entry.title)))
        .description(&facts)
        .url(&link)
        .class(Class::Private)
        // Nobody is busy because something goes out.
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    event
}

fn begins(at: Instant) -> Property {
    Property::new("DTSTART", utc(at))
}

fn all_day(day: Day) -> Property {
    let mut start = Property::new("DTSTART", day.date().strftime("%Y%m%d").to_string());
    start.add_parameter("VALUE", "DATE");
    start
}

/// In UTC, so that no calendar program needs to know the room's zone.
fn utc(at: Instant) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A line of the file ends where its words end.
fn one_line(words: &str) -> String {
    words.split(char::is_control).collect::<Vec<_>>().join(" ")
}
