//! A problem as a page; it needs no data that could fail.

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::headers;
use super::paths;
use super::problem::Problem;
use super::view::{Assets, Link};
use crate::newsroom::room::Accent;
use crate::telemetry;

#[derive(Clone, Template)]
#[template(path = "problems/problem.html")]
pub(super) struct ProblemPage {
    /// What readers must know at once, where somebody could look it up.
    notice: String,
    assets: Assets,
    heading: String,
    sentence: String,
    request: String,
    links: Vec<Link>,
}

impl ProblemPage {
    /// The page with that above it, if it says anything.
    pub(super) fn telling(self, notice: String) -> Option<Self> {
        (!notice.is_empty()).then_some(Self { notice, ..self })
    }
}

/// The response to a problem. What broke is logged here, once, and never shown.
pub fn answer(problem: &Problem) -> HttpResponse {
    if let Problem::Broken(cause) = problem {
        tracing::error!(cause = %telemetry::causes(cause.as_ref()), "a request broke");
    }
    if matches!(problem, Problem::DiskFull) {
        tracing::error!("the disk is full: a change was refused");
    }
    match problem {
        Problem::Moved { to } => led_to(problem, to, "no-cache"),
        Problem::SignInFirst { next } => led_to(problem, &paths::sign_in_then(next), "no-store"),
        Problem::NotFound
        | Problem::Gone { .. }
        | Problem::Forbidden(_)
        | Problem::Refused(_)
        | Problem::ForeignOrigin
        | Problem::TooLarge
        | Problem::TooSlow
        | Problem::Malformed
        | Problem::NotOpenYet
        | Problem::Busy
        | Problem::DiskFull
        | Problem::Broken(_) => as_page(problem),
    }
}

fn led_to(problem: &Problem, to: &str, cache: &'static str) -> HttpResponse {
    HttpResponse::build(problem.status_code())
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, cache))
        .finish()
}

fn as_page(problem: &Problem) -> HttpResponse {
    let (heading, sentence) = words(problem);
    let page = ProblemPage {
        notice: String::new(),
        assets: Assets::public(Accent::default(), &[]),
        heading: heading.to_owned(),
        sentence,
        request: if matches!(
            problem,
            Problem::Broken(_) | Problem::Busy | Problem::DiskFull
        ) {
            telemetry::request_id()
        } else {
            String::new()
        },
        links: vec![way_out(problem)],
    };
    let mut response = HttpResponse::build(problem.status_code());
    if matches!(problem, Problem::Busy) {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    let mut response = response
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, headers::UNCOMPRESSED))
        .body(page.render().unwrap_or_else(|_broken| heading.to_owned()));
    response.extensions_mut().insert(page);
    response
}

/// Staff whose change was refused go on with their work; everybody else with the news.
fn way_out(problem: &Problem) -> Link {
    match problem {
        Problem::Forbidden(_) | Problem::Refused(_) | Problem::ForeignOrigin => {
            Link::new("My work", paths::MY_WORK)
        }
        Problem::NotFound
        | Problem::Gone { .. }
        | Problem::Moved { .. }
        | Problem::SignInFirst { .. }
        | Problem::TooLarge
        | Problem::TooSlow
        | Problem::Malformed
        | Problem::NotOpenYet
        | Problem::Busy
        | Problem::DiskFull
        | Problem::Broken(_) => Link::new("All news", paths::FRONT),
    }
}

fn words(problem: &Problem) -> (&'static str, String) {
    let (heading, sentence) = about_the_request(problem).unwrap_or_else(|| about_us(problem));
    (heading, sentence.to_owned())
}

/// What is wrong with what was asked.
fn about_the_request(problem: &Problem) -> Option<(&'static str, &str)> {
    Some(match problem {
        Problem::NotFound => (
            "There is no page here",
            "The address may be mistyped, or the page never existed. All our news is one step away.",
        ),
        Problem::Gone { reason } => ("This page was removed", reason.as_str()),
        Problem::Forbidden(sentence) => ("This is not yours to do", sentence.as_str()),
        Problem::Refused(sentence) => ("That did not happen", sentence.as_str()),
        Problem::ForeignOrigin => (
            "That did not come from here",
            "A change must be sent by a page of this room. Open the page again and repeat it there.",
        ),
        Problem::TooLarge => (
            "That was too much at once",
            "Go back: your browser still has what you typed. A text may have 200,000 characters, a picture 40 MB.",
        ),
        Problem::TooSlow => (
            "That took too long",
            "The line broke down before everything was here, and nothing was saved. Go back: your browser still has what you typed. Then send it again.",
        ),
        Problem::Malformed => (
            "That could not be read",
            "Open the page again and repeat it there.",
        ),
        Problem::Moved { .. }
        | Problem::SignInFirst { .. }
        | Problem::NotOpenYet
        | Problem::Busy
        | Problem::DiskFull
        | Problem::Broken(_) => return None,
    })
}

/// What is wrong on this side.
fn about_us(problem: &Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::NotOpenYet => (
            "This newsroom opens soon",
            "Nothing has been set up yet. Whoever started the program finds the address for the first account in its output.",
        ),
        Problem::Busy => (
            "One moment",
            "Too much is asked of this newsroom just now. Try again in a few seconds.",
        ),
        Problem::DiskFull => (
            "The room’s disk is full",
            "Nothing was saved, and what was saved before is safe. Keep your text in this tab and tell whoever runs the machine; then send it again.",
        ),
        Problem::Broken(_)
        | Problem::Moved { .. }
        | Problem::SignInFirst { .. }
        | Problem::NotFound
        | Problem::Gone { .. }
        | Problem::Forbidden(_)
        | Problem::Refused(_)
        | Problem::ForeignOrigin
        | Problem::TooLarge
        | Problem::TooSlow
        | Problem::Malformed => (
            "Something broke on our side",
            "It was noted. Try again; if it happens again, tell us the number below.",
        ),
    }
}
