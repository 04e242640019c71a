//! One's own account: name, mail address, password, and where one is signed in.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::account_taste::{densities, schemes};
use super::confirmation::{self, OWN_PASSWORD};
use super::doorkeeper::Doorkeeper;
use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::{Email, Password, PersonName};
use crate::clock::Clock;
use crate::desk::{Failure, people as desk};
use crate::keys::new_key;
use crate::prose::dates::{self, DateWords};
use crate::storage::{ReadStore, ReadTx, Store, factors, sessions as kept};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{self, say};
use crate::web::{FieldErrors, Fields, Freshness, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    name: Field,
    mail: Field,
    own_password: Field,
    password: Field,
    factors: String,
    schemes: Vec<Choice>,
    densities: Vec<Choice>,
    keys: bool,
    sessions: Vec<OpenSession>,
}

struct OpenSession {
    number: i64,
    device: String,
    since: DateWords,
    used: DateWords,
    /// The one in which the page is read.
    here: bool,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let typed = (Fields::default(), FieldErrors::default());
    let account = read
        .read(move |tx| account_page(tx, &visit, &typed))
        .await?;
    page(&account, Freshness::Never)
}

fn account_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (fields, errors): &(Fields, FieldErrors),
) -> Result<AccountPage, Problem> {
    let room = room_of(tx)?;
    let person = &visit.staff.person;
    let typed = |name: &str, stored: &str| Field {
        value: if fields.has(name) {
            fields.get(name).to_owned()
        } else {
            stored.to_owned()
        },
        error: errors.of(name).to_owned(),
    };
    // A password never goes back into a page.
    let secret = |name: &str| Field {
        value: String::new(),
        error: errors.of(name).to_owned(),
    };
    let moment = |at| dates::staff_time(at, &room.room.zone);
    let open = kept::of_person(tx, person.id, visit.now)?;
    Ok(AccountPage {
        frame: visit.frame(&room),
        form_key: new_key(),
        problems: problems(errors),
        name: typed("name", person.name.as_str()),
        mail: typed("mail", person.email.as_str()),
        own_password: secret(OWN_PASSWORD),
        password: secret("password"),
        factors: factors::of_person(tx, person.id)?.words(),
        schemes: schemes(visit.staff.taste),
        densities: densities(visit.staff.taste),
        keys: visit.staff.taste.keys,
        sessions: open
            .into_iter()
            .map(|one| OpenSession {
                here: one.number == visit.staff.session,
                number: one.number,
                device: one.device,
                since: moment(one.created_at),
                used: moment(one.used_at),
            })
            .collect(),
    })
}

pub(super) async fn rename(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
    store: Data<Store>,
) -> Answer {
    let mut errors = FieldErrors::default();
    let typed: Option<PersonName> = errors.take("name", form.0.get("name").parse());
    let Some(name) = typed else {
        return again((&request, staff, &door), (form.0, errors)).await;
    };
    let (person, now) = (staff.person.id, door.clock.now());
    let done: Result<(), Failure> = store
        .write(move |tx| desk::rename(tx, person, &name, now))
        .await;
    done?;
    say(&request, "Your name is changed.");
    see_other(paths::ACCOUNT)
}

pub(super) async fn change_mail(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
    store: Data<Store>,
) -> Answer {
    let mut errors = FieldErrors::default();
    let typed: Option<Email> = errors.take("mail", form.0.get("mail").parse());
    let Some(mail) = typed else {
        return again((&request, staff, &door), (form.0, errors)).await;
    };
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    let (person, now) = (staff.person.id, door.clock.now());
    let done = store
        .write(move |tx| desk::change_email(tx, person, &mail, now))
        .await;
    match done {
        Ok(()) => {
            say(
                &request,
                "Your mail address is changed: sign in with it next time.",
            );
            see_other(paths::ACCOUNT)
        }
        Err(Failure::Refused(refusal)) => {
            errors.add("mail", refusal.to_string());
            again((&request, staff, &door), (form.0, errors)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The present password is asked for here in any case: an open screen is no proof.
pub(super) async fn change_password(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
    store: Data<Store>,
) -> Answer {
    const WRONG: &str = "This is not your present password.";
    let (fields, person) = (form.0, &staff.person);
    let mut errors = FieldErrors::default();
    let (mail, name) = (person.email.as_str(), person.name.as_str());
    let own = fields.get(OWN_PASSWORD);
    if door.knows(&request, (mail, own)).await?.is_none() {
        errors.add(OWN_PASSWORD, WRONG);
    }
    let chosen = Password::chosen(fields.get("password"), &[mail, name]);
    let chosen = errors.take("password", chosen);
    let Some(password) = chosen.filter(|_| errors.is_empty()) else {
        return again((&request, staff, &door), (Fields::default(), errors)).await;
    };
    let hash = door.hash(password).await?;
    let (who, now) = ((person.id, staff.session), door.clock.now());
    let done: Result<(), Failure> = store
        .write(move |tx| desk::change_password(tx, who, &hash, now))
        .await;
    done?;
    sessions::renew(&request);
    sessions::prove(&request, now)?;
    say(
        &request,
        "Your password is changed, and you are signed out everywhere else.",
    );
    see_other(paths::ACCOUNT)
}

/// Ends the session that the form names, or all others.
pub(super) async fn end_sessions(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (store, clock): (Data<Store>, Data<Clock>),
) -> Answer {
    let which = match form.0.get("session") {
        "" => None,
        number => Some(number.parse().map_err(|_source| Problem::Malformed)?),
    };
    let (own, now) = ((staff.person.id, staff.session), clock.now());
    let done: Result<(), Failure> = store
        .write(move |tx| desk::end_sessions(tx, own, which, now))
        .await;
    done?;
    say(&request, "Signed out there.");
    see_other(paths::ACCOUNT)
}

async fn again(
    (request, staff, door): (&HttpRequest, Staff, &Doorkeeper),
    typed: (Fields, FieldErrors),
) -> Answer {
    let visit = Visit::sends(request, staff, &door.clock);
    let account = door
        .read
        .read(move |tx| account_page(tx, &visit, &typed))
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &account)
}
