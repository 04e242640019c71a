//! Fields, choices, chips and rows as finished words.

use super::Visit;
use super::publishing::shown_words;
use crate::accounts::{Person, PersonId};
use crate::clock::Instant;
use crate::desk::enclosed;
use crate::desk::publishing::Desk;
use crate::newsroom::{DraftState, Face, ItemId, Lane, Move, Publication, moves};
use crate::prose::dates::{self, DateWords};
use crate::storage::editing::ItemLine;
use crate::storage::history::Saved;
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError, people, publications};
use crate::web::{FieldErrors, Fields, paths};

/// What stands in a field, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub value: String,
    pub error: String,
}

impl Field {
    /// The field of that name as it was typed.
    pub fn of(name: &str, fields: &Fields, errors: &FieldErrors) -> Self {
        Self {
            value: fields.get(name).to_owned(),
            error: errors.of(name).to_owned(),
        }
    }
}

/// One of several.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: &str) -> Self {
        let value = value.into();
        Self {
            chosen: value == chosen,
            value,
            label: label.into(),
        }
    }
}

/// A line of the summary on top of a form; it leads to its field.
#[derive(Clone, Debug)]
pub struct FieldProblem {
    pub field: String,
    pub message: String,
}

pub fn problems(errors: &FieldErrors) -> Vec<FieldProblem> {
    errors
        .iter()
        .map(|(field, message)| FieldProblem {
            field: field.to_owned(),
            message: message.to_owned(),
        })
        .collect()
}

/// A state as a word and a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub word: String,
    pub look: String,
}

impl Chip {
    fn new(word: &str, look: &str) -> Self {
        Self {
            word: word.to_owned(),
            look: look.to_owned(),
        }
    }
}

/// The states of both lanes.
pub fn chips(lane: &Lane, draft: DraftState, now: Instant) -> Vec<Chip> {
    let mut chips = Vec::new();
    match lane.at(now).map(|row| row.face) {
        Some(Face::Live) => chips.push(Chip::new("Live", "live")),
        Some(Face::Withdrawn) => chips.push(Chip::new("Withdrawn", "withdrawn")),
        Some(Face::Gone | Face::Moved) => chips.push(Chip::new("Removed", "closed")),
        None => {}
    }
    if lane.scheduled(now).is_some() {
        chips.push(Chip::new("Scheduled", "scheduled"));
    }
    match draft {
        DraftState::Closed => {}
        DraftState::Draft => chips.push(Chip::new("Draft", "draft")),
        DraftState::InReview => chips.push(Chip::new("In review", "review")),
        DraftState::ChangesRequested => chips.push(Chip::new("Changes requested", "changes")),
        DraftState::Approved => chips.push(Chip::new("Approved", "approved")),
        DraftState::Discarded => chips.push(Chip::new("Discarded", "closed")),
    }
    chips
}

/// A legal move that leads to its page.
#[derive(Clone, Debug)]
pub struct MoveButton {
    pub label: String,
    pub href: String,
    pub strong: bool,
}

/// The moves that this person may make with this item now.
pub fn buttons(desk: &Desk, visit: &Visit) -> Vec<MoveButton> {
    moves::legal(
        visit.staff.person.roles,
        desk.situation(visit.now, visit.staff.person.id),
    )
    .into_iter()
    .filter_map(|a_move| button(a_move, desk))
    .fold(Vec::new(), |mut buttons: Vec<MoveButton>, button| {
        // One thing usually comes next, not two.
        let strong = button.strong && buttons.iter().all(|other| !other.strong);
        buttons.push(MoveButton { strong, ..button });
        buttons
    })
}

/// The label of a move, and whether it is what usually comes next.
fn label(a_move: Move) -> Option<(&'static str, bool)> {
    Some(match a_move {
        // These stand where the words or the passes are, not among the steps.
        Move::Save | Move::BringBackWords | Move::GivePass | Move::RevokePass => return None,
        Move::Submit => ("Submit for review…", false),
        Move::RequestChanges => ("Ask for changes…", false),
        Move::Approve => ("Approve…", true),
        Move::PublishNow => ("Publish now…", true),
        Move::Correct => ("Publish the change…", true),
        Move::PublishUrgently => ("Publish urgently…", false),
        Move::Schedule => ("Publish later…", false),
        Move::Reschedule => ("Change the time…", false),
        Move::Unschedule => ("Take back the schedule…", false),
        Move::Withdraw => ("Withdraw…", false),
        Move::Remove => ("Remove…", false),
        Move::Restore => ("Restore…", true),
        Move::Sign => ("Sign…", true),
        Move::Discard => ("Discard the draft…", false),
        Move::BringBack => ("Bring the draft back…", true),
    })
}

/// The page on which a move is confirmed and made.
pub(super) fn address(a_move: Move, item: ItemId) -> String {
    match a_move {
        Move::Save => paths::item(item),
        Move::Submit => paths::submission(item),
        Move::RequestChanges => paths::change_request(item),
        Move::Approve => paths::approval(item),
        Move::PublishNow | Move::Correct => paths::publications(item),
        Move::PublishUrgently => paths::urgent_publication(item),
        Move::Schedule => paths::schedule(item),
        Move::Reschedule => paths::schedule_change(item),
        Move::Unschedule => paths::schedule_end(item),
        Move::Withdraw => paths::withdrawal(item),
        Move::Remove => paths::removal(item),
        Move::Restore => paths::restoration(item),
        Move::Sign => paths::signature(item),
        Move::Discard => paths::draft_end(item),
        Move::BringBack => paths::draft_return(item),
        Move::BringBackWords => paths::revision_return(item),
        Move::GivePass => paths::new_pass(item),
        Move::RevokePass => paths::pass_end(item),
    }
}

/// The page that shows what became of a step.
pub(super) fn landing(a_move: Move, item: ItemId) -> String {
    if a_move == Move::RevokePass {
        paths::passes(item)
    } else {
        paths::item(item)
    }
}

/// The button stands on a page that shows the newest words: the page of a step that decides about these
/// is told what was seen here, and tells what changed since.
fn button(a_move: Move, desk: &Desk) -> Option<MoveButton> {
    let (label, strong) = label(a_move)?;
    let page = address(a_move, desk.item);
    Some(MoveButton {
        label: label.to_owned(),
        href: if enclosed::is_of_newest(a_move) {
            let (shown, enclosed) = (shown_words(desk), desk.enclosed.as_seen());
            paths::with_query(&page, &[("shown", &shown), ("enclosed", &enclosed)])
        } else {
            page
        },
        strong,
    })
}

/// Revisions to choose from, at most the newest few hundred, and the chosen one in any case.
pub fn revision_choices(
    tx: &mut ReadTx<'_>,
    revisions: &[Saved],
    chosen: &str,
    room: &Frame,
) -> Result<Vec<Choice>, StorageError> {
    const MOST: usize = 300;
    let names = Names::all(tx)?;
    let choice = |(index, one): (usize, &Saved)| {
        let number = one.number.to_string();
        let when = dates::staff_time(one.at, &room.room.zone).words;
        let label = format!("Revision {number}: {}, {when}", names.of(one.by));
        (index < MOST || number == chosen).then(|| Choice::new(number, label, chosen))
    };
    Ok(revisions.iter().enumerate().filter_map(choice).collect())
}

/// Everybody of the newsroom, for names.
pub struct Names(Vec<Person>);

impl Names {
    pub fn all(tx: &mut ReadTx<'_>) -> Result<Self, StorageError> {
        people::all(tx).map(Self)
    }

    pub fn people(&self) -> &[Person] {
        &self.0
    }

    pub fn of(&self, id: PersonId) -> String {
        let person = self.0.iter().find(|person| person.id == id);
        person.map_or_else(
            || "somebody".to_owned(),
            |person| person.name.as_str().to_owned(),
        )
    }
}

/// One item in a staff list.
pub struct ItemRow {
    /// What a form names it by where several can be chosen; else empty.
    pub pick: String,
    pub href: String,
    pub title: String,
    pub kind: String,
    pub language: String,
    pub lang: String,
    pub direction: String,
    pub chips: Vec<Chip>,
    /// Who started it.
    pub author: String,
    pub changed: DateWords,
    pub changed_by: String,
    pub public: Option<Since>,
    pub coming: Option<Since>,
    pub public_href: Option<String>,
    /// Who shall go on with the draft, and by when.
    pub assignee: Option<String>,
    pub due: Option<DateWords>,
}

/// What readers see, or will: in one word, and from when.
pub struct Since {
    pub word: String,
    pub when: DateWords,
}

impl Since {
    fn new(word: &str, instant: Instant, room: &Frame) -> Self {
        Self {
            word: word.to_owned(),
            when: dates::staff_time(instant, &room.room.zone),
        }
    }

    /// A correction does not make an item any younger, so what is live counts from its first day.
    fn now(row: &Publication, room: &Frame) -> Self {
        match row.face {
            Face::Live => Self::new("Live since", row.published_at, room),
            Face::Withdrawn => Self::new("Withdrawn since", row.from, room),
            Face::Gone | Face::Moved => Self::new("Removed since", row.from, room),
        }
    }

    fn coming(row: &Publication, current: Option<&Publication>, room: &Frame) -> Self {
        let word = match (row.face, current) {
            (Face::Live, Some(_)) => "Changes",
            (Face::Live, None) => "Goes out",
            (Face::Withdrawn | Face::Gone | Face::Moved, _) => "Leaves the lists",
        };
        Self::new(word, row.from, room)
    }
}

/// Lines with their lanes, in two statements however many they are.
pub fn rows(
    tx: &mut ReadTx<'_>,
    lines: Vec<ItemLine>,
    room: &Frame,
    now: Instant,
) -> Result<Vec<ItemRow>, StorageError> {
    let items: Vec<ItemId> = lines.iter().map(|line| line.item).collect();
    let all = publications::lanes(tx, &items)?;
    Ok(lines
        .into_iter()
        .map(|line| {
            let own = all.iter().filter(|(item, _)| *item == line.item);
            row(
                &line,
                &Lane::new(own.map(|(_, row)| row.clone()).collect()),
                room,
                now,
            )
        })
        .collect())
}

fn row(line: &ItemLine, publications: &Lane, room: &Frame, now: Instant) -> ItemRow {
    let current = publications.at(now);
    ItemRow {
        pick: String::new(),
        href: paths::item(line.item),
        title: line.title.clone(),
        kind: crate::public::kind_of(room, line.kind)
            .map_or_else(String::new, |kind| kind.name.clone()),
        language: line.language.name().to_owned(),
        lang: line.language.as_str().to_owned(),
        direction: line.language.direction().to_owned(),
        chips: chips(publications, line.draft, now),
        author: line.author.clone(),
        changed: dates::staff_time(line.changed_at, &room.room.zone),
        changed_by: line.changed_by.clone(),
        public: current.map(|row| Since::now(row, room)),
        coming: publications
            .scheduled(now)
            .map(|row| Since::coming(row, current, room)),
        public_href: current.map(|row| paths::news(&row.slug)),
        assignee: line.assignee.clone(),
        due: line.due_on.map(|day| dates::staff_day(day.date())),
    }
}
