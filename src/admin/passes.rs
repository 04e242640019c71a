//! Passes to an item: the list, the form of a new one, and giving it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::moved_on::moved_on;
use super::passes_page::{PassesPage, given, new_pass_page, passes_page};
use super::publishing::{aim, allowed, complaint};
use super::publishing_page::Confirm;
use super::when::typed_instant;
use super::{Visit, room_of};
use crate::clock::Clock;
use crate::desk::publishing::desk;
use crate::desk::writing::Sent as SentBy;
use crate::desk::{Done, passes};
use crate::newsroom::pass::NewPass;
use crate::newsroom::{AddressSecret, ItemId, Move};
use crate::public::PublicAddress;
use crate::storage::room::Frame;
use crate::storage::{ReadStore, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{hand_over, handed_over, say};
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

pub(super) async fn list(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    (read, _, clock): Stores,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let mut list: PassesPage = read
        .read(move |tx| {
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            passes_page(tx, &visit, &desk)
        })
        .await?;
    list.address = handed_over(&request, &paths::passes(item.0));
    page(&list, Freshness::Never)
}

pub(super) async fn blank(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    (read, _, clock): Stores,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let form = read
        .read(move |tx| {
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            allowed(&visit, &desk, Move::GivePass)?;
            let room = room_of(tx)?;
            let confirm = given(&desk, &room, visit.now);
            Ok::<_, Problem>(new_pass_page((&visit, &room), &desk, confirm))
        })
        .await?;
    page(&form, Freshness::Never)
}

pub(super) async fn give(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (read, store, clock): Stores,
    address: Data<PublicAddress>,
) -> Answer {
    let editor = staff.editor()?;
    let (item, fields) = (item.0, form.0);
    let visit = Visit::sends(&request, staff, &clock);
    let (aim, key) = (aim(item, &fields)?, fields.form_key()?);
    let room = read.read(room_of).await?;
    let mut errors = FieldErrors::default();
    let Some(new) = typed(&fields, (&room, &visit), &mut errors) else {
        let confirm = Confirm {
            fields,
            errors,
            ..Confirm::default()
        };
        let answer = (confirm, StatusCode::UNPROCESSABLE_ENTITY);
        return again(&read, visit, item, answer).await;
    };
    let secret = AddressSecret::new();
    let opens = format!("{}{}", address.0, paths::pass(&secret));
    let done = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            passes::give(tx, (item, aim.shown), (&new, &secret), &sent, editor)
        })
        .await;
    match done {
        Ok(Done::Now(())) => {
            let page = paths::passes(item);
            hand_over(&request, &page, &opens);
            say(&request, "The pass is given.");
            see_other(&page)
        }
        Ok(Done::Before(_)) => see_other(&paths::passes(item)),
        Err(failure) => again(&read, visit, item, complaint(fields, failure)?).await,
    }
}

/// Every field is read before anything is complained about.
fn typed(
    fields: &Fields,
    (room, visit): (&Frame, &Visit),
    errors: &mut FieldErrors,
) -> Option<NewPass> {
    let holder = errors.take("holder", fields.get("holder").parse());
    let outlet = errors.take("outlet", fields.get("outlet").parse());
    let mail = match fields.get("mail").trim() {
        "" => Some(None),
        mail => errors.take("mail", mail.parse()).map(Some),
    };
    let at = typed_instant(fields, (room, visit.now), errors);
    let terms = errors.take("terms", fields.get("terms").parse());
    Some(NewPass {
        holder: holder?,
        outlet: outlet?,
        mail: mail?,
        terms: terms?,
        expires_at: at?.instant,
    })
    .filter(|_| errors.is_empty())
}

/// The form once more, with what was typed and what is in the way.
async fn again(
    read: &ReadStore,
    visit: Visit,
    item: ItemId,
    (mut confirm, mut status): (Confirm, StatusCode),
) -> Answer {
    let (form, status) = read
        .read(move |tx| {
            let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
            let room = room_of(tx)?;
            let step = (Move::GivePass, visit.now);
            if let Some(conflict) = moved_on(tx, &desk, step, &mut confirm)? {
                status = conflict;
            }
            let form = new_pass_page((&visit, &room), &desk, confirm);
            Ok::<_, Problem>((form, status))
        })
        .await?;
    page_with(status, &form)
}
