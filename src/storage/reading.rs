//! One item as readers see it, in two statements: who stands at the address, and all that hangs on it.

use diesel::dsl::auto_type;
use diesel::prelude::*;
use serde::Deserialize;

use super::attached::{self, AttachedFile};
use super::columns::{from_json, parsed};
use super::images::ShownImage;
use super::items::{self, RevisionRow};
use super::json::{
    ifnull, json_copies, json_group_array, json_image, json_ranked, json_subject, likely,
};
use super::publications::{licensed_at, public_at, was_public_by};
use super::schema::{
    images, items as item_table, place_parents, publication_slugs, publications, revision_images,
    revision_subjects, revisions, subjects,
};
use super::{ReadTx, StorageError};
use crate::clock::Instant;
use crate::newsroom::slug::Slug;
use crate::newsroom::words::Language;
use crate::newsroom::{Change, Face, ItemId, Revision, Subject};

/// What stands at an address now.
pub struct PublicItem {
    pub item: ItemId,
    pub uid: String,
    pub face: Face,
    /// Why it stands there as it does now.
    pub change: Change,
    pub from: Instant,
    pub published_at: Instant,
    pub updated_at: Option<Instant>,
    pub public_note: String,
    /// Where its readers are led, exactly where the face says that it moved.
    pub moved_to: Option<Slug>,
    pub revision: Revision,
}

/// What hangs on it.
#[derive(Default)]
pub struct Around {
    /// In the order in which they were typed, and where the room has an order, in that.
    pub subjects: Vec<Subject>,
    /// What readers were told so far, newest first.
    pub told: Vec<Told>,
    /// In the order in which the items were started.
    pub translations: Vec<Sibling>,
    /// Every image that the revision shows, on top or in its body, and that may still be shown.
    pub images: Vec<ShownImage>,
    /// The files below the text, in their order.
    pub files: Vec<AttachedFile>,
}

#[derive(Debug, Clone)]
pub struct Told {
    pub change: Change,
    pub at: Instant,
    pub note: String,
}

/// The same item in another language.
#[derive(Debug, Clone)]
pub struct Sibling {
    pub slug: String,
    pub language: Language,
}

impl PublicItem {
    /// So many moves in a row are followed. Each was an editor's decision about a removed item,
    /// and what led to the first of them grows with every further one: far more than anybody makes.
    pub const MOST_MOVES: usize = 64;
}

diesel::alias!(publications as earlier: Earlier);

type Columns = (
    i64,
    String,
    String,
    String,
    i64,
    i64,
    Option<i64>,
    String,
    Option<String>,
    RevisionRow,
);

/// The item that answers at this address: one that was public under it, now or before.
/// Its present address may be another one; drafts and what is to come never answer, and take no
/// longer not to.
pub fn at_address(
    tx: &mut ReadTx<'_>,
    slug: &str,
    now: Instant,
) -> Result<Option<PublicItem>, StorageError> {
    let began = earlier.field(publications::from_at);
    let ended = earlier.field(publications::until_at);
    let owners = earlier
        .inner_join(
            publication_slugs::table
                .on(publication_slugs::publication_id.eq(earlier.field(publications::id))),
        )
        .filter(publication_slugs::slug.eq(slug))
        .filter(publication_slugs::from_at.le(now.millis()))
        .filter(ended.is_null().or(ended.assume_not_null().gt(began)))
        .select(earlier.field(publications::item_id));
    let row: Option<Columns> = publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .inner_join(item_table::table.on(item_table::id.eq(publications::item_id)))
        .filter(publications::item_id.eq_any(owners))
        .filter(public_at(now.millis()))
        .select((
            publications::item_id,
            item_table::uid,
            publications::face,
            publications::change,
            publications::from_at,
            publications::published_at,
            publications::updated_at,
            publications::public_note,
            publications::moved_to,
            RevisionRow::as_select(),
        ))
        .first(tx.connection())
        .optional()?;
    row.map(read).transpose()
}

fn read(row: Columns) -> Result<PublicItem, StorageError> {
    let (item, uid, face, change, from, published_at, updated_at, public_note, moved_to, revision) =
        row;
    Ok(PublicItem {
        item: ItemId::new(item),
        uid,
        face: parsed("publications.face", &face)?,
        change: parsed("publications.change", &change)?,
        from: Instant::from_millis(from),
        published_at: Instant::from_millis(published_at),
        updated_at: updated_at.map(Instant::from_millis),
        public_note,
        moved_to: moved_to
            .map(|slug| parsed("publications.moved_to", &slug))
            .transpose()?,
        revision: items::read(revision, Vec::new(), Vec::new())?,
    })
}

#[auto_type(no_type_alias)]
fn about(revision: i64) -> _ {
    revision_subjects::table
        .inner_join(subjects::table.on(subjects::id.eq(revision_subjects::subject_id)))
        .left_join(place_parents::table.on(place_parents::place_id.eq(subjects::id)))
        .filter(revision_subjects::revision_id.eq(revision))
        .select(json_group_array(json_subject(
            revision_subjects::position,
            ifnull(place_parents::parent_id.nullable(), 0_i64),
            subjects::position,
            subjects::family,
            subjects::slug,
            subjects::name,
        )))
}

#[auto_type(no_type_alias)]
fn told(item: i64, now: i64) -> _ {
    let began: was_public_by = was_public_by(now);
    publications::table
        .filter(publications::item_id.eq(item))
        .filter(began)
        .filter(publications::public_note.ne(""))
        .select(json_group_array(json_ranked(
            publications::from_at,
            publications::change,
            publications::public_note,
        )))
}

#[auto_type(no_type_alias)]
fn siblings(original: i64, item: i64, now: i64) -> _ {
    let covers: public_at = public_at(now);
    publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(revisions::original_id.eq(original))
        .filter(publications::item_id.ne(item))
        .filter(likely(publications::face.eq("live")))
        .filter(covers)
        .select(json_group_array(json_ranked(
            publications::item_id,
            revisions::slug,
            revisions::language,
        )))
}

#[auto_type(no_type_alias)]
fn pictures(revision: i64, now: i64) -> _ {
    let licensed: licensed_at = licensed_at(now);
    revision_images::table
        .inner_join(images::table.on(images::id.eq(revision_images::image_id)))
        .filter(revision_images::revision_id.eq(revision))
        .filter(licensed)
        .select(json_group_array(json_image(
            images::id,
            images::hash,
            images::width,
            images::height,
            images::alt_text,
            images::caption,
            images::credit,
            images::terms,
            images::taken_on,
            json_copies(images::ready, images::tone),
        )))
}

/// Subjects, notes, translations and images of an item with that revision, as of that instant.
pub fn around(
    tx: &mut ReadTx<'_>,
    revision: &Revision,
    now: Instant,
) -> Result<Around, StorageError> {
    type Jsons = (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let (item, id, now) = (revision.item.get(), revision.id.get(), now.millis());
    let original = revision
        .wording
        .translation_of
        .unwrap_or(revision.item)
        .get();
    let (about, told, siblings, pictures, files): Jsons = item_table::table
        .find(item)
        .select((
            about(id).single_value(),
            told(item, now).single_value(),
            siblings(original, item, now).single_value(),
            pictures(id, now).single_value(),
            attached::of(id, attached::NONE).single_value(),
        ))
        .first(tx.connection())?;
    Ok(Around {
        subjects: as_ordered(&rows(about, "subjects", read_subject)?),
        told: newest_first(rows(told, "publications", read_told)?),
        translations: in_order(rows(siblings, "revisions", read_sibling)?),
        images: rows(pictures, "images", ShownImage::from_columns)?,
        files: in_order(rows(files, "files", AttachedFile::from_columns)?),
    })
}

fn rows<R, T, F>(
    json: Option<String>,
    column: &'static str,
    read: F,
) -> Result<Vec<T>, StorageError>
where
    R: for<'de> Deserialize<'de>,
    F: Fn(R) -> Result<T, StorageError>,
{
    let rows: Vec<R> = from_json(column, &json.unwrap_or_else(|| "[]".to_owned()))?;
    rows.into_iter().map(read).collect()
}

type Ranked<T> = (i64, T);

/// A topic or place of a revision, with what decides where it is named.
struct Tied {
    typed: i64,
    parent: i64,
    /// 0: nobody gave it one.
    place: i64,
    subject: Subject,
}

fn read_subject(
    (typed, parent, place, family, slug, name): (i64, i64, i64, String, String, String),
) -> Result<Tied, StorageError> {
    Ok(Tied {
        typed,
        parent,
        place,
        subject: Subject {
            family: parsed("subjects.family", &family)?,
            slug,
            name,
        },
    })
}

/// Whoever wrote the item decides what is named first; what stands beside each other in the room is
/// named together, first what was given a place, then the others as they were typed.
fn as_ordered(tied: &[Tied]) -> Vec<Subject> {
    let named_first = |one: &Tied| {
        let beside = |other: &&Tied| {
            other.parent == one.parent && other.subject.family == one.subject.family
        };
        tied.iter().filter(beside).map(|other| other.typed).min()
    };
    let rank = |one: &Tied| (named_first(one), one.place == 0, one.place, one.typed);
    in_order(
        tied.iter()
            .map(|one| (rank(one), one.subject.clone()))
            .collect(),
    )
}

fn read_told((at, change, note): (i64, String, String)) -> Result<Told, StorageError> {
    Ok(Told {
        change: parsed("publications.change", &change)?,
        at: Instant::from_millis(at),
        note,
    })
}

fn read_sibling(
    (item, slug, language): (i64, String, String),
) -> Result<Ranked<Sibling>, StorageError> {
    let sibling = Sibling {
        slug,
        language: parsed("revisions.language", &language)?,
    };
    Ok((item, sibling))
}

fn in_order<R: Ord + Copy, T>(mut ranked: Vec<(R, T)>) -> Vec<T> {
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, one)| one).collect()
}

fn newest_first(mut told: Vec<Told>) -> Vec<Told> {
    told.sort_by_key(|told| std::cmp::Reverse(told.at));
    told
}
