//! The front page as the settings' form would have it: laid out for whoever asks, and stored nowhere.

use actix_web::HttpRequest;
use actix_web::web::Data;
use actix_web::{HttpResponse, http::header};
use askama::Template;

use super::rewriting::rewritten;
use super::settings::incomplete;
use super::settings_form::parse;
use super::time_travel::of_readers;
use super::{Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::newsroom::room::RoomWords;
use crate::public::{PublicAddress, front};
use crate::storage::{ReadStore, ReadTx};
use crate::web::problem::Answer;
use crate::web::{Problem, Sent, Staff, paths};

/// Above the page.
#[derive(Template)]
#[template(path = "admin/settings_bar.html")]
struct SettingsBar {}

pub(super) async fn show(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    staff.admin()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (fields, now) = (form.0, clock.now());
    let words = match parse(&fields) {
        Ok(words) => words,
        Err(errors) => return incomplete(&read, visit, fields, errors).await,
    };
    let html = read
        .read(move |tx| front_with(tx, words, &address, now))
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(html))
}

fn front_with(
    tx: &mut ReadTx<'_>,
    words: RoomWords,
    address: &PublicAddress,
    now: Instant,
) -> Result<String, Problem> {
    let mut frame = room_of(tx)?;
    frame.room = frame.room.with(words);
    let front = front::laid_out(tx, &frame, (1, address), now)?;
    rewritten(&front.render()?, &SettingsBar {}.render()?, led)
}

/// Links lead to staff's copy of the readers' side, which shows the room as it is.
fn led(address: &str) -> String {
    if of_readers(address) {
        paths::copy_for_staff(address)
    } else {
        address.to_owned()
    }
}
