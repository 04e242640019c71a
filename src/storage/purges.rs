//! What caches in front of the room must be told to forget, and when.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use super::columns::parsed;
use super::publications::not_cancelled;
use super::schema::{
    images, publications, purges, revision_images, revision_subjects, revisions, subjects,
};
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;
use crate::newsroom::tags::{Tag, written};
use crate::newsroom::{ItemId, NewPublication};

/// Longer than any try takes; after it, somebody else may think that the first one is gone.
const LEASE_MILLIS: i64 = 60 * 1000;
/// What the caches were not told for so long has run out there by itself.
const MOOT_AFTER_MILLIS: i64 = 3 * 24 * 60 * 60 * 1000;
const AT_ONCE: i64 = 100;

/// Owes that these are told from that instant on.
pub fn owe(
    tx: &mut WriteTx<'_>,
    tags: &[Tag],
    (now, due): (Instant, Instant),
) -> Result<(), StorageError> {
    let due = due.max(now);
    diesel::insert_into(purges::table)
        .values((
            purges::tags.eq(written(tags, " ")),
            purges::made_at.eq(now.millis()),
            purges::due_at.eq(due.millis()),
            purges::tries.eq(0),
            purges::next_try_at.eq(due.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// What this publication changes when it begins, which is also what the one before it showed. One that
/// is cancelled is told too: it is one call for nothing.
pub fn owe_publication(tx: &mut WriteTx<'_>, new: &NewPublication) -> Result<(), StorageError> {
    let mut tags = vec![Tag::Listing];
    tags.extend(about(tx, new.item)?);
    tags.extend(story_of(tx, new.item)?);
    let pictures: Vec<String> = images::table
        .inner_join(revision_images::table.on(revision_images::image_id.eq(images::id)))
        .filter(revision_images::revision_id.eq_any(shown_of(new.item)))
        .select(images::hash)
        .distinct()
        .load(tx.connection())?;
    tags.extend(pictures.into_iter().map(Tag::Image));
    owe(tx, &tags, (new.made_at, new.from))
}

type Shown = publications::BoxedQuery<'static, Sqlite, BigInt>;

/// Everything that readers of an item have seen or will see.
fn shown_of(item: ItemId) -> Shown {
    publications::table
        .filter(publications::item_id.eq(item.get()))
        .filter(not_cancelled())
        .select(publications::revision_id)
        .into_boxed()
}

/// Every address that the item has had, and those of its other languages: each of them leads there.
fn story_of(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Tag>, StorageError> {
    let originals: Vec<i64> = revisions::table
        .filter(revisions::id.eq_any(shown_of(item)))
        .select(revisions::original_id)
        .distinct()
        .load(tx.connection())?;
    // One look for each of the item's revisions, and not a list of all that the room ever published.
    let seen = publications::table
        .filter(publications::revision_id.eq(revisions::id))
        .filter(not_cancelled());
    let slugs: Vec<String> = revisions::table
        .filter(revisions::original_id.eq_any(originals))
        .filter(exists(seen))
        .select(revisions::slug)
        .distinct()
        .load(tx.connection())?;
    Ok(slugs.into_iter().map(Tag::Item).collect())
}

/// The items that are about the same show each other.
fn about(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Tag>, StorageError> {
    let rows: Vec<(String, String)> = subjects::table
        .inner_join(revision_subjects::table.on(revision_subjects::subject_id.eq(subjects::id)))
        .filter(revision_subjects::revision_id.eq_any(shown_of(item)))
        .select((subjects::family, subjects::slug))
        .distinct()
        .load(tx.connection())?;
    rows.into_iter()
        .map(|(family, slug)| Ok(Tag::About(parsed("subjects.family", &family)?, slug)))
        .collect()
}

/// What is to be told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    ids: Vec<i64>,
    /// As they are written in headers.
    pub tags: Vec<String>,
    /// How often the one that waits longest was tried before.
    pub tries: i64,
}

/// Whether anything is to be told.
pub fn any_due(tx: &mut ReadTx<'_>, now: Instant) -> Result<bool, StorageError> {
    let due: Option<i64> = purges::table
        .filter(purges::next_try_at.le(now.millis()))
        .select(purges::id)
        .first(tx.connection())
        .optional()?;
    Ok(due.is_some())
}

/// Takes what is due in hand, as much as goes into one call: nobody else gets it before the lease is over.
pub fn claim(tx: &mut WriteTx<'_>, now: Instant) -> Result<Option<Due>, StorageError> {
    forget_moot(tx, now)?;
    let rows: Vec<(i64, String, i64)> = purges::table
        .filter(purges::next_try_at.le(now.millis()))
        .order((purges::next_try_at, purges::id))
        .limit(AT_ONCE)
        .select((purges::id, purges::tags, purges::tries))
        .load(tx.connection())?;
    if rows.is_empty() {
        return Ok(None);
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    diesel::update(purges::table.filter(purges::id.eq_any(ids.clone())))
        .set((
            purges::tries.eq(purges::tries + 1),
            purges::next_try_at.eq(now.plus_millis(LEASE_MILLIS).millis()),
        ))
        .execute(tx.connection())?;
    let words = rows.iter().flat_map(|row| row.1.split(' '));
    let mut tags: Vec<String> = words.map(str::to_owned).collect();
    tags.sort_unstable();
    tags.dedup();
    let tries = rows.iter().map(|row| row.2).max().unwrap_or_default();
    Ok(Some(Due { ids, tags, tries }))
}

/// They were told: nothing is owed any more.
pub fn settle(tx: &mut WriteTx<'_>, due: &Due) -> Result<(), StorageError> {
    diesel::delete(purges::table.filter(purges::id.eq_any(&due.ids))).execute(tx.connection())?;
    Ok(())
}

/// They could not be told; the next try is at that instant.
pub fn put_off(tx: &mut WriteTx<'_>, due: &Due, until: Instant) -> Result<(), StorageError> {
    diesel::update(purges::table.filter(purges::id.eq_any(&due.ids)))
        .set(purges::next_try_at.eq(until.millis()))
        .execute(tx.connection())?;
    Ok(())
}

/// Nobody has to be told: there is no cache in front of the room.
pub fn forget_due(tx: &mut WriteTx<'_>, now: Instant) -> Result<(), StorageError> {
    diesel::delete(purges::table.filter(purges::due_at.le(now.millis())))
        .execute(tx.connection())?;
    Ok(())
}

fn forget_moot(tx: &mut WriteTx<'_>, now: Instant) -> Result<(), StorageError> {
    let moot = now.plus_millis(-MOOT_AFTER_MILLIS).millis();
    diesel::delete(purges::table.filter(purges::due_at.lt(moot))).execute(tx.connection())?;
    Ok(())
}
