//! A picture into the trash and out of it.

use actix_web::HttpRequest;

use super::words::Stores;
use super::{Visit, status_of};
use crate::accounts::Person;
use crate::desk::{Done, Failure, library, writing};
use crate::media::ImageId;
use crate::storage::WriteTx;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Numbered, Sent, Staff, paths, see_other};

type Step = fn(&mut WriteTx<'_>, ImageId, &writing::Sent<'_>, &Person) -> Result<Done<()>, Failure>;

pub(super) async fn put_in(
    request: HttpRequest,
    staff: Staff,
    (image, form): (Numbered<ImageId>, Sent),
    stores: Stores,
) -> Answer {
    let sentence = "It is in the trash, for 30 days. Until then it can be brought back.";
    take(
        &request,
        (staff, form),
        (image.0, library::put_in_trash, sentence),
        stores,
    )
    .await
}

pub(super) async fn take_out(
    request: HttpRequest,
    staff: Staff,
    (image, form): (Numbered<ImageId>, Sent),
    stores: Stores,
) -> Answer {
    let sentence = "It is back in the library, as it was.";
    take(
        &request,
        (staff, form),
        (image.0, library::take_out_of_trash, sentence),
        stores,
    )
    .await
}

/// Does it, or says on the picture's page why not.
async fn take(
    request: &HttpRequest,
    (staff, form): (Staff, Sent),
    (image, step, sentence): (ImageId, Step, &str),
    (read, store, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(request, staff, &clock);
    let key = form.0.form_key()?;
    let (person, now) = (visit.staff.person.clone(), visit.now);
    let done = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now,
            };
            step(tx, image, &sent, &person)
        })
        .await;
    match done {
        Ok(Done::Now(()) | Done::Before(_)) => {
            say(request, sentence);
            see_other(&paths::image(image))
        }
        Err(Failure::Refused(refusal)) => {
            let refused = (status_of(&refusal), refusal.to_string());
            super::images::refused(&read, visit, image, refused).await
        }
        Err(failure) => Err(failure.into()),
    }
}
