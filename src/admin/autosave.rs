//! Words that were typed and not saved: kept while somebody writes, offered again on the item's page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::editor_form;
use super::editor_page::Shown;
use super::{Visit, merge};
use crate::clock::Clock;
use crate::desk::autosaving::{self, Typed};
use crate::desk::publishing::{Desk, desk};
use crate::newsroom::{ItemId, KindId, RevisionId};
use crate::prose::dates::{self, DateWords};
use crate::storage::autosaves::{self, Autosave, Place};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, StorageError, Store, kinds};
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Fields, Numbered, Problem, Sent, Staff, paths, see_other};

/// Words that the person can go on with or throw away.
pub(super) struct Unsaved {
    pub title: String,
    pub when: DateWords,
    pub href: String,
    pub discards: String,
    /// As a browser encodes them, for script to compare with its own copy.
    pub fields: String,
    /// The `id` of the form that throws them away.
    pub form: String,
}

/// What the editor of an item shows: its newest words, or what the person typed and did not save.
pub(super) fn shown_of_item(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &Frame),
    (desk, query): (&Desk, &Fields),
) -> Result<Shown, StorageError> {
    let stored = editor_form::of_revision(&desk.head);
    let kept = autosaves::of_item(tx, visit.staff.person.id, desk.item)?;
    let kept = unlike(tx, kept.into_iter().collect(), &stored)?;
    Ok(shown(kept, stored, (room, query)))
}

/// The same for an item that is to be: each form of one keeps its own words.
pub(super) fn shown_of_new(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &Frame),
    query: &Fields,
) -> Result<Shown, StorageError> {
    let blank = editor_form::blank(room);
    let mut kept = autosaves::of_person(tx, visit.staff.person.id)?;
    kept.retain(|autosave| matches!(autosave.place, Place::New(_)));
    let kept = unlike(tx, kept, &blank)?;
    Ok(shown(kept, blank, (room, query)))
}

/// Everything that the person typed and did not save, for the list of their work.
pub(super) fn of_person(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    room: &Frame,
) -> Result<Vec<Unsaved>, StorageError> {
    let blank = editor_form::blank(room);
    let mut unsaved = Vec::new();
    for autosave in autosaves::of_person(tx, visit.staff.person.id)? {
        let stored = match autosave.place {
            Place::Item(item) => desk(tx, item)?.map(|desk| editor_form::of_revision(&desk.head)),
            Place::New(_) => Some(blank.clone()),
        };
        let found = unlike(tx, vec![autosave], &stored.unwrap_or_default())?;
        unsaved.extend(found.iter().map(|(kept, words)| offer(kept, words, room)));
    }
    Ok(unsaved)
}

/// Those that hold other words than what is stored, with their fields.
fn unlike(
    tx: &mut ReadTx<'_>,
    kept: Vec<Autosave>,
    stored: &Fields,
) -> Result<Vec<(Autosave, Fields)>, StorageError> {
    let mut unlike = Vec::new();
    for autosave in kept {
        let Ok(mut words) = Fields::parse(autosave.fields.as_bytes()) else {
            continue;
        };
        // The kind may have gone into another one since.
        if let Ok(kind) = words.get("kind").parse::<KindId>() {
            let mut standing = Fields::default();
            standing.set("kind", &kinds::standing(tx, kind)?.to_string());
            words = words.with("kind", &standing);
        }
        if merge::differ(&merge::OF_ITEM, stored, &words) {
            unlike.push((autosave, words));
        }
    }
    Ok(unlike)
}

fn shown(kept: Vec<(Autosave, Fields)>, stored: Fields, (room, query): (&Frame, &Fields)) -> Shown {
    let wanted: Option<i64> = query.get("autosave").parse().ok();
    let chosen = kept
        .iter()
        .find(|(autosave, _)| Some(autosave.id) == wanted);
    match chosen {
        Some((_, words)) => Shown {
            fields: words.clone(),
            continued: true,
            ..Shown::default()
        },
        None => Shown {
            fields: stored,
            unsaved: kept
                .iter()
                .map(|(autosave, words)| offer(autosave, words, room))
                .collect(),
            ..Shown::default()
        },
    }
}

fn offer(autosave: &Autosave, words: &Fields, room: &Frame) -> Unsaved {
    let page = page_of(&autosave.place);
    Unsaved {
        title: words.get("title").trim().to_owned(),
        when: dates::staff_time(autosave.saved_at, &room.room.zone),
        href: format!("{page}?autosave={}", autosave.id),
        discards: paths::discard_autosave(autosave.id),
        fields: autosave.fields.clone(),
        form: format!("discard-{}", autosave.id),
    }
}

fn page_of(place: &Place) -> String {
    match place {
        Place::Item(item) => paths::item(*item),
        Place::New(_) => paths::NEW_ITEM.to_owned(),
    }
}

/// Keeps what stands in an item's form.
pub(super) async fn keep(
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (store, clock): (Data<Store>, Data<Clock>),
) -> Answer {
    keep_at(Place::Item(item.0), staff, form, (store, clock)).await
}

/// Keeps what stands in the form of a new item.
pub(super) async fn keep_new(
    staff: Staff,
    form: Sent,
    (store, clock): (Data<Store>, Data<Clock>),
) -> Answer {
    let place = autosaving::of_form(&form.0.form_key()?);
    keep_at(place, staff, form, (store, clock)).await
}

async fn keep_at(
    place: Place,
    staff: Staff,
    form: Sent,
    (store, clock): (Data<Store>, Data<Clock>),
) -> Answer {
    let writer = staff.writer()?;
    let typed = Typed {
        place,
        form_key: form.0.form_key()?,
    };
    let encoded = move |on: Option<RevisionId>| match on {
        None => form.0.encoded(),
        Some(revision) => {
            let mut shown = Fields::default();
            shown.set("shown", &revision.to_string());
            form.0.with("shown", &shown).encoded()
        }
    };
    store
        .jot(move |tx| autosaving::keep(tx, typed, encoded, clock.now(), writer))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Throws away what was typed, and shows the page without it.
pub(super) async fn discard(
    request: HttpRequest,
    staff: Staff,
    number: Numbered<i64>,
    (read, store): (Data<ReadStore>, Data<Store>),
) -> Answer {
    let (writer, person) = (staff.writer()?, staff.person.id);
    let own = read
        .read(move |tx| autosaves::of_person(tx, person))
        .await?;
    let page = own
        .iter()
        .find(|autosave| autosave.id == number.0)
        .map(|autosave| page_of(&autosave.place))
        .ok_or(Problem::NotFound)?;
    store
        .jot(move |tx| autosaving::discard(tx, number.0, writer))
        .await?;
    say(&request, "Thrown away.");
    see_other(&page)
}
