//! The kinds as admins run them: in their order, each with how often it is used.

use std::collections::HashMap;

use diesel::prelude::*;

use super::room::{KIND, read_kind};
use super::schema::{former_kind_slugs, items, kind_mergers, kinds, revisions};
use super::{ReadTx, StorageError, WriteTx};
use crate::newsroom::kind_words::KindWords;
use crate::newsroom::room::Accent;
use crate::newsroom::{Kind, KindId};

/// Every kind in its order, but those that went into another one, with how many items are of it by their newest words.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<(Kind, u64)>, StorageError> {
    let uses: HashMap<i64, i64> = items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .group_by(revisions::kind_id)
        .select((revisions::kind_id, diesel::dsl::count_star()))
        .load(tx.connection())?
        .into_iter()
        .collect();
    let gone = kind_mergers::table.select(kind_mergers::kind_id);
    let rows = kinds::table
        .filter(diesel::dsl::not(kinds::id.eq_any(gone)))
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
            kinds::colour.eq(hex(words.colour)),
            kinds::position.eq(last.unwrap_or_default() + 1),
        ))
        .returning(kinds::id)
        .get_result(tx.connection())?;
    Ok(KindId::new(id))
}

/// Empty where the kind has no colour of its own.
fn hex(colour: Option<Accent>) -> String {
    colour.map(Accent::hex).unwrap_or_default()
}

/// Gives a kind other words. Its list is there from the start, so readers know its address.
pub fn change(tx: &mut WriteTx<'_>, kind: &Kind, words: &KindWords) -> Result<(), StorageError> {
    if kind.slug != words.slug.as_str() {
        forget_former(tx, words.slug.as_str())?;
        forget_former(tx, &kind.slug)?;
        lead(tx, &kind.slug, kind.id)?;
    }
    diesel::update(kinds::table.find(kind.id.get()))
        .set((
            kinds::slug.eq(words.slug.as_str()),
            kinds::name.eq(words.name.as_str()),
            kinds::plural.eq(words.plural.as_str()),
            kinds::icon.eq(words.icon.as_str()),
            kinds::graphic.eq(words.graphic.as_str()),
            kinds::colour.eq(hex(words.colour)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Leads readers from an address that they knew.
fn lead(tx: &mut WriteTx<'_>, slug: &str, to: KindId) -> Result<(), StorageError> {
    diesel::insert_into(former_kind_slugs::table)
        .values((
            former_kind_slugs::slug.eq(slug),
            former_kind_slugs::kind_id.eq(to.get()),
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

/// Makes one kind into the other: whatever was of it is of the survivor, and the database keeps what
/// each revision was of before.
pub fn merge(tx: &mut WriteTx<'_>, kind: &Kind, into: KindId) -> Result<(), StorageError> {
    let (from, into_id) = (kind.id.get(), into.get());
    diesel::update(kind_mergers::table.filter(kind_mergers::into_id.eq(from)))
        .set(kind_mergers::into_id.eq(into_id))
        .execute(tx.connection())?;
    diesel::insert_into(kind_mergers::table)
        .values((
            kind_mergers::kind_id.eq(from),
            kind_mergers::into_id.eq(into_id),
        ))
        .execute(tx.connection())?;
    // The address is free for a kind that stands; no address has this sign.
    diesel::update(kinds::table.find(from))
        .set(kinds::slug.eq(format!("~{from}")))
        .execute(tx.connection())?;
    diesel::update(former_kind_slugs::table.filter(former_kind_slugs::kind_id.eq(from)))
        .set(former_kind_slugs::kind_id.eq(into_id))
        .execute(tx.connection())?;
    lead(tx, &kind.slug, into)
}

/// The kind that stands for this one: itself, or the one that it went into.
pub fn standing(tx: &mut ReadTx<'_>, kind: KindId) -> Result<KindId, StorageError> {
    let into: Option<i64> = kind_mergers::table
        .find(kind.get())
        .select(kind_mergers::into_id)
        .first(tx.connection())
        .optional()?;
    Ok(into.map_or(kind, KindId::new))
}

/// Whether any revision is of this kind, or another kind went into it.
pub fn is_used(tx: &mut ReadTx<'_>, kind: KindId) -> Result<bool, StorageError> {
    let merged: Option<i64> = kind_mergers::table
        .filter(kind_mergers::into_id.eq(kind.get()))
        .select(kind_mergers::kind_id)
        .first(tx.connection())
        .optional()?;
    let found: Option<i64> = revisions::table
        .filter(revisions::kind_id.eq(kind.get()))
        .select(revisions::id)
        .first(tx.connection())
        .optional()?;
    Ok(found.is_some() || merged.is_some())
}

pub fn delete(tx: &mut WriteTx<'_>, kind: KindId) -> Result<(), StorageError> {
    diesel::delete(former_kind_slugs::table.filter(former_kind_slugs::kind_id.eq(kind.get())))
        .execute(tx.connection())?;
    diesel::delete(kinds::table.find(kind.get())).execute(tx.connection())?;
    Ok(())
}
