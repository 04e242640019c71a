//! Time travel: the readers' side as a stranger sees it at an instant that an editor picks.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{StatusCode, Uri};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::publishing_page::Confirm;
use super::rewriting::rewritten;
use super::step_words::told;
use super::view::{FieldProblem, problems};
use super::when::{WhenFields, typed_at, when};
use super::{AdminFrame, Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::storage::calendar::{self, Coming};
use crate::storage::{ReadStore, ReadTx};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::view::Link;
use crate::web::{FieldErrors, Freshness, Problem, Query, Staff, page, paths, see_other};

/// What a stranger gets at an address at an instant.
pub struct Sight {
    pub status: StatusCode,
    pub content_type: Option<HeaderValue>,
    pub location: Option<String>,
    pub body: Bytes,
}

pub type Looking = Pin<Box<dyn Future<Output = Result<Sight, Problem>>>>;

/// The readers' side with another clock: asked for an address as it stands at an instant.
pub struct TimeMachine(pub Box<dyn Fn(Instant, Uri) -> Looking>);

#[derive(Template)]
#[template(path = "admin/time_travel.html")]
struct TimeTravelPage {
    frame: AdminFrame,
    problems: Vec<FieldProblem>,
    when: WhenFields,
    coming: Vec<ComingRow>,
}

/// An instant at which readers will see a change.
struct ComingRow {
    at: String,
    title: String,
    lang: String,
    direction: String,
    href: String,
}

/// Above every page of another time.
#[derive(Template)]
#[template(path = "admin/time_bar.html")]
struct TimeBar {
    sentence: String,
    links: Vec<Link>,
}

/// The page where the instant is picked, or the way to what was picked.
pub(super) async fn pick(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let fields = query.0;
    let is_sent = !fields.get("date").is_empty() || !fields.get("time").is_empty();
    let (picked, shown) = read
        .read(move |tx| {
            let mut errors = FieldErrors::default();
            let room = room_of(tx)?;
            let picked = is_sent
                .then(|| typed_at(&fields, &room, &mut errors))
                .flatten();
            let confirm = Confirm {
                fields,
                errors,
                ..Confirm::default()
            };
            let shown = pick_page(tx, &visit, &confirm)?;
            Ok::<_, Problem>((picked, shown))
        })
        .await?;
    match picked {
        Some(typed) => see_other(&paths::time_travel(typed.instant, paths::FRONT)),
        None if is_sent => page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown),
        None => page(&shown, Freshness::Never),
    }
}

fn pick_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    confirm: &Confirm,
) -> Result<TimeTravelPage, Problem> {
    const MOST: i64 = 12;
    let room = room_of(tx)?;
    let after = (visit.now.plus_millis(1), None);
    let coming = calendar::publications(tx, after, (MOST, visit.now))?;
    let row = |coming: Coming| ComingRow {
        at: told(coming.at, &room),
        title: coming.title,
        lang: coming.language.as_str().to_owned(),
        direction: coming.language.direction().to_owned(),
        href: paths::time_travel(coming.at, &paths::news(&coming.slug)),
    };
    Ok(TimeTravelPage {
        problems: problems(&confirm.errors),
        when: when(confirm, &room, visit.now),
        coming: coming.into_iter().map(row).collect(),
        frame: visit.frame(&room),
    })
}

/// One address of the readers' side at that instant, under a bar that says so.
pub(super) async fn look(
    request: HttpRequest,
    staff: Staff,
    machine: Data<TimeMachine>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.editor()?;
    let named = request.match_info().get("instant").unwrap_or_default();
    let at = Instant::parse(named).map_err(|_source| Problem::NotFound)?;
    let start = format!("{}/{named}", paths::TIME_TRAVEL);
    let address = request.uri().to_string();
    let rest = address.strip_prefix(&start).unwrap_or_default();
    let Some(rest) = readers_address(rest) else {
        return see_other(&paths::time_travel(at, paths::FRONT));
    };
    let sight = machine.0(at, rest).await?;
    let location = sight.location.map(|to| travelled(&to, at));
    let mut response = HttpResponse::build(sight.status);
    if let Some(content_type) = sight.content_type.clone() {
        response.insert_header((header::CONTENT_TYPE, content_type));
    }
    if let Some(location) = location {
        response.insert_header((header::LOCATION, location));
    }
    if !is_html(sight.content_type.as_ref()) {
        return Ok(response.body(sight.body));
    }
    let now = clock.now();
    let bar = read.read(move |tx| time_bar(tx, at, now)).await?;
    let html = std::str::from_utf8(&sight.body).map_err(Problem::broken)?;
    let html = rewritten(html, &bar.render()?, |to| travelled(to, at))?;
    Ok(response.body(html))
}

/// The address as readers have it; none where it has no path of its own.
pub(super) fn readers_address(rest: &str) -> Option<Uri> {
    rest.starts_with('/').then(|| rest.parse().ok()).flatten()
}

/// Addresses of the readers' side stay in that time; the style, other sites and staff's pages do not change.
fn travelled(address: &str, at: Instant) -> String {
    if of_readers(address) {
        paths::time_travel(at, address)
    } else {
        address.to_owned()
    }
}

/// Whether it is an address of the readers' side of this room, and not of its style.
pub(super) fn of_readers(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.starts_with("/assets/")
        && !address.starts_with("/admin")
}

pub(super) fn is_html(content_type: Option<&HeaderValue>) -> bool {
    content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/html"))
}

fn time_bar(tx: &mut ReadTx<'_>, at: Instant, now: Instant) -> Result<TimeBar, Problem> {
    let room = room_of(tx)?;
    let then = if at > now { "will see" } else { "saw" };
    Ok(TimeBar {
        sentence: format!(
            "This is what readers {then} at {}, with the settings and captions of today. Only \
             editors can open this page.",
            told(at, &room)
        ),
        links: vec![
            Link::new("Another instant", paths::TIME_TRAVEL.to_owned()),
            Link::new("Back to my work", paths::MY_WORK.to_owned()),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_readers_stay_in_that_time() {
        let at = Instant::from_millis(0);
        let stay = "/admin/time-travel/1970-01-01T00:00:00.000Z/news/x?page=2";
        assert_eq!(travelled("/news/x?page=2", at), stay);
        for other in [
            "//x.example",
            "https://x.example/",
            "/assets/a.css",
            "/admin",
            "#main",
        ] {
            assert_eq!(travelled(other, at), other);
        }
    }

    #[test]
    fn an_address_without_a_path_is_the_front() {
        assert!(readers_address("").is_none());
        assert!(readers_address("?page=2").is_none());
        assert_eq!(readers_address("/?page=2").unwrap().query(), Some("page=2"));
    }
}
