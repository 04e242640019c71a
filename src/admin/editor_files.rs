//! The editor's choice of files: those that the item has, the newest, and any other by its number.

use super::editor_page::Shown;
use super::files::name;
use super::view::{Choice, Field};
use crate::newsroom::FileId;
use crate::storage::files::StaffFile;
use crate::storage::{ReadTx, StorageError, files};
use crate::web::{FieldErrors, Fields};

pub(super) struct FileFields {
    pub choices: Vec<Choice>,
    pub number: Field,
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
        let mut choices: Vec<Choice> = own.iter().map(|file| choice(file, true)).collect();
        choices.extend(others.map(|file| choice(file, false)));
        // A number of no file stays in its field, beside what is wrong with it.
        let mut number = Field::of("file_number", &shown.fields, &shown.errors);
        if number.error.is_empty() {
            number.value.clear();
        }
        Ok(Self { choices, number })
    }
}

fn choice(file: &StaffFile, chosen: bool) -> Choice {
    Choice {
        value: file.id.to_string(),
        label: format!("File {}: {}", file.id, name(file)),
        chosen,
    }
}

/// The numbers that were ticked and typed, each once, in this order.
pub(super) fn chosen(fields: &Fields) -> Vec<String> {
    let typed = fields.get("file_number");
    let typed = typed.split([',', ' ']).filter(|number| !number.is_empty());
    let mut chosen: Vec<String> = Vec::new();
    for number in fields.all("file").chain(typed) {
        if !chosen.iter().any(|known| known == number) {
            chosen.push(number.to_owned());
        }
    }
    chosen
}

pub(super) fn parse(fields: &Fields, errors: &mut FieldErrors) -> Vec<FileId> {
    let numbers: Result<Vec<FileId>, _> =
        chosen(fields).iter().map(|number| number.parse()).collect();
    let message = "Write the numbers of files, such as 3, with commas between them.";
    errors
        .take("file_number", numbers.map_err(|_no_number| message))
        .unwrap_or_default()
}
