//! A template becomes a response, with the cache policy of its side.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, Route, guard, web};
use askama::{FastWritable, Template};
use sha2::{Digest, Sha256};

use super::problem::Answer;
use crate::keys::hex;
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

/// Lays a page out and answers with it, or with 304 where the reader has it already.
pub fn page(request: &HttpRequest, template: &impl Template, freshness: Freshness) -> Answer {
    let body = template.render()?;
    match freshness {
        Freshness::Validated => validated(request, "text/html; charset=utf-8", body),
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

/// Answers readers with this text, or with 304. The tag is weak: compression comes after it.
pub fn validated(request: &HttpRequest, mime: &'static str, body: String) -> Answer {
    let digest = Sha256::digest(body.as_bytes());
    let tag: String = hex(&digest).chars().take(24).collect();
    let tag = header::EntityTag::new_weak(tag);
    let mut response = if matches(request, &tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header(header::ETag(tag.clone()));
    if matches(request, &tag) {
        return Ok(response.finish());
    }
    Ok(response
        .insert_header((header::CONTENT_TYPE, mime))
        .body(body))
}

fn matches(request: &HttpRequest, tag: &header::EntityTag) -> bool {
    request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| {
            known.split(',').any(|one| {
                one.trim()
                    .parse::<header::EntityTag>()
                    .is_ok_and(|one| one.weak_eq(tag))
            })
        })
}

/// The answer to a change: go and look at this page.
pub fn see_other(address: &str) -> Answer {
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .finish())
}
