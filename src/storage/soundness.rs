//! Whether the room's file is sound: its pages, what its rows refer to, its tables and triggers, and
//! every promise that its rows can show.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::connection::pattern;
use super::file_bytes;
use super::invariants::INVARIANTS;
use super::schema::{file_versions, images, originals, revision_images, revisions};
use super::{ReadTx, StorageError};
use crate::media::{ImageHash, ImageId};
use crate::newsroom::RevisionId;

/// A promise that does not hold, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub promise: String,
    /// The first few.
    pub places: Vec<String>,
    /// How many there are in all.
    pub count: usize,
}

impl Broken {
    /// How many places a report names.
    const NAMED: usize = 10;

    /// Nothing where there is no such place.
    pub fn at(promise: &str, places: Vec<String>) -> Option<Self> {
        (!places.is_empty()).then(|| Self {
            promise: promise.to_owned(),
            count: places.len(),
            places: places.into_iter().take(Self::NAMED).collect(),
        })
    }
}

/// How many questions [`look`] asks.
pub fn questions() -> usize {
    // Integrity, references, tables, bytes of originals, bytes of files.
    INVARIANTS.len() + 5
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    one: String,
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    from_table: String,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

#[derive(QueryableByName)]
struct Part {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

fn places(tx: &mut ReadTx<'_>, query: &str) -> Result<Vec<String>, StorageError> {
    let rows: Vec<Word> = diesel::sql_query(query).load(tx.connection())?;
    Ok(rows.into_iter().map(|row| row.one).collect())
}

/// Everything that is broken, in the order of the questions.
pub fn look(tx: &mut ReadTx<'_>) -> Result<Vec<Broken>, StorageError> {
    let mut found = Vec::new();
    found.extend(pages(tx)?);
    found.extend(references(tx)?);
    found.extend(tables(tx)?);
    for invariant in &INVARIANTS {
        let places = places(tx, invariant.places)?;
        found.extend(Broken::at(invariant.broken, places));
    }
    found.extend(changed_originals(tx)?);
    found.extend(changed_files(tx)?);
    Ok(found)
}

fn pages(tx: &mut ReadTx<'_>) -> Result<Option<Broken>, StorageError> {
    let mut said = places(
        tx,
        "SELECT integrity_check AS one FROM pragma_integrity_check",
    )?;
    said.retain(|line| line != "ok");
    Ok(Broken::at("The file is damaged", said))
}

fn references(tx: &mut ReadTx<'_>) -> Result<Option<Broken>, StorageError> {
    let loose: Vec<Reference> = diesel::sql_query(
        "SELECT \"table\" AS from_table, \"parent\" AS to_table, COUNT(*) AS \"rows\" \
         FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2",
    )
    .load(tx.connection())?;
    let places = loose.iter().map(|one| {
        let Reference {
            from_table,
            to_table,
            rows,
        } = one;
        format!("{rows} of {from_table} to {to_table}")
    });
    Ok(Broken::at(
        "Rows refer to others that are not there",
        places.collect(),
    ))
}

/// A trigger or an index that somebody dropped keeps no promise any more. What Litestream keeps in
/// the file is its own.
fn tables(tx: &mut ReadTx<'_>) -> Result<Option<Broken>, StorageError> {
    let mut pattern = pattern()?;
    let should = parts(&mut ReadTx::of(&mut pattern))?;
    let is = parts(tx)?;
    let mut wrong = Vec::new();
    for (name, sql) in &should {
        match is.get(name) {
            None => wrong.push(format!("{name} is missing")),
            Some(found) if found != sql => wrong.push(format!("{name} is another")),
            Some(_same) => {}
        }
    }
    let more = is.keys().filter(|name| !should.contains_key(*name));
    wrong.extend(more.map(|name| format!("{name} is too many")));
    Ok(Broken::at(
        "The tables are not those of this program",
        wrong,
    ))
}

fn parts(tx: &mut ReadTx<'_>) -> Result<BTreeMap<String, String>, StorageError> {
    let rows: Vec<Part> = diesel::sql_query(
        "SELECT type || ' ' || name AS name, COALESCE(sql, '') AS sql FROM sqlite_schema \
         WHERE name NOT LIKE 'sqlite_stat%' AND tbl_name NOT LIKE '\\_litestream\\_%' ESCAPE '\\'",
    )
    .load(tx.connection())?;
    Ok(rows.into_iter().map(|part| (part.name, part.sql)).collect())
}

/// One original at a time: together they may be larger than memory.
fn changed_originals(tx: &mut ReadTx<'_>) -> Result<Option<Broken>, StorageError> {
    let known: Vec<(i64, String)> = images::table
        .order(images::id)
        .select((images::id, images::hash))
        .load(tx.connection())?;
    let mut wrong = Vec::new();
    for (id, hash) in known {
        let bytes: Option<Vec<u8>> = originals::table
            .find(id)
            .select(originals::bytes)
            .first(tx.connection())
            .optional()?;
        if bytes.is_some_and(|bytes| ImageHash::of(&bytes).as_str() != hash) {
            wrong.push(format!("picture {id}"));
        }
    }
    Ok(Broken::at(
        "A picture's original is not the file that was taken in",
        wrong,
    ))
}

/// Piece by piece, for the same reason.
fn changed_files(tx: &mut ReadTx<'_>) -> Result<Option<Broken>, StorageError> {
    let known: Vec<(i64, i64, String)> = file_versions::table
        .order((file_versions::file_id, file_versions::version))
        .select((
            file_versions::file_id,
            file_versions::version,
            file_versions::hash,
        ))
        .load(tx.connection())?;
    let mut wrong = Vec::new();
    for (file, version, hash) in known {
        if file_bytes::sum(tx, (file, version))? != hash {
            wrong.push(format!("file {file}, version {version}"));
        }
    }
    Ok(Broken::at(
        "A file has other bytes than those that were taken in",
        wrong,
    ))
}

/// The number of every revision, in order.
pub fn revisions(tx: &mut ReadTx<'_>) -> Result<Vec<RevisionId>, StorageError> {
    let ids: Vec<i64> = revisions::table
        .order(revisions::id)
        .select(revisions::id)
        .load(tx.connection())?;
    Ok(ids.into_iter().map(RevisionId::new).collect())
}

/// The images that a revision is said to show.
pub fn shown_by(tx: &mut ReadTx<'_>, revision: RevisionId) -> Result<Vec<ImageId>, StorageError> {
    let ids: Vec<i64> = revision_images::table
        .filter(revision_images::revision_id.eq(revision.get()))
        .order(revision_images::image_id)
        .select(revision_images::image_id)
        .load(tx.connection())?;
    Ok(ids.into_iter().map(ImageId::new).collect())
}
