//! The steps that put words before readers: now, or at an instant to come.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, Route};

use super::moved_on::moved_on;
use super::publishing_page::{Confirm, publish_page};
use super::when::typed_instant;
use super::{Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::desk::publishing::{self as moves_desk, Aim, Desk, desk};
use crate::desk::{Done, Failure, writing};
use crate::newsroom::enclosures::Fingerprint;
use crate::newsroom::publishing::{Said, Shown};
use crate::newsroom::schedule::Typed;
use crate::newsroom::words::{PublicNote, Reason};
use crate::newsroom::{ItemId, Move, PublicationId, Refusal, RevisionId, moves};
use crate::prose::dates;
use crate::public::PublicAddress;
use crate::storage::{ReadStore, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
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
    let enclosed: Option<Fingerprint> = match fields.get("enclosed") {
        "" => None,
        seen => Some(seen.parse().map_err(|_source| Problem::Malformed)?),
    };
    Ok(Aim {
        item,
        shown: Shown {
            revision,
            publication,
            enclosed,
        },
    })
}

/// The page that confirms a publication now: the first one, a change, or an urgent one.
pub(super) fn opens_now(urgent: bool) -> Route {
    web::get().to(
        move |request: HttpRequest, staff: Staff, link: Followed, asked: Asked| {
            open(request, staff, (link, Step::Now { urgent }), asked)
        },
    )
}

pub(super) fn opens_schedule() -> Route {
    web::get().to(
        |request: HttpRequest, staff: Staff, link: Followed, asked: Asked| {
            open(request, staff, (link, Step::Later), asked)
        },
    )
}

/// Which item, and what the page before showed of it.
type Followed = (Numbered<ItemId>, Query);

/// What a page of this file needs besides the item.
type Asked = (Data<ReadStore>, Data<Clock>, Data<PublicAddress>);

/// Publishing is one of these; which move it is depends on what readers see.
#[derive(Clone, Copy)]
enum Step {
    Now { urgent: bool },
    Later,
}

impl Step {
    fn a_move(self, desk: &Desk, now: Instant) -> Move {
        match (self, desk.lane.at(now)) {
            (Self::Later, _) => Move::Schedule,
            (Self::Now { urgent: true }, _) => Move::PublishUrgently,
            (Self::Now { urgent: false }, Some(_)) => Move::Correct,
            (Self::Now { urgent: false }, None) => Move::PublishNow,
        }
    }
}

async fn open(
    request: HttpRequest,
    staff: Staff,
    ((item, query), step): (Followed, Step),
    (read, clock, address): Asked,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let mut confirm = Confirm::after(&query.0);
    let confirm = read
        .read(move |tx| {
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            let a_move = step.a_move(&desk, visit.now);
            allowed(&visit, &desk, a_move)?;
            moved_on(tx, &desk, (a_move, visit.now), &mut confirm)?;
            publish_page(tx, &visit, &desk, (a_move, confirm), &address)
        })
        .await?;
    page(&confirm, Freshness::Never)
}

/// Whether this person may make this move now; the same table as the buttons.
pub(super) fn allowed(visit: &Visit, desk: &Desk, a_move: Move) -> Result<(), Problem> {
    Ok(moves::allow(
        a_move,
        visit.staff.person.roles,
        desk.situation(visit.now, visit.staff.person.id),
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

pub(super) fn sends_now(urgent: bool) -> Route {
    web::post().to(
        move |request: HttpRequest,
              staff: Staff,
              sent: (Numbered<ItemId>, Sent),
              stores: Stores,
              address: Data<PublicAddress>| {
            now(request, staff, (sent, urgent), stores, address)
        },
    )
}

async fn now(
    request: HttpRequest,
    staff: Staff,
    ((item, form), urgent): ((Numbered<ItemId>, Sent), bool),
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
    let said = Said {
        urgent,
        ..said(&sending.fields, &mut errors)
    };
    let step = Step::Now { urgent };
    if !errors.is_empty() {
        return sending.incomplete(step, errors).await;
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
        .answer(step, done, "It is out: readers see it now.")
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
    let room = sending.read.read(room_of).await?;
    let mut errors = FieldErrors::default();
    let said = said(&sending.fields, &mut errors);
    let at = typed_instant(&sending.fields, (&room, now), &mut errors);
    let Some(at) = at.filter(|_| errors.is_empty()) else {
        return sending.incomplete(Step::Later, errors).await;
    };
    if !Confirm::has_seen(&sending.fields, &at) {
        return sending.tells_the_instant(Step::Later, at).await;
    }
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
    sending.answer(Step::Later, done, &sentence).await
}

impl Sending {
    /// Back to the item with a sentence, or back to the form with what stands in the way.
    async fn answer(self, step: Step, done: Result<Done<()>, Failure>, sentence: &str) -> Answer {
        match done {
            Ok(Done::Now(()) | Done::Before(_)) => {
                say(&self.request, sentence);
                see_other(&paths::item(self.item))
            }
            Err(failure) => {
                let (confirm, status) = complaint(self.fields.clone(), failure)?;
                self.again(step, confirm, status).await
            }
        }
    }

    /// The same page again, which now says when that is, on the clocks of every zone.
    async fn tells_the_instant(self, step: Step, at: Typed) -> Answer {
        let confirm = Confirm {
            fields: self.fields.clone(),
            at: Some(at),
            ..Confirm::default()
        };
        self.again(step, confirm, StatusCode::OK).await
    }

    async fn incomplete(self, step: Step, errors: FieldErrors) -> Answer {
        let confirm = Confirm {
            fields: self.fields.clone(),
            errors,
            ..Confirm::default()
        };
        self.again(step, confirm, StatusCode::UNPROCESSABLE_ENTITY)
            .await
    }

    async fn again(self, step: Step, mut confirm: Confirm, mut status: StatusCode) -> Answer {
        let Self {
            visit,
            item,
            address,
            ..
        } = self;
        let (page, status) = self
            .read
            .read(move |tx| {
                let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
                let a_move = step.a_move(&desk, visit.now);
                let made = (a_move, visit.now);
                if let Some(conflict) = moved_on(tx, &desk, made, &mut confirm)? {
                    status = conflict;
                }
                let page = publish_page(tx, &visit, &desk, (a_move, confirm), &address)?;
                Ok::<_, Problem>((page, status))
            })
            .await?;
        page_with(status, &page)
    }
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
        urgent: false,
    }
}

/// A refusal as a complaint on the page that the person came from.
pub(super) fn complaint(
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
    errors.add(field_of(&refusal), refusal.to_string());
    Ok((
        Confirm {
            fields,
            errors,
            moved_on,
            at: None,
        },
        status,
    ))
}

/// The field that a refusal is about; where nothing that was typed is wrong, none.
fn field_of(refusal: &Refusal) -> &'static str {
    if matches!(refusal, Refusal::NotATypo { .. }) {
        return "reason";
    }
    [
        (Refusal::NoPublicNote, "public_note"),
        (Refusal::NoChangeNamed, "change"),
        (Refusal::NoReason, "reason"),
        (Refusal::NoComment, "comment"),
        (Refusal::NoSuchRevision, "revision"),
        (Refusal::SameWords, "revision"),
        (Refusal::InThePast, "date"),
        (Refusal::PassTooLong, "date"),
        (Refusal::HasAPass, "holder"),
        (Refusal::TargetNotThere, "target"),
        (Refusal::TargetInACircle, "target"),
    ]
    .into_iter()
    .find_map(|(known, field)| (known == *refusal).then_some(field))
    .unwrap_or_default()
}
