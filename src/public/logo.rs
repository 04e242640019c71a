//! The room's own pictures: each is there exactly while it is the room's logo or icon.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::segment;
use crate::newsroom::tags::Tag;
use crate::storage::{ReadStore, logos};
use crate::web::Problem;
use crate::web::page::showing;
use crate::web::problem::Answer;

pub(super) async fn logo(request: HttpRequest, read: Data<ReadStore>) -> Answer {
    let file = segment(&request, "logo");
    let bytes = read
        .read(move |tx| {
            let hash = file.strip_suffix(".png").ok_or(Problem::NotFound)?;
            logos::shown(tx, hash)?.ok_or(Problem::NotFound)
        })
        .await?;
    let answer = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "image/png"))
        .insert_header((
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ))
        .body(bytes);
    showing(Ok(answer), vec![Tag::Room])
}
