//! `dateline serve`: opens the room and answers until it is told to stop.

use std::fs;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::cookie::Key;

use super::listening::{Listening, limits, listen, proxies};
use super::{CommandError, say};
use crate::admin::set_up::SetUpToken;
use crate::apart;
use crate::app::{Outside, Room};
use crate::backups::{self, Keeper, Schedule};
use crate::clock::Clock;
use crate::config::Config;
use crate::darkroom::{self, Darkroom, FirstPages};
use crate::janitor::{self, Janitor};
use crate::keys::new_key;
use crate::mailer::{AtWork, Mailer, Post};
use crate::media::Waiting;
use crate::operation::Operation;
use crate::purger::{self, Caches, Purger};
use crate::storage::{self, ReadStore, StorageError, Store, people};
use crate::telemetry;
use crate::web::cache::Cdn;
use crate::web::{assets, paths};

pub(super) fn run(config: &Config) -> Result<(), CommandError> {
    telemetry::start(config.log_format, &config.log);
    let (store, read) = open(config)?;
    let listening = listen(config)?;
    let room = room(config, listening.address, (store, read))?;
    say(&format!("readers {}/", room.address))?;
    say(&format!("staff {}{}", room.address, paths::MY_WORK))?;
    let room = offer_set_up(config, room)?;
    let caches = config.purge();
    let caches = caches.map(|(address, secret)| Caches::new(address, secret));
    let beside = Beside {
        post: post(config, &room.address)?,
        caches: caches.transpose()?,
        keeper: keeper(config, &room),
        metrics: metrics(config)?,
    };
    answer(room, listening, beside)
}

/// The store of the configuration's file.
pub(super) fn open(config: &Config) -> Result<(Store, ReadStore), CommandError> {
    if let Some(folder) = config.database.parent() {
        fs::create_dir_all(folder).map_err(|source| CommandError::File {
            file: folder.to_owned(),
            source,
        })?;
    }
    storage::open(&config.database, None).map_err(|source| CommandError::Database {
        file: config.database.clone(),
        source,
    })
}

pub(super) fn room(
    config: &Config,
    listening: Option<SocketAddr>,
    (store, read): (Store, ReadStore),
) -> Result<Room, CommandError> {
    if !assets::are_built() {
        tracing::warn!(
            "this binary was built without its style sheets and scripts; run `make assets` and build again"
        );
    }
    Ok(Room {
        store,
        read,
        clock: Clock::machine(),
        address: config.public_address(listening),
        key: key(&config.key_file())?,
        set_up: SetUpToken::closed(),
        workers: workers(config),
        sends_mail: false,
        outside: Outside {
            limits: limits(config),
            proxies: proxies(config),
            cdn: Cdn {
                keeps: Duration::from_secs(u64::from(config.cdn_seconds)),
                is_told: config.purge().is_some(),
            },
            hsts: config.hsts,
        },
        operation: Operation {
            backups: schedule(config),
            ..Operation::default()
        },
        program: apart::this_program().map_err(CommandError::Server)?,
        waiting: Waiting::default(),
    })
}

fn schedule(config: &Config) -> Option<Schedule> {
    let folder = config.backup_folder.clone()?;
    Some(Schedule {
        folder,
        every: config.backup_every,
        keep: usize::from(config.backup_keep),
    })
}

/// Whoever makes the copies that the configuration asks for.
pub(super) fn keeper(config: &Config, room: &Room) -> Option<Keeper> {
    Some(Keeper {
        room: config.database.clone(),
        store: room.store.clone(),
        clock: room.clock.clone(),
        schedule: room.operation.backups.clone()?,
    })
}

pub(super) fn metrics(config: &Config) -> Result<Option<TcpListener>, CommandError> {
    let Some(address) = config.metrics_listen else {
        return Ok(None);
    };
    let bound = TcpListener::bind(address);
    let listener = bound.map_err(|source| CommandError::Listen {
        address: address.to_string(),
        source,
    })?;
    let address = listener.local_addr().map_err(CommandError::Server)?;
    say(&format!("metrics http://{address}/metrics"))?;
    Ok(Some(listener))
}

/// One processor stays free for the database and for pictures: where all answer, they wait for each
/// other.
fn workers(config: &Config) -> usize {
    let all_but_one = || {
        let all = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        all.saturating_sub(1).max(1)
    };
    config.workers.map_or_else(all_but_one, usize::from)
}

/// While nobody has an account, prints the one address where the first one is made.
fn offer_set_up(config: &Config, mut room: Room) -> Result<Room, CommandError> {
    let empty = room
        .read
        .read_here(people::nobody_is_here)
        .map_err(|source: StorageError| CommandError::Database {
            file: config.database.clone(),
            source,
        })?;
    if empty {
        let token = format!("{}{}", new_key(), new_key());
        say(&format!(
            "set-up {}{}?token={token}",
            room.address,
            paths::SET_UP
        ))?;
        room.set_up = SetUpToken::new(token);
    }
    Ok(room)
}

/// The mail server of the configuration; without one, mails are only shown.
fn post(config: &Config, address: &str) -> Result<Option<Post>, CommandError> {
    let Some((server, sender)) = config.mail() else {
        tracing::info!("no mail server is set; admins see the mails on a page of their own");
        return Ok(None);
    };
    let name = address.split("://").last().unwrap_or_default();
    let host = name.split(':').next().filter(|host| !host.starts_with('['));
    let host = host.unwrap_or("localhost");
    Ok(Some(Post::open(server, sender, host)?))
}

/// What a process does beside answering.
pub(super) struct Beside {
    pub(super) post: Option<Post>,
    pub(super) caches: Option<Caches>,
    pub(super) keeper: Option<Keeper>,
    pub(super) metrics: Option<TcpListener>,
}

/// Serves, sends mails, tells caches, tidies up, makes copies of pictures and of the room until the process is told to stop.
pub(super) fn answer(
    mut room: Room,
    listening: Listening,
    beside: Beside,
) -> Result<(), CommandError> {
    let Listening { doors, files, .. } = listening;
    room.sends_mail = beside.post.is_some();
    let metrics = beside.metrics;
    let threads = (beside.post, beside.caches, beside.keeper);
    let threads = Threads::start(&room, threads).map_err(CommandError::Server)?;
    let served = actix_web::rt::System::new()
        .block_on(async move {
            if let Some(metrics) = metrics {
                actix_web::rt::spawn(room.serve_metrics(metrics)?);
            }
            room.serve(doors)?.await
        })
        .map_err(CommandError::Server);
    threads.stop();
    drop(files);
    served
}

/// Whoever works beside the answers, each on a thread of their own.
struct Threads {
    mailer: AtWork,
    purger: purger::AtWork,
    janitor: janitor::AtWork,
    darkroom: darkroom::AtWork,
    keeper: Option<backups::AtWork>,
}

impl Threads {
    fn start(
        room: &Room,
        (post, caches, keeper): (Option<Post>, Option<Caches>, Option<Keeper>),
    ) -> io::Result<Self> {
        let mailer = Mailer {
            store: room.store.clone(),
            read: room.read.clone(),
            clock: room.clock.clone(),
            post: post.map(Arc::new),
            address: room.address.clone(),
        };
        let purger = Purger {
            store: room.store.clone(),
            read: room.read.clone(),
            clock: room.clock.clone(),
            caches,
        };
        let janitor = Janitor {
            store: room.store.clone(),
            clock: room.clock.clone(),
        };
        let darkroom = Darkroom {
            store: room.store.clone(),
            read: room.read.clone(),
            waiting: room.waiting.clone(),
            encoder: darkroom::encoder(room.program.clone()),
        };
        let (store, read) = (room.store.clone(), room.read.clone());
        let pages = FirstPages::new(store, read, darkroom::drawer(room.program.clone()));
        Ok(Self {
            darkroom: darkroom::AtWork::start(darkroom, pages)?,
            mailer: AtWork::start(mailer)?,
            purger: purger::AtWork::start(purger)?,
            janitor: janitor::AtWork::start(janitor)?,
            keeper: keeper.map(backups::AtWork::start).transpose()?,
        })
    }

    fn stop(self) {
        if let Some(keeper) = self.keeper {
            keeper.stop();
        }
        self.mailer.stop();
        self.purger.stop();
        self.janitor.stop();
        self.darkroom.stop();
    }
}

/// The key that seals cookies: made at the first start, readable by its owner only.
fn key(file: &Path) -> Result<Key, CommandError> {
    let failed = |source| CommandError::File {
        file: file.to_owned(),
        source,
    };
    match fs::read(file) {
        Ok(bytes) => {
            Key::try_from(bytes.as_slice()).map_err(|source| failed(io::Error::other(source)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key =
                Key::try_generate().ok_or_else(|| failed(io::Error::other("no randomness")))?;
            write_whole(file, key.master()).map_err(failed)?;
            Ok(key)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Writes beside and renames, so that a power cut leaves the whole file or none.
fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = file.with_added_extension("new");
    let mut new = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    fs::rename(&beside, file)
}
