//! The library: all pictures.

use askama::Template;

use super::editor_page::thumb;
use super::view::Choice;
use super::{AdminFrame, Visit};
use crate::clock::Instant;
use crate::keys::new_key;
use crate::media::ImageId;
use crate::media::intake::{LARGEST_FILE, MOST_PIXELS};
use crate::storage::images::{self, LibraryFilter, LibraryImage};
use crate::storage::room::Frame;
use crate::storage::uses::{self, Use};
use crate::storage::{ReadTx, StorageError};
use crate::web::view::{Link, Pager};
use crate::web::{Fields, Problem, paths};

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
