//! Photos that journalists may take: those that a public page shows now, with that page's address.

use diesel::prelude::*;

use super::images::{SHOWN, ShownColumns, ShownImage};
use super::publications::{licensed_at, public_at};
use super::schema::{images, publications, revision_images, revisions, room};
use super::{ReadTx, StorageError};
use crate::clock::Instant;

/// An image on a page that readers can read.
pub struct PublicUse {
    pub image: ShownImage,
    /// Of the item that was published last, where several show it.
    pub slug: String,
    pub title: String,
    pub room: String,
}

/// Nothing while no public publication uses the image, or when its licence has ended.
pub fn public_use(
    tx: &mut ReadTx<'_>,
    hash: &str,
    now: Instant,
) -> Result<Option<PublicUse>, StorageError> {
    let row: Option<(ShownColumns, String, String)> = publications::table
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
        .select((SHOWN, revisions::slug, revisions::title))
        .first(tx.connection())
        .optional()?;
    let Some((image, slug, title)) = row else {
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
    }))
}
