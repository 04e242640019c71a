//! The headers that every response carries.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Whether browsers are told to come by HTTPS only (RFC 6797).
pub struct Hsts(Option<HeaderValue>);

impl Hsts {
    /// Said only by a room whose address is https; a browser that hears it over HTTP ignores it.
    pub fn of(address: &str, seconds: u32) -> Self {
        let wanted = address.starts_with("https://") && seconds > 0;
        let said = wanted.then(|| HeaderValue::from_str(&format!("max-age={seconds}")));
        Self(said.and_then(Result::ok))
    }
}

/// The encoding of an answer that is the same whoever asks for it, and wherever it comes from: a
/// page about nothing, from memory or not. The word itself goes to nobody.
pub const UNCOMPRESSED: &str = "identity";

/// Adds the headers; the admin's pages are kept nowhere and tell nobody where they are.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let hsts = request.app_data::<Data<Hsts>>().cloned();
    let admin = request.path() == "/admin" || request.path().starts_with("/admin/");
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| encoding == UNCOMPRESSED)
    {
        headers.remove(header::CONTENT_ENCODING);
    }
    for (name, value) in ALWAYS {
        // A file that somebody uploaded has said a stricter word already.
        if name != header::CONTENT_SECURITY_POLICY || !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if let Some(said) = hsts.as_ref().and_then(|hsts| hsts.0.clone()) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, said);
    }
    if admin {
        private(headers);
    } else {
        public(headers);
    }
    Ok(response)
}

fn private(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
}

/// A page that has said already who may know of it is left alone.
fn public(headers: &mut HeaderMap) {
    if !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("strict-origin-when-cross-origin"),
        );
    }
}

/// For an answer whose address is a secret: kept nowhere, found by nobody, named to nobody.
pub fn keep_secret(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    response
}
