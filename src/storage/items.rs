//! Items, their revisions and their open drafts.

use diesel::prelude::*;

use super::columns::{from_json, lead, parsed};
use super::folded::folded;
use super::schema::{items, revision_images, revisions, slugs};
use super::{ReadTx, StorageError, WriteTx, drafts, files, subjects};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::room::ContactKey;
use crate::newsroom::slug::Slug;
use crate::newsroom::{
    ContentHash, ItemId, KindId, Revision, RevisionId, Shape, SubjectFamily, SubjectName, Wording,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = revisions)]
pub(super) struct RevisionRow {
    id: i64,
    item_id: i64,
    number: i64,
    kind_id: i64,
    language: String,
    title: String,
    slug: String,
    summary: String,
    body: String,
    dateline: String,
    notes: String,
    contacts: String,
    original_id: i64,
    lead_image_id: Option<i64>,
    lead_shape: String,
    focus_x: i64,
    focus_y: i64,
    content_hash: String,
    written_by: i64,
    written_at: i64,
}

/// Starts an item that has no revision yet; [`save`] gives it its first.
pub fn start(
    tx: &mut WriteTx<'_>,
    uid: &str,
    by: PersonId,
    now: Instant,
) -> Result<ItemId, StorageError> {
    let id = diesel::insert_into(items::table)
        .values((
            items::uid.eq(uid),
            items::created_by.eq(by.get()),
            items::created_at.eq(now.millis()),
        ))
        .returning(items::id)
        .get_result(tx.connection())?;
    Ok(ItemId::new(id))
}

/// Every item, the oldest first.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<ItemId>, StorageError> {
    let numbers: Vec<i64> = items::table
        .order(items::id)
        .select(items::id)
        .load(tx.connection())?;
    Ok(numbers.into_iter().map(ItemId::new).collect())
}

/// Who began the item.
pub fn began_by(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<PersonId>, StorageError> {
    let by: Option<i64> = items::table
        .find(item.get())
        .select(items::created_by)
        .first(tx.connection())
        .optional()?;
    Ok(by.map(PersonId::new))
}

/// Whether the newest text of another item is a translation of this one.
pub fn has_translations(tx: &mut ReadTx<'_>, item: ItemId) -> Result<bool, StorageError> {
    let found: Option<i64> = revisions::table
        .inner_join(items::table.on(items::head_id.eq(revisions::id.nullable())))
        .filter(revisions::original_id.eq(item.get()))
        .filter(revisions::item_id.ne(item.get()))
        .select(items::id)
        .first(tx.connection())
        .optional()?;
    Ok(found.is_some())
}

/// The newest revision of an item.
pub fn head(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Option<Revision>, StorageError> {
    let head: Option<Option<i64>> = items::table
        .find(item.get())
        .select(items::head_id)
        .first(tx.connection())
        .optional()?;
    match head.flatten() {
        Some(id) => revision(tx, RevisionId::new(id)),
        None => Ok(None),
    }
}

/// The newest revisions of these items.
pub fn heads(
    tx: &mut ReadTx<'_>,
    items: &[ItemId],
) -> Result<Vec<(ItemId, RevisionId)>, StorageError> {
    let numbers: Vec<i64> = items.iter().map(|item| item.get()).collect();
    let rows: Vec<(i64, i64)> = items::table
        .filter(items::id.eq_any(numbers))
        .filter(items::head_id.is_not_null())
        .select((items::id, items::head_id.assume_not_null()))
        .load(tx.connection())?;
    let head = |(item, head)| (ItemId::new(item), RevisionId::new(head));
    Ok(rows.into_iter().map(head).collect())
}

pub fn revision(tx: &mut ReadTx<'_>, id: RevisionId) -> Result<Option<Revision>, StorageError> {
    let row = revisions::table
        .find(id.get())
        .select(RevisionRow::as_select())
        .first(tx.connection())
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let about = subjects::of_revision(tx, id)?;
    let of = |family: SubjectFamily| -> Result<Vec<SubjectName>, StorageError> {
        about
            .iter()
            .filter(|subject| subject.family == family)
            .map(|subject| parsed("subjects.name", &subject.name))
            .collect()
    };
    let (topics, places) = (of(SubjectFamily::Topic)?, of(SubjectFamily::Place)?);
    let mut revision = read(row, topics, places)?;
    revision.wording.files = files::of_revision(tx, id)?;
    Ok(Some(revision))
}

/// Without its files, which stand in rows of their own.
pub(super) fn read(
    row: RevisionRow,
    topics: Vec<SubjectName>,
    places: Vec<SubjectName>,
) -> Result<Revision, StorageError> {
    let keys: Vec<ContactKey> = from_json("revisions.contacts", &row.contacts)?;
    let wording = Wording {
        kind: KindId::new(row.kind_id),
        language: parsed("revisions.language", &row.language)?,
        title: parsed("revisions.title", &row.title)?,
        slug: parsed("revisions.slug", &row.slug)?,
        summary: parsed("revisions.summary", &row.summary)?,
        body: parsed("revisions.body", &row.body)?,
        dateline: parsed("revisions.dateline", &row.dateline)?,
        notes: parsed("revisions.notes", &row.notes)?,
        topics,
        places,
        contacts: keys,
        translation_of: (row.original_id != row.item_id).then_some(ItemId::new(row.original_id)),
        lead: lead(row.lead_image_id, &row.lead_shape, row.focus_x, row.focus_y)?,
        files: Vec::new(),
    };
    Ok(Revision {
        id: RevisionId::new(row.id),
        item: ItemId::new(row.item_id),
        number: row.number,
        wording,
        hash: ContentHash::stored(row.content_hash),
        written_by: PersonId::new(row.written_by),
        written_at: Instant::from_millis(row.written_at),
    })
}

/// A wording that is about to become a revision, with every image that it shows.
pub struct NewRevision<'a> {
    pub item: ItemId,
    pub wording: &'a Wording,
    pub images: &'a [ImageId],
    pub by: PersonId,
    pub now: Instant,
}

/// Adds a revision, makes it the item's newest, opens the draft and claims the address.
pub fn save(tx: &mut WriteTx<'_>, new: &NewRevision<'_>) -> Result<RevisionId, StorageError> {
    claim(tx, new.item, &new.wording.slug)?;
    let revision = insert(tx, new)?;
    subjects::tie(tx, revision, SubjectFamily::Topic, &new.wording.topics)?;
    subjects::tie(tx, revision, SubjectFamily::Place, &new.wording.places)?;
    show_images(tx, revision, new.images)?;
    files::attach(tx, revision, &new.wording.files)?;
    diesel::update(items::table.find(new.item.get()))
        .set(items::head_id.eq(revision.get()))
        .execute(tx.connection())?;
    drafts::open(tx, new.item, (new.by, new.now))?;
    Ok(revision)
}

/// How many revisions an item has; they are numbered from 1.
pub fn revisions(tx: &mut ReadTx<'_>, item: ItemId) -> Result<i64, StorageError> {
    let last: Option<i64> = revisions::table
        .filter(revisions::item_id.eq(item.get()))
        .select(diesel::dsl::max(revisions::number))
        .first(tx.connection())?;
    Ok(last.unwrap_or_default())
}

/// The revision of that number within its item.
pub fn numbered(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    number: i64,
) -> Result<Option<Revision>, StorageError> {
    let id: Option<i64> = revisions::table
        .filter(revisions::item_id.eq(item.get()))
        .filter(revisions::number.eq(number))
        .select(revisions::id)
        .first(tx.connection())
        .optional()?;
    match id {
        Some(id) => revision(tx, RevisionId::new(id)),
        None => Ok(None),
    }
}

fn insert(tx: &mut WriteTx<'_>, new: &NewRevision<'_>) -> Result<RevisionId, StorageError> {
    let last = revisions(tx, new.item)?;
    let wording = new.wording;
    // A form may have been open when its kind went into another one.
    let kind = super::kinds::standing(tx, wording.kind)?;
    let lead = wording.lead;
    let id = diesel::insert_into(revisions::table)
        .values((
            (
                revisions::item_id.eq(new.item.get()),
                revisions::number.eq(last + 1),
                revisions::kind_id.eq(kind.get()),
                revisions::language.eq(wording.language.as_str()),
                revisions::title.eq(wording.title.as_str()),
                revisions::title_folded.eq(folded(wording.title.as_str())),
                revisions::slug.eq(wording.slug.as_str()),
                revisions::summary.eq(wording.summary.as_str()),
                revisions::body.eq(wording.body.as_str()),
                revisions::dateline.eq(wording.dateline.as_str()),
                revisions::notes.eq(wording.notes.as_str()),
            ),
            (
                revisions::contacts.eq(serde_json::json!(wording.contacts).to_string()),
                revisions::original_id.eq(wording.translation_of.unwrap_or(new.item).get()),
                revisions::lead_image_id.eq(lead.map(|lead| lead.image.get())),
                revisions::lead_shape.eq(lead.map_or(Shape::Whole, |lead| lead.shape).as_str()),
                revisions::focus_x.eq(lead.map_or(50, |lead| i64::from(lead.focus.x()))),
                revisions::focus_y.eq(lead.map_or(50, |lead| i64::from(lead.focus.y()))),
                revisions::content_hash.eq(wording.hash().as_str()),
                revisions::written_by.eq(new.by.get()),
                revisions::written_at.eq(new.now.millis()),
            ),
        ))
        .returning(revisions::id)
        .get_result(tx.connection())?;
    Ok(RevisionId::new(id))
}

fn show_images(
    tx: &mut WriteTx<'_>,
    revision: RevisionId,
    images: &[ImageId],
) -> Result<(), StorageError> {
    for image in images {
        diesel::insert_into(revision_images::table)
            .values((
                revision_images::revision_id.eq(revision.get()),
                revision_images::image_id.eq(image.get()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Whose address this is, if anybody's.
pub fn owner_of(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Option<ItemId>, StorageError> {
    let owner: Option<i64> = slugs::table
        .find(slug.as_str())
        .select(slugs::item_id)
        .first(tx.connection())
        .optional()?;
    Ok(owner.map(ItemId::new))
}

fn claim(tx: &mut WriteTx<'_>, item: ItemId, slug: &Slug) -> Result<(), StorageError> {
    match owner_of(tx, slug)? {
        Some(owner) if owner == item => Ok(()),
        Some(_other) => Err(StorageError::SlugTaken),
        None => {
            diesel::insert_into(slugs::table)
                .values((slugs::slug.eq(slug.as_str()), slugs::item_id.eq(item.get())))
                .execute(tx.connection())?;
            Ok(())
        }
    }
}

/// Makes other words of the same item its newest: those of a draft that was brought back, or those
/// that readers see, where a draft was discarded.
pub fn set_head(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    revision: RevisionId,
) -> Result<(), StorageError> {
    diesel::update(items::table.find(item.get()))
        .set(items::head_id.eq(revision.get()))
        .execute(tx.connection())?;
    Ok(())
}
