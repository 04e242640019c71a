//! Pictures for the holder of a pass: those of the scheduled revision, once the terms are accepted.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::{Stores, held, keep, secret_of, to_note};
use crate::newsroom::pass::{Deed, Standing};
use crate::public::{images::named, segment};
use crate::storage::passes;
use crate::web::Problem;
use crate::web::headers::keep_secret;
use crate::web::problem::Answer;

pub(super) async fn rendition(request: HttpRequest, (read, store, clock): Stores) -> Answer {
    let (secret, hash, now) = (secret_of(&request)?, segment(&request, "hash"), clock.now());
    let name = named(&segment(&request, "rendition"))?;
    let (bytes, note) = read
        .read(move |tx| {
            let held = held(tx, secret)?;
            if !matches!(held.pass.standing(&held.lane, now), Standing::Open(_)) {
                return Err(Problem::NotFound);
            }
            let bytes = passes::rendition(tx, (held.pass.item, &hash), name, now)?;
            let note = to_note(tx, held.pass.id, Deed::Picture, now)?;
            Ok((bytes.ok_or(Problem::NotFound)?, note))
        })
        .await?;
    keep(&store, note, now).await?;
    Ok(keep_secret(
        HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, name.format.mime()))
            .body(bytes),
    ))
}
