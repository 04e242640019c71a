//! The picture library: upload, find, describe.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use tokio::sync::Semaphore;

use super::images_page::{ImagePage, ImagesPage, Typed, image_page, images_page, of_image};
use super::merge::{self, Conflict, Three};
use super::{Visit, room_of};
use crate::clock::Clock;
use crate::desk::{Changed, Done, Failure, pictures, writing};
use crate::media::image::Words;
use crate::media::intake::{LARGEST_FILE, Taken, take_in};
use crate::media::{AltText, ImageId};
use crate::storage::images::{self, NewImage};
use crate::storage::{ReadStore, Store, journal};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other,
};

/// Decoding a large photo takes hundreds of megabytes: one at a time, off the async threads.
#[derive(Clone)]
pub struct IntakeDesk {
    permits: Arc<Semaphore>,
}

impl Default for IntakeDesk {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(1)),
        }
    }
}

/// A file as it came and what was made of it, or why it was not taken.
type Looked = Result<(Vec<u8>, Taken), String>;

impl IntakeDesk {
    async fn look(&self, bytes: Vec<u8>) -> Result<Looked, Problem> {
        let _permit = self.permits.acquire().await.map_err(Problem::broken)?;
        tokio::task::spawn_blocking(move || match take_in(&bytes) {
            Ok(taken) => Ok((bytes, taken)),
            Err(error) => Err(error.to_string()),
        })
        .await
        .map_err(Problem::broken)
    }
}

pub(super) async fn library(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let library = shown(&read, visit, query.0, Vec::new()).await?;
    page(&request, &library, Freshness::Never)
}

async fn shown(
    read: &ReadStore,
    visit: Visit,
    fields: Fields,
    refused: Vec<String>,
) -> Result<ImagesPage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx, visit.now)?;
        images_page(tx, &visit, &room, &fields, refused)
    })
    .await
}

/// One file of an upload.
struct Upload {
    name: String,
    bytes: Result<Vec<u8>, String>,
}

pub(super) async fn upload(
    request: HttpRequest,
    staff: Staff,
    mut form: Multipart,
    (read, store, clock): (Data<ReadStore>, Data<Store>, Data<Clock>),
    intake: Data<IntakeDesk>,
) -> Answer {
    const MOST_FILES: usize = 50;
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    let mut files = 0;
    while let Some(field) = form.next().await {
        let field = field.map_err(|_cut_off| Problem::Malformed)?;
        let Some(upload) = receive(field).await? else {
            continue;
        };
        files += 1;
        if files > MOST_FILES {
            refused.push(format!(
                "{}: send at most {MOST_FILES} pictures at once.",
                upload.name
            ));
            continue;
        }
        match keep(upload, &visit, &store, &intake).await? {
            Ok(image) => taken.push(image),
            Err(sentence) => refused.push(sentence),
        }
    }
    after_upload(&request, visit, &read, (taken, refused)).await
}

/// Reads one part. Counted while it streams, so that a file that is too large is never held whole.
async fn receive(mut field: actix_multipart::Field) -> Result<Option<Upload>, Problem> {
    let disposition = field.content_disposition().cloned();
    let name = disposition
        .filter(|part| part.get_name() == Some("pictures"))
        .and_then(|part| part.get_filename().map(plain_name));
    let Some(name) = name else { return Ok(None) };
    let mut bytes = Vec::new();
    let mut too_large = false;
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|_cut_off| Problem::Malformed)?;
        too_large = too_large || bytes.len() + chunk.len() > LARGEST_FILE;
        if !too_large {
            bytes.extend_from_slice(&chunk);
        }
    }
    if bytes.is_empty() && name.is_empty() && !too_large {
        return Ok(None);
    }
    let refusal = || {
        format!(
            "The file is larger than {} MB. Export it smaller.",
            LARGEST_FILE / 1_000_000
        )
    };
    Ok(Some(Upload {
        name,
        bytes: if too_large { Err(refusal()) } else { Ok(bytes) },
    }))
}

/// The last part of a path, without control characters, at most 120 characters long.
fn plain_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

/// The image's number, or a sentence that says why there is none.
async fn keep(
    upload: Upload,
    visit: &Visit,
    store: &Store,
    intake: &IntakeDesk,
) -> Result<Result<ImageId, String>, Problem> {
    let Upload { name, bytes } = upload;
    let looked = match bytes {
        Ok(bytes) => intake.look(bytes).await?,
        Err(sentence) => Err(sentence),
    };
    let (original, taken) = match looked {
        Ok(looked) => looked,
        Err(sentence) => return Ok(Err(format!("{name}: {sentence}"))),
    };
    let (writer, now) = (visit.staff.writer()?, visit.now);
    let by = writer.id();
    let file_name = name.clone();
    let kept = store
        .write(move |tx| {
            let new = NewImage {
                taken: &taken,
                original: &original,
                file_name: &file_name,
                by,
                now,
            };
            pictures::take_in(tx, &new, writer)
        })
        .await;
    match kept.map_err(Problem::from)? {
        Done::Now(image) => Ok(Ok(image)),
        Done::Before(number) => Ok(Err(format!(
            "{name}: this photo is in the library already, as picture number {number}."
        ))),
    }
}

/// To the first picture to describe; to the library with the sentences where some were refused.
async fn after_upload(
    request: &HttpRequest,
    visit: Visit,
    read: &ReadStore,
    (taken, refused): (Vec<ImageId>, Vec<String>),
) -> Answer {
    let counted = match taken.len() {
        0 => String::new(),
        1 => "One picture is in the library.".to_owned(),
        several => format!("{several} pictures are in the library."),
    };
    match (taken.first(), refused.is_empty()) {
        (Some(first), true) => {
            say(
                request,
                &format!("{counted} Describe it, so that everybody knows what it shows."),
            );
            see_other(&queue_address(
                *first,
                taken.get(1..).unwrap_or_default(),
                taken.len(),
            ))
        }
        (None, true) => {
            let sentence = "No file was chosen. Choose one or more pictures first.".to_owned();
            let library = shown(read, visit, Fields::default(), vec![sentence]).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &library)
        }
        (_, false) => {
            let mut sentences = refused;
            if !counted.is_empty() {
                sentences.push(counted);
            }
            let library = shown(read, visit, Fields::default(), sentences).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &library)
        }
    }
}

/// A picture's page that knows which ones of the same upload come after it.
fn queue_address(image: ImageId, rest: &[ImageId], of: usize) -> String {
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
    page(&request, &page_of, Freshness::Never)
}

async fn described(
    read: &ReadStore,
    visit: Visit,
    image: ImageId,
    (query, typed): (Fields, Option<Typed>),
) -> Result<ImagePage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx, visit.now)?;
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
            let typed = Typed {
                fields,
                errors,
                conflict: None,
            };
            let page_of = described(&read, visit, image, (query.0, Some(typed))).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page_of);
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
    match done? {
        Done::Now(Changed::Kept) | Done::Before(_) => {
            say(&request, "Saved.");
            see_other(&next_of(&query.0).unwrap_or_else(|| paths::image(image)))
        }
        Done::Now(Changed::Conflict) => conflicting(&read, visit, image, (query.0, fields)).await,
    }
}

/// Every field of a picture, with its label.
const LABELS: [(&str, &str); 5] = [
    ("alt_choice", "Alt text"),
    ("alt_text", "The alt text"),
    ("caption", "Caption"),
    ("credit", "Credit"),
    ("terms", "Terms"),
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
            let room = room_of(tx, visit.now)?;
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
    match (alt_text, caption, credit, terms) {
        (Some(alt_text), Some(caption), Some(credit), Some(terms)) => Ok(Words {
            alt_text,
            caption,
            credit,
            terms,
        }),
        _ => Err(errors),
    }
}

pub(super) async fn rendition(
    request: HttpRequest,
    _staff: Staff,
    image: Numbered<ImageId>,
    read: Data<ReadStore>,
) -> Answer {
    let name = request.match_info().get("rendition").unwrap_or_default();
    let size = crate::public::images::parse(name).ok_or(Problem::NotFound)?;
    let bytes = read
        .read(move |tx| Ok::<_, Problem>(images::staff_rendition(tx, image.0, size)?))
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, size.1.mime()))
        .body(bytes))
}
