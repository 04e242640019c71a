//! My work: what waits for me, my drafts, what is scheduled, what went live lately.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::autosave::Unsaved;
use super::view::{ItemRow, rows};
use super::{AdminFrame, Visit, autosave, room_of};
use crate::accounts::PersonId;
use crate::clock::Clock;
use crate::storage::editing::{self, ItemFilter, ItemLine, Sort, Window};
use crate::storage::{ReadStore, ReadTx, holds};
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, Staff, page};

#[derive(Template)]
#[template(path = "admin/my_work.html")]
struct MyWorkPage {
    frame: AdminFrame,
    unsaved: Vec<Unsaved>,
    /// Out without a second pair of eyes; every editor sees them until one signs.
    unsigned: Vec<ItemRow>,
    /// In review, and this person may approve them.
    waiting: Vec<ItemRow>,
    drafts: Vec<ItemRow>,
    scheduled: Vec<ItemRow>,
    /// This person may hold everything that is scheduled.
    may_hold: bool,
    /// Somebody did.
    held: bool,
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
    page(&work, Freshness::Never)
}

fn my_work_page(tx: &mut ReadTx<'_>, visit: &Visit) -> Result<MyWorkPage, Problem> {
    const MOST: i64 = 10;
    // None of them may go unseen; more than this nobody could sign anyway.
    const MOST_UNSIGNED: i64 = 500;
    let (room, now) = (room_of(tx)?, visit.now);
    let editor = visit.staff.person.roles.editor;
    let unsigned = if editor {
        editing::unsigned(tx, MOST_UNSIGNED)?
    } else {
        Vec::new()
    };
    let me = visit.staff.person.id;
    let waiting = if editor {
        drafts_of(tx, visit, waiting_for(me))?
    } else {
        Vec::new()
    };
    let drafts = drafts_of(tx, visit, worked_on_by(me))?;
    let scheduled = editing::scheduled(tx, MOST, now)?;
    let lately = editing::lately(tx, MOST, now)?;
    Ok(MyWorkPage {
        unsaved: autosave::of_person(tx, visit, &room)?,
        unsigned: rows(tx, unsigned, &room, now)?,
        waiting: rows(tx, waiting, &room, now)?,
        drafts: rows(tx, drafts, &room, now)?,
        may_hold: editor && !scheduled.is_empty(),
        held: holds::open(tx)?.is_some(),
        scheduled: rows(tx, scheduled, &room, now)?,
        lately: rows(tx, lately, &room, now)?,
        may_write: visit.staff.person.roles.may_write(),
        frame: visit.frame(&room),
    })
}

fn worked_on_by(person: PersonId) -> ItemFilter {
    ItemFilter {
        works: Some(person),
        ..ItemFilter::default()
    }
}

fn waiting_for(person: PersonId) -> ItemFilter {
    ItemFilter {
        waits_for: Some(person),
        ..ItemFilter::default()
    }
}

fn drafts_of(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    filter: ItemFilter,
) -> Result<Vec<ItemLine>, Problem> {
    const MOST: u64 = 20;
    let window = Window {
        skip: 0,
        take: MOST,
        sort: Sort::Changed,
        ascending: false,
    };
    Ok(editing::lines(tx, &filter, window, visit.now)?)
}
