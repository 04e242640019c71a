//! Answers readers straight off the socket, where memory has what they ask for. Every other request
//! goes, with all that was received, to the HTTP library, which keeps the connection from then on.

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_http::{HttpService, Protocol, Request, StatusCode};
use actix_server::GracefulShutdownSignal;
use actix_service::{Service, ServiceFactory, fn_factory, fn_service};
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceResponse};
use actix_web::rt::net::TcpStream;
use actix_web::web::{Bytes, BytesMut};
use futures_util::future::{Either, ready, select};
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::PageCache;
use super::answer::Wire;
use super::call::{self, Call, Received};
use super::front::{Cached, CachedService, Filled, filled};
use crate::clock;

/// A connection on which nobody asks anything for so long is closed, or at twice that time.
const IDLE: Duration = Duration::from_secs(10);
/// Whoever asks must send the whole head of the request within this time.
const HEAD_WITHIN: Duration = Duration::from_secs(5);
/// Whoever takes nothing of an answer for so long does not want it.
const TAKES_WITHIN: Duration = Duration::from_secs(30);
/// As much is read at once; a reader's request is far shorter.
const ROOM_TO_READ: usize = 4096;

/// Answers on each connection, with the program behind.
pub fn answers<F, B>(
    program: F,
    cache: Arc<PageCache>,
    stop: GracefulShutdownSignal,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = io::Error, InitError = ()>
where
    F: ServiceFactory<
            Request,
            Config = AppConfig,
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    F::Service: 'static,
    F::Future: 'static,
    B: MessageBody + 'static,
{
    let program = Rc::new(Cached::before(program, cache.clone()));
    fn_factory(move || {
        let (program, cache, stop) = (program.clone(), cache.clone(), stop.clone());
        async move {
            let program = Rc::new(program.new_service(AppConfig::default()).await?);
            let (behind, ends) = (program.clone(), stop.clone());
            let library = HttpService::build()
                .keep_alive(IDLE)
                .client_request_timeout(HEAD_WITHIN)
                .graceful_shutdown_signal(move || {
                    let ends = ends.clone();
                    async move { ends.notified().await }
                })
                .finish(fn_factory(move || ready(Ok::<_, ()>(behind.clone()))));
            let library = Rc::new(library.new_service(()).await?);
            Ok::<_, ()>(fn_service(move |io: TcpStream| {
                let (program, cache, stop) = (program.clone(), cache.clone(), stop.clone());
                let library = library.clone();
                async move {
                    let peer = io.peer_addr().ok();
                    let first = Readers::new(io, cache).serve(&program, stop).await;
                    match first {
                        Ok(None) => Ok(()),
                        Ok(Some(rest)) => library
                            .call((rest, Protocol::Http1, peer))
                            .await
                            .map_err(|error| io::Error::other(error.to_string())),
                        // Readers hang up; that is nobody's error.
                        Err(_hung_up) => Ok(()),
                    }
                }
            }))
        }
    })
}

/// A connection as long as memory answers on it.
struct Readers {
    io: TcpStream,
    cache: Arc<PageCache>,
    received: BytesMut,
}

impl Readers {
    fn new(io: TcpStream, cache: Arc<PageCache>) -> Self {
        Self {
            io,
            cache,
            received: BytesMut::with_capacity(ROOM_TO_READ),
        }
    }

    /// Answers one request after the other; gives the connection with what was received and not
    /// answered, or nothing when it came to its end.
    async fn serve<S, B>(
        mut self,
        program: &CachedService<S>,
        stop: GracefulShutdownSignal,
    ) -> io::Result<Option<Begun>>
    where
        S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
        B: MessageBody + 'static,
    {
        self.io.set_nodelay(true)?;
        let mut stopped = pin!(stop.notified());
        let mut idle = pin!(sleep(IDLE));
        let mut asked = false;
        loop {
            if self.received.is_empty() {
                self.received.reserve(ROOM_TO_READ);
                let rests = pin!(rests(idle.as_mut(), &mut asked));
                let read = pin!(self.io.read_buf(&mut self.received));
                let read = match select(read, select(stopped.as_mut(), rests)).await {
                    Either::Left((read, _)) => read?,
                    Either::Right(_) => 0,
                };
                if read == 0 {
                    return Ok(None);
                }
            }
            asked = true;
            let Received::Call(call) = call::read(&self.received) else {
                return Ok(Some(self.rest()));
            };
            let Some(wire) = self.wire(&call, program).await else {
                return Ok(Some(self.rest()));
            };
            let length = call.length;
            send(&self.io, &wire, self.cache.clock.now()).await?;
            program
                .worker()
                .answered(wire.status.as_u16(), wire.rest.len());
            let _answered = self.received.split_to(length);
        }
    }

    /// What memory has to say, after the page was laid out where it must be.
    async fn wire<S, B>(&self, call: &Call<'_>, program: &CachedService<S>) -> Option<Wire>
    where
        S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
        B: MessageBody + 'static,
    {
        let answer = match self.cache.get(&call.address) {
            Some(answer) => answer,
            None => match filled(program.program(), &self.cache, &call.address).await {
                Ok(Filled::Kept(answer)) => answer,
                Ok(Filled::Other(_)) | Err(_) => return None,
            },
        };
        Some(answer.wire(&call.wish, call.only_head))
    }

    fn rest(self) -> Begun {
        Begun {
            received: self.received.freeze(),
            io: self.io,
        }
    }
}

/// Ends when nobody has asked anything since it looked last. Nothing is set at each request.
async fn rests(mut idle: Pin<&mut Sleep>, asked: &mut bool) {
    loop {
        idle.as_mut().await;
        if !std::mem::take(asked) {
            return;
        }
        idle.as_mut().reset(Instant::now() + IDLE);
    }
}

/// Sends the answer with today's date before it.
async fn send(io: &TcpStream, wire: &Wire, now: clock::Instant) -> io::Result<()> {
    let first = first_lines(wire.status, now);
    let mut parts = [IoSlice::new(&first), IoSlice::new(&wire.rest)];
    let mut parts = &mut parts[..];
    while !parts.is_empty() {
        // At once, where the line takes it, which is nearly always.
        let sent = match io.try_write_vectored(parts) {
            Ok(sent) => sent,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                timeout(TAKES_WITHIN, io.writable())
                    .await
                    .map_err(|_elapsed| io::ErrorKind::TimedOut)??;
                continue;
            }
            Err(error) => return Err(error),
        };
        if sent == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut parts, sent);
    }
    Ok(())
}

thread_local! {
    /// The second that was last, and how it is written (RFC 9110, 5.6.7).
    static DATE: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

/// The status line and the date, which is written once a second.
fn first_lines(status: StatusCode, now: clock::Instant) -> Vec<u8> {
    const MILLIS: i64 = 1_000;
    let reason = status.canonical_reason().unwrap_or_default();
    DATE.with_borrow_mut(|(second, date)| {
        if *second != now.millis() / MILLIS {
            *second = now.millis() / MILLIS;
            *date = DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&now.timestamp())
                .unwrap_or_default();
        }
        [
            "HTTP/1.1 ",
            status.as_str(),
            " ",
            reason,
            "\r\ndate: ",
            date,
            "\r\n",
        ]
        .concat()
        .into_bytes()
    })
}

/// A connection from which something was read already.
pub(super) struct Begun {
    received: Bytes,
    io: TcpStream,
}

impl AsyncRead for Begun {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        space: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.received.is_empty() {
            return Pin::new(&mut self.io).poll_read(context, space);
        }
        let length = self.received.len().min(space.remaining());
        let first = self.received.split_to(length);
        space.put_slice(&first);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Begun {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
