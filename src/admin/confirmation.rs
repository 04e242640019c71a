//! Before a step that cannot be undone easily, whoever asks for it proves who they are once more.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::doorkeeper::Doorkeeper;
use super::second_factor::complaint;
use super::view::Field;
use super::{AdminFrame, Visit, passkey_door, room_of};
use crate::accounts::passkey::Answered;
use crate::accounts::session;
use crate::storage::{ReadTx, factors};
use crate::web::page::page_with;
use crate::web::{Fields, Problem, Staff, sessions};

/// The fields in which the proof comes, beside those of the step: any is enough.
pub(super) const OWN_PASSWORD: &str = "own_password";
const OWN_CODE: &str = "own_code";
/// In which a script puts a passkey's answer.
const OWN_QUESTION: &str = "own_question";
const OWN_ANSWER: &str = "own_answer";

#[derive(Template)]
#[template(path = "admin/confirmation.html")]
struct ConfirmationPage {
    frame: AdminFrame,
    own_password: Field,
    /// Of somebody who has an app for codes.
    own_code: Option<Field>,
    passkey: Option<PasskeyForm>,
    /// What the step's own form held.
    held: Vec<(String, String)>,
}

/// The form of somebody who has a passkey, with what was wrong with the last one.
struct PasskeyForm {
    error: String,
}

/// The page that asks for password, code or passkey, with everything that was typed on it; nothing where one
/// was given a short while ago, or with the form.
pub(super) async fn asks(
    request: &HttpRequest,
    staff: &Staff,
    fields: &Fields,
    door: &Doorkeeper,
) -> Result<Option<HttpResponse>, Problem> {
    let now = door.clock.now();
    if session::is_proof(staff.proven_at, now) {
        return Ok(None);
    }
    let complaint = match proof(fields) {
        Proof::None => None,
        Proof::Password(typed) => wrong_password((request, staff, door), typed).await?,
        Proof::Code(typed) => {
            let answer = door.takes_code(request, (&staff.person, typed)).await?;
            complaint(answer).map(|error| (OWN_CODE, error))
        }
        Proof::Passkey(answered) => passkey_door::proves(door, staff.person.id, answered)
            .await?
            .map(|error| (OWN_ANSWER, error)),
    };
    if complaint.is_none() && !matches!(proof(fields), Proof::None) {
        sessions::prove(request, now)?;
        return Ok(None);
    }
    let visit = Visit::sends(request, staff.clone(), &door.clock);
    let held = held(fields);
    let status = match complaint {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = door
        .read
        .read(move |tx| confirmation(tx, &visit, held, complaint))
        .await?;
    page_with(status, &shown).map(Some)
}

/// What was typed as a proof.
enum Proof<'a> {
    None,
    Password(&'a str),
    Code(&'a str),
    Passkey(Answered<'a>),
}

fn proof(fields: &Fields) -> Proof<'_> {
    let passkey = Answered {
        name: fields.get(OWN_QUESTION),
        answer: fields.get(OWN_ANSWER),
    };
    if !passkey.answer.is_empty() {
        Proof::Passkey(passkey)
    } else if !fields.get(OWN_CODE).trim().is_empty() {
        Proof::Code(fields.get(OWN_CODE))
    } else if fields.has(OWN_PASSWORD) {
        Proof::Password(fields.get(OWN_PASSWORD))
    } else {
        Proof::None
    }
}

type Complaint = (&'static str, String);

async fn wrong_password(
    (request, staff, door): (&HttpRequest, &Staff, &Doorkeeper),
    typed: &str,
) -> Result<Option<Complaint>, Problem> {
    const WRONG: &str = "This is not your password.";
    let mail = staff.person.email.as_str();
    let known = door.knows(request, (mail, typed)).await?;
    Ok(known.is_none().then(|| (OWN_PASSWORD, WRONG.to_owned())))
}

/// Everything of the step's own form.
fn held(fields: &Fields) -> Vec<(String, String)> {
    let mut held = fields.but(OWN_PASSWORD);
    held.retain(|(name, _)| ![OWN_CODE, OWN_QUESTION, OWN_ANSWER].contains(&name.as_str()));
    held
}

fn confirmation(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    held: Vec<(String, String)>,
    complaint: Option<Complaint>,
) -> Result<ConfirmationPage, Problem> {
    let has = factors::of_person(tx, visit.staff.person.id)?;
    let field = |name: &str| Field {
        value: String::new(),
        error: complaint
            .as_ref()
            .filter(|(wrong, _)| *wrong == name)
            .map(|(_, error)| error.clone())
            .unwrap_or_default(),
    };
    let passkey = (has.passkeys > 0).then(|| PasskeyForm {
        error: field(OWN_ANSWER).error,
    });
    Ok(ConfirmationPage {
        frame: visit.frame(&room_of(tx)?),
        passkey,
        own_password: field(OWN_PASSWORD),
        own_code: has.app.map(|_since| field(OWN_CODE)),
        held,
    })
}
