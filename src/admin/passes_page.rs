//! The pages of passes: who has which, how far it is, what was done with it; and the form of a new one.

use askama::Template;

use super::publishing_page::Confirm;
use super::view::{Chip, Choice, Field, FieldProblem, Names, problems};
use super::when::{WhenFields, when};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Instant;
use crate::desk::publishing::Desk;
use crate::keys::new_key;
use crate::newsroom::pass::{self, Deed, LONGEST_MILLIS, Standing, USUAL_TERMS};
use crate::newsroom::schedule::wall_clock;
use crate::newsroom::{Move, Pass, Passes, moves};
use crate::prose::dates::{self, DateWords};
use crate::storage::ReadTx;
use crate::storage::passes::{self, PassVisit};
use crate::storage::room::Frame;
use crate::web::view::Link;
use crate::web::{Fields, Problem, paths};

#[derive(Template)]
#[template(path = "admin/passes.html")]
pub(super) struct PassesPage {
    frame: AdminFrame,
    heading: ItemHeading,
    sentence: String,
    /// The address of the pass that was given just now; nobody can show it again.
    pub address: Option<String>,
    give: Option<String>,
    rows: Vec<PassRow>,
}

/// Which item a page is about, and the way back to it.
struct ItemHeading {
    title: String,
    language: String,
    direction: String,
    back: String,
}

impl ItemHeading {
    fn of(desk: &Desk, back: String) -> Self {
        let wording = &desk.head.wording;
        Self {
            title: wording.title.as_str().to_owned(),
            language: wording.language.as_str().to_owned(),
            direction: wording.language.direction().to_owned(),
            back,
        }
    }
}

/// One pass as finished words.
struct PassRow {
    holder: String,
    outlet: String,
    mail: String,
    chip: Chip,
    given_by: String,
    given: DateWords,
    expires: DateWords,
    accepted: Option<DateWords>,
    revoked: Option<(String, DateWords)>,
    opened: String,
    visits: Vec<(&'static str, DateWords)>,
    terms: String,
    revoke: Option<String>,
}

/// Of so many visits the page tells when they were.
const MOST_VISITS: i64 = 50;

pub(super) fn passes_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
) -> Result<PassesPage, Problem> {
    let room = room_of(tx)?;
    let names = Names::all(tx)?;
    let mut rows = Vec::new();
    for pass in desk.passes.iter().rev() {
        let visits = passes::visits(tx, pass.id, MOST_VISITS)?;
        let standing = pass.standing(&desk.lane, visit.now);
        rows.push(row(pass, standing, visits, (&names, &room)));
    }
    let person = &visit.staff.person;
    let situation = desk.situation(visit.now, person.id);
    let may_give = moves::allow(Move::GivePass, person.roles, situation).is_ok();
    Ok(PassesPage {
        heading: ItemHeading::of(desk, paths::item(desk.item)),
        sentence: sentence(desk, &room, visit.now),
        address: None,
        give: may_give.then(|| paths::new_pass(desk.item)),
        rows,
        frame: visit.frame(&room),
    })
}

fn sentence(desk: &Desk, room: &Frame, now: Instant) -> String {
    match (desk.lane.at(now), desk.lane.scheduled(now)) {
        (Some(_), _) => {
            "Readers have the item, so passes are over: each leads to the public page.".to_owned()
        }
        (None, Some(row)) => format!("Embargoed until {}.", told(row.from, room)),
        (None, None) => {
            "Nothing is scheduled, so passes are on hold. As soon as the item has a new time, they open again."
                .to_owned()
        }
    }
}

fn told(at: Instant, room: &Frame) -> String {
    dates::in_zones(at, &room.room.zone, &room.room.further_zones)
}

fn row(
    pass: &Pass,
    standing: Standing<'_>,
    (visits, opened): (Vec<PassVisit>, i64),
    (names, room): (&Names, &Frame),
) -> PassRow {
    let time = |at| dates::staff_time(at, &room.room.zone);
    let words = &pass.words;
    PassRow {
        holder: words.holder.as_str().to_owned(),
        outlet: words.outlet.as_str().to_owned(),
        mail: words
            .mail
            .as_ref()
            .map_or_else(String::new, |mail| mail.as_str().to_owned()),
        chip: chip(standing),
        given_by: names.of(pass.given_by),
        given: time(pass.given_at),
        expires: time(words.expires_at),
        accepted: pass.accepted_at.map(time),
        revoked: pass.revoked.map(|(by, at)| (names.of(by), time(at))),
        opened: match opened {
            0 => "Not opened yet".to_owned(),
            1 => "Opened once".to_owned(),
            many => format!("Opened {many} times"),
        },
        visits: visits
            .iter()
            .map(|visit| (deed(visit.deed), time(visit.at)))
            .collect(),
        terms: words.terms.as_str().to_owned(),
        revoke: (!standing.is_over()).then(|| paths::pass_end_of(pass.item, pass.id)),
    }
}

fn chip(standing: Standing<'_>) -> Chip {
    let (word, look) = match standing {
        Standing::Open(_) => ("Open", "approved"),
        Standing::TermsFirst(_) => ("Terms not accepted yet", "review"),
        Standing::OnHold => ("On hold", "changes"),
        Standing::Ended(_) => ("Ended with the publication", "closed"),
        Standing::Expired => ("Expired", "closed"),
        Standing::Revoked => ("Revoked", "closed"),
    };
    Chip {
        word: word.to_owned(),
        look: look.to_owned(),
    }
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Opened => "Opened the page",
        Deed::Accepted => "Accepted the terms",
        Deed::Picture => "Fetched a picture",
        Deed::File => "Fetched a file",
    }
}

/// The passes that can be revoked, to choose from.
pub(super) fn choices((a_move, chosen): (Move, &str), desk: &Desk, now: Instant) -> Vec<Choice> {
    let choice = |pass: &Pass| {
        let words = &pass.words;
        let label = format!("{}, {}", words.holder, words.outlet);
        let stands = !pass.standing(&desk.lane, now).is_over();
        stands.then(|| Choice::new(pass.id.to_string(), label, chosen))
    };
    if a_move != Move::RevokePass {
        return Vec::new();
    }
    let mut choices: Vec<Choice> = desk.passes.iter().filter_map(choice).collect();
    // Nobody's pass is revoked because somebody else's was over already.
    if choices.iter().all(|choice| !choice.chosen) {
        choices.insert(0, Choice::new(chosen, "Choose a pass", chosen));
    }
    choices
}

#[derive(Template)]
#[template(path = "admin/pass.html")]
pub(super) struct NewPassPage {
    frame: AdminFrame,
    heading: ItemHeading,
    action: String,
    form_key: String,
    shown: String,
    sentence: String,
    problems: Vec<FieldProblem>,
    holder: Field,
    outlet: Field,
    mail: Field,
    when: WhenFields,
    terms: Field,
}

/// What stands in the form at first: the pass ends with the embargo, if it may last so long, on the
/// usual terms.
pub(super) fn given(desk: &Desk, room: &Frame, now: Instant) -> Confirm {
    let mut fields = Fields::default();
    if let Some(row) = desk.lane.scheduled(now) {
        let latest = now.plus_millis(LONGEST_MILLIS);
        let wall = wall_clock(row.from.min(latest), &room.room.zone);
        fields.set("date", &wall.date());
        fields.set("time", &wall.time());
    }
    fields.set("terms", USUAL_TERMS);
    Confirm {
        fields,
        ..Confirm::default()
    }
}

pub(super) fn new_pass_page(
    (visit, room): (&Visit, &Frame),
    desk: &Desk,
    confirm: Confirm,
) -> NewPassPage {
    let field = |name| Field::of(name, &confirm.fields, &confirm.errors);
    NewPassPage {
        frame: visit.frame(room),
        heading: ItemHeading::of(desk, paths::passes(desk.item)),
        action: paths::new_pass(desk.item),
        form_key: new_key(),
        shown: confirm.shown(desk),
        sentence: sentence(desk, room, visit.now),
        problems: problems(&confirm.errors),
        holder: field("holder"),
        outlet: field("outlet"),
        mail: field("mail"),
        when: WhenFields {
            legend: "The pass expires",
            ..when(&confirm, room, visit.now)
        },
        terms: field("terms"),
    }
}

/// For whom a link to the passes stands beside the item, and what it says.
pub(super) fn link(desk: &Desk, visit: &Visit) -> Option<Link> {
    let person = &visit.staff.person;
    let situation = desk.situation(visit.now, person.id);
    let may_give = moves::allow(Move::GivePass, person.roles, situation).is_ok();
    let label = match desk.passes.len() {
        0 if may_give => "Passes".to_owned(),
        0 => return None,
        1 => "1 pass".to_owned(),
        many => format!("{many} passes"),
    };
    person
        .roles
        .editor
        .then(|| Link::new(label, paths::passes(desk.item)))
}

/// What becomes of the passes of an item whose time changes.
pub(super) fn when_the_time_changes(desk: &Desk, now: Instant, follows: &str) -> String {
    match pass::any_stands(&desk.passes, &desk.lane, now) {
        Passes::SomeStand => format!(" {follows}"),
        Passes::NoneStands => String::new(),
    }
}
