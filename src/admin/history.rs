//! What happened to an item: every revision, step, comment and publication, newest first.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::history_page::history_page;
use super::{Visit, room_of};
use crate::clock::Clock;
use crate::desk::publishing::desk;
use crate::newsroom::ItemId;
use crate::storage::ReadStore;
use crate::web::problem::Answer;
use crate::web::{Freshness, Numbered, Problem, Query, Staff, page};

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (item, query): (Numbered<ItemId>, Query),
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let history = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            history_page(tx, (&visit, &room), &desk, query.0.page())
        })
        .await?;
    page(&history, Freshness::Never)
}
