//! The files below an item's text, as readers see them: part of the one statement for all that hangs on it.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::StorageError;
use super::columns::{narrow, parsed};
use super::json::{ifnull, json_file, json_group_array};
use super::schema::{files, first_pages, revision_files};
use crate::media::{FileFormat, PageName};
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
    /// How high the smallest picture of its first page is, in pixels; nothing while there is none.
    pub page_height: Option<u32>,
}

/// How a file without pages, or without a picture of the first, says so in JSON.
pub(super) const NONE: i64 = 0;

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
    i64,
);

#[auto_type(no_type_alias)]
pub(super) fn of(revision: i64, none: i64) -> _ {
    let smallest: i64 = i64::from(PageName::SMALLEST);
    let format: &'static str = "webp";
    revision_files::table
        .inner_join(files::table.on(files::id.eq(revision_files::file_id)))
        .left_join(
            first_pages::table.on(first_pages::file_id
                .eq(files::id)
                .and(first_pages::version.eq(files::version))
                .and(first_pages::width.eq(smallest))
                .and(first_pages::format.eq(format))),
        )
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
            ifnull(files::pages, none),
            files::hash,
            ifnull(first_pages::height.nullable(), none),
        )))
}

impl AttachedFile {
    /// With its place among the others.
    pub(super) fn from_columns(columns: Columns) -> Result<(i64, Self), StorageError> {
        let (position, key, format, title, language, contact, id, bytes, pages, hash, height) =
            columns;
        let counted = |column, count| (count > NONE).then(|| narrow(column, count)).transpose();
        let file = Self {
            id: FileId::new(id),
            key,
            format: parsed("files.format", &format)?,
            title,
            language: parsed("files.language", &language)?,
            contact,
            byte_count: narrow("files.byte_count", bytes)?,
            pages: counted("files.pages", pages)?,
            hash,
            page_height: counted("first_pages.height", height)?,
        };
        Ok((position, file))
    }
}
