//! The alt-text queue: photos in use without good alt text, one after another.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::image_uses::Uses;
use super::images_page::counted;
use super::view::{Choice, Field, FieldProblem, problems};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of, status_of};
use crate::accounts::Roles;
use crate::desk::{Changed, Done, Failure, pictures, writing};
use crate::keys::new_key;
use crate::media::{AltText, FocalPoint, ImageId};
use crate::newsroom::Refusal;
use crate::public::view::{Gallery, Photo};
use crate::storage::alt_texts::{self, Reach};
use crate::storage::images::{self, LibraryImage};
use crate::storage::{ReadStore, ReadTx, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Problem, Query, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/alt_texts.html")]
struct AltTextsPage {
    frame: AdminFrame,
    form_key: String,
    /// How many are left.
    count: String,
    problems: Vec<FieldProblem>,
    photo: Option<Waiting>,
    skip: u64,
    /// To the one after this, leaving this one as it is.
    next: Option<String>,
    /// Whether some were left out on the way.
    skipped: bool,
}

/// The picture that is next.
struct Waiting {
    number: String,
    href: String,
    photo: Photo,
    file_name: String,
    caption: String,
    weakness: &'static str,
    uses: Uses,
    shown: String,
    alt: Vec<Choice>,
    alt_text: Field,
}

/// Of what is asked: what others count on is editors' to change.
pub(super) fn reach(roles: Roles) -> Reach {
    if roles.editor {
        Reach::Everything
    } else {
        Reach::WhatNobodyCountsOn
    }
}

fn skip(fields: &Fields) -> u64 {
    fields.get("skip").parse().unwrap_or_default()
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, _, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| alt_texts_page(tx, &visit, &query.0, None))
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn save(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    staff.writer()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let key = fields.form_key()?;
    let image: ImageId = fields
        .get("image")
        .parse()
        .map_err(|_source| Problem::Malformed)?;
    let alt = match typed(&fields) {
        Ok(alt) => alt,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return complained(&read, visit, (status, errors), (image, fields)).await;
        }
    };
    let refusal = match kept(&store, &visit, (key, image), (&fields, alt)).await {
        Ok(Done::Now(Changed::Kept) | Done::Before(_)) => {
            say(&request, &format!("Picture {image} is saved."));
            let left = skip(&fields).to_string();
            return see_other(&paths::with_query(paths::ALT_TEXTS, &[("skip", &left)]));
        }
        Ok(Done::Now(Changed::Conflict)) => Refusal::PictureMovedOn,
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure.into()),
    };
    let mut errors = FieldErrors::default();
    errors.add("", refusal.to_string());
    let said = (status_of(&refusal), errors);
    complained(&read, visit, said, (image, fields)).await
}

async fn kept(
    store: &Store,
    visit: &Visit,
    (key, image): (String, ImageId),
    (fields, alt): (&Fields, AltText),
) -> Result<Done<Changed>, Failure> {
    let (person, now) = (visit.staff.person.clone(), visit.now);
    let shown = fields.get("shown").to_owned();
    store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now,
            };
            pictures::set_alt_text(tx, image, (&shown, alt), &sent, &person)
        })
        .await
}

fn typed(fields: &Fields) -> Result<AltText, FieldErrors> {
    let mut errors = FieldErrors::default();
    let alt = if fields.get("alt_choice") == "decorative" {
        Some(AltText::Decorative)
    } else {
        errors.take("alt_text", AltText::written(fields.get("alt_text")))
    };
    alt.ok_or(errors)
}

async fn complained(
    read: &ReadStore,
    visit: Visit,
    (status, errors): (StatusCode, FieldErrors),
    (image, fields): (ImageId, Fields),
) -> Answer {
    let shown = read
        .read(move |tx| alt_texts_page(tx, &visit, &fields, Some((image, &errors))))
        .await?;
    page_with(status, &shown)
}

/// The next one of the queue; where one was refused, that one again with what was typed.
fn alt_texts_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    fields: &Fields,
    again: Option<(ImageId, &FieldErrors)>,
) -> Result<AltTextsPage, Problem> {
    let room = room_of(tx)?;
    let (reach, skip) = (reach(visit.staff.person.roles), skip(fields));
    let count = alt_texts::count(tx, reach, visit.now)?;
    let none = FieldErrors::default();
    let (found, errors) = if let Some((image, errors)) = again {
        (images::find(tx, image)?.map(|one| (one, "")), errors)
    } else {
        let next = alt_texts::next(tx, reach, skip, visit.now)?;
        (next.map(|(one, weak)| (one, weak.sentence())), &none)
    };
    let photo = match found {
        Some((image, weakness)) => {
            let uses = Uses::of(tx, &image, (visit, &room))?;
            let typed = again.map(|_| fields);
            Some(waiting(&image, (weakness, uses), typed, errors)?)
        }
        None => None,
    };
    let after = (skip + 1).to_string();
    Ok(AltTextsPage {
        form_key: new_key(),
        count: counted(count, "picture"),
        problems: problems(errors),
        next: (skip + 1 < count)
            .then(|| paths::with_query(paths::ALT_TEXTS, &[("skip", after.as_str())])),
        photo,
        skip,
        skipped: skip > 0,
        frame: visit.frame(&room),
    })
}

fn waiting(
    image: &LibraryImage,
    (weakness, uses): (&'static str, Uses),
    typed: Option<&Fields>,
    errors: &FieldErrors,
) -> Result<Waiting, Problem> {
    let stored = super::image_page::of_image(image);
    let fields = typed.unwrap_or(&stored);
    let chosen = fields.get("alt_choice");
    Ok(Waiting {
        number: image.shown.id.to_string(),
        href: paths::image(image.shown.id),
        photo: Gallery::Staff.photo(&image.shown, FocalPoint::default()),
        file_name: image.file_name.clone(),
        caption: image.shown.caption.clone(),
        weakness,
        uses,
        shown: image.words()?.fingerprint(),
        alt: vec![
            Choice::new("written", "It shows something: describe it", chosen),
            Choice::new(
                "decorative",
                "It is decorative: it says nothing that the text does not",
                chosen,
            ),
        ],
        alt_text: Field::of("alt_text", fields, errors),
    })
}
