//! Writing an item: a new one, an old one, and what comes back when saving did not work.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::editor_form::{self, Typed};
use super::editor_page::{Shown, editor_page, name_of};
use super::merge::{self, Conflict, Three};
use super::{Visit, autosave, room_of};
use crate::clock::Clock;
use crate::desk::publishing::desk;
use crate::desk::writing::{self, Saved};
use crate::desk::{Done, Failure};
use crate::keys::new_uid;
use crate::newsroom::{ItemId, Refusal, Revision};
use crate::prose::dates;
use crate::storage::{ReadStore, ReadTx, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
};

pub(super) async fn blank(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    staff.writer()?;
    let visit = Visit::opens(&request, staff, &clock);
    let editor = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let shown = autosave::shown_of_new(tx, (&visit, &room), &query.0)?;
            editor_page(tx, &visit, &room, None, shown)
        })
        .await?;
    page(&editor, Freshness::Never)
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (item, query): (Numbered<ItemId>, Query),
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let editor = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            let shown = autosave::shown_of_item(tx, (&visit, &room), (&desk, &query.0))?;
            editor_page(tx, &visit, &room, Some(&desk), shown)
        })
        .await?;
    page(&editor, Freshness::Never)
}

pub(super) async fn start(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store): (Data<ReadStore>, Data<Store>),
    clock: Data<Clock>,
) -> Answer {
    let writer = staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let typed = match understood(&read, &visit, None, &form.0).await? {
        Ok(typed) => typed,
        Err(answer) => return Ok(answer),
    };
    let key = form.0.form_key()?;
    let started = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            let before = writing::saved_before(tx, &key)?;
            let wording = with_free_slug(tx, typed, before.map(|(item, _)| item))?;
            writing::start(tx, &new_uid(), wording, &sent, writer)
        })
        .await;
    match started {
        Ok(Done::Now(item)) => {
            say(&request, "Saved. Nobody but staff can see it.");
            see_other(&paths::item(item))
        }
        Ok(Done::Before(answer)) => see_other(&first_of(&answer)),
        Err(failure) => refused(&read, visit, None, (form.0, failure)).await,
    }
}

pub(super) async fn save(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (read, store): (Data<ReadStore>, Data<Store>),
    clock: Data<Clock>,
) -> Answer {
    let writer = staff.writer()?;
    let (item, fields) = (item.0, form.0);
    let visit = Visit::sends(&request, staff, &clock);
    let typed = match understood(&read, &visit, Some(item), &fields).await? {
        Ok(typed) => typed,
        Err(answer) => return Ok(answer),
    };
    let shown = fields
        .get("shown")
        .parse()
        .map_err(|_source| Problem::Malformed)?;
    let key = fields.form_key()?;
    let saved = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            let wording = with_free_slug(tx, typed, Some(item))?;
            writing::save(tx, (item, shown), wording, &sent, writer)
        })
        .await;
    match saved {
        Ok(Done::Now(Saved::Revision(_)) | Done::Before(_)) => {
            say(&request, "Saved.");
            see_other(&paths::item(item))
        }
        Ok(Done::Now(Saved::Conflict { theirs, base })) => {
            conflicting(&read, visit, (theirs, base), fields).await
        }
        Err(failure) => refused(&read, visit, Some(item), (fields, failure)).await,
    }
}

/// An answer that was remembered begins with the item's number.
fn first_of(answer: &str) -> String {
    match answer.split(' ').next().unwrap_or_default().parse() {
        Ok(item) => paths::item(item),
        Err(_unreadable) => paths::ITEMS.to_owned(),
    }
}

fn with_free_slug(
    tx: &mut ReadTx<'_>,
    typed: Typed,
    item: Option<ItemId>,
) -> Result<crate::newsroom::Wording, Failure> {
    let mut wording = typed.wording;
    if typed.slug_is_ours {
        wording.slug = writing::free_slug(tx, &wording.slug, item)?;
    }
    Ok(wording)
}

/// The fields as a wording, or the page with every complaint beside its field.
async fn understood(
    read: &ReadStore,
    visit: &Visit,
    item: Option<ItemId>,
    fields: &Fields,
) -> Result<Result<Typed, HttpResponse>, Problem> {
    let (visit, fields) = (visit.clone(), fields.clone());
    let understood = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let desk = match item {
                Some(item) => Some(desk(tx, item)?.ok_or(Problem::NotFound)?),
                None => None,
            };
            let own = desk.as_ref().map(|desk| desk.head.wording.language);
            let errors = match editor_form::parse(&fields, &room, own) {
                Ok(typed) => return Ok::<_, Problem>(Ok(typed)),
                Err(errors) => errors,
            };
            let shown = Shown {
                fields,
                errors,
                ..Shown::default()
            };
            editor_page(tx, &visit, &room, desk.as_ref(), shown).map(Err)
        })
        .await?;
    match understood {
        Ok(typed) => Ok(Ok(typed)),
        Err(editor) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &editor).map(Err),
    }
}

/// The newsroom said no: the same page, everything typed still there.
async fn refused(
    read: &ReadStore,
    visit: Visit,
    item: Option<ItemId>,
    (fields, failure): (Fields, Failure),
) -> Answer {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let mut errors = FieldErrors::default();
    errors.add(field_of(&refusal), refusal.to_string());
    let editor = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let desk = item.map(|item| desk(tx, item)).transpose()?.flatten();
            editor_page(
                tx,
                &visit,
                &room,
                desk.as_ref(),
                Shown {
                    fields,
                    errors,
                    ..Shown::default()
                },
            )
        })
        .await?;
    page_with(super::status_of(&refusal), &editor)
}

/// The field that a refusal is about; where it is about none, its sentence stands on top.
fn field_of(refusal: &Refusal) -> &'static str {
    if matches!(
        refusal,
        Refusal::NoSuchImageInBody { .. } | Refusal::TooManyImages { .. }
    ) {
        return "body";
    }
    if matches!(
        refusal,
        Refusal::NoSuchFileHere { .. } | Refusal::TooManyFiles { .. }
    ) {
        return "file_number";
    }
    let fields = [
        (Refusal::NoSuchImage, "lead_number"),
        (Refusal::NoSuchOriginal, "translation_of"),
        (Refusal::HasTranslations, "translation_of"),
        (Refusal::OwnTranslation, "translation_of"),
        (Refusal::SlugTaken, "slug"),
    ];
    fields
        .into_iter()
        .find_map(|(known, field)| (known == *refusal).then_some(field))
        .unwrap_or_default()
}

/// Somebody saved in between: both texts on one page, and nothing lost.
async fn conflicting(
    read: &ReadStore,
    visit: Visit,
    (theirs, base): (Box<Revision>, Option<Box<Revision>>),
    fields: Fields,
) -> Answer {
    let editor = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let desk = desk(tx, theirs.item)?.ok_or(Problem::NotFound)?;
            let base = base.map_or_else(Fields::default, |base| editor_form::of_revision(&base));
            let stored = editor_form::of_revision(&theirs);
            let texts = Three {
                base: &base,
                theirs: &stored,
                yours: &fields,
            };
            let (merged, differences) = merge::merge(&merge::OF_ITEM, texts);
            let mut read = Fields::default();
            read.set("shown", &theirs.id.to_string());
            let merged = merged.with("shown", &read);
            let conflict = Conflict {
                what: "this item",
                by: name_of(tx, theirs.written_by)?,
                when: Some(dates::staff_time(theirs.written_at, &room.room.zone)),
                differences,
            };
            let shown = Shown {
                fields: merged,
                errors: FieldErrors::default(),
                conflict: Some(conflict),
                ..Shown::default()
            };
            editor_page(tx, &visit, &room, Some(&desk), shown)
        })
        .await?;
    page_with(StatusCode::CONFLICT, &editor)
}
