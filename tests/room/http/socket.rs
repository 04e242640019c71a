//! A room behind a Unix socket.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::process::binary::{Running, run, seen};
use crate::storage::scratch::Scratch;
use crate::support::Line;

fn served_at(socket: &Path, room: &Path) -> Running {
    let places = format!("127.0.0.1:0,unix:{}", socket.display());
    Running::serve_at(&places, room, &[])
}

/// What `dateline serve` says that cannot listen at this socket.
fn refused(socket: &Path, room: &Path) -> String {
    let (place, file) = (format!("unix:{}", socket.display()), room.to_string_lossy());
    let output = run(&["serve", "--listen", &place, "--database", &file]);
    let (code, _, said) = seen(&output);
    assert_eq!(code, Some(1));
    said
}

#[actix_web::test]
async fn over_the_socket_a_room_says_what_it_says_at_its_address() {
    let scratch = Scratch::new();
    let socket = scratch.folder().join("room.sock");
    let mut running = served_at(&socket, &scratch.room());
    let mode = fs::metadata(&socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
    let address = running.readers.trim_start_matches("http://").to_owned();
    let (mut here, mut there) = (Line::into_socket(&socket), Line::at(&address));
    for target in [
        "/robots.txt",
        "/robots.txt",
        "/news/nothing",
        "/admin",
        "/robots.txt",
    ] {
        here.asks(target);
        there.asks(target);
        let (here, there) = (here.answer(false), there.answer(false));
        assert_eq!(here.status(), there.status(), "{target}");
        assert_eq!(here.header("etag"), there.header("etag"), "{target}");
        assert_eq!(here.body, there.body, "{target}");
    }
    drop((here, there));
    running.stop().await;
    assert!(!socket.exists(), "its file goes with the process");
}

#[actix_web::test]
async fn a_socket_of_a_dead_process_is_taken_over_and_one_of_a_living_is_not() {
    let scratch = Scratch::new();
    let (socket, room) = (scratch.folder().join("room.sock"), scratch.room());
    let mut first = served_at(&socket, &room);
    let said = refused(&socket, &room);
    assert!(said.contains("another process answers there"), "{said}");
    first.kill();
    assert!(socket.exists());
    let mut second = served_at(&socket, &room);
    let mut line = Line::into_socket(&socket);
    line.asks("/robots.txt");
    assert_eq!(line.answer(false).status(), "200");
    drop(line);
    second.stop().await;
}

#[test]
fn a_file_that_is_no_socket_stays_what_it_is() {
    let scratch = Scratch::new();
    let file = scratch.folder().join("letters.txt");
    fs::write(&file, "Dear Ann").unwrap();
    let said = refused(&file, &scratch.room());
    assert!(
        said.contains("a file of this name that is no socket"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "Dear Ann");
}
