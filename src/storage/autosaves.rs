//! Words that somebody typed and has not saved.

use diesel::prelude::*;

use super::schema::autosaves;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::ItemId;

const KEPT_MILLIS: i64 = 60 * 24 * 60 * 60 * 1000;

/// The form in which the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Item(ItemId),
    /// An item that has not been started: the key of its form.
    New(String),
}

impl Place {
    fn item(&self) -> Option<i64> {
        match self {
            Self::Item(item) => Some(item.get()),
            Self::New(_) => None,
        }
    }

    fn form_key(&self) -> &str {
        match self {
            Self::Item(_) => "",
            Self::New(form_key) => form_key,
        }
    }
}

/// What was typed last, and when.
#[derive(Clone, Debug)]
pub struct Autosave {
    pub id: i64,
    pub place: Place,
    /// As a browser encodes them.
    pub fields: String,
    pub saved_at: Instant,
}

type Row = (i64, Option<i64>, String, String, i64);

fn read((id, item, form_key, fields, saved_at): Row) -> Autosave {
    Autosave {
        id,
        place: item.map_or(Place::New(form_key), |item| Place::Item(ItemId::new(item))),
        fields,
        saved_at: Instant::from_millis(saved_at),
    }
}

const COLUMNS: (
    autosaves::id,
    autosaves::item_id,
    autosaves::form_key,
    autosaves::fields,
    autosaves::saved_at,
) = (
    autosaves::id,
    autosaves::item_id,
    autosaves::form_key,
    autosaves::fields,
    autosaves::saved_at,
);

/// Keeps the words in place of those that the person typed there before.
pub fn keep(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (place, fields): (&Place, &str),
    now: Instant,
) -> Result<(), StorageError> {
    let old = now.plus_millis(-KEPT_MILLIS).millis();
    diesel::delete(autosaves::table.filter(autosaves::saved_at.lt(old)))
        .execute(tx.connection())?;
    forget(tx, person, place)?;
    diesel::insert_into(autosaves::table)
        .values((
            autosaves::person_id.eq(person.get()),
            autosaves::item_id.eq(place.item()),
            autosaves::form_key.eq(place.form_key()),
            autosaves::fields.eq(fields),
            autosaves::saved_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The words are saved, or not wanted any more.
pub fn forget(tx: &mut WriteTx<'_>, person: PersonId, place: &Place) -> Result<(), StorageError> {
    let own = autosaves::table.filter(autosaves::person_id.eq(person.get()));
    match place {
        Place::Item(item) => {
            diesel::delete(own.filter(autosaves::item_id.eq(item.get()))).execute(tx.connection())
        }
        Place::New(key) => {
            diesel::delete(own.filter(autosaves::form_key.eq(key))).execute(tx.connection())
        }
    }?;
    Ok(())
}

/// Forgets one of this person's by its number.
pub fn discard(tx: &mut WriteTx<'_>, person: PersonId, id: i64) -> Result<(), StorageError> {
    let one = autosaves::table
        .filter(autosaves::person_id.eq(person.get()))
        .filter(autosaves::id.eq(id));
    diesel::delete(one).execute(tx.connection())?;
    Ok(())
}

/// What this person typed and did not save, the latest first.
pub fn of_person(tx: &mut ReadTx<'_>, person: PersonId) -> Result<Vec<Autosave>, StorageError> {
    let rows: Vec<Row> = autosaves::table
        .filter(autosaves::person_id.eq(person.get()))
        .order((autosaves::saved_at.desc(), autosaves::id.desc()))
        .select(COLUMNS)
        .load(tx.connection())?;
    Ok(rows.into_iter().map(read).collect())
}

/// What this person typed into an item and did not save.
pub fn of_item(
    tx: &mut ReadTx<'_>,
    person: PersonId,
    item: ItemId,
) -> Result<Option<Autosave>, StorageError> {
    let row: Option<Row> = autosaves::table
        .filter(autosaves::person_id.eq(person.get()))
        .filter(autosaves::item_id.eq(item.get()))
        .select(COLUMNS)
        .first(tx.connection())
        .optional()?;
    Ok(row.map(read))
}
