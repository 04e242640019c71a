//! Setting up an app that shows codes: its secret as a picture and as text, confirmed by a first code.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use askama::Template;
use qrcode::QrCode;
use qrcode::render::svg;

use super::confirmation;
use super::doorkeeper::Doorkeeper;
use super::factors::show_once;
use super::second_factor::CODE;
use super::view::Field;
use crate::accounts::factor::app_code;
use crate::accounts::session;
use crate::accounts::{AppSecret, Person, PersonId, RecoveryCode, Seal};
use crate::clock::Instant;
use crate::desk::Failure;
use crate::desk::factors::{self as desk, SetUpBy};
use crate::storage::room;
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{self, forget, keep, kept, say};
use crate::web::view::Assets;
use crate::web::{AtDoor, Freshness, Problem, Sent, Staff, page, paths, see_other};

/// Under which a session keeps the secret of an app that has shown no code yet.
const SECRET: &str = "app secret";

#[derive(Template)]
#[template(path = "admin/app_set_up.html")]
struct AppSetUpPage {
    assets: Assets,
    room_name: String,
    mail: String,
    /// Before anything else opens.
    required: bool,
    secret: String,
    code: Field,
}

/// A secret that is not the person's factor yet.
fn purpose(person: PersonId) -> String {
    format!("set-up of person {person}")
}

/// The secret that waits for its first code, as long as the proof counts that it was asked for with:
/// a screen that was left must not give it away.
fn secret_of(request: &HttpRequest, who: &SettingUp, door: &Doorkeeper) -> Option<AppSecret> {
    let is_proven = |staff: &Staff| session::is_proof(staff.proven_at, door.clock.now());
    if !who.staff.as_ref().is_none_or(is_proven) {
        forget(request, SECRET);
        return None;
    }
    let sealed = kept(request, SECRET)?;
    let bytes = door.seal.open(&sealed, &purpose(who.person.id)).ok()?;
    AppSecret::of_bytes(&bytes)
}

/// Keeps a new secret in the session, sealed, until its app has shown a code.
pub(super) fn keep_fresh(
    request: &HttpRequest,
    seal: &Seal,
    person: PersonId,
) -> Result<(), Problem> {
    let sealed = seal
        .shut(AppSecret::fresh().bytes(), &purpose(person))
        .map_err(Problem::broken)?;
    keep(request, SECRET, &sealed)
}

pub(super) async fn begin(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
) -> Answer {
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    keep_fresh(&request, &door.seal, staff.person.id)?;
    see_other(paths::APP_SET_UP)
}

/// Whoever may set an app up: staff, or somebody whose role requires a factor before they are staff.
pub(super) struct SettingUp {
    person: Person,
    staff: Option<Staff>,
}

impl FromRequest for SettingUp {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            match Staff::extract(&request).await {
                Ok(staff) => Ok(Self {
                    person: staff.person.clone(),
                    staff: Some(staff),
                }),
                Err(Problem::SignInFirst { .. }) => {
                    let AtDoor { person, .. } = AtDoor::extract(&request).await?;
                    Ok(Self {
                        person,
                        staff: None,
                    })
                }
                Err(problem) => Err(problem),
            }
        })
    }
}

impl SettingUp {
    /// Where somebody belongs who has no app to set up.
    fn back(&self) -> &'static str {
        match self.staff {
            Some(_) => paths::FACTORS,
            None => paths::SIGN_IN,
        }
    }

    fn by(&self) -> SetUpBy {
        match &self.staff {
            Some(staff) => SetUpBy::Staff {
                session: staff.session,
            },
            None => SetUpBy::AtDoor,
        }
    }
}

async fn app_set_up(
    door: &Doorkeeper,
    (who, secret): (&SettingUp, &AppSecret),
    error: &str,
) -> Result<AppSetUpPage, Problem> {
    let frame = door
        .read
        .read(move |tx| Ok::<_, Problem>(room::frame(tx)?))
        .await?;
    let frame = frame.ok_or(Problem::NotOpenYet)?;
    Ok(AppSetUpPage {
        assets: super::plain_assets(Some(&frame)),
        room_name: frame.room.name.as_str().to_owned(),
        mail: who.person.email.as_str().to_owned(),
        required: who.staff.is_none(),
        secret: secret.words(),
        code: Field {
            value: String::new(),
            error: error.to_owned(),
        },
    })
}

pub(super) async fn open(request: HttpRequest, who: SettingUp, door: Doorkeeper) -> Answer {
    let Some(secret) = secret_of(&request, &who, &door) else {
        return see_other(who.back());
    };
    let shown = app_set_up(&door, (&who, &secret), "").await?;
    page(&shown, Freshness::Never)
}

/// The secret for the camera of a phone.
pub(super) async fn picture(request: HttpRequest, who: SettingUp, door: Doorkeeper) -> Answer {
    let person = &who.person;
    let frame = door
        .read
        .read(move |tx| Ok::<_, Problem>(room::frame(tx)?))
        .await?;
    let frame = frame.ok_or(Problem::NotOpenYet)?;
    let drawn = secret_of(&request, &who, &door)
        .and_then(|secret| secret.address(frame.room.name.as_str(), person.email.as_str()))
        .and_then(|address| drawing(&address));
    let drawn = drawn.ok_or(Problem::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "image/svg+xml"))
        .body(drawn))
}

fn drawing(address: &str) -> Option<String> {
    const SIDE: u32 = 240;
    let code = QrCode::new(address.as_bytes()).ok()?;
    let mut drawing = code.render::<svg::Color<'_>>();
    Some(drawing.min_dimensions(SIDE, SIDE).build())
}

/// The first code: it proves that the app has the secret.
pub(super) async fn confirm(
    request: HttpRequest,
    who: SettingUp,
    (form, door): (Sent, Doorkeeper),
) -> Answer {
    const WRONG: &str = "This is not the code that the app shows now. Wait for the next one, and check that the clock of your phone is right.";
    let Some(secret) = secret_of(&request, &who, &door) else {
        return see_other(who.back());
    };
    let code = app_code(form.0.get(CODE));
    let now = door.clock.now();
    let Some(step) = code.and_then(|code| secret.step_of(&code, now)) else {
        let again = app_set_up(&door, (&who, &secret), WRONG).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let codes = RecoveryCode::ten();
    let era = set_up(&door, &who, (&secret, step), codes.clone(), now).await?;
    match who.staff {
        Some(_) => {
            forget(&request, SECRET);
            sessions::renew(&request);
        }
        None => sessions::begin(&request, (who.person.id, era), now)?,
    }
    show_once(&request, (&door.seal, who.person.id), &codes)?;
    say(&request, "Your app is set up. Keep the codes below.");
    see_other(paths::FACTORS)
}

async fn set_up(
    door: &Doorkeeper,
    who: &SettingUp,
    (secret, step): (&AppSecret, i64),
    codes: Vec<RecoveryCode>,
    now: Instant,
) -> Result<i64, Problem> {
    let (person, by) = (who.person.clone(), who.by());
    let sealed = door
        .seal
        .shut(secret.bytes(), &desk::purpose(person.id))
        .map_err(Problem::broken)?;
    let done: Result<i64, Failure> = door
        .store
        .write(move |tx| desk::set_up_app(tx, (&person, by), (&sealed, step), &codes, now))
        .await;
    Ok(done?)
}
