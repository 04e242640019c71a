//! Lists of items for staff: filtered, sorted, paged.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::columns::parsed;
use super::drafts::stands;
use super::folded;
use super::publications::{public_at, scheduled_after};
use super::schema::{approvals, drafts, items, people, publications, revisions, signatures};
use super::{ReadTx, StorageError};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::schedule::Day;
use crate::newsroom::words::Language;
use crate::newsroom::{DraftState, ItemId, KindId, Stage};

/// One row of a staff list.
#[derive(Debug, Clone)]
pub struct ItemLine {
    pub item: ItemId,
    pub title: String,
    pub kind: KindId,
    pub language: Language,
    /// Who started it.
    pub author: String,
    pub changed_at: Instant,
    pub changed_by: String,
    pub draft: DraftState,
    /// Who goes on with the draft.
    pub assignee: Option<String>,
    pub due_on: Option<Day>,
}

/// A state that staff look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Whatever is worked on, however far it is.
    Draft,
    InReview,
    ChangesRequested,
    Discarded,
    Scheduled,
    Live,
    Withdrawn,
}

crate::newsroom::item::words_of!(State, "state", {
    Draft => "draft",
    InReview => "in_review",
    ChangesRequested => "changes_requested",
    Discarded => "discarded",
    Scheduled => "scheduled",
    Live => "live",
    Withdrawn => "withdrawn",
});

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Changed,
    Title,
    Started,
}

crate::newsroom::item::words_of!(Sort, "column", {
    Changed => "changed",
    Title => "title",
    Started => "started",
});

#[derive(Clone, Debug, Default)]
pub struct ItemFilter {
    /// Each of them must stand in the title.
    pub words: String,
    pub state: Option<State>,
    pub kind: Option<KindId>,
    pub language: Option<Language>,
    /// Who started the item.
    pub author: Option<PersonId>,
    /// Whose draft it is: who opened it, wrote in it last, or shall go on with it.
    pub works: Option<PersonId>,
    /// Drafts in review that this person may approve: somebody else wrote last, and nobody approved.
    pub waits_for: Option<PersonId>,
}

/// A pattern for LIKE that finds this word anywhere, with `\` as its escape.
pub(super) fn holding(word: &str) -> String {
    let escaped = word
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}

type Joined = diesel::dsl::InnerJoinOn<
    diesel::dsl::InnerJoinOn<
        items::table,
        revisions::table,
        diesel::dsl::Eq<items::head_id, diesel::dsl::Nullable<revisions::id>>,
    >,
    people::table,
    diesel::dsl::Eq<people::id, items::created_by>,
>;
type Query<'a> = diesel::dsl::IntoBoxed<'a, Joined, Sqlite>;

fn joined() -> Query<'static> {
    items::table
        .inner_join(revisions::table.on(items::head_id.eq(revisions::id.nullable())))
        .inner_join(people::table.on(people::id.eq(items::created_by)))
        .into_boxed()
}

fn matching(filter: &ItemFilter, now: Instant) -> Query<'static> {
    let mut query = joined();
    for word in folded::words(&filter.words) {
        query = query.filter(revisions::title_folded.like(holding(&word)).escape('\\'));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(revisions::kind_id.eq(kind.get()));
    }
    if let Some(language) = &filter.language {
        query = query.filter(revisions::language.eq(language.as_str()));
    }
    if let Some(author) = filter.author {
        query = query.filter(items::created_by.eq(author.get()));
    }
    if let Some(person) = filter.works {
        query = query.filter(worked_on_by(person.get()));
    }
    if let Some(person) = filter.waits_for {
        query = query.filter(waits_for(person.get()));
    }
    match filter.state {
        Some(state) => in_state(query, state, now.millis()),
        None => query,
    }
}

#[diesel::dsl::auto_type]
fn worked_on_by(person: i64) -> _ {
    let discarded: &'static str = "discarded";
    let open = drafts::table
        .filter(drafts::stage.ne(discarded))
        .select(drafts::item_id);
    let given = drafts::table
        .filter(drafts::opened_by.eq(person))
        .or_filter(drafts::assignee_id.eq(person))
        .select(drafts::item_id);
    items::id
        .eq_any(open)
        .and(revisions::written_by.eq(person).or(items::id.eq_any(given)))
}

#[diesel::dsl::auto_type]
fn waits_for(person: i64) -> _ {
    let in_review: &'static str = "in_review";
    let sent = drafts::table
        .filter(drafts::stage.eq(in_review))
        .select(drafts::item_id);
    let standing: stands = stands();
    let approved = approvals::table
        .filter(standing)
        .select(approvals::revision_id);
    items::id
        .eq_any(sent)
        .and(revisions::written_by.ne(person))
        .and(diesel::dsl::not(revisions::id.eq_any(approved)))
}

fn in_state(query: Query<'static>, state: State, now: i64) -> Query<'static> {
    let public = publications::table
        .filter(public_at(now))
        .select(publications::item_id);
    match state {
        State::Draft => query.filter(
            items::id.eq_any(
                drafts::table
                    .filter(drafts::stage.ne(Stage::Discarded.as_str()))
                    .select(drafts::item_id),
            ),
        ),
        State::InReview | State::ChangesRequested | State::Discarded => query.filter(
            items::id.eq_any(
                drafts::table
                    .filter(drafts::stage.eq(state.as_str()))
                    .select(drafts::item_id),
            ),
        ),
        State::Scheduled => query.filter(
            items::id.eq_any(
                publications::table
                    .filter(scheduled_after(now))
                    .select(publications::item_id),
            ),
        ),
        State::Live => query.filter(items::id.eq_any(public.filter(publications::face.eq("live")))),
        State::Withdrawn => {
            query.filter(items::id.eq_any(public.filter(publications::face.eq("withdrawn"))))
        }
    }
}

pub fn count(tx: &mut ReadTx<'_>, filter: &ItemFilter, now: Instant) -> Result<u64, StorageError> {
    let count: i64 = matching(filter, now).count().get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Where a page of a list begins, how long it is, and in which order it stands.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub skip: u64,
    pub take: u64,
    pub sort: Sort,
    pub ascending: bool,
}

pub fn lines(
    tx: &mut ReadTx<'_>,
    filter: &ItemFilter,
    window: Window,
    now: Instant,
) -> Result<Vec<ItemLine>, StorageError> {
    let rows: Vec<Row> = ordered(matching(filter, now), window)
        .limit(i64::try_from(window.take).unwrap_or(i64::MAX))
        .offset(i64::try_from(window.skip).unwrap_or(i64::MAX))
        .select(COLUMNS)
        .load(tx.connection())?;
    as_lines(tx, rows)
}

type Row = (i64, i64, String, String, String, (i64, i64));

const COLUMNS: (
    items::id,
    revisions::kind_id,
    revisions::title,
    revisions::language,
    people::name,
    (revisions::written_at, revisions::written_by),
) = (
    items::id,
    revisions::kind_id,
    revisions::title,
    revisions::language,
    people::name,
    (revisions::written_at, revisions::written_by),
);

fn ordered(query: Query<'static>, window: Window) -> Query<'static> {
    match (window.sort, window.ascending) {
        (Sort::Changed, true) => query.order((revisions::written_at.asc(), items::id.asc())),
        (Sort::Changed, false) => query.order((revisions::written_at.desc(), items::id.desc())),
        (Sort::Title, true) => query.order((revisions::title_folded.asc(), items::id.asc())),
        (Sort::Title, false) => query.order((revisions::title_folded.desc(), items::id.desc())),
        (Sort::Started, true) => query.order(items::id.asc()),
        (Sort::Started, false) => query.order(items::id.desc()),
    }
}

/// The items that wait for their instant, soonest first.
pub fn scheduled(
    tx: &mut ReadTx<'_>,
    most: i64,
    now: Instant,
) -> Result<Vec<ItemLine>, StorageError> {
    let numbers = publications::table
        .filter(scheduled_after(now.millis()))
        .order((publications::from_at, publications::item_id))
        .limit(most)
        .select(publications::item_id)
        .load(tx.connection())?;
    in_order(tx, numbers)
}

/// The items that went live last, newest first.
pub fn lately(tx: &mut ReadTx<'_>, most: i64, now: Instant) -> Result<Vec<ItemLine>, StorageError> {
    let numbers = publications::table
        .filter(publications::face.eq("live"))
        .filter(public_at(now.millis()))
        .order((
            publications::published_at.desc(),
            publications::item_id.desc(),
        ))
        .limit(most)
        .select(publications::item_id)
        .load(tx.connection())?;
    in_order(tx, numbers)
}

/// The items that went out urgently and wait for a second editor, newest first.
pub fn unsigned(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<ItemLine>, StorageError> {
    let numbers = publications::table
        .left_join(signatures::table.on(signatures::publication_id.eq(publications::id)))
        .filter(publications::urgent)
        .filter(signatures::publication_id.is_null())
        .order(publications::id.desc())
        .limit(most)
        .select(publications::item_id)
        .load(tx.connection())?;
    in_order(tx, numbers)
}

/// The lines of these items, in the order of their numbers here.
pub(super) fn in_order(tx: &mut ReadTx<'_>, ids: Vec<i64>) -> Result<Vec<ItemLine>, StorageError> {
    let rows: Vec<Row> = joined()
        .filter(items::id.eq_any(ids.clone()))
        .select(COLUMNS)
        .load(tx.connection())?;
    let mut lines = as_lines(tx, rows)?;
    lines.sort_by_key(|line| ids.iter().position(|number| *number == line.item.get()));
    Ok(lines)
}

/// How far a draft is, who shall go on with it, and until when.
struct Work {
    state: DraftState,
    assignee: Option<i64>,
    due_on: Option<Day>,
}

/// The drafts of these items.
fn work_on(tx: &mut ReadTx<'_>, numbers: Vec<i64>) -> Result<HashMap<i64, Work>, StorageError> {
    let approved = approvals::table
        .inner_join(items::table.on(items::head_id.eq(approvals::revision_id.nullable())))
        .filter(approvals::item_id.eq(drafts::item_id))
        .filter(stands());
    drafts::table
        .filter(drafts::item_id.eq_any(numbers))
        .select((
            drafts::item_id,
            drafts::stage,
            diesel::dsl::exists(approved),
            (drafts::assignee_id, drafts::due_on),
        ))
        .load::<(i64, String, bool, (Option<i64>, Option<String>))>(tx.connection())?
        .into_iter()
        .map(|(item, stage, approved, (assignee, due_on))| {
            let state = match parsed("drafts.stage", &stage)? {
                Stage::Draft => DraftState::Draft,
                Stage::ChangesRequested => DraftState::ChangesRequested,
                Stage::Discarded => DraftState::Discarded,
                Stage::InReview if approved => DraftState::Approved,
                Stage::InReview => DraftState::InReview,
            };
            let work = Work {
                state,
                assignee,
                due_on: due_on
                    .map(|day| parsed("drafts.due_on", &day))
                    .transpose()?,
            };
            Ok((item, work))
        })
        .collect()
}

/// The rows with the work on them and the names of those who do it, in two statements.
fn as_lines(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<ItemLine>, StorageError> {
    let mut works = work_on(tx, rows.iter().map(|row| row.0).collect())?;
    let writers = rows.iter().map(|row| row.5.1);
    let assignees = works.values().filter_map(|work| work.assignee);
    let people: Vec<i64> = writers.chain(assignees).collect();
    let names: HashMap<i64, String> = people::table
        .filter(people::id.eq_any(people))
        .select((people::id, people::name))
        .load(tx.connection())?
        .into_iter()
        .collect();
    rows.into_iter()
        .map(|row| {
            let work = works.remove(&row.0);
            line(row, work, &names)
        })
        .collect()
}

fn line(
    (item, kind, title, language, author, (changed_at, changed_by)): Row,
    work: Option<Work>,
    names: &HashMap<i64, String>,
) -> Result<ItemLine, StorageError> {
    Ok(ItemLine {
        item: ItemId::new(item),
        title,
        kind: KindId::new(kind),
        language: parsed("revisions.language", &language)?,
        author,
        changed_at: Instant::from_millis(changed_at),
        changed_by: names.get(&changed_by).cloned().unwrap_or_default(),
        draft: work.as_ref().map_or(DraftState::Closed, |work| work.state),
        assignee: work
            .as_ref()
            .and_then(|work| names.get(&work.assignee?).cloned()),
        due_on: work.and_then(|work| work.due_on),
    })
}
