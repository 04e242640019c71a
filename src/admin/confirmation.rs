//! Before a step that cannot be undone easily, whoever asks for it proves who they are once more.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::doorkeeper::Doorkeeper;
use super::view::Field;
use super::{AdminFrame, Visit, room_of};
use crate::accounts::session;
use crate::web::page::page_with;
use crate::web::{Fields, Problem, Staff, sessions};

/// The field in which the proof comes, beside those of the step.
pub(super) const OWN_PASSWORD: &str = "own_password";

#[derive(Template)]
#[template(path = "admin/confirmation.html")]
struct ConfirmationPage {
    frame: AdminFrame,
    own_password: Field,
    /// What the step's own form held.
    held: Vec<(String, String)>,
}

/// The page that asks for the password, with everything that was typed on it; nothing where it was
/// given a short while ago, or with the form.
pub(super) async fn asks(
    request: &HttpRequest,
    staff: &Staff,
    fields: &Fields,
    door: &Doorkeeper,
) -> Result<Option<HttpResponse>, Problem> {
    const WRONG: &str = "This is not your password.";
    let now = door.clock.now();
    if session::is_proof(staff.proven_at, now) {
        return Ok(None);
    }
    let mail = staff.person.email.as_str();
    let typed = fields.has(OWN_PASSWORD);
    if typed
        && door
            .knows(request, (mail, fields.get(OWN_PASSWORD)))
            .await?
            .is_some()
    {
        sessions::prove(request, now)?;
        return Ok(None);
    }
    let visit = Visit::sends(request, staff.clone(), &door.clock);
    let frame = door
        .read
        .read(move |tx| Ok::<_, Problem>(visit.frame(&room_of(tx)?)))
        .await?;
    let (status, error) = if typed {
        (StatusCode::UNPROCESSABLE_ENTITY, WRONG)
    } else {
        (StatusCode::OK, "")
    };
    let shown = ConfirmationPage {
        frame,
        own_password: Field {
            value: String::new(),
            error: error.to_owned(),
        },
        held: fields.but(OWN_PASSWORD),
    };
    page_with(status, &shown).map(Some)
}
