//! The bytes of files, piece by piece: for readers while a public publication names the file, for whoever
//! holds a pass while the scheduled one does, and for staff.

use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;

use super::columns::{narrow, parsed};
use super::publications::{public_at, scheduled_after};
use super::schema::{file_bytes, file_versions, files, publications, revision_files};
use super::{ReadTx, StorageError, passes};
use crate::clock::Instant;
use crate::media::FileFormat;
use crate::media::files::FileSum;
use crate::newsroom::{AddressSecret, FileId};

/// Who asks, and for what. A name is that of the address, such as `0b5f….pdf`.
#[derive(Clone, Debug)]
pub enum Asked {
    Reader {
        name: String,
    },
    /// Of a pass, which may end or be revoked at any instant.
    Holder {
        secret: AddressSecret,
        name: String,
    },
    Staff {
        file: FileId,
        version: i64,
    },
}

/// A version of a file that whoever asked may have.
#[derive(Clone, Debug)]
pub struct Open {
    pub(super) file: i64,
    pub(super) version: i64,
    pub format: FileFormat,
    pub title: String,
    pub file_name: String,
    pub hash: String,
    pub byte_count: usize,
}

type Columns = (i64, i64, String, String, String, String, i64);

/// Nothing where there is no such file, or not for whoever asks.
pub fn open(
    tx: &mut ReadTx<'_>,
    asked: &Asked,
    now: Instant,
) -> Result<Option<Open>, StorageError> {
    let versions = files::table
        .inner_join(file_versions::table.on(file_versions::file_id.eq(files::id)))
        .select((
            files::id,
            file_versions::version,
            files::format,
            files::title,
            files::file_name,
            file_versions::hash,
            file_versions::byte_count,
        ));
    let (key, ending) = asked.called();
    let row: Option<Columns> = match asked {
        Asked::Staff { file, version } => versions
            .filter(files::id.eq(file.get()))
            .filter(file_versions::version.eq(version))
            .first(tx.connection()),
        Asked::Reader { .. } => versions
            .filter(is_called(key, ending))
            .filter(exists(shown(now.millis())))
            .first(tx.connection()),
        Asked::Holder { secret, .. } => {
            let Some(item) = passes::opens(tx, secret, now)? else {
                return Ok(None);
            };
            versions
                .filter(is_called(key, ending))
                .filter(exists(to_come(item.get(), now.millis())))
                .first(tx.connection())
        }
    }
    .optional()?;
    row.map(read).transpose()
}

/// The newest version of the file of that name in addresses.
#[auto_type]
fn is_called<'a>(key: &'a str, ending: &'a str) -> _ {
    files::key
        .eq(key)
        .and(files::format.eq(ending))
        .and(file_versions::version.eq(files::version))
}

/// What readers see and names the file.
#[auto_type]
fn shown(now: i64) -> _ {
    let public: public_at = public_at(now);
    publications::table
        .inner_join(
            revision_files::table.on(revision_files::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_files::file_id.eq(files::id))
        .filter(
            publications::face
                .eq("live")
                .or(publications::face.eq("withdrawn")),
        )
        .filter(public)
}

/// What readers of that item will see and names the file.
#[auto_type]
fn to_come(item: i64, now: i64) -> _ {
    let scheduled: scheduled_after = scheduled_after(now);
    publications::table
        .inner_join(
            revision_files::table.on(revision_files::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_files::file_id.eq(files::id))
        .filter(publications::item_id.eq(item))
        .filter(publications::face.eq("live"))
        .filter(scheduled)
}

impl Asked {
    /// Key and ending of the name in the address; staff ask by number.
    fn called(&self) -> (&str, &str) {
        match self {
            Self::Reader { name } | Self::Holder { name, .. } => {
                name.split_once('.').unwrap_or((name, ""))
            }
            Self::Staff { .. } => ("", ""),
        }
    }
}

fn read(row: Columns) -> Result<Open, StorageError> {
    let (file, version, format, title, file_name, hash, bytes) = row;
    Ok(Open {
        file,
        version,
        format: parsed("files.format", &format)?,
        title,
        file_name,
        hash,
        byte_count: narrow("file_versions.byte_count", bytes)?,
    })
}

/// The piece of that number, counted from 1; nothing behind the last one.
pub fn piece(
    tx: &mut ReadTx<'_>,
    open: &Open,
    number: usize,
) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(file_bytes::table
        .filter(file_bytes::file_id.eq(open.file))
        .filter(file_bytes::version.eq(open.version))
        .filter(file_bytes::piece.eq(i64::try_from(number).unwrap_or(i64::MAX)))
        .select(file_bytes::bytes)
        .first(tx.connection())
        .optional()?)
}

/// What readers are told of a file that went with its item; nothing where it was never public, or still is.
pub fn removal(
    tx: &mut ReadTx<'_>,
    asked: &Asked,
    now: Instant,
) -> Result<Option<String>, StorageError> {
    if !matches!(asked, Asked::Reader { .. }) {
        return Ok(None);
    }
    let (key, ending) = asked.called();
    Ok(publications::table
        .inner_join(
            revision_files::table.on(revision_files::revision_id.eq(publications::revision_id)),
        )
        .inner_join(files::table.on(files::id.eq(revision_files::file_id)))
        .filter(files::key.eq(key))
        .filter(files::format.eq(ending))
        .filter(publications::face.eq("gone"))
        .filter(public_at(now.millis()))
        .select(publications::public_note)
        .first(tx.connection())
        .optional()?)
}

/// The hash of all bytes of a version, as hexadecimal digits, without holding more than a piece of them.
pub(super) fn sum(
    tx: &mut ReadTx<'_>,
    (file, version): (i64, i64),
) -> Result<String, StorageError> {
    let mut sum = FileSum::default();
    for number in 1_i64.. {
        let bytes: Option<Vec<u8>> = file_bytes::table
            .filter(file_bytes::file_id.eq(file))
            .filter(file_bytes::version.eq(version))
            .filter(file_bytes::piece.eq(number))
            .select(file_bytes::bytes)
            .first(tx.connection())
            .optional()?;
        match bytes {
            Some(bytes) => sum.add(&bytes),
            None => break,
        }
    }
    Ok(sum.digits())
}
