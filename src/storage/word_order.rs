//! The order of topics, and of places among those that stand below the same one: first those that
//! somebody gave a place, then the others by name.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{place_parents, subjects};
use super::words::standing;
use super::{ReadTx, StorageError, WriteTx};
use crate::newsroom::{SubjectFamily, SubjectId};

/// All of them in their order; what stands below a place follows it.
pub(super) fn all(tx: &mut ReadTx<'_>, family: SubjectFamily) -> Result<Vec<i64>, StorageError> {
    const NOWHERE: i64 = 0;
    let rows: Vec<i64> = standing(family)
        .order((
            subjects::position.eq(0),
            subjects::position,
            subjects::folded,
            subjects::id,
        ))
        .select(subjects::id)
        .load(tx.connection())?;
    let parents: HashMap<i64, i64> = place_parents::table
        .select((place_parents::place_id, place_parents::parent_id))
        .load(tx.connection())?
        .into_iter()
        .collect();
    let mut below: HashMap<i64, Vec<i64>> = HashMap::new();
    for id in rows {
        let parent = parents.get(&id).copied().unwrap_or(NOWHERE);
        below.entry(parent).or_default().push(id);
    }
    let mut order = Vec::new();
    let mut waiting = below.remove(&NOWHERE).unwrap_or_default();
    waiting.reverse();
    while let Some(id) = waiting.pop() {
        order.push(id);
        waiting.extend(below.remove(&id).unwrap_or_default().into_iter().rev());
    }
    Ok(order)
}

/// Those that somebody gave a place, in their order: of the topics, or of what stands below that
/// place, or below none.
pub fn placed(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    parent: Option<SubjectId>,
) -> Result<Vec<SubjectId>, StorageError> {
    let all_below = place_parents::table.select(place_parents::place_id);
    let query = standing(family)
        .filter(subjects::position.ne(0))
        .order((subjects::position, subjects::folded, subjects::id))
        .select(subjects::id);
    let ids: Vec<i64> = match parent {
        Some(parent) => query
            .filter(
                subjects::id.eq_any(all_below.filter(place_parents::parent_id.eq(parent.get()))),
            )
            .load(tx.connection())?,
        None => query
            .filter(diesel::dsl::not(subjects::id.eq_any(all_below)))
            .load(tx.connection())?,
    };
    Ok(ids.into_iter().map(SubjectId::new).collect())
}

/// Gives them the places from 1 on, in this order.
pub fn put_in_order(tx: &mut WriteTx<'_>, order: &[SubjectId]) -> Result<(), StorageError> {
    for (position, id) in (1_i64..).zip(order) {
        diesel::update(subjects::table.find(id.get()))
            .set(subjects::position.eq(position))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Takes the place of one away; it stands by its name.
pub fn forget(tx: &mut WriteTx<'_>, id: SubjectId) -> Result<(), StorageError> {
    diesel::update(subjects::table.find(id.get()))
        .set(subjects::position.eq(0))
        .execute(tx.connection())?;
    Ok(())
}
