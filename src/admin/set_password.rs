//! What a one-time link opens: setting the password of the account that it was made for.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::doorkeeper::Doorkeeper;
use super::view::Field;
use crate::accounts::Password;
use crate::desk::{Failure, people};
use crate::newsroom::{Account, AccountState, AddressSecret, Refusal};
use crate::storage::room::Frame;
use crate::storage::{Store, room};
use crate::web::headers::keep_secret;
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Assets;
use crate::web::{Problem, Sent, paths, see_other};

#[derive(Template)]
#[template(path = "admin/set_password.html")]
struct SetPasswordPage {
    assets: Assets,
    room_name: String,
    /// Whose password it sets, unless the link is over.
    account: Option<Named>,
    over: String,
}

struct Named {
    name: String,
    mail: String,
    invited: bool,
    password: Field,
}

/// The link of this address, whose account may be used.
async fn opened(
    secret: Option<AddressSecret>,
    door: &Doorkeeper,
) -> Result<(Frame, Option<Account>), Problem> {
    let now = door.clock.now();
    door.read
        .read(move |tx| {
            let room = room::frame(tx)?.ok_or(Problem::NotOpenYet)?;
            let behind = match &secret {
                Some(secret) => people::behind_link(tx, secret, now)?,
                None => None,
            };
            Ok((room, behind.map(|(account, _)| account)))
        })
        .await
}

fn secret_of(request: &HttpRequest) -> Option<AddressSecret> {
    let secret = request.match_info().get("secret");
    secret.and_then(|secret| secret.parse().ok())
}

fn shown(room: &Frame, account: Option<&Account>, error: &str) -> Answer {
    let status = match (account, error) {
        (None, _) => StatusCode::NOT_FOUND,
        (Some(_), "") => StatusCode::OK,
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = SetPasswordPage {
        assets: super::plain_assets(Some(room)),
        room_name: room.room.name.as_str().to_owned(),
        account: account.map(|account| Named {
            name: account.person.name.as_str().to_owned(),
            mail: account.person.email.as_str().to_owned(),
            invited: account.state() == AccountState::Invited,
            password: Field {
                value: String::new(),
                error: error.to_owned(),
            },
        }),
        over: Refusal::LinkIsOver.to_string(),
    };
    page_with(status, &form)
}

pub(super) async fn open(request: HttpRequest, door: Doorkeeper) -> Answer {
    let (room, account) = opened(secret_of(&request), &door).await?;
    shown(&room, account.as_ref(), "").map(keep_secret)
}

pub(super) async fn send(
    request: HttpRequest,
    (form, door): (Sent, Doorkeeper),
    store: Data<Store>,
) -> Answer {
    let secret = secret_of(&request);
    let (room, account) = opened(secret.clone(), &door).await?;
    let (Some(account), Some(secret)) = (account, secret) else {
        return shown(&room, None, "");
    };
    let person = &account.person;
    let known = [
        person.name.as_str(),
        person.email.as_str(),
        room.room.name.as_str(),
    ];
    let password = match Password::chosen(form.0.get("password"), &known) {
        Ok(password) => password,
        Err(error) => return shown(&room, Some(&account), &error.to_string()),
    };
    let hash = door.hash(password).await?;
    let now = door.clock.now();
    let done = store
        .write(move |tx| people::set_password_by_link(tx, &secret, &hash, now))
        .await;
    match done {
        Ok(()) => done_at_the_door(&request),
        Err(Failure::Refused(_over)) => shown(&room, None, ""),
        Err(failure) => Err(failure.into()),
    }
}

/// Whoever set it signs in with it, as at every later time.
fn done_at_the_door(request: &HttpRequest) -> Result<HttpResponse, Problem> {
    say(request, "Your password is set. Sign in with it.");
    see_other(paths::SIGN_IN)
}
