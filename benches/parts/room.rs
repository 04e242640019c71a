//! The sample room, asked within this process, and over a connection.

use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::pin::Pin;

use actix_http::Request;
use actix_web::body::to_bytes;
use actix_web::cookie::Key;
use actix_web::dev::Service;
use actix_web::rt::{System, SystemRunner};
use actix_web::test::TestRequest;
use dateline::admin::set_up::SetUpToken;
use dateline::app::{Outside, Room};
use dateline::clock::Clock;
use dateline::media::Waiting;
use dateline::operation::Operation;
use dateline::samples;
use dateline::storage::listings::{self, Filter};
use dateline::storage::{self, people};
use dateline::web::doors::Door;

/// What readers ask for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    Front,
    Item,
    Feed,
    Nothing,
}

impl Asked {
    pub(crate) const ALL: [Self; 4] = [Self::Front, Self::Item, Self::Feed, Self::Nothing];

    fn address(self, item: &str) -> String {
        match self {
            Self::Front => "/".to_owned(),
            Self::Item => format!("/news/{item}"),
            Self::Feed => "/feed.atom".to_owned(),
            Self::Nothing => "/news/nothing-here".to_owned(),
        }
    }
}

/// The room, made at the first run, and the address of its newest item.
fn sample_room() -> (Room, String) {
    let file = PathBuf::from(concat!(env!("CARGO_TARGET_TMPDIR"), "/parts.db"));
    let (store, read) = storage::open(&file, None).unwrap();
    let now = Clock::machine().now();
    if read.read_here(people::nobody_is_here).unwrap() {
        let prepared = samples::prepare().unwrap();
        store.write_here(|tx| prepared.load(tx, now, None)).unwrap();
    }
    let newest = read.read_here(|tx| listings::newest(tx, &Filter::default(), now, (0, 1)));
    let item = newest.unwrap().remove(0).slug;
    let room = Room {
        store,
        read,
        clock: Clock::machine(),
        address: "http://127.0.0.1".to_owned(),
        key: Key::generate(),
        set_up: SetUpToken::closed(),
        workers: 1,
        sends_mail: false,
        outside: Outside::default(),
        operation: Operation::default(),
        program: PathBuf::new(),
        waiting: Waiting::default(),
    };
    (room, item)
}

type Later = Pin<Box<dyn Future<Output = usize>>>;

/// The program without its memory of pages.
pub(crate) struct Program {
    system: SystemRunner,
    ask: Box<dyn Fn(Request) -> Later>,
    item: String,
}

impl Program {
    pub(crate) fn open() -> Self {
        let system = System::new();
        let (room, item) = sample_room();
        let service = std::rc::Rc::new(system.block_on(room.within()));
        let ask = move |request| -> Later {
            let service = service.clone();
            Box::pin(async move {
                let response = service.call(request).await.unwrap();
                to_bytes(response.into_body()).await.ok().unwrap().len()
            })
        };
        Self {
            system,
            ask: Box::new(ask),
            item,
        }
    }

    /// The length of the answer.
    pub(crate) fn asked(&mut self, asked: Asked) -> usize {
        let address = asked.address(&self.item);
        let request = TestRequest::with_uri(&address).to_request();
        self.system.block_on((self.ask)(request))
    }
}

/// The program as it runs, with one reader.
pub(crate) struct Answering {
    line: TcpStream,
    item: String,
    space: Vec<u8>,
}

impl Answering {
    pub(crate) fn open() -> Self {
        const LARGEST_ANSWER: usize = 1 << 20;
        let (room, item) = sample_room();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // It ends with the bench.
        std::thread::spawn(move || {
            System::new()
                .block_on(async move { room.serve(vec![Door::Tcp(listener)]).unwrap().await })
        });
        let line = TcpStream::connect(address).unwrap();
        line.set_nodelay(true).unwrap();
        Self {
            line,
            item,
            space: vec![0; LARGEST_ANSWER],
        }
    }

    /// The length of the answer, with its head.
    pub(crate) fn ask(&mut self, asked: Asked) -> usize {
        let address = asked.address(&self.item);
        let request =
            format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
        self.line.write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let read = self.line.read(self.space.get_mut(length..).unwrap());
            length += read.unwrap();
            if let Some(whole) = whole(self.space.get(..length).unwrap())
                && length >= whole
            {
                return length;
            }
        }
    }
}

/// How long the answer is that begins like this, once its head is there.
fn whole(begun: &[u8]) -> Option<usize> {
    let end = begun.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(begun.get(..end)?).ok()?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?;
    Some(end + 4 + length.parse::<usize>().ok()?)
}
