//! The journal: who did what to which item, picture, person or setting, when, from which session.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::view::Choice;
use super::{AdminFrame, Visit, room_of};
use crate::accounts::PersonId;
use crate::clock::{Clock, Instant};
use crate::newsroom::ItemId;
use crate::newsroom::journal::{Sight, sight};
use crate::newsroom::settings::SettingChange;
use crate::prose::dates::{self, DateWords};
use crate::storage::entries::{self, Filter, Place, Told};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, people};
use crate::web::problem::Answer;
use crate::web::view::Link;
use crate::web::{Fields, Freshness, Problem, Query, Staff, page, paths};

const PER_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "admin/journal.html")]
struct JournalPage {
    frame: AdminFrame,
    sees_all: bool,
    people: Vec<Choice>,
    whats: Vec<Choice>,
    item: String,
    from: String,
    to: String,
    filtered: bool,
    rows: Vec<EntryRow>,
    table: String,
    newest: Option<String>,
    older: Option<String>,
}

/// One entry as finished words.
struct EntryRow {
    when: DateWords,
    who: String,
    what: String,
    detail: String,
    /// The settings that changed, by name.
    changes: String,
    /// The page that shows them before and after.
    entry: String,
    about: Vec<Link>,
    session: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let sight = sight(staff.person.roles)?;
    let visit = Visit::opens(&request, staff, &clock);
    let journal = read
        .read(move |tx| journal_page(tx, &visit, (sight, &query.0)))
        .await?;
    page(&journal, Freshness::Never)
}

/// What the address asks for; a value that means nothing filters nothing.
pub(super) fn filter(fields: &Fields, sight: Sight, room: &Frame) -> Filter {
    let number = |name: &str| fields.get(name).trim().parse::<i64>().ok();
    let day = |name: &str| dates::day_bounds(fields.get(name).trim(), &room.room.zone);
    Filter {
        sight,
        by: number("person").map(PersonId::new),
        what: Some(fields.get("what").to_owned()).filter(|what| !what.is_empty()),
        item: number("item").map(ItemId::new),
        from: day("from").map(|(begins, _)| begins),
        until: day("to").map(|(_, ends)| ends),
    }
}

fn journal_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (sight, fields): (Sight, &Fields),
) -> Result<JournalPage, Problem> {
    let room = room_of(tx)?;
    let filter = filter(fields, sight, &room);
    let before = place(fields.get("before"));
    let most = i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX);
    let mut told = entries::newest(tx, &filter, before, most)?;
    let more = told.len() > PER_PAGE;
    told.truncate(PER_PAGE);
    let last = told.last().filter(|_| more).map(|last| last.place);
    let filtered = NAMES.iter().any(|name| !fields.get(name).is_empty());
    Ok(JournalPage {
        sees_all: sight == Sight::Everything,
        people: people_choices(tx, fields)?,
        whats: what_choices(tx, sight, fields)?,
        item: fields.get("item").to_owned(),
        from: fields.get("from").to_owned(),
        to: fields.get("to").to_owned(),
        filtered,
        rows: told.into_iter().map(|entry| row(entry, &room)).collect(),
        table: address(paths::LOG_TABLE, fields, ""),
        newest: before.map(|_| address(paths::LOG, fields, "")),
        older: last.map(|last| address(paths::LOG, fields, &written(last))),
        frame: visit.frame(&room),
    })
}

/// The filters, as the address names them.
const NAMES: [&str; 5] = ["person", "what", "item", "from", "to"];

fn address(path: &str, fields: &Fields, before: &str) -> String {
    let mut pairs: Vec<(&str, &str)> = NAMES.map(|name| (name, fields.get(name))).to_vec();
    pairs.push(("before", before));
    paths::with_query(path, &pairs)
}

/// A place in an address: its instant and its number.
fn written(place: Place) -> String {
    format!("{}.{}", place.at.millis(), place.number)
}

fn place(text: &str) -> Option<Place> {
    let (at, number) = text.split_once('.')?;
    Some(Place {
        at: Instant::from_millis(at.parse().ok()?),
        number: number.parse().ok()?,
    })
}

fn people_choices(tx: &mut ReadTx<'_>, fields: &Fields) -> Result<Vec<Choice>, Problem> {
    let chosen = fields.get("person");
    let mut choices = vec![Choice::new("", "Anybody", chosen)];
    choices.extend(
        people::all(tx)?
            .iter()
            .map(|person| Choice::new(person.id.to_string(), person.name.as_str(), chosen)),
    );
    Ok(choices)
}

fn what_choices(
    tx: &mut ReadTx<'_>,
    sight: Sight,
    fields: &Fields,
) -> Result<Vec<Choice>, Problem> {
    let chosen = fields.get("what");
    let mut choices = vec![Choice::new("", "Anything", chosen)];
    let words = entries::words(tx, sight)?.into_iter();
    choices.extend(words.map(|word| Choice::new(word.clone(), word, chosen)));
    Ok(choices)
}

fn row(entry: Told, room: &Frame) -> EntryRow {
    EntryRow {
        when: dates::staff_time(entry.place.at, &room.room.zone),
        session: session(&entry),
        about: about(&entry),
        changes: named(&entry.changes),
        entry: paths::log_entry(entry.place.number),
        who: who(&entry),
        what: entry.what,
        detail: entry.detail,
    }
}

/// Whoever did it; what nobody of staff did, the program did, or somebody at the door.
pub(super) fn who(entry: &Told) -> String {
    let nobody = || "Nobody who is signed in".to_owned();
    entry.by.clone().unwrap_or_else(nobody)
}

fn named(changes: &[SettingChange]) -> String {
    let labels: Vec<&str> = changes.iter().map(SettingChange::label).collect();
    labels.join(", ")
}

fn session(entry: &Told) -> String {
    match entry.session {
        Some(number) => format!("{}, session {number}", entry.device),
        None => String::new(),
    }
}

/// What it was done to, each thing with its page.
fn about(entry: &Told) -> Vec<Link> {
    let item = entry
        .item
        .iter()
        .map(|(id, title)| Link::new(title, paths::item(*id)));
    let image = entry
        .image
        .iter()
        .map(|(id, file)| Link::new(format!("Picture {id}: {file}"), paths::image(*id)));
    let person = entry
        .about
        .iter()
        .map(|(id, name)| Link::new(name, paths::person(*id)));
    item.chain(image).chain(person).collect()
}
