//! Images: their words, their bytes, and whether the public may see them.

use std::str::FromStr;

use diesel::prelude::*;

use super::columns::{narrow, parsed};
use super::embedded;
use super::folded::folded;
use super::publications::{public_at, scheduled_after};
use super::renditions::crop_of;
use super::schema::{images, originals, publications, renditions, revision_images, room};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::image::Words;
use crate::media::intake::Taken;
use crate::media::{AltText, CopyName, ImageHash, ImageId, LastDay, Licence, Ready, TakenOn, Tone};
use crate::newsroom::alt_text::{Weakness, weakness};
use crate::zone::Zone;

/// An image as a page shows it.
#[derive(Clone, Debug)]
pub struct ShownImage {
    pub id: ImageId,
    pub hash: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub caption: String,
    pub credit: String,
    pub terms: String,
    /// Where somebody knows it.
    pub taken_on: Option<TakenOn>,
    /// Which copies there are besides the whole picture as JPEG and WebP.
    pub ready: Ready,
    pub tone: Option<Tone>,
}

pub(super) type ShownColumns = (
    i64,
    String,
    i64,
    i64,
    String,
    String,
    String,
    String,
    String,
    (String, String),
);

/// What was made of its file.
type CopyColumns = (images::ready, images::tone);

pub(super) const SHOWN: (
    images::id,
    images::hash,
    images::width,
    images::height,
    images::alt_text,
    images::caption,
    images::credit,
    images::terms,
    images::taken_on,
    CopyColumns,
) = (
    images::id,
    images::hash,
    images::width,
    images::height,
    images::alt_text,
    images::caption,
    images::credit,
    images::terms,
    images::taken_on,
    (images::ready, images::tone),
);

impl ShownImage {
    pub(super) fn from_columns(columns: ShownColumns) -> Result<Self, StorageError> {
        let (id, hash, width, height, alt, caption, credit, terms, taken_on, copies) = columns;
        let (ready, tone) = copies;
        Ok(Self {
            id: ImageId::new(id),
            hash,
            width: narrow("images.width", width)?,
            height: narrow("images.height", height)?,
            alt,
            caption,
            credit,
            terms,
            taken_on: known("images.taken_on", &taken_on)?,
            ready: parsed("images.ready", &ready)?,
            tone: known("images.tone", &tone)?,
        })
    }
}

/// A text column that is empty where nobody knows.
fn known<T: FromStr>(column: &'static str, value: &str) -> Result<Option<T>, StorageError> {
    (!value.is_empty())
        .then(|| parsed(column, value))
        .transpose()
}

/// An image as staff know it.
#[derive(Clone, Debug)]
pub struct LibraryImage {
    pub shown: ShownImage,
    pub alt_text: AltText,
    pub file_name: String,
    pub format: String,
    pub byte_count: u64,
    pub uploaded_by: PersonId,
    pub uploaded_at: Instant,
    /// Whether its file moves; readers see the first picture of it.
    pub is_animated: bool,
    /// Since when it lies in the trash.
    pub trashed_at: Option<Instant>,
    pub licence: Licence,
    /// From when on no reader sees it, because its licence has ended.
    pub licence_ends_at: Option<Instant>,
}

impl LibraryImage {
    pub fn words(&self) -> Result<Words, StorageError> {
        Ok(Words {
            alt_text: self.alt_text.clone(),
            caption: parsed("images.caption", &self.shown.caption)?,
            credit: parsed("images.credit", &self.shown.credit)?,
            terms: parsed("images.terms", &self.shown.terms)?,
            taken_on: self.shown.taken_on,
            licence: self.licence.clone(),
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = images)]
pub(super) struct LibraryRow {
    alt_state: String,
    file_name: String,
    format: String,
    byte_count: i64,
    uploaded_by: i64,
    uploaded_at: i64,
    trashed_at: Option<i64>,
    licence_last_day: String,
    licence_ends_at: Option<i64>,
    territory: String,
    is_animated: bool,
}

pub(super) fn library_image(
    (shown, row): (ShownColumns, LibraryRow),
) -> Result<LibraryImage, StorageError> {
    let shown = ShownImage::from_columns(shown)?;
    let alt_text = match row.alt_state.as_str() {
        "decorative" => AltText::Decorative,
        "written" => AltText::written(&shown.alt)
            .map_err(|_source| super::columns::unreadable("images.alt_text", &shown.alt))?,
        _unwritten => AltText::Unwritten,
    };
    Ok(LibraryImage {
        shown,
        alt_text,
        file_name: row.file_name,
        format: row.format,
        byte_count: narrow("images.byte_count", row.byte_count)?,
        uploaded_by: PersonId::new(row.uploaded_by),
        uploaded_at: Instant::from_millis(row.uploaded_at),
        is_animated: row.is_animated,
        trashed_at: row.trashed_at.map(Instant::from_millis),
        licence: Licence {
            last_day: known("images.licence_last_day", &row.licence_last_day)?,
            territory: parsed("images.territory", &row.territory)?,
        },
        licence_ends_at: row.licence_ends_at.map(Instant::from_millis),
    })
}

/// One that lies in the trash is found too; one that was emptied out of it is not.
pub fn find(tx: &mut ReadTx<'_>, id: ImageId) -> Result<Option<LibraryImage>, StorageError> {
    images::table
        .find(id.get())
        .filter(images::emptied_at.is_null())
        .select((SHOWN, LibraryRow::as_select()))
        .first(tx.connection())
        .optional()?
        .map(library_image)
        .transpose()
}

/// Of these images, the ones that exist and are not in the trash, as a page shows them.
pub fn shown(tx: &mut ReadTx<'_>, ids: &[ImageId]) -> Result<Vec<ShownImage>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    images::table
        .filter(images::id.eq_any(numbers))
        .filter(images::trashed_at.is_null())
        .select(SHOWN)
        .load::<ShownColumns>(tx.connection())?
        .into_iter()
        .map(ShownImage::from_columns)
        .collect()
}

/// Whether the alt text of each of these is settled; the ones that are not, by file name.
pub fn without_alt_text(tx: &mut ReadTx<'_>, ids: &[ImageId]) -> Result<Vec<String>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    Ok(images::table
        .filter(images::id.eq_any(numbers))
        .filter(images::alt_state.eq("unwritten"))
        .order(images::id)
        .select(images::file_name)
        .load(tx.connection())?)
}

/// A file that is about to enter the library.
pub struct NewImage<'a> {
    pub taken: &'a Taken,
    pub original: &'a [u8],
    pub file_name: &'a str,
    pub by: PersonId,
    pub now: Instant,
}

/// The image, its original and all its renditions, or nothing.
pub fn add(tx: &mut WriteTx<'_>, new: &NewImage<'_>) -> Result<ImageId, StorageError> {
    let taken = new.taken;
    let id: i64 = diesel::insert_into(images::table)
        .values((
            images::hash.eq(taken.hash.as_str()),
            images::file_name.eq(new.file_name),
            images::format.eq(taken.format.as_str()),
            images::width.eq(i64::from(taken.width)),
            images::height.eq(i64::from(taken.height)),
            images::byte_count.eq(i64::try_from(new.original.len()).unwrap_or(i64::MAX)),
            images::alt_state.eq("unwritten"),
            images::alt_text.eq(""),
            images::caption.eq(""),
            images::credit.eq(""),
            images::terms.eq(""),
            images::words_folded.eq(folded(new.file_name)),
            images::alt_weakness.eq(Some(Weakness::Missing.as_str())),
            images::uploaded_by.eq(new.by.get()),
            images::uploaded_at.eq(new.now.millis()),
            images::tone.eq(tone_of(taken)),
            images::is_animated.eq(taken.is_animated),
        ))
        .returning(images::id)
        .get_result(tx.connection())?;
    diesel::insert_into(originals::table)
        .values((
            originals::image_id.eq(id),
            originals::bytes.eq(new.original),
        ))
        .execute(tx.connection())?;
    let id = ImageId::new(id);
    super::renditions::add(tx, id, &taken.renditions)?;
    embedded::add(tx, id, &taken.metadata)?;
    Ok(id)
}

/// As the column holds it.
pub(super) fn tone_of(taken: &Taken) -> String {
    taken.tone.map(|tone| tone.to_string()).unwrap_or_default()
}

pub fn describe(tx: &mut WriteTx<'_>, id: ImageId, words: &Words) -> Result<(), StorageError> {
    let taken_on = words
        .taken_on
        .map(|day| day.to_string())
        .unwrap_or_default();
    let last_day = words.licence.last_day;
    let ends_at = last_day.map(|day| after(tx, day)).transpose()?.flatten();
    let last_day = last_day.map(|day| day.to_string()).unwrap_or_default();
    let file_name: String = images::table
        .find(id.get())
        .select(images::file_name)
        .first(tx.connection())?;
    let weak = weakness(&words.alt_text, words.caption.as_str(), &file_name);
    let searched = [
        file_name.as_str(),
        words.alt_text.text(),
        words.caption.as_str(),
        words.credit.as_str(),
        words.terms.as_str(),
        words.licence.territory.as_str(),
    ];
    diesel::update(images::table.find(id.get()))
        .set((
            images::alt_state.eq(state_of(&words.alt_text)),
            images::alt_weakness.eq(weak.map(Weakness::as_str)),
            images::alt_text.eq(words.alt_text.text()),
            images::caption.eq(words.caption.as_str()),
            images::credit.eq(words.credit.as_str()),
            images::terms.eq(words.terms.as_str()),
            images::taken_on.eq(taken_on),
            images::licence_last_day.eq(last_day),
            images::licence_ends_at.eq(ends_at.map(Instant::millis)),
            images::territory.eq(words.licence.territory.as_str()),
            images::words_folded.eq(folded(&searched.join("\n"))),
        ))
        .execute(tx.connection())?;
    Ok(())
}

const fn state_of(alt_text: &AltText) -> &'static str {
    match alt_text {
        AltText::Unwritten => "unwritten",
        AltText::Decorative => "decorative",
        AltText::Written(_) => "written",
    }
}

/// The first instant after that day, in the room's zone.
fn after(tx: &mut ReadTx<'_>, last_day: LastDay) -> Result<Option<Instant>, StorageError> {
    let zone: Option<String> = room::table
        .select(room::zone)
        .first(tx.connection())
        .optional()?;
    let zone = zone.and_then(|name| Zone::named(&name).ok());
    let next = last_day.date().tomorrow().ok();
    Ok(next.and_then(|day| zone.unwrap_or_else(Zone::utc).first_moment(day)))
}

/// The image of exactly these bytes, if the library has it.
pub fn by_hash(tx: &mut ReadTx<'_>, hash: &ImageHash) -> Result<Option<ImageId>, StorageError> {
    let id: Option<i64> = images::table
        .filter(images::hash.eq(hash.as_str()))
        .select(images::id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(ImageId::new))
}

/// Whether a public page shows this image now, or one that is scheduled will.
pub fn is_or_will_be_public(
    tx: &mut ReadTx<'_>,
    id: ImageId,
    now: Instant,
) -> Result<bool, StorageError> {
    let seen: Option<i64> = publications::table
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_images::image_id.eq(id.get()))
        .filter(publications::face.eq_any(["live", "withdrawn"]))
        .filter(public_at(now.millis()).or(scheduled_after(now.millis())))
        .select(publications::id)
        .first(tx.connection())
        .optional()?;
    Ok(seen.is_some())
}

/// A rendition for staff, whoever uses it.
pub fn staff_rendition(
    tx: &mut ReadTx<'_>,
    id: ImageId,
    name: CopyName,
) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(renditions::table
        .filter(renditions::image_id.eq(id.get()))
        .filter(renditions::crop.eq(crop_of(name)))
        .filter(renditions::width.eq(i64::from(name.width)))
        .filter(renditions::format.eq(name.format.extension()))
        .select(renditions::bytes)
        .first(tx.connection())
        .optional()?)
}
