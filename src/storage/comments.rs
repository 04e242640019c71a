//! What staff say about a draft.

use diesel::prelude::*;

use super::columns::parsed;
use super::schema::comments;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::words::{CommentWords, Passage};
use crate::newsroom::{Comment, CommentId, ItemId, RevisionId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = comments)]
struct Row {
    id: i64,
    item_id: i64,
    revision_id: i64,
    passage: String,
    words: String,
    by_id: i64,
    at: i64,
    resolved_by: Option<i64>,
    resolved_at: Option<i64>,
}

/// Everything that was said about an item, oldest first.
pub fn of_item(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Comment>, StorageError> {
    comments::table
        .filter(comments::item_id.eq(item.get()))
        .order(comments::id)
        .select(Row::as_select())
        .load(tx.connection())?
        .into_iter()
        .map(read)
        .collect()
}

fn read(row: Row) -> Result<Comment, StorageError> {
    Ok(Comment {
        id: CommentId::new(row.id),
        item: ItemId::new(row.item_id),
        revision: RevisionId::new(row.revision_id),
        passage: parsed("comments.passage", &row.passage)?,
        words: parsed("comments.words", &row.words)?,
        by: PersonId::new(row.by_id),
        at: Instant::from_millis(row.at),
        resolved: row
            .resolved_by
            .zip(row.resolved_at)
            .map(|(by, at)| (PersonId::new(by), Instant::from_millis(at))),
    })
}

/// How many comments of an item nobody has resolved.
pub fn open(tx: &mut ReadTx<'_>, item: ItemId) -> Result<u64, StorageError> {
    let count: i64 = comments::table
        .filter(comments::item_id.eq(item.get()))
        .filter(comments::resolved_at.is_null())
        .count()
        .get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A comment that is about to be stored.
pub struct NewComment<'a> {
    pub item: ItemId,
    pub revision: RevisionId,
    pub passage: &'a Passage,
    pub words: &'a CommentWords,
    pub by: PersonId,
    pub now: Instant,
}

pub fn add(tx: &mut WriteTx<'_>, new: &NewComment<'_>) -> Result<(), StorageError> {
    diesel::insert_into(comments::table)
        .values((
            comments::item_id.eq(new.item.get()),
            comments::revision_id.eq(new.revision.get()),
            comments::passage.eq(new.passage.as_str()),
            comments::words.eq(new.words.as_str()),
            comments::by_id.eq(new.by.get()),
            comments::at.eq(new.now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether there was such an open comment to resolve.
pub fn resolve(
    tx: &mut WriteTx<'_>,
    (item, comment): (ItemId, CommentId),
    (by, now): (PersonId, Instant),
) -> Result<bool, StorageError> {
    let changed = diesel::update(
        comments::table
            .find(comment.get())
            .filter(comments::item_id.eq(item.get()))
            .filter(comments::resolved_at.is_null()),
    )
    .set((
        comments::resolved_by.eq(by.get()),
        comments::resolved_at.eq(now.millis()),
    ))
    .execute(tx.connection())?;
    Ok(changed > 0)
}
