//! `dateline backup` and `dateline restore`: the whole room as one file, and back.

use std::path::PathBuf;

use clap::Args;

use super::{CommandError, say};
use crate::backups;
use crate::clock::Clock;

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
    let bytes = backups::take(&backup.database, &backup.file)?;
    say(&format!(
        "The room is saved in {}: {bytes} bytes, read back and found whole.",
        backup.file.display()
    ))
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
