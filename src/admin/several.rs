//! Several items at once: which were chosen, what will follow, and what came of each.

use actix_web::HttpRequest;
use askama::Template;

use super::images_page::counted;
use super::one_by_one::{self, Again, chosen, deed, with_each};
use super::view::{Field, FieldProblem, problems};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of};
use crate::desk::review::Aim;
use crate::desk::several::{self, Deed, Further};
use crate::keys::new_key;
use crate::newsroom::{ItemId, RevisionId, SubjectFamily, SubjectName};
use crate::storage::{ReadTx, items, subjects};
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
    one_by_one::aims(fields, ("item", MOST), picked)
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
    let deed: Deed = deed(&query.0)?;
    let shown = read
        .read(move |tx| {
            let asked = (deed, &query.0, &FieldErrors::default());
            let rows = rows(tx, chosen(aims(&query.0)))?;
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
    let (key, aims) = (fields.form_key()?, aims(&fields));
    let deed: Deed = deed(&fields)?;
    let (further, errors) = further(deed, &fields);
    let again = if errors.is_empty() {
        let came = with_each((&store, &clock), &key, aims, move |tx, aim, sent| {
            several::with_one(tx, *aim, (deed, &further), sent, writer)
        })
        .await?;
        let done = sentence(deed, came.done);
        if came.refused.is_empty() {
            say(&request, &done);
            return see_other(paths::ITEMS);
        }
        Again::refused(came, done)
    } else {
        Again::untried(aims)
    };
    let status = again.status;
    let shown = read
        .read(move |tx| {
            let rows = rows(tx, again.told)?;
            several_page(tx, &visit, (deed, &fields, &errors), (rows, again.done))
        })
        .await?;
    page_with(status, &shown)
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

fn sentence(deed: Deed, done: u64) -> String {
    let items = counted(done, "item");
    match deed {
        Deed::Discard => format!("{items}: the draft was discarded. It can be brought back."),
        Deed::BringBack => format!("{items}: the draft was brought back."),
        Deed::AddWords => format!("{items}: the words were added, as a draft."),
    }
}

fn rows(tx: &mut ReadTx<'_>, told: Vec<(Aim, String)>) -> Result<Vec<Row>, Problem> {
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
