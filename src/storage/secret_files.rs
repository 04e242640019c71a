//! What the leak check looks for in files: the words of those that readers must not see, and their addresses.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::publications::public_at;
use super::schema::{files, publications, revision_files};
use super::secrets::{Room, Secret};
use super::{ReadTx, StorageError};
use crate::clock::Instant;

/// The files that something with one of these faces names now.
fn named(tx: &mut ReadTx<'_>, faces: &[&str], now: Instant) -> Result<BTreeSet<i64>, StorageError> {
    let present: public_at = public_at(now.millis());
    let named: Vec<i64> = revision_files::table
        .inner_join(
            publications::table.on(publications::revision_id.eq(revision_files::revision_id)),
        )
        .filter(present)
        .filter(publications::face.eq_any(faces))
        .select(revision_files::file_id)
        .load(tx.connection())?;
    Ok(named.into_iter().collect())
}

pub(super) fn files(
    tx: &mut ReadTx<'_>,
    now: Instant,
    found: &mut Room,
) -> Result<(), StorageError> {
    let shown = named(tx, &["live", "withdrawn"], now)?;
    let gone = named(tx, &["gone"], now)?;
    let rows: Vec<(i64, String, String, String, String, String)> = files::table
        .select((
            files::id,
            files::key,
            files::format,
            files::title,
            files::contact,
            files::file_name,
        ))
        .load(tx.connection())?;
    for (id, key, format, title, contact, file_name) in rows {
        let mut secret = |part: &str, words: String| {
            found.words.push(Secret {
                place: format!("file {id}, {part}"),
                words,
            });
        };
        secret("file name", file_name);
        let name = format!("{key}.{format}");
        found.files.push(name.clone());
        if shown.contains(&id) {
            found.public_words.extend([title, contact]);
            continue;
        }
        secret("title", title);
        secret("contact", contact);
        if gone.contains(&id) {
            found.gone_files.insert(name.clone());
        }
        found.hidden_files.push(Secret {
            place: format!("file {id}"),
            words: name,
        });
    }
    Ok(())
}
