//! What readers were shown one after another under an item's address: its public past.

use diesel::prelude::*;

use super::columns::parsed;
use super::publications::was_public_by;
use super::schema::{publications, revisions};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::newsroom::words::Language;
use crate::newsroom::{Change, Face, ItemId, RevisionId};

/// A publication that began, with the words that readers got.
#[derive(Clone, Debug)]
pub struct PublicChange {
    pub change: Change,
    pub face: Face,
    pub at: Instant,
    pub note: String,
    pub revision: RevisionId,
    pub language: Language,
    pub title: String,
    pub summary: String,
    pub dateline: String,
    pub body: String,
    pub notes: String,
}

/// When each of them began, and with which face, newest first.
pub fn moments(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    now: Instant,
) -> Result<Vec<(Instant, Face)>, StorageError> {
    let rows: Vec<(i64, String)> = publications::table
        .filter(publications::item_id.eq(item.get()))
        .filter(was_public_by(now.millis()))
        .order(publications::from_at.desc())
        .select((publications::from_at, publications::face))
        .load(tx.connection())?;
    rows.into_iter()
        .map(|(at, face)| {
            Ok((
                Instant::from_millis(at),
                parsed("publications.face", &face)?,
            ))
        })
        .collect()
}

type Row = (
    String,
    String,
    i64,
    String,
    i64,
    String,
    String,
    String,
    String,
    String,
    String,
);

/// So many of them behind so many newer ones, newest first.
pub fn newest(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    now: Instant,
    (skip, take): (u64, u64),
) -> Result<Vec<PublicChange>, StorageError> {
    let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let rows: Vec<Row> = publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(publications::item_id.eq(item.get()))
        .filter(was_public_by(now.millis()))
        .order(publications::from_at.desc())
        .offset(number(skip))
        .limit(number(take))
        .select((
            publications::change,
            publications::face,
            publications::from_at,
            publications::public_note,
            revisions::id,
            revisions::language,
            revisions::title,
            revisions::summary,
            revisions::dateline,
            revisions::body,
            revisions::notes,
        ))
        .load(tx.connection())?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<PublicChange, StorageError> {
    let (change, face, at, note, revision, language, title, summary, dateline, body, notes) = row;
    Ok(PublicChange {
        change: parsed("publications.change", &change)?,
        face: parsed("publications.face", &face)?,
        at: Instant::from_millis(at),
        note,
        revision: RevisionId::new(revision),
        language: parsed("revisions.language", &language)?,
        title,
        summary,
        dateline,
        body,
        notes,
    })
}
