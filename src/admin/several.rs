//! Several items at once: which were chosen, what will follow, and what came of each.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::view::{Field, FieldProblem, problems};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of};
use crate::accounts::Writer;
use crate::clock::Clock;
use crate::desk::review::Aim;
use crate::desk::several::{self, Deed, Further};
use crate::desk::{self, Failure};
use crate::keys::new_key;
use crate::newsroom::{ItemId, RevisionId, SubjectFamily, SubjectName};
use crate::storage::{ReadTx, Store, items, subjects};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Problem, Query, Sent, Staff, page, paths, see_other,
};

/// A page of the list holds no more.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "admin/several.html")]
struct SeveralPage {
    frame: AdminFrame,
    form_key: String,
    heading: &'static str,
    hint: &'static str,
    button: &'static str,
    deed: &'static str,
    adds: bool,
    problems: Vec<FieldProblem>,
    topics: Field,
    places: Field,
    known_topics: Vec<String>,
    known_places: Vec<String>,
    rows: Vec<Row>,
    /// With how many it was done, where it was tried.
    done: Option<String>,
}

/// One of the items, with the newsroom's no where it said no.
struct Row {
    pick: String,
    href: String,
    title: String,
    lang: String,
    direction: String,
    refusal: String,
}

/// An item as the list names it: its number and that of its newest revision, as `7.12`.
pub(super) fn pick(item: ItemId, head: RevisionId) -> String {
    format!("{item}.{head}")
}

fn picked(text: &str) -> Option<Aim> {
    let (item, shown) = text.split_once('.')?;
    Some(Aim {
        item: item.parse().ok()?,
        shown: shown.parse().ok()?,
    })
}

fn aims(fields: &Fields) -> Vec<Aim> {
    fields.all("item").filter_map(picked).take(MOST).collect()
}

fn deed(fields: &Fields) -> Result<Deed, Problem> {
    fields
        .get("do")
        .parse()
        .map_err(|_source| Problem::Malformed)
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, _, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::opens(&request, staff, &clock);
    if aims(&query.0).is_empty() {
        say(&request, "Choose some items first.");
        return see_other(paths::ITEMS);
    }
    let deed = deed(&query.0)?;
    let shown = read
        .read(move |tx| {
            let asked = (deed, &query.0, &FieldErrors::default());
            let rows = rows(
                tx,
                aims(&query.0).into_iter().map(|aim| (aim, String::new())),
            )?;
            several_page(tx, &visit, asked, (rows, None))
        })
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    let writer = staff.writer()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let (key, deed, aims) = (fields.form_key()?, deed(&fields)?, aims(&fields));
    let (further, errors) = further(deed, &fields);
    let (told, done) = if errors.is_empty() {
        let making = Making {
            key,
            deed,
            further,
            writer,
        };
        with_each(&store, &clock, making, aims).await?
    } else {
        (
            aims.into_iter().map(|aim| (aim, String::new())).collect(),
            0,
        )
    };
    if told.is_empty() {
        say(&request, &sentence(deed, done));
        return see_other(paths::ITEMS);
    }
    let (status, done) = if errors.is_empty() {
        (StatusCode::CONFLICT, Some(sentence(deed, done)))
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, None)
    };
    let shown = read
        .read(move |tx| {
            let rows = rows(tx, told.into_iter())?;
            several_page(tx, &visit, (deed, &fields, &errors), (rows, done))
        })
        .await?;
    page_with(status, &shown)
}

/// What is done with each, by whom, out of which form.
#[derive(Clone)]
struct Making {
    key: String,
    deed: Deed,
    further: Further,
    writer: Writer,
}

/// Does it with each item in a transaction of its own: those that were refused, with why, and how
/// many were not.
async fn with_each(
    store: &Store,
    clock: &Clock,
    making: Making,
    aims: Vec<Aim>,
) -> Result<(Vec<(Aim, String)>, usize), Problem> {
    let (mut told, mut done) = (Vec::new(), 0);
    for aim in aims {
        let (making, clock) = (making.clone(), clock.clone());
        let one: Result<(), Failure> = store
            .write(move |tx| {
                let sent = desk::writing::Sent {
                    form_key: &making.key,
                    now: clock.now(),
                };
                let what = (making.deed, &making.further);
                several::with_one(tx, aim, what, &sent, making.writer)
            })
            .await;
        match one {
            Ok(()) => done += 1,
            Err(Failure::Refused(why)) => told.push((aim, why.to_string())),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok((told, done))
}

/// What shall be added, with the complaints about it.
fn further(deed: Deed, fields: &Fields) -> (Further, FieldErrors) {
    let mut errors = FieldErrors::default();
    if deed != Deed::AddWords {
        return (Further::default(), errors);
    }
    let topics = errors.take("topics", SubjectName::list(fields.get("topics")));
    let places = errors.take("places", SubjectName::list(fields.get("places")));
    let further = Further {
        topics: topics.unwrap_or_default(),
        places: places.unwrap_or_default(),
    };
    if errors.is_empty() && further.topics.is_empty() && further.places.is_empty() {
        errors.add("topics", "Write a topic or a place.");
    }
    (further, errors)
}

fn sentence(deed: Deed, done: usize) -> String {
    let items = if done == 1 {
        "1 item".to_owned()
    } else {
        format!("{done} items")
    };
    match deed {
        Deed::Discard => format!("{items}: the draft was discarded. It can be brought back."),
        Deed::BringBack => format!("{items}: the draft was brought back."),
        Deed::AddWords => format!("{items}: the words were added, as a draft."),
    }
}

fn rows(
    tx: &mut ReadTx<'_>,
    told: impl Iterator<Item = (Aim, String)>,
) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    for (aim, refusal) in told {
        let Some(head) = items::head(tx, aim.item)? else {
            continue;
        };
        let language = head.wording.language;
        rows.push(Row {
            // What was refused is tried again with what stands there by now.
            pick: if refusal.is_empty() {
                pick(aim.item, aim.shown)
            } else {
                pick(aim.item, head.id)
            },
            href: paths::item(aim.item),
            title: head.wording.title.as_str().to_owned(),
            lang: language.as_str().to_owned(),
            direction: language.direction().to_owned(),
            refusal,
        });
    }
    Ok(rows)
}

fn several_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (deed, fields, errors): (Deed, &Fields, &FieldErrors),
    (rows, done): (Vec<Row>, Option<String>),
) -> Result<SeveralPage, Problem> {
    let room = room_of(tx)?;
    let (heading, button, hint) = called(deed);
    let known = |tx: &mut ReadTx<'_>, family| match deed {
        Deed::AddWords => subjects::names(tx, family),
        Deed::Discard | Deed::BringBack => Ok(Vec::new()),
    };
    Ok(SeveralPage {
        form_key: new_key(),
        heading,
        button,
        hint,
        deed: deed.as_str(),
        adds: deed == Deed::AddWords,
        problems: problems(errors),
        topics: Field::of("topics", fields, errors),
        places: Field::of("places", fields, errors),
        known_topics: known(tx, SubjectFamily::Topic)?,
        known_places: known(tx, SubjectFamily::Place)?,
        rows,
        done,
        frame: visit.frame(&room),
    })
}

/// Heading, button and what follows.
fn called(deed: Deed) -> (&'static str, &'static str, &'static str) {
    match deed {
        Deed::Discard => (
            "Discard several drafts",
            "Discard these drafts",
            "Each draft is put aside and can be brought back. Readers go on seeing what they see.",
        ),
        Deed::BringBack => (
            "Bring back several drafts",
            "Bring these drafts back",
            "Each draft that was discarded is worked on again. Readers go on seeing what they see.",
        ),
        Deed::AddWords => (
            "Add topics and places",
            "Add them to these items",
            "Each item gets a new revision as a draft. Readers see it when it is published.",
        ),
    }
}
