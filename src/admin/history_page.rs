//! The page of an item's history: what happened, in one order, and the way to compare two revisions.

use askama::Template;

use super::history_passes::PassStep;
use super::view::{Choice, Names, revision_choices};
use super::{AdminFrame, Visit};
use crate::clock::Instant;
use crate::desk::publishing::Desk;
use crate::newsroom::{Change, Comment, Move, Publication, PublicationId, RevisionId, Seen, moves};
use crate::prose::dates::{self, DateWords};
use crate::storage::history::{self, Approved, Noted, Saved, Signed};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, comments};
use crate::web::view::{Link, Pager};
use crate::web::{Problem, paths};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "admin/history.html")]
pub(super) struct HistoryPage {
    frame: AdminFrame,
    back: String,
    title: String,
    language: String,
    direction: String,
    comparison: Option<Comparison>,
    events: Vec<Event>,
    pager: Pager,
}

/// The form that asks for two revisions.
pub(super) struct Comparison {
    pub action: String,
    pub older: Vec<Choice>,
    pub newer: Vec<Choice>,
}

impl Comparison {
    /// Nothing where there is only one revision.
    pub(super) fn of(
        tx: &mut ReadTx<'_>,
        (desk, room): (&Desk, &Frame),
        saved: &[Saved],
        (older, newer): (i64, i64),
    ) -> Result<Option<Self>, Problem> {
        if saved.len() < 2 {
            return Ok(None);
        }
        Ok(Some(Self {
            action: paths::item_changes(desk.item),
            older: revision_choices(tx, saved, &older.to_string(), room)?,
            newer: revision_choices(tx, saved, &newer.to_string(), room)?,
        }))
    }
}

/// Something that happened.
struct Event {
    at: DateWords,
    by: String,
    did: String,
    facts: Vec<String>,
    quotes: Vec<Quote>,
    links: Vec<Link>,
}

/// Words that somebody wrote, and what they are.
struct Quote {
    label: &'static str,
    words: String,
}

/// Everything that is known of an item's past.
struct Past<'a> {
    desk: &'a Desk,
    room: &'a Frame,
    names: Names,
    now: Instant,
    may_bring_back: bool,
    saved: Vec<Saved>,
    approved: Vec<Approved>,
    said: Vec<Comment>,
    signed: Vec<Signed>,
    noted: Vec<Noted>,
}

pub(super) fn history_page(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &Frame),
    desk: &Desk,
    asked: u64,
) -> Result<HistoryPage, Problem> {
    let past = past(tx, (visit, room), desk)?;
    let happened = past.happened();
    let count = u64::try_from(happened.len()).unwrap_or_default();
    let pager = Pager::new(asked, count, PER_PAGE, |number| {
        let address = paths::item_history(desk.item);
        paths::with_query(&address, &[("page", &number.to_string())])
    });
    if asked > pager.pages {
        return Err(Problem::NotFound);
    }
    let skipped = usize::try_from((asked - 1) * PER_PAGE).unwrap_or(usize::MAX);
    let shown = happened
        .into_iter()
        .skip(skipped)
        .take(usize::try_from(PER_PAGE).unwrap_or_default());
    let wording = &desk.head.wording;
    let newest = (desk.revisions - 1, desk.revisions);
    Ok(HistoryPage {
        frame: visit.frame(room),
        back: paths::item(desk.item),
        title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        comparison: Comparison::of(tx, (desk, room), &past.saved, newest)?,
        events: shown.map(|(at, what)| past.event(at, what)).collect(),
        pager,
    })
}

fn past<'a>(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &'a Frame),
    desk: &'a Desk,
) -> Result<Past<'a>, Problem> {
    let person = &visit.staff.person;
    let situation = desk.situation(visit.now, person.id);
    Ok(Past {
        desk,
        room,
        names: Names::all(tx)?,
        now: visit.now,
        may_bring_back: moves::allow(Move::BringBackWords, person.roles, situation).is_ok(),
        saved: history::revisions(tx, desk.item)?,
        approved: history::approvals(tx, desk.item)?,
        said: comments::of_item(tx, desk.item)?,
        signed: history::signatures(tx, desk.item)?,
        noted: history::noted(tx, desk.item)?,
    })
}

/// One row of one table. Of what happened in the same millisecond, the later sort came later.
#[derive(Clone, Copy)]
enum What<'a> {
    Saved(&'a Saved),
    Noted(&'a Noted),
    Said(&'a Comment),
    Approved(&'a Approved),
    Published(&'a Publication),
    Signed(&'a Signed),
    Passed(PassStep<'a>),
}

impl Past<'_> {
    /// Newest first.
    fn happened(&self) -> Vec<(Instant, What<'_>)> {
        let mut all: Vec<(Instant, What<'_>)> = Vec::new();
        all.extend(
            self.saved
                .iter()
                .rev()
                .map(|one| (one.at, What::Saved(one))),
        );
        all.extend(self.noted.iter().map(|one| (one.at, What::Noted(one))));
        all.extend(self.said.iter().map(|one| (one.at, What::Said(one))));
        all.extend(
            self.approved
                .iter()
                .map(|one| (one.at, What::Approved(one))),
        );
        let rows = self.desk.lane.rows().iter();
        all.extend(rows.map(|one| (one.made_at, What::Published(one))));
        all.extend(self.signed.iter().map(|one| (one.at, What::Signed(one))));
        let passes = PassStep::all(&self.desk.passes);
        all.extend(passes.map(|(at, step)| (at, What::Passed(step))));
        all.sort_by_key(|(at, _)| *at);
        all.reverse();
        all
    }

    fn event(&self, at: Instant, what: What<'_>) -> Event {
        let (by, mut event) = match what {
            What::Saved(one) => (Some(one.by), self.saved_event(one)),
            What::Noted(one) => (one.by, Event::of(format!("{} {}", one.what, one.detail))),
            What::Said(one) => (Some(one.by), self.said_event(one)),
            What::Approved(one) => (Some(one.by), self.approved_event(one)),
            What::Published(one) => (Some(one.by), self.published_event(one)),
            What::Signed(one) => (Some(one.by), self.signed_event(one)),
            What::Passed(step) => (step.by(), Event::of(step.did())),
        };
        event.at = dates::staff_time(at, &self.room.room.zone);
        event.by = by.map_or_else(|| "Somebody".to_owned(), |by| self.names.of(by));
        event
    }

    fn saved_event(&self, one: &Saved) -> Event {
        let mut event = Event::of(format!("saved revision {}", one.number));
        let item = self.desk.item;
        if one.number > 1 {
            let (older, newer) = ((one.number - 1).to_string(), one.number.to_string());
            let query = [("older", older.as_str()), ("newer", newer.as_str())];
            let href = paths::with_query(&paths::item_changes(item), &query);
            event
                .links
                .push(Link::new(format!("What revision {newer} changed"), &href));
        }
        if self.may_bring_back && one.id != self.desk.head.id {
            let number = one.number.to_string();
            let href = paths::with_query(&paths::revision_return(item), &[("revision", &number)]);
            event
                .links
                .push(Link::new(format!("Bring revision {number} back…"), &href));
        }
        event
    }

    fn said_event(&self, one: &Comment) -> Event {
        let mut event = Event::of(format!("said about {}", self.revision(one.revision)));
        event.quote("Passage", one.passage.as_str());
        event.quote("Comment", one.words.as_str());
        event.facts.extend(
            one.resolved
                .map(|(by, at)| format!("Resolved by {}, {}.", self.names.of(by), self.time(at))),
        );
        event
    }

    fn approved_event(&self, one: &Approved) -> Event {
        let mut event = Event::of(format!("approved {}", self.revision(one.revision)));
        let rows = self.desk.lane.rows();
        let goes_out =
            |row: &&Publication| row.seen == Seen::Approved(one.id) && row.until != Some(row.from);
        let went_out = rows.iter().any(|row| goes_out(&row));
        let number = self.number(one.revision);
        let after = |saved: &&Saved| saved.at >= one.at && Some(saved.number) > number;
        event.facts.push(if went_out {
            "It went out, or will, with this approval.".to_owned()
        } else if let Some(at) = one.voided {
            let when = self.time(at);
            format!("Void since {when}: changes were asked for, or the draft was discarded.")
        } else if let Some(next) = self.saved.iter().rev().find(after) {
            let (number, when) = (next.number, self.time(next.at));
            format!("Void since {when}, when revision {number} changed the words.")
        } else {
            "It counts as long as nobody changes the words.".to_owned()
        });
        event
    }

    fn published_event(&self, row: &Publication) -> Event {
        let mut event = Event::of(format!("{} {}", deed(row), self.revision(row.revision)));
        event
            .facts
            .extend(kind_of_change(row.change).map(str::to_owned));
        event.facts.push(self.span(row));
        match row.seen {
            Seen::Approved(_) => {}
            Seen::Alone => event
                .facts
                .push("Without a second pair of eyes, as the room allowed.".to_owned()),
            Seen::Urgent => event.facts.push(self.urgency(row.id)),
        }
        let note = row.public_note.as_ref();
        event.quote("Public note", note.map_or("", |note| note.as_str()));
        let reason = row.reason.as_ref();
        event.quote(
            "Reason, for staff",
            reason.map_or("", |reason| reason.as_str()),
        );
        event
    }

    /// From when until when readers see it, with which face.
    fn span(&self, row: &Publication) -> String {
        let (from, face) = (self.time(row.from), row.face.as_str());
        match row.until {
            Some(until) if until == row.from => {
                format!("It was to begin {from}, but was taken back: readers never saw it.")
            }
            Some(until) if until <= self.now => {
                format!(
                    "Readers saw it so ({face}) from {from} until {}.",
                    self.time(until)
                )
            }
            Some(until) => format!(
                "Readers see it so ({face}) from {from} until {}.",
                self.time(until)
            ),
            None if row.from > self.now => format!("Readers will see it ({face}) from {from}."),
            None => format!("Readers see it so ({face}) since {from}."),
        }
    }

    fn urgency(&self, id: PublicationId) -> String {
        match self.signed.iter().find(|one| one.publication == id) {
            Some(one) => {
                let (by, at) = (self.names.of(one.by), self.time(one.at));
                format!("Urgent, and signed afterwards by {by}, {at}.")
            }
            None => "Urgent, and nobody else has signed it yet.".to_owned(),
        }
    }

    fn signed_event(&self, one: &Signed) -> Event {
        let row = self.desk.lane.find(one.publication);
        let words = row.map_or_else(String::new, |row| self.revision(row.revision));
        Event::of(format!("signed {words}, which had gone out urgently"))
    }

    fn number(&self, id: RevisionId) -> Option<i64> {
        let one = self.saved.iter().find(|one| one.id == id);
        one.map(|one| one.number)
    }

    fn revision(&self, id: RevisionId) -> String {
        let number = self.number(id);
        number.map_or_else(String::new, |number| format!("revision {number}"))
    }

    fn time(&self, at: Instant) -> String {
        dates::staff_time(at, &self.room.room.zone).words
    }
}

fn deed(row: &Publication) -> &'static str {
    match row.change {
        Change::Withdrawal if row.from > row.made_at => "scheduled the withdrawal of",
        Change::Withdrawal => "withdrew",
        Change::Return => "restored",
        Change::Removal => "removed",
        Change::First
        | Change::Typo
        | Change::Update
        | Change::Clarification
        | Change::Correction
            if row.from > row.made_at =>
        {
            "scheduled"
        }
        Change::First
        | Change::Typo
        | Change::Update
        | Change::Clarification
        | Change::Correction => "published",
    }
}

fn kind_of_change(change: Change) -> Option<&'static str> {
    match change {
        Change::Typo => Some("A typo: readers are told of no change."),
        Change::Update => Some("An update."),
        Change::Clarification => Some("A clarification."),
        Change::Correction => Some("A correction."),
        Change::First | Change::Withdrawal | Change::Removal | Change::Return => None,
    }
}

impl Event {
    fn of(did: String) -> Self {
        Self {
            at: DateWords::default(),
            by: String::new(),
            did,
            facts: Vec::new(),
            quotes: Vec::new(),
            links: Vec::new(),
        }
    }

    fn quote(&mut self, label: &'static str, words: &str) {
        if !words.is_empty() {
            let words = words.to_owned();
            self.quotes.push(Quote { label, words });
        }
    }
}
