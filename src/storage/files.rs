//! Files that readers may take: their words, their versions, and what they are attached to.

use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::columns::{narrow, parsed};
use super::editing::holding;
use super::first_pages;
use super::folded::{self, folded};
use super::schema::{file_bytes, file_versions, files, revision_files};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::{FileFormat, TakenFile};
use crate::newsroom::{FileId, FileWords, RevisionId};

/// How many bytes stand in one row.
pub const PIECE: usize = 1_000_000;

/// A file as staff know it.
#[derive(Clone, Debug)]
pub struct StaffFile {
    pub id: FileId,
    /// Its name in its address, which stays.
    pub key: String,
    pub format: FileFormat,
    pub words: FileWords,
    pub version: i64,
    pub hash: String,
    pub file_name: String,
    pub byte_count: u64,
    pub pages: Option<u32>,
    pub uploaded_by: PersonId,
    pub uploaded_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = files)]
struct Row {
    id: i64,
    key: String,
    format: String,
    title: String,
    language: String,
    contact: String,
    version: i64,
    hash: String,
    file_name: String,
    byte_count: i64,
    pages: Option<i64>,
    uploaded_by: i64,
    uploaded_at: i64,
}

fn read(row: Row) -> Result<StaffFile, StorageError> {
    Ok(StaffFile {
        id: FileId::new(row.id),
        key: row.key,
        format: parsed("files.format", &row.format)?,
        words: FileWords {
            title: parsed("files.title", &row.title)?,
            language: parsed("files.language", &row.language)?,
            contact: parsed("files.contact", &row.contact)?,
        },
        version: row.version,
        hash: row.hash,
        file_name: row.file_name,
        byte_count: narrow("files.byte_count", row.byte_count)?,
        pages: row
            .pages
            .map(|pages| narrow("files.pages", pages))
            .transpose()?,
        uploaded_by: PersonId::new(row.uploaded_by),
        uploaded_at: Instant::from_millis(row.uploaded_at),
    })
}

pub fn find(tx: &mut ReadTx<'_>, id: FileId) -> Result<Option<StaffFile>, StorageError> {
    files::table
        .find(id.get())
        .select(Row::as_select())
        .first(tx.connection())
        .optional()?
        .map(read)
        .transpose()
}

/// Those of these files that are there, in the order of the numbers.
pub fn all_of(tx: &mut ReadTx<'_>, ids: &[FileId]) -> Result<Vec<StaffFile>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows: Vec<Row> = files::table
        .filter(files::id.eq_any(numbers))
        .select(Row::as_select())
        .load(tx.connection())?;
    let mut found: Vec<StaffFile> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    found.sort_by_key(|file| ids.iter().position(|id| *id == file.id));
    Ok(found)
}

/// The file of exactly these bytes, if there is one.
pub fn by_hash(tx: &mut ReadTx<'_>, hash: &str) -> Result<Option<FileId>, StorageError> {
    let id: Option<i64> = files::table
        .filter(files::hash.eq(hash))
        .select(files::id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(FileId::new))
}

fn matching(words: &str) -> files::BoxedQuery<'static, Sqlite> {
    let mut query = files::table.into_boxed();
    for word in folded::words(words) {
        query = query.filter(files::words_folded.like(holding(&word)).escape('\\'));
    }
    query
}

/// How many have all of these words in title or file name.
pub fn count(tx: &mut ReadTx<'_>, words: &str) -> Result<u64, StorageError> {
    let count: i64 = matching(words).count().get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// So many of them behind so many newer ones, the newest first.
pub fn page(
    tx: &mut ReadTx<'_>,
    words: &str,
    (skip, take): (u64, u64),
) -> Result<Vec<StaffFile>, StorageError> {
    let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let rows: Vec<Row> = matching(words)
        .order(files::id.desc())
        .offset(number(skip))
        .limit(number(take))
        .select(Row::as_select())
        .load(tx.connection())?;
    rows.into_iter().map(read).collect()
}

/// Bytes that are about to become a file's, and what is known of them.
pub struct NewBytes<'a> {
    pub taken: &'a TakenFile,
    pub bytes: &'a [u8],
    pub file_name: &'a str,
    pub by: PersonId,
    pub now: Instant,
}

impl NewBytes<'_> {
    fn length(&self) -> i64 {
        i64::try_from(self.bytes.len()).unwrap_or(i64::MAX)
    }

    fn pages(&self) -> Option<i64> {
        self.taken.pages.map(i64::from)
    }
}

/// The file with all its bytes under that key, in that language until somebody says otherwise, or nothing.
pub fn add(
    tx: &mut WriteTx<'_>,
    new: &NewBytes<'_>,
    (key, language): (&str, &str),
) -> Result<FileId, StorageError> {
    const FIRST: i64 = 1;
    let id: i64 = diesel::insert_into(files::table)
        .values((
            files::key.eq(key),
            files::format.eq(new.taken.format.ending()),
            files::title.eq(""),
            files::language.eq(language),
            files::contact.eq(""),
            files::words_folded.eq(folded(new.file_name)),
            files::version.eq(FIRST),
            files::hash.eq(&new.taken.hash),
            files::file_name.eq(new.file_name),
            files::byte_count.eq(new.length()),
            files::pages.eq(new.pages()),
            files::uploaded_by.eq(new.by.get()),
            files::uploaded_at.eq(new.now.millis()),
        ))
        .returning(files::id)
        .get_result(tx.connection())?;
    keep(tx, (id, FIRST), new)?;
    Ok(FileId::new(id))
}

/// Gives a file other bytes: readers get these from now on, and the ones before stay for staff.
pub fn replace(
    tx: &mut WriteTx<'_>,
    known: &StaffFile,
    new: &NewBytes<'_>,
) -> Result<(), StorageError> {
    let version = known.version + 1;
    keep(tx, (known.id.get(), version), new)?;
    diesel::update(files::table.find(known.id.get()))
        .set((
            files::version.eq(version),
            files::hash.eq(&new.taken.hash),
            files::file_name.eq(new.file_name),
            files::byte_count.eq(new.length()),
            files::pages.eq(new.pages()),
            files::words_folded.eq(searched(&known.words, new.file_name)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

fn keep(
    tx: &mut WriteTx<'_>,
    (file, version): (i64, i64),
    new: &NewBytes<'_>,
) -> Result<(), StorageError> {
    diesel::insert_into(file_versions::table)
        .values((
            file_versions::file_id.eq(file),
            file_versions::version.eq(version),
            file_versions::hash.eq(&new.taken.hash),
            file_versions::byte_count.eq(new.length()),
            file_versions::taken_by.eq(new.by.get()),
            file_versions::taken_at.eq(new.now.millis()),
        ))
        .execute(tx.connection())?;
    for (piece, bytes) in (1_i64..).zip(new.bytes.chunks(PIECE)) {
        diesel::insert_into(file_bytes::table)
            .values((
                file_bytes::file_id.eq(file),
                file_bytes::version.eq(version),
                file_bytes::piece.eq(piece),
                file_bytes::bytes.eq(bytes),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

fn searched(words: &FileWords, file_name: &str) -> String {
    folded(&[words.title.as_str(), file_name].join("\n"))
}

pub fn describe(
    tx: &mut WriteTx<'_>,
    known: &StaffFile,
    words: &FileWords,
) -> Result<(), StorageError> {
    diesel::update(files::table.find(known.id.get()))
        .set((
            files::title.eq(words.title.as_str()),
            files::language.eq(words.language.as_str()),
            files::contact.eq(words.contact.as_str()),
            files::words_folded.eq(searched(words, &known.file_name)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The file goes, with every version of it.
pub fn delete(tx: &mut WriteTx<'_>, id: FileId) -> Result<(), StorageError> {
    let number = id.get();
    first_pages::delete(tx, id)?;
    diesel::delete(file_bytes::table.filter(file_bytes::file_id.eq(number)))
        .execute(tx.connection())?;
    diesel::delete(file_versions::table.filter(file_versions::file_id.eq(number)))
        .execute(tx.connection())?;
    diesel::delete(files::table.find(number)).execute(tx.connection())?;
    Ok(())
}

/// A version of a file: its number, its size, who took it in, when.
#[derive(Clone, Copy, Debug)]
pub struct FileVersion {
    pub version: i64,
    pub byte_count: u64,
    pub by: PersonId,
    pub at: Instant,
}

/// Every version, the newest first.
pub fn versions(tx: &mut ReadTx<'_>, id: FileId) -> Result<Vec<FileVersion>, StorageError> {
    let rows: Vec<(i64, i64, i64, i64)> = file_versions::table
        .filter(file_versions::file_id.eq(id.get()))
        .order(file_versions::version.desc())
        .select((
            file_versions::version,
            file_versions::byte_count,
            file_versions::taken_by,
            file_versions::taken_at,
        ))
        .load(tx.connection())?;
    rows.into_iter()
        .map(|(version, bytes, by, at)| {
            Ok(FileVersion {
                version,
                byte_count: narrow("file_versions.byte_count", bytes)?,
                by: PersonId::new(by),
                at: Instant::from_millis(at),
            })
        })
        .collect()
}

/// The files of a revision, in their order.
pub(super) fn of_revision(
    tx: &mut ReadTx<'_>,
    revision: RevisionId,
) -> Result<Vec<FileId>, StorageError> {
    let ids: Vec<i64> = revision_files::table
        .filter(revision_files::revision_id.eq(revision.get()))
        .order(revision_files::position)
        .select(revision_files::file_id)
        .load(tx.connection())?;
    Ok(ids.into_iter().map(FileId::new).collect())
}

pub(super) fn attach(
    tx: &mut WriteTx<'_>,
    revision: RevisionId,
    ids: &[FileId],
) -> Result<(), StorageError> {
    for (position, id) in (1_i64..).zip(ids) {
        diesel::insert_into(revision_files::table)
            .values((
                revision_files::revision_id.eq(revision.get()),
                revision_files::file_id.eq(id.get()),
                revision_files::position.eq(position),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}
