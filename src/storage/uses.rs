//! Who uses an image.

use std::collections::HashMap;

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::publications::{public_at, scheduled_after};
use super::schema::{approvals, items, publications, revision_images, revisions};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::ItemId;

/// An item that shows an image in its newest revision or in one that readers see or will see.
#[derive(Debug, Clone)]
pub struct Use {
    pub image: ImageId,
    pub item: ItemId,
    pub title: String,
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
fn newest_revisions() -> _ {
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

/// Who uses these images, each item once for each image.
pub fn of(tx: &mut ReadTx<'_>, ids: &[ImageId], now: Instant) -> Result<Vec<Use>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let pairs: Vec<(i64, i64)> = revision_images::table
        .inner_join(revisions::table.on(revisions::id.eq(revision_images::revision_id)))
        .filter(revision_images::image_id.eq_any(numbers))
        .filter(is_used(now.millis()))
        .order((revision_images::image_id, revisions::item_id))
        .select((revision_images::image_id, revisions::item_id))
        .distinct()
        .load(tx.connection())?;
    let titles = newest_titles(tx, pairs.iter().map(|(_, item)| *item).collect())?;
    Ok(pairs
        .into_iter()
        .map(|(image, item)| Use {
            image: ImageId::new(image),
            item: ItemId::new(item),
            title: titles.get(&item).cloned().unwrap_or_default(),
        })
        .collect())
}

/// Every item of which some revision shows this image, however old.
pub fn ever(tx: &mut ReadTx<'_>, id: ImageId) -> Result<Vec<Use>, StorageError> {
    let items: Vec<i64> = revision_images::table
        .inner_join(revisions::table.on(revisions::id.eq(revision_images::revision_id)))
        .filter(revision_images::image_id.eq(id.get()))
        .order(revisions::item_id)
        .select(revisions::item_id)
        .distinct()
        .load(tx.connection())?;
    let titles = newest_titles(tx, items.clone())?;
    let of = |item: i64| Use {
        image: id,
        item: ItemId::new(item),
        title: titles.get(&item).cloned().unwrap_or_default(),
    };
    Ok(items.into_iter().map(of).collect())
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
    let approved: Option<i64> = items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .inner_join(revision_images::table.on(revision_images::revision_id.eq(revisions::id)))
        .inner_join(
            approvals::table.on(approvals::item_id
                .eq(items::id)
                .and(approvals::content_hash.eq(revisions::content_hash))),
        )
        .filter(revision_images::image_id.eq(id.get()))
        .select(items::id)
        .first(tx.connection())
        .optional()?;
    Ok(approved.is_some())
}

fn newest_titles(
    tx: &mut ReadTx<'_>,
    numbers: Vec<i64>,
) -> Result<HashMap<i64, String>, StorageError> {
    Ok(items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .filter(items::id.eq_any(numbers))
        .select((items::id, revisions::title))
        .load(tx.connection())?
        .into_iter()
        .collect())
}
