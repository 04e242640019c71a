//! Copies of the whole room: taking one while people write, putting one back.

mod restoring;
mod schedule;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub use self::restoring::{Restored, restore};
pub use self::schedule::{AtWork, Keeper, Schedule};
use crate::storage::whole_file::{self, Unfit};

/// What a copy is called until it is whole.
const BEGINS: &str = ".dateline-";
const UNFINISHED: &str = ".unfinished";

/// Why a copy could not be taken or put back; nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} is there already. Name a file that is not there yet.")]
    AlreadyThere(PathBuf),
    #[error("There is no room in {0}. Name its file with --database.")]
    NoRoom(PathBuf),
    #[error("{file} cannot be copied: {cause}.")]
    Room { file: PathBuf, cause: Unfit },
    #[error("The copy was not whole and is gone: {0}. Check the room with `dateline check`.")]
    BadCopy(Unfit),
    #[error("{file} cannot be restored: {cause}. Nothing was changed.")]
    BadBackup { file: PathBuf, cause: Unfit },
    #[error("{0} is the room itself. Name a backup of it.")]
    Itself(PathBuf),
    #[error("The room in {0} is in use. Stop the program, then restore. Nothing was changed.")]
    InUse(PathBuf),
    #[error("The file {file} cannot be used: {cause}")]
    File { file: PathBuf, cause: io::Error },
}

fn file_failed(file: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let file = file.to_owned();
    move |cause| BackupError::File { file, cause }
}

/// Copies the room into a new file, which holds all of it as it was at one instant; its length in
/// bytes. It is written under another name, read from end to end, and only then has its own, so a
/// file of that name is always a whole room.
pub fn take(room: &Path, into: &Path) -> Result<u64, BackupError> {
    if fs::symlink_metadata(into).is_ok() {
        return Err(BackupError::AlreadyThere(into.to_owned()));
    }
    if !room.exists() {
        return Err(BackupError::NoRoom(room.to_owned()));
    }
    let new = tempfile::Builder::new()
        .prefix(BEGINS)
        .suffix(UNFINISHED)
        .tempfile_in(folder_of(into))
        .map_err(file_failed(into))?;
    whole_file::copy(room, new.path()).map_err(|cause| BackupError::Room {
        file: room.to_owned(),
        cause,
    })?;
    whole_file::examine(new.path()).map_err(BackupError::BadCopy)?;
    new.as_file().sync_all().map_err(file_failed(into))?;
    let written = new.persist_noclobber(into).map_err(|failed| {
        if failed.error.kind() == io::ErrorKind::AlreadyExists {
            BackupError::AlreadyThere(into.to_owned())
        } else {
            file_failed(into)(failed.error)
        }
    })?;
    keep_name(into).map_err(file_failed(into))?;
    Ok(written.metadata().map_err(file_failed(into))?.len())
}

/// The folder that a file stands in, or will.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// A new name survives a power cut once its folder is written.
fn keep_name(file: &Path) -> io::Result<()> {
    File::open(folder_of(file))?.sync_all()
}
