//! How the newsroom looks to somebody and whether keys are shortcuts: chosen under one's own account.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::view::Choice;
use crate::accounts::taste::{Density, Scheme, Taste};
use crate::storage::{Store, people};
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Problem, Sent, Staff, paths, see_other};

pub(super) fn schemes(taste: Taste) -> Vec<Choice> {
    let choice = |scheme: Scheme, label| Choice::new(scheme.as_str(), label, taste.scheme.as_str());
    vec![
        choice(Scheme::Device, "As the device asks for it"),
        choice(Scheme::Light, "Light"),
        choice(Scheme::Dark, "Dark"),
    ]
}

pub(super) fn densities(taste: Taste) -> Vec<Choice> {
    let choice =
        |density: Density, label| Choice::new(density.as_str(), label, taste.density.as_str());
    vec![
        choice(Density::Roomy, "Roomy"),
        choice(Density::Dense, "Dense: more on a screen"),
    ]
}

/// What this person likes; what was sent and means nothing is what stands at first.
pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    store: Data<Store>,
) -> Answer {
    let fields = form.0;
    let taste = Taste {
        scheme: fields.get("scheme").parse().unwrap_or_default(),
        density: fields.get("density").parse().unwrap_or_default(),
        keys: fields.get("keys") == "on",
    };
    let person = staff.person.id;
    store
        .jot(move |tx| Ok::<_, Problem>(people::set_taste(tx, person, taste)?))
        .await?;
    say(
        &request,
        "Your pages look and answer like this from now on.",
    );
    see_other(paths::ACCOUNT)
}
