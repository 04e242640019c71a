//! `dateline backup` and `dateline restore`: the whole room as one file, and back.

use std::path::{Path, PathBuf};
use std::time::Instant as Stopwatch;

use clap::Args;

use super::{CommandError, say};
use crate::backups;
use crate::clock::Clock;
use crate::storage::backups::{self as noted, Backup as Made};
use crate::storage::whole_file::{self, Version};
use crate::storage::{self, StorageError};

#[derive(Args)]
pub(super) struct Backup {
    /// The new file; one that is there already is never overwritten.
    file: PathBuf,
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
}

#[derive(Args)]
pub(super) struct Restore {
    /// The backup; it stays as it is.
    file: PathBuf,
    /// The file that holds the room; what it holds now is kept beside it under another name.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
}

pub(super) fn take(backup: &Backup) -> Result<(), CommandError> {
    let began = Stopwatch::now();
    let bytes = backups::take(&backup.database, &backup.file)?;
    let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    remember(&backup.database, bytes, took)?;
    say(&format!(
        "The room is saved in {}: {bytes} bytes, read back and found whole.",
        backup.file.display()
    ))
}

/// Staff see when the room was last saved, however that was done. A room of an older version has no
/// place for it, and is not changed by being saved.
fn remember(room: &Path, bytes: u64, took_millis: u64) -> Result<(), CommandError> {
    if !matches!(whole_file::version(room), Ok(Version::Present)) {
        return Ok(());
    }
    let made = Made {
        at: Clock::machine().now(),
        bytes,
        took_millis,
    };
    let noted: Result<(), StorageError> = storage::open(room, None)
        .and_then(|(store, _read)| store.jot_here(|tx| noted::made(tx, &made)));
    if noted.is_err() {
        say("The room itself could not note that it was saved: it takes no changes just now.")?;
    }
    Ok(())
}

pub(super) fn restore(restore: &Restore) -> Result<(), CommandError> {
    let now = Clock::machine().now();
    let restored = backups::restore(&restore.database, &restore.file, now)?;
    say(&format!(
        "The room in {} is as it was in {}.",
        restore.database.display(),
        restore.file.display()
    ))?;
    if let Some(kept) = restored.kept {
        say(&format!(
            "What was there before is kept in {}.",
            kept.display()
        ))?;
    }
    say(
        "Everybody signs in again. Passes, links and accounts that were ended since the backup stand again: look through them.",
    )
}
