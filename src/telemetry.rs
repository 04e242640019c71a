//! The log: its format, a span with an id for each request, and what is never in it: titles and
//! texts of drafts, addresses of people and of passes, passwords, keys.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use tracing::Instrument;
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;
use crate::keys::new_key;
use crate::operation::Operation;

tokio::task_local! {
    static REQUEST: RefCell<String>;
}

/// Starts logging to standard error. A second start in the same process changes nothing.
pub fn start(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_unreadable| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// The id of the request that this task answers; empty outside of one.
pub fn request_id() -> String {
    REQUEST
        .try_with(|id| id.borrow().clone())
        .unwrap_or_default()
}

/// Gives each request an id and a span, counts it, and logs what it came to.
pub async fn trace(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let id: String = new_key().chars().take(16).collect();
    let span = tracing::info_span!("request", request.id = %id, method = %request.method(), path = logged(request.path()));
    let began = Instant::now();
    let answered = REQUEST
        .scope(RefCell::new(id), next.call(request))
        .instrument(span.clone());
    let response = answered.await?;
    let took = began.elapsed();
    let status = response.status().as_u16();
    count(response.request(), status, took);
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::debug!(status, duration_ms, "answered"));
    Ok(response)
}

/// Counted by the route's pattern, which holds no title and no secret.
fn count(request: &HttpRequest, status: u16, took: Duration) {
    let Some(operation) = request.app_data::<Data<Operation>>() else {
        return;
    };
    let pattern = request.match_pattern();
    let pattern = pattern.as_deref().unwrap_or("(no such address)");
    let method = match request.method().as_str() {
        // Anybody can make up a method; the list of routes is to stay short.
        known @ ("GET" | "HEAD" | "POST") => known,
        _ => "OTHER",
    };
    let route = format!("{method} {pattern}");
    operation.meters.answered(route, status, took);
}

/// The path, without what opens a pass or a calendar to whoever reads the log.
fn logged(path: &str) -> &str {
    const SECRET: [&str; 3] = ["/passes/", "/calendars/", "/admin/set-password/"];
    let secret = SECRET.into_iter().find(|start| path.starts_with(start));
    secret.unwrap_or(path)
}

/// An error with everything that caused it, in one line.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        line.push_str(": ");
        line.push_str(&inner.to_string());
        cause = inner.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::logged;

    #[test]
    fn the_log_holds_no_address_that_opens_something_by_itself() {
        assert_eq!(
            logged("/passes/0123456789abcdef/images/1/2.jpg"),
            "/passes/"
        );
        assert_eq!(logged("/calendars/0123456789abcdef"), "/calendars/");
        assert_eq!(logged("/news/ferry"), "/news/ferry");
    }
}
