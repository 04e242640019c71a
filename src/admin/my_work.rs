//! My work: my drafts, what is scheduled, what went live lately.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::view::{ItemRow, rows};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Clock;
use crate::storage::editing::{self, ItemFilter, ItemLine, Sort, Window};
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
    const MOST: i64 = 10;
    let (room, now) = (room_of(tx, visit.now)?, visit.now);
    let drafts = my_drafts(tx, visit)?;
    let scheduled = editing::scheduled(tx, MOST, now)?;
    let lately = editing::lately(tx, MOST, now)?;
    Ok(MyWorkPage {
        drafts: rows(tx, drafts, &room, now)?,
        scheduled: rows(tx, scheduled, &room, now)?,
        lately: rows(tx, lately, &room, now)?,
        may_write: visit.staff.person.roles.may_write(),
        frame: visit.frame(&room),
    })
}

fn my_drafts(tx: &mut ReadTx<'_>, visit: &Visit) -> Result<Vec<ItemLine>, Problem> {
    const MOST: u64 = 20;
    let filter = ItemFilter {
        works: Some(visit.staff.person.id),
        ..ItemFilter::default()
    };
    let window = Window {
        skip: 0,
        take: MOST,
        sort: Sort::Changed,
        ascending: false,
    };
    Ok(editing::lines(tx, &filter, window, visit.now)?)
}
