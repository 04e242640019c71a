//! One answer in every encoding that somebody asked for, with its headers laid out ready.

use std::sync::OnceLock;

use actix_http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_http::{Response, StatusCode};
use actix_web::http::header;
use actix_web::web::Bytes;
use sha2::{Digest, Sha256};

use super::encoding::Encoding;
use crate::keys::hex;
use crate::web::range::{Part, part};

/// Shorter texts gain nothing by being compressed.
const WORTH_COMPRESSING: usize = 600;

/// What a page came to.
pub(super) struct Answer {
    status: StatusCode,
    /// Without the quotes and the encoding; empty where nothing is validated.
    tag: String,
    is_text: bool,
    /// Too large to be held: the program is asked for each request.
    pub(super) in_pieces: bool,
    plain: Coat,
    gzip: OnceLock<Coat>,
    brotli: OnceLock<Coat>,
}

/// The answer in one encoding.
struct Coat {
    headers: HeaderMap,
    tag: String,
    body: Bytes,
    /// What goes over the wire behind the date: the other headers, an empty line, the body.
    wire: Bytes,
    /// Where the body begins in it.
    head: usize,
    /// The same of "304 Not Modified".
    unmodified: Bytes,
}

/// An answer as it goes over the wire, but for its date.
pub(super) struct Wire {
    pub status: StatusCode,
    pub rest: Bytes,
}

impl Wire {
    /// An answer for this one request.
    pub(super) fn once(response: Response<Bytes>, only_head: bool) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let coat = Coat::new(headers, String::new(), response.into_body());
        Self {
            status,
            rest: coat.wire(only_head),
        }
    }
}

/// What a request says about the answer that it wants.
#[derive(Default)]
pub(super) struct Wish<'a> {
    pub accept_encoding: &'a str,
    pub if_none_match: &'a str,
    pub range: &'a str,
    pub if_range: &'a str,
}

/// Whether another reader would get the same answer.
pub(super) fn may_be_kept(status: StatusCode, headers: &HeaderMap) -> bool {
    let no_store = said(headers, header::CACHE_CONTROL).contains("no-store");
    // What is not there is kept by nobody outside, but in here it is as true as anything else.
    let may_be_kept = match status {
        StatusCode::OK => !no_store,
        StatusCode::MOVED_PERMANENTLY | StatusCode::NOT_FOUND | StatusCode::GONE => true,
        _ => false,
    };
    may_be_kept && !headers.contains_key(header::SET_COOKIE)
}

/// Whether the address can never mean anything else.
pub(super) fn is_forever(headers: &HeaderMap) -> bool {
    let said = said(headers, header::CACHE_CONTROL);
    said.contains("public") && said.contains("immutable")
}

fn said(headers: &HeaderMap, name: HeaderName) -> &str {
    let value = headers.get(name);
    value.and_then(|value| value.to_str().ok()).unwrap_or("")
}

impl Answer {
    pub(super) fn of(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Self {
        let is_text = status == StatusCode::OK
            && body.len() >= WORTH_COMPRESSING
            && is_text(said(headers, header::CONTENT_TYPE));
        let tag = if status == StatusCode::OK {
            hex(&Sha256::digest(body)).chars().take(24).collect()
        } else {
            String::new()
        };
        let mut answer = Self {
            status,
            tag,
            is_text,
            in_pieces: false,
            plain: Coat::new(headers.clone(), String::new(), body.clone()),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        };
        answer.plain = answer.coat(Encoding::Plain, body.clone());
        answer
    }

    /// Stands for an answer that comes in pieces.
    pub(super) fn in_pieces(headers: &HeaderMap) -> Self {
        Self {
            in_pieces: true,
            ..Self::of(StatusCode::OK, headers, &Bytes::new())
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.plain.body.len()
    }

    /// What it takes in memory at most, with all its coats.
    pub(super) fn weight(&self) -> u64 {
        const HEADERS: usize = 3 * 1024;
        let coats = if self.is_text { 3 } else { 1 };
        let bytes = if self.is_text {
            // Compressed text is less than half as long; two coats of it are less than one of plain.
            self.bytes() * 2
        } else {
            self.bytes()
        };
        u64::try_from(bytes + coats * HEADERS).unwrap_or(u64::MAX)
    }

    pub(super) fn is_missing(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.status == other.status
            && self.in_pieces == other.in_pieces
            && self.plain.body == other.plain.body
            && self.plain.headers.len() == other.plain.headers.len()
            && self
                .plain
                .headers
                .iter()
                .all(|(name, value)| other.plain.headers.get(name) == Some(value))
    }

    fn coat(&self, encoding: Encoding, body: Bytes) -> Coat {
        let mut headers = self.plain.headers.clone();
        if self.is_text {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if encoding != Encoding::Plain {
            headers.insert(
                header::CONTENT_ENCODING,
                HeaderValue::from_static(encoding.token()),
            );
        }
        let mut tag = String::new();
        if !self.tag.is_empty() {
            let end = encoding.token();
            let dash = if end.is_empty() { "" } else { "-" };
            tag = format!("\"{}{dash}{end}\"", self.tag);
            if let Ok(value) = HeaderValue::from_str(&tag) {
                headers.insert(header::ETAG, value);
            }
        }
        Coat::new(headers, tag, body)
    }

    /// The coat in this encoding, made when somebody first asks for it.
    fn in_encoding(&self, encoding: Encoding) -> &Coat {
        let made = match encoding {
            Encoding::Plain => return &self.plain,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        };
        made.get_or_init(|| match encoding.encode(&self.plain.body) {
            Ok(body) => self.coat(encoding, body.into()),
            // Memory does not fail to be written to; if it does, plain text is right as well.
            Err(_unencoded) => self.coat(Encoding::Plain, self.plain.body.clone()),
        })
    }

    fn wished(&self, accept_encoding: &str) -> &Coat {
        if self.is_text {
            self.in_encoding(Encoding::asked(accept_encoding))
        } else {
            &self.plain
        }
    }

    /// The same as [`respond`](Self::respond) to a request for the whole answer, as bytes.
    pub(super) fn wire(&self, wish: &Wish<'_>, only_head: bool) -> Wire {
        let coat = self.wished(wish.accept_encoding);
        if !wish.if_none_match.is_empty() && self.is_known(wish.if_none_match) {
            return Wire {
                status: StatusCode::NOT_MODIFIED,
                rest: coat.unmodified.clone(),
            };
        }
        Wire {
            status: self.status,
            rest: coat.wire(only_head),
        }
    }

    /// The response to a request that wishes this.
    pub(super) fn respond(&self, wish: &Wish<'_>) -> Response<Bytes> {
        let coat = self.wished(wish.accept_encoding);
        if !wish.if_none_match.is_empty() && self.is_known(wish.if_none_match) {
            return coat.not_modified();
        }
        if !wish.range.is_empty() && self.status == StatusCode::OK {
            let still = wish.if_range.is_empty() || wish.if_range.trim() == coat.tag;
            match part(wish.range, coat.body.len()) {
                Part::Bytes(range) if still => return coat.part(range),
                Part::Nothing if still => return coat.nothing(),
                Part::Bytes(_) | Part::Nothing | Part::Whole => {}
            }
        }
        coat.whole(self.status)
    }

    /// Whether the reader has this answer already, in whatever encoding (RFC 9110, 13.1.2: weak
    /// comparison).
    fn is_known(&self, if_none_match: &str) -> bool {
        !self.tag.is_empty()
            && if_none_match.split(',').map(str::trim).any(|known| {
                let known = known.strip_prefix("W/").unwrap_or(known).trim_matches('"');
                let name = known.split('-').next().unwrap_or_default();
                known == "*" || name == self.tag
            })
    }
}

/// Headers that speak of a body, which "304 Not Modified" has none of.
const OF_THE_BODY: [HeaderName; 2] = [header::CONTENT_TYPE, header::CONTENT_ENCODING];

impl Coat {
    fn new(headers: HeaderMap, tag: String, body: Bytes) -> Self {
        let mut wire = written(&headers, |_| true);
        wire.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
        let head = wire.len();
        wire.extend_from_slice(&body);
        let wire = Bytes::from(wire);
        let mut unmodified = written(&headers, |name| !OF_THE_BODY.contains(name));
        unmodified.extend_from_slice(b"\r\n");
        Self {
            headers,
            tag,
            body: wire.slice(head..),
            wire,
            head,
            unmodified: unmodified.into(),
        }
    }

    fn wire(&self, only_head: bool) -> Bytes {
        if only_head {
            self.wire.slice(..self.head)
        } else {
            self.wire.clone()
        }
    }

    fn respond(&self, status: StatusCode, body: Bytes) -> Response<Bytes> {
        let mut response = Response::with_body(status, body);
        response.headers_mut().clone_from(&self.headers);
        response
    }

    fn whole(&self, status: StatusCode) -> Response<Bytes> {
        self.respond(status, self.body.clone())
    }

    fn not_modified(&self) -> Response<Bytes> {
        let mut response = self.respond(StatusCode::NOT_MODIFIED, Bytes::new());
        for name in OF_THE_BODY {
            response.headers_mut().remove(name);
        }
        response
    }

    fn part(&self, range: std::ops::Range<usize>) -> Response<Bytes> {
        let said = format!(
            "bytes {}-{}/{}",
            range.start,
            range.end.saturating_sub(1),
            self.body.len()
        );
        let body = self.body.slice(range);
        ranged(self.respond(StatusCode::PARTIAL_CONTENT, body), &said)
    }

    fn nothing(&self) -> Response<Bytes> {
        let said = format!("bytes */{}", self.body.len());
        let response = self.respond(StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new());
        ranged(response, &said)
    }
}

fn ranged(mut response: Response<Bytes>, said: &str) -> Response<Bytes> {
    if let Ok(value) = HeaderValue::from_str(said) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// The headers as lines, but for those that the server itself writes.
fn written(headers: &HeaderMap, wanted: impl Fn(&HeaderName) -> bool) -> Vec<u8> {
    let mut lines = Vec::new();
    for (name, value) in headers {
        let of_the_connection = [header::CONTENT_LENGTH, header::DATE, header::CONNECTION];
        if wanted(name) && !of_the_connection.contains(name) {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.extend_from_slice(b": ");
            lines.extend_from_slice(value.as_bytes());
            lines.extend_from_slice(b"\r\n");
        }
    }
    lines
}

fn is_text(content_type: &str) -> bool {
    [
        "text/",
        "image/svg",
        "application/atom+xml",
        "application/json",
        "application/xml",
    ]
    .iter()
    .any(|kind| content_type.starts_with(kind))
}
