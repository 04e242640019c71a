//! Which items name a file, and whether readers see it.

use std::collections::HashMap;

use diesel::dsl::{auto_type, count};
use diesel::prelude::*;

use super::columns::narrow;
use super::drafts::stands;
use super::publications::{public_at, scheduled_after};
use super::schema::{approvals, items, publications, revision_files, revisions};
use super::uses::{Uses, newest_revisions, returns, seen_revisions, told};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::newsroom::FileId;

/// Whether the revision of this row is its item's newest, or one that readers see or will see.
#[auto_type]
fn is_named(now: i64) -> _ {
    let newest: newest_revisions = newest_revisions();
    let seen: seen_revisions = seen_revisions(now);
    revision_files::revision_id
        .eq_any(newest)
        .or(revision_files::revision_id.eq_any(seen))
}

/// How many items name each of these files now; one that none names is not among them.
pub fn counts(
    tx: &mut ReadTx<'_>,
    ids: &[FileId],
    now: Instant,
) -> Result<HashMap<FileId, usize>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows: Vec<(i64, i64)> = revision_files::table
        .inner_join(revisions::table.on(revisions::id.eq(revision_files::revision_id)))
        .filter(revision_files::file_id.eq_any(numbers))
        .filter(is_named(now.millis()))
        .group_by(revision_files::file_id)
        .select((
            revision_files::file_id,
            count(revisions::item_id).aggregate_distinct(),
        ))
        .load(tx.connection())?;
    rows.into_iter()
        .map(|(file, count)| Ok((FileId::new(file), narrow("count", count)?)))
        .collect()
}

/// Every item of which some revision names this file, however old.
pub fn of(tx: &mut ReadTx<'_>, id: FileId, now: Instant) -> Result<Uses, StorageError> {
    let names = || {
        revision_files::table
            .inner_join(revisions::table.on(revisions::id.eq(revision_files::revision_id)))
            .filter(revision_files::file_id.eq(id.get()))
            .order(revisions::item_id)
            .select(revisions::item_id)
            .distinct()
    };
    let ever: Vec<i64> = names().load(tx.connection())?;
    let present: Vec<i64> = names()
        .filter(is_named(now.millis()))
        .load(tx.connection())?;
    told(tx, (&ever, &present))
}

/// Whether an editor's button puts a publication back that names this file: of a removed item, or one
/// that a hold took back.
pub fn may_return(tx: &mut ReadTx<'_>, id: FileId, now: Instant) -> Result<bool, StorageError> {
    let returning: Option<i64> = publications::table
        .inner_join(
            revision_files::table.on(revision_files::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_files::file_id.eq(id.get()))
        .filter(returns(now.millis()))
        .select(publications::id)
        .first(tx.connection())
        .optional()?;
    Ok(returning.is_some())
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
        .filter(stands())
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
