//! Copies the room again and again while the program runs, and keeps the newest copies.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant as Stopwatch};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{BEGINS, BackupError, UNFINISHED, take};
use crate::clock::{Clock, Instant};
use crate::storage::backups::{self, Backup};
use crate::storage::{StorageError, Store};

/// What a copy is called, with the instant in UTC: nothing else in the folder is ever deleted.
const NAME: &str = "dateline-%Y%m%dT%H%M%SZ.db";
const LOOKS_EVERY: Duration = Duration::from_secs(30);
/// What failed is tried again soon, because the disk may have room again.
const TRIES_AGAIN_AFTER_MILLIS: i64 = 10 * 60 * 1000;

/// Where copies go, how often, and how many are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub folder: PathBuf,
    pub every: Duration,
    pub keep: usize,
}

/// Makes the copies of a room that a schedule asks for.
pub struct Keeper {
    pub room: PathBuf,
    pub store: Store,
    pub clock: Clock,
    pub schedule: Schedule,
}

impl Keeper {
    /// Makes a copy if one is due, and deletes those that are too many; whether one was made.
    ///
    /// When the next one is due follows from the copies themselves, so a program that is started
    /// anew each hour still makes one a day.
    pub fn round(&self) -> Result<bool, BackupError> {
        let now = self.clock.now();
        let every = i64::try_from(self.schedule.every.as_millis()).unwrap_or(i64::MAX);
        let newest = self.copies_until(now)?.pop();
        if newest.is_some_and(|(at, _)| at.plus_millis(every) > now) {
            return Ok(false);
        }
        self.tidy()?;
        let made = self.copy(now);
        self.remember(now, &made);
        made?;
        self.delete_old(now)?;
        Ok(true)
    }

    fn copy(&self, now: Instant) -> Result<Backup, BackupError> {
        let folder = &self.schedule.folder;
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(super::file_failed(folder))?;
        let began = Stopwatch::now();
        let bytes = take(&self.room, &folder.join(name(now)))?;
        Ok(Backup {
            at: now,
            bytes,
            took_millis: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// A disk that is too full for the copy may be too full for this, too; the log has it then.
    fn remember(&self, now: Instant, made: &Result<Backup, BackupError>) {
        let noted: Result<(), StorageError> = self.store.jot_here(|tx| match made {
            Ok(backup) => backups::made(tx, backup),
            Err(problem) => backups::failed(tx, now, &problem.to_string()),
        });
        if let Err(cause) = noted {
            tracing::warn!(%cause, "what came of the backup could not be noted in the room");
        }
    }

    /// A process that was killed in the middle of a copy leaves a part of it; what was written to
    /// within the hour may be one that somebody makes by hand.
    fn tidy(&self) -> Result<(), BackupError> {
        for file in files(&self.schedule.folder)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let is_part = name.starts_with(BEGINS) && name.ends_with(UNFINISHED);
            if is_part && !is_being_written(&file) {
                fs::remove_file(&file).map_err(super::file_failed(&file))?;
            }
        }
        Ok(())
    }

    /// Those that a clock gone wrong dated into the future say nothing of what is due or too many.
    fn copies_until(&self, now: Instant) -> Result<Vec<(Instant, PathBuf)>, BackupError> {
        let mut copies = copies(&self.schedule.folder)?;
        copies.retain(|(at, _)| *at <= now);
        Ok(copies)
    }

    fn delete_old(&self, now: Instant) -> Result<(), BackupError> {
        let copies = self.copies_until(now)?;
        let too_many = copies.len().saturating_sub(self.schedule.keep.max(1));
        for (_, old) in copies.into_iter().take(too_many) {
            fs::remove_file(&old).map_err(super::file_failed(&old))?;
        }
        Ok(())
    }

    fn run(self, stop: &Receiver<()>) {
        let mut not_before = self.clock.now();
        loop {
            if self.clock.now() >= not_before {
                match self.round() {
                    Ok(true) => tracing::info!("a backup was made"),
                    Ok(false) => {}
                    Err(cause) => {
                        not_before = self.clock.now().plus_millis(TRIES_AGAIN_AFTER_MILLIS);
                        tracing::error!(%cause, "no backup could be made");
                    }
                }
            }
            match stop.recv_timeout(LOOKS_EVERY) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

fn is_being_written(file: &Path) -> bool {
    const UNTOUCHED_FOR: Duration = Duration::from_hours(1);
    let changed = fs::metadata(file).and_then(|about| about.modified());
    let untouched = changed.ok().and_then(|at| at.elapsed().ok());
    untouched.is_none_or(|untouched| untouched < UNTOUCHED_FOR)
}

fn name(at: Instant) -> String {
    let when = at.timestamp().to_zoned(TimeZone::UTC);
    when.strftime(NAME).to_string()
}

/// The instant that a copy's name tells, if it is the name of one.
fn instant_of(file: &Path) -> Option<Instant> {
    let name = file.file_name()?.to_str()?;
    let when = DateTime::strptime(NAME, name).ok()?;
    let when = when.to_zoned(TimeZone::UTC).ok()?;
    Some(Instant::from_timestamp(when.timestamp()))
}

/// The copies in this folder, the oldest first.
fn copies(folder: &Path) -> Result<Vec<(Instant, PathBuf)>, BackupError> {
    let mut copies: Vec<_> = files(folder)?
        .into_iter()
        .filter_map(|file| Some((instant_of(&file)?, file)))
        .collect();
    copies.sort();
    Ok(copies)
}

/// Nothing where there is no folder yet.
fn files(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(super::file_failed(folder)(error)),
    };
    entries
        .map(|entry| {
            let entry = entry.map_err(super::file_failed(folder))?;
            Ok(entry.path())
        })
        .collect()
}

/// A keeper at work on a thread of its own.
pub struct AtWork {
    stop: Sender<()>,
}

impl AtWork {
    pub fn start(keeper: Keeper) -> io::Result<Self> {
        let (stop, stopped) = channel();
        std::thread::Builder::new()
            .name("backups".to_owned())
            .spawn(move || keeper.run(&stopped))?;
        Ok(Self { stop })
    }

    /// Nobody waits for a copy that is being made: it has another name until it is whole.
    pub fn stop(self) {
        // It may have ended by itself.
        let _heard = self.stop.send(());
    }
}
