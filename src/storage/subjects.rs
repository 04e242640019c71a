//! Topics and places.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use super::columns::parsed;
use super::json::likely;
use super::publications::{public_at, was_public_by};
use super::schema::{
    former_slugs, mergers, place_parents, publications, revision_subjects, subjects,
};
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;
use crate::newsroom::slug::Slug;
use crate::newsroom::{RevisionId, Subject, SubjectFamily, SubjectId, SubjectName};

type Row = (String, String, String);

fn subject((family, slug, name): Row) -> Result<Subject, StorageError> {
    Ok(Subject {
        family: parsed("subjects.family", &family)?,
        slug,
        name,
    })
}

/// Every topic or place of the room, by name, for suggestions while typing.
pub fn names(tx: &mut ReadTx<'_>, family: SubjectFamily) -> Result<Vec<String>, StorageError> {
    const MOST_SUGGESTIONS: i64 = 1_000;
    let gone = mergers::table.select(mergers::subject_id);
    Ok(subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(diesel::dsl::not(subjects::id.eq_any(gone)))
        .order(subjects::name)
        .limit(MOST_SUGGESTIONS)
        .select(subjects::name)
        .load(tx.connection())?)
}

/// The number of the subject of that name, and how the room spells it. A name that was merged into
/// another one stands for that one.
pub(super) fn known(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<Option<(i64, String)>, StorageError> {
    let known: Option<(i64, String)> = subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::folded.eq(name.folded()))
        .select((subjects::id, subjects::name))
        .first(tx.connection())
        .optional()?;
    let Some((id, _)) = &known else {
        return Ok(None);
    };
    let survivor: Option<(i64, String)> = mergers::table
        .inner_join(subjects::table.on(subjects::id.eq(mergers::into_id)))
        .filter(mergers::subject_id.eq(*id))
        .select((subjects::id, subjects::name))
        .first(tx.connection())
        .optional()?;
    Ok(survivor.or(known))
}

/// A topic or place that readers may know of, found by its address or one that it had.
pub struct Public {
    pub subject: Subject,
    /// Whether the address is not its own any more.
    pub moved: bool,
}

/// A topic or place that readers may know of: something live is about it, or about a place below
/// it. One that only drafts name does not exist for them, under no address.
pub fn public_by_slug(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    slug: &str,
    now: Instant,
) -> Result<Option<Public>, StorageError> {
    let gone = mergers::table.select(mergers::subject_id);
    let here: Option<(i64, Row)> = subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::slug.eq(slug))
        .filter(diesel::dsl::not(subjects::id.eq_any(gone)))
        .select((
            subjects::id,
            (subjects::family, subjects::slug, subjects::name),
        ))
        .first(tx.connection())
        .optional()?;
    let (moved, found) = match here {
        Some(found) => (false, Some(found)),
        None => (true, formerly(tx, family, slug)?),
    };
    let Some((id, row)) = found else {
        return Ok(None);
    };
    if !is_public(tx, (family, id), now)? {
        return Ok(None);
    }
    let subject = subject(row)?;
    Ok(Some(Public { subject, moved }))
}

fn formerly(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    slug: &str,
) -> Result<Option<(i64, Row)>, StorageError> {
    let Some(id) = by_former_slug(tx, family, slug)? else {
        return Ok(None);
    };
    Ok(subjects::table
        .find(id.get())
        .select((
            subjects::id,
            (subjects::family, subjects::slug, subjects::name),
        ))
        .first(tx.connection())
        .optional()?)
}

/// Whose address this was.
pub(super) fn by_former_slug(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    slug: &str,
) -> Result<Option<SubjectId>, StorageError> {
    let id: Option<i64> = former_slugs::table
        .find((family.as_str(), slug))
        .select(former_slugs::subject_id)
        .first(tx.connection())
        .optional()?;
    Ok(id.map(SubjectId::new))
}

fn is_public(
    tx: &mut ReadTx<'_>,
    (family, id): (SubjectFamily, i64),
    now: Instant,
) -> Result<bool, StorageError> {
    let mut ids = vec![id];
    if family == SubjectFamily::Place {
        ids.extend(below(tx, id)?);
    }
    let live: Option<i64> = revision_subjects::table
        .inner_join(
            publications::table.on(publications::revision_id.eq(revision_subjects::revision_id)),
        )
        .filter(revision_subjects::subject_id.eq_any(ids))
        .filter(likely(publications::face.eq("live")))
        .filter(public_at(now.millis()))
        .select(publications::id)
        .first(tx.connection())
        .optional()?;
    Ok(live.is_some())
}

/// Whether readers ever saw an item that was about it or about a place below it, so that they may
/// know its address.
pub fn was_public(tx: &mut ReadTx<'_>, id: SubjectId, now: Instant) -> Result<bool, StorageError> {
    let mut ids = below(tx, id.get())?;
    ids.push(id.get());
    let seen: Option<i64> = publications::table
        .inner_join(
            revision_subjects::table
                .on(revision_subjects::revision_id.eq(publications::revision_id)),
        )
        .filter(revision_subjects::subject_id.eq_any(ids))
        .filter(was_public_by(now.millis()))
        .select(publications::id)
        .first(tx.connection())
        .optional()?;
    Ok(seen.is_some())
}

/// The places one and two steps below.
fn below(tx: &mut ReadTx<'_>, id: i64) -> Result<Vec<i64>, StorageError> {
    let children = upper
        .filter(upper.field(place_parents::parent_id).eq(id))
        .select(upper.field(place_parents::place_id));
    Ok(place_parents::table
        .filter(
            place_parents::parent_id
                .eq(id)
                .or(place_parents::parent_id.eq_any(children)),
        )
        .select(place_parents::place_id)
        .load(tx.connection())?)
}

diesel::alias!(place_parents as upper: Upper);

/// The revisions that are about the topic or place of this address, or about a place below it.
pub(super) fn tied(family: SubjectFamily, slug: &str) -> Ties {
    let own = subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::slug.eq(slug.to_owned()))
        .select(subjects::id);
    let ties = revision_subjects::table
        .select(revision_subjects::revision_id)
        .filter(revision_subjects::subject_id.eq_any(own.clone()))
        .into_boxed();
    match family {
        SubjectFamily::Topic => ties,
        SubjectFamily::Place => {
            let children = place_parents::table
                .filter(place_parents::parent_id.eq_any(own))
                .select(place_parents::place_id);
            let grandchildren = upper
                .filter(
                    upper
                        .field(place_parents::parent_id)
                        .eq_any(children.clone()),
                )
                .select(upper.field(place_parents::place_id));
            ties.or_filter(revision_subjects::subject_id.eq_any(children))
                .or_filter(revision_subjects::subject_id.eq_any(grandchildren))
        }
    }
}

type Ties = revision_subjects::BoxedQuery<'static, Sqlite, BigInt>;

/// What one revision is about, in the order in which it was typed.
pub fn of_revision(
    tx: &mut ReadTx<'_>,
    revision: RevisionId,
) -> Result<Vec<Subject>, StorageError> {
    revision_subjects::table
        .inner_join(subjects::table.on(subjects::id.eq(revision_subjects::subject_id)))
        .filter(revision_subjects::revision_id.eq(revision.get()))
        .order(revision_subjects::position)
        .select((subjects::family, subjects::slug, subjects::name))
        .load::<Row>(tx.connection())?
        .into_iter()
        .map(subject)
        .collect()
}

/// Ties a revision to its topics or places; a name the room does not know yet becomes one.
pub(super) fn tie(
    tx: &mut WriteTx<'_>,
    revision: RevisionId,
    family: SubjectFamily,
    names: &[SubjectName],
) -> Result<(), StorageError> {
    for (position, name) in (0_i64..).zip(names) {
        let subject = find_or_add(tx, family, name)?;
        diesel::insert_into(revision_subjects::table)
            .values((
                revision_subjects::revision_id.eq(revision.get()),
                revision_subjects::subject_id.eq(subject),
                revision_subjects::position.eq(position),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

pub(super) fn find_or_add(
    tx: &mut WriteTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<i64, StorageError> {
    if let Some((id, _spelling)) = known(tx, family, name)? {
        return Ok(id);
    }
    let slug = free_slug(tx, family, name)?;
    Ok(diesel::insert_into(subjects::table)
        .values((
            subjects::family.eq(family.as_str()),
            subjects::slug.eq(slug.as_str()),
            subjects::name.eq(name.as_str()),
            subjects::folded.eq(name.folded()),
        ))
        .returning(subjects::id)
        .get_result(tx.connection())?)
}

/// The name's slug, with a number behind it where another name has it.
fn free_slug(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<Slug, StorageError> {
    const TRIES: u32 = 1_000;
    let mut slug = name.slug();
    for number in 2..TRIES {
        let taken: Option<i64> = subjects::table
            .filter(subjects::family.eq(family.as_str()))
            .filter(subjects::slug.eq(slug.as_str()))
            .select(subjects::id)
            .first(tx.connection())
            .optional()?;
        if taken.is_none() && by_former_slug(tx, family, slug.as_str())?.is_none() {
            break;
        }
        slug = name.slug().numbered(number);
    }
    Ok(slug)
}

/// The same names in the spelling that the room already has for them.
pub fn as_known(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    names: Vec<SubjectName>,
) -> Result<Vec<SubjectName>, StorageError> {
    names
        .into_iter()
        .map(|name| match known(tx, family, &name)? {
            Some((_, spelling)) => parsed("subjects.name", &spelling),
            None => Ok(name),
        })
        .collect()
}
