//! When the room was last copied, and why it last could not be.

use diesel::prelude::*;

use super::schema::backups;
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;

/// A copy that was made and found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    pub at: Instant,
    pub bytes: u64,
    pub took_millis: u64,
}

/// What is known of the copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub last: Option<Backup>,
    /// When and why there is none, where that is newer.
    pub problem: Option<(Instant, String)>,
}

/// So many are remembered: the page tells of the last one.
const REMEMBERED: i64 = 1_000;

pub fn made(tx: &mut WriteTx<'_>, backup: &Backup) -> Result<(), StorageError> {
    let bytes = i64::try_from(backup.bytes).unwrap_or(i64::MAX);
    let took = i64::try_from(backup.took_millis).unwrap_or(i64::MAX);
    add(tx, backup.at, (bytes, took), "")
}

pub fn failed(tx: &mut WriteTx<'_>, at: Instant, problem: &str) -> Result<(), StorageError> {
    add(tx, at, (0, 0), problem)
}

fn add(
    tx: &mut WriteTx<'_>,
    at: Instant,
    (bytes, took): (i64, i64),
    problem: &str,
) -> Result<(), StorageError> {
    let id: i64 = diesel::insert_into(backups::table)
        .values((
            backups::at.eq(at.millis()),
            backups::byte_count.eq(bytes),
            backups::took_millis.eq(took),
            backups::problem.eq(problem),
        ))
        .returning(backups::id)
        .get_result(tx.connection())?;
    diesel::delete(backups::table.filter(backups::id.le(id - REMEMBERED)))
        .execute(tx.connection())?;
    Ok(())
}

pub fn known(tx: &mut ReadTx<'_>) -> Result<Known, StorageError> {
    let last: Option<(i64, i64, i64, i64)> = backups::table
        .filter(backups::problem.eq(""))
        .order(backups::id.desc())
        .select((
            backups::id,
            backups::at,
            backups::byte_count,
            backups::took_millis,
        ))
        .first(tx.connection())
        .optional()?;
    let newer_than = last.map_or(0, |(id, ..)| id);
    let problem: Option<(i64, String)> = backups::table
        .filter(backups::id.gt(newer_than))
        .order(backups::id.desc())
        .select((backups::at, backups::problem))
        .first(tx.connection())
        .optional()?;
    Ok(Known {
        last: last.map(|(_, at, bytes, took)| Backup {
            at: Instant::from_millis(at),
            bytes: u64::try_from(bytes).unwrap_or_default(),
            took_millis: u64::try_from(took).unwrap_or_default(),
        }),
        problem: problem.map(|(at, problem)| (Instant::from_millis(at), problem)),
    })
}
