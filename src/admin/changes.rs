//! What changed between two revisions of an item.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::changes_page::changes_page;
use super::{Visit, room_of};
use crate::clock::Clock;
use crate::desk::publishing::{Desk, desk};
use crate::newsroom::ItemId;
use crate::storage::ReadStore;
use crate::web::problem::Answer;
use crate::web::{Fields, Freshness, Numbered, Problem, Query, Staff, page};

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (item, query): (Numbered<ItemId>, Query),
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let changes = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            let numbers = asked(&query.0, &desk);
            changes_page(tx, (&visit, &room), &desk, numbers)
        })
        .await?;
    page(&changes, Freshness::Never)
}

/// The older and the newer one, whichever was named first; else the newest and the one before it.
fn asked(query: &Fields, desk: &Desk) -> (i64, i64) {
    let number = |name: &str| query.get(name).parse::<i64>().ok();
    let newer = number("newer").unwrap_or(desk.revisions);
    let older = number("older").unwrap_or((newer - 1).max(1));
    (older.min(newer), older.max(newer))
}
