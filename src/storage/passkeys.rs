//! Passkeys: the public half of keys that somebody's devices hold.

use diesel::prelude::*;

use super::columns::parsed;
use super::schema::passkeys;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::accounts::passkey::{PasskeyName, PublicKey};
use crate::clock::Instant;

/// Somebody's passkey.
#[derive(Clone, Debug)]
pub struct Passkey {
    pub number: i64,
    pub person: PersonId,
    /// How devices know this person.
    pub owner: String,
    pub key: PublicKey,
    pub name: PasskeyName,
    pub made_at: Instant,
    pub used_at: Option<Instant>,
}

type Row = (i64, i64, String, String, String, i64, Option<i64>);

const COLUMNS: (
    passkeys::id,
    passkeys::person_id,
    passkeys::owner,
    passkeys::public_key,
    passkeys::name,
    passkeys::made_at,
    passkeys::used_at,
) = (
    passkeys::id,
    passkeys::person_id,
    passkeys::owner,
    passkeys::public_key,
    passkeys::name,
    passkeys::made_at,
    passkeys::used_at,
);

fn passkey((number, person, owner, key, name, made, used): Row) -> Result<Passkey, StorageError> {
    Ok(Passkey {
        number,
        person: PersonId::new(person),
        owner,
        key: parsed("passkeys.public_key", &key)?,
        name: parsed("passkeys.name", &name)?,
        made_at: Instant::from_millis(made),
        used_at: used.map(Instant::from_millis),
    })
}

/// The person's passkeys, the oldest first.
pub fn of_person(tx: &mut ReadTx<'_>, person: PersonId) -> Result<Vec<Passkey>, StorageError> {
    passkeys::table
        .filter(passkeys::person_id.eq(person.get()))
        .order(passkeys::id)
        .select(COLUMNS)
        .load::<Row>(tx.connection())?
        .into_iter()
        .map(passkey)
        .collect()
}

pub fn count(tx: &mut ReadTx<'_>, person: PersonId) -> Result<i64, StorageError> {
    Ok(passkeys::table
        .filter(passkeys::person_id.eq(person.get()))
        .count()
        .get_result(tx.connection())?)
}

/// The passkey that its device gave this name.
pub fn called(tx: &mut ReadTx<'_>, credential: &str) -> Result<Option<Passkey>, StorageError> {
    passkeys::table
        .filter(passkeys::credential_id.eq(credential))
        .select(COLUMNS)
        .first::<Row>(tx.connection())
        .optional()?
        .map(passkey)
        .transpose()
}

/// A key that was just made.
pub struct NewPasskey {
    pub owner: String,
    pub credential: String,
    pub public_key: String,
    pub name: PasskeyName,
}

pub fn add(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    new: &NewPasskey,
    now: Instant,
) -> Result<(), StorageError> {
    diesel::insert_into(passkeys::table)
        .values((
            passkeys::person_id.eq(person.get()),
            passkeys::owner.eq(&new.owner),
            passkeys::credential_id.eq(&new.credential),
            passkeys::public_key.eq(&new.public_key),
            passkeys::name.eq(new.name.as_str()),
            passkeys::made_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The key was used, which may have changed what is known of it; whether it is still there.
pub fn used(
    tx: &mut WriteTx<'_>,
    number: i64,
    public_key: &str,
    now: Instant,
) -> Result<bool, StorageError> {
    let used = diesel::update(passkeys::table.find(number))
        .set((
            passkeys::public_key.eq(public_key),
            passkeys::used_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(used > 0)
}

/// Takes one of the person's keys away; whether there was such a one.
pub fn end(tx: &mut WriteTx<'_>, person: PersonId, number: i64) -> Result<bool, StorageError> {
    let own = passkeys::table
        .find(number)
        .filter(passkeys::person_id.eq(person.get()));
    Ok(diesel::delete(own).execute(tx.connection())? > 0)
}

pub fn end_all(tx: &mut WriteTx<'_>, person: PersonId) -> Result<(), StorageError> {
    let own = passkeys::table.filter(passkeys::person_id.eq(person.get()));
    diesel::delete(own).execute(tx.connection())?;
    Ok(())
}
