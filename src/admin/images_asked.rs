//! What the address of the library asks for: which pictures, in what order, as tiles or as a table.

use super::view::{Choice, Names};
use crate::accounts::PersonId;
use crate::prose::dates;
use crate::storage::collections::Collection;
use crate::storage::library::{Ending, Lack, LibraryFilter, Sort, Usage};
use crate::web::view::Link;
use crate::web::{Fields, paths};
use crate::zone::Zone;

/// A value that means nothing filters nothing.
pub(super) struct Asked {
    pub filter: LibraryFilter,
    pub sort: Sort,
    pub as_table: bool,
}

impl Asked {
    pub(super) fn of(fields: &Fields, zone: &Zone) -> Self {
        let day = |name: &str| dates::day_bounds(fields.get(name), zone);
        Self {
            filter: LibraryFilter {
                words: fields.get("words").trim().chars().take(200).collect(),
                usage: fields.get("use").parse().ok(),
                lack: fields.get("lack").parse().ok(),
                licence: fields.get("licence").parse().ok(),
                collection: fields.get("collection").parse().ok(),
                by: fields.get("by").parse().ok().map(PersonId::new),
                from: day("from").map(|(first, _)| first),
                until: day("until").map(|(_, next)| next),
                in_trash: fields.get("show") == "trash",
            },
            sort: fields.get("sort").parse().unwrap_or_default(),
            as_table: fields.get("view") == "table",
        }
    }

    /// Whether less is shown than the library, or the trash, holds.
    pub(super) fn is_filtered(&self) -> bool {
        let filter = &self.filter;
        !filter.words.is_empty()
            || filter.usage.is_some()
            || filter.lack.is_some()
            || filter.licence.is_some()
            || filter.collection.is_some()
            || filter.by.is_some()
            || filter.from.is_some()
            || filter.until.is_some()
    }
}

/// The library's address with these values changed.
pub(super) fn address(fields: &Fields, changed: &[(&str, &str)]) -> String {
    let names = [
        "words",
        "use",
        "lack",
        "licence",
        "collection",
        "by",
        "from",
        "until",
        "sort",
        "view",
        "show",
        "page",
    ];
    let pairs: Vec<(&str, &str)> = names
        .into_iter()
        .map(|name| {
            let new = changed.iter().find(|(known, _)| *known == name);
            (
                name,
                new.map_or_else(|| fields.get(name), |(_, value)| *value),
            )
        })
        .collect();
    paths::with_query(paths::IMAGES, &pairs)
}

/// Everything that can be chosen above the list, as it is chosen.
pub(super) struct Filters {
    pub words: String,
    pub uses: Vec<Choice>,
    pub lacks: Vec<Choice>,
    pub licences: Vec<Choice>,
    /// Empty where there is no collection yet.
    pub collections: Vec<Choice>,
    /// The one that is chosen, or nothing.
    pub collection: String,
    pub people: Vec<Choice>,
    pub sorts: Vec<Choice>,
    pub from: String,
    pub until: String,
    /// What the form keeps without showing it.
    pub view: String,
    pub show: String,
    /// The same list without any of it.
    pub all: String,
    pub filtered: bool,
}

impl Filters {
    pub(super) fn of(
        (names, collections): (&Names, &[Collection]),
        asked: &Asked,
        fields: &Fields,
    ) -> Self {
        let show = if asked.filter.in_trash { "trash" } else { "" };
        let view = if asked.as_table { "table" } else { "" };
        Self {
            words: asked.filter.words.clone(),
            uses: uses(fields),
            lacks: lacks(fields),
            licences: licences(fields),
            collections: in_collections(collections, fields),
            collection: fields.get("collection").to_owned(),
            people: uploaders(names, fields),
            sorts: sorts(asked.sort),
            from: fields.get("from").to_owned(),
            until: fields.get("until").to_owned(),
            view: view.to_owned(),
            show: show.to_owned(),
            all: paths::with_query(paths::IMAGES, &[("view", view), ("show", show)]),
            filtered: asked.is_filtered(),
        }
    }
}

fn uses(fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("use");
    let mut choices = vec![Choice::new("", "Used or not", chosen)];
    choices.extend(Usage::ALL.iter().map(|usage| {
        let label = match usage {
            Usage::Used => "Used in items",
            Usage::Unused => "Not used",
        };
        Choice::new(usage.as_str(), label, chosen)
    }));
    choices
}

fn lacks(fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("lack");
    let mut choices = vec![Choice::new("", "Any or none", chosen)];
    choices.extend(Lack::ALL.iter().map(|lack| {
        let label = match lack {
            Lack::AltText => "Alt text",
            Lack::Credit => "Credit",
        };
        Choice::new(lack.as_str(), label, chosen)
    }));
    choices
}

fn licences(fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("licence");
    let mut choices = vec![Choice::new("", "Any licence", chosen)];
    choices.extend(Ending::ALL.iter().map(|ending| {
        let label = match ending {
            Ending::Soon => "Ends within four weeks",
            Ending::Ended => "Has ended",
        };
        Choice::new(ending.as_str(), label, chosen)
    }));
    choices
}

fn in_collections(all: &[Collection], fields: &Fields) -> Vec<Choice> {
    if all.is_empty() {
        return Vec::new();
    }
    let chosen = fields.get("collection");
    let mut choices = vec![Choice::new("", "Any or none", chosen)];
    choices.extend(collections(all, chosen));
    choices
}

/// Each collection, as it is chosen.
pub(super) fn collections<'a>(
    all: &'a [Collection],
    chosen: &'a str,
) -> impl Iterator<Item = Choice> + 'a {
    all.iter()
        .map(move |one| Choice::new(one.id.to_string(), one.name.as_str(), chosen))
}

fn uploaders(names: &Names, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("by");
    let mut choices = vec![Choice::new("", "Anybody", chosen)];
    choices.extend(
        names
            .people()
            .iter()
            .map(|person| Choice::new(person.id.to_string(), person.name.as_str(), chosen)),
    );
    choices
}

fn sorts(sort: Sort) -> Vec<Choice> {
    let choice = |one: &Sort| {
        let label = match one {
            Sort::Newest => "Newest first",
            Sort::Oldest => "Oldest first",
            Sort::Name => "File name",
            Sort::Credit => "Credit",
        };
        Choice::new(one.as_str(), label, sort.as_str())
    };
    Sort::ALL.iter().map(choice).collect()
}

/// The same list as tiles and as a table.
pub(super) fn views(asked: &Asked, fields: &Fields) -> Vec<Link> {
    let view = |label: &str, name: &str, current: bool| Link {
        current,
        ..Link::new(label, address(fields, &[("view", name)]))
    };
    vec![
        view("Grid", "", !asked.as_table),
        view("Table", "table", asked.as_table),
    ]
}
