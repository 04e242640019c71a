//! Another file for a picture: what it touches is said before, everything else stays.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::image_uses::Uses;
use super::images_page::{limits, name};
use super::intake::{IntakeDesk, Seen};
use super::upload_form::{Reading, one_file};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{Done, Failure, pictures, writing};
use crate::keys::new_key;
use crate::media::{FocalPoint, ImageId};
use crate::public::view::{Gallery, Photo};
use crate::storage::images::NewImage;
use crate::storage::{ReadStore, ReadTx, Store, images};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Freshness, Numbered, Problem, Query, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/image_replacement.html")]
struct ImageReplacementPage {
    frame: AdminFrame,
    form_key: String,
    number: String,
    name: String,
    photo: Photo,
    uses: Uses,
    /// With the hash of the file that is shown.
    action: String,
    back: String,
    limits: String,
    refusal: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    image: Numbered<ImageId>,
    (read, _, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| replacement_page(tx, &visit, image.0, String::new()))
        .await?;
    page(&shown, Freshness::Never)
}

fn replacement_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    id: ImageId,
    refusal: String,
) -> Result<ImageReplacementPage, Problem> {
    let room = room_of(tx)?;
    let image = images::find(tx, id)?.ok_or(Problem::NotFound)?;
    Ok(ImageReplacementPage {
        form_key: new_key(),
        number: id.to_string(),
        name: name(&image),
        photo: Gallery::Staff.photo(&image.shown, FocalPoint::default()),
        uses: Uses::of(tx, &image, (visit, &room))?,
        action: paths::with_query(&paths::image_file(id), &[("shown", &image.shown.hash)]),
        back: paths::image(id),
        limits: limits(),
        refusal,
        frame: visit.frame(&room),
    })
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    (image, query, form): (Numbered<ImageId>, Query, Multipart),
    (read, store, clock): Stores,
    intake: Data<IntakeDesk>,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let reading = Reading::of(form);
    let Some(_place) = intake.place() else {
        let _sent = reading.skip_the_rest().await;
        return refused(&read, visit, image.0, busy()).await;
    };
    let (key, file) = match one_file(reading).await? {
        Ok(received) => received,
        Err(sentence) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return refused(&read, visit, image.0, (status, sentence)).await;
        }
    };
    let seen = match intake.look(file.1, None).await? {
        Ok(seen) => seen,
        Err(error) => {
            let said = (StatusCode::UNPROCESSABLE_ENTITY, error.to_string());
            return refused(&read, visit, image.0, said).await;
        }
    };
    let aim = (image.0, query.0.get("shown").to_owned());
    match replaced(&store, visit.clone(), aim, (key, file.0, seen)).await {
        Ok(Done::Now(()) | Done::Before(_)) => {
            say(
                &request,
                "The file was replaced. The one before is in the trash.",
            );
            see_other(&paths::image(image.0))
        }
        Err(Failure::Refused(refusal)) => {
            let said = (status_of(&refusal), refusal.to_string());
            refused(&read, visit, image.0, said).await
        }
        Err(failure) => Err(failure.into()),
    }
}

fn busy() -> (StatusCode, String) {
    let sentence = "Too many pictures are on their way just now. Nothing was replaced; send it again \
                    in half a minute.";
    (StatusCode::SERVICE_UNAVAILABLE, sentence.to_owned())
}

async fn replaced(
    store: &Store,
    visit: Visit,
    (image, shown): (ImageId, String),
    (key, file_name, seen): (String, String, Seen),
) -> Result<Done<()>, Failure> {
    store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: visit.now,
            };
            let new = NewImage {
                taken: &seen.taken,
                original: &seen.original,
                file_name: &file_name,
                by: visit.staff.person.id,
                now: visit.now,
            };
            let new = (&new, seen.look);
            pictures::replace(tx, (image, &shown), new, &sent, &visit.staff.person)
        })
        .await
}

/// The same page with the sentence that says why not.
async fn refused(
    read: &ReadStore,
    visit: Visit,
    image: ImageId,
    (status, sentence): (StatusCode, String),
) -> Answer {
    let shown = read
        .read(move |tx| replacement_page(tx, &visit, image, sentence))
        .await?;
    page_with(status, &shown)
}
