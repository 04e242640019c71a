//! What the room's file and its disk say now.

use std::path::Path;

use crate::clock::Instant;
use crate::storage::facts::{Facts, facts};
use crate::storage::{ReadStore, StorageError};

/// What was read, and when.
#[derive(Clone, Debug)]
pub struct Reading {
    pub facts: Facts,
    /// Free bytes on the room's disk, and all of them; nothing where the system does not tell.
    pub disk: Option<(u64, u64)>,
    /// The log beside the file, in bytes.
    pub log_bytes: u64,
    pub at: Instant,
}

/// Reads the file's facts and asks the disk, off the async threads.
pub async fn read(store: &ReadStore, now: Instant) -> Result<Reading, StorageError> {
    store
        .read(move |tx| {
            let facts = facts(tx, now)?;
            Ok(Reading {
                disk: disk(&facts.file),
                log_bytes: log_bytes(&facts.file),
                facts,
                at: now,
            })
        })
        .await
}

fn disk(file: &Path) -> Option<(u64, u64)> {
    let disk = rustix::fs::statvfs(file).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(disk.f_frsize);
    Some((bytes(disk.f_bavail), bytes(disk.f_blocks)))
}

fn log_bytes(file: &Path) -> u64 {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).map_or(0, |log| log.len())
}
