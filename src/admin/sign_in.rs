//! Sign in and out: the same answer for an unknown address, a new key each time.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::app_set_up;
use super::doorkeeper::Doorkeeper;
use super::view::Field;
use crate::accounts::passkey::PasskeyDesk;
use crate::desk::factors::behind_door;
use crate::newsroom::BehindPassword;
use crate::storage::{ReadStore, Store, room};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::view::Assets;
use crate::web::{Fields, Freshness, Problem, Query, Sent, Staff, page, paths, see_other};
use crate::web::{door, sessions};

#[derive(Template)]
#[template(path = "admin/sign_in.html")]
struct SignInPage {
    assets: Assets,
    room_name: String,
    said: Option<String>,
    mail: Field,
    password: Field,
    problem: String,
    next: String,
    /// Whether passkeys can be used at this address.
    passkeys: bool,
}

async fn sign_in_page(
    read: &ReadStore,
    passkeys: &PasskeyDesk,
    (fields, problem): (&Fields, &str),
) -> Result<SignInPage, Problem> {
    let frame = read
        .read(move |tx| Ok::<_, Problem>(room::frame(tx)?))
        .await?;
    let frame = frame.ok_or(Problem::NotOpenYet)?;
    Ok(SignInPage {
        assets: super::plain_assets(Some(&frame)),
        room_name: frame.room.name.as_str().to_owned(),
        said: None,
        mail: Field {
            value: fields.get("mail").to_owned(),
            error: String::new(),
        },
        password: Field::default(),
        problem: problem.to_owned(),
        next: fields.get("next").to_owned(),
        passkeys: passkeys.is_open(),
    })
}

/// The page with what was typed but the password, and what is wrong.
pub(super) async fn again(
    read: &ReadStore,
    passkeys: &PasskeyDesk,
    typed: (&Fields, &str),
) -> Answer {
    let again = sign_in_page(read, passkeys, typed).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

pub(super) async fn open(
    request: HttpRequest,
    query: Query,
    (read, passkeys): (Data<ReadStore>, Data<PasskeyDesk>),
) -> Answer {
    let mut sign_in = sign_in_page(&read, &passkeys, (&query.0, "")).await?;
    sign_in.said = sessions::said(&request);
    page(&sign_in, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    (form, keeper): (Sent, Doorkeeper),
    passkeys: Data<PasskeyDesk>,
) -> Answer {
    const WRONG: &str = "The mail address or the password is not right.";
    let typed = (form.0.get("mail"), form.0.get("password"));
    let Some(person) = keeper.knows(&request, typed).await? else {
        return again(&keeper.read, &passkeys, (&form.0, WRONG)).await;
    };
    let next = form.0.get("next");
    let (who, now) = ((person.id, person.era), keeper.clock.now());
    let opens = keeper
        .read
        .read(move |tx| Ok::<_, Problem>(behind_door(tx, &person)?))
        .await?;
    match opens {
        BehindPassword::TheRoom => {
            sessions::begin(&request, who, now)?;
            see_other(page_after(next))
        }
        BehindPassword::AskForFactor => {
            door::wait(&request, who, next, now)?;
            see_other(paths::SECOND_FACTOR)
        }
        BehindPassword::SetUpFirst => {
            door::wait(&request, who, next, now)?;
            app_set_up::keep_fresh(&request, &keeper.seal, who.0)?;
            see_other(paths::APP_SET_UP)
        }
    }
}

/// Where somebody goes who is in: where they wanted to, if it is a page of ours.
pub(super) fn page_after(next: &str) -> &str {
    if paths::is_admin_page(next) {
        next
    } else {
        paths::MY_WORK
    }
}

pub(super) async fn sign_out(request: HttpRequest, _staff: Staff, store: Data<Store>) -> Answer {
    sessions::end(&request, &store).await?;
    see_other(paths::SIGN_IN)
}
