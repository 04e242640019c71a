//! What of a request an answer for readers may depend on: the path, and the parts of the query that
//! pages know. All else (cookies, languages, campaign tags) is nobody's business behind this point.

use std::borrow::Cow;

use actix_http::{Message, Request, RequestHead};
use actix_web::http::{Method, Version};

use crate::web::paths;

/// The names that a query may hold, in the order in which they make an address.
const KNOWN: [&str; 5] = ["topic", "place", "from", "to", "page"];

/// The address under which an answer is kept, if this is a request of a reader.
pub(super) fn address(request: &Request) -> Option<Cow<'_, str>> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read {
        return None;
    }
    of_target(request.path(), request.uri().query())
}

/// The address under which an answer is kept, if it is a reader's.
pub(super) fn of_target<'a>(path: &'a str, query: Option<&str>) -> Option<Cow<'a, str>> {
    if paths::is_private(path) || paths::is_large(path) {
        return None;
    }
    Some(match query {
        None => Cow::Borrowed(path),
        Some(query) => canonical(path, query),
    })
}

/// The path with what pages know of the query: each name once, in one order.
fn canonical<'a>(path: &'a str, query: &str) -> Cow<'a, str> {
    let mut kept = form_urlencoded::Serializer::new(String::new());
    for name in KNOWN {
        // A page takes the first value of a name.
        let value = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
        if let Some((_, value)) = value {
            kept.append_pair(name, &value);
        }
    }
    let kept = kept.finish();
    if kept.is_empty() {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(format!("{path}?{kept}"))
    }
}

/// A request for that address which says nothing else.
pub(super) fn bare(address: &str) -> Option<Request> {
    // The head may have served another request before: all that it says is said anew.
    let mut head: Message<RequestHead> = Message::new();
    head.method = Method::GET;
    head.uri = address.parse().ok()?;
    head.version = Version::HTTP_11;
    head.headers.clear();
    head.peer_addr = None;
    Some(Request::from(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_pages_know_in_one_order() {
        for (query, kept) in [
            ("page=2", "/?page=2"),
            ("utm_source=x", "/"),
            ("page=2&topic=ferries&page=3", "/?topic=ferries&page=2"),
            ("topic=%66erries", "/?topic=ferries"),
            ("topic=a%26page%3D2", "/?topic=a%26page%3D2"),
            ("", "/"),
        ] {
            assert_eq!(canonical("/", query), kept, "{query}");
        }
    }
}
