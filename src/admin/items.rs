//! The list of items: filters and order stand in the address.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::several::pick;
use super::view::{Choice, ItemRow, rows};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::PersonId;
use crate::clock::Clock;
use crate::newsroom::{ItemId, KindId};
use crate::storage::editing::{self, ItemFilter, Sort, State, Window};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, items, people};
use crate::web::problem::Answer;
use crate::web::view::Pager;
use crate::web::{Fields, Freshness, Problem, Query, Staff, page, paths};

const PER_PAGE: u64 = 25;

#[derive(Template)]
#[template(path = "admin/items.html")]
struct ItemsPage {
    frame: AdminFrame,
    words: String,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    languages: Vec<Choice>,
    authors: Vec<Choice>,
    sorts: Vec<SortLink>,
    count: String,
    rows: Vec<ItemRow>,
    pager: Pager,
    filtered: bool,
    may_write: bool,
}

/// A column that the list can be ordered by.
struct SortLink {
    column: String,
    label: String,
    href: String,
    direction: String,
}

pub(super) async fn items(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let items = read
        .read(move |tx| items_page(tx, &visit, &query.0))
        .await?;
    page(&items, Freshness::Never)
}

/// What the address asks for; a value that means nothing filters nothing.
struct Asked {
    filter: ItemFilter,
    sort: Sort,
    ascending: bool,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let number = |name: &str| fields.get(name).parse::<i64>().ok();
        let sort = fields.get("sort").parse().unwrap_or_default();
        Self {
            filter: ItemFilter {
                words: fields.get("words").trim().chars().take(200).collect(),
                state: fields.get("state").parse().ok(),
                kind: number("kind").map(KindId::new),
                language: fields.get("language").parse().ok(),
                author: number("author").map(PersonId::new),
                works: None,
                waits_for: None,
            },
            sort,
            ascending: fields.get("order") == "ascending",
        }
    }

    fn is_filtered(&self) -> bool {
        let filter = &self.filter;
        !filter.words.is_empty()
            || filter.state.is_some()
            || filter.kind.is_some()
            || filter.language.is_some()
            || filter.author.is_some()
    }
}

fn items_page(tx: &mut ReadTx<'_>, visit: &Visit, fields: &Fields) -> Result<ItemsPage, Problem> {
    let room = room_of(tx)?;
    let asked = Asked::of(fields);
    let number = fields.page();
    let count = editing::count(tx, &asked.filter, visit.now)?;
    let window = Window {
        skip: (number - 1) * PER_PAGE,
        take: PER_PAGE,
        sort: asked.sort,
        ascending: asked.ascending,
    };
    let lines = editing::lines(tx, &asked.filter, window, visit.now)?;
    let numbers: Vec<ItemId> = lines.iter().map(|line| line.item).collect();
    let may_write = visit.staff.person.roles.may_write();
    let mut rows = rows(tx, lines, &room, visit.now)?;
    if may_write {
        name_for_choice(tx, &numbers, &mut rows)?;
    }
    Ok(ItemsPage {
        words: asked.filter.words.clone(),
        states: states(fields),
        kinds: kinds(&room, fields),
        languages: languages(&room, fields),
        authors: authors(tx, fields)?,
        sorts: sorts(&asked, fields),
        count: if count == 1 {
            "1 item".to_owned()
        } else {
            format!("{count} items")
        },
        rows,
        pager: Pager::new(number, count, PER_PAGE, |page| {
            address(fields, &[("page", &page.to_string())])
        }),
        filtered: asked.is_filtered(),
        may_write,
        frame: visit.frame(&room),
    })
}

/// Gives each row what a form names it by: a row stands for the item of the same place.
fn name_for_choice(
    tx: &mut ReadTx<'_>,
    numbers: &[ItemId],
    rows: &mut [ItemRow],
) -> Result<(), Problem> {
    let heads = items::heads(tx, numbers)?;
    for (row, number) in rows.iter_mut().zip(numbers) {
        let head = heads.iter().find(|(item, _)| item == number);
        row.pick = head.map_or_else(String::new, |(item, head)| pick(*item, *head));
    }
    Ok(())
}

/// The list's address with these values changed.
fn address(fields: &Fields, changed: &[(&str, &str)]) -> String {
    let names = [
        "words", "state", "kind", "language", "author", "sort", "order", "page",
    ];
    let pairs: Vec<(&str, &str)> = names
        .into_iter()
        .map(|name| {
            let new = changed
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| *value);
            (name, new.unwrap_or_else(|| fields.get(name)))
        })
        .collect();
    paths::with_query(paths::ITEMS, &pairs)
}

fn states(fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("state");
    let mut choices = vec![Choice::new("", "Any state", chosen)];
    choices.extend(State::ALL.iter().map(|state| {
        let label = match state {
            State::Draft => "Draft",
            State::InReview => "In review",
            State::ChangesRequested => "Changes requested",
            State::Discarded => "Discarded",
            State::Scheduled => "Scheduled",
            State::Live => "Live",
            State::Withdrawn => "Withdrawn",
        };
        Choice::new(state.as_str(), label, chosen)
    }));
    choices
}

fn kinds(room: &Frame, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("kind");
    let mut choices = vec![Choice::new("", "Any kind", chosen)];
    choices.extend(
        room.kinds
            .iter()
            .map(|kind| Choice::new(kind.id.to_string(), &kind.name, chosen)),
    );
    choices
}

fn languages(room: &Frame, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("language");
    let mut choices = vec![Choice::new("", "Any language", chosen)];
    choices.extend(
        room.room
            .languages
            .iter()
            .map(|language| Choice::new(language.as_str(), language.name(), chosen)),
    );
    choices
}

fn authors(tx: &mut ReadTx<'_>, fields: &Fields) -> Result<Vec<Choice>, Problem> {
    let chosen = fields.get("author");
    let mut choices = vec![Choice::new("", "Anybody", chosen)];
    choices.extend(
        people::all(tx)?
            .iter()
            .map(|person| Choice::new(person.id.to_string(), person.name.as_str(), chosen)),
    );
    Ok(choices)
}

fn sorts(asked: &Asked, fields: &Fields) -> Vec<SortLink> {
    [
        (Sort::Title, "Title"),
        (Sort::Changed, "Changed"),
        (Sort::Started, "Started"),
    ]
    .into_iter()
    .map(|(sort, label)| {
        let current = sort == asked.sort;
        let order = if current && !asked.ascending {
            "ascending"
        } else {
            ""
        };
        SortLink {
            column: sort.as_str().to_owned(),
            label: label.to_owned(),
            href: address(
                fields,
                &[("sort", sort.as_str()), ("order", order), ("page", "")],
            ),
            direction: match (current, asked.ascending) {
                (false, _) => "none",
                (true, true) => "ascending",
                (true, false) => "descending",
            }
            .to_owned(),
        }
    })
    .collect()
}
