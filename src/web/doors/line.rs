//! A connection, whatever it came in by.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::rt::net::{TcpStream, UnixStream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::certificate::Tls;

/// What a listener accepts.
pub(in crate::web) trait Socket: Into<Line> {
    /// Where it comes from; a Unix socket has no address.
    fn peer(&self) -> Option<SocketAddr>;
}

impl Socket for TcpStream {
    fn peer(&self) -> Option<SocketAddr> {
        self.peer_addr().ok()
    }
}

impl Socket for UnixStream {
    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}

pub(in crate::web) enum Line {
    Tcp(TcpStream),
    Unix(UnixStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Line {
    /// The same with TLS over it, if the other side shakes hands within that time.
    pub(super) async fn encrypted(self, tls: &Tls, within: Duration) -> io::Result<Self> {
        let Self::Tcp(stream) = self else {
            return Ok(self);
        };
        let shaken = TlsAcceptor::from(tls.config()).accept(stream);
        let stream = timeout(within, shaken).await.map_err(late)??;
        Ok(Self::Tls(Box::new(stream)))
    }

    /// Whether both sides agreed on HTTP/2.
    pub(in crate::web) fn speaks_http2(&self) -> bool {
        match self {
            Self::Tls(stream) => stream.get_ref().1.alpn_protocol() == Some(b"h2".as_slice()),
            Self::Tcp(_) | Self::Unix(_) => false,
        }
    }
}

fn late(_elapsed: Elapsed) -> io::Error {
    io::ErrorKind::TimedOut.into()
}

impl From<TcpStream> for Line {
    fn from(stream: TcpStream) -> Self {
        // Where it is not taken, answers are a little later.
        let _later = stream.set_nodelay(true);
        Self::Tcp(stream)
    }
}

impl From<UnixStream> for Line {
    fn from(stream: UnixStream) -> Self {
        Self::Unix(stream)
    }
}

/// Does the same to whichever stream it is.
macro_rules! each {
    ($line:expr, $stream:ident => $done:expr) => {
        match $line.get_mut() {
            Line::Tcp(stream) => {
                let $stream = Pin::new(stream);
                $done
            }
            Line::Unix(stream) => {
                let $stream = Pin::new(stream);
                $done
            }
            Line::Tls(stream) => {
                let $stream = Pin::new(&mut **stream);
                $done
            }
        }
    };
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        space: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        each!(self, stream => stream.poll_read(context, space))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        each!(self, stream => stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        each!(self, stream => stream.poll_write_vectored(context, parts))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => stream.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => stream.poll_shutdown(context))
    }
}

/// Sends all of it. A timer is set only where the line does not take it at once.
pub(in crate::web) async fn send(
    line: &mut Line,
    mut parts: &mut [IoSlice<'_>],
    takes_within: Duration,
) -> io::Result<()> {
    while !parts.is_empty() {
        let write = std::future::poll_fn(|context| {
            Pin::new(&mut *line).poll_write_vectored(context, parts)
        });
        let sent = patiently(write, takes_within).await?;
        if sent == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut parts, sent);
    }
    let flush = std::future::poll_fn(|context| Pin::new(&mut *line).poll_flush(context));
    patiently(flush, takes_within).await
}

async fn patiently<T>(
    step: impl Future<Output = io::Result<T>>,
    within: Duration,
) -> io::Result<T> {
    let mut step = pin!(step);
    let at_once = std::future::poll_fn(|context| Poll::Ready(step.as_mut().poll(context))).await;
    if let Poll::Ready(done) = at_once {
        return done;
    }
    timeout(within, step).await.map_err(late)?
}
