//! The calendar: a month or a list, and the address at which calendar programs read it.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::calendar_page::{calendar_page, list_page};
use super::doorkeeper::Doorkeeper;
use super::{Visit, confirmation};
use crate::clock::Clock;
use crate::desk::Done;
use crate::desk::calendar;
use crate::desk::writing::Sent as SentBy;
use crate::newsroom::AddressSecret;
use crate::public::PublicAddress;
use crate::storage::{ReadStore, Store};
use crate::web::problem::Answer;
use crate::web::sessions::{hand_over, handed_over, say};
use crate::web::{Freshness, Problem, Query, Sent, Staff, page, paths, see_other};

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let fields = query.0;
    let as_list = fields.get("as") == "list";
    let month = fields.get("month").parse().ok();
    let mut shown = read
        .read(move |tx| {
            if as_list {
                list_page(tx, &visit)
            } else {
                calendar_page(tx, &visit, month)
            }
        })
        .await?;
    shown.feed.address = handed_over(&request, paths::CALENDAR);
    page(&shown, Freshness::Never)
}

pub(super) async fn make_address(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
    (store, address): (Data<Store>, Data<PublicAddress>),
) -> Answer {
    let (person, key) = (staff.person.id, form.0.form_key()?);
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, &door).await? {
        return Ok(asked);
    }
    let now = door.clock.now();
    let secret = AddressSecret::new();
    let opens = format!("{}{}", address.0, paths::calendar_feed(&secret));
    let done = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now,
            };
            Ok::<_, Problem>(calendar::make_address(tx, &secret, &sent, person)?)
        })
        .await?;
    if let Done::Now(()) = done {
        hand_over(&request, paths::CALENDAR, &opens);
        say(&request, "The address is made: copy it now.");
    }
    see_other(paths::CALENDAR_ADDRESS_SHOWN)
}

pub(super) async fn end_address(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (store, clock): (Data<Store>, Data<Clock>),
) -> Answer {
    let (person, key) = (staff.person.id, form.0.form_key()?);
    store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            Ok::<_, Problem>(calendar::end_address(tx, &sent, person)?)
        })
        .await?;
    say(&request, "The address opens nothing any more.");
    see_other(paths::CALENDAR_ADDRESS_SHOWN)
}
