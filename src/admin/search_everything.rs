//! One search over everything that staff may see: items, pictures, files, and people for admins.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::files::name;
use super::images_page::{ImageTile, tiles};
use super::view::{ItemRow, Names, rows};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::Person;
use crate::clock::Clock;
use crate::storage::editing::{self, ItemFilter, Sort, Window};
use crate::storage::files::{self, StaffFile};
use crate::storage::library::{self, LibraryFilter};
use crate::storage::{ReadStore, ReadTx, people};
use crate::web::problem::Answer;
use crate::web::view::Link;
use crate::web::{Freshness, Problem, Query, Staff, page, paths};

/// So many of each; all of them are a list away.
const MOST: u64 = 8;

#[derive(Template)]
#[template(path = "admin/search_everything.html")]
struct SearchPage {
    frame: AdminFrame,
    words: String,
    /// What was found, in words, to be said aloud too.
    count: String,
    items: Vec<ItemRow>,
    all_items: Option<Link>,
    tiles: Vec<ImageTile>,
    all_pictures: Option<Link>,
    files: Vec<Link>,
    all_files: Option<Link>,
    people: Vec<Link>,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let words: String = query.0.get("words").trim().chars().take(200).collect();
    let found = read.read(move |tx| search_page(tx, &visit, words)).await?;
    page(&found, Freshness::Never)
}

fn search_page(tx: &mut ReadTx<'_>, visit: &Visit, words: String) -> Result<SearchPage, Problem> {
    let room = room_of(tx)?;
    let mut found = SearchPage {
        frame: visit.frame(&room),
        count: String::new(),
        items: Vec::new(),
        all_items: None,
        tiles: Vec::new(),
        all_pictures: None,
        files: Vec::new(),
        all_files: None,
        people: Vec::new(),
        words,
    };
    if found.words.is_empty() {
        return Ok(found);
    }
    let items = find_items(tx, visit, &mut found, &room)?;
    let pictures = find_pictures(tx, visit, &mut found, &room)?;
    let files = find_files(tx, &mut found)?;
    if visit.staff.person.roles.admin {
        found.people = find_people(tx, &found.words)?;
    }
    let people = u64::try_from(found.people.len()).unwrap_or_default();
    found.count = match items + pictures + files + people {
        0 => "Nothing has these words.".to_owned(),
        1 => "One thing has these words.".to_owned(),
        many => format!("{many} things have these words."),
    };
    Ok(found)
}

fn find_items(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    found: &mut SearchPage,
    room: &crate::storage::room::Frame,
) -> Result<u64, Problem> {
    let filter = ItemFilter {
        words: found.words.clone(),
        ..ItemFilter::default()
    };
    let window = Window {
        skip: 0,
        take: MOST,
        sort: Sort::default(),
        ascending: false,
    };
    let count = editing::count(tx, &filter, visit.now)?;
    let lines = editing::lines(tx, &filter, window, visit.now)?;
    found.items = rows(tx, lines, room, visit.now)?;
    found.all_items = (count > MOST).then(|| all(count, "items", paths::ITEMS, &found.words));
    Ok(count)
}

fn find_pictures(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    found: &mut SearchPage,
    room: &crate::storage::room::Frame,
) -> Result<u64, Problem> {
    let filter = LibraryFilter {
        words: found.words.clone(),
        ..LibraryFilter::default()
    };
    let count = library::count(tx, &filter, visit.now)?;
    let newest = library::page(tx, (&filter, library::Sort::Newest), (0, MOST), visit.now)?;
    let names = Names::all(tx)?;
    found.tiles = tiles(tx, newest, (&names, room), visit.now)?;
    // Nothing is done with several of them here.
    for tile in &mut found.tiles {
        tile.pick.clear();
    }
    found.all_pictures =
        (count > MOST).then(|| all(count, "pictures", paths::IMAGES, &found.words));
    Ok(count)
}

fn find_files(tx: &mut ReadTx<'_>, found: &mut SearchPage) -> Result<u64, Problem> {
    let count = files::count(tx, &found.words)?;
    let newest = files::page(tx, &found.words, (0, MOST))?;
    let link = |file: &StaffFile| {
        let label = format!("File {}: {}", file.id, name(file));
        Link::new(label, paths::staff_file(file.id))
    };
    found.files = newest.iter().map(link).collect();
    found.all_files = (count > MOST).then(|| all(count, "files", paths::STAFF_FILES, &found.words));
    Ok(count)
}

fn all(count: u64, what: &str, list: &str, words: &str) -> Link {
    let href = paths::with_query(list, &[("words", words)]);
    Link::new(format!("All {count} {what}"), href)
}

fn find_people(tx: &mut ReadTx<'_>, words: &str) -> Result<Vec<Link>, Problem> {
    let words = words.to_lowercase();
    let has_all = |person: &Person| {
        let known = format!("{} {}", person.name.as_str(), person.email.as_str());
        let known = known.to_lowercase();
        words.split_whitespace().all(|word| known.contains(word))
    };
    let all = people::all(tx)?.into_iter();
    Ok(all
        .filter(has_all)
        .map(|person| Link::new(person.name.as_str(), paths::person(person.id)))
        .collect())
}
