//! Answers with the part of something that a request asks for (RFC 9110, 13.2.2 and 14.2).

use std::ops::Range;

use actix_web::body::SizedStream;
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::Stream;

use crate::web::Problem;
use crate::web::range::{Part, part};

/// What is asked for of so many bytes with this tag; nothing where the reader has them already.
pub(super) fn answered<S>(
    request: &HttpRequest,
    (tag, length): (&str, usize),
    begun: impl FnOnce(StatusCode) -> HttpResponseBuilder,
    bytes: impl FnOnce(Range<usize>) -> S,
) -> HttpResponse
where
    S: Stream<Item = Result<Bytes, Problem>> + 'static,
{
    let (status, range) = asked(request, tag, length);
    let mut answer = begun(status);
    answer.insert_header((header::ETAG, tag));
    if status == StatusCode::NOT_MODIFIED {
        return answer.finish();
    }
    if status == StatusCode::RANGE_NOT_SATISFIABLE {
        let said = format!("bytes */{length}");
        return answer.insert_header((header::CONTENT_RANGE, said)).finish();
    }
    if status == StatusCode::PARTIAL_CONTENT {
        let last = range.end.saturating_sub(1);
        let said = format!("bytes {}-{last}/{length}", range.start);
        answer.insert_header((header::CONTENT_RANGE, said));
    }
    let count = u64::try_from(range.len()).unwrap_or(u64::MAX);
    answer.body(SizedStream::new(count, Box::pin(bytes(range))))
}

/// The status and the bytes with which a request is answered. A range is one of a GET; of all else it
/// means nothing.
pub(super) fn asked(request: &HttpRequest, tag: &str, length: usize) -> (StatusCode, Range<usize>) {
    let said = |name| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .trim()
    };
    let mut known = said(header::IF_NONE_MATCH).split(',').map(str::trim);
    if known.any(|one| one == "*" || one.trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, 0..0);
    }
    let if_range = said(header::IF_RANGE);
    if *request.method() != Method::GET || (!if_range.is_empty() && if_range != tag) {
        return (StatusCode::OK, 0..length);
    }
    match part(said(header::RANGE), length) {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    }
}
