//! A connection that was handed on to the HTTP library, with the patience that the library lacks.

use std::cell::Cell;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::web::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::line::Line;

/// A connection from which something was read already. Whoever takes nothing of what is written to
/// it is given up: the HTTP library itself would wait for ever.
pub(in crate::web) struct Handed {
    received: Bytes,
    line: Line,
    takes_within: Duration,
    /// Set while the other side takes nothing.
    gives_up: Option<Pin<Box<Sleep>>>,
    /// Where many requests share the line, so that none of them can be waited for alone.
    quiet: Option<Quiet>,
    in_flight: InFlight,
}

/// How many requests of a connection are being answered.
#[derive(Clone, Default)]
pub(in crate::web) struct InFlight(Rc<Cell<usize>>);

/// One of them, until it is dropped.
pub(in crate::web) struct Answering(InFlight);

impl InFlight {
    pub(in crate::web) fn begins(&self) -> Answering {
        self.0.set(self.0.get() + 1);
        Answering(self.clone())
    }

    /// Ends some time after the last of them, when nothing can be on its way any more.
    pub(in crate::web) async fn ends(&self) {
        const ARRIVES_WITHIN: Duration = Duration::from_millis(500);
        loop {
            sleep(ARRIVES_WITHIN).await;
            if self.0.get() == 0 {
                return;
            }
        }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let count = &self.0.0;
        count.set(count.get().saturating_sub(1));
    }
}

/// Ends a line over which nothing but pings goes: the library would keep it for ever, with answers
/// that nobody takes.
struct Quiet {
    bytes: usize,
    looks: Pin<Box<Sleep>>,
}

impl Quiet {
    const LOOKS_EVERY: Duration = Duration::from_mins(2);
    /// More than pings come to in that time.
    const SAYS_SOMETHING: usize = 1_024;

    fn poll(&mut self, context: &mut Context<'_>, in_flight: &InFlight) -> Poll<io::Result<()>> {
        while self.looks.as_mut().poll(context).is_ready() {
            if self.bytes < Self::SAYS_SOMETHING && in_flight.0.get() == 0 {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.bytes = 0;
            self.looks
                .as_mut()
                .reset(Instant::now() + Self::LOOKS_EVERY);
        }
        Poll::Pending
    }
}

impl Handed {
    pub(in crate::web) fn new(line: Line, received: Bytes, takes_within: Duration) -> Self {
        Self {
            received,
            line,
            takes_within,
            gives_up: None,
            quiet: None,
            in_flight: InFlight::default(),
        }
    }

    /// A connection on which requests come side by side.
    pub(in crate::web) fn shared(line: Line, takes_within: Duration) -> Self {
        let quiet = Quiet {
            bytes: 0,
            looks: Box::pin(sleep(Quiet::LOOKS_EVERY)),
        };
        Self {
            quiet: Some(quiet),
            ..Self::new(line, Bytes::new(), takes_within)
        }
    }

    pub(in crate::web) fn in_flight(&self) -> InFlight {
        self.in_flight.clone()
    }

    fn heard(&mut self, bytes: usize) {
        if let Some(quiet) = &mut self.quiet {
            quiet.bytes = quiet.bytes.saturating_add(bytes);
        }
    }

    /// The outcome of a write, or the end of patience.
    fn patient<T>(
        &mut self,
        context: &mut Context<'_>,
        write: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if write.is_ready() {
            self.gives_up = None;
            return write;
        }
        let within = self.takes_within;
        let gives_up = self.gives_up.get_or_insert_with(|| Box::pin(sleep(within)));
        gives_up
            .as_mut()
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Handed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        space: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.received.is_empty() {
            let before = space.filled().len();
            let read = Pin::new(&mut this.line).poll_read(context, space);
            this.heard(space.filled().len() - before);
            return match (&mut this.quiet, read) {
                (Some(quiet), Poll::Pending) => quiet.poll(context, &this.in_flight),
                (_, read) => read,
            };
        }
        let length = self.received.len().min(space.remaining());
        let first = self.received.split_to(length);
        space.put_slice(&first);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Handed {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let write = Pin::new(&mut self.line).poll_write(context, bytes);
        if let Poll::Ready(Ok(bytes)) = write {
            self.heard(bytes);
        }
        self.patient(context, write)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let write = Pin::new(&mut self.line).poll_write_vectored(context, parts);
        if let Poll::Ready(Ok(bytes)) = write {
            self.heard(bytes);
        }
        self.patient(context, write)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flush = Pin::new(&mut self.line).poll_flush(context);
        self.patient(context, flush)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shutdown = Pin::new(&mut self.line).poll_shutdown(context);
        self.patient(context, shutdown)
    }
}
