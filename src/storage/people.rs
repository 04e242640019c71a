//! People and their password hashes.

use diesel::prelude::*;

use super::columns::parsed;
use super::schema::people;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::{Email, PasswordHash, Person, PersonId, PersonName, Roles};
use crate::clock::Instant;

type Row = (i64, String, String, bool, bool, bool);

const COLUMNS: (
    people::id,
    people::name,
    people::email,
    people::is_author,
    people::is_editor,
    people::is_admin,
) = (
    people::id,
    people::name,
    people::email,
    people::is_author,
    people::is_editor,
    people::is_admin,
);

fn person((id, name, email, author, editor, admin): Row) -> Result<Person, StorageError> {
    Ok(Person {
        id: PersonId::new(id),
        name: parsed("people.name", &name)?,
        email: parsed("people.email", &email)?,
        roles: Roles {
            author,
            editor,
            admin,
        },
    })
}

/// Whether the room still waits for its first account.
pub fn nobody_is_here(tx: &mut ReadTx<'_>) -> Result<bool, StorageError> {
    let first: Option<i64> = people::table
        .select(people::id)
        .limit(1)
        .first(tx.connection())
        .optional()?;
    Ok(first.is_none())
}

/// Somebody who may sign in now.
pub fn active(tx: &mut ReadTx<'_>, id: PersonId) -> Result<Option<Person>, StorageError> {
    people::table
        .find(id.get())
        .filter(people::disabled_at.is_null())
        .select(COLUMNS)
        .first::<Row>(tx.connection())
        .optional()?
        .map(person)
        .transpose()
}

/// The person of this address with the hash to check, unless disabled.
pub fn by_email(
    tx: &mut ReadTx<'_>,
    email: &Email,
) -> Result<Option<(Person, PasswordHash)>, StorageError> {
    people::table
        .filter(people::email.eq(email.as_str()))
        .filter(people::disabled_at.is_null())
        .select((COLUMNS, people::password_hash))
        .first::<(Row, String)>(tx.connection())
        .optional()?
        .map(|(row, hash)| Ok((person(row)?, PasswordHash::stored(hash))))
        .transpose()
}

/// Everybody, by name.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Person>, StorageError> {
    people::table
        .order(people::name)
        .select(COLUMNS)
        .load::<Row>(tx.connection())?
        .into_iter()
        .map(person)
        .collect()
}

/// Everybody who may publish now, in the order in which they came.
pub fn editors(tx: &mut ReadTx<'_>) -> Result<Vec<Person>, StorageError> {
    people::table
        .filter(people::is_editor.eq(true))
        .filter(people::disabled_at.is_null())
        .order(people::id)
        .select(COLUMNS)
        .load::<Row>(tx.connection())?
        .into_iter()
        .map(person)
        .collect()
}

/// Somebody who is about to get an account.
pub struct NewPerson {
    pub name: PersonName,
    pub email: Email,
    pub hash: PasswordHash,
    pub roles: Roles,
}

pub fn add(tx: &mut WriteTx<'_>, new: &NewPerson, now: Instant) -> Result<PersonId, StorageError> {
    let id = diesel::insert_into(people::table)
        .values((
            people::name.eq(new.name.as_str()),
            people::email.eq(new.email.as_str()),
            people::password_hash.eq(new.hash.as_str()),
            people::is_author.eq(new.roles.author),
            people::is_editor.eq(new.roles.editor),
            people::is_admin.eq(new.roles.admin),
            people::created_at.eq(now.millis()),
        ))
        .returning(people::id)
        .get_result(tx.connection())?;
    Ok(PersonId::new(id))
}

/// Whether there is such a person, whose password this is from now on.
pub fn set_password(
    tx: &mut WriteTx<'_>,
    email: &Email,
    hash: &PasswordHash,
) -> Result<bool, StorageError> {
    let changed = diesel::update(people::table.filter(people::email.eq(email.as_str())))
        .set(people::password_hash.eq(hash.as_str()))
        .execute(tx.connection())?;
    Ok(changed > 0)
}
