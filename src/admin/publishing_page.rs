//! The page that confirms a public step: one sentence says what readers will see, where and when.

use askama::Template;

use super::publishing::shown_words;
use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Instant;
use crate::desk::checklist;
use crate::desk::publishing::Desk;
use crate::keys::new_key;
use crate::newsroom::{Change, Face, Move, moves};
use crate::prose::dates;
use crate::public::view::{Card, Gallery, KindLabel, graphic};
use crate::public::{PublicAddress, kind_of};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, images};
use crate::web::{FieldErrors, Fields, Problem, paths};

#[derive(Template)]
#[template(path = "admin/publishing.html")]
pub(super) struct PublishingPage {
    pub frame: AdminFrame,
    pub heading: String,
    pub item_title: String,
    pub language: String,
    pub direction: String,
    pub back: String,
    pub action: String,
    pub form_key: String,
    pub shown: String,
    pub sentence: String,
    pub blockers: Vec<String>,
    pub problems: Vec<FieldProblem>,
    pub changes: Vec<Choice>,
    pub public_note: Option<Field>,
    pub when: Option<WhenFields>,
    pub button: String,
    pub card: Option<Card>,
}

/// Date and time as somebody types them, in the room's zone.
pub(super) struct WhenFields {
    pub date: Field,
    pub time: Field,
    pub which: Vec<Choice>,
    pub zone: String,
}

/// A page that confirms a public step, with what was typed so far.
pub(super) struct Confirm {
    pub a_move: Move,
    pub fields: Fields,
    pub errors: FieldErrors,
    /// Somebody saved a newer text while the page was open.
    pub moved_on: bool,
}

impl Confirm {
    pub(super) fn new(a_move: Move) -> Self {
        Self {
            a_move,
            fields: Fields::default(),
            errors: FieldErrors::default(),
            moved_on: false,
        }
    }
}

pub(super) fn publish_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
    confirm: Confirm,
    address: &PublicAddress,
) -> Result<PublishingPage, Problem> {
    let room = room_of(tx, visit.now)?;
    let wording = &desk.head.wording;
    let before = desk.lane.at(visit.now);
    let is_live = before.is_some_and(|row| row.face == Face::Live);
    let is_later = confirm.a_move == Move::Schedule;
    let note = Field::of("public_note", &confirm.fields, &confirm.errors);
    let href = format!("{}{}", address.0, paths::news(wording.slug.as_str()));
    let action = if is_later {
        paths::schedule
    } else {
        paths::publications
    };
    Ok(PublishingPage {
        heading: heading(is_live, is_later).to_owned(),
        item_title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        back: paths::item(desk.item),
        action: action(desk.item),
        form_key: new_key(),
        shown: shown_words(desk),
        sentence: sentence(is_live, is_later, &href),
        blockers: blockers(tx, visit, desk, confirm.a_move)?,
        problems: problems(&confirm.errors),
        changes: changes(is_live, &confirm.fields),
        public_note: is_live.then_some(note),
        when: is_later.then(|| when(&confirm, &room, visit.now)),
        button: button(is_live, is_later).to_owned(),
        card: card(tx, desk, &room, visit.now)?,
        frame: visit.frame(&room),
    })
}

/// Everything that stands in the way: what is missing, and what the table of moves says.
fn blockers(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
    a_move: Move,
) -> Result<Vec<String>, Problem> {
    let mut blockers = checklist::missing(checklist::look(tx, &desk.head.wording)?);
    let allowed = moves::allow(a_move, visit.staff.person.roles, desk.situation(visit.now));
    blockers.extend(allowed.err().map(|refusal| refusal.to_string()));
    Ok(blockers)
}

fn heading(is_live: bool, is_later: bool) -> &'static str {
    match (is_live, is_later) {
        (false, false) => "Publish now",
        (false, true) => "Publish later",
        (true, false) => "Publish the change",
        (true, true) => "Publish the change later",
    }
}

fn sentence(is_live: bool, is_later: bool, href: &str) -> String {
    match (is_live, is_later) {
        (false, false) => format!(
            "As soon as you press the button, everybody can read it at {href}, and it stands on top of the front page and the feed."
        ),
        (false, true) => format!(
            "From the time you choose, to the millisecond, everybody can read it at {href}. Until then nobody but staff can see that it exists."
        ),
        (true, false) => format!(
            "As soon as you press the button, readers of {href} see the new words instead of those they see now. It keeps its place in the list."
        ),
        (true, true) => format!(
            "From the time you choose, readers of {href} see the new words. Until then they see those they see now."
        ),
    }
}

fn button(is_live: bool, is_later: bool) -> &'static str {
    match (is_live, is_later) {
        (false, false) => "Publish now",
        (true, false) => "Publish the change",
        (_, true) => "Schedule",
    }
}

/// Live words change in one of four ways; the first publication names none.
fn changes(is_live: bool, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("change");
    let known = if is_live {
        &Change::OF_LIVE_WORDS[..]
    } else {
        &[]
    };
    known
        .iter()
        .map(|change| Choice::new(change.as_str(), change_words(*change), chosen))
        .collect()
}

fn change_words(change: Change) -> &'static str {
    match change {
        Change::Typo => "Typo: no fact changes, readers are not told",
        Change::Update => "Update: there is news to add",
        Change::Clarification => "Clarification: it was right, but could be misread",
        Change::Correction => "Correction: something was wrong",
        Change::First | Change::Withdrawal | Change::Removal | Change::Return => "",
    }
}

fn when(confirm: &Confirm, room: &Frame, now: Instant) -> WhenFields {
    let (fields, errors) = (&confirm.fields, &confirm.errors);
    let zone = &room.room.zone;
    let which = if errors.of("which").is_empty() && fields.get("which").is_empty() {
        Vec::new()
    } else {
        let chosen = fields.get("which");
        vec![
            Choice::new(
                "earlier",
                "The first time, before the clocks go back",
                chosen,
            ),
            Choice::new(
                "later",
                "The second time, after the clocks went back",
                chosen,
            ),
        ]
    };
    WhenFields {
        date: Field::of("date", fields, errors),
        time: Field::of("time", fields, errors),
        which,
        zone: format!(
            "{}; it is {} there",
            zone.name(),
            dates::staff_time(now, zone).words
        ),
    }
}

/// How the item will stand in a list.
fn card(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    room: &Frame,
    now: Instant,
) -> Result<Option<Card>, Problem> {
    let wording = &desk.head.wording;
    let Some(kind) = kind_of(room, wording.kind) else {
        return Ok(None);
    };
    let zone = &room.room.zone;
    let lead = wording.lead;
    let image = match lead {
        Some(lead) => images::shown(tx, &[lead.image])?.into_iter().next(),
        None => None,
    };
    Ok(Some(Card {
        href: paths::preview(desk.item),
        kind: KindLabel::of(kind),
        title: wording.title.as_str().to_owned(),
        summary: wording.summary.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        published: dates::day_and_time(
            desk.lane.at(now).map_or(now, |row| row.published_at),
            zone,
            "en",
        ),
        updated: None,
        photo: lead
            .zip(image)
            .map(|(lead, image)| Gallery::Staff.photo(&image, lead.focus)),
        graphic: graphic(kind),
    }))
}
