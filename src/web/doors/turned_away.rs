//! Whoever finds no place is told so at once, and takes none of the program's time.

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::time::Duration;

use actix_http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::first_lines::first_lines;
use super::line::{Line, send};
use crate::clock::Instant;

const REST: &[u8] = b"retry-after: 5\r\n\
    content-type: text/plain; charset=utf-8\r\n\
    content-length: 59\r\n\
    cache-control: no-store\r\n\
    x-content-type-options: nosniff\r\n\
    connection: close\r\n\
    \r\n\
    Too many are reading just now. Try again in a few seconds.\n";

/// Where those stand who are leaving.
#[derive(Clone)]
pub(super) struct Exit(Arc<Semaphore>);

impl Default for Exit {
    fn default() -> Self {
        const AT_ONCE: usize = 256;
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Exit {
    /// Says that there is no place, and closes. What was asked is read and thrown away for a moment:
    /// a connection that is closed over unread bytes is reset, and the answer lost with it.
    pub(super) async fn turn_away(&self, mut line: Line, now: Instant) -> io::Result<()> {
        const MOMENT: Duration = Duration::from_secs(1);
        const MOST_BYTES: u64 = 64 * 1024;
        let first = first_lines(StatusCode::SERVICE_UNAVAILABLE, now);
        let mut parts = [IoSlice::new(&first), IoSlice::new(REST)];
        send(&mut line, &mut parts, MOMENT).await?;
        let Ok(_leaving) = self.0.try_acquire() else {
            return Ok(());
        };
        line.shutdown().await?;
        let mut asked = line.take(MOST_BYTES);
        let mut nowhere = tokio::io::sink();
        // Either it hung up, or it was given its moment.
        let _left = timeout(MOMENT, tokio::io::copy(&mut asked, &mut nowhere)).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::REST;

    #[test]
    fn the_sentence_is_as_long_as_it_says() {
        let text = std::str::from_utf8(REST).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())));
    }
}
