//! The pictures and files that go out with a revision, as they are now.

use diesel::prelude::*;

use super::files;
use super::images::{LibraryRow, SHOWN, ShownColumns, library_image};
use super::schema::{images, revision_images};
use super::{ReadTx, StorageError};
use crate::newsroom::RevisionId;
use crate::newsroom::enclosures::{Enclosure, Enclosures, Which};

pub fn of(tx: &mut ReadTx<'_>, revision: RevisionId) -> Result<Enclosures, StorageError> {
    let mut all = Vec::new();
    let pictures: Vec<(ShownColumns, LibraryRow)> = revision_images::table
        .inner_join(images::table.on(images::id.eq(revision_images::image_id)))
        .filter(revision_images::revision_id.eq(revision.get()))
        .select((SHOWN, LibraryRow::as_select()))
        .load(tx.connection())?;
    for row in pictures {
        let picture = library_image(row)?;
        all.push(Enclosure {
            words: picture.words()?.fingerprint(),
            which: Which::Picture(picture.shown.id),
            name: picture.file_name,
            bytes: picture.shown.hash,
        });
    }
    let named = files::of_revision(tx, revision)?;
    for file in files::all_of(tx, &named)? {
        all.push(Enclosure {
            which: Which::File(file.id),
            // Bytes that came back are another version, which somebody has to look at again.
            bytes: format!("{} {}", file.version, file.hash),
            words: file.words.fingerprint(),
            name: if file.words.title.is_empty() {
                file.file_name
            } else {
                file.words.title.as_str().to_owned()
            },
        });
    }
    Ok(Enclosures::new(all))
}
