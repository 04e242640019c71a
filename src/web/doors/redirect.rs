//! A door that only leads to the other one: plain HTTP, answered with the same address in HTTPS.

use std::io::{self, IoSlice};
use std::time::Duration;

use actix_http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use super::first_lines::first_lines;
use super::line::{Line, send};
use crate::clock::Instant;

/// Longer heads are no reader's.
const LONGEST: usize = 8 * 1024;
const MOST_HEADERS: usize = 64;

/// Answers one request. Where it leads is the room's own address, whatever host was asked for, so
/// that nobody is sent elsewhere.
pub(super) async fn lead_on(
    mut line: Line,
    (https, within): (&str, Duration),
    now: Instant,
) -> io::Result<()> {
    let late = |_elapsed| io::Error::from(io::ErrorKind::TimedOut);
    let head = timeout(within, read_head(&mut line))
        .await
        .map_err(late)??;
    let (status, rest) = match target(&head) {
        // The method stays what it was: a form that was sent is not lost, but asked for again.
        Some(target) => (
            StatusCode::PERMANENT_REDIRECT,
            format!(
                "location: {https}{target}\r\ncontent-length: 0\r\ncache-control: no-cache\r\nconnection: close\r\n\r\n"
            ),
        ),
        None => (
            StatusCode::BAD_REQUEST,
            "content-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
        ),
    };
    let first = first_lines(status, now);
    let mut parts = [IoSlice::new(&first), IoSlice::new(rest.as_bytes())];
    send(&mut line, &mut parts, within).await?;
    line.shutdown().await
}

/// What was received up to the end of the head, or as far as it came.
async fn read_head(line: &mut Line) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < LONGEST && !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if line.read_buf(&mut head).await? == 0 {
            break;
        }
    }
    Ok(head)
}

/// The path and query that were asked for, if they can stand in a header.
fn target(head: &[u8]) -> Option<String> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    if !request.parse(head).ok()?.is_complete() {
        return None;
    }
    let target = request.path?;
    let is_ordinary = target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic());
    is_ordinary.then(|| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn only_an_ordinary_target_is_led_on() {
        let asked = |line: &str| target(format!("{line}\r\nHost: a\r\n\r\n").as_bytes());
        assert_eq!(
            asked("GET /news/x?page=2 HTTP/1.1").as_deref(),
            Some("/news/x?page=2")
        );
        assert_eq!(
            asked("POST //evil.example HTTP/1.1").as_deref(),
            Some("//evil.example")
        );
        for wrong in ["GET http://a/ HTTP/1.1", "GET * HTTP/1.1", "nonsense"] {
            assert_eq!(asked(wrong), None, "{wrong}");
        }
        assert_eq!(target(b"GET / HTTP/1.1\r\nHost"), None);
    }
}
