//! Topics and places as staff run them: where each stands, how often it is used, what became of its name.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{
    former_slugs, former_ties, items, mergers, place_parents, revision_subjects, revisions,
    subjects,
};
use super::{ReadTx, StorageError, WriteTx, word_order};
use crate::clock::Instant;
use crate::newsroom::slug::Slug;
use crate::newsroom::{ContentHash, ItemId, SubjectFamily, SubjectId, SubjectName};

/// A topic or place with where it stands.
#[derive(Clone, Debug)]
pub struct Word {
    pub id: SubjectId,
    pub slug: String,
    pub name: String,
    /// The place that it stands below.
    pub parent: Option<(SubjectId, String)>,
    /// Its place among those beside it, from 1; nothing where it stands by its name.
    pub place: Option<usize>,
    /// How many items are about it by their newest words.
    pub uses: u64,
}

impl Word {
    /// Two say the same exactly when their hashes are the same.
    pub fn hash(&self) -> ContentHash {
        let parent = self.parent.as_ref().map(|(_, name)| name.clone());
        let place = self.place.map(|place| place.to_string());
        ContentHash::of(&[
            self.name.clone(),
            self.slug.clone(),
            parent.unwrap_or_default(),
            place.unwrap_or_default(),
        ])
    }
}

type Row = (i64, String, String, i64);
const ROW: (
    subjects::id,
    subjects::slug,
    subjects::name,
    subjects::position,
) = (
    subjects::id,
    subjects::slug,
    subjects::name,
    subjects::position,
);
pub(super) type Query = subjects::BoxedQuery<'static, diesel::sqlite::Sqlite>;

/// Those that were merged into no other.
pub(super) fn standing(family: SubjectFamily) -> Query {
    let gone = mergers::table.select(mergers::subject_id);
    subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(diesel::dsl::not(subjects::id.eq_any(gone)))
        .into_boxed()
}

pub fn count(tx: &mut ReadTx<'_>, family: SubjectFamily) -> Result<u64, StorageError> {
    let count: i64 = standing(family).count().get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// So many of them in their order, after skipping so many.
pub fn list(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    (skip, take): (u64, u64),
) -> Result<Vec<Word>, StorageError> {
    let place = |number| usize::try_from(number).unwrap_or(usize::MAX);
    let order = word_order::all(tx, family)?.into_iter();
    let ids: Vec<i64> = order.skip(place(skip)).take(place(take)).collect();
    let rows = standing(family)
        .filter(subjects::id.eq_any(ids.clone()))
        .select(ROW)
        .load(tx.connection())?;
    let mut list = words(tx, rows)?;
    list.sort_by_key(|word| ids.iter().position(|id| *id == word.id.get()));
    Ok(list)
}

pub fn one(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    id: SubjectId,
) -> Result<Option<Word>, StorageError> {
    let rows = standing(family)
        .filter(subjects::id.eq(id.get()))
        .select(ROW)
        .load(tx.connection())?;
    Ok(words(tx, rows)?.pop())
}

fn words(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Word>, StorageError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let uses: HashMap<i64, i64> = revision_subjects::table
        .inner_join(items::table.on(items::head_id.eq(revision_subjects::revision_id.nullable())))
        .filter(revision_subjects::subject_id.eq_any(ids.clone()))
        .group_by(revision_subjects::subject_id)
        .select((revision_subjects::subject_id, diesel::dsl::count_star()))
        .load(tx.connection())?
        .into_iter()
        .collect();
    let parents: Vec<(i64, i64, String)> = place_parents::table
        .inner_join(subjects::table.on(subjects::id.eq(place_parents::parent_id)))
        .filter(place_parents::place_id.eq_any(ids))
        .select((place_parents::place_id, subjects::id, subjects::name))
        .load(tx.connection())?;
    let word = |(id, slug, name, position): Row| {
        let parent = parents.iter().find(|(place, _, _)| *place == id);
        Word {
            id: SubjectId::new(id),
            slug,
            name,
            place: usize::try_from(position).ok().filter(|place| *place > 0),
            parent: parent.map(|(_, id, name)| (SubjectId::new(*id), name.clone())),
            uses: uses
                .get(&id)
                .and_then(|uses| u64::try_from(*uses).ok())
                .unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(word).collect())
}

/// Whose name this is, in whatever spelling; that of one that was merged is the survivor's.
pub fn named(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<Option<SubjectId>, StorageError> {
    let known = super::subjects::known(tx, family, name)?;
    Ok(known.map(|(id, _)| SubjectId::new(id)))
}

/// The one that is called so itself, also one that was merged.
pub fn called(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<Option<SubjectId>, StorageError> {
    let id: Option<i64> = subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::folded.eq(name.folded()))
        .select(subjects::id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(SubjectId::new))
}

/// Whose address this is, or was.
pub fn slug_owner(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    slug: &str,
) -> Result<Option<SubjectId>, StorageError> {
    let now: Option<i64> = subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::slug.eq(slug))
        .select(subjects::id)
        .first(tx.connection())
        .optional()?;
    match now {
        Some(id) => Ok(Some(SubjectId::new(id))),
        None => super::subjects::by_former_slug(tx, family, slug),
    }
}

pub fn add(
    tx: &mut WriteTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<SubjectId, StorageError> {
    super::subjects::find_or_add(tx, family, name).map(SubjectId::new)
}

/// Gives it this name and address. Where readers knew the address before, it leads to the new one.
pub fn rename(
    tx: &mut WriteTx<'_>,
    (family, word): (SubjectFamily, &Word),
    (name, slug): (&SubjectName, &Slug),
    now: Instant,
) -> Result<(), StorageError> {
    if word.slug != slug.as_str() {
        forget_former(tx, family, slug.as_str())?;
        if super::subjects::was_public(tx, word.id, now)? {
            lead(tx, family, &word.slug, word.id)?;
        }
    }
    diesel::update(subjects::table.find(word.id.get()))
        .set((
            subjects::name.eq(name.as_str()),
            subjects::folded.eq(name.folded()),
            subjects::slug.eq(slug.as_str()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

fn forget_former(
    tx: &mut WriteTx<'_>,
    family: SubjectFamily,
    slug: &str,
) -> Result<(), StorageError> {
    diesel::delete(former_slugs::table.find((family.as_str(), slug))).execute(tx.connection())?;
    Ok(())
}

fn lead(
    tx: &mut WriteTx<'_>,
    family: SubjectFamily,
    slug: &str,
    to: SubjectId,
) -> Result<(), StorageError> {
    forget_former(tx, family, slug)?;
    diesel::insert_into(former_slugs::table)
        .values((
            former_slugs::family.eq(family.as_str()),
            former_slugs::slug.eq(slug),
            former_slugs::subject_id.eq(to.get()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The places above it, the nearest first.
pub fn above(tx: &mut ReadTx<'_>, id: SubjectId) -> Result<Vec<SubjectId>, StorageError> {
    // No place stands lower than the third; what is more would be a circle.
    const DEEPEST: usize = 8;
    let mut above = Vec::new();
    let mut at = id;
    while above.len() < DEEPEST {
        let parent: Option<i64> = place_parents::table
            .find(at.get())
            .select(place_parents::parent_id)
            .first(tx.connection())
            .optional()?;
        let Some(parent) = parent else { break };
        at = SubjectId::new(parent);
        above.push(at);
    }
    Ok(above)
}

/// How many steps of places stand below it.
pub fn steps_below(tx: &mut ReadTx<'_>, id: SubjectId) -> Result<usize, StorageError> {
    let children = below(tx, vec![id.get()])?;
    if children.is_empty() {
        return Ok(0);
    }
    let grandchildren = below(tx, children)?;
    Ok(if grandchildren.is_empty() { 1 } else { 2 })
}

fn below(tx: &mut ReadTx<'_>, ids: Vec<i64>) -> Result<Vec<i64>, StorageError> {
    Ok(place_parents::table
        .filter(place_parents::parent_id.eq_any(ids))
        .select(place_parents::place_id)
        .load(tx.connection())?)
}

/// Puts a place below another one, or below none.
pub fn put_below(
    tx: &mut WriteTx<'_>,
    id: SubjectId,
    parent: Option<SubjectId>,
) -> Result<(), StorageError> {
    diesel::delete(place_parents::table.find(id.get())).execute(tx.connection())?;
    if let Some(parent) = parent {
        diesel::insert_into(place_parents::table)
            .values((
                place_parents::place_id.eq(id.get()),
                place_parents::parent_id.eq(parent.get()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Some of the items that are about it by their newest words, the newest first, by title.
pub fn uses(
    tx: &mut ReadTx<'_>,
    id: SubjectId,
    most: i64,
) -> Result<Vec<(ItemId, String)>, StorageError> {
    let rows: Vec<(i64, String)> = revision_subjects::table
        .inner_join(items::table.on(items::head_id.eq(revision_subjects::revision_id.nullable())))
        .inner_join(revisions::table.on(revisions::id.eq(revision_subjects::revision_id)))
        .filter(revision_subjects::subject_id.eq(id.get()))
        .order(revision_subjects::revision_id.desc())
        .limit(most)
        .select((items::id, revisions::title))
        .load(tx.connection())?;
    Ok(rows
        .into_iter()
        .map(|(item, title)| (ItemId::new(item), title))
        .collect())
}

/// Whether any revision names it, or did before a merger, or another place stands below it.
pub fn is_used(tx: &mut ReadTx<'_>, id: SubjectId) -> Result<bool, StorageError> {
    let tie: Option<i64> = revision_subjects::table
        .filter(revision_subjects::subject_id.eq(id.get()))
        .select(revision_subjects::revision_id)
        .first(tx.connection())
        .optional()?;
    let merged: Option<i64> = mergers::table
        .filter(mergers::into_id.eq(id.get()))
        .select(mergers::subject_id)
        .first(tx.connection())
        .optional()?;
    Ok(tie.is_some() || merged.is_some() || !below(tx, vec![id.get()])?.is_empty())
}

pub fn delete(tx: &mut WriteTx<'_>, id: SubjectId) -> Result<(), StorageError> {
    super::countries::forget(tx, id)?;
    diesel::delete(former_slugs::table.filter(former_slugs::subject_id.eq(id.get())))
        .execute(tx.connection())?;
    diesel::delete(place_parents::table.find(id.get())).execute(tx.connection())?;
    diesel::delete(subjects::table.find(id.get())).execute(tx.connection())?;
    Ok(())
}

/// Makes one into the other: whatever was about it is about the survivor. What each revision was
/// tied to before stays known.
pub fn merge(
    tx: &mut WriteTx<'_>,
    (family, word): (SubjectFamily, &Word),
    into: SubjectId,
    now: Instant,
) -> Result<(), StorageError> {
    let (from, into_id) = (word.id.get(), into.get());
    let known = super::subjects::was_public(tx, word.id, now)?;
    keep_ties(tx, from)?;
    retie(tx, from, into_id)?;
    diesel::delete(place_parents::table.find(from)).execute(tx.connection())?;
    diesel::update(place_parents::table.filter(place_parents::parent_id.eq(from)))
        .set(place_parents::parent_id.eq(into_id))
        .execute(tx.connection())?;
    diesel::update(mergers::table.filter(mergers::into_id.eq(from)))
        .set(mergers::into_id.eq(into_id))
        .execute(tx.connection())?;
    diesel::insert_into(mergers::table)
        .values((mergers::subject_id.eq(from), mergers::into_id.eq(into_id)))
        .execute(tx.connection())?;
    diesel::update(former_slugs::table.filter(former_slugs::subject_id.eq(from)))
        .set(former_slugs::subject_id.eq(into_id))
        .execute(tx.connection())?;
    if known {
        lead(tx, family, &word.slug, into)?;
    }
    Ok(())
}

/// Writes down what each revision is tied to before a merger ties it anew.
fn keep_ties(tx: &mut WriteTx<'_>, from: i64) -> Result<(), StorageError> {
    let ties = revision_subjects::table.filter(revision_subjects::subject_id.eq(from));
    diesel::insert_into(former_ties::table)
        .values(ties.select((
            revision_subjects::revision_id,
            revision_subjects::subject_id,
            revision_subjects::position,
        )))
        .into_columns((
            former_ties::revision_id,
            former_ties::subject_id,
            former_ties::position,
        ))
        .execute(tx.connection())?;
    Ok(())
}

fn retie(tx: &mut WriteTx<'_>, from: i64, into: i64) -> Result<(), StorageError> {
    diesel::alias!(revision_subjects as both: Both);
    let has_both = both
        .filter(both.field(revision_subjects::subject_id).eq(into))
        .select(both.field(revision_subjects::revision_id));
    let doubled: Vec<i64> = revision_subjects::table
        .filter(revision_subjects::subject_id.eq(from))
        .filter(revision_subjects::revision_id.eq_any(has_both))
        .select(revision_subjects::revision_id)
        .load(tx.connection())?;
    for revision in doubled {
        diesel::delete(revision_subjects::table.find((revision, from))).execute(tx.connection())?;
    }
    diesel::update(revision_subjects::table.filter(revision_subjects::subject_id.eq(from)))
        .set(revision_subjects::subject_id.eq(into))
        .execute(tx.connection())?;
    Ok(())
}
