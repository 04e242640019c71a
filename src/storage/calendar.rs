//! What is to come: publications and due days, and who reads them in a calendar program.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::columns::parsed;
use super::editing::{self, ItemLine};
use super::people;
use super::publications::{not_cancelled, scheduled_after};
use super::schema::{calendar_feeds, drafts, passes, publications, revisions};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::{Person, PersonId};
use crate::clock::Instant;
use crate::newsroom::schedule::Day;
use crate::newsroom::words::Language;
use crate::newsroom::{AddressSecret, Change, ItemId, PublicationId, Stage};

/// The end of the calendar.
const LAST_DAY: &str = "9999-12-31";

/// A publication on its day.
#[derive(Clone, Debug)]
pub struct Coming {
    pub publication: PublicationId,
    pub at: Instant,
    pub item: ItemId,
    pub slug: String,
    pub title: String,
    pub language: Language,
    pub change: Change,
    /// How many journalists have a pass until then.
    pub passes: i64,
}

type Row = (i64, i64, i64, String, String, String, String);

/// The publications that begin from one instant until another, in their order.
pub fn publications(
    tx: &mut ReadTx<'_>,
    (from, until): (Instant, Option<Instant>),
    (most, now): (i64, Instant),
) -> Result<Vec<Coming>, StorageError> {
    let rows: Vec<Row> = publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(publications::from_at.ge(from.millis()))
        .filter(publications::from_at.lt(until.map_or(i64::MAX, Instant::millis)))
        .filter(not_cancelled())
        .order((publications::from_at, publications::id))
        .limit(most)
        .select((
            publications::id,
            publications::from_at,
            publications::item_id,
            revisions::slug,
            revisions::title,
            revisions::language,
            publications::change,
        ))
        .load(tx.connection())?;
    let standing = standing_passes(tx, now)?;
    rows.into_iter()
        .map(|(id, at, item, slug, title, language, change)| {
            Ok(Coming {
                publication: PublicationId::new(id),
                at: Instant::from_millis(at),
                item: ItemId::new(item),
                slug,
                title,
                language: parsed("revisions.language", &language)?,
                change: parsed("publications.change", &change)?,
                passes: if at > now.millis() {
                    standing.get(&item).copied().unwrap_or(0)
                } else {
                    0
                },
            })
        })
        .collect()
}

/// How many passes stand to each item that is scheduled.
fn standing_passes(tx: &mut ReadTx<'_>, now: Instant) -> Result<HashMap<i64, i64>, StorageError> {
    let scheduled = publications::table
        .filter(scheduled_after(now.millis()))
        .select(publications::item_id);
    let counts: Vec<(i64, i64)> = passes::table
        .filter(passes::item_id.eq_any(scheduled))
        .filter(passes::revoked_at.is_null())
        .filter(passes::expires_at.gt(now.millis()))
        .group_by(passes::item_id)
        .select((passes::item_id, count_star()))
        .load(tx.connection())?;
    Ok(counts.into_iter().collect())
}

/// The drafts that are due from one day to another, both counted, the first to be due first.
pub fn due(
    tx: &mut ReadTx<'_>,
    (first, last): (Option<Day>, Option<Day>),
    most: i64,
) -> Result<Vec<ItemLine>, StorageError> {
    let first = first.map_or_else(String::new, |day| day.to_string());
    let last = last.map_or_else(|| LAST_DAY.to_owned(), |day| day.to_string());
    let numbers = drafts::table
        .filter(drafts::due_on.is_not_null())
        .filter(drafts::due_on.assume_not_null().ge(first))
        .filter(drafts::due_on.assume_not_null().le(last))
        .filter(drafts::stage.ne(Stage::Discarded.as_str()))
        .order((drafts::due_on.assume_not_null(), drafts::item_id))
        .limit(most)
        .select(drafts::item_id)
        .load(tx.connection())?;
    editing::in_order(tx, numbers)
}

/// When this person made the address that their calendar program reads.
pub fn feed_made_at(
    tx: &mut ReadTx<'_>,
    person: PersonId,
) -> Result<Option<Instant>, StorageError> {
    let made: Option<i64> = calendar_feeds::table
        .find(person.get())
        .select(calendar_feeds::made_at)
        .first(tx.connection())
        .optional()?;
    Ok(made.map(Instant::from_millis))
}

/// Whose address it is, if they are still here.
pub fn reader(tx: &mut ReadTx<'_>, secret: &AddressSecret) -> Result<Option<Person>, StorageError> {
    let person: Option<i64> = calendar_feeds::table
        .filter(calendar_feeds::secret_hash.eq(secret.hash()))
        .select(calendar_feeds::person_id)
        .first(tx.connection())
        .optional()?;
    match person {
        Some(person) => people::active(tx, PersonId::new(person)),
        None => Ok(None),
    }
}

/// From now on this address is the person's, and no other.
pub fn set_feed(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (secret, now): (&AddressSecret, Instant),
) -> Result<(), StorageError> {
    end_feed(tx, person)?;
    diesel::insert_into(calendar_feeds::table)
        .values((
            calendar_feeds::person_id.eq(person.get()),
            calendar_feeds::secret_hash.eq(secret.hash()),
            calendar_feeds::made_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The person's address opens nothing any more. Whether there was one.
pub fn end_feed(tx: &mut WriteTx<'_>, person: PersonId) -> Result<bool, StorageError> {
    let ended =
        diesel::delete(calendar_feeds::table.find(person.get())).execute(tx.connection())?;
    Ok(ended > 0)
}
