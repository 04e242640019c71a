//! Two kinds into one: what will follow, then the step itself.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::view::Choice;
use super::words::{Stores, used};
use super::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::KindId;
use crate::storage::{ReadTx, kinds};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/kind_merger.html")]
struct KindMergerPage {
    frame: AdminFrame,
    form_key: String,
    name: String,
    action: String,
    back: String,
    others: Vec<Choice>,
    refused: String,
    /// What will follow, where the other one was chosen.
    follows: Option<Follows>,
}

struct Follows {
    into: String,
    number: String,
    items: String,
    from_address: String,
    to_address: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (kind, query): (Numbered<KindId>, Query),
    (read, _, clock): Stores,
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| merger_page(tx, &visit, kind.0, &query.0))
        .await?;
    if shown.refused.is_empty() {
        page(&shown, Freshness::Never)
    } else {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
    }
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    (kind, form): (Numbered<KindId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let admin = staff.admin()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let (key, into) = (fields.form_key()?, fields.get("into").parse());
    if let Ok(into) = into {
        let done: Result<Done<KindId>, Failure> = store
            .write(move |tx| {
                let sent = desk::writing::Sent {
                    form_key: &key,
                    now: clock.now(),
                };
                desk::kinds::merge(tx, (kind.0, into), &sent, admin)
            })
            .await;
        match done {
            Ok(Done::Now(_) | Done::Before(_)) => {
                say(
                    &request,
                    "Merged. Readers see one kind where there were two.",
                );
                return see_other(paths::KINDS);
            }
            Err(Failure::Refused(why)) if status_of(&why) == StatusCode::UNPROCESSABLE_ENTITY => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let shown = read
        .read(move |tx| merger_page(tx, &visit, kind.0, &fields))
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

fn merger_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    id: KindId,
    fields: &Fields,
) -> Result<KindMergerPage, Problem> {
    let room = room_of(tx)?;
    let all = kinds::all(tx)?;
    let (kind, uses) = all
        .iter()
        .find(|(kind, _)| kind.id == id)
        .ok_or(Problem::NotFound)?;
    let chosen = fields.get("into");
    let others = all.iter().filter(|(other, _)| other.id != id);
    let (mut follows, mut refused) = (None, String::new());
    if let Ok(into) = chosen.parse() {
        match desk::kinds::pair(tx, (id, into)) {
            Ok((kind, survivor)) => {
                follows = Some(Follows {
                    number: survivor.id.to_string(),
                    items: used(*uses),
                    from_address: paths::kind(&kind.slug),
                    to_address: paths::kind(&survivor.slug),
                    into: survivor.name,
                });
            }
            Err(Failure::Refused(why)) => refused = why.to_string(),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(KindMergerPage {
        form_key: new_key(),
        action: paths::kind_merger(id),
        back: paths::kind_page(id),
        others: others
            .map(|(other, _)| Choice::new(other.id.to_string(), &other.name, chosen))
            .collect(),
        name: kind.name.clone(),
        refused,
        follows,
        frame: visit.frame(&room),
    })
}
