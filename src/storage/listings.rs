//! Lists of live items for readers: which ones, in what order, how many.

use diesel::dsl::auto_type;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use super::columns::{lead, parsed};
use super::images::{ShownColumns, ShownImage};
use super::publications::{licensed_at, live_count, public_at};
use super::schema::{images, items, publications, revisions};
use super::{ReadTx, StorageError, related, subjects};
use crate::clock::Instant;
use crate::newsroom::words::Language;
use crate::newsroom::{Face, ItemId, KindId, Lead, RevisionId, SubjectFamily};

/// One item of a list.
pub struct Card {
    pub item: ItemId,
    pub kind: KindId,
    pub language: Language,
    pub title: String,
    pub slug: String,
    pub summary: String,
    pub published_at: Instant,
    pub updated_at: Option<Instant>,
    pub lead: Option<(Lead, ShownImage)>,
}

/// Which live items a list holds; the default is all of them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub kind: Option<KindId>,
    /// Family and slug; an item must have all of them. A place holds what is below it.
    pub subjects: Vec<(SubjectFamily, String)>,
    /// Published from this instant on.
    pub from: Option<Instant>,
    /// Published before this instant.
    pub until: Option<Instant>,
}

pub(super) type Query<'a> = publications::BoxedQuery<'a, Sqlite>;

pub(super) fn live(filter: &Filter, now: Instant) -> Query<'static> {
    let mut query = publications::table
        .filter(publications::face.eq("live"))
        .filter(public_at(now.millis()))
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(publications::kind_id.eq(kind.get()));
    }
    if let Some(from) = filter.from {
        query = query.filter(publications::published_at.ge(from.millis()));
    }
    if let Some(until) = filter.until {
        query = query.filter(publications::published_at.lt(until.millis()));
    }
    for (family, slug) in &filter.subjects {
        let tied = subjects::tied(*family, slug);
        query = query.filter(publications::revision_id.eq_any(tied));
    }
    query
}

/// The order of every list. It has a tie-breaker, so no item is shown twice or never.
#[auto_type]
pub(super) fn newest_first() -> _ {
    (
        publications::published_at.desc(),
        publications::item_id.desc(),
    )
}

/// How many live items there are.
pub fn count(tx: &mut ReadTx<'_>, filter: &Filter, now: Instant) -> Result<u64, StorageError> {
    let is_of_a_kind =
        filter.subjects.is_empty() && filter.from.is_none() && filter.until.is_none();
    let count = if is_of_a_kind {
        live_count(tx, filter.kind, now)?
    } else {
        live(filter, now).count().get_result(tx.connection())?
    };
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The newest live items, after skipping so many.
pub fn newest(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    now: Instant,
    (skip, take): (u64, u64),
) -> Result<Vec<Card>, StorageError> {
    // The numbers come from the index alone, so that a deep page reads only its own items.
    let numbers = live(filter, now)
        .order(newest_first())
        .limit(i64::try_from(take).unwrap_or(i64::MAX))
        .offset(i64::try_from(skip).unwrap_or(i64::MAX))
        .select(publications::id);
    load(
        tx,
        publications::table
            .filter(publications::id.eq_any(numbers))
            .into_boxed(),
        now,
    )
}

/// Other live items about the same, newest first.
pub fn related(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    revision: RevisionId,
    now: Instant,
) -> Result<Vec<Card>, StorageError> {
    const MOST: i64 = 3;
    load(tx, related::to(item, revision, now, MOST), now)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = revisions)]
struct WordsRow {
    language: String,
    title: String,
    slug: String,
    summary: String,
    lead_image_id: Option<i64>,
    lead_shape: String,
    focus_x: i64,
    focus_y: i64,
}

type PublicationColumns = (i64, i64, i64, Option<i64>);

fn load(tx: &mut ReadTx<'_>, query: Query<'_>, now: Instant) -> Result<Vec<Card>, StorageError> {
    // A photo whose licence has ended is none: the kind's graphic stands in.
    let photo = revisions::lead_image_id
        .eq(images::id.nullable())
        .and(licensed_at(now.millis()));
    query
        .order(newest_first())
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .left_join(images::table.on(photo))
        .select((
            (
                publications::item_id,
                publications::kind_id,
                publications::published_at,
                publications::updated_at,
            ),
            WordsRow::as_select(),
            super::images::SHOWN.nullable(),
        ))
        .load::<(PublicationColumns, WordsRow, Option<ShownColumns>)>(tx.connection())?
        .into_iter()
        .map(|(publication, words, image)| card(publication, words, image))
        .collect()
}

fn card(
    (item, kind, published_at, updated_at): PublicationColumns,
    words: WordsRow,
    image: Option<ShownColumns>,
) -> Result<Card, StorageError> {
    let lead = lead(
        words.lead_image_id,
        &words.lead_shape,
        words.focus_x,
        words.focus_y,
    )?;
    let image = image.map(ShownImage::from_columns).transpose()?;
    Ok(Card {
        item: ItemId::new(item),
        kind: KindId::new(kind),
        language: parsed("revisions.language", &words.language)?,
        title: words.title,
        slug: words.slug,
        summary: words.summary,
        published_at: Instant::from_millis(published_at),
        updated_at: updated_at.map(Instant::from_millis),
        lead: lead.zip(image),
    })
}

/// One entry of a feed; a withdrawn item stays, with its notice for a text.
pub struct FeedLine {
    pub uid: String,
    pub kind: KindId,
    pub face: Face,
    pub published_at: Instant,
    pub updated_at: Option<Instant>,
    pub public_note: String,
    pub language: String,
    pub title: String,
    pub slug: String,
    pub summary: String,
    /// In Markdown.
    pub body: String,
}

type FeedColumns = (
    String,
    i64,
    String,
    i64,
    Option<i64>,
    String,
    String,
    String,
    String,
    (String, String),
);

const IN_A_FEED: i64 = 30;

/// The newest live and withdrawn items, newest first.
pub fn for_feed(tx: &mut ReadTx<'_>, now: Instant) -> Result<Vec<FeedLine>, StorageError> {
    // Each face from its own end of the index: together they would be sorted whole.
    let live = newest_with(Face::Live, now);
    let withdrawn = newest_with(Face::Withdrawn, now);
    publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .inner_join(items::table.on(items::id.eq(publications::item_id)))
        .filter(
            publications::id
                .eq_any(live)
                .or(publications::id.eq_any(withdrawn)),
        )
        .order(newest_first())
        .limit(IN_A_FEED)
        .select((
            items::uid,
            publications::kind_id,
            publications::face,
            publications::published_at,
            publications::updated_at,
            publications::public_note,
            revisions::language,
            revisions::title,
            revisions::slug,
            (revisions::summary, revisions::body),
        ))
        .load::<FeedColumns>(tx.connection())?
        .into_iter()
        .map(feed_line)
        .collect()
}

type Numbers = publications::BoxedQuery<'static, Sqlite, BigInt>;

fn newest_with(face: Face, now: Instant) -> Numbers {
    publications::table
        .filter(publications::face.eq(face.as_str()))
        .filter(public_at(now.millis()))
        .order(newest_first())
        .limit(IN_A_FEED)
        .select(publications::id)
        .into_boxed()
}

fn feed_line(
    (
        uid,
        kind,
        face,
        published_at,
        updated_at,
        public_note,
        language,
        title,
        slug,
        (summary, body),
    ): FeedColumns,
) -> Result<FeedLine, StorageError> {
    Ok(FeedLine {
        uid,
        kind: KindId::new(kind),
        face: parsed("publications.face", &face)?,
        published_at: Instant::from_millis(published_at),
        updated_at: updated_at.map(Instant::from_millis),
        public_note,
        language,
        title,
        slug,
        summary,
        body,
    })
}
