//! How connections come in: by which listener, how many at once, and who is behind them.

mod certificate;
mod client;
mod first_lines;
mod handed;
mod line;
mod places;
mod redirect;
mod socket;
mod turned_away;

use std::net::{SocketAddr, TcpListener};
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::time::Duration;

use actix_server::GracefulShutdownSignal;

pub use self::certificate::{CertificateError, CertificateFiles, Tls};
pub use self::client::{TrustedProxies, client};
pub(super) use self::first_lines::first_lines;
pub(super) use self::handed::{Answering, Handed, InFlight};
pub(super) use self::line::{Line, Socket, send};
pub use self::places::Limits;
use self::places::{Place, Places};
use self::redirect::lead_on;
pub use self::socket::{SocketFile, bind};
use self::turned_away::Exit;
use crate::clock::Clock;

/// Whoever asks must send the whole head of the request within this time.
pub(super) const HEAD_WITHIN: Duration = Duration::from_secs(5);

/// What a server listens on.
#[derive(Debug)]
pub enum Door {
    Tcp(TcpListener),
    /// HTTPS.
    Tls(TcpListener, Tls),
    Unix(UnixListener),
    /// Leads to the room's address, which is given without a slash at the end.
    Redirect(TcpListener, String),
}

/// What all doors of a server have in common.
#[derive(Clone)]
pub struct Doors {
    places: Arc<Places>,
    exit: Exit,
    clock: Clock,
    pub(super) takes_within: Duration,
    pub(super) stop: GracefulShutdownSignal,
}

/// Somebody who has come in.
pub(super) struct Guest {
    pub(super) line: Line,
    pub(super) peer: Option<SocketAddr>,
    /// Dropped with the connection.
    pub(super) place: Place,
}

impl Doors {
    pub fn new(
        (limits, proxies): (Limits, TrustedProxies),
        clock: Clock,
        stop: GracefulShutdownSignal,
    ) -> Self {
        Self {
            places: Places::new(limits, proxies),
            exit: Exit::default(),
            clock,
            takes_within: limits.takes_within,
            stop,
        }
    }

    /// Lets a connection in, or tells it that there is no place.
    pub(super) async fn let_in(&self, socket: impl Socket, tls: Option<&Tls>) -> Option<Guest> {
        let peer = socket.peer();
        let Some(place) = self.places.take(peer) else {
            // A key exchange is the very work that there is no place for: the line just closes.
            if tls.is_none() {
                // Whoever hangs up first has not waited to be told.
                let _hung_up = self.exit.turn_away(socket.into(), self.clock.now()).await;
            }
            return None;
        };
        let mut line: Line = socket.into();
        if let Some(tls) = tls {
            // Whoever speaks no TLS, or takes too long to begin, is nobody's guest.
            line = line.encrypted(tls, HEAD_WITHIN).await.ok()?;
        }
        Some(Guest { line, peer, place })
    }

    /// Lets a connection in and leads it on to this address.
    pub(super) async fn lead_on(&self, socket: impl Socket, https: &str) {
        let Some(Guest { line, place, .. }) = self.let_in(socket, None).await else {
            return;
        };
        // Whoever hangs up first is not led anywhere.
        let _hung_up = lead_on(line, (https, HEAD_WITHIN), self.clock.now()).await;
        drop(place);
    }
}
