//! Which items name a file, and whether readers see it.

use std::collections::HashMap;

use diesel::prelude::*;

use super::publications::{public_at, scheduled_after};
use super::schema::{approvals, items, publications, revision_files, revisions};
use super::uses::seen_revisions;
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::newsroom::{FileId, ItemId};

/// An item that names a file.
#[derive(Debug, Clone)]
pub struct FileUse {
    pub file: FileId,
    pub item: ItemId,
    pub title: String,
    /// In its newest words or in those that readers see or will see; else only in older ones.
    pub now: bool,
}

/// Every item of which some revision names one of these files, each item once for each file.
pub fn of(tx: &mut ReadTx<'_>, ids: &[FileId], now: Instant) -> Result<Vec<FileUse>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let named = || {
        revision_files::table
            .inner_join(revisions::table.on(revisions::id.eq(revision_files::revision_id)))
            .filter(revision_files::file_id.eq_any(numbers.clone()))
    };
    let pairs: Vec<(i64, i64)> = named()
        .order((revision_files::file_id, revisions::item_id))
        .select((revision_files::file_id, revisions::item_id))
        .distinct()
        .load(tx.connection())?;
    let heads = items::table
        .filter(items::head_id.is_not_null())
        .select(items::head_id.assume_not_null());
    let present: Vec<(i64, i64)> = named()
        .filter(
            revision_files::revision_id
                .eq_any(heads)
                .or(revision_files::revision_id.eq_any(seen_revisions(now.millis()))),
        )
        .select((revision_files::file_id, revisions::item_id))
        .distinct()
        .load(tx.connection())?;
    let titles = titles(tx, pairs.iter().map(|(_, item)| *item).collect())?;
    Ok(pairs
        .into_iter()
        .map(|pair| FileUse {
            file: FileId::new(pair.0),
            item: ItemId::new(pair.1),
            title: titles.get(&pair.1).cloned().unwrap_or_default(),
            now: present.contains(&pair),
        })
        .collect())
}

fn titles(tx: &mut ReadTx<'_>, numbers: Vec<i64>) -> Result<HashMap<i64, String>, StorageError> {
    Ok(items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .filter(items::id.eq_any(numbers))
        .select((items::id, revisions::title))
        .load(tx.connection())?
        .into_iter()
        .collect())
}

/// Whether any revision names this file, however old.
pub fn is_used(tx: &mut ReadTx<'_>, id: FileId) -> Result<bool, StorageError> {
    let first: Option<i64> = revision_files::table
        .filter(revision_files::file_id.eq(id.get()))
        .select(revision_files::revision_id)
        .first(tx.connection())
        .optional()?;
    Ok(first.is_some())
}

/// Whether an item's newest words name this file and somebody approved them.
pub fn is_approved(tx: &mut ReadTx<'_>, id: FileId) -> Result<bool, StorageError> {
    let approved: Option<i64> = items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .inner_join(revision_files::table.on(revision_files::revision_id.eq(revisions::id)))
        .inner_join(
            approvals::table.on(approvals::item_id
                .eq(items::id)
                .and(approvals::content_hash.eq(revisions::content_hash))),
        )
        .filter(revision_files::file_id.eq(id.get()))
        .select(items::id)
        .first(tx.connection())
        .optional()?;
    Ok(approved.is_some())
}

/// Whether a public page offers this file now, or one that is scheduled will.
pub fn is_or_will_be_public(
    tx: &mut ReadTx<'_>,
    id: FileId,
    now: Instant,
) -> Result<bool, StorageError> {
    let seen: Option<i64> = publications::table
        .inner_join(
            revision_files::table.on(revision_files::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_files::file_id.eq(id.get()))
        .filter(publications::face.eq_any(["live", "withdrawn"]))
        .filter(public_at(now.millis()).or(scheduled_after(now.millis())))
        .select(publications::id)
        .first(tx.connection())
        .optional()?;
    Ok(seen.is_some())
}
