//! One's own passkeys: made and taken away.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::doorkeeper::Doorkeeper;
use super::factors::{refused, show_once, step};
use super::{confirmation, factors};
use crate::accounts::passkey::{Answered, PasskeyDesk, PasskeyError, PasskeyName, Question};
use crate::accounts::{PersonId, RecoveryCode};
use crate::desk::{Failure, passkeys as desk};
use crate::storage::passkeys::{self, NewPasskey, Passkey};
use crate::web::problem::Answer;
use crate::web::sessions::{self, say};
use crate::web::{FieldErrors, Fields, Numbered, Problem, Sent, Staff, paths, see_other};

/// The fields in which a script of ours puts a browser's answer.
pub(super) fn answered(fields: &Fields) -> Answered<'_> {
    Answered {
        name: fields.get("question"),
        answer: fields.get("answer"),
    }
}

/// What a script of ours asks the browser.
pub(super) fn question(asked: Result<Question, PasskeyError>) -> Answer {
    let question = asked.map_err(problem)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .body(question.json()))
}

/// What somebody can do something about is a sentence; the rest is ours.
pub(super) fn problem(error: PasskeyError) -> Problem {
    match error {
        PasskeyError::NoName | PasskeyError::Over | PasskeyError::NotTaken => {
            Problem::Refused(error.to_string())
        }
        PasskeyError::Writing(_) => Problem::Malformed,
        PasskeyError::Asking(_) => Problem::broken(error),
    }
}

pub(super) async fn known(door: &Doorkeeper, person: PersonId) -> Result<Vec<Passkey>, Problem> {
    door.read
        .read(move |tx| Ok(passkeys::of_person(tx, person)?))
        .await
}

pub(super) async fn ask(staff: Staff, door: Doorkeeper, desk: Data<PasskeyDesk>) -> Answer {
    let person = &staff.person;
    let known = known(&door, person.id).await?;
    let owner = known.first().map(|key| key.owner.clone());
    let keys: Vec<_> = known.into_iter().map(|one| one.key).collect();
    question(desk.ask_for_new(
        (person.id, owner.as_deref()),
        (person.email.as_str(), person.name.as_str()),
        &keys,
        door.clock.now(),
    ))
}

pub(super) async fn add(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
    asked: Data<PasskeyDesk>,
) -> Answer {
    if let Some(confirms) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(confirms);
    }
    let mut errors = FieldErrors::default();
    let name: Option<PasskeyName> = errors.take("passkey_name", form.0.get("passkey_name").parse());
    let made = asked.made(staff.person.id, answered(&form.0), door.clock.now());
    let made = errors.take("passkey_name", made);
    let (Some(name), Some(made)) = (name, made) else {
        return factors::again((&request, &staff, &door), (&form.0, errors)).await;
    };
    let new = NewPasskey {
        owner: made.owner,
        credential: made.key.id(),
        public_key: made.key.text().map_err(problem)?,
        name,
    };
    keep((request, staff), &door, new).await
}

async fn keep(
    (request, staff): (HttpRequest, Staff),
    door: &Doorkeeper,
    new: NewPasskey,
) -> Answer {
    let codes = RecoveryCode::ten();
    let (kept, session, now) = (codes.clone(), staff.session, door.clock.now());
    let done = step(&staff, door, move |tx, person| {
        desk::add(tx, (person, session), &new, &kept, now)
    });
    let first: Result<bool, Failure> = done.await;
    match first {
        Err(failure) => return refused((&request, staff, door), failure).await,
        Ok(true) => show_once(&request, (&door.seal, staff.person.id), &codes)?,
        Ok(false) => {}
    }
    sessions::renew(&request);
    say(
        &request,
        "Your passkey is made. Sign in with it from now on.",
    );
    see_other(paths::FACTORS)
}

pub(super) async fn end(
    request: HttpRequest,
    staff: Staff,
    (number, form): (Numbered<i64>, Sent),
    door: Doorkeeper,
) -> Answer {
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    let (number, now) = (number.0, door.clock.now());
    let done = step(&staff, &door, move |tx, person| {
        desk::end(tx, person, number, now)
    });
    if let Err(failure) = done.await {
        return refused((&request, staff, &door), failure).await;
    }
    say(
        &request,
        "The passkey is taken away. Delete it on its device too: it opens nothing any more.",
    );
    see_other(paths::FACTORS)
}
