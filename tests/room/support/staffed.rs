//! A room with one person of each role, signed in over HTTP, and one item in every state.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::LazyLock;

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use dateline::accounts::{Editor, Password, PasswordHash, Person, PersonId, Roles};
use dateline::admin::set_up::{SetUpToken, blank_room};
use dateline::app;
use dateline::clock::{Clock, Instant};
use dateline::desk::publishing::{self as moves, Aim, desk};
use dateline::desk::{Done, people, writing};
use dateline::keys::{new_key, new_uid};
use dateline::media::image::Words;
use dateline::media::intake::take_in;
use dateline::media::{AltText, ImageId, Waiting};
use dateline::newsroom::publishing::{Said, Shown};
use dateline::newsroom::schedule::Typed;
use dateline::newsroom::slug::Slug;
use dateline::newsroom::words::{Body, Dateline, Notes};
use dateline::newsroom::{ItemId, KindId, SecondPair, Wording};
use dateline::operation::Operation;
use dateline::storage::images::{self, NewImage};
use dateline::storage::people::NewPerson;
use dateline::storage::{self, ReadStore, Store};
use dateline::web::doors::Door;
use reqwest::{Client, Response, redirect};

const PASSWORD: &str = "one password for all";
static HASH: LazyLock<PasswordHash> = LazyLock::new(|| Password::attempt(PASSWORD).hash().unwrap());

pub(crate) const NOW: &str = "2018-11-26T12:00:00Z";

pub(crate) struct Staffed {
    pub(crate) root: String,
    pub(crate) store: Store,
    pub(crate) read: ReadStore,
    pub(crate) now: Instant,
    pub(crate) clock: Clock,
    server: ServerHandle,
    folder: PathBuf,
}

impl Drop for Staffed {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        // A folder that stays behind in the machine's temporary ones fails no test.
        let _removed = std::fs::remove_dir_all(&self.folder);
    }
}

type Saved = Result<(), storage::StorageError>;

fn program((store, read): (&Store, &ReadStore), clock: &Clock, here: &str) -> app::Room {
    app::Room {
        store: store.clone(),
        read: read.clone(),
        clock: clock.clone(),
        address: here.to_owned(),
        key: Key::generate(),
        set_up: SetUpToken::closed(),
        workers: 1,
        sends_mail: false,
        outside: app::Outside::default(),
        operation: Operation::default(),
        program: PathBuf::from(env!("CARGO_BIN_EXE_dateline")),
        waiting: Waiting::default(),
    }
}

/// A standing room on a port of its own, in which nobody has written yet.
pub(crate) fn open() -> Staffed {
    let folder = std::env::temp_dir().join(format!("dateline-{}", new_key()));
    std::fs::create_dir(&folder).unwrap();
    let (store, read) = storage::open(&folder.join("room.db"), None).unwrap();
    let now = Instant::parse(NOW).unwrap();
    let room = blank_room(new_uid(), "Quay".parse().unwrap());
    let saved: Saved = store.write_here(|tx| storage::room::save(tx, &room, now));
    saved.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let clock = Clock::standing_at(now);
    let app = program((&store, &read), &clock, &here);
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = app.serve(vec![Door::Tcp(listener)]).unwrap();
            sender.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    Staffed {
        root: here,
        store,
        read,
        now,
        clock,
        server: receiver.recv().unwrap(),
        folder,
    }
}

impl Staffed {
    pub(crate) fn person(&self, name: &str, roles: Roles) -> Person {
        let new = NewPerson {
            name: name.parse().unwrap(),
            email: format!("{name}@example.org").parse().unwrap(),
            hash: Some(HASH.clone()),
            roles,
        };
        let id: PersonId = self
            .store
            .write_here(|tx| people::add(tx, &new, self.now))
            .unwrap();
        Person {
            id,
            name: new.name,
            email: new.email,
            roles,
            era: 0,
        }
    }

    /// A browser that nobody is signed in with.
    #[expect(
        clippy::unused_self,
        reason = "tests read it as somebody before this room"
    )]
    pub(crate) fn stranger(&self) -> Client {
        Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none())
            .build()
            .unwrap()
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Client {
        let client = self.stranger();
        let mail = format!("{name}@example.org");
        let sent = self
            .send(
                &client,
                "/admin/sign-in",
                &[("mail", &mail), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(sent.status(), 303);
        client
    }

    pub(crate) async fn get(&self, client: &Client, path: &str) -> Response {
        client
            .get(format!("{}{path}", self.root))
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn send(
        &self,
        client: &Client,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Response {
        client
            .post(format!("{}{path}", self.root))
            .header("origin", &self.root)
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    /// A draft by this person, ready to go out.
    pub(crate) fn draft(&self, title: &str, by: &Person) -> ItemId {
        self.start(wording(title), by)
    }

    pub(crate) fn start(&self, wording: Wording, by: &Person) -> ItemId {
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: self.clock.now(),
        };
        let started = self
            .store
            .write_here(|tx| writing::start(tx, &new_uid(), wording, &sent, by.writer().unwrap()))
            .unwrap();
        match started {
            Done::Now(item) => item,
            Done::Before(answer) => panic!("started before: {answer}"),
        }
    }

    pub(crate) fn publish(&self, item: ItemId, editor: Editor) {
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: self.clock.now(),
        };
        self.store
            .write_here(|tx| {
                let aim = aim(&desk(tx, item)?.unwrap());
                moves::now(tx, aim, Said::default(), &sent, editor)
            })
            .unwrap();
    }

    /// Sets the room's rule of the second pair of eyes.
    pub(crate) fn require_second_pair(&self, required: bool) {
        let changed = self.store.write_here(|tx| {
            let mut words = storage::room::frame(tx)?.unwrap().room;
            words.second_pair = if required {
                SecondPair::Required
            } else {
                SecondPair::Advised
            };
            storage::room::save(tx, &words, self.now)
        });
        let _changed: () = changed.map_err(|e: storage::StorageError| e).unwrap();
    }

    /// One step through the desk, with a form of its own.
    pub(crate) fn step<T>(
        &self,
        step: impl FnOnce(
            &mut storage::WriteTx<'_>,
            &writing::Sent<'_>,
        ) -> Result<T, dateline::desk::Failure>,
    ) -> T {
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: self.clock.now(),
        };
        self.store.write_here(|tx| step(tx, &sent)).unwrap()
    }

    /// A newer revision of an item, as a draft.
    pub(crate) fn save(&self, item: ItemId, wording: Wording, by: &Person) {
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: self.clock.now(),
        };
        self.store
            .write_here(|tx| {
                let shown = desk(tx, item)?.unwrap().head.id;
                writing::save(tx, (item, shown), wording, &sent, by.writer().unwrap())
            })
            .unwrap();
    }

    /// A small photo in the library whose every word is this one.
    pub(crate) fn image(&self, word: &str, by: &Person) -> (ImageId, String) {
        let pixels = image::RgbImage::from_fn(640, 400, |x, y| {
            image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90])
        });
        let mut bytes = Vec::new();
        pixels
            .write_to(
                &mut std::io::Cursor::new(&mut bytes),
                image::ImageFormat::Png,
            )
            .unwrap();
        let taken = take_in(&bytes).unwrap();
        let hash = taken.hash.as_str().to_owned();
        let words = Words {
            alt_text: AltText::written(word).unwrap(),
            caption: word.parse().unwrap(),
            credit: word.parse().unwrap(),
            terms: word.parse().unwrap(),
            taken_on: None,
            licence: dateline::media::Licence::default(),
        };
        let id = self
            .store
            .write_here(|tx| {
                let new = NewImage {
                    taken: &taken,
                    original: &bytes,
                    file_name: word,
                    by: by.id,
                    now: self.clock.now(),
                };
                let id = images::add(tx, &new)?;
                images::describe(tx, id, &words)?;
                Ok::<_, storage::StorageError>(id)
            })
            .unwrap();
        (id, hash)
    }

    pub(crate) fn schedule(&self, item: ItemId, editor: Editor) {
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: self.clock.now(),
        };
        let at = Typed {
            instant: self.clock.now().plus_millis(60_000),
            zone: "UTC".to_owned(),
            wall: "2018-11-26 12:01".to_owned(),
        };
        self.store
            .write_here(|tx| {
                let aim = aim(&desk(tx, item)?.unwrap());
                moves::later(tx, aim, (Said::default(), at), &sent, editor)
            })
            .unwrap();
    }

    pub(crate) fn withdraw(&self, item: ItemId, editor: Editor) {
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: self.clock.now(),
        };
        self.store
            .write_here(|tx| {
                let aim = aim(&desk(tx, item)?.unwrap());
                let said = ("It was wrong.".parse().unwrap(), None);
                moves::withdraw(tx, aim, said, &sent, editor)
            })
            .unwrap();
    }
}

pub(crate) fn aim(desk: &moves::Desk) -> Aim {
    let shown = Shown {
        revision: desk.head.id,
        publication: desk.lane.newest(),
        enclosed: Some(desk.enclosed.fingerprint()),
    };
    Aim {
        item: desk.item,
        shown,
    }
}

pub(crate) fn wording(title: &str) -> Wording {
    Wording {
        kind: KindId::new(1),
        language: "en".parse().unwrap(),
        title: title.parse().unwrap(),
        slug: Slug::suggest(title),
        summary: "What it is about.".parse().unwrap(),
        body: "The text.".parse::<Body>().unwrap(),
        dateline: Dateline::default(),
        notes: Notes::default(),
        topics: Vec::new(),
        places: Vec::new(),
        contacts: Vec::new(),
        translation_of: None,
        lead: None,
        files: Vec::new(),
    }
}
