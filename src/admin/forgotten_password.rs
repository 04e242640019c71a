//! Asking at the door for a link to set a new password: the same answer whoever asks for whomever.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::doorkeeper::Doorkeeper;
use super::mails::SendsMail;
use super::view::Field;
use crate::accounts::Email;
use crate::clock::Instant;
use crate::desk::{Failure, people};
use crate::newsroom::AddressSecret;
use crate::storage::{ReadStore, Store, room};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Assets;
use crate::web::{Freshness, Problem, Sent, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/forgotten_password.html")]
struct ForgottenPasswordPage {
    assets: Assets,
    room_name: String,
    /// Whether there is a mail server that could bring a link.
    sends: bool,
    mail: Field,
}

async fn forgotten(
    read: &ReadStore,
    sends: &SendsMail,
    mail: Field,
) -> Result<ForgottenPasswordPage, Problem> {
    let frame = read
        .read(move |tx| Ok::<_, Problem>(room::frame(tx)?))
        .await?;
    let frame = frame.ok_or(Problem::NotOpenYet)?;
    Ok(ForgottenPasswordPage {
        assets: super::plain_assets(Some(&frame)),
        room_name: frame.room.name.as_str().to_owned(),
        sends: sends.0,
        mail,
    })
}

pub(super) async fn open(read: Data<ReadStore>, sends: Data<SendsMail>) -> Answer {
    let form = forgotten(&read, &sends, Field::default()).await?;
    page(&form, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    (form, door): (Sent, Doorkeeper),
    (store, sends): (Data<Store>, Data<SendsMail>),
) -> Answer {
    if !sends.0 {
        return see_other(paths::FORGOTTEN_PASSWORD);
    }
    let typed = form.0.get("mail");
    let email: Email = match typed.parse() {
        Ok(email) => email,
        Err(error) => {
            let mail = Field {
                value: typed.to_owned(),
                error: error.to_string(),
            };
            let again = forgotten(&door.read, &sends, mail).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    };
    let _one_try = door.begins(&request)?;
    door.slows(&request).await;
    make_beside(store, email, door.clock.now());
    say(
        &request,
        "If this address can be signed in with, a link is on its way to it, unless one is already. It works once, for 24 hours.",
    );
    see_other(paths::SIGN_IN)
}

/// Beside the answer, whose time says nothing of who has an account.
fn make_beside(store: Data<Store>, email: Email, now: Instant) {
    actix_web::rt::spawn(async move {
        let secret = AddressSecret::new();
        let made: Result<(), Failure> = store
            .write(move |tx| people::ask_for_link(tx, &email, &secret, now))
            .await;
        if let Err(cause) = made {
            tracing::error!(%cause, "a link that was asked for could not be made");
        }
    });
}
