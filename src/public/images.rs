//! Renditions for readers: there exactly while a public publication uses the image.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::segment;
use crate::clock::Clock;
use crate::media::RenditionFormat;
use crate::newsroom::tags::Tag;
use crate::storage::{ReadStore, images};
use crate::web::Problem;
use crate::web::page::showing;
use crate::web::problem::Answer;

/// `960.jpg` as width and format.
pub(crate) fn parse(name: &str) -> Option<(u32, RenditionFormat)> {
    let (width, extension) = name.split_once('.')?;
    Some((width.parse().ok()?, extension.parse().ok()?))
}

pub(super) async fn rendition(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let (hash, now) = (segment(&request, "hash"), clock.now());
    let shown = vec![Tag::Image(hash.clone())];
    let size = parse(&segment(&request, "rendition")).ok_or(Problem::NotFound)?;
    let bytes = read
        .read(move |tx| Ok::<_, Problem>(images::public_rendition(tx, &hash, size, now)?))
        .await?
        .ok_or(Problem::NotFound)?;
    // Kept by the reader only: an image that stops being public must stop being served in between.
    let answer = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, size.1.mime()))
        .insert_header((
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ))
        .body(bytes);
    showing(Ok(answer), shown)
}
