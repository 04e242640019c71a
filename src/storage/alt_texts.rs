//! Photos in use whose alt text does not do its work, those that came into use last first.

use diesel::dsl::{auto_type, exists, max, not};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::columns::parsed;
use super::images::{LibraryImage, LibraryRow, SHOWN, ShownColumns, library_image};
use super::library::uses_of_it;
use super::schema::{images, revision_images};
use super::uses::{approved_images, returning_images, seen_revisions};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::newsroom::alt_text::Weakness;

/// Whose queue it is: what an author may not change is not asked of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Everything,
    /// What readers do not see and will not, as far as anybody has decided.
    WhatNobodyCountsOn,
}

type Query<'a> = images::BoxedQuery<'a, Sqlite>;

#[auto_type]
fn public_uses(now: i64) -> _ {
    let seen: seen_revisions = seen_revisions(now);
    revision_images::table
        .filter(revision_images::image_id.eq(images::id))
        .filter(revision_images::revision_id.eq_any(seen))
}

fn queue(reach: Reach, now: Instant) -> Query<'static> {
    let query = images::table
        .filter(images::alt_weakness.is_not_null())
        .filter(images::trashed_at.is_null())
        .filter(exists(uses_of_it(now.millis())))
        .into_boxed();
    match reach {
        Reach::Everything => query,
        Reach::WhatNobodyCountsOn => query
            .filter(not(exists(public_uses(now.millis()))))
            .filter(not(images::id.eq_any(approved_images())))
            .filter(not(images::id.eq_any(returning_images(now.millis())))),
    }
}

/// How many there are.
pub fn count(tx: &mut ReadTx<'_>, reach: Reach, now: Instant) -> Result<u64, StorageError> {
    let count: i64 = queue(reach, now).count().get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The next one, after leaving out so many, and what is wrong with it.
pub fn next(
    tx: &mut ReadTx<'_>,
    reach: Reach,
    skip: u64,
    now: Instant,
) -> Result<Option<(LibraryImage, Weakness)>, StorageError> {
    let newest_use = revision_images::table
        .filter(revision_images::image_id.eq(images::id))
        .select(max(revision_images::revision_id))
        .single_value();
    let row: Option<(ShownColumns, LibraryRow, Option<String>)> = queue(reach, now)
        .order((newest_use.desc(), images::id.desc()))
        .offset(i64::try_from(skip).unwrap_or(i64::MAX))
        .limit(1)
        .select((SHOWN, LibraryRow::as_select(), images::alt_weakness))
        .first(tx.connection())
        .optional()?;
    let Some((shown, row, weakness)) = row else {
        return Ok(None);
    };
    let weakness = parsed("images.alt_weakness", &weakness.unwrap_or_default())?;
    Ok(Some((library_image((shown, row))?, weakness)))
}
