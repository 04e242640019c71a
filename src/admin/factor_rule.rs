//! Who needs a second factor, and who has one, for admins.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::confirmation;
use super::doorkeeper::Doorkeeper;
use super::person::{role_choices, roles_of};
use super::view::{Choice, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::Roles;
use crate::clock::Clock;
use crate::desk::{Failure, factors as desk};
use crate::keys::new_key;
use crate::newsroom::{AccountState, FactorRule, Factors};
use crate::storage::{ReadStore, ReadTx, factors, people};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{FieldErrors, Freshness, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/factor_rule.html")]
struct FactorRulePage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    roles: Vec<Choice>,
    rows: Vec<PersonRow>,
}

struct PersonRow {
    href: String,
    name: String,
    roles: String,
    factors: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| factor_rule(tx, &visit, (None, &FieldErrors::default())))
        .await?;
    page(&shown, Freshness::Never)
}

fn factor_rule(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (typed, errors): (Option<Roles>, &FieldErrors),
) -> Result<FactorRulePage, Problem> {
    let room = room_of(tx)?;
    let FactorRule(stored) = factors::rule(tx)?;
    let mut rows = Vec::new();
    for account in people::accounts(tx)? {
        if account.state() == AccountState::Disabled {
            continue;
        }
        let person = &account.person;
        rows.push(PersonRow {
            href: paths::person(person.id),
            name: person.name.as_str().to_owned(),
            roles: person.roles.words(),
            factors: has(factors::of_person(tx, person.id)?),
        });
    }
    Ok(FactorRulePage {
        frame: visit.frame(&room),
        form_key: new_key(),
        problems: problems(errors),
        roles: role_choices(typed.unwrap_or(stored)),
        rows,
    })
}

fn has(factors: Factors) -> String {
    if factors.is_any() {
        factors.words()
    } else {
        "None".to_owned()
    }
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
) -> Answer {
    let admin = staff.admin()?;
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    let (roles, now) = (roles_of(&form.0), door.clock.now());
    let done = door
        .store
        .write(move |tx| desk::set_rule(tx, FactorRule(roles), admin, now))
        .await;
    match done {
        Ok(out) => {
            say(&request, &said(out));
            see_other(paths::FACTOR_RULE)
        }
        Err(Failure::Refused(refusal)) => {
            let mut errors = FieldErrors::default();
            errors.add("roles", refusal.to_string());
            let visit = Visit::sends(&request, staff, &door.clock);
            let again = door
                .read
                .read(move |tx| factor_rule(tx, &visit, (Some(roles), &errors)))
                .await?;
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn said(out: usize) -> String {
    match out {
        0 => "Saved.".to_owned(),
        1 => "Saved. One person was signed out, to set up a second factor.".to_owned(),
        many => format!("Saved. {many} people were signed out, to set up a second factor."),
    }
}
