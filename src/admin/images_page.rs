//! The library: all pictures, or what lies in its trash.

use askama::Template;

use super::editor_page::thumb;
use super::images_asked::{Asked, Filters, address, views};
use super::view::Names;
use super::{AdminFrame, Visit};
use crate::clock::Instant;
use crate::keys::new_key;
use crate::media::ImageId;
use crate::media::intake::{LARGEST_FILE, MOST_PIXELS};
use crate::newsroom::library::emptied_at;
use crate::prose::dates::{self, DateWords};
use crate::storage::images::LibraryImage;
use crate::storage::room::Frame;
use crate::storage::uses;
use crate::storage::{ReadTx, StorageError, collections, library};
use crate::web::view::{Link, Pager};
use crate::web::{Fields, Problem, paths};

const PER_PAGE: u64 = 24;

#[derive(Template)]
#[template(path = "admin/images.html")]
pub(super) struct ImagesPage {
    frame: AdminFrame,
    form_key: String,
    came: Came,
    filters: Filters,
    views: Vec<Link>,
    as_table: bool,
    in_trash: bool,
    tiles: Vec<ImageTile>,
    count: String,
    pager: Pager,
    limits: String,
    may_write: bool,
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

/// One picture of the list.
pub(super) struct ImageTile {
    /// What a form names it by where several can be chosen; else empty.
    pub pick: String,
    pub number: String,
    pub href: String,
    pub thumb: String,
    /// The alt text, or the file name where there is none.
    pub name: String,
    pub file_name: String,
    pub caption: String,
    pub credit: String,
    pub terms: String,
    pub uploaded: DateWords,
    pub uploaded_by: String,
    pub uses: String,
    pub missing: Vec<String>,
    /// When it is gone, of one that lies in the trash.
    pub gone: Option<DateWords>,
}

pub(super) fn images_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    room: &Frame,
    fields: &Fields,
    came: Came,
) -> Result<ImagesPage, Problem> {
    let asked = Asked::of(fields, &room.room.zone);
    let number = fields.page();
    let count = library::count(tx, &asked.filter, visit.now)?;
    let window = ((number - 1) * PER_PAGE, PER_PAGE);
    let found = library::page(tx, (&asked.filter, asked.sort), window, visit.now)?;
    let may_write = visit.staff.person.roles.may_write();
    let names = Names::all(tx)?;
    let mut tiles = tiles(tx, found, (&names, room), visit.now)?;
    if !may_write {
        for tile in &mut tiles {
            tile.pick.clear();
        }
    }
    Ok(ImagesPage {
        frame: visit.frame(room),
        form_key: new_key(),
        came,
        filters: Filters::of((&names, &collections::all(tx)?), &asked, fields),
        views: views(&asked, fields),
        as_table: asked.as_table,
        in_trash: asked.filter.in_trash,
        tiles,
        count: counted(count, "picture"),
        pager: Pager::new(number, count, PER_PAGE, |page| {
            address(fields, &[("page", &page.to_string())])
        }),
        limits: limits(),
        may_write,
    })
}

pub(super) fn limits() -> String {
    format!(
        "JPEG, PNG, WebP or GIF, up to {} MB and {} megapixels each. Of an animation, the first picture is kept.",
        LARGEST_FILE / 1_000_000,
        MOST_PIXELS / 1_000_000
    )
}

/// `1 picture`, `3 pictures`.
pub(super) fn counted(count: u64, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

/// In how many items a picture is used, in a sentence without its end.
pub(super) fn used_in(count: usize) -> String {
    match count {
        0 => "Not used".to_owned(),
        1 => "Used in 1 item".to_owned(),
        several => format!("Used in {several} items"),
    }
}

/// Pictures with their uses, in two statements however many they are.
pub(super) fn tiles(
    tx: &mut ReadTx<'_>,
    found: Vec<LibraryImage>,
    (names, room): (&Names, &Frame),
    now: Instant,
) -> Result<Vec<ImageTile>, StorageError> {
    let ids: Vec<ImageId> = found.iter().map(|image| image.shown.id).collect();
    let uses = uses::counts(tx, &ids, now)?;
    found
        .iter()
        .map(|image| {
            let items = uses.get(&image.shown.id).copied();
            tile(image, items.unwrap_or_default(), names, room)
        })
        .collect()
}

fn tile(
    image: &LibraryImage,
    items: usize,
    names: &Names,
    room: &Frame,
) -> Result<ImageTile, StorageError> {
    let id = image.shown.id;
    let zone = &room.room.zone;
    Ok(ImageTile {
        pick: pick(id, &image.words()?.fingerprint()),
        number: id.to_string(),
        href: paths::image(id),
        thumb: thumb(image),
        name: name(image),
        file_name: image.file_name.clone(),
        caption: image.shown.caption.clone(),
        credit: image.shown.credit.clone(),
        terms: image.shown.terms.clone(),
        uploaded: dates::staff_time(image.uploaded_at, zone),
        uploaded_by: names.of(image.uploaded_by),
        uses: used_in(items),
        missing: missing(image),
        gone: image
            .trashed_at
            .map(|since| dates::staff_time(emptied_at(since), zone)),
    })
}

/// A picture as the list names it: its number and the fingerprint of its words.
pub(super) fn pick(image: ImageId, fingerprint: &str) -> String {
    format!("{image}.{fingerprint}")
}

/// What people know a picture by.
pub(super) fn name(image: &LibraryImage) -> String {
    if image.shown.alt.is_empty() {
        image.file_name.clone()
    } else {
        image.shown.alt.clone()
    }
}

fn missing(image: &LibraryImage) -> Vec<String> {
    let mut missing = Vec::new();
    if !image.alt_text.is_settled() {
        missing.push("No alt text yet".to_owned());
    }
    if image.shown.credit.is_empty() {
        missing.push("No credit".to_owned());
    }
    missing
}
