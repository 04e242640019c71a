//! What the calendar and its feed tell of: publications and due days, in their order.

use crate::clock::Instant;
use crate::newsroom::schedule::Day;
use crate::newsroom::{Change, ItemId, PublicationId};
use crate::storage::calendar::{self, Coming};
use crate::storage::editing::ItemLine;
use crate::storage::{ReadTx, StorageError};

/// One thing that happens.
pub(super) struct Entry {
    pub when: When,
    pub item: ItemId,
    pub title: String,
    pub lang: String,
    pub direction: String,
    /// What it is, in a word: "Publication", "Correction", "Due".
    pub what: &'static str,
    /// Further facts: an embargo, whose work it is; empty where there are none.
    pub facts: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Readers see a publication begin.
    Begins(PublicationId, Instant),
    /// The draft should be ready.
    Due(Day),
}

/// From when until when, and how many of each at most. Without an end, everything to come; without
/// a first day, everything that is overdue too.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub instants: (Instant, Option<Instant>),
    pub days: (Option<Day>, Option<Day>),
    pub most: i64,
}

/// Who asks, as far as it matters for what is told.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    pub now: Instant,
    /// Passes are the editors' business.
    pub editor: bool,
}

/// The due days and the publications of the span, each in their order.
pub(super) fn entries(
    tx: &mut ReadTx<'_>,
    span: Span,
    asking: Asking,
) -> Result<Vec<Entry>, StorageError> {
    let due = calendar::due(tx, span.days, span.most)?;
    let begins = calendar::publications(tx, span.instants, (span.most, asking.now))?;
    let due = due.into_iter().filter_map(of_draft);
    let begins = begins.into_iter().map(|coming| begin(coming, asking));
    Ok(due.chain(begins).collect())
}

fn of_draft(line: ItemLine) -> Option<Entry> {
    Some(Entry {
        when: When::Due(line.due_on?),
        item: line.item,
        title: line.title,
        lang: line.language.as_str().to_owned(),
        direction: line.language.direction().to_owned(),
        what: "Due",
        facts: line
            .assignee
            .map_or_else(String::new, |name| format!("for {name}")),
    })
}

fn begin(coming: Coming, asking: Asking) -> Entry {
    Entry {
        when: When::Begins(coming.publication, coming.at),
        item: coming.item,
        lang: coming.language.as_str().to_owned(),
        direction: coming.language.direction().to_owned(),
        what: what(coming.change),
        facts: embargo(&coming, asking),
        title: coming.title,
    }
}

/// Until an item is first published, whoever has a pass reads it under embargo.
fn embargo(coming: &Coming, asking: Asking) -> String {
    let embargoed = asking.editor && coming.at > asking.now && coming.change == Change::First;
    match coming.passes {
        1 if embargoed => "end of the embargo, 1 pass".to_owned(),
        2.. if embargoed => format!("end of the embargo, {} passes", coming.passes),
        _ => String::new(),
    }
}

fn what(change: Change) -> &'static str {
    match change {
        Change::First => "Publication",
        Change::Typo => "Typo",
        Change::Update => "Update",
        Change::Clarification => "Clarification",
        Change::Correction => "Correction",
        Change::Withdrawal => "Withdrawal",
        Change::Removal => "Removal",
        Change::Return => "Return",
    }
}
