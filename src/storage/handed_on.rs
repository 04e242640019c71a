//! Photos that journalists may take: those that a public page shows now, with that page's address.

use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;

use super::columns::parsed;
use super::images::{SHOWN, ShownColumns, ShownImage};
use super::publications::{licensed_at, public_at};
use super::schema::{images, originals, publications, revision_images, revisions, room};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::media::OriginalFormat;

/// An image on a page that readers can read.
pub struct PublicUse {
    pub image: ShownImage,
    /// Of the item that was published last, where several show it.
    pub slug: String,
    pub title: String,
    pub room: String,
    /// In which its pictures stand, in this order: the one on top, those of the text, those of the notes.
    pub lead: Option<i64>,
    pub texts: [String; 2],
}

/// Of the revision: slug, title, lead picture, body, notes.
type Words = (String, String, Option<i64>, String, String);

/// Nothing while no public publication uses the image, or when its licence has ended.
pub fn public_use(
    tx: &mut ReadTx<'_>,
    hash: &str,
    now: Instant,
) -> Result<Option<PublicUse>, StorageError> {
    let row: Option<(ShownColumns, Words)> = publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .inner_join(images::table.on(images::id.eq(revision_images::image_id)))
        .filter(images::hash.eq(hash))
        .filter(publications::face.eq_any(["live", "withdrawn"]))
        .filter(public_at(now.millis()))
        .filter(licensed_at(now.millis()))
        .order((publications::published_at.desc(), publications::id.desc()))
        .select((
            SHOWN,
            (
                revisions::slug,
                revisions::title,
                revisions::lead_image_id,
                revisions::body,
                revisions::notes,
            ),
        ))
        .first(tx.connection())
        .optional()?;
    let Some((image, (slug, title, lead, body, notes))) = row else {
        return Ok(None);
    };
    let room: Option<String> = room::table
        .select(room::name)
        .first(tx.connection())
        .optional()?;
    Ok(Some(PublicUse {
        image: ShownImage::from_columns(image)?,
        slug,
        title,
        room: room.unwrap_or_default(),
        lead,
        texts: [body, notes],
    }))
}

/// Whether readers may still have what was made of this image: its file is the same, and a public page
/// shows it.
pub fn is_public(
    tx: &mut ReadTx<'_>,
    image: &ShownImage,
    now: Instant,
) -> Result<bool, StorageError> {
    let found: Option<i64> = images::table
        .filter(images::id.eq(image.id.get()))
        .filter(images::hash.eq(&image.hash))
        .filter(licensed_at(now.millis()))
        .filter(exists(shown(now.millis())))
        .select(images::id)
        .first(tx.connection())
        .optional()?;
    Ok(found.is_some())
}

/// The bytes as somebody sent them, to make a copy of; only of what [`is_public`]. The number alone would
/// name another file after a replacement.
pub fn original(
    tx: &mut ReadTx<'_>,
    image: &ShownImage,
    now: Instant,
) -> Result<Option<(OriginalFormat, Vec<u8>)>, StorageError> {
    let row: Option<(String, Vec<u8>)> = originals::table
        .inner_join(images::table.on(images::id.eq(originals::image_id)))
        .filter(images::id.eq(image.id.get()))
        .filter(images::hash.eq(&image.hash))
        .filter(licensed_at(now.millis()))
        .filter(exists(shown(now.millis())))
        .select((images::format, originals::bytes))
        .first(tx.connection())
        .optional()?;
    row.map(|(format, bytes)| Ok((parsed("images.format", &format)?, bytes)))
        .transpose()
}

/// What readers see and shows the image.
#[auto_type]
fn shown(now: i64) -> _ {
    let public: public_at = public_at(now);
    publications::table
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_images::image_id.eq(images::id))
        .filter(
            publications::face
                .eq("live")
                .or(publications::face.eq("withdrawn")),
        )
        .filter(public)
}
