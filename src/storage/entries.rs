//! The journal as it is read: filtered, newest first, from any entry on.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::columns::from_json;
use super::schema::{images, items, journal, people, revisions};
use super::{ReadTx, StorageError};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::ItemId;
use crate::newsroom::journal::Sight;
use crate::newsroom::settings::SettingChange;

/// One entry, with the names that its people and things have now.
#[derive(Clone, Debug)]
pub struct Told {
    pub place: Place,
    /// Nobody of staff: the program itself, its command line, or somebody at the door.
    pub by: Option<String>,
    pub what: String,
    pub detail: String,
    /// With its newest title.
    pub item: Option<(ItemId, String)>,
    /// With its file's name.
    pub image: Option<(ImageId, String)>,
    /// Whom it is about.
    pub about: Option<(PersonId, String)>,
    pub session: Option<i64>,
    pub device: String,
    pub changes: Vec<SettingChange>,
}

/// Where an entry stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: Instant,
    pub number: i64,
}

/// Which entries.
#[derive(Clone, Debug)]
pub struct Filter {
    pub sight: Sight,
    pub by: Option<PersonId>,
    /// What happened, in the journal's own word.
    pub what: Option<String>,
    pub item: Option<ItemId>,
    pub from: Option<Instant>,
    pub until: Option<Instant>,
}

type Query = journal::BoxedQuery<'static, Sqlite>;

fn seen(sight: Sight) -> Query {
    let all = journal::table.into_boxed();
    match sight {
        Sight::Everything => all,
        Sight::Work => all.filter(
            journal::item_id
                .is_not_null()
                .or(journal::image_id.is_not_null())
                .or(journal::file_id.is_not_null()),
        ),
    }
}

fn matching(filter: &Filter, before: Option<Place>) -> Query {
    let mut query = seen(filter.sight);
    if let Some(by) = filter.by {
        query = query.filter(journal::person_id.eq(by.get()));
    }
    if let Some(what) = &filter.what {
        query = query.filter(journal::entry.eq(what.clone()));
    }
    if let Some(item) = filter.item {
        query = query.filter(journal::item_id.eq(item.get()));
    }
    if let Some(from) = filter.from {
        query = query.filter(journal::at.ge(from.millis()));
    }
    // An end always stands, so that the index is entered there and never read whole.
    let end = filter.until.map_or(i64::MAX, Instant::millis);
    query = query.filter(journal::at.lt(end));
    match before {
        None => query,
        Some(Place { at, number }) => query
            .filter(journal::at.le(at.millis()))
            .filter(journal::at.lt(at.millis()).or(journal::id.lt(number))),
    }
}

type Row = (
    i64,
    i64,
    Option<i64>,
    String,
    String,
    (Option<i64>, Option<i64>, Option<i64>),
    (Option<i64>, String, String),
);

type Columns = (
    journal::id,
    journal::at,
    journal::person_id,
    journal::entry,
    journal::detail,
    About,
    Seated,
);
type About = (journal::item_id, journal::image_id, journal::about_id);
type Seated = (journal::session_number, journal::device, journal::changes);

const COLUMNS: Columns = (
    journal::id,
    journal::at,
    journal::person_id,
    journal::entry,
    journal::detail,
    (journal::item_id, journal::image_id, journal::about_id),
    (journal::session_number, journal::device, journal::changes),
);

/// So many of the newest entries before that place.
pub fn newest(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    before: Option<Place>,
    most: i64,
) -> Result<Vec<Told>, StorageError> {
    let rows: Vec<Row> = matching(filter, before)
        .order((journal::at.desc(), journal::id.desc()))
        .limit(most)
        .select(COLUMNS)
        .load(tx.connection())?;
    let names = Names::of(tx, &rows)?;
    rows.into_iter().map(|row| names.told(row)).collect()
}

/// The entry of that number.
pub fn one(tx: &mut ReadTx<'_>, number: i64) -> Result<Option<Told>, StorageError> {
    let row: Option<Row> = journal::table
        .find(number)
        .select(COLUMNS)
        .first(tx.connection())
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    Names::of(tx, std::slice::from_ref(&row))?
        .told(row)
        .map(Some)
}

/// Every word with which an entry that may be seen begins, in their order: one look into the index each.
pub fn words(tx: &mut ReadTx<'_>, sight: Sight) -> Result<Vec<String>, StorageError> {
    let mut words: Vec<String> = Vec::new();
    loop {
        let last = words.last().cloned().unwrap_or_default();
        let next: Option<String> = seen(sight)
            .filter(journal::entry.gt(last))
            .order(journal::entry)
            .select(journal::entry)
            .first(tx.connection())
            .optional()?;
        match next {
            Some(next) => words.push(next),
            None => return Ok(words),
        }
    }
}

/// What the numbers of some entries are called.
struct Names {
    people: HashMap<i64, String>,
    titles: HashMap<i64, String>,
    files: HashMap<i64, String>,
}

impl Names {
    fn of(tx: &mut ReadTx<'_>, rows: &[Row]) -> Result<Self, StorageError> {
        let whom = rows.iter().flat_map(|row| [row.2, row.5.2]);
        let people: Vec<i64> = whom.flatten().collect();
        let items: Vec<i64> = rows.iter().filter_map(|row| row.5.0).collect();
        let images: Vec<i64> = rows.iter().filter_map(|row| row.5.1).collect();
        let people = people::table
            .filter(people::id.eq_any(people))
            .select((people::id, people::name))
            .load(tx.connection())?;
        let titles = items::table
            .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
            .filter(items::id.eq_any(items))
            .select((items::id, revisions::title))
            .load(tx.connection())?;
        let files = images::table
            .filter(images::id.eq_any(images))
            .select((images::id, images::file_name))
            .load(tx.connection())?;
        Ok(Self {
            people: people.into_iter().collect(),
            titles: titles.into_iter().collect(),
            files: files.into_iter().collect(),
        })
    }

    fn told(&self, row: Row) -> Result<Told, StorageError> {
        let (number, at, by, what, detail, (item, image, about), (session, device, changes)) = row;
        let name = |names: &HashMap<i64, String>, number: i64| {
            names.get(&number).cloned().unwrap_or_default()
        };
        Ok(Told {
            place: Place {
                at: Instant::from_millis(at),
                number,
            },
            by: by.map(|by| name(&self.people, by)),
            what,
            detail,
            item: item.map(|item| (ItemId::new(item), name(&self.titles, item))),
            image: image.map(|image| (ImageId::new(image), name(&self.files, image))),
            about: about.map(|about| (PersonId::new(about), name(&self.people, about))),
            session,
            device,
            changes: match changes.as_str() {
                "" => Vec::new(),
                changes => from_json("journal.changes", changes)?,
            },
        })
    }
}
