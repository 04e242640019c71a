//! A room of one's own: a new database, a port, a clock that stands still, and four people.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use dateline::accounts::{Editor, Password, PasswordHash, Person, Roles};
use dateline::admin::set_up::SetUpToken;
use dateline::app::{self, Outside};
use dateline::clock::{Clock, Instant};
use dateline::desk::people;
use dateline::keys::{new_key, new_uid};
use dateline::media::Waiting;
use dateline::newsroom::SecondPair;
use dateline::newsroom::room::{Contact, ContactKey, ReadersSee, Room as RoomWords, RoomLine};
use dateline::newsroom::room_pages::{FooterLinks, PerPage};
use dateline::operation::Operation;
use dateline::storage::people::NewPerson;
use dateline::storage::{self, ReadStore, StorageError, Store, Watch};
use dateline::web::cache::Cdn;
use dateline::web::doors::{Door, Limits, Tls, TrustedProxies};
use dateline::zone::Zone;

use super::browser::Browser;
use super::page::Page;

const OPENS_AT: &str = "2018-11-26T12:00:00Z";
const PASSWORD: &str = "correct horse, battery";
/// Hashing costs what it must; everybody shares one hash.
static HASH: LazyLock<PasswordHash> = LazyLock::new(|| Password::attempt(PASSWORD).hash().unwrap());

pub(crate) struct Room {
    pub(crate) store: Store,
    pub(crate) read: ReadStore,
    pub(crate) clock: RoomClock,
    /// Without a slash at the end.
    pub(crate) root: String,
    /// What the room takes for its address.
    pub(crate) address: String,
    pub(super) staff: Staff,
    statements: Arc<AtomicUsize>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    folder: PathBuf,
}

/// What is not as in every room.
#[derive(Default)]
struct Opening {
    sends_mail: bool,
    outside: Outside,
    tls: Option<Tls>,
    /// The name of its address, where it has one.
    name: Option<&'static str>,
}

/// Everybody who can sign in.
pub(super) struct Staff {
    pub(super) author: Person,
    pub(super) editor: Person,
    pub(super) second: Person,
    pub(super) admin: Person,
}

/// The room's clock, set by hand.
pub(crate) struct RoomClock(Clock);

impl RoomClock {
    pub(crate) fn set(&self, instant: &str) {
        self.0.set(at(instant));
    }

    pub(crate) fn set_millis(&self, millis: i64) {
        self.0.set(Instant::from_millis(millis));
    }

    pub(crate) fn now(&self) -> Instant {
        self.0.now()
    }

    pub(crate) fn pass(&self, millis: i64) {
        self.0.set(self.now().plus_millis(millis));
    }
}

/// An instant as `2018-11-26T12:00:00.000Z`.
pub(crate) fn at(instant: &str) -> Instant {
    Instant::parse(instant).unwrap()
}

impl Drop for Room {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            // A server that broke has failed the test already.
            let _broken = thread.join();
        }
        // A folder that stays behind among the machine's temporary ones fails no test.
        let _stays = std::fs::remove_dir_all(&self.folder);
    }
}

impl Room {
    /// Opens the room in London, with two languages, one press contact and four people.
    #[expect(
        clippy::unused_async,
        reason = "a test says what it waits for, and starts here"
    )]
    pub(crate) async fn open() -> Self {
        Self::open_as(Opening::default())
    }

    /// The same for a server that lets in no more than that, and believes these proxies.
    pub(crate) fn open_within(limits: Limits, proxies: TrustedProxies) -> Self {
        Self::open_as(Opening {
            outside: Outside {
                limits,
                proxies,
                ..Outside::default()
            },
            ..Opening::default()
        })
    }

    /// The same at an https address.
    pub(crate) fn open_with_tls(tls: Tls, limits: Limits) -> Self {
        Self::open_as(Opening {
            outside: Outside {
                limits,
                hsts: 600,
                ..Outside::default()
            },
            tls: Some(tls),
            ..Opening::default()
        })
    }

    /// The same behind caches that are told this.
    pub(crate) fn open_behind(cdn: Cdn) -> Self {
        Self::open_as(Opening {
            outside: Outside {
                cdn,
                ..Outside::default()
            },
            ..Opening::default()
        })
    }

    /// The same at an address with a name, which passkeys need.
    #[expect(clippy::unused_async, reason = "opened as the other one is")]
    pub(crate) async fn open_at_a_name() -> Self {
        Self::open_as(Opening {
            name: Some("localhost"),
            ..Opening::default()
        })
    }

    /// The same with a mail server to give mails to; which one, the test says.
    #[expect(clippy::unused_async, reason = "opened as the other one is")]
    pub(crate) async fn open_with_mail() -> Self {
        Self::open_as(Opening {
            sends_mail: true,
            ..Opening::default()
        })
    }

    fn open_as(opening: Opening) -> Self {
        let folder = std::env::temp_dir().join(format!("dateline-{}", new_key()));
        std::fs::create_dir(&folder).unwrap();
        let now = at(OPENS_AT);
        let statements = Arc::<AtomicUsize>::default();
        let ear = statements.clone();
        let watch: Watch = Arc::new(move |_statement| {
            ear.fetch_add(1, Ordering::SeqCst);
        });
        let (store, read, staff) = furnish(&folder, now, watch);
        let clock = Clock::standing_at(now);
        let (root, door) = door(opening.tls);
        let named = |name| root.replace("127.0.0.1", name);
        let address = opening.name.map_or_else(|| root.clone(), named);
        let program = app::Room {
            store: store.clone(),
            read: read.clone(),
            clock: clock.clone(),
            address: address.clone(),
            key: Key::generate(),
            set_up: SetUpToken::closed(),
            workers: 1,
            sends_mail: opening.sends_mail,
            outside: opening.outside,
            operation: Operation::default(),
            program: PathBuf::from(env!("CARGO_BIN_EXE_dateline")),
            waiting: Waiting::default(),
        };
        let (server, thread) = serve(program, door);
        Self {
            store,
            read,
            clock: RoomClock(clock),
            root,
            address,
            staff,
            statements,
            server,
            thread: Some(thread),
            folder,
        }
    }

    /// The database itself, for what a test does behind the program's back.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("room.db")
    }

    /// How many statements the database was asked so far.
    pub(crate) fn statements(&self) -> usize {
        self.statements.load(Ordering::SeqCst)
    }

    /// A stranger's browser.
    pub(crate) fn visitor(&self) -> Browser {
        Browser::new(&self.root)
    }

    /// What a stranger gets at this address; a redirect is an answer.
    pub(crate) async fn get(&self, address: &str) -> Page {
        self.visitor().get(address).await
    }

    /// A page that a stranger can read.
    pub(crate) async fn page(&self, address: &str) -> Page {
        let page = self.get(address).await;
        assert_eq!(page.status, 200, "{address}");
        page
    }

    pub(crate) async fn author(&self) -> Browser {
        self.signed_in(&self.staff.author).await
    }

    pub(crate) async fn editor(&self) -> Browser {
        self.signed_in(&self.staff.editor).await
    }

    pub(crate) async fn second_editor(&self) -> Browser {
        self.signed_in(&self.staff.second).await
    }

    pub(crate) async fn admin(&self) -> Browser {
        self.signed_in(&self.staff.admin).await
    }

    /// Proof of the right to publish, for what a test does past the pages.
    pub(crate) fn right(&self) -> Editor {
        self.staff.editor.editor().unwrap()
    }

    async fn signed_in(&self, person: &Person) -> Browser {
        let browser = self.visitor();
        let desk = browser
            .open("/admin/sign-in")
            .await
            .fill("Mail address", person.email.as_str())
            .fill("Password", PASSWORD)
            .press("Sign in")
            .await;
        assert_eq!((desk.status, desk.address.as_str()), (200, "/admin"));
        drop(desk);
        browser
    }
}

/// A free port, and the address at which the room answers there.
fn door(tls: Option<Tls>) -> (String, Door) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    match tls {
        Some(tls) => (format!("https://{here}"), Door::Tls(listener, tls)),
        None => (format!("http://{here}"), Door::Tcp(listener)),
    }
}

fn furnish(folder: &Path, now: Instant, watch: Watch) -> (Store, ReadStore, Staff) {
    let (store, read) = storage::open(&folder.join("room.db"), Some(watch)).unwrap();
    let staff = store.write_here(|tx| {
        storage::room::save(tx, &words(), now)?;
        let mut person = |name: &str, roles| {
            let new = NewPerson {
                name: name.parse().unwrap(),
                email: format!("{}@quay.example", name.to_lowercase())
                    .parse()
                    .unwrap(),
                hash: Some(HASH.clone()),
                roles,
            };
            Ok::<_, StorageError>(Person {
                id: people::add(tx, &new, now)?,
                name: new.name,
                email: new.email,
                roles,
                era: 0,
            })
        };
        Ok::<_, StorageError>(Staff {
            author: person("Anna", Roles::AUTHOR)?,
            editor: person("Eva", Roles::EDITOR)?,
            second: person("Edo", Roles::EDITOR)?,
            admin: person("Ada", Roles::ADMIN)?,
        })
    });
    (store, read, staff.unwrap())
}

fn words() -> RoomWords {
    RoomWords {
        uid: new_uid(),
        name: "Open Quay".parse().unwrap(),
        mission: "We keep every harbour *open*.".parse().unwrap(),
        introduction: "News, reports and victories from the quays."
            .parse()
            .unwrap(),
        logo: None,
        icon: None,
        accent: "#ffe600".parse().unwrap(),
        zone: Zone::named("Europe/London").unwrap(),
        further_zones: "Africa/Nairobi".parse().unwrap(),
        second_pair: SecondPair::default(),
        readers_see: ReadersSee::default(),
        languages: vec!["en".parse().unwrap(), "ar".parse().unwrap()],
        contacts: vec![Contact {
            key: ContactKey::new("desk"),
            name: "Mara Lind".to_owned(),
            role: "Press desk".to_owned(),
            languages: "English, Arabic".to_owned(),
            phone: "+44 20 7946 0142".to_owned(),
            after_hours: String::new(),
            mail: "press@quay.example".to_owned(),
        }],
        boilerplate: BTreeMap::from([(
            "en".to_owned(),
            "Open Quay works in *nine* harbours.".to_owned(),
        )]),
        notice: RoomLine::default(),
        per_page: PerPage::default(),
        footer_links: FooterLinks::default(),
        pages: Vec::new(),
    }
}

fn serve(program: app::Room, door: Door) -> (ServerHandle, JoinHandle<()>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = program.serve(vec![door]).unwrap();
            sender.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    (receiver.recv().unwrap(), thread)
}
