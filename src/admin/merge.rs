//! Two people saved: what only one of them changed is taken, what both changed is shown to choose from.

use super::editor_files;
use super::editor_page::name_of;
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::prose::dates::{self, DateWords};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError};
use crate::web::Fields;

/// Every field of the editor that holds words or choices, with its label.
pub(super) const OF_ITEM: [(&str, &str); 17] = [
    ("kind", "Kind"),
    ("language", "Language"),
    ("title", "Title"),
    ("slug", "Address"),
    ("summary", "Summary"),
    ("body", "Body"),
    ("dateline", "Dateline"),
    ("topics", "Topics"),
    ("places", "Places"),
    ("notes", "Notes to editors"),
    ("contact", "Contacts"),
    ("file", "Files"),
    ("translation_of", "Translation of"),
    ("lead", "Lead picture"),
    ("shape", "Shape of the lead picture"),
    ("focus_x", "Focus across"),
    ("focus_y", "Focus down"),
];

/// Somebody saved in between.
pub(super) struct Conflict {
    /// What they saved: “this item”.
    pub what: &'static str,
    pub by: String,
    pub when: Option<DateWords>,
    pub differences: Vec<Difference>,
}

impl Conflict {
    /// With the name of who saved last, as the journal has it.
    pub(super) fn between(
        tx: &mut ReadTx<'_>,
        what: &'static str,
        (last, room): (Option<(PersonId, Instant)>, &Frame),
        differences: Vec<Difference>,
    ) -> Result<Self, StorageError> {
        let by = last.map(|(by, _)| name_of(tx, by)).transpose()?;
        Ok(Self {
            what,
            by: by.unwrap_or_else(|| "Somebody".to_owned()),
            when: last.map(|(_, at)| dates::staff_time(at, &room.room.zone)),
            differences,
        })
    }
}

/// A field that both changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub label: String,
    pub field: String,
    pub theirs: String,
    pub yours: String,
}

/// What a form began with, what is stored by now, and what was sent.
#[derive(Clone, Copy)]
pub(super) struct Three<'a> {
    pub base: &'a Fields,
    pub theirs: &'a Fields,
    pub yours: &'a Fields,
}

/// The merged fields, and where both changed the same field. There, yours stand in the form.
/// Each field comes with its label.
pub(super) fn merge(labels: &[(&str, &str)], texts: Three<'_>) -> (Fields, Vec<Difference>) {
    let Three {
        base,
        theirs,
        yours,
    } = texts;
    let mut merged = with_numbers(yours);
    let yours = merged.clone();
    let mut differences = Vec::new();
    for (name, label) in labels {
        let (was, their, your) = (value(base, name), value(theirs, name), value(&yours, name));
        if their == your {
            continue;
        }
        if your == was {
            merged = merged.with(name, theirs);
        } else if their != was {
            differences.push(Difference {
                label: (*label).to_owned(),
                field: (*name).to_owned(),
                theirs: their,
                yours: your,
            });
        }
    }
    (merged, differences)
}

/// Whether a form holds other words than what is stored.
pub(super) fn differ(labels: &[(&str, &str)], stored: &Fields, typed: &Fields) -> bool {
    let typed = with_numbers(typed);
    labels
        .iter()
        .any(|(name, _)| value(stored, name) != value(&typed, name))
}

/// A browser sends line ends as CRLF (HTML, form submission); a saved text has LF.
fn value(fields: &Fields, name: &str) -> String {
    fields
        .all(name)
        .collect::<Vec<_>>()
        .join(", ")
        .replace("\r\n", "\n")
        .trim()
        .to_owned()
}

/// A picture chosen by its number counts as chosen.
/// What was typed as a number is chosen, too.
fn with_numbers(fields: &Fields) -> Fields {
    let mut chosen = Fields::default();
    let files = editor_files::chosen(fields);
    let mut fields = with_lead_number(fields).with("file_number", &Fields::default());
    for file in &files {
        chosen.set("file", file);
        // They stand in the order that the places gave them; once more would be another one.
        fields = fields.with(&editor_files::place_of(file), &Fields::default());
    }
    fields.with("file", &chosen)
}

fn with_lead_number(fields: &Fields) -> Fields {
    let number = fields.get("lead_number").trim();
    if number.is_empty() {
        return fields.clone();
    }
    let mut lead = Fields::default();
    lead.set("lead", number);
    fields
        .clone()
        .with("lead", &lead)
        .with("lead_number", &Fields::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(title: &str, summary: &str) -> Fields {
        let mut fields = Fields::default();
        fields.set("title", title);
        fields.set("summary", summary);
        fields
    }

    fn merged_of(base: Fields, theirs: Fields, yours: Fields) -> (Fields, Vec<Difference>) {
        let texts = Three {
            base: &base,
            theirs: &theirs,
            yours: &yours,
        };
        merge(&OF_ITEM, texts)
    }

    #[test]
    fn what_only_they_changed_is_taken_over() {
        let (merged, differences) = merged_of(
            fields("A", "old"),
            fields("A", "theirs"),
            fields("Mine", "old"),
        );
        assert_eq!(
            (merged.get("title"), merged.get("summary")),
            ("Mine", "theirs")
        );
        assert!(differences.is_empty());
    }

    #[test]
    fn what_both_changed_is_shown_and_yours_stay_in_the_form() {
        let (merged, differences) =
            merged_of(fields("A", "x"), fields("Theirs", "x"), fields("Mine", "x"));
        assert_eq!(merged.get("title"), "Mine");
        assert_eq!(differences.len(), 1);
        assert_eq!(
            (
                differences[0].theirs.as_str(),
                differences[0].yours.as_str()
            ),
            ("Theirs", "Mine")
        );
    }
}
