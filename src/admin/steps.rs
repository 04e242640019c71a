//! The steps that change no words: each has a page that says what follows, and a button.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, Route};

use super::asked_step::{Step, too_long};
use super::moved_on::{going, moved_on};
use super::passes_page::choices;
use super::publishing::{aim, allowed, complaint};
use super::publishing_page::{Confirm, PublishingPage, TextField, mails_go_to};
use super::step_words::{Words, told, words};
use super::view::{Choice, address, landing, problems, revision_choices};
use super::when::{WhenFields, typed_instant, when};
use super::{Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::desk::publishing::{Desk, desk};
use crate::desk::writing::Sent as SentBy;
use crate::desk::{enclosed, telling};
use crate::keys::new_key;
use crate::newsroom::schedule::Typed;
use crate::newsroom::{Face, ItemId, Move, Revision};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, Store, history, items};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
};

/// What the extractors give every step of this file.
type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

/// Each step with its address below an item's.
pub const STEPS: [(&str, Move); 13] = [
    ("/submission", Move::Submit),
    ("/change-request", Move::RequestChanges),
    ("/approval", Move::Approve),
    ("/schedule/change", Move::Reschedule),
    ("/schedule/end", Move::Unschedule),
    ("/withdrawal", Move::Withdraw),
    ("/removal", Move::Remove),
    ("/restoration", Move::Restore),
    ("/signature", Move::Sign),
    ("/draft/end", Move::Discard),
    ("/draft/return", Move::BringBack),
    ("/revision/return", Move::BringBackWords),
    ("/pass/end", Move::RevokePass),
];

/// The page that confirms a step.
pub(super) fn opens(a_move: Move) -> Route {
    web::get().to(
        move |request: HttpRequest,
              staff: Staff,
              asked: (Numbered<ItemId>, Query),
              stores: Stores| { open(request, staff, (a_move, asked), stores) },
    )
}

/// The button of that page.
pub(super) fn sends(a_move: Move) -> Route {
    web::post().to(
        move |request: HttpRequest,
              staff: Staff,
              sent: (Numbered<ItemId>, Sent),
              stores: Stores| { send(request, staff, (a_move, sent), stores) },
    )
}

async fn open(
    request: HttpRequest,
    staff: Staff,
    (a_move, (item, query)): (Move, (Numbered<ItemId>, Query)),
    (read, _, clock): Stores,
) -> Answer {
    let (item, visit) = (item.0, Visit::opens(&request, staff, &clock));
    visit.may_ever(a_move)?;
    let mut confirm = Confirm::after(&query.0);
    for choice in ["revision", "pass"] {
        confirm.fields.set(choice, query.0.get(choice));
    }
    let page_of_step = read
        .read(move |tx| {
            let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
            allowed(&visit, &desk, a_move)?;
            moved_on(tx, &desk, (a_move, visit.now), &mut confirm)?;
            step_page(tx, &visit, &desk, (a_move, confirm))
        })
        .await?;
    page(&page_of_step, Freshness::Never)
}

async fn send(
    request: HttpRequest,
    staff: Staff,
    (a_move, (item, form)): (Move, (Numbered<ItemId>, Sent)),
    (read, store, clock): Stores,
) -> Answer {
    let (item, fields) = (item.0, form.0);
    let visit = Visit::sends(&request, staff, &clock);
    visit.may_ever(a_move)?;
    let typed = match typed_time(&read, &visit, (a_move, &fields)).await? {
        Ok(typed) => typed,
        Err(confirm) => return again(&read, visit, (item, a_move), confirm).await,
    };
    let step = Step {
        a_move,
        aim: aim(item, &fields)?,
        typed,
        host: request.connection_info().host().to_owned(),
        fields: fields.clone(),
        person: visit.staff.person.clone(),
    };
    let key = fields.form_key()?;
    let said = step.done();
    let done = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            step.take(tx, &sent)
        })
        .await;
    match done {
        Ok(_done) => {
            say(&request, said);
            see_other(&landing(a_move, item))
        }
        Err(failure) => {
            let answer = complaint(fields, failure)?;
            again(&read, visit, (item, a_move), answer).await
        }
    }
}

/// The instant that was typed, where the step needs one; or the page that asks for it, or tells it.
async fn typed_time(
    read: &ReadStore,
    visit: &Visit,
    (a_move, fields): (Move, &Fields),
) -> Result<Result<Option<Typed>, (Confirm, StatusCode)>, Problem> {
    let mut errors = too_long(fields);
    let typed = ["date", "time"]
        .iter()
        .any(|name| !fields.get(name).is_empty());
    if !(a_move == Move::Reschedule || a_move == Move::Withdraw && typed) {
        return Ok(if errors.is_empty() {
            Ok(None)
        } else {
            let confirm = Confirm {
                fields: fields.clone(),
                errors,
                ..Confirm::default()
            };
            Err((confirm, StatusCode::UNPROCESSABLE_ENTITY))
        });
    }
    let now = visit.now;
    let room = read.read(room_of).await?;
    let typed = typed_instant(fields, (&room, now), &mut errors);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    if let Some(at) = &typed
        && errors.is_empty()
        && Confirm::has_seen(fields, at)
    {
        return Ok(Ok(typed));
    }
    let confirm = Confirm {
        fields: fields.clone(),
        errors,
        at: typed,
        moved_on: false,
    };
    Ok(Err((confirm, status)))
}

async fn again(
    read: &ReadStore,
    visit: Visit,
    (item, a_move): (ItemId, Move),
    (mut confirm, mut status): (Confirm, StatusCode),
) -> Answer {
    let (page, status) = read
        .read(move |tx| {
            let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
            if let Some(conflict) = moved_on(tx, &desk, (a_move, visit.now), &mut confirm)? {
                status = conflict;
            }
            let page = step_page(tx, &visit, &desk, (a_move, confirm))?;
            Ok::<_, Problem>((page, status))
        })
        .await?;
    page_with(status, &page)
}

fn step_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
    (a_move, confirm): (Move, Confirm),
) -> Result<PublishingPage, Problem> {
    let room = room_of(tx)?;
    let public = Public::of(tx, desk, (a_move, visit))?;
    let wording = public
        .as_ref()
        .map_or(&desk.head.wording, |public| &public.words.wording);
    let words = words(a_move);
    let blocker = allowed(visit, desk, a_move).err();
    Ok(PublishingPage {
        heading: words.heading.to_owned(),
        item_title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        back: paths::item(desk.item),
        action: address(a_move, desk.item),
        form_key: new_key(),
        shown: confirm.shown(desk),
        enclosed: confirm.enclosed(enclosed::by(tx, desk, (a_move, visit.now))?.as_ref()),
        confirmed: confirm.confirmed(),
        sentence: sentence(&words, desk, &room, (&confirm, visit.now)),
        blockers: blocker
            .map(|problem| problem.to_string())
            .into_iter()
            .collect(),
        problems: problems(&confirm.errors),
        changes: Vec::new(),
        facts: public.as_ref().map_or_else(Vec::new, Public::facts),
        going: going(tx, desk, (a_move, visit.now), &room)?,
        revisions: revisions(tx, (a_move, &confirm), desk, &room)?,
        passes: choices((a_move, confirm.fields.get("pass")), desk, visit.now),
        texts: texts(a_move, &confirm),
        when: when_of(a_move, &confirm, &room, visit.now),
        button: if a_move == Move::Reschedule && confirm.at.is_none() {
            "Continue".to_owned()
        } else {
            words.heading.to_owned()
        },
        card: None,
        frame: visit.frame(&room),
    })
}

/// What a step in the public lane is about.
struct Public {
    /// What readers see now, or were going to see.
    words: Revision,
    slug: String,
    mails: String,
}

impl Public {
    /// Nothing where readers notice nothing of the step.
    fn of(
        tx: &mut ReadTx<'_>,
        desk: &Desk,
        (a_move, visit): (Move, &Visit),
    ) -> Result<Option<Self>, Problem> {
        let row = if matches!(a_move, Move::Reschedule | Move::Unschedule) {
            desk.lane.scheduled(visit.now)
        } else if matches!(a_move, Move::Withdraw | Move::Remove | Move::Restore) {
            desk.lane.at(visit.now)
        } else {
            None
        };
        let Some(row) = row else { return Ok(None) };
        let Some(words) = items::revision(tx, row.revision)? else {
            return Ok(None);
        };
        let told = if a_move == Move::Reschedule && row.face == Face::Live {
            telling::told_when_live(tx, desk, &words)?
        } else {
            Vec::new()
        };
        Ok(Some(Self {
            slug: row.slug.clone(),
            mails: mails_go_to(&told, visit.sends_mail),
            words,
        }))
    }

    fn facts(&self) -> Vec<String> {
        let where_it_is = format!("Its address: {}.", paths::news(&self.slug));
        vec![where_it_is, self.mails.clone()]
    }
}

/// What follows, and once an instant was typed, when that is on every clock.
fn sentence(
    words: &Words,
    desk: &Desk,
    room: &Frame,
    (confirm, now): (&Confirm, Instant),
) -> String {
    let before = words.sentence(desk, room, now);
    confirm.at.as_ref().map_or_else(
        || before.clone(),
        |at| format!("{before} The time you chose: {}.", told(at.instant, room)),
    )
}

/// The instant that a step may or must be given.
fn when_of(a_move: Move, confirm: &Confirm, room: &Frame, now: Instant) -> Option<WhenFields> {
    matches!(a_move, Move::Reschedule | Move::Withdraw).then(|| WhenFields {
        required: a_move == Move::Reschedule,
        ..when(confirm, room, now)
    })
}

/// The revisions to choose from: all but the newest, or the newest of them.
fn revisions(
    tx: &mut ReadTx<'_>,
    (a_move, confirm): (Move, &Confirm),
    desk: &Desk,
    room: &Frame,
) -> Result<Vec<Choice>, Problem> {
    if a_move != Move::BringBackWords {
        return Ok(Vec::new());
    }
    let mut all = history::revisions(tx, desk.item)?;
    all.retain(|one| one.number != desk.head.number);
    let chosen = confirm.fields.get("revision");
    Ok(revision_choices(tx, &all, chosen, room)?)
}

/// What a step asks to be told.
fn texts(a_move: Move, confirm: &Confirm) -> Vec<TextField> {
    if matches!(a_move, Move::Withdraw | Move::Restore) {
        vec![TextField::public_note(confirm)]
    } else if a_move == Move::Remove {
        let hint = "An address of this room, such as /news/ferry-stops. Leave it empty if the item is gone for good.";
        vec![
            TextField::public_note(confirm),
            TextField::of("target", ("Where it is now", hint.to_owned()), confirm),
        ]
    } else if a_move == Move::RequestChanges {
        let hint = "Everybody who works on the item sees it beside the text.";
        vec![TextField::of(
            "comment",
            ("What should change", hint.to_owned()),
            confirm,
        )]
    } else {
        Vec::new()
    }
}
