//! The steps that put words before readers: now, or at an instant to come.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::editor_page::name_of;
use super::publishing_page::{Confirm, publish_page};
use super::{Visit, room_of};
use crate::clock::Clock;
use crate::desk::publishing::{self as moves_desk, Aim, Desk, desk};
use crate::desk::{Done, Failure, writing};
use crate::newsroom::publishing::{Said, Shown};
use crate::newsroom::schedule::{ScheduleError, Typed, WallClock, Which};
use crate::newsroom::words::{PublicNote, Reason};
use crate::newsroom::{ItemId, Move, PublicationId, Refusal, RevisionId, moves};
use crate::prose::dates;
use crate::public::PublicAddress;
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, Store, journal};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

/// What a form looked at: the newest revision and the newest publication.
pub(super) fn shown_words(desk: &Desk) -> String {
    let publication = desk
        .lane
        .newest()
        .map_or_else(String::new, |id| id.to_string());
    format!("{}.{publication}", desk.head.id)
}

/// The same read back. Whoever sends something else looked at nothing.
pub(super) fn aim(item: ItemId, fields: &Fields) -> Result<Aim, Problem> {
    let (revision, publication) = fields
        .get("shown")
        .split_once('.')
        .ok_or(Problem::Malformed)?;
    let revision: RevisionId = revision.parse().map_err(|_source| Problem::Malformed)?;
    let publication: Option<PublicationId> = match publication {
        "" => None,
        number => Some(number.parse().map_err(|_source| Problem::Malformed)?),
    };
    Ok(Aim {
        item,
        shown: Shown {
            revision,
            publication,
        },
    })
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let confirm = read
        .read(move |tx| {
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            let is_live = desk.lane.at(visit.now).is_some();
            let confirm = Confirm::new(if is_live {
                Move::Correct
            } else {
                Move::PublishNow
            });
            allowed(&visit, &desk, confirm.a_move)?;
            publish_page(tx, &visit, &desk, confirm, &address)
        })
        .await?;
    page(&request, &confirm, Freshness::Never)
}

pub(super) async fn open_schedule(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let confirm = read
        .read(move |tx| {
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            allowed(&visit, &desk, Move::Schedule)?;
            publish_page(tx, &visit, &desk, Confirm::new(Move::Schedule), &address)
        })
        .await?;
    page(&request, &confirm, Freshness::Never)
}

/// Whether this person may make this move now; the same table as the buttons.
pub(super) fn allowed(visit: &Visit, desk: &Desk, a_move: Move) -> Result<(), Problem> {
    Ok(moves::allow(
        a_move,
        visit.staff.person.roles,
        desk.situation(visit.now),
    )?)
}

/// A form that was sent, with everything that an answer to it needs.
struct Sending {
    request: HttpRequest,
    visit: Visit,
    item: ItemId,
    fields: Fields,
    read: Data<ReadStore>,
    address: Data<PublicAddress>,
}

type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

pub(super) async fn now(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (read, store, clock): Stores,
    address: Data<PublicAddress>,
) -> Answer {
    let editor = staff.editor()?;
    let visit = Visit::sends(&request, staff, &clock);
    let sending = Sending {
        request,
        visit,
        item: item.0,
        fields: form.0,
        read,
        address,
    };
    let aim = aim(sending.item, &sending.fields)?;
    let mut errors = FieldErrors::default();
    let said = said(&sending.fields, &mut errors);
    if !errors.is_empty() {
        return sending.incomplete(Move::Correct, errors).await;
    }
    let key = sending.fields.form_key()?;
    let done = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            moves_desk::now(tx, aim, said, &sent, editor)
        })
        .await;
    sending
        .answer(Move::Correct, done, "It is out: readers see it now.")
        .await
}

pub(super) async fn later(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (read, store, clock): Stores,
    address: Data<PublicAddress>,
) -> Answer {
    let editor = staff.editor()?;
    let visit = Visit::sends(&request, staff, &clock);
    let sending = Sending {
        request,
        visit,
        item: item.0,
        fields: form.0,
        read,
        address,
    };
    let aim = aim(sending.item, &sending.fields)?;
    let now = sending.visit.now;
    let room = sending.read.read(move |tx| room_of(tx, now)).await?;
    let mut errors = FieldErrors::default();
    let said = said(&sending.fields, &mut errors);
    let at = typed_instant(&sending.fields, &room, &mut errors);
    let Some(at) = at.filter(|_| errors.is_empty()) else {
        return sending.incomplete(Move::Schedule, errors).await;
    };
    let words = dates::staff_time(at.instant, &room.room.zone).words;
    let key = sending.fields.form_key()?;
    let done = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            moves_desk::later(tx, aim, (said, at), &sent, editor)
        })
        .await;
    let sentence = format!("Scheduled: readers see it from {words}.");
    sending.answer(Move::Schedule, done, &sentence).await
}

impl Sending {
    /// Back to the item with a sentence, or back to the form with what stands in the way.
    async fn answer(self, a_move: Move, done: Result<Done<()>, Failure>, sentence: &str) -> Answer {
        match done {
            Ok(Done::Now(()) | Done::Before(_)) => {
                say(&self.request, sentence);
                see_other(&paths::item(self.item))
            }
            Err(failure) => {
                let (confirm, status) = complaint(a_move, self.fields.clone(), failure)?;
                self.again(confirm, status).await
            }
        }
    }

    async fn incomplete(self, a_move: Move, errors: FieldErrors) -> Answer {
        let confirm = Confirm {
            a_move,
            fields: self.fields.clone(),
            errors,
            moved_on: false,
        };
        self.again(confirm, StatusCode::UNPROCESSABLE_ENTITY).await
    }

    async fn again(self, mut confirm: Confirm, status: StatusCode) -> Answer {
        let Self {
            visit,
            item,
            address,
            ..
        } = self;
        let page = self
            .read
            .read(move |tx| {
                let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
                if confirm.a_move == Move::Correct && desk.lane.at(visit.now).is_none() {
                    confirm.a_move = Move::PublishNow;
                }
                if confirm.moved_on {
                    confirm.errors.add("", done_last(tx, &visit, &desk)?);
                }
                publish_page(tx, &visit, &desk, confirm, &address)
            })
            .await?;
        page_with(status, &page)
    }
}

/// What the person has not seen: who did what to the item last, and when.
pub(super) fn done_last(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
) -> Result<String, Problem> {
    let room = room_of(tx, visit.now)?;
    let Some((what, by, at)) = journal::last_of_item(tx, desk.item)? else {
        return Ok(String::new());
    };
    let when = dates::staff_time(at, &room.room.zone).words;
    let name = name_of(tx, by)?;
    let number = desk.head.number;
    Ok(if what == "saved" {
        format!("{name} saved revision {number}, {when}.")
    } else {
        format!("{name} {what} it, {when}.")
    })
}

/// What the editor says of the change. An empty note is no note.
fn said(fields: &Fields, errors: &mut FieldErrors) -> Said {
    let note = fields.get("public_note").trim();
    let reason = fields.get("reason").trim();
    Said {
        change: fields.get("change").parse().ok(),
        public_note: (!note.is_empty())
            .then(|| errors.take("public_note", note.parse::<PublicNote>()))
            .flatten(),
        reason: (!reason.is_empty())
            .then(|| errors.take("reason", reason.parse::<Reason>()))
            .flatten(),
    }
}

/// The instant that was typed, or what is wrong with it beside the field.
fn typed_instant(fields: &Fields, room: &Frame, errors: &mut FieldErrors) -> Option<Typed> {
    let zone = &room.room.zone;
    let wall = errors.take(
        "date",
        WallClock::parse(fields.get("date"), fields.get("time")),
    )?;
    let which = match fields.get("which") {
        "earlier" => Some(Which::Earlier),
        "later" => Some(Which::Later),
        _ => None,
    };
    let typed = Typed::read(wall, zone, which);
    let field = match &typed {
        Err(ScheduleError::Twice { .. }) => "which",
        Ok(_) | Err(_) => "time",
    };
    errors.take(field, typed)
}

/// A refusal as a complaint on the page that the person came from.
pub(super) fn complaint(
    a_move: Move,
    fields: Fields,
    failure: Failure,
) -> Result<(Confirm, StatusCode), Problem> {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let status = super::status_of(&refusal);
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN) {
        return Err(refusal.into());
    }
    let mut errors = FieldErrors::default();
    // The page offered this move, so somebody was faster, whatever the reason is now.
    let moved_on = status == StatusCode::CONFLICT;
    let field = if refusal == Refusal::NoPublicNote {
        "public_note"
    } else if refusal == Refusal::NoChangeNamed {
        "change"
    } else if refusal == Refusal::InThePast {
        "date"
    } else {
        // Nothing that was typed is wrong: the sentence belongs to no field.
        ""
    };
    errors.add(field, refusal.to_string());
    Ok((
        Confirm {
            a_move,
            fields,
            errors,
            moved_on,
        },
        status,
    ))
}
