//! Topics and places.

use diesel::prelude::*;

use super::columns::parsed;
use super::publications::public_at;
use super::schema::{publications, revision_subjects, subjects};
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;
use crate::newsroom::slug::Slug;
use crate::newsroom::{RevisionId, Subject, SubjectFamily, SubjectName};

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
    Ok(subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .order(subjects::name)
        .limit(MOST_SUGGESTIONS)
        .select(subjects::name)
        .load(tx.connection())?)
}

/// The number of the subject of that name, and how the room spells it.
fn known(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    name: &SubjectName,
) -> Result<Option<(i64, String)>, StorageError> {
    Ok(subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::folded.eq(name.folded()))
        .select((subjects::id, subjects::name))
        .first(tx.connection())
        .optional()?)
}

/// A topic or place that readers may know of: something live is about it. One that only drafts
/// name does not exist for them.
pub fn public_by_slug(
    tx: &mut ReadTx<'_>,
    family: SubjectFamily,
    slug: &str,
    now: Instant,
) -> Result<Option<Subject>, StorageError> {
    let live = revision_subjects::table
        .inner_join(
            publications::table.on(publications::revision_id.eq(revision_subjects::revision_id)),
        )
        .filter(revision_subjects::subject_id.eq(subjects::id))
        .filter(publications::face.eq("live"))
        .filter(public_at(now.millis()));
    subjects::table
        .filter(subjects::family.eq(family.as_str()))
        .filter(subjects::slug.eq(slug))
        .filter(diesel::dsl::exists(live))
        .select((subjects::family, subjects::slug, subjects::name))
        .first::<Row>(tx.connection())
        .optional()?
        .map(subject)
        .transpose()
}

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

fn find_or_add(
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
        if taken.is_none() {
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
