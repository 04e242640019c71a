//! Hold everything: one button takes back all that is scheduled, one button puts it back.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::editor_page::name_of;
use super::view::{Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::desk::holding::{self, Undone};
use crate::desk::publishing::desk;
use crate::desk::writing::Sent as SentBy;
use crate::desk::{Done, Failure};
use crate::keys::new_key;
use crate::newsroom::hold::{Hold, returning};
use crate::newsroom::words::Reason;
use crate::newsroom::{ItemId, Refusal};
use crate::prose::dates;
use crate::storage::holds::{self, Held};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, Store, publications};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{FieldErrors, Fields, Freshness, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/hold.html")]
struct HoldPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    /// How many publications wait for their instant.
    scheduled: usize,
    reason: Field,
    held: Option<HeldPage>,
}

/// The hold that is on.
struct HeldPage {
    number: String,
    sentence: String,
    reason: String,
    rows: Vec<HeldRow>,
}

/// What it took back, and what undoing it would do.
struct HeldRow {
    title: String,
    lang: String,
    direction: String,
    href: String,
    then: String,
}

type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

pub(super) async fn open(request: HttpRequest, staff: Staff, (read, _, clock): Stores) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let typed = (Fields::default(), FieldErrors::default());
    let shown = read.read(move |tx| hold_page(tx, &visit, &typed)).await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn hold(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let (fields, visit) = (form.0, Visit::sends(&request, staff, &clock));
    let mut errors = FieldErrors::default();
    let reason = match fields.get("reason").trim() {
        "" => errors.take("reason", Err::<Reason, _>(Refusal::NoReasonToHold)),
        typed => errors.take("reason", typed.parse()),
    };
    let Some(reason) = reason else {
        return again(
            &read,
            visit,
            (fields, errors),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let key = fields.form_key()?;
    let done = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            holding::hold_everything(tx, &reason, &sent, editor)
        })
        .await;
    match done {
        Ok(_done) => {
            say(
                &request,
                "Held: nothing goes out by itself until somebody undoes it.",
            );
            see_other(paths::HOLD)
        }
        Err(failure) => refused(&read, visit, fields, failure).await,
    }
}

pub(super) async fn undo(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let (fields, visit) = (form.0, Visit::sends(&request, staff, &clock));
    let shown = fields
        .get("hold")
        .parse()
        .map_err(|_source| Problem::Malformed)?;
    let key = fields.form_key()?;
    let done = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            holding::undo(tx, shown, &sent, editor)
        })
        .await;
    match done {
        Ok(Done::Now(undone)) => {
            say(&request, &sentence(&undone));
            see_other(paths::HOLD)
        }
        Ok(Done::Before(_)) => see_other(paths::HOLD),
        Err(failure) => refused(&read, visit, fields, failure).await,
    }
}

fn sentence(undone: &Undone) -> String {
    let again = match undone.again {
        0 => "Nothing is scheduled again.".to_owned(),
        1 => "One item is scheduled again.".to_owned(),
        many => format!("{many} items are scheduled again."),
    };
    let numbers: Vec<String> = undone
        .not
        .iter()
        .map(|(item, _)| item.to_string())
        .collect();
    match numbers.as_slice() {
        [] => again,
        [one] => format!("{again} Item {one} is not: its time has passed, or it was changed."),
        several => format!(
            "{again} Items {} are not: their time has passed, or they were changed.",
            several.join(", ")
        ),
    }
}

async fn refused(read: &ReadStore, visit: Visit, fields: Fields, failure: Failure) -> Answer {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let mut errors = FieldErrors::default();
    errors.add("", refusal.to_string());
    again(read, visit, (fields, errors), super::status_of(&refusal)).await
}

async fn again(
    read: &ReadStore,
    visit: Visit,
    typed: (Fields, FieldErrors),
    status: StatusCode,
) -> Answer {
    let shown = read.read(move |tx| hold_page(tx, &visit, &typed)).await?;
    page_with(status, &shown)
}

fn hold_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (fields, errors): &(Fields, FieldErrors),
) -> Result<HoldPage, Problem> {
    let room = room_of(tx)?;
    let hold = holds::open(tx)?;
    Ok(HoldPage {
        form_key: new_key(),
        problems: problems(errors),
        scheduled: publications::scheduled_items(tx, visit.now)?.len(),
        reason: Field::of("reason", fields, errors),
        held: hold
            .map(|hold| held_page(tx, &hold, (&room, visit.now)))
            .transpose()?,
        frame: visit.frame(&room),
    })
}

fn held_page(
    tx: &mut ReadTx<'_>,
    hold: &Hold,
    (room, now): (&Frame, Instant),
) -> Result<HeldPage, Problem> {
    let when = dates::staff_time(hold.at, &room.room.zone).words;
    let taken_back = holds::held(tx, hold.id)?;
    let rows = taken_back
        .iter()
        .filter_map(|held| held_row(tx, held, (room, now)).transpose())
        .collect::<Result<_, _>>()?;
    Ok(HeldPage {
        number: hold.id.to_string(),
        sentence: format!("{} held everything, {when}.", name_of(tx, hold.by)?),
        reason: hold.reason.as_str().to_owned(),
        rows,
    })
}

fn held_row(
    tx: &mut ReadTx<'_>,
    held: &Held,
    (room, now): (&Frame, Instant),
) -> Result<Option<HeldRow>, Problem> {
    let item: ItemId = held.item;
    let Some(desk) = desk(tx, item)? else {
        return Ok(None);
    };
    let then = match returning(&desk.facts(Vec::new(), now), held.publication) {
        Ok(row) => {
            let when = dates::staff_time(row.from, &room.room.zone).words;
            format!("Undoing schedules it again for {when}.")
        }
        Err(Refusal::InThePast) => "Its time has passed: it stays a draft.".to_owned(),
        Err(_changed) => "It was changed since: it stays as it is.".to_owned(),
    };
    let wording = &desk.head.wording;
    Ok(Some(HeldRow {
        title: wording.title.as_str().to_owned(),
        lang: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        href: paths::item(item),
        then,
    }))
}
