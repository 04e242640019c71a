//! Answers readers straight off the socket, where memory has what they ask for. Every other request
//! goes, with all that was received, to the HTTP library, which keeps the connection from then on.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol, Request};
use actix_server::{GracefulShutdownSignal, ServerBuilder};
use actix_service::{Service, ServiceFactory, fn_factory, fn_service};
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceResponse};
use actix_web::rt::net::{TcpStream, UnixStream};
use actix_web::web::BytesMut;
use futures_util::future::{Either, ready, select};
use tokio::io::AsyncReadExt;
use tokio::time::{Instant, Sleep, sleep};

use super::PageCache;
use super::answer::Wire;
use super::call::{self, Call, Received};
use super::front::{Cached, CachedService, Filled, filled};
use crate::web::doors::{
    Door, Doors, Guest, HEAD_WITHIN, Handed, InFlight, Line, Socket, Tls, first_lines, send,
};

/// A connection on which nobody asks anything for so long is closed, or at twice that time.
const IDLE: Duration = Duration::from_secs(10);
/// As much is read at once; a reader's request is far shorter.
const ROOM_TO_READ: usize = 4096;

/// Answers at all of these doors, with the program behind.
pub fn listen<P, F, B>(
    mut builder: ServerBuilder,
    doors: Vec<Door>,
    (program, cache, rules): (P, Arc<PageCache>, Doors),
) -> io::Result<ServerBuilder>
where
    P: Fn() -> F + Clone + Send + 'static,
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
    for door in doors {
        let (program, common) = (program.clone(), (cache.clone(), rules.clone()));
        builder = match door {
            Door::Tcp(listener) => builder.listen("http", listener, move || {
                answers::<_, _, TcpStream>(program(), common.clone(), None)
            })?,
            Door::Tls(listener, tls) => builder.listen("https", listener, move || {
                answers::<_, _, TcpStream>(program(), common.clone(), Some(tls.clone()))
            })?,
            Door::Unix(listener) => builder.listen_uds("unix", listener, move || {
                answers::<_, _, UnixStream>(program(), common.clone(), None)
            })?,
            Door::Redirect(listener, https) => builder.listen("redirect", listener, move || {
                let (rules, https) = (common.1.clone(), https.clone());
                fn_service(move |socket: TcpStream| {
                    let (rules, https) = (rules.clone(), https.clone());
                    async move {
                        rules.lead_on(socket, &https).await;
                        Ok::<_, io::Error>(())
                    }
                })
            })?,
        };
    }
    Ok(builder)
}

/// Answers on each connection that comes in by a door.
fn answers<F, B, S>(
    program: F,
    (cache, doors): (Arc<PageCache>, Doors),
    tls: Option<Tls>,
) -> impl ServiceFactory<S, Config = (), Response = (), Error = io::Error, InitError = ()>
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
    S: Socket + 'static,
{
    let program = Rc::new(Cached::before(program, cache.clone()));
    fn_factory(move || {
        let (program, cache, doors) = (program.clone(), cache.clone(), doors.clone());
        let tls = tls.clone();
        async move {
            let program = Rc::new(program.new_service(AppConfig::default()).await?);
            let (behind, ends) = (program.clone(), doors.stop.clone());
            let library = HttpService::build()
                .keep_alive(IDLE)
                .client_request_timeout(HEAD_WITHIN)
                .on_connect_ext(|line: &Handed, data| {
                    data.insert(line.in_flight());
                })
                .graceful_shutdown_signal(move || {
                    let ends = ends.clone();
                    async move { ends.notified().await }
                })
                .finish(fn_factory(move || ready(Ok::<_, ()>(behind.clone()))));
            let library = Rc::new(library.new_service(()).await?);
            Ok::<_, ()>(fn_service(move |socket: S| {
                let (program, library) = (program.clone(), library.clone());
                let (common, tls) = ((cache.clone(), doors.clone()), tls.clone());
                meet(socket, (program, library), common, tls)
            }))
        }
    })
}

/// Serves one connection to its end: memory first, the library with whatever memory has not.
async fn meet<S, P, B, L>(
    socket: S,
    (program, library): (Rc<CachedService<P>>, Rc<L>),
    (cache, doors): (Arc<PageCache>, Doors),
    tls: Option<Tls>,
) -> io::Result<()>
where
    S: Socket,
    P: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
    L: Service<(Handed, Protocol, Option<SocketAddr>), Response = (), Error = DispatchError>,
{
    let Some(guest) = doors.let_in(socket, tls.as_ref()).await else {
        return Ok(());
    };
    let Guest { line, peer, place } = guest;
    if line.speaks_http2() {
        let handed = Handed::shared(line, doors.takes_within);
        let over = over(doors.stop, handed.in_flight());
        let serve = library.call((handed, Protocol::Http2, peer));
        // Readers hang up; that is nobody's error.
        let _hung_up = select(pin!(serve), pin!(over)).await;
        return Ok(());
    }
    let readers = Readers::new(line, cache, doors.takes_within);
    let Ok(Some(handed)) = readers.serve(&program, doors.stop).await else {
        return Ok(());
    };
    let served = library.call((handed, Protocol::Http1, peer)).await;
    drop(place);
    served.map_err(|error| io::Error::other(error.to_string()))
}

/// The end of a connection that requests share: the server stops, and none is being answered.
async fn over(stop: GracefulShutdownSignal, in_flight: InFlight) {
    stop.notified().await;
    in_flight.ends().await;
}

/// A connection as long as memory answers on it.
struct Readers {
    line: Line,
    cache: Arc<PageCache>,
    received: BytesMut,
    takes_within: Duration,
}

impl Readers {
    fn new(line: Line, cache: Arc<PageCache>, takes_within: Duration) -> Self {
        Self {
            line,
            cache,
            received: BytesMut::with_capacity(ROOM_TO_READ),
            takes_within,
        }
    }

    /// Answers one request after the other; gives the connection with what was received and not
    /// answered, or nothing when it came to its end.
    async fn serve<S, B>(
        mut self,
        program: &CachedService<S>,
        stop: GracefulShutdownSignal,
    ) -> io::Result<Option<Handed>>
    where
        S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
        B: MessageBody + 'static,
    {
        let mut stopped = pin!(stop.notified());
        let mut idle = pin!(sleep(IDLE));
        let mut asked = false;
        loop {
            if self.received.is_empty() {
                self.received.reserve(ROOM_TO_READ);
                let rests = pin!(rests(idle.as_mut(), &mut asked));
                let read = pin!(self.line.read_buf(&mut self.received));
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
            let first = first_lines(wire.status, self.cache.clock.now());
            let mut parts = [IoSlice::new(&first), IoSlice::new(&wire.rest)];
            send(&mut self.line, &mut parts, self.takes_within).await?;
            program
                .worker()
                .answered(wire.status.as_u16(), wire.rest.len());
            let _answered = self.received.split_to(length);
        }
    }

    /// What there is to say, after the page was laid out where it must be.
    async fn wire<S, B>(&self, call: &Call<'_>, program: &CachedService<S>) -> Option<Wire>
    where
        S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
        B: MessageBody + 'static,
    {
        let answer = match self.cache.get(&call.address) {
            Some(answer) => answer,
            None => match filled(program.program(), &self.cache, &call.address).await {
                Ok(Filled::Kept(answer)) => answer,
                // What is not kept is not laid out a second time behind us either.
                Ok(Filled::Other(response)) => return Some(Wire::once(response, call.only_head)),
                Err(_) => return None,
            },
        };
        (!answer.in_pieces).then(|| answer.wire(&call.wish, call.only_head))
    }

    fn rest(self) -> Handed {
        Handed::new(self.line, self.received.freeze(), self.takes_within)
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
