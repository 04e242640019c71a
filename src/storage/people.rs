//! People and their password hashes.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::columns::parsed;
use super::schema::people;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::{Email, PasswordHash, Person, PersonId, PersonName, Roles, Taste};
use crate::clock::Instant;
use crate::newsroom::Account;

type Row = (i64, String, String, bool, bool, bool, i64);

const COLUMNS: (
    people::id,
    people::name,
    people::email,
    people::is_author,
    people::is_editor,
    people::is_admin,
    people::era,
) = (
    people::id,
    people::name,
    people::email,
    people::is_author,
    people::is_editor,
    people::is_admin,
    people::era,
);

fn person((id, name, email, author, editor, admin, era): Row) -> Result<Person, StorageError> {
    Ok(Person {
        id: PersonId::new(id),
        name: parsed("people.name", &name)?,
        email: parsed("people.email", &email)?,
        roles: Roles {
            author,
            editor,
            admin,
        },
        era,
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

/// Accounts that somebody has come into and nobody has ended.
#[auto_type]
fn may_sign_in() -> _ {
    people::disabled_at
        .is_null()
        .and(people::password_hash.ne(""))
}

/// Everybody who may write and sign in now, by name.
pub fn writers(tx: &mut ReadTx<'_>) -> Result<Vec<Person>, StorageError> {
    people::table
        .filter(people::is_author.eq(true).or(people::is_editor.eq(true)))
        .filter(may_sign_in())
        .order((people::name, people::id))
        .select(COLUMNS)
        .load::<Row>(tx.connection())?
        .into_iter()
        .map(person)
        .collect()
}

/// In which era the person's sessions are.
pub fn era(tx: &mut ReadTx<'_>, id: PersonId) -> Result<i64, StorageError> {
    let era = people::table.find(id.get()).select(people::era);
    Ok(era.first(tx.connection())?)
}

/// Somebody who may sign in now.
pub fn active(tx: &mut ReadTx<'_>, id: PersonId) -> Result<Option<Person>, StorageError> {
    people::table
        .find(id.get())
        .filter(may_sign_in())
        .select(COLUMNS)
        .first::<Row>(tx.connection())
        .optional()?
        .map(person)
        .transpose()
}

/// The person of this address with the hash to check, if there is one yet, unless disabled.
pub fn by_email(
    tx: &mut ReadTx<'_>,
    email: &Email,
) -> Result<Option<(Person, Option<PasswordHash>)>, StorageError> {
    people::table
        .filter(people::email.eq(email.as_str()))
        .filter(people::disabled_at.is_null())
        .select((COLUMNS, people::password_hash))
        .first::<(Row, String)>(tx.connection())
        .optional()?
        .map(|(row, hash)| Ok((person(row)?, stored(hash))))
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
        .filter(may_sign_in())
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
    /// Somebody who was invited sets a password later.
    pub hash: Option<PasswordHash>,
    pub roles: Roles,
}

pub fn add(tx: &mut WriteTx<'_>, new: &NewPerson, now: Instant) -> Result<PersonId, StorageError> {
    let id = diesel::insert_into(people::table)
        .values((
            people::name.eq(new.name.as_str()),
            people::email.eq(new.email.as_str()),
            people::password_hash.eq(new.hash.as_ref().map_or("", PasswordHash::as_str)),
            people::is_author.eq(new.roles.author),
            people::is_editor.eq(new.roles.editor),
            people::is_admin.eq(new.roles.admin),
            people::created_at.eq(now.millis()),
        ))
        .returning(people::id)
        .get_result(tx.connection())?;
    Ok(PersonId::new(id))
}

/// An account as admins see it.
fn account(
    (row, hash, disabled_at, created_at): (Row, String, Option<i64>, i64),
) -> Result<Account, StorageError> {
    Ok(Account {
        person: person(row)?,
        has_password: !hash.is_empty(),
        disabled_at: disabled_at.map(Instant::from_millis),
        created_at: Instant::from_millis(created_at),
    })
}

/// Everybody's account, by name, also of those who may not sign in.
pub fn accounts(tx: &mut ReadTx<'_>) -> Result<Vec<Account>, StorageError> {
    people::table
        .order((people::name, people::id))
        .select((
            COLUMNS,
            people::password_hash,
            people::disabled_at,
            people::created_at,
        ))
        .load(tx.connection())?
        .into_iter()
        .map(account)
        .collect()
}

pub fn one_account(tx: &mut ReadTx<'_>, id: PersonId) -> Result<Option<Account>, StorageError> {
    people::table
        .find(id.get())
        .select((
            COLUMNS,
            people::password_hash,
            people::disabled_at,
            people::created_at,
        ))
        .first(tx.connection())
        .optional()?
        .map(account)
        .transpose()
}

/// The account of this address.
pub fn account_of(tx: &mut ReadTx<'_>, email: &Email) -> Result<Option<Account>, StorageError> {
    let id: Option<i64> = people::table
        .filter(people::email.eq(email.as_str()))
        .select(people::id)
        .first(tx.connection())
        .optional()?;
    id.map_or(Ok(None), |id| one_account(tx, PersonId::new(id)))
}

/// How many others can sign in and run the room.
pub fn other_admins(tx: &mut ReadTx<'_>, but: PersonId) -> Result<i64, StorageError> {
    Ok(people::table
        .filter(people::is_admin.eq(true))
        .filter(may_sign_in())
        .filter(people::id.ne(but.get()))
        .count()
        .get_result(tx.connection())?)
}

pub fn set_roles(tx: &mut WriteTx<'_>, id: PersonId, roles: Roles) -> Result<(), StorageError> {
    diesel::update(people::table.find(id.get()))
        .set((
            people::is_author.eq(roles.author),
            people::is_editor.eq(roles.editor),
            people::is_admin.eq(roles.admin),
        ))
        .execute(tx.connection())?;
    Ok(())
}

pub fn set_name(tx: &mut WriteTx<'_>, id: PersonId, name: &PersonName) -> Result<(), StorageError> {
    diesel::update(people::table.find(id.get()))
        .set(people::name.eq(name.as_str()))
        .execute(tx.connection())?;
    Ok(())
}

pub fn set_email(tx: &mut WriteTx<'_>, id: PersonId, email: &Email) -> Result<(), StorageError> {
    diesel::update(people::table.find(id.get()))
        .set(people::email.eq(email.as_str()))
        .execute(tx.connection())?;
    Ok(())
}

pub fn set_password(
    tx: &mut WriteTx<'_>,
    id: PersonId,
    hash: &PasswordHash,
) -> Result<(), StorageError> {
    diesel::update(people::table.find(id.get()))
        .set(people::password_hash.eq(hash.as_str()))
        .execute(tx.connection())?;
    Ok(())
}

/// From this instant on nobody signs in with it; `None` opens it again.
pub fn disable(
    tx: &mut WriteTx<'_>,
    id: PersonId,
    at: Option<Instant>,
) -> Result<(), StorageError> {
    diesel::update(people::table.find(id.get()))
        .set(people::disabled_at.eq(at.map(Instant::millis)))
        .execute(tx.connection())?;
    Ok(())
}

/// How the newsroom looks to this person.
pub fn taste(tx: &mut ReadTx<'_>, id: PersonId) -> Result<Taste, StorageError> {
    let row: Option<(String, String, bool)> = people::table
        .find(id.get())
        .select((people::scheme, people::density, people::likes_keys))
        .first(tx.connection())
        .optional()?;
    let Some((scheme, density, keys)) = row else {
        return Ok(Taste::default());
    };
    Ok(Taste {
        scheme: parsed("people.scheme", &scheme)?,
        density: parsed("people.density", &density)?,
        keys,
    })
}

pub fn set_taste(tx: &mut WriteTx<'_>, id: PersonId, taste: Taste) -> Result<(), StorageError> {
    diesel::update(people::table.find(id.get()))
        .set((
            people::scheme.eq(taste.scheme.as_str()),
            people::density.eq(taste.density.as_str()),
            people::likes_keys.eq(taste.keys),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// No hash is empty but that of somebody who has set no password yet.
fn stored(hash: String) -> Option<PasswordHash> {
    (!hash.is_empty()).then(|| PasswordHash::stored(hash))
}
