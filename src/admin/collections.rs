//! Collections of pictures: all of them and a new one; one of them renamed or deleted.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::images_page::counted;
use super::view::{Field, FieldProblem, problems};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::collection::{CollectionId, CollectionName};
use crate::storage::{ReadStore, ReadTx, collections};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Link;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/collections.html")]
struct CollectionsPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    name: Field,
    may_write: bool,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "admin/collection.html")]
struct CollectionPage {
    frame: AdminFrame,
    form_key: String,
    end_key: String,
    heading: String,
    action: String,
    end: String,
    pictures: Link,
    problems: Vec<FieldProblem>,
    name: Field,
    may_write: bool,
    may_delete: bool,
}

struct Row {
    href: String,
    name: String,
    pictures: Link,
}

type Typed = (Fields, FieldErrors);

pub(super) async fn open(request: HttpRequest, staff: Staff, (read, _, clock): Stores) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| collections_page(tx, &visit, &Typed::default()))
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn add(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    let writer = staff.writer()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let mut errors = FieldErrors::default();
    if let Some(name) = errors.take("name", fields.get("name").parse::<CollectionName>()) {
        let key = fields.form_key()?;
        let done: Result<Done<CollectionId>, Failure> = store
            .write(move |tx| {
                let sent = desk::writing::Sent {
                    form_key: &key,
                    now: clock.now(),
                };
                desk::collections::add(tx, &name, &sent, writer)
            })
            .await;
        if is_done(done, &mut errors)? {
            say(
                &request,
                "Begun. Choose pictures in the library to put into it.",
            );
            return see_other(paths::COLLECTIONS);
        }
    }
    let typed = (fields, errors);
    let shown = read
        .read(move |tx| collections_page(tx, &visit, &typed))
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

pub(super) async fn open_one(
    request: HttpRequest,
    staff: Staff,
    id: Numbered<CollectionId>,
    (read, _, clock): Stores,
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    page(&one(&read, visit, id.0, None).await?, Freshness::Never)
}

pub(super) async fn rename(
    request: HttpRequest,
    staff: Staff,
    (id, form): (Numbered<CollectionId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let writer = staff.writer()?;
    let (visit, fields, id) = (Visit::sends(&request, staff, &clock), form.0, id.0);
    let mut errors = FieldErrors::default();
    if let Some(name) = errors.take("name", fields.get("name").parse::<CollectionName>()) {
        let key = fields.form_key()?;
        let done: Result<Done<()>, Failure> = store
            .write(move |tx| {
                let sent = desk::writing::Sent {
                    form_key: &key,
                    now: clock.now(),
                };
                desk::collections::rename(tx, id, &name, &sent, writer)
            })
            .await;
        if is_done(done, &mut errors)? {
            say(&request, "Saved.");
            return see_other(&paths::collection(id));
        }
    }
    let shown = one(&read, visit, id, Some((fields, errors))).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

pub(super) async fn delete(
    request: HttpRequest,
    staff: Staff,
    (id, form): (Numbered<CollectionId>, Sent),
    (_, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let key = form.0.form_key()?;
    let done: Result<Done<()>, Failure> = store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::collections::delete(tx, id.0, &sent, editor)
        })
        .await;
    done?;
    say(&request, "Deleted. Its pictures are still in the library.");
    see_other(paths::COLLECTIONS)
}

/// A name that is taken is told beside its field.
fn is_done<T>(done: Result<Done<T>, Failure>, errors: &mut FieldErrors) -> Result<bool, Problem> {
    match done {
        Ok(Done::Now(_) | Done::Before(_)) => Ok(true),
        Err(Failure::Refused(why)) if status_of(&why) == StatusCode::UNPROCESSABLE_ENTITY => {
            errors.add("name", why.to_string());
            Ok(false)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn collections_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (fields, errors): &Typed,
) -> Result<CollectionsPage, Problem> {
    let room = room_of(tx)?;
    let sizes = collections::sizes(tx)?;
    let rows = collections::all(tx)?.into_iter().map(|one| Row {
        href: paths::collection(one.id),
        name: one.name.as_str().to_owned(),
        pictures: pictures(one.id, &sizes),
    });
    Ok(CollectionsPage {
        form_key: new_key(),
        problems: problems(errors),
        name: Field::of("name", fields, errors),
        may_write: visit.staff.person.roles.may_write(),
        rows: rows.collect(),
        frame: visit.frame(&room),
    })
}

/// How many there are in it, leading to them.
fn pictures(id: CollectionId, sizes: &[(CollectionId, u64)]) -> Link {
    let size = sizes.iter().find(|(known, _)| *known == id);
    let size = size.map_or(0, |(_, size)| *size);
    Link::new(counted(size, "picture"), paths::collected(id))
}

async fn one(
    read: &ReadStore,
    visit: Visit,
    id: CollectionId,
    typed: Option<Typed>,
) -> Result<CollectionPage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx)?;
        let known = collections::find(tx, id)?.ok_or(Problem::NotFound)?;
        let name = known.name.as_str();
        let (fields, errors) = typed.unwrap_or_else(|| {
            let mut stored = Fields::default();
            stored.set("name", name);
            (stored, FieldErrors::default())
        });
        let roles = visit.staff.person.roles;
        Ok(CollectionPage {
            form_key: new_key(),
            end_key: new_key(),
            heading: name.to_owned(),
            action: paths::collection(id),
            end: paths::collection_end(id),
            pictures: pictures(id, &collections::sizes(tx)?),
            problems: problems(&errors),
            name: Field::of("name", &fields, &errors),
            may_write: roles.may_write(),
            may_delete: roles.editor,
            frame: visit.frame(&room),
        })
    })
    .await
}
