//! First pages of PDFs for the holder of a pass: of the files of the scheduled revision, once the terms are accepted.

use actix_web::HttpRequest;

use super::{Stores, held, keep, secret_of, to_note};
use crate::newsroom::pass::Deed;
use crate::public::{first_page, segment};
use crate::storage::file_bytes::Asked;
use crate::web::Problem;
use crate::web::headers::keep_secret;
use crate::web::problem::Answer;

pub(super) async fn picture(request: HttpRequest, (read, store, clock): Stores) -> Answer {
    let (secret, file, now) = (secret_of(&request)?, segment(&request, "file"), clock.now());
    let name = first_page::named(&request)?;
    let (bytes, note) = read
        .read(move |tx| {
            let held = held(tx, secret)?;
            let asked = Asked::Holder {
                secret: held.secret,
                name: file,
            };
            let bytes = first_page::bytes(tx, (&asked, name), now)?;
            let note = to_note(tx, held.pass.id, Deed::Picture, now)?;
            Ok::<_, Problem>((bytes, note))
        })
        .await?;
    keep(&store, note, now).await?;
    Ok(keep_secret(first_page::answer(name, bytes)))
}
