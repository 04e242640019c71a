//! Second factors: set up, asked for, taken away.

use super::{Failure, telling};
use crate::accounts::factor::{AppSecret, RecoveryCode, app_code};
use crate::accounts::{Admin, Person, PersonId, Seal};
use crate::clock::Instant;
use crate::newsroom::factors::{AppFactor, behind_password};
use crate::newsroom::{AccountNews, BehindPassword, FactorRule, Refusal};
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, StorageError, WriteTx, factors, passkeys, people, sessions};

/// What came of a code that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeAnswer {
    /// The app showed it.
    OfApp,
    /// One of the recovery codes; so many are left.
    Recovery {
        left: i64,
    },
    Wrong,
    /// Too many were wrong: no code of the app is looked at for so long.
    Paused {
        millis: i64,
    },
    /// The room's key is another one than when the app was set up.
    Unreadable,
}

/// What a secret is sealed for.
pub fn purpose(person: PersonId) -> String {
    format!("app of person {person}")
}

/// Whether this code is the person's, who has used it then. A wrong one is counted, and never rolled
/// back: it is no failure of the move.
pub fn check(
    tx: &mut WriteTx<'_>,
    (person, typed): (&Person, &str),
    seal: &Seal,
    now: Instant,
) -> Result<CodeAnswer, StorageError> {
    let app = factors::app(tx, person.id)?;
    match (app_code(typed), app) {
        (Some(code), Some(app)) => check_app(tx, (person, &code), (&app, seal), now),
        (Some(_), None) => Ok(CodeAnswer::Wrong),
        (None, _) => check_recovery(tx, person, &RecoveryCode::typed(typed), now),
    }
}

fn check_app(
    tx: &mut WriteTx<'_>,
    (person, code): (&Person, &str),
    (app, seal): (&AppFactor, &Seal),
    now: Instant,
) -> Result<CodeAnswer, StorageError> {
    if let Some(millis) = app.wrong.pause_left(now) {
        return Ok(CodeAnswer::Paused { millis });
    }
    let opened = seal.open(&app.sealed, &purpose(person.id)).ok();
    let Some(secret) = opened.and_then(|bytes| AppSecret::of_bytes(&bytes)) else {
        tracing::error!("the secret of an app was sealed with another key file");
        return Ok(CodeAnswer::Unreadable);
    };
    // One that was taken before is as wrong as any other.
    let step = secret
        .step_of(code, now)
        .filter(|step| *step > app.last_step);
    if let Some(step) = step {
        factors::note_step(tx, person.id, step)?;
        return Ok(CodeAnswer::OfApp);
    }
    let wrong = app.wrong.once_more(now);
    factors::note_wrong(tx, person.id, wrong)?;
    if wrong.is_to_be_told() {
        note(tx, person.id, "gave wrong codes", (Some(person.id), now))?;
        telling::of_account(tx, &person.email, AccountNews::WrongCodes, now)?;
    }
    Ok(CodeAnswer::Wrong)
}

fn check_recovery(
    tx: &mut WriteTx<'_>,
    person: &Person,
    code: &RecoveryCode,
    now: Instant,
) -> Result<CodeAnswer, StorageError> {
    if !factors::use_code(tx, person.id, code, now)? {
        return Ok(CodeAnswer::Wrong);
    }
    let left = factors::of_person(tx, person.id)?.codes_left;
    note(
        tx,
        person.id,
        "used a recovery code",
        (Some(person.id), now),
    )?;
    let news = AccountNews::RecoveryCodeUsed { left };
    telling::of_account(tx, &person.email, news, now)?;
    Ok(CodeAnswer::Recovery { left })
}

/// Who sets an app up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetUpBy {
    /// Somebody who is signed in with this session.
    Staff { session: i64 },
    /// Somebody who gave the password, and has to have a factor before anything else opens.
    AtDoor,
}

/// An app that showed a right code of this time step is asked for its codes from now on, and no other.
/// Whoever is signed in elsewhere, without a code of it, is so no more. Tells the era that begins.
pub fn set_up_app(
    tx: &mut WriteTx<'_>,
    (person, by): (&Person, SetUpBy),
    (sealed, step): (&str, i64),
    codes: &[RecoveryCode],
    now: Instant,
) -> Result<i64, Failure> {
    if people::era(tx, person.id)? != person.era {
        // The password was given, and then counted no more.
        return Err(StorageError::SignedOut.into());
    }
    let session = match by {
        SetUpBy::Staff { session } => Some(session),
        SetUpBy::AtDoor if behind_door(tx, person)? == BehindPassword::SetUpFirst => None,
        // Whoever has the password alone must not put an app of their own in place of the owner's.
        SetUpBy::AtDoor => return Err(Refusal::HasAFactor.into()),
    };
    factors::end_app(tx, person.id)?;
    factors::add_app(tx, person.id, (sealed, step), now)?;
    factors::set_codes(tx, person.id, codes)?;
    sessions::end_all(tx, person.id, session)?;
    note(
        tx,
        person.id,
        "set up an app for codes",
        (Some(person.id), now),
    )?;
    telling::of_account(tx, &person.email, AccountNews::NewApp, now)?;
    Ok(people::era(tx, person.id)?)
}

/// What opens to this person, whose password was right.
pub fn behind_door(tx: &mut ReadTx<'_>, person: &Person) -> Result<BehindPassword, StorageError> {
    let (rule, has) = (factors::rule(tx)?, factors::of_person(tx, person.id)?);
    Ok(behind_password(person.roles, rule, has))
}

/// Requires a second factor of these roles, and of no others. Whoever has none and is concerned is
/// signed out, so that the next password leads them to set one up; how many there are.
pub fn set_rule(
    tx: &mut WriteTx<'_>,
    rule: FactorRule,
    admin: Admin,
    now: Instant,
) -> Result<usize, Failure> {
    let was = factors::rule(tx)?;
    if was == rule {
        return Ok(0);
    }
    let mut out = 0;
    for person in people::all(tx)? {
        if !rule.concerns(person.roles) || factors::of_person(tx, person.id)?.is_any() {
            continue;
        }
        if person.id == admin.id() {
            return Err(Refusal::OwnFactorFirst.into());
        }
        out += usize::from(sessions::end_all(tx, person.id, None)? > 0);
    }
    factors::set_rule(tx, rule)?;
    let detail = format!("{} → {}", words(was), words(rule));
    let entry = Entry::of_room("changed who needs a second factor", &detail);
    journal::note(tx, Some(admin.id()), &entry, now)?;
    Ok(out)
}

fn words(FactorRule(of): FactorRule) -> String {
    match of.words() {
        none if none.is_empty() => "nobody".to_owned(),
        some => some,
    }
}

/// The codes of the app open nothing any more. With the last factor its recovery codes go.
pub fn end_app(tx: &mut WriteTx<'_>, person: &Person, now: Instant) -> Result<(), Failure> {
    if factors::app(tx, person.id)?.is_none() {
        return Err(Refusal::NoFactor.into());
    }
    factors::end_app(tx, person.id)?;
    if !factors::of_person(tx, person.id)?.is_any() {
        if factors::rule(tx)?.concerns(person.roles) {
            // The deletion is taken back with the transaction.
            return Err(Refusal::FactorRequired.into());
        }
        factors::set_codes(tx, person.id, &[])?;
    }
    note(
        tx,
        person.id,
        "took the own app for codes away",
        (Some(person.id), now),
    )?;
    telling::of_account(tx, &person.email, AccountNews::AppGone, now)?;
    Ok(())
}

/// New recovery codes; those before open nothing any more.
pub fn renew_codes(
    tx: &mut WriteTx<'_>,
    person: &Person,
    codes: &[RecoveryCode],
    now: Instant,
) -> Result<(), Failure> {
    if !factors::of_person(tx, person.id)?.is_any() {
        return Err(Refusal::NoFactor.into());
    }
    factors::set_codes(tx, person.id, codes)?;
    note(
        tx,
        person.id,
        "made new recovery codes",
        (Some(person.id), now),
    )?;
    telling::of_account(tx, &person.email, AccountNews::NewRecoveryCodes, now)?;
    Ok(())
}

/// Takes every second factor of an account away, for somebody who lost theirs. They are signed out
/// everywhere, and told.
pub fn reset(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (by, now): (Option<PersonId>, Instant),
) -> Result<(), Failure> {
    let account = people::one_account(tx, person)?.ok_or(Refusal::NoSuchPerson)?;
    if !factors::of_person(tx, person)?.is_any() {
        return Err(Refusal::NoFactor.into());
    }
    factors::end_app(tx, person)?;
    passkeys::end_all(tx, person)?;
    factors::set_codes(tx, person, &[])?;
    sessions::end_all(tx, person, None)?;
    note(tx, person, "took the second factor away", (by, now))?;
    telling::of_account(tx, &account.person.email, AccountNews::FactorsReset, now)?;
    Ok(())
}

fn note(
    tx: &mut WriteTx<'_>,
    about: PersonId,
    what: &'static str,
    (by, now): (Option<PersonId>, Instant),
) -> Result<(), StorageError> {
    journal::note(tx, by, &Entry::of_person(what, about, ""), now)
}
