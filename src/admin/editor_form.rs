//! The editor's fields: from a revision to fields, from fields to a wording. All are read before any complaint.

use super::editor_files;
use crate::media::{FocalPoint, ImageId};
use crate::newsroom::room::{ContactKey, Room};
use crate::newsroom::slug::Slug;
use crate::newsroom::words::{Language, Title};
use crate::newsroom::{ItemId, Kind, KindId, Lead, Revision, Shape, SubjectName, Wording};
use crate::storage::room::Frame;
use crate::web::{FieldErrors, Fields};

/// A wording as it was typed; without a typed address one is made from the title.
#[derive(Clone)]
pub(super) struct Typed {
    pub wording: Wording,
    pub slug_is_ours: bool,
}

/// What the fields of a new item hold.
pub(super) fn blank(room: &Frame) -> Fields {
    let kind = room.kinds.first().map(|kind: &Kind| kind.id.to_string());
    let language = room
        .room
        .languages
        .first()
        .map(|language| language.as_str().to_owned());
    let mut fields = Fields::default();
    fields.set("kind", &kind.unwrap_or_default());
    fields.set("language", &language.unwrap_or_default());
    fields.set("shape", Shape::default().as_str());
    fields.set("focus_x", "50");
    fields.set("focus_y", "50");
    for contact in room.room.contacts.iter().take(1) {
        fields.set("contact", contact.key.as_str());
    }
    fields
}

/// What the fields hold when a saved revision is opened.
pub(super) fn of_revision(revision: &Revision) -> Fields {
    let wording = &revision.wording;
    let mut fields = Fields::default();
    fields.set("kind", &wording.kind.to_string());
    fields.set("language", wording.language.as_str());
    fields.set("title", wording.title.as_str());
    fields.set("slug", wording.slug.as_str());
    fields.set("summary", wording.summary.as_str());
    fields.set("body", wording.body.as_str());
    fields.set("dateline", wording.dateline.as_str());
    fields.set("notes", wording.notes.as_str());
    fields.set("topics", &names(&wording.topics));
    fields.set("places", &names(&wording.places));
    fields.set(
        "translation_of",
        &wording
            .translation_of
            .map_or_else(String::new, |id| id.to_string()),
    );
    set_lead(&mut fields, wording.lead);
    for key in &wording.contacts {
        fields.set("contact", key.as_str());
    }
    for file in &wording.files {
        fields.set("file", &file.to_string());
    }
    fields
}

fn set_lead(fields: &mut Fields, lead: Option<Lead>) {
    fields.set(
        "lead",
        &lead.map_or_else(String::new, |lead| lead.image.to_string()),
    );
    fields.set(
        "shape",
        lead.map_or(Shape::Whole, |lead| lead.shape).as_str(),
    );
    fields.set(
        "focus_x",
        &lead.map_or(50, |lead| lead.focus.x()).to_string(),
    );
    fields.set(
        "focus_y",
        &lead.map_or(50, |lead| lead.focus.y()).to_string(),
    );
}

fn names(names: &[SubjectName]) -> String {
    names
        .iter()
        .map(SubjectName::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Reads every field, then gives the wording or all complaints at once. An item may keep its `own`
/// language also when the room dropped it.
pub(super) fn parse(
    fields: &Fields,
    room: &Frame,
    own: Option<Language>,
) -> Result<Typed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", fields.get("title").parse::<Title>());
    let (slug, slug_is_ours) = slug(fields, title.as_ref(), &mut errors);
    let kind = kind(fields, room, &mut errors);
    let language = language(fields, (&room.room, own), &mut errors);
    let summary = errors.take("summary", fields.get("summary").parse());
    let body = errors.take("body", fields.get("body").parse());
    let dateline = errors.take("dateline", fields.get("dateline").parse());
    let notes = errors.take("notes", fields.get("notes").parse());
    let [topics, places] = ["topics", "places"].map(|name| subjects(fields, name, &mut errors));
    let translation_of = translation_of(fields, &mut errors);
    let lead = lead(fields, &mut errors);
    let files = editor_files::parse(fields, &mut errors);
    let words = (title, slug, summary, body, dateline, notes);
    let (Some(title), Some(slug), Some(summary), Some(body), Some(dateline), Some(notes)) = words
    else {
        return Err(errors);
    };
    let (Some(kind), Some(language), true) = (kind, language, errors.is_empty()) else {
        return Err(errors);
    };
    Ok(Typed {
        wording: Wording {
            kind,
            language,
            title,
            slug,
            summary,
            body,
            dateline,
            notes,
            topics,
            places,
            contacts: contacts(fields, &room.room),
            translation_of,
            lead,
            files,
        },
        slug_is_ours,
    })
}

fn slug(fields: &Fields, title: Option<&Title>, errors: &mut FieldErrors) -> (Option<Slug>, bool) {
    let typed = fields.get("slug").trim();
    if typed.is_empty() {
        return (Some(Slug::suggest(title.map_or("", Title::as_str))), true);
    }
    (errors.take("slug", typed.parse()), false)
}

fn kind(fields: &Fields, room: &Frame, errors: &mut FieldErrors) -> Option<KindId> {
    let typed = fields.get("kind");
    let known = room
        .kinds
        .iter()
        .find(|kind| kind.id.to_string() == typed)
        .map(|kind| kind.id);
    errors.take("kind", known.ok_or("Choose a kind."))
}

fn language(
    fields: &Fields,
    (room, own): (&Room, Option<Language>),
    errors: &mut FieldErrors,
) -> Option<Language> {
    let typed: Option<Language> = fields.get("language").parse().ok();
    let known =
        typed.filter(|language| room.languages.contains(language) || own == Some(*language));
    errors.take("language", known.ok_or("Choose a language of the room."))
}

fn subjects(fields: &Fields, name: &str, errors: &mut FieldErrors) -> Vec<SubjectName> {
    let names = errors
        .take(name, SubjectName::list(fields.get(name)))
        .unwrap_or_default();
    if names.len() > SubjectName::MOST {
        let over = names.len() - SubjectName::MOST;
        errors.add(
            name,
            format!(
                "Name at most {}; that is {over} too many.",
                SubjectName::MOST
            ),
        );
    }
    names
}

fn translation_of(fields: &Fields, errors: &mut FieldErrors) -> Option<ItemId> {
    match fields.get("translation_of").trim() {
        "" => None,
        typed => errors.take(
            "translation_of",
            typed
                .parse()
                .map_err(|_source| "Write the number of the item, such as 12."),
        ),
    }
}

/// The picture whose number was typed, else the one that was chosen.
fn lead(fields: &Fields, errors: &mut FieldErrors) -> Option<Lead> {
    let typed = fields.get("lead_number").trim();
    let (name, number) = if typed.is_empty() {
        ("lead", fields.get("lead"))
    } else {
        ("lead_number", typed)
    };
    if number.is_empty() {
        return None;
    }
    let number: Result<ImageId, _> = number.parse();
    let image = errors.take(
        name,
        number.map_err(|_source| "Write the number of a picture, such as 12."),
    );
    let shape = errors.take("shape", fields.get("shape").parse::<Shape>());
    let x = percent(fields, "focus_x", errors)?;
    let y = percent(fields, "focus_y", errors)?;
    let focus = errors.take("focus_x", FocalPoint::new(x, y));
    Some(Lead {
        image: image?,
        shape: shape?,
        focus: focus?,
    })
}

fn percent(fields: &Fields, name: &str, errors: &mut FieldErrors) -> Option<u8> {
    let typed: Option<u8> = fields
        .get(name)
        .trim()
        .parse()
        .ok()
        .filter(|percent| *percent <= 100);
    errors.take(name, typed.ok_or("Write a number from 0 to 100."))
}

fn contacts(fields: &Fields, room: &Room) -> Vec<ContactKey> {
    let chosen: Vec<&str> = fields.all("contact").collect();
    room.contacts
        .iter()
        .filter(|contact| chosen.contains(&contact.key.as_str()))
        .map(|contact| contact.key.clone())
        .collect()
}
