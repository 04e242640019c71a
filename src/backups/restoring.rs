//! Puts a copy in the room's place: checked before anything changes, and what was there is kept.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use tempfile::NamedTempFile;

use super::{BEGINS, BackupError, UNFINISHED, file_failed, folder_of, keep_name};
use crate::clock::Instant;
use crate::storage::StorageError;
use crate::storage::whole_file::{self, Held};

/// What came of it.
#[derive(Debug)]
pub struct Restored {
    /// Where the room that was there before is kept, if there was one.
    pub kept: Option<PathBuf>,
}

/// Puts a copy of this backup in the room's place.
///
/// What was ended since the backup must not come back with it: nobody is signed in afterwards, and
/// mails that were due wait for somebody to say that they are to be sent.
pub fn restore(room: &Path, backup: &Path, now: Instant) -> Result<Restored, BackupError> {
    let unfit = |cause| BackupError::BadBackup {
        file: backup.to_owned(),
        cause,
    };
    if is_the_same(room, backup) {
        return Err(BackupError::Itself(backup.to_owned()));
    }
    fs::metadata(backup).map_err(file_failed(backup))?;
    whole_file::looks_whole(backup).map_err(unfit)?;
    whole_file::stands_alone(backup).map_err(unfit)?;
    let new = copied(backup, room)?;
    whole_file::examine(new.path()).map_err(unfit)?;
    whole_file::revive(new.path(), now).map_err(|error| unfit(error.into()))?;
    new.as_file().sync_all().map_err(file_failed(room))?;
    let held = held(room)?;
    let kept = put_in_place(new, room, now).map_err(file_failed(room))?;
    drop(held);
    Ok(Restored { kept })
}

fn is_the_same(room: &Path, backup: &Path) -> bool {
    match (fs::canonicalize(room), fs::canonicalize(backup)) {
        (Ok(room), Ok(backup)) => room == backup,
        _ => false,
    }
}

/// A copy beside the room, which vanishes unless it takes the room's place.
fn copied(backup: &Path, room: &Path) -> Result<NamedTempFile, BackupError> {
    let mut new = tempfile::Builder::new()
        .prefix(BEGINS)
        .suffix(UNFINISHED)
        .tempfile_in(folder_of(room))
        .map_err(file_failed(room))?;
    let mut bytes = fs::File::open(backup).map_err(file_failed(backup))?;
    io::copy(&mut bytes, new.as_file_mut()).map_err(file_failed(room))?;
    Ok(new)
}

/// Nothing where there is no room, or one that no process can open.
fn held(room: &Path) -> Result<Option<Held>, BackupError> {
    if !room.exists() {
        return Ok(None);
    }
    match whole_file::hold(room) {
        Ok(held) => Ok(held),
        Err(StorageError::Busy) => Err(BackupError::InUse(room.to_owned())),
        Err(cause) => Err(BackupError::Room {
            file: room.to_owned(),
            cause: cause.into(),
        }),
    }
}

/// The present room gets a second name before the new one takes the first, so that there is a room
/// under its name at every instant.
fn put_in_place(new: NamedTempFile, room: &Path, now: Instant) -> io::Result<Option<PathBuf>> {
    let aside = aside(room, now);
    let is_there = room.exists();
    if is_there {
        fs::hard_link(room, &aside)?;
    }
    for end in ["-wal", "-shm"] {
        move_along(room, &aside, end)?;
    }
    give_to_owner(new.path(), room)?;
    new.persist(room).map_err(|failed| failed.error)?;
    keep_name(room)?;
    Ok(is_there.then_some(aside))
}

/// Whoever ran the program on the room of before must be able to open the new one, also when root
/// puts it there; where there was none, whoever has the folder.
fn give_to_owner(new: &Path, room: &Path) -> io::Result<()> {
    let owner = fs::metadata(room).or_else(|_none| fs::metadata(folder_of(room)))?;
    match chown(new, Some(owner.uid()), Some(owner.gid())) {
        // Only root gives files away; anybody else keeps their own.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        given => given,
    }
}

/// A log that stayed behind belongs to the file that is put aside, or that somebody moved away, and
/// would spoil the new one.
fn move_along(room: &Path, aside: &Path, end: &str) -> io::Result<()> {
    let name = |file: &Path| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    match fs::rename(name(room), name(aside)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) | Ok(()) => Ok(()),
    }
}

/// `room.db` is kept as `room.before-20261130T013748.000Z.db`.
fn aside(room: &Path, now: Instant) -> PathBuf {
    let when = now.timestamp().to_zoned(TimeZone::UTC);
    let mut name = room.file_stem().unwrap_or_default().to_owned();
    name.push(when.strftime(".before-%Y%m%dT%H%M%S%.3fZ").to_string());
    if let Some(end) = room.extension() {
        name.push(".");
        name.push(end);
    }
    room.with_file_name(name)
}
