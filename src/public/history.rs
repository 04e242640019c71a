//! What changed at an item's address: every public change with its date, its note and its words.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::difference::{Difference, MOST_ON_A_PAGE};
use super::item::{change_word, standing_at};
use super::{RoomFrame, open_frame, segment, view};
use crate::clock::{Clock, Instant};
use crate::newsroom::Face;
use crate::newsroom::room::ReadersSee;
use crate::newsroom::tags::Tag;
use crate::prose::dates::DateWords;
use crate::prose::markdown;
use crate::storage::changes::{self, PublicChange};
use crate::storage::{ReadStore, ReadTx};
use crate::web::page::showing;
use crate::web::problem::Answer;
use crate::web::view::Pager;
use crate::web::{Freshness, Problem, Query, page, paths};

const PER_PAGE: u64 = 10;

#[derive(Template)]
#[template(path = "public/history.html")]
pub struct HistoryPage {
    pub frame: RoomFrame,
    pub title: String,
    pub language: String,
    pub direction: String,
    pub back: String,
    pub changes: Vec<ChangeView>,
    pub pager: Pager,
}

/// One change that readers could see.
pub struct ChangeView {
    pub word: String,
    pub date: DateWords,
    pub note: String,
    pub language: String,
    pub direction: String,
    pub differences: Vec<Difference>,
    /// Other words stood there before, but what is compared here reads the same.
    pub same_words: bool,
}

pub(super) async fn history(
    request: HttpRequest,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let (slug, now, number) = (segment(&request, "slug"), clock.now(), query.0.page());
    let asked = slug.clone();
    let history = read
        .read(move |tx| history_page(tx, &asked, number, now))
        .await?;
    let shown = vec![Tag::Room, Tag::Item(slug)];
    showing(page(&history, Freshness::Validated), shown)
}

fn history_page(
    tx: &mut ReadTx<'_>,
    slug: &str,
    number: u64,
    now: Instant,
) -> Result<HistoryPage, Problem> {
    let found = standing_at(tx, slug, now).map_err(to_history)?;
    let frame = open_frame(tx)?;
    let moments = changes::moments(tx, found.item, now)?;
    let count = u64::try_from(moments.len()).unwrap_or_default();
    let skip = (number - 1) * PER_PAGE;
    if skip >= count {
        return Err(Problem::NotFound);
    }
    // One more than is shown: the oldest is compared with the one before it.
    let rows = changes::newest(tx, found.item, now, (skip, PER_PAGE + 1))?;
    let since = match frame.room.readers_see {
        ReadersSee::Words => Some(compared_since(&moments)),
        ReadersSee::Notes => None,
    };
    let wording = &found.revision.wording;
    let address = paths::news_history(wording.slug.as_str());
    Ok(HistoryPage {
        title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        back: paths::news(wording.slug.as_str()),
        changes: views(&rows, since, |at| view::date(at, &frame)),
        pager: Pager::new(number, count, PER_PAGE, |number| match number {
            1 => address.clone(),
            _ => paths::with_query(&address, &[("page", &number.to_string())]),
        }),
        frame: RoomFrame::new(&frame, "", now),
    })
}

/// An item at a new address has its history there too.
fn to_history(problem: Problem) -> Problem {
    if let Problem::Moved { to } = problem {
        let to = format!("{to}/history");
        return Problem::Moved { to };
    }
    problem
}

/// Since when words are compared. What was taken away whole does not come back in pieces, so this
/// is when the item was removed last.
fn compared_since(moments: &[(Instant, Face)]) -> Instant {
    let removal = moments
        .iter()
        .find(|(_, face)| matches!(face, Face::Gone | Face::Moved));
    removal.map_or(Instant::from_millis(i64::MIN), |(at, _)| *at)
}

/// Words stand beside what changed since that instant, if any shall.
fn views(
    rows: &[PublicChange],
    since: Option<Instant>,
    date: impl Fn(Instant) -> DateWords,
) -> Vec<ChangeView> {
    let shown = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let effort = MOST_ON_A_PAGE / rows.len().max(1);
    let older = rows.iter().skip(1).map(Some).chain([None]);
    rows.iter()
        .zip(older)
        .take(shown)
        .map(|(row, before)| {
            let compared = |before: &PublicChange| since.is_some_and(|since| before.at > since);
            let before =
                before.filter(|before| compared(before) && before.revision != row.revision);
            let differences = before.map(|before| differences(before, row, effort));
            ChangeView {
                word: change_word(row.change).to_owned(),
                date: date(row.at),
                note: told(row),
                language: row.language.as_str().to_owned(),
                direction: row.language.direction().to_owned(),
                same_words: differences.as_ref().is_some_and(Vec::is_empty),
                differences: differences.unwrap_or_default(),
            }
        })
        .collect()
}

/// The note, where the change is one that readers are told of.
fn told(row: &PublicChange) -> String {
    if row.change.tells_readers() {
        row.note.clone()
    } else {
        String::new()
    }
}

/// What readers read, not how it was typed.
fn differences(old: &PublicChange, new: &PublicChange, effort: usize) -> Vec<Difference> {
    let plain = markdown::to_text;
    [
        ("Title", old.title.clone(), new.title.clone()),
        ("Summary", old.summary.clone(), new.summary.clone()),
        ("Dateline", old.dateline.clone(), new.dateline.clone()),
        ("Text", plain(&old.body), plain(&new.body)),
        ("Notes to editors", plain(&old.notes), plain(&new.notes)),
    ]
    .into_iter()
    .filter_map(|(name, old, new)| Difference::between(name, &old, &new, effort))
    .collect()
}
