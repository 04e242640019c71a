//! My work: what waits for me, my drafts, what is scheduled, what went live lately.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::alt_texts::reach;
use super::autosave::Unsaved;
use super::images_page::{counted, name, used_in};
use super::view::{ItemRow, rows};
use super::{AdminFrame, Visit, autosave, room_of};
use crate::accounts::PersonId;
use crate::clock::Clock;
use crate::media::ImageId;
use crate::prose::dates::{self, DateWords};
use crate::storage::editing::{self, ItemFilter, ItemLine, Sort, Window};
use crate::storage::images::LibraryImage;
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, alt_texts, holds, library, uses};
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, Staff, page, paths};

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
    /// Photos whose licence ends within four weeks: all for editors, else those that somebody uploaded.
    ending: Vec<Ending>,
    /// How many photos in use have no good alt text; empty where none, or where somebody does not write.
    alt_texts: String,
    may_write: bool,
}

/// A photo that readers will not see any more.
struct Ending {
    href: String,
    name: String,
    when: DateWords,
    uses: String,
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
        ending: ending(tx, visit, &room)?,
        alt_texts: alt_texts_waiting(tx, visit)?,
        may_write: visit.staff.person.roles.may_write(),
        frame: visit.frame(&room),
    })
}

fn alt_texts_waiting(tx: &mut ReadTx<'_>, visit: &Visit) -> Result<String, Problem> {
    let roles = visit.staff.person.roles;
    if !roles.may_write() {
        return Ok(String::new());
    }
    Ok(match alt_texts::count(tx, reach(roles), visit.now)? {
        0 => String::new(),
        count => counted(count, "picture"),
    })
}

fn ending(tx: &mut ReadTx<'_>, visit: &Visit, room: &Frame) -> Result<Vec<Ending>, Problem> {
    const MOST: i64 = 20;
    let person = &visit.staff.person;
    let own = (!person.roles.editor).then_some(person.id);
    let found = library::ending(tx, own, MOST, visit.now)?;
    let ids: Vec<ImageId> = found.iter().map(|image| image.shown.id).collect();
    let uses = uses::counts(tx, &ids, visit.now)?;
    let one = |image: &LibraryImage| {
        let items = uses.get(&image.shown.id).copied();
        Some(Ending {
            href: paths::image(image.shown.id),
            name: name(image),
            when: dates::staff_time(image.licence_ends_at?, &room.room.zone),
            uses: used_in(items.unwrap_or_default()),
        })
    };
    Ok(found.iter().filter_map(one).collect())
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
