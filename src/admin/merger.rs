//! Two topics or places into one: what will follow, then the step itself.

use actix_web::http::StatusCode;
use actix_web::web;
use actix_web::{HttpRequest, Route};
use askama::Template;

use super::view::Field;
use super::words::{Stores, called, single, used};
use super::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::{SubjectFamily, SubjectId};
use crate::storage::{ReadTx, subjects, words};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/merger.html")]
struct MergerPage {
    frame: AdminFrame,
    form_key: String,
    name: String,
    one: &'static str,
    action: String,
    back: String,
    into: Field,
    known: Vec<String>,
    /// What will follow, where the other one was named.
    follows: Option<Follows>,
}

struct Follows {
    into: String,
    items: String,
    leads: Option<(String, String)>,
}

pub(super) fn opens(family: SubjectFamily) -> Route {
    web::get().to(
        move |request: HttpRequest,
              staff: Staff,
              (id, query): (Numbered<SubjectId>, Query),
              stores: Stores| open(request, staff, ((family, id.0), query.0), stores),
    )
}

pub(super) fn sends(family: SubjectFamily) -> Route {
    web::post().to(
        move |request: HttpRequest,
              staff: Staff,
              (id, form): (Numbered<SubjectId>, Sent),
              stores: Stores| merge(request, staff, ((family, id.0), form.0), stores),
    )
}

type Asked = ((SubjectFamily, SubjectId), Fields);

async fn open(
    request: HttpRequest,
    staff: Staff,
    (which, fields): Asked,
    (read, _, clock): Stores,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| merger_page(tx, &visit, which, &fields))
        .await?;
    if shown.into.error.is_empty() {
        page(&shown, Freshness::Never)
    } else {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
    }
}

async fn merge(
    request: HttpRequest,
    staff: Staff,
    ((family, id), fields): Asked,
    (read, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (key, name) = (fields.form_key()?, single(fields.get("into")));
    if let Ok(name) = name {
        let done: Result<Done<SubjectId>, Failure> = store
            .write(move |tx| {
                let sent = desk::writing::Sent {
                    form_key: &key,
                    now: clock.now(),
                };
                desk::words::merge(tx, (family, id), &name, &sent, editor)
            })
            .await;
        match done {
            Ok(Done::Now(_) | Done::Before(_)) => {
                say(&request, "Merged. Readers see one where there were two.");
                return see_other(paths::words(family));
            }
            Err(Failure::Refused(why)) if status_of(&why) == StatusCode::UNPROCESSABLE_ENTITY => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let shown = read
        .read(move |tx| merger_page(tx, &visit, (family, id), &fields))
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

fn merger_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (family, id): (SubjectFamily, SubjectId),
    fields: &Fields,
) -> Result<MergerPage, Problem> {
    let room = room_of(tx)?;
    let word = words::one(tx, family, id)?.ok_or(Problem::NotFound)?;
    let mut errors = FieldErrors::default();
    let named = match fields.get("into").trim() {
        "" => None,
        typed => errors.take("into", single(typed)),
    };
    let mut follows = None;
    if let Some(into) = named {
        match desk::words::pair(tx, (family, id), &into) {
            Ok((word, survivor)) => {
                let leads = subjects::was_public(tx, id, visit.now)?.then(|| {
                    let address = |slug: &str| paths::subject(family, slug);
                    (address(&word.slug), address(&survivor.slug))
                });
                follows = Some(Follows {
                    into: survivor.name,
                    items: used(word.uses),
                    leads,
                });
            }
            Err(Failure::Refused(why)) => errors.add("into", why.to_string()),
            Err(failure) => return Err(failure.into()),
        }
    }
    let (_, one) = called(family);
    Ok(MergerPage {
        form_key: new_key(),
        one,
        action: paths::merger(family, id),
        back: paths::word(family, id),
        into: Field::of("into", fields, &errors),
        known: subjects::names(tx, family)?,
        follows,
        name: word.name,
        frame: visit.frame(&room),
    })
}
