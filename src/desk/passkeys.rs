//! Passkeys: made, used, taken away.

use super::{Failure, telling};
use crate::accounts::{Person, RecoveryCode};
use crate::clock::Instant;
use crate::newsroom::{AccountNews, Refusal};
use crate::storage::journal::{self, Entry};
use crate::storage::passkeys::{NewPasskey, Passkey};
use crate::storage::{StorageError, WriteTx, factors, passkeys, sessions};

/// A new passkey. Whoever has no recovery codes yet gets these; whether they did. Whoever is signed in
/// elsewhere is so no more.
pub fn add(
    tx: &mut WriteTx<'_>,
    (person, session): (&Person, i64),
    new: &NewPasskey,
    codes: &[RecoveryCode],
    now: Instant,
) -> Result<bool, Failure> {
    if passkeys::called(tx, &new.credential)?.is_some() {
        return Err(Refusal::PasskeyIsKnown.into());
    }
    let first = !factors::of_person(tx, person.id)?.is_any();
    passkeys::add(tx, person.id, new, now)?;
    if first {
        factors::set_codes(tx, person.id, codes)?;
    }
    sessions::end_all(tx, person.id, Some(session))?;
    note(tx, person, "made a passkey", now)?;
    telling::of_account(tx, &person.email, AccountNews::NewPasskey, now)?;
    Ok(first)
}

/// It was used to sign in, and what is known of it is this now; nothing where it was taken away meanwhile.
pub fn used(
    tx: &mut WriteTx<'_>,
    key: &Passkey,
    known: &str,
    now: Instant,
) -> Result<bool, StorageError> {
    passkeys::used(tx, key.number, known, now)
}

/// The passkey opens nothing any more. With the last factor its recovery codes go.
pub fn end(
    tx: &mut WriteTx<'_>,
    person: &Person,
    number: i64,
    now: Instant,
) -> Result<(), Failure> {
    if !passkeys::end(tx, person.id, number)? {
        return Err(Refusal::NoFactor.into());
    }
    if !factors::of_person(tx, person.id)?.is_any() {
        if factors::rule(tx)?.concerns(person.roles) {
            // The deletion is taken back with the transaction.
            return Err(Refusal::FactorRequired.into());
        }
        factors::set_codes(tx, person.id, &[])?;
    }
    note(tx, person, "took a passkey away", now)?;
    telling::of_account(tx, &person.email, AccountNews::PasskeyGone, now)?;
    Ok(())
}

fn note(
    tx: &mut WriteTx<'_>,
    person: &Person,
    what: &'static str,
    now: Instant,
) -> Result<(), StorageError> {
    let entry = Entry::of_person(what, person.id, "");
    journal::note(tx, Some(person.id), &entry, now)
}
