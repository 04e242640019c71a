//! A template becomes a response, with the cache policy of its side.

use actix_web::http::header;
use actix_web::{HttpResponse, Route, guard, web};
use askama::{FastWritable, Template};

use super::problem::Answer;
use crate::newsroom::tags::Tag;
use crate::prose::json_ld::JsonLd;
use crate::prose::markdown::Html;

/// Only prose makes these, and only from text that it has made safe.
impl askama::filters::HtmlSafe for Html {}
impl askama::filters::HtmlSafe for JsonLd {}

impl FastWritable for Html {
    fn write_into(
        &self,
        dest: &mut dyn std::fmt::Write,
        _values: &dyn askama::Values,
    ) -> askama::Result<()> {
        Ok(dest.write_str(self.as_str())?)
    }
}

/// A route that answers GET, and HEAD with the same headers (RFC 9110, 9.3.2).
pub fn reads() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// How long a page may be kept, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// For readers: may be kept, and is asked about every time, so that nothing outlives a
    /// correction or shows before its instant.
    Validated,
    /// For staff: kept nowhere.
    Never,
}

/// Lays a page out and answers with it.
pub fn page(template: &impl Template, freshness: Freshness) -> Answer {
    let body = template.render()?;
    match freshness {
        Freshness::Validated => validated("text/html; charset=utf-8", body),
        Freshness::Never => Ok(HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
            .body(body)),
    }
}

/// A page of the admin that answers a form with something to mend.
pub fn page_with(status: actix_web::http::StatusCode, template: &impl Template) -> Answer {
    Ok(HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(template.render()?))
}

/// Answers readers with this text, which they ask about every time; the page cache tags it.
pub fn validated(mime: &'static str, body: String) -> Answer {
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::CONTENT_TYPE, mime))
        .body(body))
}

/// What an answer shows; it stays inside, with the cache that makes headers of it.
#[derive(Clone)]
pub(super) struct Shown(pub(super) Vec<Tag>);

/// Says what the answer shows, for caches that are told when it changes.
pub fn showing(answer: Answer, tags: Vec<Tag>) -> Answer {
    answer.map(|mut response| {
        response.extensions_mut().insert(Shown(tags));
        response
    })
}

/// Marks an answer whose bytes the program keeps by itself.
#[derive(Clone, Copy)]
pub(super) struct KeptElsewhere;

/// Says that the page cache need not keep the answer too.
pub fn kept_elsewhere(answer: Answer) -> Answer {
    answer.map(|mut response| {
        response.extensions_mut().insert(KeptElsewhere);
        response
    })
}

/// The answer to a change: go and look at this page.
pub fn see_other(address: &str) -> Answer {
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .finish())
}
