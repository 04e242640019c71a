//! The kinds as admins run them: in their order, each with how often it is used.

use std::collections::HashMap;

use diesel::prelude::*;

use super::room::{KIND, read_kind};
use super::schema::{former_kind_slugs, items, kinds, revisions};
use super::{ReadTx, StorageError, WriteTx};
use crate::newsroom::kind_words::KindWords;
use crate::newsroom::{Kind, KindId};

/// Every kind in its order, with how many items are of it by their newest words.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<(Kind, u64)>, StorageError> {
    let uses: HashMap<i64, i64> = items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .group_by(revisions::kind_id)
        .select((revisions::kind_id, diesel::dsl::count_star()))
        .load(tx.connection())?
        .into_iter()
        .collect();
    let rows = kinds::table
        .order((kinds::position, kinds::id))
        .select(KIND)
        .load(tx.connection())?;
    rows.into_iter()
        .map(|row| {
            let kind = read_kind(row)?;
            let uses = uses.get(&kind.id.get()).copied().unwrap_or_default();
            Ok((kind, u64::try_from(uses).unwrap_or_default()))
        })
        .collect()
}

/// The kind whose address this was.
pub fn by_former_slug(tx: &mut ReadTx<'_>, slug: &str) -> Result<Option<KindId>, StorageError> {
    let id: Option<i64> = former_kind_slugs::table
        .find(slug)
        .select(former_kind_slugs::kind_id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(KindId::new))
}

/// Adds a kind behind the others.
pub fn add(tx: &mut WriteTx<'_>, words: &KindWords) -> Result<KindId, StorageError> {
    let last: Option<i64> = kinds::table
        .select(diesel::dsl::max(kinds::position))
        .first(tx.connection())?;
    forget_former(tx, words.slug.as_str())?;
    let id = diesel::insert_into(kinds::table)
        .values((
            kinds::slug.eq(words.slug.as_str()),
            kinds::name.eq(words.name.as_str()),
            kinds::plural.eq(words.plural.as_str()),
            kinds::icon.eq(words.icon.as_str()),
            kinds::graphic.eq(words.graphic.as_str()),
            kinds::position.eq(last.unwrap_or_default() + 1),
        ))
        .returning(kinds::id)
        .get_result(tx.connection())?;
    Ok(KindId::new(id))
}

/// Gives a kind other words. Its list is there from the start, so readers know its address.
pub fn change(tx: &mut WriteTx<'_>, kind: &Kind, words: &KindWords) -> Result<(), StorageError> {
    if kind.slug != words.slug.as_str() {
        forget_former(tx, words.slug.as_str())?;
        forget_former(tx, &kind.slug)?;
        diesel::insert_into(former_kind_slugs::table)
            .values((
                former_kind_slugs::slug.eq(&kind.slug),
                former_kind_slugs::kind_id.eq(kind.id.get()),
            ))
            .execute(tx.connection())?;
    }
    diesel::update(kinds::table.find(kind.id.get()))
        .set((
            kinds::slug.eq(words.slug.as_str()),
            kinds::name.eq(words.name.as_str()),
            kinds::plural.eq(words.plural.as_str()),
            kinds::icon.eq(words.icon.as_str()),
            kinds::graphic.eq(words.graphic.as_str()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

fn forget_former(tx: &mut WriteTx<'_>, slug: &str) -> Result<(), StorageError> {
    diesel::delete(former_kind_slugs::table.find(slug)).execute(tx.connection())?;
    Ok(())
}

/// Puts the kinds in this order.
pub fn put_in_order(tx: &mut WriteTx<'_>, order: &[KindId]) -> Result<(), StorageError> {
    for (position, kind) in (1_i64..).zip(order) {
        diesel::update(kinds::table.find(kind.get()))
            .set(kinds::position.eq(position))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Whether any revision is of this kind.
pub fn is_used(tx: &mut ReadTx<'_>, kind: KindId) -> Result<bool, StorageError> {
    let found: Option<i64> = revisions::table
        .filter(revisions::kind_id.eq(kind.get()))
        .select(revisions::id)
        .first(tx.connection())
        .optional()?;
    Ok(found.is_some())
}

pub fn delete(tx: &mut WriteTx<'_>, kind: KindId) -> Result<(), StorageError> {
    diesel::delete(former_kind_slugs::table.filter(former_kind_slugs::kind_id.eq(kind.get())))
        .execute(tx.connection())?;
    diesel::delete(kinds::table.find(kind.get())).execute(tx.connection())?;
    Ok(())
}
