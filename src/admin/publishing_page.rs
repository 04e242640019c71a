//! The page that confirms a public step: one sentence says what readers will see, where and when.

use askama::Template;

use super::moved_on::{Going, going};
use super::publishing::shown_words;
use super::view::{Choice, Field, FieldProblem, address as address_of, problems};
use super::when::{WhenFields, when};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::Person;
use crate::clock::Instant;
use crate::desk::checklist::{self, Check};
use crate::desk::publishing::{Desk, touched};
use crate::desk::telling;
use crate::keys::new_key;
use crate::newsroom::enclosures::Enclosures;
use crate::newsroom::schedule::Typed;
use crate::newsroom::silent_edit::Touched;
use crate::newsroom::{Change, DraftState, Face, Move, Refusal, SecondPair, moves};
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
    /// What goes out with the words; empty where the step decides about none.
    pub enclosed: String,
    /// The instant that the sentence tells, in milliseconds.
    pub confirmed: String,
    pub sentence: String,
    /// What an editor should know before pressing: who has read it, what it lacks, who is told.
    pub facts: Vec<String>,
    pub going: Vec<Going>,
    pub blockers: Vec<String>,
    pub problems: Vec<FieldProblem>,
    pub changes: Vec<Choice>,
    pub revisions: Vec<Choice>,
    pub passes: Vec<Choice>,
    pub texts: Vec<TextField>,
    pub when: Option<WhenFields>,
    pub button: String,
    pub card: Option<Card>,
}

/// A text that a step asks for.
pub(super) struct TextField {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: String,
    pub field: Field,
}

impl TextField {
    /// The field of that name, as it was typed.
    pub(super) fn of(
        name: &'static str,
        (label, hint): (&'static str, String),
        confirm: &Confirm,
    ) -> Self {
        Self {
            name,
            label,
            hint,
            field: Field::of(name, &confirm.fields, &confirm.errors),
        }
    }

    /// What readers are told.
    pub(super) fn public_note(confirm: &Confirm) -> Self {
        let hint = "Readers see it on the item, with the date. One or two sentences.";
        Self::of("public_note", ("Public note", hint.to_owned()), confirm)
    }
}

/// A page that confirms a step, with what was typed so far.
#[derive(Default)]
pub(super) struct Confirm {
    pub fields: Fields,
    pub errors: FieldErrors,
    /// Somebody was faster while the page was open.
    pub moved_on: bool,
    /// The instant that was typed, for the person to see on the clocks of every zone and confirm.
    pub at: Option<Typed>,
}

impl Confirm {
    /// What the page showed that led here.
    pub(super) fn after(link: &Fields) -> Self {
        let mut confirm = Self::default();
        for seen in ["shown", "enclosed"] {
            confirm.fields.set(seen, link.get(seen));
        }
        confirm
    }

    /// Whether the person has seen that instant on the page that is sent.
    pub(super) fn has_seen(fields: &Fields, at: &Typed) -> bool {
        fields.get("confirmed") == at.instant.millis().to_string()
    }

    /// What the person has before their eyes: as the form has it, unless the page tells what is new.
    pub(super) fn shown(&self, desk: &Desk) -> String {
        match self.fields.get("shown") {
            kept if !kept.is_empty() && !self.moved_on => kept.to_owned(),
            _ => shown_words(desk),
        }
    }

    /// Whether the item is not any more what the form was opened with.
    pub(super) fn is_stale(&self, desk: &Desk) -> bool {
        let seen = self.fields.get("shown");
        !seen.is_empty() && seen != shown_words(desk)
    }

    /// The same of what goes out with the words.
    pub(super) fn enclosed(&self, now: Option<&Enclosures>) -> String {
        match self.fields.get("enclosed") {
            kept if !kept.is_empty() && !self.moved_on => kept.to_owned(),
            _ => now.map(Enclosures::as_seen).unwrap_or_default(),
        }
    }

    /// Whether what goes out with the words is not any more what the form was opened with.
    pub(super) fn saw_others(&self, now: &Enclosures) -> bool {
        let seen = self.fields.get("enclosed");
        !seen.is_empty() && now.still(seen.parse().ok()).is_err()
    }

    /// The words, or what readers see of them alone.
    pub(super) fn what_moved_on(&self, desk: &Desk) -> Refusal {
        let shown = self.shown(desk);
        match shown.split_once('.') {
            Some((head, _)) if head == desk.head.id.to_string() => Refusal::LaneMovedOn,
            Some(_) | None => Refusal::MovedOn,
        }
    }

    /// The page tells what is new, and nothing that was confirmed counts any more.
    pub(super) fn moves_on(&mut self, sentences: Vec<String>) {
        self.moved_on = true;
        self.at = None;
        for sentence in sentences {
            self.errors.add("", sentence);
        }
    }

    pub(super) fn confirmed(&self) -> String {
        let at = self.at.as_ref();
        at.map_or_else(String::new, |at| at.instant.millis().to_string())
    }
}

pub(super) fn publish_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
    (a_move, confirm): (Move, Confirm),
    address: &PublicAddress,
) -> Result<PublishingPage, Problem> {
    let room = room_of(tx)?;
    let wording = &desk.head.wording;
    let before = desk.lane.at(visit.now);
    let is_live = before.is_some_and(|row| row.face == Face::Live);
    let is_later = a_move == Move::Schedule;
    let href = format!("{}{}", address.0, paths::news(wording.slug.as_str()));
    Ok(PublishingPage {
        heading: heading(a_move, is_live).to_owned(),
        item_title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        back: paths::item(desk.item),
        action: address_of(a_move, desk.item),
        form_key: new_key(),
        shown: confirm.shown(desk),
        enclosed: confirm.enclosed(Some(&desk.enclosed)),
        confirmed: confirm.confirmed(),
        sentence: sentence(is_live, is_later.then_some(&confirm.at), &room, &href),
        facts: facts(tx, visit, desk, a_move)?,
        going: going(tx, desk, (a_move, visit.now), &room)?,
        blockers: blockers(tx, visit, desk, a_move)?,
        problems: problems(&confirm.errors),
        changes: changes(is_live, &confirm.fields),
        revisions: Vec::new(),
        passes: Vec::new(),
        texts: texts(is_live, a_move, &touched(tx, desk, visit.now)?, &confirm),
        when: is_later.then(|| when(&confirm, &room, visit.now)),
        button: button(a_move, is_live, confirm.at.is_some()).to_owned(),
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
    let person = &visit.staff.person;
    let situation = desk.situation(visit.now, person.id);
    let allowed = moves::allow(a_move, person.roles, situation);
    blockers.extend(allowed.err().map(|refusal| refusal.to_string()));
    Ok(blockers)
}

/// Who has read the words, what would be better otherwise, and who gets a mail.
fn facts(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
    a_move: Move,
) -> Result<Vec<String>, Problem> {
    let mut facts = Vec::new();
    if desk.draft_state() != DraftState::Approved
        && desk.second_pair != SecondPair::Required
        && a_move != Move::PublishUrgently
    {
        facts.push(
            "Nobody has approved these words. They go out all the same; that it was so is recorded."
                .to_owned(),
        );
    }
    for check in checklist::look_at(tx, &desk.head.wording, visit.now)? {
        if let Check::Advice(sentence) = check {
            facts.push(sentence);
        }
    }
    let me = visit.staff.person.id;
    let how = (
        me,
        a_move == Move::Schedule,
        a_move == Move::PublishUrgently,
    );
    let told = telling::told_of_publication(tx, desk, how)?;
    facts.push(if told.is_empty() {
        "Nobody gets a mail: nobody else works on it.".to_owned()
    } else {
        mails_go_to(&told, visit.sends_mail)
    });
    Ok(facts)
}

/// Who gets a mail.
pub(super) fn mails_go_to(told: &[Person], sends_mail: bool) -> String {
    let names: Vec<&str> = told.iter().map(|person| person.name.as_str()).collect();
    let names = names.join(", ");
    if names.is_empty() {
        "Nobody gets a mail.".to_owned()
    } else if sends_mail {
        format!("A mail tells {names}.")
    } else {
        format!("No mail tells {names}, because no mail server is set: tell them yourself.")
    }
}

/// What readers are told of a change, and what the journal is told of haste.
fn texts(is_live: bool, a_move: Move, touched: &[Touched], confirm: &Confirm) -> Vec<TextField> {
    let mut texts = Vec::new();
    if is_live {
        texts.push(TextField::public_note(confirm));
    }
    if a_move == Move::PublishUrgently {
        let hint = "Only staff see it. The item stays flagged until another editor signs it.";
        let label = "Why it cannot wait";
        texts.push(TextField::of("reason", (label, hint.to_owned()), confirm));
    } else if !touched.is_empty() {
        let told: Vec<String> = touched.iter().map(ToString::to_string).collect();
        let hint = format!(
            "The change touches what readers rely on. {}. If it is a typo all the same, say why; only staff see it.",
            told.join(". ")
        );
        let label = "Reason, for a typo that touches facts";
        texts.push(TextField::of("reason", (label, hint), confirm));
    }
    texts
}

fn heading(a_move: Move, is_live: bool) -> &'static str {
    match (a_move, is_live) {
        (Move::PublishUrgently, _) => "Publish urgently",
        (Move::Schedule, false) => "Publish later",
        (Move::Schedule, true) => "Publish the change later",
        (_, false) => "Publish now",
        (_, true) => "Publish the change",
    }
}

/// What readers will see, where, and when.
fn sentence(is_live: bool, later: Option<&Option<Typed>>, room: &Frame, href: &str) -> String {
    let when = later.map(|at| {
        at.as_ref().map_or_else(
            || "From the time you choose".to_owned(),
            |at| {
                let room = &room.room;
                let told = dates::in_zones(at.instant, &room.zone, &room.further_zones);
                format!("From {told}")
            },
        )
    });
    match (is_live, when) {
        (false, None) => format!(
            "As soon as you press the button, everybody can read it at {href}, and it stands on top of the front page and the feed."
        ),
        (false, Some(when)) => format!(
            "{when}, to the millisecond, everybody can read it at {href}, on top of the front page and in the feed. Until then nobody but staff can see that it exists."
        ),
        (true, None) => format!(
            "As soon as you press the button, readers of {href} see the new words instead of those they see now. It keeps its place in the list."
        ),
        (true, Some(when)) => format!(
            "{when}, readers of {href} see the new words. Until then they see those they see now."
        ),
    }
}

fn button(a_move: Move, is_live: bool, instant_seen: bool) -> &'static str {
    match (a_move, is_live) {
        (Move::PublishUrgently, _) => "Publish urgently",
        (Move::Schedule, _) if instant_seen => "Schedule",
        (Move::Schedule, _) => "Continue",
        (_, false) => "Publish now",
        (_, true) => "Publish the change",
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
