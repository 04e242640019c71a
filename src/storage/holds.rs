//! What is held back from being published, and by whom.

use diesel::prelude::*;

use super::columns::parsed;
use super::schema::{held_publications, holds, publications};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::hold::{Hold, HoldId};
use crate::newsroom::words::Reason;
use crate::newsroom::{ItemId, PublicationId};

/// The hold that nobody has ended.
pub fn open(tx: &mut ReadTx<'_>) -> Result<Option<Hold>, StorageError> {
    let row: Option<(i64, String, i64, i64)> = holds::table
        .filter(holds::ended_at.is_null())
        .select((holds::id, holds::reason, holds::by_id, holds::at))
        .first(tx.connection())
        .optional()?;
    row.map(|(id, reason, by, at)| {
        Ok(Hold {
            id: HoldId::new(id),
            reason: parsed("holds.reason", &reason)?,
            by: PersonId::new(by),
            at: Instant::from_millis(at),
        })
    })
    .transpose()
}

pub fn begin(
    tx: &mut WriteTx<'_>,
    reason: &Reason,
    (by, now): (PersonId, Instant),
) -> Result<HoldId, StorageError> {
    let id: i64 = diesel::insert_into(holds::table)
        .values((
            holds::reason.eq(reason.as_str()),
            holds::by_id.eq(by.get()),
            holds::at.eq(now.millis()),
        ))
        .returning(holds::id)
        .get_result(tx.connection())?;
    Ok(HoldId::new(id))
}

/// The hold is what took this publication back.
pub fn add(
    tx: &mut WriteTx<'_>,
    hold: HoldId,
    publication: PublicationId,
) -> Result<(), StorageError> {
    diesel::insert_into(held_publications::table)
        .values((
            held_publications::publication_id.eq(publication.get()),
            held_publications::hold_id.eq(hold.get()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// What the hold took back, with the wall clock and the zone that were typed; what was to come first is first.
pub fn held(tx: &mut ReadTx<'_>, hold: HoldId) -> Result<Vec<Held>, StorageError> {
    let rows: Vec<(i64, i64, String, String)> = held_publications::table
        .inner_join(publications::table.on(publications::id.eq(held_publications::publication_id)))
        .filter(held_publications::hold_id.eq(hold.get()))
        .order((publications::from_at, publications::id))
        .select((
            publications::item_id,
            publications::id,
            publications::typed_time,
            publications::typed_zone,
        ))
        .load(tx.connection())?;
    let read = |(item, publication, time, zone): (i64, i64, String, String)| Held {
        item: ItemId::new(item),
        publication: PublicationId::new(publication),
        typed: (!time.is_empty()).then_some((time, zone)),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// A publication that a hold took back.
pub struct Held {
    pub item: ItemId,
    pub publication: PublicationId,
    pub typed: Option<(String, String)>,
}

pub fn end(
    tx: &mut WriteTx<'_>,
    hold: HoldId,
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    diesel::update(holds::table.find(hold.get()))
        .set((
            holds::ended_by.eq(by.get()),
            holds::ended_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}
