//! One's own second factors: what there is, recovery codes, and their end.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::confirmation;
use super::doorkeeper::Doorkeeper;
use super::view::{FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::{Person, PersonId, RecoveryCode, Seal};
use crate::clock::Clock;
use crate::desk::{Failure, factors as desk};
use crate::keys::new_key;
use crate::prose::dates::{self, DateWords};
use crate::storage::{ReadStore, ReadTx, WriteTx, factors};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{hand_over, handed_over, say};
use crate::web::{FieldErrors, Freshness, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/factors.html")]
struct FactorsPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    /// Since when an app is asked for its codes.
    app: Option<DateWords>,
    codes_left: i64,
    /// New recovery codes, once.
    codes: Vec<String>,
}

fn factors_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    errors: &FieldErrors,
) -> Result<FactorsPage, Problem> {
    let room = room_of(tx)?;
    let has = factors::of_person(tx, visit.staff.person.id)?;
    Ok(FactorsPage {
        frame: visit.frame(&room),
        form_key: new_key(),
        problems: problems(errors),
        app: has.app.map(|at| dates::staff_time(at, &room.room.zone)),
        codes_left: has.codes_left,
        codes: Vec::new(),
    })
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock, seal): (Data<ReadStore>, Data<Clock>, Data<Seal>),
) -> Answer {
    let person = staff.person.id;
    let visit = Visit::opens(&request, staff, &clock);
    let errors = FieldErrors::default();
    let mut shown = read
        .read(move |tx| factors_page(tx, &visit, &errors))
        .await?;
    shown.codes = codes_shown_once(&request, &seal, person);
    page(&shown, Freshness::Never)
}

/// What is sealed is sealed for one person, and until the next page only.
fn purpose(person: PersonId) -> String {
    format!("recovery codes of person {person}")
}

/// New codes wait, sealed, for the page that shows them.
pub(super) fn show_once(
    request: &HttpRequest,
    (seal, person): (&Seal, PersonId),
    codes: &[RecoveryCode],
) -> Result<(), Problem> {
    let words: Vec<&str> = codes.iter().map(RecoveryCode::words).collect();
    let sealed = seal
        .shut(words.join("\n").as_bytes(), &purpose(person))
        .map_err(Problem::broken)?;
    hand_over(request, paths::FACTORS, &sealed);
    Ok(())
}

fn codes_shown_once(request: &HttpRequest, seal: &Seal, person: PersonId) -> Vec<String> {
    let opened = handed_over(request, paths::FACTORS)
        .and_then(|sealed| seal.open(&sealed, &purpose(person)).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let lines = opened.unwrap_or_default();
    lines.lines().map(str::to_owned).collect()
}

pub(super) async fn renew_codes(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
) -> Answer {
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    let codes = RecoveryCode::ten();
    let kept = codes.clone();
    let now = door.clock.now();
    let done = step(&staff, &door, move |tx, person| {
        desk::renew_codes(tx, person, &kept, now)
    });
    if let Err(refusal) = done.await {
        return refused((&request, staff, &door), refusal).await;
    }
    show_once(&request, (&door.seal, staff.person.id), &codes)?;
    say(&request, "Your new recovery codes stand below, this once.");
    see_other(paths::FACTORS)
}

pub(super) async fn end_app(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
) -> Answer {
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    let now = door.clock.now();
    let done = step(&staff, &door, move |tx, person| {
        desk::end_app(tx, person, now)
    });
    if let Err(refusal) = done.await {
        return refused((&request, staff, &door), refusal).await;
    }
    say(
        &request,
        "Your app is taken away. Delete its entry on your phone: its codes open nothing any more.",
    );
    see_other(paths::FACTORS)
}

/// One step with one's own factors.
async fn step(
    staff: &Staff,
    door: &Doorkeeper,
    take: impl FnOnce(&mut WriteTx<'_>, &Person) -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    let person = staff.person.clone();
    door.store.write(move |tx| take(tx, &person)).await
}

async fn refused(
    (request, staff, door): (&HttpRequest, Staff, &Doorkeeper),
    failure: Failure,
) -> Result<HttpResponse, Problem> {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let status: StatusCode = super::status_of(&refusal);
    let visit = Visit::sends(request, staff, &door.clock);
    let mut errors = FieldErrors::default();
    errors.add("", refusal.to_string());
    let shown = door
        .read
        .read(move |tx| factors_page(tx, &visit, &errors))
        .await?;
    page_with(status, &shown)
}
