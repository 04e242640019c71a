//! My work: my drafts, what is scheduled, what went live lately.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::view::{ItemRow, rows};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Clock;
use crate::storage::editing::{self, ItemFilter, Sort, State, Window};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx};
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, Staff, page};

#[derive(Template)]
#[template(path = "admin/my_work.html")]
struct MyWorkPage {
    frame: AdminFrame,
    drafts: Vec<ItemRow>,
    scheduled: Vec<ItemRow>,
    lately: Vec<ItemRow>,
    may_write: bool,
}

pub(super) async fn my_work(
    request: HttpRequest,
    staff: Staff,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let work = read.read(move |tx| my_work_page(tx, &visit)).await?;
    page(&request, &work, Freshness::Never)
}

fn my_work_page(tx: &mut ReadTx<'_>, visit: &Visit) -> Result<MyWorkPage, Problem> {
    let room = room_of(tx, visit.now)?;
    let me = Some(visit.staff.person.id);
    Ok(MyWorkPage {
        drafts: newest(tx, (State::Draft, me), visit, &room)?,
        scheduled: newest(tx, (State::Scheduled, None), visit, &room)?,
        lately: newest(tx, (State::Live, None), visit, &room)?,
        may_write: visit.staff.person.roles.may_write(),
        frame: visit.frame(&room),
    })
}

fn newest(
    tx: &mut ReadTx<'_>,
    (state, author): (State, Option<crate::accounts::PersonId>),
    visit: &Visit,
    room: &Frame,
) -> Result<Vec<ItemRow>, Problem> {
    const MOST: u64 = 10;
    let filter = ItemFilter {
        state: Some(state),
        author,
        ..ItemFilter::default()
    };
    let window = Window {
        skip: 0,
        take: MOST,
        sort: Sort::Changed,
        ascending: false,
    };
    let lines = editing::lines(tx, &filter, window, visit.now)?;
    Ok(rows(tx, lines, room, visit.now)?)
}
