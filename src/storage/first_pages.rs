//! Pictures of the first pages of PDFs: which are still to be drawn, and what was drawn of the version that
//! readers get.

use std::collections::HashMap;

use diesel::prelude::*;

use super::columns::narrow;
use super::file_bytes::Open;
use super::schema::{file_bytes, files, first_page_wishes, first_pages};
use super::{ReadTx, StorageError, WriteTx};
use crate::media::first_page::PageCopy;
use crate::media::{FileFormat, PageName};
use crate::newsroom::FileId;

/// A PDF whose first page is still to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Another one as soon as the page is wished for again.
    number: i64,
    pub file: FileId,
}

/// The page that was wished for last; nobody waits for an older one.
pub fn newest_wish(tx: &mut ReadTx<'_>) -> Result<Option<Wish>, StorageError> {
    let row: Option<(i64, i64)> = first_page_wishes::table
        .order(first_page_wishes::id.desc())
        .select((first_page_wishes::id, first_page_wishes::file_id))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(number, file)| Wish {
        number,
        file: FileId::new(file),
    }))
}

/// The page cannot be drawn. A wish that came meanwhile stays.
pub fn end(tx: &mut WriteTx<'_>, wish: Wish) -> Result<(), StorageError> {
    diesel::delete(first_page_wishes::table.find(wish.number)).execute(tx.connection())?;
    Ok(())
}

/// What a page is drawn of: the version that readers get, whole.
pub struct Source {
    version: i64,
    pub bytes: Vec<u8>,
}

pub fn source(tx: &mut ReadTx<'_>, file: FileId) -> Result<Option<Source>, StorageError> {
    let version: Option<i64> = files::table
        .find(file.get())
        .select(files::version)
        .first(tx.connection())
        .optional()?;
    let Some(version) = version else {
        return Ok(None);
    };
    let pieces: Vec<Vec<u8>> = file_bytes::table
        .filter(file_bytes::file_id.eq(file.get()))
        .filter(file_bytes::version.eq(version))
        .order(file_bytes::piece)
        .select(file_bytes::bytes)
        .load(tx.connection())?;
    Ok(Some(Source {
        version,
        bytes: pieces.concat(),
    }))
}

/// Keeps what was drawn of that version, and ends the wish; nothing of it where the file has another version by
/// now, which has a wish of its own.
pub fn keep(
    tx: &mut WriteTx<'_>,
    (wish, source): (Wish, &Source),
    copies: &[PageCopy],
) -> Result<(), StorageError> {
    let file = wish.file.get();
    let wished = first_page_wishes::table.find(wish.number);
    if diesel::delete(wished).execute(tx.connection())? == 0 {
        return Ok(());
    }
    for copy in copies {
        diesel::insert_into(first_pages::table)
            .values((
                first_pages::file_id.eq(file),
                first_pages::version.eq(source.version),
                first_pages::width.eq(i64::from(copy.name.width)),
                first_pages::height.eq(i64::from(copy.height)),
                first_pages::format.eq(copy.name.format.extension()),
                first_pages::bytes.eq(&copy.bytes),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// The first page of a file that whoever asked may have; nothing where it was not drawn.
pub fn picture(
    tx: &mut ReadTx<'_>,
    open: &Open,
    name: PageName,
) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(first_pages::table
        .filter(first_pages::file_id.eq(open.file))
        .filter(first_pages::version.eq(open.version))
        .filter(first_pages::width.eq(i64::from(name.width)))
        .filter(first_pages::format.eq(name.format.extension()))
        .select(first_pages::bytes)
        .first(tx.connection())
        .optional()?)
}

/// How far the picture of a first page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Only PDFs have one.
    Never,
    Wished,
    /// How high the smallest copy is, in pixels.
    Drawn(u32),
    Undrawable,
}

pub fn progress(
    tx: &mut ReadTx<'_>,
    (file, format): (FileId, FileFormat),
) -> Result<Progress, StorageError> {
    if format != FileFormat::Pdf {
        return Ok(Progress::Never);
    }
    if let Some(height) = heights(tx, &[file])?.get(&file) {
        return Ok(Progress::Drawn(*height));
    }
    let wished: Option<i64> = first_page_wishes::table
        .filter(first_page_wishes::file_id.eq(file.get()))
        .select(first_page_wishes::id)
        .first(tx.connection())
        .optional()?;
    Ok(wished.map_or(Progress::Undrawable, |_wish| Progress::Wished))
}

/// How high the smallest copies are, in pixels, of those of these files that have any.
pub fn heights(tx: &mut ReadTx<'_>, ids: &[FileId]) -> Result<HashMap<FileId, u32>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows: Vec<(i64, i64)> = first_pages::table
        .filter(first_pages::file_id.eq_any(numbers))
        .filter(first_pages::width.eq(i64::from(PageName::SMALLEST)))
        .select((first_pages::file_id, first_pages::height))
        .load(tx.connection())?;
    rows.into_iter()
        .map(|(file, height)| {
            let height = narrow("first_pages.height", height)?;
            Ok((FileId::new(file), height))
        })
        .collect()
}

/// A file that goes takes its first page with it.
pub(super) fn delete(tx: &mut WriteTx<'_>, file: FileId) -> Result<(), StorageError> {
    let of_it = first_pages::table.filter(first_pages::file_id.eq(file.get()));
    diesel::delete(of_it).execute(tx.connection())?;
    let wishes = first_page_wishes::table.filter(first_page_wishes::file_id.eq(file.get()));
    diesel::delete(wishes).execute(tx.connection())?;
    Ok(())
}
