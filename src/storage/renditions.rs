//! The bytes of renditions, whole or in pieces, so that nobody has to hold a large one.
#![expect(
    clippy::disallowed_types,
    reason = "the declaration names the database that has these functions"
)]

use diesel::dsl::auto_type;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary};

use super::publications::{licensed_at, public_at};
use super::schema::{images, publications, renditions, revision_images, revisions};
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;
use crate::media::{CopyName, Crop, FocalPoint, ImageId, RECIPE, Rendition};

#[diesel::declare_sql_function]
extern "SQL" {
    /// In bytes, without reading them.
    fn length(bytes: Binary) -> BigInt;
    /// Counted from 1.
    fn substr(bytes: Binary, first: BigInt, count: BigInt) -> Binary;
}

/// As the column holds it: empty of the whole picture.
pub(super) fn crop_of(name: CopyName) -> String {
    name.crop.map(|crop| crop.to_string()).unwrap_or_default()
}

/// Whether a revision shows this copy of an image: the whole one wherever it stands, a crop only round the spot
/// that it gives its lead picture. Any other would tell what somebody who drafts is doing with the picture.
#[auto_type]
pub(super) fn shows(left: i64, right: i64, top: i64, bottom: i64) -> _ {
    renditions::crop.eq("").or(revisions::lead_image_id
        .eq(images::id.nullable())
        .and(revisions::focus_x.between(left, right))
        .and(revisions::focus_y.between(top, bottom)))
}

/// Between which spots one lies that a copy is cut round, from left to right and from the top down; of a whole
/// one, nobody asks.
pub(super) fn round(name: CopyName) -> [i64; 4] {
    let spot = name.crop.map(Crop::focus).unwrap_or_default();
    let (x, y) = (i64::from(spot.x()), i64::from(spot.y()));
    let near = FocalPoint::ROUNDED;
    [x - near, x + near, y - near, y + near]
}

/// Some of a rendition's bytes, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub bytes: Vec<u8>,
    pub of: usize,
}

/// So many bytes of a rendition from that one on, as far as it has them, for readers: only while a
/// public publication uses the image and its licence holds.
pub fn public_piece(
    tx: &mut ReadTx<'_>,
    hash: &str,
    name: CopyName,
    (first, count): (usize, usize),
    now: Instant,
) -> Result<Option<Piece>, StorageError> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let [left, right, top, bottom] = round(name);
    let uses = publications::table
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(revision_images::image_id.eq(images::id))
        .filter(shows(left, right, top, bottom))
        .filter(publications::face.eq_any(["live", "withdrawn"]))
        .filter(public_at(now.millis()));
    let found: Option<(i64, Vec<u8>)> = renditions::table
        .inner_join(images::table.on(images::id.eq(renditions::image_id)))
        .filter(images::hash.eq(hash))
        .filter(renditions::crop.eq(crop_of(name)))
        .filter(renditions::width.eq(i64::from(name.width)))
        .filter(renditions::format.eq(name.format.extension()))
        .filter(licensed_at(now.millis()))
        .filter(diesel::dsl::exists(uses))
        .select((
            length(renditions::bytes),
            substr(
                renditions::bytes,
                number(first).saturating_add(1),
                number(count),
            ),
        ))
        .first(tx.connection())
        .optional()?;
    Ok(found.map(|(of, bytes)| Piece {
        bytes,
        of: usize::try_from(of).unwrap_or_default(),
    }))
}

/// What readers are told of an image that went with its item; nothing where it was never public, or
/// still is.
pub fn removal(
    tx: &mut ReadTx<'_>,
    hash: &str,
    now: Instant,
) -> Result<Option<String>, StorageError> {
    Ok(publications::table
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .inner_join(images::table.on(images::id.eq(revision_images::image_id)))
        .filter(images::hash.eq(hash))
        .filter(publications::face.eq("gone"))
        .filter(public_at(now.millis()))
        .select(publications::public_note)
        .first(tx.connection())
        .optional()?)
}

pub(super) fn add(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    made: &[Rendition],
) -> Result<(), StorageError> {
    for rendition in made {
        diesel::insert_into(renditions::table)
            .values((
                renditions::image_id.eq(image.get()),
                renditions::width.eq(i64::from(rendition.name.width)),
                renditions::height.eq(i64::from(rendition.height)),
                renditions::format.eq(rendition.name.format.extension()),
                renditions::crop.eq(crop_of(rendition.name)),
                renditions::recipe.eq(RECIPE),
                renditions::bytes.eq(&rendition.bytes),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}
