//! The steps that take back: a schedule, a live item, a withdrawal. Each has a page that says what follows.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::publishing::{aim, allowed, complaint, done_last, shown_words};
use super::publishing_page::{Confirm, PublishingPage};
use super::view::{Field, problems};
use super::{Visit, room_of};
use crate::accounts::Editor;
use crate::clock::Clock;
use crate::desk::publishing::{self as moves_desk, Aim, Desk, desk};
use crate::desk::writing::Sent as SentBy;
use crate::desk::{Done, Failure};
use crate::keys::new_key;
use crate::newsroom::words::PublicNote;
use crate::newsroom::{ItemId, Move};
use crate::prose::dates;
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, Store, WriteTx};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other};

/// What the extractors give every step of this file.
type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

pub(super) async fn open_schedule_end(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    stores: Stores,
) -> Answer {
    open(request, staff, (item.0, Move::Unschedule), stores).await
}

pub(super) async fn open_withdrawal(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    stores: Stores,
) -> Answer {
    open(request, staff, (item.0, Move::Withdraw), stores).await
}

pub(super) async fn open_restoration(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    stores: Stores,
) -> Answer {
    open(request, staff, (item.0, Move::Restore), stores).await
}

pub(super) async fn not_after_all(
    request: HttpRequest,
    staff: Staff,
    sent: (Numbered<ItemId>, Sent),
    stores: Stores,
) -> Answer {
    send(request, staff, (Move::Unschedule, sent), stores).await
}

pub(super) async fn withdraw(
    request: HttpRequest,
    staff: Staff,
    sent: (Numbered<ItemId>, Sent),
    stores: Stores,
) -> Answer {
    send(request, staff, (Move::Withdraw, sent), stores).await
}

pub(super) async fn restore(
    request: HttpRequest,
    staff: Staff,
    sent: (Numbered<ItemId>, Sent),
    stores: Stores,
) -> Answer {
    send(request, staff, (Move::Restore, sent), stores).await
}

async fn open(
    request: HttpRequest,
    staff: Staff,
    (item, a_move): (ItemId, Move),
    (read, _, clock): Stores,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let confirm = read
        .read(move |tx| {
            let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
            allowed(&visit, &desk, a_move)?;
            retract_page(tx, &visit, &desk, Confirm::new(a_move))
        })
        .await?;
    page(&request, &confirm, Freshness::Never)
}

async fn send(
    request: HttpRequest,
    staff: Staff,
    (a_move, (item, form)): (Move, (Numbered<ItemId>, Sent)),
    (read, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let (item, fields) = (item.0, form.0);
    let visit = Visit::sends(&request, staff, &clock);
    let aim = aim(item, &fields)?;
    let (typed, key) = (fields.clone(), fields.form_key()?);
    let done = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            step(tx, (a_move, aim), typed.get("public_note"), &sent, editor)
        })
        .await;
    match done {
        Ok(_done) => {
            say(&request, sentence_after(a_move));
            see_other(&paths::item(item))
        }
        Err(failure) => {
            let (confirm, status) = complaint(a_move, fields, failure)?;
            again(&read, visit, item, (confirm, status)).await
        }
    }
}

fn step(
    tx: &mut WriteTx<'_>,
    (a_move, aim): (Move, Aim),
    note: &str,
    sent: &SentBy<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    if a_move == Move::Unschedule {
        return moves_desk::not_after_all(tx, aim, sent, editor);
    }
    let note: PublicNote = note
        .parse()
        .map_err(|_source| crate::newsroom::Refusal::NoPublicNote)?;
    if a_move == Move::Withdraw {
        moves_desk::withdraw(tx, aim, note, sent, editor)
    } else {
        moves_desk::restore(tx, aim, note, sent, editor)
    }
}

fn sentence_after(a_move: Move) -> &'static str {
    match a_move {
        Move::Withdraw => "Withdrawn: readers see the notice above the text.",
        Move::Restore => "Restored: readers see it in the lists again.",
        Move::Unschedule | Move::Save | Move::PublishNow | Move::Schedule | Move::Correct => {
            "Taken back: nothing is scheduled, and the text is a draft again."
        }
    }
}

async fn again(
    read: &ReadStore,
    visit: Visit,
    item: ItemId,
    (mut confirm, status): (Confirm, StatusCode),
) -> Answer {
    let page = read
        .read(move |tx| {
            let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
            if confirm.moved_on {
                confirm.errors.add("", done_last(tx, &visit, &desk)?);
            }
            retract_page(tx, &visit, &desk, confirm)
        })
        .await?;
    page_with(status, &page)
}

fn retract_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    desk: &Desk,
    confirm: Confirm,
) -> Result<PublishingPage, Problem> {
    let room = room_of(tx, visit.now)?;
    let wording = &desk.head.wording;
    let words = words(confirm.a_move, desk, &room, visit);
    let takes_note = confirm.a_move != Move::Unschedule;
    Ok(PublishingPage {
        heading: words.heading.to_owned(),
        item_title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        back: paths::item(desk.item),
        action: words.action,
        form_key: new_key(),
        shown: shown_words(desk),
        sentence: words.sentence,
        blockers: allowed(visit, desk, confirm.a_move)
            .err()
            .map(|problem| problem.to_string())
            .into_iter()
            .collect(),
        problems: problems(&confirm.errors),
        changes: Vec::new(),
        public_note: takes_note.then(|| note_field(&confirm.fields, &confirm)),
        when: None,
        button: words.button.to_owned(),
        card: None,
        frame: visit.frame(&room),
    })
}

fn note_field(fields: &Fields, confirm: &Confirm) -> Field {
    Field::of("public_note", fields, &confirm.errors)
}

struct Words {
    heading: &'static str,
    action: String,
    sentence: String,
    button: &'static str,
}

fn words(a_move: Move, desk: &Desk, room: &Frame, visit: &Visit) -> Words {
    match a_move {
        Move::Withdraw => Words {
            heading: "Withdraw",
            action: paths::withdrawal(desk.item),
            sentence: "As soon as you press the button, the text stays readable at its address under a dated notice with your reason, and it leaves the front page and every list.".to_owned(),
            button: "Withdraw",
        },
        Move::Restore => Words {
            heading: "Restore",
            action: paths::restoration(desk.item),
            sentence: "As soon as you press the button, the item stands in the lists again, in its old place, with a note that it was restored.".to_owned(),
            button: "Restore",
        },
        Move::Unschedule | Move::Save | Move::PublishNow | Move::Schedule | Move::Correct => Words {
            heading: "Take back the schedule",
            action: paths::schedule_end(desk.item),
            sentence: unschedule_sentence(desk, room, visit),
            button: "Take back the schedule",
        },
    }
}

fn unschedule_sentence(desk: &Desk, room: &Frame, visit: &Visit) -> String {
    let when = desk.lane.scheduled(visit.now).map_or_else(
        || "Nothing is scheduled any more.".to_owned(),
        |row| {
            let words = dates::staff_time(row.from, &room.room.zone).words;
            format!("What was to come out {words} will not come out.")
        },
    );
    let now = if desk.lane.at(visit.now).is_some() {
        "Readers go on seeing what they see now"
    } else {
        "Readers will see nothing"
    };
    format!("{when} {now}, and the text is a draft again.")
}
