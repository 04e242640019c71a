//! The files below an item's text, as readers see them: part of the one statement for all that hangs on it.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::StorageError;
use super::columns::{narrow, parsed};
use super::json::{ifnull, json_file, json_group_array};
use super::schema::{files, revision_files};
use crate::media::FileFormat;
use crate::newsroom::FileId;
use crate::newsroom::words::Language;

/// A file as a page offers it.
#[derive(Clone, Debug)]
pub struct AttachedFile {
    pub id: FileId,
    pub key: String,
    pub format: FileFormat,
    pub title: String,
    pub language: Language,
    pub contact: String,
    pub byte_count: u64,
    pub pages: Option<u32>,
    pub hash: String,
}

/// How a file without pages says so in JSON.
pub(super) const NO_PAGES: i64 = 0;

/// As JSON has them.
pub(super) type Columns = (
    i64,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    String,
);

#[auto_type(no_type_alias)]
pub(super) fn of(revision: i64, no_pages: i64) -> _ {
    revision_files::table
        .inner_join(files::table.on(files::id.eq(revision_files::file_id)))
        .filter(revision_files::revision_id.eq(revision))
        .select(json_group_array(json_file(
            revision_files::position,
            files::key,
            files::format,
            files::title,
            files::language,
            files::contact,
            files::id,
            files::byte_count,
            ifnull(files::pages, no_pages),
            files::hash,
        )))
}

impl AttachedFile {
    /// With its place among the others.
    pub(super) fn from_columns(columns: Columns) -> Result<(i64, Self), StorageError> {
        let (position, key, format, title, language, contact, id, bytes, pages, hash) = columns;
        let file = Self {
            id: FileId::new(id),
            key,
            format: parsed("files.format", &format)?,
            title,
            language: parsed("files.language", &language)?,
            contact,
            byte_count: narrow("files.byte_count", bytes)?,
            pages: (pages > NO_PAGES)
                .then(|| narrow("files.pages", pages))
                .transpose()?,
            hash,
        };
        Ok((position, file))
    }
}
