//! One picture with its words, what its file says, and where it is used.

use askama::Template;

use super::editor_page::name_of;
use super::image_file::{FileSays, Origins, Passage, passage};
use super::image_uses::Uses;
use super::merge::Conflict;
use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit};
use crate::keys::new_key;
use crate::media::image::Words;
use crate::media::{AltText, FocalPoint};
use crate::prose::dates::{self, DateWords};
use crate::public::view::{Gallery, Photo};
use crate::storage::images::LibraryImage;
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError, embedded};
use crate::web::{FieldErrors, Fields, Problem};

#[derive(Template)]
#[template(path = "admin/image.html")]
pub(super) struct ImagePage {
    frame: AdminFrame,
    form_key: String,
    number: String,
    photo: Photo,
    facts: String,
    file_name: String,
    problems: Vec<FieldProblem>,
    alt: Vec<Choice>,
    alt_text: Field,
    caption: Field,
    credit: Field,
    terms: Field,
    taken_on: Field,
    last_day: Field,
    territory: Field,
    /// What the licence means for readers; empty where it does not end.
    licence: String,
    /// Where each word comes from that the file proposed and nobody changed yet.
    proposed: Origins,
    file: FileSays,
    /// The fingerprint of the words as they are stored, and the fields as they were opened.
    shown: String,
    was: String,
    conflict: Option<Conflict>,
    uses: Uses,
    /// When it is gone, of one in the trash.
    gone: Option<DateWords>,
    /// The words as they stand, for whoever may not change them.
    written: Option<Vec<Passage>>,
    /// Whether this person may change anything of it.
    may_write: bool,
    next: Option<String>,
    position: String,
}

/// What a picture's form holds besides what is stored.
#[derive(Default)]
pub(super) struct Typed {
    pub fields: Fields,
    pub errors: FieldErrors,
    pub conflict: Option<Conflict>,
}

impl Typed {
    fn nothing_but(fields: Fields) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }
}

impl ImagePage {
    /// The newsroom's no, on top of the page.
    pub(super) fn complain(&mut self, sentence: String) {
        self.problems.push(FieldProblem {
            field: String::new(),
            message: sentence,
        });
    }
}

/// One picture; what was typed and did not fit comes back as it was typed.
pub(super) fn image_page(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &Frame),
    image: &LibraryImage,
    query: &Fields,
    typed: Option<Typed>,
) -> Result<ImagePage, Problem> {
    let stored = of_image(image);
    let (file, uses) = (file_says(tx, image)?, Uses::of(tx, image, (visit, room))?);
    // What somebody has typed stays before them, also where it cannot be kept any more.
    let is_typed = typed.is_some();
    let Typed {
        fields,
        errors,
        conflict,
    } = typed.unwrap_or_else(|| Typed::nothing_but(file.filled_in(&stored)));
    let field = |name: &str| Field::of(name, &fields, &errors);
    Ok(ImagePage {
        frame: visit.frame(room),
        form_key: new_key(),
        number: image.shown.id.to_string(),
        photo: Gallery::Staff.photo(&image.shown, FocalPoint::default()),
        facts: facts(tx, image, room)?,
        file_name: image.file_name.clone(),
        problems: problems(&errors),
        alt: alt_choices(fields.get("alt_choice")),
        alt_text: field("alt_text"),
        caption: field("caption"),
        credit: field("credit"),
        terms: field("terms"),
        taken_on: field("taken_on"),
        last_day: field("last_day"),
        territory: field("territory"),
        licence: licence(image, (visit, room)),
        proposed: file.origins(&fields),
        file,
        shown: kept_or(&fields, "shown", &errors, image.words()?.fingerprint()),
        was: kept_or(&fields, "was", &errors, stored.encoded()),
        conflict,
        gone: uses.gone.clone().filter(|_| !is_typed),
        written: (uses.closed.is_some() && !is_typed).then(|| written(&stored)),
        uses,
        may_write: visit.staff.person.roles.may_write(),
        next: super::images::next_of(query),
        position: position(query),
    })
}

fn file_says(tx: &mut ReadTx<'_>, image: &LibraryImage) -> Result<FileSays, StorageError> {
    // To what nobody described yet, words are proposed; what somebody wrote stands.
    let is_new = image.words()? == Words::default();
    Ok(FileSays::of(&embedded::of(tx, image.shown.id)?, is_new))
}

/// What is written about the picture, in the order of the form.
fn written(stored: &Fields) -> Vec<Passage> {
    let alt_text = match stored.get("alt_choice") {
        "decorative" => "None: it is decorative",
        _ => stored.get("alt_text"),
    };
    let all = [
        ("Alt text", alt_text),
        ("Caption", stored.get("caption")),
        ("Credit", stored.get("credit")),
        ("Terms", stored.get("terms")),
        ("Day it was taken", stored.get("taken_on")),
        ("Last day of the licence", stored.get("last_day")),
        ("Territory", stored.get("territory")),
    ];
    let said = all.into_iter().filter(|(_, words)| !words.is_empty());
    said.map(|(name, words)| passage(name, words)).collect()
}

/// A form that comes back with complaints still looks at what it was opened with.
fn kept_or(fields: &Fields, name: &str, errors: &FieldErrors, now: String) -> String {
    if errors.is_empty() {
        now
    } else {
        fields.get(name).to_owned()
    }
}

pub(super) fn of_image(image: &LibraryImage) -> Fields {
    let mut fields = Fields::default();
    let choice = match image.alt_text {
        // Somebody who opens a new picture most likely wants to write.
        AltText::Unwritten | AltText::Written(_) => "written",
        AltText::Decorative => "decorative",
    };
    fields.set("alt_choice", choice);
    fields.set("alt_text", image.alt_text.text());
    fields.set("caption", &image.shown.caption);
    fields.set("credit", &image.shown.credit);
    fields.set("terms", &image.shown.terms);
    let taken_on = image.shown.taken_on.map(|day| day.to_string());
    fields.set("taken_on", &taken_on.unwrap_or_default());
    let last_day = image.licence.last_day.map(|day| day.to_string());
    fields.set("last_day", &last_day.unwrap_or_default());
    fields.set("territory", image.licence.territory.as_str());
    fields
}

fn licence(image: &LibraryImage, (visit, room): (&Visit, &Frame)) -> String {
    let Some(ends_at) = image.licence_ends_at else {
        return String::new();
    };
    let when = dates::staff_time(ends_at, &room.room.zone).words;
    if ends_at <= visit.now {
        format!(
            "The licence ended: since {when} readers see this picture nowhere. Where it stood on top, they see the kind’s graphic; in a body, nothing."
        )
    } else {
        format!("From {when} on readers see this picture nowhere, by themselves and at once.")
    }
}

fn alt_choices(chosen: &str) -> Vec<Choice> {
    vec![
        Choice::new("written", "It shows something: describe it", chosen),
        Choice::new(
            "decorative",
            "It is decorative: it says nothing that the text does not",
            chosen,
        ),
        Choice::new(
            "later",
            "Later (an item that uses it cannot go out before)",
            chosen,
        ),
    ]
}

fn facts(tx: &mut ReadTx<'_>, image: &LibraryImage, room: &Frame) -> Result<String, StorageError> {
    let when = dates::staff_time(image.uploaded_at, &room.room.zone).words;
    let who = name_of(tx, image.uploaded_by)?;
    let moves = if image.is_animated {
        " Only the first picture of this animation is kept."
    } else {
        ""
    };
    Ok(format!(
        "{}, {} × {} pixels, {}. Uploaded {when} by {who}.{moves}",
        image.format.to_uppercase(),
        image.shown.width,
        image.shown.height,
        size(image.byte_count),
    ))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// "2 of 3" while the pictures of one upload are described in a row.
fn position(query: &Fields) -> String {
    let of: usize = query.get("of").parse().unwrap_or_default();
    let after = query
        .get("then")
        .split(',')
        .filter(|number| !number.is_empty())
        .count();
    if of > 1 && after < of {
        format!("{} of {of}", of - after)
    } else {
        String::new()
    }
}
