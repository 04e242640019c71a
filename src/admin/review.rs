//! What staff say about a draft, and who works on it by when.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::review_page::review_page;
use super::{Visit, room_of};
use crate::accounts::PersonId;
use crate::clock::Clock;
use crate::desk::publishing::desk;
use crate::desk::review::{Aim, Work};
use crate::desk::writing::Sent as SentBy;
use crate::desk::{Failure, review};
use crate::newsroom::schedule::Day;
use crate::newsroom::words::{CommentWords, Passage};
use crate::newsroom::{CommentId, ItemId, Refusal};
use crate::storage::{ReadStore, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    item: Numbered<ItemId>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let typed = (Fields::default(), FieldErrors::default());
    let review = shown(&read, visit, item.0, typed).await?;
    page(&review, Freshness::Never)
}

async fn shown(
    read: &ReadStore,
    visit: Visit,
    item: ItemId,
    (fields, errors): (Fields, FieldErrors),
) -> Result<super::review_page::ReviewPage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx)?;
        let desk = desk(tx, item)?.ok_or(Problem::NotFound)?;
        review_page(tx, (&visit, &room), &desk, (&fields, &errors))
    })
    .await
}

pub(super) async fn comment(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let (item, fields, by) = (item.0, form.0, staff.writer()?.id());
    let visit = Visit::sends(&request, staff, &clock);
    let mut errors = FieldErrors::default();
    let words = errors.take("comment", fields.get("comment").parse::<CommentWords>());
    let passage = errors.take("passage", fields.get("passage").parse::<Passage>());
    let (Some(words), Some(passage)) = (words, passage) else {
        let again = shown(&read, visit, item, (fields, errors)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let key = fields.form_key()?;
    let shown = fields.get("shown").parse();
    let shown = shown.map_err(|_no_number| Problem::Malformed)?;
    let aim = Aim { item, shown };
    let done: Result<_, Failure> = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            review::comment(tx, aim, (&passage, &words), &sent, by)
        })
        .await;
    if let Err(failure) = done {
        return refused(&read, visit, item, (fields, failure)).await;
    }
    say(&request, "Your comment stands beside the text.");
    see_other(&paths::review(item))
}

pub(super) async fn resolve(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (_, store, clock): Stores,
) -> Answer {
    let (item, fields, by) = (item.0, form.0, staff.writer()?.id());
    let comment: CommentId = request
        .match_info()
        .get("comment")
        .and_then(|number| number.parse().ok())
        .ok_or(Problem::NotFound)?;
    let key = fields.form_key()?;
    let done: Result<_, Failure> = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            review::resolve(tx, (item, comment), &sent, by)
        })
        .await;
    done?;
    say(&request, "Resolved.");
    see_other(&paths::review(item))
}

pub(super) async fn assign(
    request: HttpRequest,
    staff: Staff,
    (item, form): (Numbered<ItemId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let writer = staff.writer()?;
    let (item, fields) = (item.0, form.0);
    let visit = Visit::sends(&request, staff, &clock);
    let mut errors = FieldErrors::default();
    let before = work(&fields, ("seen_assignee", "seen_due_on"), &mut errors)?;
    let work = work(&fields, ("assignee", "due_on"), &mut errors)?;
    if !errors.is_empty() {
        let again = shown(&read, visit, item, (fields, errors)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let key = fields.form_key()?;
    let done: Result<_, Failure> = store
        .write(move |tx| {
            let sent = SentBy {
                form_key: &key,
                now: clock.now(),
            };
            review::assign(tx, item, (&before, &work), &sent, writer)
        })
        .await;
    if let Err(failure) = done {
        return refused(&read, visit, item, (fields, failure)).await;
    }
    say(&request, "Saved who works on it.");
    see_other(&paths::review(item))
}

/// Who works on it by when, as two fields say.
fn work(
    fields: &Fields,
    (assignee, due_on): (&str, &str),
    errors: &mut FieldErrors,
) -> Result<Work, Problem> {
    let assignee = match fields.get(assignee) {
        "" => None,
        number => {
            let number = number.parse().map_err(|_no_number| Problem::Malformed)?;
            Some(PersonId::new(number))
        }
    };
    let due = match fields.get(due_on).trim() {
        "" => None,
        typed => errors.take::<Day, _>(due_on, typed.parse()),
    };
    Ok((assignee, due))
}

/// The newsroom said no: the same page, everything typed still there.
async fn refused(
    read: &ReadStore,
    visit: Visit,
    item: ItemId,
    (fields, failure): (Fields, Failure),
) -> Answer {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let field = if refusal == Refusal::NotAWriterToAssign {
        "assignee"
    } else {
        ""
    };
    let mut errors = FieldErrors::default();
    errors.add(field, refusal.to_string());
    let again = shown(read, visit, item, (fields, errors)).await?;
    page_with(super::status_of(&refusal), &again)
}
