//! One connection, on which a test says and hears every byte.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use super::room::Room;

pub(crate) struct Line<S = TcpStream> {
    pub(crate) stream: S,
}

/// An answer as it came: its head in small letters, and its body.
pub(crate) struct Spoken {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

const PATIENCE: Option<Duration> = Some(Duration::from_secs(20));

impl Line {
    pub(crate) fn to(room: &Room) -> Self {
        Self::at(room.root.trim_start_matches("http://"))
    }

    pub(crate) fn at(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(PATIENCE).unwrap();
        Self { stream }
    }
}

impl Line<UnixStream> {
    pub(crate) fn into_socket(file: &Path) -> Self {
        let stream = UnixStream::connect(file).unwrap();
        stream.set_read_timeout(PATIENCE).unwrap();
        Self { stream }
    }
}

impl<S: Read + Write> Line<S> {
    pub(crate) fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).unwrap();
    }

    pub(crate) fn asks(&mut self, target: &str) {
        self.send(&format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    /// The next answer; of one to HEAD, only the head.
    pub(crate) fn answer(&mut self, only_head: bool) -> Spoken {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; if only_head { 0 } else { length }];
        self.stream.read_exact(&mut body).unwrap();
        Spoken { head, body }
    }

    /// Whether the other side has hung up.
    pub(crate) fn has_ended(mut self) -> bool {
        matches!(self.stream.read(&mut [0]), Ok(0))
    }
}

impl Spoken {
    pub(crate) fn status(&self) -> &str {
        self.head.split_ascii_whitespace().nth(1).unwrap()
    }

    /// The value of the header of this name, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut values = lines.filter_map(|(known, value)| (known == name).then_some(value));
        values.next().unwrap_or_default()
    }
}
