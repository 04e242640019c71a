//! Second factors: apps that show codes, and recovery codes.

use diesel::prelude::*;

use super::schema::{app_factors, recovery_codes, room};
use super::{ReadTx, StorageError, WriteTx, passkeys};
use crate::accounts::{PersonId, RecoveryCode, Roles};
use crate::clock::Instant;
use crate::newsroom::factors::{AppFactor, FactorRule, Factors, Wrong};

/// The person's app, if codes from one are asked for.
pub fn app(tx: &mut ReadTx<'_>, person: PersonId) -> Result<Option<AppFactor>, StorageError> {
    let row: Option<(String, i64, i64, i64, i64)> = app_factors::table
        .find(person.get())
        .select((
            app_factors::sealed,
            app_factors::last_step,
            app_factors::wrong,
            app_factors::wrong_at,
            app_factors::made_at,
        ))
        .first(tx.connection())
        .optional()?;
    Ok(
        row.map(|(sealed, last_step, count, wrong_at, made_at)| AppFactor {
            sealed,
            last_step,
            wrong: Wrong {
                count,
                last_at: Instant::from_millis(wrong_at),
            },
            made_at: Instant::from_millis(made_at),
        }),
    )
}

/// What this person has besides a password.
pub fn of_person(tx: &mut ReadTx<'_>, person: PersonId) -> Result<Factors, StorageError> {
    let app = app(tx, person)?;
    let codes_left = recovery_codes::table
        .filter(recovery_codes::person_id.eq(person.get()))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(tx.connection())?;
    Ok(Factors {
        app: app.map(|app| app.made_at),
        codes_left,
        passkeys: passkeys::count(tx, person)?,
    })
}

/// Of which roles a second factor is required.
pub fn rule(tx: &mut ReadTx<'_>) -> Result<FactorRule, StorageError> {
    let row: Option<(bool, bool, bool)> = room::table
        .select((
            room::factor_of_authors,
            room::factor_of_editors,
            room::factor_of_admins,
        ))
        .first(tx.connection())
        .optional()?;
    let (author, editor, admin) = row.unwrap_or_default();
    Ok(FactorRule(Roles {
        author,
        editor,
        admin,
    }))
}

pub fn set_rule(tx: &mut WriteTx<'_>, FactorRule(of): FactorRule) -> Result<(), StorageError> {
    diesel::update(room::table)
        .set((
            room::factor_of_authors.eq(of.author),
            room::factor_of_editors.eq(of.editor),
            room::factor_of_admins.eq(of.admin),
        ))
        .execute(tx.connection())?;
    Ok(())
}

pub fn add_app(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (sealed, step): (&str, i64),
    now: Instant,
) -> Result<(), StorageError> {
    diesel::insert_into(app_factors::table)
        .values((
            app_factors::person_id.eq(person.get()),
            app_factors::sealed.eq(sealed),
            app_factors::last_step.eq(step),
            app_factors::made_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// A code of this time step was taken; no earlier one is taken any more.
pub fn note_step(tx: &mut WriteTx<'_>, person: PersonId, step: i64) -> Result<(), StorageError> {
    diesel::update(app_factors::table.find(person.get()))
        .set((app_factors::last_step.eq(step), app_factors::wrong.eq(0)))
        .execute(tx.connection())?;
    Ok(())
}

pub fn note_wrong(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    wrong: Wrong,
) -> Result<(), StorageError> {
    diesel::update(app_factors::table.find(person.get()))
        .set((
            app_factors::wrong.eq(wrong.count),
            app_factors::wrong_at.eq(wrong.last_at.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

pub fn end_app(tx: &mut WriteTx<'_>, person: PersonId) -> Result<(), StorageError> {
    diesel::delete(app_factors::table.find(person.get())).execute(tx.connection())?;
    Ok(())
}

/// The person's recovery codes are these and no other.
pub fn set_codes(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    codes: &[RecoveryCode],
) -> Result<(), StorageError> {
    let before = recovery_codes::table.filter(recovery_codes::person_id.eq(person.get()));
    diesel::delete(before).execute(tx.connection())?;
    for code in codes {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::person_id.eq(person.get()),
                recovery_codes::code_hash.eq(code.hash()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Whether this was one of the person's unused codes, which it is no more.
pub fn use_code(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    code: &RecoveryCode,
    now: Instant,
) -> Result<bool, StorageError> {
    let unused = recovery_codes::table
        .filter(recovery_codes::person_id.eq(person.get()))
        .filter(recovery_codes::code_hash.eq(code.hash()))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(unused)
        .set(recovery_codes::used_at.eq(now.millis()))
        .execute(tx.connection())?;
    Ok(used > 0)
}
