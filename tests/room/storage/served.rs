//! A room from a file that a test has filled, answering on a port of its own.

use std::net::TcpListener;
use std::path::PathBuf;

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use dateline::admin::set_up::SetUpToken;
use dateline::app::{Outside, Room};
use dateline::clock::{Clock, Instant};
use dateline::media::Waiting;
use dateline::operation::Operation;
use dateline::storage::{self, Watch};
use dateline::web::doors::Door;

use super::scratch::Scratch;

pub(super) struct Served {
    pub(super) address: String,
    pub(super) server: ServerHandle,
    pub(super) place: Scratch,
}

/// Opens the file at that instant, within the test's own runtime.
pub(super) fn serve(place: Scratch, now: Instant, watch: Option<Watch>) -> Served {
    let (store, read) = storage::open(&place.room(), watch).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let room = Room {
        store,
        read,
        clock: Clock::standing_at(now),
        address: address.clone(),
        key: Key::generate(),
        set_up: SetUpToken::closed(),
        workers: 1,
        sends_mail: false,
        outside: Outside::default(),
        operation: Operation::default(),
        program: PathBuf::from(env!("CARGO_BIN_EXE_dateline")),
        waiting: Waiting::default(),
    };
    let server = room.serve(vec![Door::Tcp(listener)]).unwrap();
    let handle = server.handle();
    drop(actix_web::rt::spawn(server));
    Served {
        address,
        server: handle,
        place,
    }
}
