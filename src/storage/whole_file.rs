//! The room as one file: whether a file is a whole room of this program, a copy of it, and a room
//! that nobody else may open while another takes its place.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::change::within;
use super::connection::{Connection, alone};
use super::journal::{self, Entry};
use super::migrating::{bring_up_to_date, known_versions};
use super::{StorageError, account_links, mails, sessions};
use crate::clock::Instant;

/// Why a file cannot be taken for a room.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("it is no database")]
    NoDatabase,
    #[error("it is cut short: of {should} bytes {is} are there")]
    CutShort { is: u64, should: u64 },
    #[error("it is damaged ({0})")]
    Damaged(String),
    #[error("it is a database of another program")]
    Foreign,
    #[error("a newer version of this program wrote it")]
    Newer,
    #[error("it belongs to a room that is in use, or was not stopped properly")]
    HasALog,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// How the tables of a room stand to those that this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    Present,
    Older,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    one: String,
}

#[derive(QueryableByName)]
struct Mode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

fn words(connection: &mut Connection, query: &str) -> Result<Vec<String>, Unfit> {
    let rows: Vec<Word> = diesel::sql_query(query)
        .load(connection)
        .map_err(unfit_by_error)?;
    Ok(rows.into_iter().map(|row| row.one).collect())
}

fn unfit_by_error(error: diesel::result::Error) -> Unfit {
    let said = error.to_string();
    if said.contains("not a database") {
        Unfit::NoDatabase
    } else if said.contains("malformed") || said.contains("corrupt") {
        Unfit::Damaged(said)
    } else {
        Unfit::Storage(error.into())
    }
}

/// Whether this is a whole room of this program or of an older one. Reads every page of the file.
pub fn examine(file: &Path) -> Result<Version, Unfit> {
    looks_whole(file)?;
    let mut connection = alone(file)?;
    let version = version_in(&mut connection)?;
    is_sound(&mut connection)?;
    Ok(version)
}

/// What the first hundred bytes and the length tell, without opening the file as a database.
/// Source: "Database File Format" of `SQLite`, section 1.3.
pub fn looks_whole(file: &Path) -> Result<(), Unfit> {
    let mut open = File::open(file).map_err(StorageError::File)?;
    let is = open.metadata().map_err(StorageError::File)?.len();
    let mut head = [0_u8; 100];
    match open.read_exact(&mut head) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(Unfit::NoDatabase);
        }
        Err(error) => return Err(StorageError::File(error).into()),
    }
    let should = length_in(&head).ok_or(Unfit::NoDatabase)?;
    if is < should {
        return Err(Unfit::CutShort { is, should });
    }
    Ok(())
}

/// The length that a database says it has; nothing where it is none.
fn length_in(head: &[u8]) -> Option<u64> {
    if !head.starts_with(b"SQLite format 3\0") {
        return None;
    }
    let page: [u8; 2] = head.get(16..18)?.try_into().ok()?;
    let pages: [u8; 4] = head.get(28..32)?.try_into().ok()?;
    let page = match u16::from_be_bytes(page) {
        1 => 65_536,
        size => u64::from(size),
    };
    Some(page * u64::from(u32::from_be_bytes(pages)))
}

/// A log beside a file holds a part of it: the file alone is not the room.
pub fn stands_alone(file: &Path) -> Result<(), Unfit> {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    match std::fs::metadata(&log) {
        Ok(log) if log.len() > 0 => Err(Unfit::HasALog),
        Ok(_empty) => Ok(()),
        Err(_missing) => Ok(()),
    }
}

/// Whether this is a room of this program, and how old its tables are; nothing more is read.
pub fn version(file: &Path) -> Result<Version, Unfit> {
    version_in(&mut alone(file)?)
}

fn version_in(connection: &mut Connection) -> Result<Version, Unfit> {
    let tables = "SELECT name AS one FROM sqlite_schema WHERE name = '__diesel_schema_migrations'";
    if words(connection, tables)?.is_empty() {
        return Err(Unfit::Foreign);
    }
    let taken = words(
        connection,
        "SELECT version AS one FROM __diesel_schema_migrations",
    )?;
    let known = known_versions()?;
    if !known.first().is_some_and(|first| taken.contains(first)) {
        return Err(Unfit::Foreign);
    }
    if taken.iter().any(|step| !known.contains(step)) {
        return Err(Unfit::Newer);
    }
    let all = known.iter().all(|step| taken.contains(step));
    Ok(if all {
        Version::Present
    } else {
        Version::Older
    })
}

fn is_sound(connection: &mut Connection) -> Result<(), Unfit> {
    let said = words(
        connection,
        "SELECT integrity_check AS one FROM pragma_integrity_check LIMIT 5",
    )?;
    if said != ["ok"] {
        return Err(Unfit::Damaged(said.join("; ").replace('\n', " ")));
    }
    let loose = words(
        connection,
        "SELECT \"table\" AS one FROM pragma_foreign_key_check LIMIT 1",
    )?;
    match loose.first() {
        None => Ok(()),
        Some(table) => Err(Unfit::Damaged(format!(
            "a row of {table} refers to one that is not there"
        ))),
    }
}

/// Writes the room as it is at this instant into an empty file. Whoever reads or writes meanwhile
/// waits for nothing: the copy is made of one snapshot. Freed pages are left out of it, and with
/// them what was wiped.
pub fn copy(room: &Path, into: &Path) -> Result<(), Unfit> {
    let mut connection = alone(room)?;
    version_in(&mut connection)?;
    diesel::sql_query("VACUUM INTO ?")
        .bind::<Text, _>(into.to_string_lossy().as_ref())
        .execute(&mut connection)
        .map_err(unfit_by_error)?;
    Ok(())
}

/// Makes a copy the room of today: today's tables, nobody signed in, no mail that may have gone
/// out already. Afterwards all of it is in the one file.
pub fn revive(file: &Path, now: Instant) -> Result<(), StorageError> {
    let mut connection = alone(file)?;
    connection.batch_execute("PRAGMA foreign_keys = ON")?;
    bring_up_to_date(&mut connection)?;
    within(&mut connection, None, |tx| {
        sessions::end_every(tx)?;
        account_links::forget_resets(tx)?;
        mails::put_aside(tx, now)?;
        journal::note(tx, None, &Entry::of_room("restored", ""), now)
    })?;
    in_one_file(&mut connection)
}

fn in_one_file(connection: &mut Connection) -> Result<(), StorageError> {
    let mode: Mode = diesel::sql_query("PRAGMA journal_mode = DELETE").get_result(connection)?;
    if mode.journal_mode == "delete" {
        Ok(())
    } else {
        // The database stays as it is while somebody else has it open.
        Err(StorageError::Busy)
    }
}

/// A room that no other process can read or write until this is dropped.
pub struct Held {
    _connection: Connection,
}

/// Takes hold of a room; `Busy` while any process has it open. Nothing where the file is damaged:
/// nobody can use that.
pub fn hold(room: &Path) -> Result<Option<Held>, StorageError> {
    if matches!(looks_whole(room), Err(Unfit::NoDatabase)) {
        // Opening it would delete the log beside it, which somebody may still want to read.
        return Ok(None);
    }
    let taken = alone(room).and_then(|mut connection| {
        connection.batch_execute("PRAGMA busy_timeout = 0")?;
        in_one_file(&mut connection)?;
        connection.batch_execute("BEGIN EXCLUSIVE")?;
        Ok(connection)
    });
    match taken {
        Ok(connection) => Ok(Some(Held {
            _connection: connection,
        })),
        Err(StorageError::Database(error)) => {
            if let Unfit::Storage(error) = unfit_by_error(error) {
                Err(error)
            } else {
                Ok(None)
            }
        }
        Err(error) => Err(error),
    }
}
