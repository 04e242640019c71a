//! The page where the first account is made; it opens once, with the key that the start printed.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::password_desk::PasswordDesk;
use super::view::{Field, FieldProblem, problems};
use crate::accounts::{Email, Password, PersonId, PersonName, Roles};
use crate::clock::{Clock, Instant};
use crate::desk::people;
use crate::keys::new_uid;
use crate::newsroom::SecondPair;
use crate::newsroom::room::{Accent, ReadersSee, Room, RoomLine, RoomName};
use crate::newsroom::room_pages::{FooterLinks, PerPage};
use crate::samples::{self, Prepared};
use crate::storage::people::{NewPerson, nobody_is_here};
use crate::storage::{ReadStore, Store, WriteTx};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{self, say};
use crate::web::view::Assets;
use crate::web::{FieldErrors, Fields, Freshness, Problem, Query, Sent, page, paths, see_other};
use crate::zone::{Zone, Zones};

/// The one-time key of this start. Without it the page does not exist.
#[derive(Clone, Debug, Default)]
pub struct SetUpToken(Option<String>);

impl SetUpToken {
    pub fn new(token: String) -> Self {
        Self(Some(token))
    }

    /// No first account is waited for.
    pub fn closed() -> Self {
        Self(None)
    }

    fn fits(&self, typed: &str) -> bool {
        use sha2::{Digest, Sha256};
        // Hashes are compared, so that the time says nothing about the key.
        self.0
            .as_ref()
            .is_some_and(|token| Sha256::digest(token) == Sha256::digest(typed))
    }
}

#[derive(Template)]
#[template(path = "admin/set_up.html")]
struct SetUpPage {
    assets: Assets,
    token: String,
    problems: Vec<FieldProblem>,
    room_name: Field,
    name: Field,
    mail: Field,
    password: Field,
    samples: bool,
}

impl SetUpPage {
    fn of(fields: &Fields, errors: &FieldErrors) -> Self {
        Self {
            assets: super::plain_assets(None),
            token: fields.get("token").to_owned(),
            problems: problems(errors),
            room_name: Field::of("room_name", fields, errors),
            name: Field::of("name", fields, errors),
            mail: Field::of("mail", fields, errors),
            // A password never goes back into a page.
            password: Field {
                value: String::new(),
                error: errors.of("password").to_owned(),
            },
            samples: fields.get("samples") == "yes",
        }
    }
}

async fn guard(token: &SetUpToken, typed: &str, read: &ReadStore) -> Result<(), Problem> {
    if token.fits(typed)
        && read
            .read(|tx| Ok::<_, Problem>(nobody_is_here(tx)?))
            .await?
    {
        Ok(())
    } else {
        Err(Problem::NotFound)
    }
}

pub(super) async fn open(query: Query, token: Data<SetUpToken>, read: Data<ReadStore>) -> Answer {
    guard(&token, query.0.get("token"), &read).await?;
    page(
        &SetUpPage::of(&query.0, &FieldErrors::default()),
        Freshness::Never,
    )
}

struct Typed {
    room: RoomName,
    name: PersonName,
    email: Email,
    password: Password,
}

fn parse(fields: &Fields) -> Result<Typed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let room = errors.take("room_name", fields.get("room_name").parse());
    let name = errors.take("name", fields.get("name").parse());
    let email = errors.take("mail", fields.get("mail").parse());
    let known = ["room_name", "name", "mail"].map(|name| fields.get(name));
    let chosen = Password::chosen(fields.get("password"), &known);
    let password = errors.take("password", chosen);
    match (room, name, email, password) {
        (Some(room), Some(name), Some(email), Some(password)) => Ok(Typed {
            room,
            name,
            email,
            password,
        }),
        _ => Err(errors),
    }
}

/// A room as it is before anybody has written its words.
pub fn blank_room(uid: String, name: RoomName) -> Room {
    Room {
        uid,
        name,
        mission: RoomLine::default(),
        introduction: RoomLine::default(),
        logo: None,
        icon: None,
        accent: Accent::default(),
        zone: Zone::utc(),
        further_zones: Zones::default(),
        second_pair: SecondPair::default(),
        readers_see: ReadersSee::default(),
        languages: "en".parse().into_iter().collect(),
        contacts: Vec::new(),
        boilerplate: BTreeMap::new(),
        notice: RoomLine::default(),
        per_page: PerPage::default(),
        footer_links: FooterLinks::default(),
        pages: Vec::new(),
    }
}

pub(super) async fn send(
    request: HttpRequest,
    form: Sent,
    (token, read, store): (Data<SetUpToken>, Data<ReadStore>, Data<Store>),
    (clock, passwords): (Data<Clock>, Data<PasswordDesk>),
) -> Answer {
    let fields = form.0;
    guard(&token, fields.get("token"), &read).await?;
    let typed = match parse(&fields) {
        Ok(typed) => typed,
        Err(errors) => {
            return page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &SetUpPage::of(&fields, &errors),
            );
        }
    };
    let hash = passwords.hash(typed.password).await?;
    let first = NewPerson {
        name: typed.name,
        email: typed.email,
        hash: Some(hash),
        roles: Roles::FIRST,
    };
    let room = blank_room(new_uid(), typed.room);
    let samples = match fields.get("samples") {
        "yes" => Some(drawn().await?),
        _ => None,
    };
    let wants_samples = samples.is_some();
    let now = clock.now();
    let person = store
        .write(move |tx| open_room(tx, &first, &room, samples.as_ref(), now))
        .await?;
    signed_in(&request, (person, now), wants_samples)
}

/// The room with its first account and, where they are wanted, the samples: all or nothing.
fn open_room(
    tx: &mut WriteTx<'_>,
    first: &NewPerson,
    room: &Room,
    samples: Option<&Prepared>,
    now: Instant,
) -> Result<PersonId, Problem> {
    let person = people::open_room(tx, first, room, now)?.ok_or(Problem::NotFound)?;
    if let Some(samples) = samples {
        let loaded = samples.load(tx, now, Some(person));
        loaded.map_err(Problem::broken)?;
    }
    Ok(person)
}

/// Drawing takes a few seconds, so it is done before the room is opened, not while others wait.
async fn drawn() -> Result<Prepared, Problem> {
    actix_web::web::block(samples::prepare)
        .await
        .map_err(Problem::broken)?
        .map_err(Problem::broken)
}

fn signed_in(
    request: &HttpRequest,
    (person, now): (PersonId, Instant),
    with_samples: bool,
) -> Result<HttpResponse, Problem> {
    // The first account of the room has had no session yet.
    sessions::begin(request, (person, 0), now)?;
    say(
        request,
        if with_samples {
            "Welcome. The sample room is there to look at and to try things in."
        } else {
            "Welcome. Write down who you are in the settings, then write the first item."
        },
    );
    see_other(paths::MY_WORK)
}
