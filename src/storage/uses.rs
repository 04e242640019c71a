//! Who uses an image.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{auto_type, count};
use diesel::prelude::*;

use super::columns::narrow;
use super::drafts::stands;
use super::publications::{public_at, scheduled_after};
use super::schema::{
    approvals, held_publications, holds, items, publications, revision_images, revisions,
};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::ItemId;

/// Of so many items a page tells the titles; of the others, how many they are.
pub const TOLD: usize = 100;

/// Items that show or name something.
#[derive(Debug, Clone, Default)]
pub struct UsedIn {
    /// The first [`TOLD`] of them, with their titles.
    pub items: Vec<(ItemId, String)>,
    pub count: usize,
}

/// Everything that uses something.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// In newest words, or in those that readers see or will see.
    pub now: UsedIn,
    /// In older words alone.
    pub before: UsedIn,
}

/// Whether the revision of this row is its item's newest, or one that readers see or will see.
#[auto_type]
pub(super) fn is_used(now: i64) -> _ {
    let newest: newest_revisions = newest_revisions();
    let seen: seen_revisions = seen_revisions(now);
    revision_images::revision_id
        .eq_any(newest)
        .or(revision_images::revision_id.eq_any(seen))
}

#[auto_type]
pub(super) fn newest_revisions() -> _ {
    items::table
        .filter(items::head_id.is_not_null())
        .select(items::head_id.assume_not_null())
}

#[auto_type]
pub(super) fn seen_revisions(now: i64) -> _ {
    let public: public_at = public_at(now);
    let scheduled: scheduled_after = scheduled_after(now);
    publications::table
        .filter(
            publications::face
                .eq("live")
                .or(publications::face.eq("withdrawn")),
        )
        .filter(public.or(scheduled))
        .select(publications::revision_id)
}

/// How many items use each of these images now; one that none uses is not among them.
pub fn counts(
    tx: &mut ReadTx<'_>,
    ids: &[ImageId],
    now: Instant,
) -> Result<HashMap<ImageId, usize>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows: Vec<(i64, i64)> = revision_images::table
        .inner_join(revisions::table.on(revisions::id.eq(revision_images::revision_id)))
        .filter(revision_images::image_id.eq_any(numbers))
        .filter(is_used(now.millis()))
        .group_by(revision_images::image_id)
        .select((
            revision_images::image_id,
            count(revisions::item_id).aggregate_distinct(),
        ))
        .load(tx.connection())?;
    rows.into_iter()
        .map(|(image, count)| Ok((ImageId::new(image), narrow("count", count)?)))
        .collect()
}

/// Every item of which some revision shows this image, however old.
pub fn of(tx: &mut ReadTx<'_>, id: ImageId, now: Instant) -> Result<Uses, StorageError> {
    let shows = || {
        revision_images::table
            .inner_join(revisions::table.on(revisions::id.eq(revision_images::revision_id)))
            .filter(revision_images::image_id.eq(id.get()))
            .order(revisions::item_id)
            .select(revisions::item_id)
            .distinct()
    };
    let ever: Vec<i64> = shows().load(tx.connection())?;
    let present: Vec<i64> = shows()
        .filter(is_used(now.millis()))
        .load(tx.connection())?;
    told(tx, (&ever, &present))
}

/// Now, and before; both in the order of the items.
pub(super) fn told(
    tx: &mut ReadTx<'_>,
    (ever, present): (&[i64], &[i64]),
) -> Result<Uses, StorageError> {
    let is_present: HashSet<i64> = present.iter().copied().collect();
    let older = ever.iter().filter(|item| !is_present.contains(item));
    let older: Vec<i64> = older.copied().collect();
    Ok(Uses {
        now: with_titles(tx, present)?,
        before: with_titles(tx, &older)?,
    })
}

fn with_titles(tx: &mut ReadTx<'_>, all: &[i64]) -> Result<UsedIn, StorageError> {
    let first: Vec<i64> = all.iter().copied().take(TOLD).collect();
    let titles: Vec<(i64, String)> = items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .filter(items::id.eq_any(first))
        .order(items::id)
        .select((items::id, revisions::title))
        .load(tx.connection())?;
    let named = titles.into_iter();
    Ok(UsedIn {
        items: named
            .map(|(item, title)| (ItemId::new(item), title))
            .collect(),
        count: all.len(),
    })
}

/// Whether any revision shows this image.
pub fn is_shown(tx: &mut ReadTx<'_>, id: ImageId) -> Result<bool, StorageError> {
    let first: Option<i64> = revision_images::table
        .filter(revision_images::image_id.eq(id.get()))
        .select(revision_images::revision_id)
        .first(tx.connection())
        .optional()?;
    Ok(first.is_some())
}

/// Whether an item's newest words show this image and somebody approved them.
pub fn is_approved(tx: &mut ReadTx<'_>, id: ImageId) -> Result<bool, StorageError> {
    let approved: Option<i64> = approved_images()
        .filter(revision_images::image_id.eq(id.get()))
        .first(tx.connection())
        .optional()?;
    Ok(approved.is_some())
}

/// Images in items' newest words that somebody approved, and nobody objected to since.
#[auto_type]
pub(super) fn approved_images() -> _ {
    let standing: stands = stands();
    items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .inner_join(revision_images::table.on(revision_images::revision_id.eq(revisions::id)))
        .inner_join(
            approvals::table.on(approvals::item_id
                .eq(items::id)
                .and(approvals::content_hash.eq(revisions::content_hash))),
        )
        .filter(standing)
        .select(revision_images::image_id)
}

/// Whether an editor's button puts a publication back that shows this image: of a removed item, or one
/// that a hold took back.
pub fn may_return(tx: &mut ReadTx<'_>, id: ImageId, now: Instant) -> Result<bool, StorageError> {
    let returning: Option<i64> = returning_images(now.millis())
        .filter(revision_images::image_id.eq(id.get()))
        .first(tx.connection())
        .optional()?;
    Ok(returning.is_some())
}

/// Images of publications that somebody may put back as they were.
#[auto_type]
pub(super) fn returning_images(now: i64) -> _ {
    let returns: returns = returns(now);
    publications::table
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .filter(returns)
        .select(revision_images::image_id)
}

/// Publications that somebody may put back as they were.
#[auto_type]
pub(super) fn returns(now: i64) -> _ {
    let public: public_at = public_at(now);
    let held = held_publications::table
        .inner_join(holds::table.on(holds::id.eq(held_publications::hold_id)))
        .filter(holds::ended_at.is_null())
        .select(held_publications::publication_id);
    publications::face
        .eq("gone")
        .or(publications::face.eq("moved"))
        .and(public)
        .or(publications::id.eq_any(held))
}
