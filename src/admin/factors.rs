//! One's own second factors: what there is, recovery codes, and their end.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::confirmation;
use super::doorkeeper::Doorkeeper;
use super::view::{Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::{Person, PersonId, RecoveryCode, Seal};
use crate::clock::Instant;
use crate::desk::{Failure, factors as desk};
use crate::keys::new_key;
use crate::prose::dates::{self, DateWords};
use crate::storage::{ReadTx, WriteTx, factors, passkeys};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{hand_over, handed_over, say};
use crate::web::{FieldErrors, Fields, Freshness, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/factors.html")]
struct FactorsPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    /// Since when an app is asked for its codes.
    app: Option<DateWords>,
    codes_left: i64,
    any: bool,
    passkeys: Vec<KeyLine>,
    /// Whether passkeys can be used at this address.
    can_have: bool,
    passkey_name: Field,
    /// New recovery codes, once.
    codes: Vec<String>,
}

struct KeyLine {
    number: i64,
    name: String,
    made: DateWords,
    used: Option<DateWords>,
}

fn factors_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (can_have, fields, errors): (bool, &Fields, &FieldErrors),
) -> Result<FactorsPage, Problem> {
    let room = room_of(tx)?;
    let person = visit.staff.person.id;
    let has = factors::of_person(tx, person)?;
    let keys = passkeys::of_person(tx, person)?;
    let moment = |at: Instant| dates::staff_time(at, &room.room.zone);
    Ok(FactorsPage {
        frame: visit.frame(&room),
        form_key: new_key(),
        problems: problems(errors),
        app: has.app.map(moment),
        codes_left: has.codes_left,
        any: has.is_any(),
        passkeys: keys
            .into_iter()
            .map(|one| KeyLine {
                number: one.number,
                name: one.name.as_str().to_owned(),
                made: moment(one.made_at),
                used: one.used_at.map(moment),
            })
            .collect(),
        can_have,
        passkey_name: Field::of("passkey_name", fields, errors),
        codes: Vec::new(),
    })
}

pub(super) async fn open(request: HttpRequest, staff: Staff, door: Doorkeeper) -> Answer {
    let person = staff.person.id;
    let visit = Visit::opens(&request, staff, &door.clock);
    let can_have = door.passkeys.is_open();
    let none = (Fields::default(), FieldErrors::default());
    let mut shown = door
        .read
        .read(move |tx| factors_page(tx, &visit, (can_have, &none.0, &none.1)))
        .await?;
    shown.codes = codes_shown_once(&request, &door.seal, person);
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
pub(super) async fn step<T: Send + 'static>(
    staff: &Staff,
    door: &Doorkeeper,
    take: impl FnOnce(&mut WriteTx<'_>, &Person) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let person = staff.person.clone();
    door.store.write(move |tx| take(tx, &person)).await
}

pub(super) async fn refused(
    (request, staff, door): (&HttpRequest, Staff, &Doorkeeper),
    failure: Failure,
) -> Result<HttpResponse, Problem> {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let status: StatusCode = super::status_of(&refusal);
    let mut errors = FieldErrors::default();
    errors.add("", refusal.to_string());
    let typed = (&Fields::default(), errors);
    with_errors((request, staff, door), typed, status).await
}

/// The page with what was typed, and what is wrong with it.
pub(super) async fn again(
    whose: (&HttpRequest, &Staff, &Doorkeeper),
    typed: (&Fields, FieldErrors),
) -> Answer {
    let (request, staff, door) = whose;
    let whose = (request, staff.clone(), door);
    with_errors(whose, typed, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn with_errors(
    (request, staff, door): (&HttpRequest, Staff, &Doorkeeper),
    (fields, errors): (&Fields, FieldErrors),
    status: StatusCode,
) -> Answer {
    let visit = Visit::sends(request, staff, &door.clock);
    let (fields, can_have) = (fields.clone(), door.passkeys.is_open());
    let shown = door
        .read
        .read(move |tx| factors_page(tx, &visit, (can_have, &fields, &errors)))
        .await?;
    page_with(status, &shown)
}
