//! What happened to an item, each fact from the one table in which it stands.

use diesel::prelude::*;

use super::schema::{approvals, journal, publications, revisions, signatures, voided_approvals};
use super::{ReadTx, StorageError};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::{ApprovalId, ItemId, PublicationId, RevisionId};

/// Somebody saved a revision.
#[derive(Clone, Debug)]
pub struct Saved {
    pub id: RevisionId,
    pub number: i64,
    pub by: PersonId,
    pub at: Instant,
}

/// An editor approved a revision.
#[derive(Clone, Debug)]
pub struct Approved {
    pub id: ApprovalId,
    pub revision: RevisionId,
    pub by: PersonId,
    pub at: Instant,
    /// When an objection, or a discarded draft, ended it.
    pub voided: Option<Instant>,
}

/// An editor signed what went out urgently.
#[derive(Clone, Debug)]
pub struct Signed {
    pub publication: PublicationId,
    pub by: PersonId,
    pub at: Instant,
}

/// What the journal alone knows: who did what, in words that go on with "revision 3".
#[derive(Clone, Debug)]
pub struct Noted {
    pub what: String,
    pub detail: String,
    pub by: Option<PersonId>,
    pub at: Instant,
}

/// Entries whose fact stands in a table of its own, with more to tell.
const TOLD_ELSEWHERE: [&str; 16] = [
    "started",
    "saved",
    "approved",
    "commented on",
    "published",
    "scheduled",
    "rescheduled",
    "scheduled again",
    "scheduled the withdrawal of",
    "withdrew",
    "removed",
    "restored",
    "signed",
    "gave a pass to",
    "accepted the terms of a pass to",
    "revoked a pass to",
];

/// Newest first.
pub fn revisions(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Saved>, StorageError> {
    let rows: Vec<(i64, i64, i64, i64)> = revisions::table
        .filter(revisions::item_id.eq(item.get()))
        .order(revisions::number.desc())
        .select((
            revisions::id,
            revisions::number,
            revisions::written_by,
            revisions::written_at,
        ))
        .load(tx.connection())?;
    let saved = |(id, number, by, at)| Saved {
        id: RevisionId::new(id),
        number,
        by: PersonId::new(by),
        at: Instant::from_millis(at),
    };
    Ok(rows.into_iter().map(saved).collect())
}

pub fn approvals(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Approved>, StorageError> {
    let rows: Vec<(i64, i64, i64, i64, Option<i64>)> = approvals::table
        .left_join(voided_approvals::table.on(voided_approvals::approval_id.eq(approvals::id)))
        .filter(approvals::item_id.eq(item.get()))
        .order(approvals::id)
        .select((
            approvals::id,
            approvals::revision_id,
            approvals::by_id,
            approvals::at,
            voided_approvals::at.nullable(),
        ))
        .load(tx.connection())?;
    let approved = |(id, revision, by, at, voided): (i64, i64, i64, i64, Option<i64>)| Approved {
        id: ApprovalId::new(id),
        revision: RevisionId::new(revision),
        by: PersonId::new(by),
        at: Instant::from_millis(at),
        voided: voided.map(Instant::from_millis),
    };
    Ok(rows.into_iter().map(approved).collect())
}

pub fn signatures(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Signed>, StorageError> {
    let rows: Vec<(i64, i64, i64)> = publications::table
        .inner_join(signatures::table.on(signatures::publication_id.eq(publications::id)))
        .filter(publications::item_id.eq(item.get()))
        .select((
            signatures::publication_id,
            signatures::by_id,
            signatures::at,
        ))
        .load(tx.connection())?;
    let signed = |(publication, by, at)| Signed {
        publication: PublicationId::new(publication),
        by: PersonId::new(by),
        at: Instant::from_millis(at),
    };
    Ok(rows.into_iter().map(signed).collect())
}

/// What no other table tells: submissions, discarded drafts, schedules that were taken back.
pub fn noted(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Noted>, StorageError> {
    let rows: Vec<(String, String, Option<i64>, i64)> = journal::table
        .filter(journal::item_id.eq(item.get()))
        .filter(journal::entry.ne_all(TOLD_ELSEWHERE))
        .order(journal::id)
        .select((
            journal::entry,
            journal::detail,
            journal::person_id,
            journal::at,
        ))
        .load(tx.connection())?;
    let noted = |(what, detail, by, at): (String, String, Option<i64>, i64)| Noted {
        what,
        detail,
        by: by.map(PersonId::new),
        at: Instant::from_millis(at),
    };
    Ok(rows.into_iter().map(noted).collect())
}
