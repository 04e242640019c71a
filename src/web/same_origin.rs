//! A change of state must be sent by a page of this room.

use actix_web::ResponseError;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::uri::Authority;
use actix_web::http::{Method, header};
use actix_web::middleware::Next;

use super::paths;
use super::problem::Problem;

/// Lets safe methods pass; for every other one the browser must say that our page sent it.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if safe || is_ours(&request) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refusal = Problem::ForeignOrigin.error_response();
    Ok(request.into_response(refusal).map_into_right_body())
}

/// `Sec-Fetch-Site` where the browser sends it (Fetch Metadata), else `Origin` against `Host`.
fn is_ours(request: &ServiceRequest) -> bool {
    let text = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    // HTTP/2 says the host in the address itself (RFC 9113, 8.3.1).
    let authority = request.uri().authority().map(Authority::as_str);
    let host = text(header::HOST.as_str()).or(authority);
    let (Some(origin), Some(host)) = (text("origin"), host) else {
        return false;
    };
    // A page that names itself to nobody sends "null" (Fetch, 3.2), and older browsers nothing
    // else. No cookie goes there: whoever knows the address may do what it does.
    if origin == "null" && request.path().starts_with(paths::PASSES) {
        return true;
    }
    origin
        .split_once("://")
        .is_some_and(|(_, origin_host)| origin_host == host)
}
