//! One topic or place: its name, its address, where it stands; and away with it where nothing uses it.

use actix_web::http::StatusCode;
use actix_web::web;
use actix_web::{HttpRequest, Route};
use askama::Template;

use super::view::{Choice, Field, FieldProblem, problems};
use super::words::{Stores, called, single, used};
use super::{AdminFrame, Visit, room_of, status_of};
use crate::desk::words::WordWords;
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::{Refusal, SubjectFamily, SubjectId};
use crate::storage::words::{self, Word};
use crate::storage::{ReadTx, subjects, word_order};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Link;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/word.html")]
struct WordPage {
    frame: AdminFrame,
    form_key: String,
    /// The hash of what it says now, or said when the form was opened.
    shown: String,
    end_key: String,
    heading: String,
    back: Link,
    one: &'static str,
    action: String,
    end: String,
    merger: String,
    nests: bool,
    problems: Vec<FieldProblem>,
    name: Field,
    slug: Field,
    parent: Field,
    places: Vec<Choice>,
    known: Vec<String>,
    used: String,
    uses: Vec<Link>,
    is_used: bool,
}

/// What is done with a topic or place: to which, and the form that was sent.
type Asked = (SubjectFamily, Numbered<SubjectId>);

pub(super) fn opens_one(family: SubjectFamily) -> Route {
    web::get().to(
        move |request: HttpRequest, staff: Staff, id: Numbered<SubjectId>, stores: Stores| {
            open(request, staff, (family, id), stores)
        },
    )
}

pub(super) fn changes(family: SubjectFamily) -> Route {
    web::post().to(
        move |request: HttpRequest,
              staff: Staff,
              (id, form): (Numbered<SubjectId>, Sent),
              stores: Stores| change(request, staff, ((family, id), form), stores),
    )
}

pub(super) fn deletes(family: SubjectFamily) -> Route {
    web::post().to(
        move |request: HttpRequest,
              staff: Staff,
              (id, form): (Numbered<SubjectId>, Sent),
              stores: Stores| delete(request, staff, ((family, id), form), stores),
    )
}

async fn open(
    request: HttpRequest,
    staff: Staff,
    (family, id): Asked,
    (read, _, clock): Stores,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| word_page(tx, &visit, (family, id.0), None))
        .await?;
    page(&shown, Freshness::Never)
}

async fn change(
    request: HttpRequest,
    staff: Staff,
    ((family, id), form): (Asked, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let (visit, fields, id) = (Visit::sends(&request, staff, &clock), form.0, id.0);
    let errors = match parse(&fields) {
        Ok(new) => {
            let (key, shown) = (fields.form_key()?, fields.get("shown").to_owned());
            let done: Result<Done<()>, Failure> = store
                .write(move |tx| {
                    let sent = desk::writing::Sent {
                        form_key: &key,
                        now: clock.now(),
                    };
                    desk::words::change(tx, (family, id, &shown), &new, &sent, editor)
                })
                .await;
            match refused(done)? {
                None => {
                    say(&request, "Saved. Readers see it from now on.");
                    return see_other(&paths::word(family, id));
                }
                Some(errors) => errors,
            }
        }
        Err(errors) => errors,
    };
    let status = status_with(&errors);
    let typed = Some((fields, errors));
    let shown = read
        .read(move |tx| word_page(tx, &visit, (family, id), typed))
        .await?;
    page_with(status, &shown)
}

/// Whether a form comes back with what is to mend.
pub(super) fn is_told_in_form(refusal: &Refusal) -> bool {
    let is_theirs = matches!(refusal, Refusal::ChangedMeanwhile);
    is_theirs || status_of(refusal) == StatusCode::UNPROCESSABLE_ENTITY
}

/// A form that somebody else was quicker with has a complaint of no field.
fn moved_on(errors: &FieldErrors) -> bool {
    !Field::of("", &Fields::default(), errors).error.is_empty()
}

pub(super) fn status_with(errors: &FieldErrors) -> StatusCode {
    if moved_on(errors) {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// What a form looks at: what it was opened with, until it has said that there is something newer.
pub(super) fn shown(fields: &Fields, errors: &FieldErrors, now: &str) -> String {
    if moved_on(errors) {
        now.to_owned()
    } else {
        fields.get("shown").to_owned()
    }
}

/// What the newsroom says to the words, beside the field that it is about.
fn refused(done: Result<Done<()>, Failure>) -> Result<Option<FieldErrors>, Problem> {
    match done {
        Ok(Done::Now(()) | Done::Before(_)) => Ok(None),
        Err(Failure::Refused(why)) if is_told_in_form(&why) => {
            let field = if matches!(why, Refusal::ChangedMeanwhile) {
                ""
            } else if matches!(why, Refusal::WordAddressTaken) {
                "slug"
            } else if matches!(why, Refusal::WordIsHere) {
                "name"
            } else {
                "parent"
            };
            let mut errors = FieldErrors::default();
            errors.add(field, why.to_string());
            Ok(Some(errors))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn parse(fields: &Fields) -> Result<WordWords, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", single(fields.get("name")));
    let slug = match fields.get("slug").trim() {
        "" => Some(None),
        typed => errors.take("slug", typed.parse()).map(Some),
    };
    let parent = match fields.get("parent").trim() {
        "" => Some(None),
        typed => errors.take("parent", single(typed)).map(Some),
    };
    let place = fields.get("place").parse().ok();
    match (name, slug, parent) {
        (Some(name), Some(slug), Some(parent)) => Ok(WordWords {
            name,
            slug,
            parent,
            place,
        }),
        _ => Err(errors),
    }
}

async fn delete(
    request: HttpRequest,
    staff: Staff,
    ((family, id), form): (Asked, Sent),
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
            desk::words::delete(tx, (family, id.0), &sent, editor)
        })
        .await;
    done?;
    say(&request, "Deleted. Nothing used it.");
    see_other(paths::words(family))
}

fn stored(word: &Word) -> Fields {
    let mut fields = Fields::default();
    fields.set("shown", word.hash().as_str());
    fields.set("name", &word.name);
    fields.set("slug", &word.slug);
    fields.set("parent", word.parent.as_ref().map_or("", |(_, name)| name));
    let place = word.place.map(|place| place.to_string());
    fields.set("place", &place.unwrap_or_default());
    fields
}

/// By its name, or at one of the places that are taken, or behind them.
fn places(
    tx: &mut ReadTx<'_>,
    (family, word): (SubjectFamily, &Word),
    chosen: &str,
) -> Result<Vec<Choice>, Problem> {
    let parent = word.parent.as_ref().map(|(id, _)| *id);
    let mut others = word_order::placed(tx, family, parent)?;
    others.retain(|id| *id != word.id);
    let mut places = vec![Choice::new(
        "",
        "By its name, behind those with a place",
        chosen,
    )];
    places.extend((1..=others.len() + 1).map(|place| {
        let place = place.to_string();
        Choice::new(place.clone(), place, chosen)
    }));
    Ok(places)
}

fn word_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (family, id): (SubjectFamily, SubjectId),
    typed: Option<(Fields, FieldErrors)>,
) -> Result<WordPage, Problem> {
    const MOST_USES: i64 = 20;
    let room = room_of(tx)?;
    let word = words::one(tx, family, id)?.ok_or(Problem::NotFound)?;
    let (fields, errors) = typed.unwrap_or_else(|| (stored(&word), FieldErrors::default()));
    let (heading, one) = called(family);
    let uses = words::uses(tx, id, MOST_USES)?;
    Ok(WordPage {
        form_key: new_key(),
        end_key: new_key(),
        back: Link::new(heading, paths::words(family)),
        one,
        shown: shown(&fields, &errors, word.hash().as_str()),
        action: paths::word(family, id),
        end: paths::word_end(family, id),
        merger: paths::merger(family, id),
        nests: family == SubjectFamily::Place,
        problems: problems(&errors),
        name: Field::of("name", &fields, &errors),
        slug: Field::of("slug", &fields, &errors),
        parent: Field::of("parent", &fields, &errors),
        places: places(tx, (family, &word), fields.get("place"))?,
        known: subjects::names(tx, family)?,
        used: used(word.uses),
        uses: uses
            .into_iter()
            .map(|(item, title)| Link::new(title, paths::item(item)))
            .collect(),
        is_used: words::is_used(tx, id)?,
        heading: word.name,
        frame: visit.frame(&room),
    })
}
