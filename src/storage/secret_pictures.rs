//! What the leak check looks for in pictures: the words of those that readers must not see, what their
//! files say, and their addresses.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::columns::from_json;
use super::publications::{licensed_at, public_at};
use super::schema::{embedded_words, images, publications, renditions, revision_images};
use super::secrets::{Room, Secret};
use super::{ReadTx, StorageError, collections};
use crate::clock::Instant;
use crate::media::metadata::Metadata;

/// The pictures on what readers see, but for those whose licence has ended.
fn shown(tx: &mut ReadTx<'_>, now: Instant) -> Result<BTreeSet<i64>, StorageError> {
    let licensed: licensed_at = licensed_at(now.millis());
    let present: public_at = public_at(now.millis());
    let shown: Vec<i64> = revision_images::table
        .inner_join(
            publications::table.on(publications::revision_id.eq(revision_images::revision_id)),
        )
        .inner_join(images::table.on(images::id.eq(revision_images::image_id)))
        .filter(present)
        .filter(licensed)
        .filter(publications::face.eq_any(["live", "withdrawn"]))
        .select(revision_images::image_id)
        .load(tx.connection())?;
    Ok(shown.into_iter().collect())
}

/// Whatever of it a person took over is public by itself.
fn what_files_say(tx: &mut ReadTx<'_>, found: &mut Room) -> Result<(), StorageError> {
    let rows: Vec<(i64, String)> = embedded_words::table
        .select((embedded_words::image_id, embedded_words::facts))
        .load(tx.connection())?;
    for (image, facts) in rows {
        let metadata: Metadata = from_json("embedded_words.facts", &facts)?;
        found.words.extend(metadata.iter().map(|fact| Secret {
            place: format!("file of picture {image}"),
            words: fact.text(),
        }));
    }
    Ok(())
}

/// Id, hash, alt text, caption, credit, terms, file name.
type Picture = (i64, String, String, String, String, (String, String));

pub(super) fn pictures(
    tx: &mut ReadTx<'_>,
    now: Instant,
    found: &mut Room,
) -> Result<(), StorageError> {
    let shown = shown(tx, now)?;
    let rows: Vec<Picture> = images::table
        .select((
            images::id,
            images::hash,
            images::alt_text,
            images::caption,
            images::credit,
            (images::terms, images::file_name),
        ))
        .load(tx.connection())?;
    what_files_say(tx, found)?;
    what_collections_are_called(tx, found)?;
    for (id, hash, alt, caption, credit, (terms, name)) in rows {
        found.words.push(Secret {
            place: format!("picture {id}, file name"),
            words: name,
        });
        if shown.contains(&id) {
            found.public_words.extend([alt, caption, credit, terms]);
            continue;
        }
        for (part, words) in [
            ("alt text", alt),
            ("caption", caption),
            ("credit", credit),
            ("terms", terms),
        ] {
            found.words.push(Secret {
                place: format!("picture {id}, {part}"),
                words,
            });
        }
        found.hidden_images.push(Secret {
            place: format!("picture {id}"),
            words: hash,
        });
    }
    addresses(tx, now, found)
}

/// Collections are for staff alone.
fn what_collections_are_called(tx: &mut ReadTx<'_>, found: &mut Room) -> Result<(), StorageError> {
    let secret = |one: collections::Collection| Secret {
        place: format!("collection {}", one.id),
        words: one.name.as_str().to_owned(),
    };
    let all = collections::all(tx)?;
    found.words.extend(all.into_iter().map(secret));
    Ok(())
}

/// The addresses of all pictures, and whose are answered with "gone".
fn addresses(tx: &mut ReadTx<'_>, now: Instant, found: &mut Room) -> Result<(), StorageError> {
    let present: public_at = public_at(now.millis());
    let gone: Vec<String> = revision_images::table
        .inner_join(
            publications::table.on(publications::revision_id.eq(revision_images::revision_id)),
        )
        .inner_join(images::table.on(images::id.eq(revision_images::image_id)))
        .filter(publications::face.eq("gone"))
        .filter(present)
        .select(images::hash)
        .load(tx.connection())?;
    found.gone_images = gone.into_iter().collect();
    let rows: Vec<(String, String, i64, String)> = renditions::table
        .inner_join(images::table.on(images::id.eq(renditions::image_id)))
        .select((
            images::hash,
            renditions::crop,
            renditions::width,
            renditions::format,
        ))
        .load(tx.connection())?;
    let named = rows.into_iter().map(|(hash, crop, width, format)| {
        let gap = if crop.is_empty() { "" } else { "-" };
        (hash, format!("{crop}{gap}{width}.{format}"))
    });
    found.renditions = named.collect();
    Ok(())
}
