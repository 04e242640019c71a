//! One-time links that open an account. Only the hash of a secret is stored.

use diesel::prelude::*;

use super::columns::parsed;
use super::schema::account_links;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::{AddressSecret, LinkPurpose};

/// A link that was made.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub number: i64,
    pub person: PersonId,
    pub purpose: LinkPurpose,
    pub made_by: Option<PersonId>,
    pub made_at: Instant,
    pub expires_at: Instant,
}

type Row = (i64, i64, String, Option<i64>, i64, i64);

const COLUMNS: (
    account_links::id,
    account_links::person_id,
    account_links::purpose,
    account_links::made_by,
    account_links::made_at,
    account_links::expires_at,
) = (
    account_links::id,
    account_links::person_id,
    account_links::purpose,
    account_links::made_by,
    account_links::made_at,
    account_links::expires_at,
);

fn link((number, person, purpose, by, made, expires): Row) -> Result<Link, StorageError> {
    Ok(Link {
        number,
        person: PersonId::new(person),
        purpose: parsed("account_links.purpose", &purpose)?,
        made_by: by.map(PersonId::new),
        made_at: Instant::from_millis(made),
        expires_at: Instant::from_millis(expires),
    })
}

/// The link of this secret, while it opens something.
pub fn open(
    tx: &mut ReadTx<'_>,
    secret: &AddressSecret,
    now: Instant,
) -> Result<Option<Link>, StorageError> {
    account_links::table
        .filter(account_links::secret_hash.eq(secret.hash()))
        .filter(account_links::expires_at.gt(now.millis()))
        .select(COLUMNS)
        .first::<Row>(tx.connection())
        .optional()?
        .map(link)
        .transpose()
}

/// The person's links that open something now, the newest first.
pub fn standing(
    tx: &mut ReadTx<'_>,
    person: PersonId,
    now: Instant,
) -> Result<Vec<Link>, StorageError> {
    account_links::table
        .filter(account_links::person_id.eq(person.get()))
        .filter(account_links::expires_at.gt(now.millis()))
        .order(account_links::id.desc())
        .select(COLUMNS)
        .load::<Row>(tx.connection())?
        .into_iter()
        .map(link)
        .collect()
}

/// Somebody's new link.
pub struct NewLink<'a> {
    pub person: PersonId,
    pub purpose: LinkPurpose,
    pub secret: &'a AddressSecret,
    pub made_by: Option<PersonId>,
    pub made_at: Instant,
    pub expires_at: Instant,
}

/// The number of the link.
pub fn add(tx: &mut WriteTx<'_>, new: &NewLink<'_>) -> Result<i64, StorageError> {
    Ok(diesel::insert_into(account_links::table)
        .values((
            account_links::person_id.eq(new.person.get()),
            account_links::purpose.eq(new.purpose.as_str()),
            account_links::secret_hash.eq(new.secret.hash()),
            account_links::made_by.eq(new.made_by.map(PersonId::get)),
            account_links::made_at.eq(new.made_at.millis()),
            account_links::expires_at.eq(new.expires_at.millis()),
        ))
        .returning(account_links::id)
        .get_result(tx.connection())?)
}

/// Ends every link that gives a new password to somebody who has one.
pub fn forget_resets(tx: &mut WriteTx<'_>) -> Result<(), StorageError> {
    diesel::delete(account_links::table.filter(account_links::purpose.eq("reset")))
        .execute(tx.connection())?;
    Ok(())
}

/// None of the person's links opens anything any more; their numbers.
pub fn end_all(tx: &mut WriteTx<'_>, person: PersonId) -> Result<Vec<i64>, StorageError> {
    Ok(
        diesel::delete(account_links::table.filter(account_links::person_id.eq(person.get())))
            .returning(account_links::id)
            .get_results(tx.connection())?,
    )
}
