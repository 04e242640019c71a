//! What caches in front of the room are told: for how long, and by which tags they forget.

use std::time::Duration;

use actix_http::StatusCode;
use actix_http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::http::header;

use super::Holds;
use crate::clock::Instant;
use crate::newsroom::tags::{Tag, lifetime, written};

/// The caches in front of the room, if there are any.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cdn {
    /// How long they may keep a page at most; at zero they are told nothing.
    pub keeps: Duration,
    /// Whether they are told of changes. Pictures are for nobody's cache but the reader's otherwise: one
    /// that is public no more must be forgotten.
    pub is_told: bool,
}

impl Cdn {
    /// Writes the headers of RFC 9213 and the tags, and gives how long the answer may be handed out
    /// with them. What readers' browsers are told stays as it is.
    pub(super) fn stamp(
        self,
        (status, headers): (StatusCode, &mut HeaderMap),
        shown: &[Tag],
        holds: Option<Holds>,
        now: Instant,
    ) -> Option<Holds> {
        let is_page = headers
            .get(header::CACHE_CONTROL)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|said| said.contains("no-cache"));
        let wanted = status == StatusCode::OK && !shown.is_empty() && (is_page || self.is_told);
        let (true, Some(mut lasts)) = (wanted, holds) else {
            return holds;
        };
        let Some((keeps, until)) = lifetime(now, lasts.until, self.keeps) else {
            return holds;
        };
        let seconds = keeps.as_secs();
        for (name, value) in [
            ("cdn-cache-control", format!("public, max-age={seconds}")),
            ("surrogate-control", format!("max-age={seconds}")),
            ("surrogate-key", written(shown, " ")),
            ("cache-tag", written(shown, ",")),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        lasts.until = until;
        Some(lasts)
    }
}
