//! The draft lane: the open work on an item, its approvals, and what was said about it.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::columns::parsed;
use super::schema::{approvals, drafts, set_aside_drafts, voided_approvals};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::enclosures::Enclosures;
use crate::newsroom::schedule::Day;
use crate::newsroom::{
    Approval, ApprovalId, ContentHash, Draft, ItemId, Revision, RevisionId, Stage,
};

type Row = (String, Option<i64>, Option<i64>, Option<String>);

/// The item's draft, be it worked on or discarded.
pub fn find(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<Draft>, StorageError> {
    drafts::table
        .find(item.get())
        .select((
            drafts::stage,
            drafts::discarded_id,
            drafts::assignee_id,
            drafts::due_on,
        ))
        .first::<Row>(tx.connection())
        .optional()?
        .map(read)
        .transpose()
}

fn read((stage, discarded, assignee, due_on): Row) -> Result<Draft, StorageError> {
    Ok(Draft {
        stage: parsed("drafts.stage", &stage)?,
        discarded: discarded.map(RevisionId::new),
        assignee: assignee.map(PersonId::new),
        due_on: due_on
            .map(|day| parsed("drafts.due_on", &day))
            .transpose()?,
    })
}

/// Opens the draft, unless it is open. One that was discarded gives way to the new work.
pub fn open(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    match find(tx, item)?.map(|draft| draft.stage) {
        Some(Stage::Draft | Stage::InReview | Stage::ChangesRequested) => return Ok(()),
        Some(Stage::Discarded) => close(tx, item)?,
        None => {}
    }
    diesel::insert_into(drafts::table)
        .values((
            drafts::item_id.eq(item.get()),
            drafts::opened_at.eq(now.millis()),
            drafts::opened_by.eq(by.get()),
            drafts::stage.eq(Stage::Draft.as_str()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The draft is scheduled. Who works on it is kept, in case that it is taken back.
pub fn set_aside(tx: &mut WriteTx<'_>, item: ItemId) -> Result<(), StorageError> {
    forget_aside(tx, item)?;
    let open = drafts::table.find(item.get()).select((
        drafts::item_id,
        drafts::opened_by,
        drafts::assignee_id,
        drafts::due_on,
    ));
    diesel::insert_into(set_aside_drafts::table)
        .values(open)
        .into_columns((
            set_aside_drafts::item_id,
            set_aside_drafts::opened_by,
            set_aside_drafts::assignee_id,
            set_aside_drafts::due_on,
        ))
        .execute(tx.connection())?;
    close(tx, item)
}

/// What was scheduled is worked on again, by whoever did: it is nobody else's for having been taken back.
/// Where other words are worked on by now, those are.
pub fn reopen(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    let aside: Option<(i64, Option<i64>, Option<String>)> = set_aside_drafts::table
        .find(item.get())
        .select((
            set_aside_drafts::opened_by,
            set_aside_drafts::assignee_id,
            set_aside_drafts::due_on,
        ))
        .first(tx.connection())
        .optional()?;
    forget_aside(tx, item)?;
    let Some((opened_by, assignee, due_on)) = aside else {
        return open(tx, item, (by, now));
    };
    if find(tx, item)?.is_some_and(|draft| draft.stage != Stage::Discarded) {
        return Ok(());
    }
    open(tx, item, (PersonId::new(opened_by), now))?;
    diesel::update(drafts::table.find(item.get()))
        .set((drafts::assignee_id.eq(assignee), drafts::due_on.eq(due_on)))
        .execute(tx.connection())?;
    Ok(())
}

fn forget_aside(tx: &mut WriteTx<'_>, item: ItemId) -> Result<(), StorageError> {
    diesel::delete(set_aside_drafts::table.find(item.get())).execute(tx.connection())?;
    Ok(())
}

/// To whom that is assigned which is scheduled now.
pub fn assignee_aside(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<PersonId>, StorageError> {
    let assignee: Option<Option<i64>> = set_aside_drafts::table
        .find(item.get())
        .select(set_aside_drafts::assignee_id)
        .first(tx.connection())
        .optional()?;
    Ok(assignee.flatten().map(PersonId::new))
}

/// The draft is what readers see: there is nothing left to work on.
pub fn close(tx: &mut WriteTx<'_>, item: ItemId) -> Result<(), StorageError> {
    diesel::delete(drafts::table.find(item.get())).execute(tx.connection())?;
    Ok(())
}

/// Moves the draft on, or back; what had been discarded is not any more.
pub fn set_stage(tx: &mut WriteTx<'_>, item: ItemId, stage: Stage) -> Result<(), StorageError> {
    diesel::update(drafts::table.find(item.get()))
        .set((
            drafts::stage.eq(stage.as_str()),
            drafts::discarded_id.eq(None::<i64>),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Puts the draft aside; these were its words.
pub fn discard(tx: &mut WriteTx<'_>, item: ItemId, words: RevisionId) -> Result<(), StorageError> {
    diesel::update(drafts::table.find(item.get()))
        .set((
            drafts::stage.eq(Stage::Discarded.as_str()),
            drafts::discarded_id.eq(words.get()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Who works on the draft, and by which day.
pub fn assign(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    (assignee, due_on): (Option<PersonId>, Option<Day>),
) -> Result<(), StorageError> {
    diesel::update(drafts::table.find(item.get()))
        .set((
            drafts::assignee_id.eq(assignee.map(PersonId::get)),
            drafts::due_on.eq(due_on.map(|day| day.to_string())),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Objections and a discarded draft end what approvals there are: the same words need a new one.
pub fn void_approvals(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    now: Instant,
) -> Result<(), StorageError> {
    let standing: Vec<i64> = approvals::table
        .filter(approvals::item_id.eq(item.get()))
        .filter(stands())
        .select(approvals::id)
        .load(tx.connection())?;
    for approval in standing {
        diesel::insert_into(voided_approvals::table)
            .values((
                voided_approvals::approval_id.eq(approval),
                voided_approvals::at.eq(now.millis()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// An approval that nobody objected to since.
#[auto_type]
pub(super) fn stands() -> _ {
    let voided = voided_approvals::table.filter(voided_approvals::approval_id.eq(approvals::id));
    diesel::dsl::not(diesel::dsl::exists(voided))
}

/// The newest approval of an item that stands; whether it counts for the newest words, the newsroom says.
pub fn approval(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<Approval>, StorageError> {
    let row: Option<(i64, i64, String, String, i64, i64)> = approvals::table
        .filter(approvals::item_id.eq(item.get()))
        .filter(stands())
        .order(approvals::id.desc())
        .select((
            approvals::id,
            approvals::revision_id,
            approvals::content_hash,
            approvals::enclosed,
            approvals::by_id,
            approvals::at,
        ))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(id, revision, hash, enclosed, by, at)| Approval {
        id: ApprovalId::new(id),
        revision: RevisionId::new(revision),
        hash: ContentHash::stored(hash),
        enclosed,
        by: PersonId::new(by),
        at: Instant::from_millis(at),
    }))
}

/// An editor stands for exactly these words, with what goes out with them.
pub fn approve(
    tx: &mut WriteTx<'_>,
    (words, enclosed): (&Revision, &Enclosures),
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    diesel::insert_into(approvals::table)
        .values((
            approvals::item_id.eq(words.item.get()),
            approvals::revision_id.eq(words.id.get()),
            approvals::content_hash.eq(words.hash.as_str()),
            approvals::enclosed.eq(enclosed.as_seen()),
            approvals::by_id.eq(by.get()),
            approvals::at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}
