//! The second page of signing in: a code from somebody's app, or one of their recovery codes.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::doorkeeper::Doorkeeper;
use super::sign_in::page_after;
use super::view::Field;
use crate::accounts::PersonId;
use crate::desk::factors::CodeAnswer;
use crate::storage::{ReadStore, factors, room};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{self, say};
use crate::web::view::Assets;
use crate::web::{AtDoor, Freshness, Problem, Sent, page, see_other};

/// The field in which the code comes.
pub(super) const CODE: &str = "code";

#[derive(Template)]
#[template(path = "admin/second_factor.html")]
struct SecondFactorPage {
    assets: Assets,
    room_name: String,
    code: Field,
    hint: String,
    /// Whether this person has one.
    passkeys: bool,
}

async fn second_factor(
    read: &ReadStore,
    person: PersonId,
    error: String,
) -> Result<SecondFactorPage, Problem> {
    let (frame, has) = read
        .read(move |tx| Ok::<_, Problem>((room::frame(tx)?, factors::of_person(tx, person)?)))
        .await?;
    let frame = frame.ok_or(Problem::NotOpenYet)?;
    Ok(SecondFactorPage {
        assets: super::plain_assets(Some(&frame)),
        room_name: frame.room.name.as_str().to_owned(),
        code: Field {
            value: String::new(),
            error,
        },
        hint: hint(has.app.is_some()).to_owned(),
        passkeys: has.passkeys > 0,
    })
}

fn hint(app: bool) -> &'static str {
    if app {
        "The six digits that your app shows now, or one of your recovery codes."
    } else {
        "One of your recovery codes, if your passkey is not at hand."
    }
}

/// The page with what is wrong.
pub(super) async fn again(keeper: &Doorkeeper, person: PersonId, error: String) -> Answer {
    let again = second_factor(&keeper.read, person, error).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

pub(super) async fn open(somebody: AtDoor, keeper: Doorkeeper) -> Answer {
    let shown = second_factor(&keeper.read, somebody.person.id, String::new()).await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    somebody: AtDoor,
    form: Sent,
    keeper: Doorkeeper,
) -> Answer {
    let typed = (&somebody.person, form.0.get(CODE));
    let answer = keeper.takes_code(&request, typed).await?;
    if let Some(error) = complaint(answer) {
        return again(&keeper, somebody.person.id, error).await;
    }
    let who = (somebody.person.id, somebody.person.era);
    sessions::begin(&request, who, keeper.clock.now())?;
    if let CodeAnswer::Recovery { left } = answer {
        say(&request, &used_up(left));
    }
    see_other(page_after(&somebody.next))
}

fn used_up(left: i64) -> String {
    match left {
        0 => "That was your last recovery code. Make new ones under your account now.".to_owned(),
        1 => "One recovery code is left. Make new ones under your account.".to_owned(),
        many => format!("{many} recovery codes are left. New ones are made under your account."),
    }
}

/// What is wrong with a code, if anything.
pub(super) fn complaint(answer: CodeAnswer) -> Option<String> {
    match answer {
        CodeAnswer::OfApp | CodeAnswer::Recovery { .. } => None,
        CodeAnswer::Wrong => Some("This code is not right, or it was used already. Wait for the next one, and check that the clock of your phone is right.".to_owned()),
        CodeAnswer::Paused { millis } => Some(format!(
            "Too many codes were wrong. Wait {} seconds for the next try, or use a recovery code.",
            (millis + 999) / 1000
        )),
        CodeAnswer::Unreadable => Some("Codes from your app cannot be checked, because the key of this room is a new one. Use a recovery code, or ask an admin to take your second factor away.".to_owned()),
    }
}
