//! The head of a request, read just far enough to answer it from memory. Whatever is not plainly a
//! reader's request without a body is left, byte for byte, to the HTTP library.

use std::borrow::Cow;
use std::mem::MaybeUninit;

use super::answer::Wish;
use super::asked;

/// A request that memory may answer.
pub(super) struct Call<'a> {
    pub address: Cow<'a, str>,
    pub only_head: bool,
    pub wish: Wish<'a>,
    /// How many bytes it was.
    pub length: usize,
}

/// What stands at the beginning of what was received.
pub(super) enum Received<'a> {
    Call(Call<'a>),
    /// Somebody else's to read.
    Other,
}

/// More headers than any browser sends.
const MOST_HEADERS: usize = 48;

pub(super) fn read(bytes: &[u8]) -> Received<'_> {
    call(bytes).map_or(Received::Other, Received::Call)
}

fn call(bytes: &[u8]) -> Option<Call<'_>> {
    let mut space = [const { MaybeUninit::uninit() }; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut []);
    let parsed = request.parse_with_uninit_headers(bytes, &mut space).ok()?;
    let httparse::Status::Complete(length) = parsed else {
        return None;
    };
    let only_head = match request.method? {
        "GET" => false,
        "HEAD" => true,
        _ => return None,
    };
    if request.version? != 1 {
        return None;
    }
    let address = target(request.path?)?;
    let mut wish = Wish::default();
    let mut hosts = 0;
    for header in request.headers.iter() {
        let value = std::str::from_utf8(header.value).ok()?;
        match Header::of(header.name) {
            Header::AcceptEncoding => take(&mut wish.accept_encoding, value)?,
            Header::IfNoneMatch => take(&mut wish.if_none_match, value)?,
            Header::Host => hosts += 1,
            Header::Connection if value.eq_ignore_ascii_case("keep-alive") => {}
            Header::Connection | Header::NotForUs => return None,
            Header::Any => {}
        }
    }
    (hosts == 1).then_some(Call {
        address,
        only_head,
        wish,
        length,
    })
}

/// A header that stands twice is for somebody who knows what that means.
fn take<'a>(place: &mut &'a str, value: &'a str) -> Option<()> {
    place.is_empty().then(|| *place = value)
}

/// The path and query of an ordinary target.
fn target(target: &str) -> Option<Cow<'_, str>> {
    let is_ordinary = target.starts_with('/')
        && target
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"#\\\"<>^`{|}".contains(&byte));
    if !is_ordinary {
        return None;
    }
    match target.split_once('?') {
        None => asked::of_target(target, None),
        Some((path, query)) => asked::of_target(path, Some(query)),
    }
}

enum Header {
    AcceptEncoding,
    IfNoneMatch,
    Host,
    Connection,
    /// There may be a body, another protocol, or a wish that the library sees to.
    NotForUs,
    Any,
}

impl Header {
    fn of(name: &str) -> Self {
        const NOT_FOR_US: [&str; 6] = [
            "content-length",
            "transfer-encoding",
            "upgrade",
            "expect",
            "range",
            "http2-settings",
        ];
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("accept-encoding") {
            Self::AcceptEncoding
        } else if is("if-none-match") {
            Self::IfNoneMatch
        } else if is("host") {
            Self::Host
        } else if is("connection") {
            Self::Connection
        } else if NOT_FOR_US.into_iter().any(is) {
            Self::NotForUs
        } else {
            Self::Any
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(request: &str) -> Option<String> {
        match read(request.as_bytes()) {
            Received::Call(call) => {
                assert_eq!(call.length, request.len());
                Some(call.address.into_owned())
            }
            Received::Other => None,
        }
    }

    #[test]
    fn a_readers_request_is_read() {
        let request = "GET /?utm=1&page=2 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nCookie: x\r\nConnection: Keep-Alive\r\n\r\n";
        assert_eq!(address(request).as_deref(), Some("/?page=2"));
        let Received::Call(call) = read(request.as_bytes()) else {
            panic!("it is one");
        };
        assert_eq!(call.wish.accept_encoding, "gzip");
        assert!(!call.only_head);
    }

    #[test]
    fn whatever_else_is_left_to_the_library() {
        let plain = "Host: a\r\n\r\n";
        for (line, headers) in [
            ("POST / HTTP/1.1", plain),
            ("GET / HTTP/1.0", plain),
            ("GET /admin HTTP/1.1", plain),
            ("GET /admin/items HTTP/1.1", plain),
            ("GET /%61dmin HTTP/1.1", plain),
            ("GET //admin HTTP/1.1", plain),
            ("GET /passes/x HTTP/1.1", plain),
            ("GET http://a/ HTTP/1.1", plain),
            ("GET /#x HTTP/1.1", plain),
            ("GET * HTTP/1.1", plain),
            ("GET / HTTP/1.1", "\r\n"),
            ("GET / HTTP/1.1", "Host: a\r\nHost: b\r\n\r\n"),
            ("GET / HTTP/1.1", "Host: a\r\nContent-Length: 0\r\n\r\n"),
            (
                "GET / HTTP/1.1",
                "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            ),
            ("GET / HTTP/1.1", "Host: a\r\nConnection: close\r\n\r\n"),
            ("GET / HTTP/1.1", "Host: a\r\nConnection: Upgrade\r\n\r\n"),
            ("GET / HTTP/1.1", "Host: a\r\nExpect: 100-continue\r\n\r\n"),
            ("GET / HTTP/1.1", "Host: a\r\nRange: bytes=0-1\r\n\r\n"),
            (
                "GET / HTTP/1.1",
                "Host: a\r\nIf-None-Match: \"a\"\r\nIf-None-Match: \"b\"\r\n\r\n",
            ),
            ("GET / HTTP/1.1", "Host: a\r\nX: \u{e9}\r\n\r"),
            ("GET / HTTP/1.1", "Host : a\r\n\r\n"),
            ("GET / HTTP/1.1", "Host: a\r\n folded\r\n\r\n"),
            ("\r\nGET / HTTP/1.1 ", plain),
        ] {
            let request = format!("{line}\r\n{headers}");
            assert_eq!(address(&request), None, "{request}");
        }
    }
}
