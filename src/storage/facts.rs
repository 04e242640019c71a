//! What whoever runs the room wants to know of its file, without reading any of its words.

use std::path::PathBuf;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::backups::{self, Known};
use super::schema::{mails, sessions};
use super::{ReadTx, StorageError};
use crate::clock::Instant;

/// The file and what stands in line in it.
#[derive(Clone, Debug)]
pub struct Facts {
    pub file: PathBuf,
    /// Without the log beside it, which goes into it by and by.
    pub bytes: u64,
    pub sqlite: String,
    /// The last step that brought the tables up to date.
    pub tables: String,
    pub mails_waiting: u64,
    pub mails_failed: u64,
    /// Of people, not of strangers at the door.
    pub sessions: u64,
    pub backups: Known,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    file: String,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
    #[diesel(sql_type = Text)]
    sqlite: String,
    #[diesel(sql_type = Text)]
    tables: String,
}

pub fn facts(tx: &mut ReadTx<'_>, now: Instant) -> Result<Facts, StorageError> {
    let row: Row = diesel::sql_query(
        "SELECT (SELECT file FROM pragma_database_list WHERE name = 'main') AS file, \
         (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS bytes, \
         sqlite_version() AS sqlite, \
         (SELECT MAX(version) FROM __diesel_schema_migrations) AS tables",
    )
    .get_result(tx.connection())?;
    Ok(Facts {
        file: PathBuf::from(row.file),
        bytes: u64::try_from(row.bytes).unwrap_or_default(),
        sqlite: row.sqlite,
        tables: row.tables,
        mails_waiting: mails_in(tx, "waiting")?,
        mails_failed: mails_in(tx, "failed")?,
        sessions: signed_in(tx, now)?,
        backups: backups::known(tx)?,
    })
}

fn mails_in(tx: &mut ReadTx<'_>, state: &str) -> Result<u64, StorageError> {
    let count: i64 = mails::table
        .filter(mails::state.eq(state))
        .count()
        .get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

fn signed_in(tx: &mut ReadTx<'_>, now: Instant) -> Result<u64, StorageError> {
    let count: i64 = sessions::table
        .filter(sessions::person_id.is_not_null())
        .filter(sessions::expires_at.gt(now.millis()))
        .count()
        .get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Whether the file answers at all.
pub fn answers(tx: &mut ReadTx<'_>) -> Result<(), StorageError> {
    let _any: Option<i64> = super::schema::kinds::table
        .select(super::schema::kinds::id)
        .first(tx.connection())
        .optional()?;
    Ok(())
}
