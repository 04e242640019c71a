//! The editor's choice of files: those that the item has, the newest, and any other by its number.

use std::collections::HashSet;

use super::editor_page::Shown;
use super::files::name;
use super::view::{Choice, Field};
use crate::newsroom::FileId;
use crate::storage::files::StaffFile;
use crate::storage::{ReadTx, StorageError, files};
use crate::web::{FieldErrors, Fields};

pub(super) struct FileFields {
    pub choices: Vec<FileChoice>,
    pub number: Field,
    /// What stands above them.
    pub hint: &'static str,
}

/// A file to choose, and where it stands among the item's.
pub(super) struct FileChoice {
    pub choice: Choice,
    /// The name and the value of its field; empty where nothing can be moved.
    pub place_name: String,
    pub place: String,
}

impl FileFields {
    pub(super) fn of(tx: &mut ReadTx<'_>, shown: &Shown) -> Result<Self, StorageError> {
        const NEWEST: u64 = 8;
        let chosen: Vec<FileId> = chosen(&shown.fields)
            .iter()
            .filter_map(|number| number.parse().ok())
            .collect();
        let own = files::all_of(tx, &chosen)?;
        let newest = files::page(tx, "", (0, NEWEST))?;
        let others = newest.iter().filter(|file| !chosen.contains(&file.id));
        let movable = own.len() > 1;
        let mut choices: Vec<FileChoice> = (1_usize..)
            .zip(&own)
            .map(|(place, file)| choice(file, Some(place), movable))
            .collect();
        choices.extend(others.map(|file| choice(file, None, movable)));
        // A number of no file stays in its field, beside what is wrong with it.
        let mut number = Field::of("file_number", &shown.fields, &shown.errors);
        if number.error.is_empty() {
            number.value.clear();
        }
        Ok(Self {
            choices,
            number,
            hint: if movable {
                "They stand in this order. Another number under Place moves one there when you save."
            } else {
                ""
            },
        })
    }
}

fn choice(file: &StaffFile, place: Option<usize>, movable: bool) -> FileChoice {
    let choice = Choice {
        value: file.id.to_string(),
        label: format!("File {}: {}", file.id, name(file)),
        chosen: place.is_some(),
    };
    let place = place.filter(|_| movable);
    FileChoice {
        place_name: place.map_or_else(String::new, |_| place_of(&choice.value)),
        place: place.map_or_else(String::new, |place| place.to_string()),
        choice,
    }
}

/// What the field is called that says where this file stands.
pub(super) fn place_of(number: &str) -> String {
    format!("place_{number}")
}

/// The numbers that were ticked and typed, each once, where their places say. Nobody chooses a hundred, of
/// which the newsroom takes far fewer; what somebody made up beyond that is not read.
pub(super) fn chosen(fields: &Fields) -> Vec<String> {
    const MOST_READ: usize = 100;
    let typed = fields.get("file_number");
    let typed = typed.split([',', ' ']).filter(|number| !number.is_empty());
    let mut known = HashSet::new();
    let numbers: Vec<&str> = fields
        .all("file")
        .chain(typed)
        .filter(|number| known.insert(*number))
        .take(MOST_READ)
        .collect();
    placed(fields, numbers)
}

/// What has no place stays behind what has one. Of two with the same place, the one that was moved up
/// comes first, and the one that was moved down last: whoever writes a place means it.
fn placed(fields: &Fields, numbers: Vec<&str>) -> Vec<String> {
    let mut ranked: Vec<_> = (1_usize..)
        .zip(numbers)
        .map(|(before, number)| {
            let place = fields.get(&place_of(number)).trim().parse().ok();
            let place: usize = place.unwrap_or(usize::MAX);
            ((place, place.cmp(&before)), number)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let in_order = ranked.into_iter();
    in_order.map(|(_, number)| number.to_owned()).collect()
}

pub(super) fn parse(fields: &Fields, errors: &mut FieldErrors) -> Vec<FileId> {
    let numbers: Result<Vec<FileId>, _> =
        chosen(fields).iter().map(|number| number.parse()).collect();
    let message = "Write the numbers of files, such as 3, with commas between them.";
    errors
        .take("file_number", numbers.map_err(|_no_number| message))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Vec<String> {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.set(name, value);
        }
        chosen(&fields)
    }

    #[test]
    fn each_number_is_read_once_and_a_hundred_thousand_are_not() {
        let few = sent(&[("file", "3"), ("file_number", "7, 3 1,7")]);
        assert_eq!(few, ["3", "7", "1"]);
        let many: Vec<String> = (1..=100_000).map(|number| number.to_string()).collect();
        assert_eq!(sent(&[("file_number", &many.join(","))]).len(), 100);
    }

    #[test]
    fn files_stand_where_their_places_say() {
        for (places, order) in [
            (["1", "2", "3"], ["7", "8", "9"]),
            (["1", "2", "1"], ["9", "7", "8"]),
            (["2", "2", "3"], ["8", "7", "9"]),
            (["3", "2", "3"], ["8", "9", "7"]),
            (["3", "2", "1"], ["9", "8", "7"]),
            (["", "2", "3"], ["8", "9", "7"]),
            (["1", "99", "x"], ["7", "8", "9"]),
        ] {
            let [a, b, c] = places;
            let fields = [
                ("file", "7"),
                ("place_7", a),
                ("file", "8"),
                ("place_8", b),
                ("file", "9"),
                ("place_9", c),
            ];
            assert_eq!(sent(&fields), order, "{places:?}");
        }
    }
}
