//! Renditions for readers: there exactly while a public publication uses the image.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::segment;
use crate::clock::Clock;
use crate::media::RenditionFormat;
use crate::storage::{ReadStore, images};
use crate::web::Problem;
use crate::web::problem::Answer;

/// `960.jpg` as width and format.
pub(crate) fn parse(name: &str) -> Option<(u32, RenditionFormat)> {
    let (width, extension) = name.split_once('.')?;
    Some((width.parse().ok()?, extension.parse().ok()?))
}

fn not_there(removal: Option<String>) -> Problem {
    removal.map_or(Problem::NotFound, |reason| Problem::Gone { reason })
}

pub(super) async fn rendition(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let (hash, now) = (segment(&request, "hash"), clock.now());
    let size = parse(&segment(&request, "rendition")).ok_or(Problem::NotFound)?;
    let bytes = read
        .read(
            move |tx| match images::public_rendition(tx, &hash, size, now)? {
                Some(bytes) => Ok(bytes),
                None => Err(not_there(images::removal(tx, &hash, now)?)),
            },
        )
        .await?;
    // Kept by the reader only: an image that stops being public must stop being served in between.
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, size.1.mime()))
        .insert_header((
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ))
        .body(bytes))
}
