//! The picture library: find, describe.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::image_page::{ImagePage, Typed, image_page, of_image};
use super::images_page::{Came, ImagesPage, images_page};
use super::merge::{self, Conflict, Three};
use super::{Visit, room_of};
use crate::clock::Clock;
use crate::desk::{Changed, Done, Failure, pictures, writing};
use crate::media::image::Words;
use crate::media::{AltText, ImageId, Licence};
use crate::newsroom::Refusal;
use crate::storage::{ReadStore, Store, images, journal};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
};

/// Whoever only writes may not.
pub(super) fn is_an_editors(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::PictureIsPublic | Refusal::PictureIsApproved | Refusal::PictureMayReturn
    )
}

pub(super) async fn library(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let library = shown(&read, visit, query.0, Came::default()).await?;
    page(&library, Freshness::Never)
}

pub(super) async fn shown(
    read: &ReadStore,
    visit: Visit,
    fields: Fields,
    came: Came,
) -> Result<ImagesPage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx)?;
        images_page(tx, &visit, &room, &fields, came)
    })
    .await
}

/// A picture's page that knows which ones of the same upload come after it.
pub(super) fn queue_address(image: ImageId, rest: &[ImageId], of: usize) -> String {
    let rest = rest
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",");
    let of = if of > 1 {
        of.to_string()
    } else {
        String::new()
    };
    paths::with_query(&paths::image(image), &[("then", &rest), ("of", &of)])
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (image, query): (Numbered<ImageId>, Query),
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let page_of = described(&read, visit, image.0, (query.0, None)).await?;
    page(&page_of, Freshness::Never)
}

async fn described(
    read: &ReadStore,
    visit: Visit,
    image: ImageId,
    (query, typed): (Fields, Option<Typed>),
) -> Result<ImagePage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx)?;
        let image = images::find(tx, image)?.ok_or(Problem::NotFound)?;
        image_page(tx, (&visit, &room), &image, &query, typed)
    })
    .await
}

pub(super) async fn describe(
    request: HttpRequest,
    staff: Staff,
    (image, query, form): (Numbered<ImageId>, Query, Sent),
    (read, store, clock): (Data<ReadStore>, Data<Store>, Data<Clock>),
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (image, fields) = (image.0, form.0);
    let words = match parse(&fields) {
        Ok(words) => words,
        Err(errors) => {
            let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
            let again = (query.0, fields, errors);
            return complained(&read, visit, (image, unprocessable), again).await;
        }
    };
    let (key, shown) = (fields.form_key()?, fields.get("shown").to_owned());
    let person = visit.staff.person.clone();
    let done: Result<_, Failure> = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            pictures::describe(tx, image, (&shown, &words), &sent, &person)
        })
        .await;
    match done {
        Ok(Done::Now(Changed::Kept) | Done::Before(_)) => {
            say(&request, "Saved.");
            see_other(&next_of(&query.0).unwrap_or_else(|| paths::image(image)))
        }
        Ok(Done::Now(Changed::Conflict)) => {
            conflicting(&read, visit, image, (query.0, fields)).await
        }
        Err(Failure::Refused(refusal)) => {
            let mut errors = FieldErrors::default();
            errors.add("", refusal.to_string());
            let status = super::status_of(&refusal);
            complained(&read, visit, (image, status), (query.0, fields, errors)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The picture's page with the newsroom's no.
pub(super) async fn refused(
    read: &ReadStore,
    visit: Visit,
    image: ImageId,
    (status, sentence): (StatusCode, String),
) -> Answer {
    let page_of = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let image = images::find(tx, image)?.ok_or(Problem::NotFound)?;
            let shown = (&visit, &room);
            let mut page_of = image_page(tx, shown, &image, &Fields::default(), None)?;
            page_of.complain(sentence);
            Ok::<_, Problem>(page_of)
        })
        .await?;
    page_with(status, &page_of)
}

/// The same page, everything typed still there.
async fn complained(
    read: &ReadStore,
    visit: Visit,
    (image, status): (ImageId, StatusCode),
    (query, fields, errors): (Fields, Fields, FieldErrors),
) -> Answer {
    let typed = Typed {
        fields,
        errors,
        conflict: None,
    };
    let page_of = described(read, visit, image, (query, Some(typed))).await?;
    page_with(status, &page_of)
}

/// Every field of a picture, with its label.
const LABELS: [(&str, &str); 8] = [
    ("alt_choice", "Alt text"),
    ("alt_text", "The alt text"),
    ("caption", "Caption"),
    ("credit", "Credit"),
    ("terms", "Terms"),
    ("taken_on", "Day it was taken"),
    ("last_day", "Last day of the licence"),
    ("territory", "Territory"),
];

/// Somebody described it in between: both texts on one page, and nothing lost.
async fn conflicting(
    read: &ReadStore,
    visit: Visit,
    image: ImageId,
    (query, fields): (Fields, Fields),
) -> Answer {
    let page_of = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let stored = images::find(tx, image)?.ok_or(Problem::NotFound)?;
            let texts = Three {
                base: &Fields::parse(fields.get("was").as_bytes())?,
                theirs: &of_image(&stored),
                yours: &fields,
            };
            let (fields, differences) = merge::merge(&LABELS, texts);
            let last = journal::last(tx, pictures::DESCRIBED, Some(image))?;
            let conflict = Conflict::between(tx, "these words", (last, &room), differences)?;
            let typed = Typed {
                fields,
                conflict: Some(conflict),
                ..Typed::default()
            };
            image_page(tx, (&visit, &room), &stored, &query, Some(typed))
        })
        .await?;
    page_with(StatusCode::CONFLICT, &page_of)
}

/// The next picture of the same upload.
pub(super) fn next_of(query: &Fields) -> Option<String> {
    let rest: Vec<ImageId> = query
        .get("then")
        .split(',')
        .filter_map(|number| number.parse().ok())
        .collect();
    let (first, rest) = rest.split_first()?;
    Some(queue_address(
        *first,
        rest,
        query.get("of").parse().unwrap_or_default(),
    ))
}

fn parse(fields: &Fields) -> Result<Words, FieldErrors> {
    let mut errors = FieldErrors::default();
    let alt_text = match fields.get("alt_choice") {
        "decorative" => Some(AltText::Decorative),
        "written" => errors.take("alt_text", AltText::written(fields.get("alt_text"))),
        "later" => Some(AltText::Unwritten),
        _ => errors.take(
            "alt_choice",
            Err("Say whether the picture shows something, is decorative, or waits."),
        ),
    };
    let caption = errors.take("caption", fields.get("caption").parse());
    let credit = errors.take("credit", fields.get("credit").parse());
    let terms = errors.take("terms", fields.get("terms").parse());
    let taken_on = match fields.get("taken_on") {
        "" => Some(None),
        typed => errors.take("taken_on", typed.parse()).map(Some),
    };
    let licence = licence(fields, &mut errors);
    match (alt_text, caption, credit, terms, taken_on) {
        (Some(alt_text), Some(caption), Some(credit), Some(terms), Some(taken_on))
            if errors.is_empty() =>
        {
            Ok(Words {
                alt_text,
                caption,
                credit,
                terms,
                taken_on,
                licence,
            })
        }
        _ => Err(errors),
    }
}

fn licence(fields: &Fields, errors: &mut FieldErrors) -> Licence {
    let last_day = match fields.get("last_day") {
        "" => None,
        typed => errors.take("last_day", typed.parse()),
    };
    Licence {
        last_day,
        territory: errors
            .take("territory", fields.get("territory").parse())
            .unwrap_or_default(),
    }
}

pub(super) async fn rendition(
    request: HttpRequest,
    _staff: Staff,
    image: Numbered<ImageId>,
    read: Data<ReadStore>,
) -> Answer {
    let name = request.match_info().get("rendition").unwrap_or_default();
    let name = crate::public::images::named(name)?;
    let bytes = read
        .read(move |tx| Ok::<_, Problem>(images::staff_rendition(tx, image.0, name)?))
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, name.format.mime()))
        .body(bytes))
}
