//! The library's two pages: all pictures, and one picture with its words and uses.

use askama::Template;

use super::editor_page::{name_of, thumb};
use super::merge::Conflict;
use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit};
use crate::clock::Instant;
use crate::keys::new_key;
use crate::media::intake::{LARGEST_FILE, MOST_PIXELS};
use crate::media::{AltText, FocalPoint, ImageId};
use crate::prose::dates;
use crate::public::view::{Gallery, Photo};
use crate::storage::images::{self, LibraryFilter, LibraryImage};
use crate::storage::room::Frame;
use crate::storage::uses::{self, Use};
use crate::storage::{ReadTx, StorageError};
use crate::web::view::{Link, Pager};
use crate::web::{FieldErrors, Fields, Problem, paths};

const PER_PAGE: u64 = 24;

#[derive(Template)]
#[template(path = "admin/images.html")]
pub(super) struct ImagesPage {
    frame: AdminFrame,
    form_key: String,
    came: Came,
    words: String,
    shows: Vec<Choice>,
    tiles: Vec<ImageTile>,
    count: String,
    pager: Pager,
    filtered: bool,
    limits: String,
}

/// What came of an upload that did not succeed whole.
#[derive(Default)]
pub(super) struct Came {
    /// How many were taken; empty where none were.
    pub taken: String,
    /// To the pictures that were taken.
    pub go_on: Option<Link>,
    pub refused: Vec<String>,
}

/// One picture of the grid.
pub(super) struct ImageTile {
    pub number: String,
    pub href: String,
    pub thumb: String,
    pub alt: String,
    pub file_name: String,
    pub credit: String,
    pub uses: String,
    pub missing: Vec<String>,
}

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
    /// The fingerprint of the words as they are stored, and the fields as they were opened.
    shown: String,
    was: String,
    conflict: Option<Conflict>,
    uses: Vec<Link>,
    next: Option<String>,
    position: String,
}

pub(super) fn images_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    room: &Frame,
    fields: &Fields,
    came: Came,
) -> Result<ImagesPage, Problem> {
    let filter = LibraryFilter {
        words: fields.get("words").trim().chars().take(200).collect(),
        unused: fields.get("show") == "unused",
        without_alt_text: fields.get("show") == "without-alt-text",
    };
    let number = fields.page();
    let count = images::count(tx, &filter, visit.now)?;
    let newest = images::newest(tx, &filter, ((number - 1) * PER_PAGE, PER_PAGE), visit.now)?;
    let address = |page: u64| {
        let pairs = [
            ("words", fields.get("words")),
            ("show", fields.get("show")),
            ("page", &page.to_string()),
        ];
        paths::with_query(paths::IMAGES, &pairs)
    };
    Ok(ImagesPage {
        frame: visit.frame(room),
        form_key: new_key(),
        came,
        shows: shows(fields),
        tiles: tiles(tx, newest, visit.now)?,
        count: if count == 1 {
            "1 picture".to_owned()
        } else {
            format!("{count} pictures")
        },
        pager: Pager::new(number, count, PER_PAGE, address),
        filtered: !filter.words.is_empty() || filter.unused || filter.without_alt_text,
        words: filter.words,
        limits: format!(
            "JPEG, PNG, WebP or GIF, up to {} MB and {} megapixels each.",
            LARGEST_FILE / 1_000_000,
            MOST_PIXELS / 1_000_000
        ),
    })
}

fn shows(fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("show");
    vec![
        Choice::new("", "All pictures", chosen),
        Choice::new("unused", "Not used", chosen),
        Choice::new("without-alt-text", "Without alt text", chosen),
    ]
}

pub(super) fn tiles(
    tx: &mut ReadTx<'_>,
    newest: Vec<LibraryImage>,
    now: Instant,
) -> Result<Vec<ImageTile>, StorageError> {
    let ids: Vec<ImageId> = newest.iter().map(|image| image.shown.id).collect();
    let uses = uses::of(tx, &ids, now)?;
    Ok(newest.iter().map(|image| tile(image, &uses)).collect())
}

fn tile(image: &LibraryImage, uses: &[Use]) -> ImageTile {
    let mut missing = Vec::new();
    if !image.alt_text.is_settled() {
        missing.push("No alt text yet".to_owned());
    }
    if image.shown.credit.is_empty() {
        missing.push("No credit".to_owned());
    }
    let id = image.shown.id;
    ImageTile {
        number: id.to_string(),
        href: paths::image(id),
        thumb: thumb(image),
        alt: image.shown.alt.clone(),
        file_name: image.file_name.clone(),
        credit: image.shown.credit.clone(),
        uses: match uses.iter().filter(|a_use| a_use.image == id).count() {
            0 => "Not used".to_owned(),
            1 => "Used in 1 item".to_owned(),
            several => format!("Used in {several} items"),
        },
        missing,
    }
}

/// What a picture's form holds besides what is stored.
#[derive(Default)]
pub(super) struct Typed {
    pub fields: Fields,
    pub errors: FieldErrors,
    pub conflict: Option<Conflict>,
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
    let Typed {
        fields,
        errors,
        conflict,
    } = typed.unwrap_or_else(|| Typed {
        fields: stored.clone(),
        ..Typed::default()
    });
    let field = |name: &str| Field::of(name, &fields, &errors);
    let uses = uses::of(tx, &[image.shown.id], visit.now)?;
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
        shown: kept_or(&fields, "shown", &errors, image.words()?.fingerprint()),
        was: kept_or(&fields, "was", &errors, stored.encoded()),
        conflict,
        uses: uses.iter().map(use_link).collect(),
        next: super::images::next_of(query),
        position: position(query),
    })
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
    fields
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
    Ok(format!(
        "{}, {} × {} pixels, {}. Uploaded {when} by {who}.",
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

fn use_link(a_use: &Use) -> Link {
    Link::new(&a_use.title, paths::item(a_use.item))
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
