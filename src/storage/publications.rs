//! The public lane, and the one predicate that says what is public at an instant.

use diesel::dsl::{auto_type, min};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::columns::parsed;
use super::json::likely;
use super::schema::{images, open_publications, publications, revisions, signatures};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::publishing::Step;
use crate::newsroom::slug::Slug;
use crate::newsroom::words::{PublicNote, Reason};
use crate::newsroom::{
    ApprovalId, ItemId, KindId, Lane, NewPublication, Publication, PublicationId, RevisionId, Seen,
};

/// What is public at that instant. Every query that serves readers asks this and nothing else.
#[auto_type]
pub(super) fn public_at(millis: i64) -> _ {
    publications::from_at.le(millis).and(
        publications::until_at
            .is_null()
            .or(publications::until_at.assume_not_null().gt(millis)),
    )
}

/// Whether the licence of an image still holds at that instant. Readers see an image exactly while
/// something that is [`public_at`] shows it and this holds too.
#[auto_type]
pub(super) fn licensed_at(millis: i64) -> _ {
    images::licence_ends_at
        .is_null()
        .or(images::licence_ends_at.assume_not_null().gt(millis))
}

/// Rows that readers saw, or could have seen, at some instant until then. One that was taken back
/// before it began holds no instant.
#[auto_type]
pub(super) fn was_public_by(millis: i64) -> _ {
    publications::from_at.le(millis).and(
        publications::until_at.is_null().or(publications::until_at
            .assume_not_null()
            .gt(publications::from_at)),
    )
}

/// Rows that hold some instant; one that was taken back before it began holds none.
#[auto_type]
pub(super) fn not_cancelled() -> _ {
    publications::until_at.is_null().or(publications::until_at
        .assume_not_null()
        .gt(publications::from_at))
}

/// Rows that begin after that instant and were not cancelled.
#[auto_type]
pub(super) fn scheduled_after(millis: i64) -> _ {
    publications::from_at.gt(millis).and(
        publications::until_at.is_null().or(publications::until_at
            .assume_not_null()
            .gt(publications::from_at)),
    )
}

type Rows = publications::BoxedQuery<'static, Sqlite>;

/// How many items are live at that instant, all or those of a kind. Says what counting by
/// [`public_at`] says, without walking over what is live: rows without an end, which the database
/// counts, less those that are still to begin, and those with an end that is still to come.
pub(super) fn live_count(
    tx: &mut ReadTx<'_>,
    kind: Option<KindId>,
    now: Instant,
) -> Result<i64, StorageError> {
    let live = || -> Rows {
        let live = publications::table
            .filter(likely(publications::face.eq("live")))
            .into_boxed();
        match kind {
            Some(kind) => live.filter(likely(publications::kind_id.eq(kind.get()))),
            None => live,
        }
    };
    let to_begin = live()
        .filter(likely(publications::until_at.is_null()))
        .filter(publications::from_at.gt(now.millis()))
        .count();
    let to_end = live()
        .filter(publications::until_at.gt(now.millis()))
        .filter(likely(publications::from_at.le(now.millis())))
        .count();
    let mut counted = open_publications::table
        .filter(open_publications::face.eq("live"))
        .into_boxed();
    if let Some(kind) = kind {
        counted = counted.filter(open_publications::kind_id.eq(kind.get()));
    }
    let rows: Vec<(i64, Option<i64>, Option<i64>)> = counted
        .select((
            open_publications::number,
            to_begin.single_value(),
            to_end.single_value(),
        ))
        .load(tx.connection())?;
    let without_end: i64 = rows.iter().map(|(number, _, _)| number).sum();
    let (to_begin, to_end) = rows.first().map_or((None, None), |row| (row.1, row.2));
    Ok(without_end - to_begin.unwrap_or_default() + to_end.unwrap_or_default())
}

/// Every item with a publication that waits for its instant, the first to come first.
pub fn scheduled_items(tx: &mut ReadTx<'_>, now: Instant) -> Result<Vec<ItemId>, StorageError> {
    let items: Vec<i64> = publications::table
        .filter(scheduled_after(now.millis()))
        .order((publications::from_at, publications::item_id))
        .select(publications::item_id)
        .load(tx.connection())?;
    Ok(items.into_iter().map(ItemId::new).collect())
}

/// The next instant at which anything begins or ends to be public, or the licence of an image ends.
pub fn next_change(tx: &mut ReadTx<'_>, now: Instant) -> Result<Option<Instant>, StorageError> {
    let begins: Option<i64> = publications::table
        .filter(publications::from_at.gt(now.millis()))
        .select(min(publications::from_at))
        .first(tx.connection())?;
    // One statement for both: this is asked after every change.
    let licences = images::table
        .filter(images::licence_ends_at.gt(now.millis()))
        .select(min(images::licence_ends_at))
        .single_value();
    let (ends, licence_ends): (Option<i64>, Option<i64>) = publications::table
        .filter(publications::until_at.gt(now.millis()))
        .select((min(publications::until_at), licences))
        .first(tx.connection())?;
    Ok(begins
        .into_iter()
        .chain(ends)
        .chain(licence_ends)
        .min()
        .map(Instant::from_millis))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = publications)]
struct Row {
    id: i64,
    revision_id: i64,
    face: String,
    from_at: i64,
    until_at: Option<i64>,
    published_at: i64,
    updated_at: Option<i64>,
    change: String,
    kind_id: i64,
    public_note: String,
    reason: String,
    approval_id: Option<i64>,
    urgent: bool,
    by_id: i64,
    made_at: i64,
    moved_to: Option<String>,
}

fn read((row, slug): (Row, String)) -> Result<Publication, StorageError> {
    Ok(Publication {
        id: PublicationId::new(row.id),
        revision: RevisionId::new(row.revision_id),
        face: parsed("publications.face", &row.face)?,
        from: Instant::from_millis(row.from_at),
        until: row.until_at.map(Instant::from_millis),
        published_at: Instant::from_millis(row.published_at),
        updated_at: row.updated_at.map(Instant::from_millis),
        change: parsed("publications.change", &row.change)?,
        kind: KindId::new(row.kind_id),
        public_note: some_words("publications.public_note", &row.public_note)?,
        reason: some_words("publications.reason", &row.reason)?,
        seen: match (row.approval_id, row.urgent) {
            (Some(id), _) => Seen::Approved(ApprovalId::new(id)),
            (None, true) => Seen::Urgent,
            (None, false) => Seen::Alone,
        },
        by: PersonId::new(row.by_id),
        made_at: Instant::from_millis(row.made_at),
        moved_to: row
            .moved_to
            .map(|slug| parsed("publications.moved_to", &slug))
            .transpose()?,
        slug,
    })
}

/// Words of a column that is empty where nobody wrote any.
fn some_words<T: std::str::FromStr>(
    column: &'static str,
    words: &str,
) -> Result<Option<T>, StorageError> {
    if words.is_empty() {
        Ok(None)
    } else {
        parsed(column, words).map(Some)
    }
}

/// Everything that an item's public lane holds.
pub fn lane(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Lane, StorageError> {
    let rows = publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(publications::item_id.eq(item.get()))
        .select((Row::as_select(), revisions::slug))
        .load(tx.connection())?;
    Ok(Lane::new(
        rows.into_iter().map(read).collect::<Result<_, _>>()?,
    ))
}

/// The lanes of several items at once, for lists.
pub fn lanes(
    tx: &mut ReadTx<'_>,
    items: &[ItemId],
) -> Result<Vec<(ItemId, Publication)>, StorageError> {
    let numbers: Vec<i64> = items.iter().map(|item| item.get()).collect();
    publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(publications::item_id.eq_any(numbers))
        .select((publications::item_id, Row::as_select(), revisions::slug))
        .load::<(i64, Row, String)>(tx.connection())?
        .into_iter()
        .map(|(item, row, slug)| Ok((ItemId::new(item), read((row, slug))?)))
        .collect()
}

/// Makes a decision hold: cancels, ends and begins rows, in that order. Names the row that it began.
pub fn take(tx: &mut WriteTx<'_>, step: &Step) -> Result<Option<PublicationId>, StorageError> {
    if let Some((id, from)) = step.cancel {
        end(tx, id, Some(from))?;
    }
    if let Some((id, until)) = step.end {
        end(tx, id, until)?;
    }
    step.begin.as_ref().map(|new| begin(tx, new)).transpose()
}

fn end(
    tx: &mut WriteTx<'_>,
    id: PublicationId,
    until: Option<Instant>,
) -> Result<(), StorageError> {
    diesel::update(publications::table.find(id.get()))
        .set(publications::until_at.eq(until.map(Instant::millis)))
        .execute(tx.connection())?;
    Ok(())
}

fn begin(tx: &mut WriteTx<'_>, new: &NewPublication) -> Result<PublicationId, StorageError> {
    let (typed_time, typed_zone) = new.typed.clone().unwrap_or_default();
    let id = diesel::insert_into(publications::table)
        .values((
            publications::item_id.eq(new.item.get()),
            publications::revision_id.eq(new.revision.get()),
            publications::kind_id.eq(new.kind.get()),
            publications::face.eq(new.face.as_str()),
            publications::from_at.eq(new.from.millis()),
            publications::published_at.eq(new.published_at.millis()),
            publications::updated_at.eq(new.updated_at.map(Instant::millis)),
            publications::change.eq(new.change.as_str()),
            publications::public_note.eq(new.public_note.as_ref().map_or("", PublicNote::as_str)),
            publications::reason.eq(new.reason.as_ref().map_or("", Reason::as_str)),
            publications::moved_to.eq(new.moved_to.as_ref().map(Slug::as_str)),
            publications::typed_time.eq(typed_time),
            publications::typed_zone.eq(typed_zone),
            publications::approval_id.eq(approval(new.seen)),
            publications::urgent.eq(new.seen == Seen::Urgent),
            publications::by_id.eq(new.by.get()),
            publications::made_at.eq(new.made_at.millis()),
        ))
        .returning(publications::id)
        .get_result(tx.connection())?;
    Ok(PublicationId::new(id))
}

fn approval(seen: Seen) -> Option<i64> {
    match seen {
        Seen::Approved(id) => Some(id.get()),
        Seen::Alone | Seen::Urgent => None,
    }
}

/// The urgent publication of an item that nobody has signed, and whose it was.
pub fn unsigned(
    tx: &mut ReadTx<'_>,
    item: ItemId,
) -> Result<Option<(PublicationId, PersonId)>, StorageError> {
    let row: Option<(i64, i64)> = publications::table
        .left_join(signatures::table.on(signatures::publication_id.eq(publications::id)))
        .filter(publications::item_id.eq(item.get()))
        .filter(publications::urgent)
        .filter(signatures::publication_id.is_null())
        .order(publications::id.desc())
        .select((publications::id, publications::by_id))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(id, by)| (PublicationId::new(id), PersonId::new(by))))
}

/// A second editor stands for what went out urgently.
pub fn sign(
    tx: &mut WriteTx<'_>,
    id: PublicationId,
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    diesel::insert_into(signatures::table)
        .values((
            signatures::publication_id.eq(id.get()),
            signatures::by_id.eq(by.get()),
            signatures::at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}
