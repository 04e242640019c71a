//! Files for the holder of a pass: those of the scheduled revision, once the terms are accepted.

use actix_web::HttpRequest;

use super::{Stores, held, keep, secret_of, to_note};
use crate::newsroom::pass::Deed;
use crate::public::files::Download;
use crate::public::segment;
use crate::storage::file_bytes::{self, Asked};
use crate::web::Problem;
use crate::web::headers::keep_secret;
use crate::web::problem::Answer;

pub(super) async fn download(request: HttpRequest, (read, store, clock): Stores) -> Answer {
    let (secret, name, now) = (secret_of(&request)?, segment(&request, "file"), clock.now());
    let (asked, note) = read
        .read(move |tx| {
            let held = held(tx, secret)?;
            let secret = held.secret;
            let asked = Asked::Holder { secret, name };
            file_bytes::open(tx, &asked, now)?.ok_or(Problem::NotFound)?;
            let note = to_note(tx, held.pass.id, Deed::File, now)?;
            Ok::<_, Problem>((asked, note))
        })
        .await?;
    let download = Download {
        asked,
        read: (**read).clone(),
        clock: (**clock).clone(),
    };
    keep(&store, note, now).await?;
    Ok(keep_secret(download.answer(&request).await?))
}
