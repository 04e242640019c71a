//! The first page of a PDF for readers: there exactly while the file is, and as long as the file is the same.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::images::not_there;
use super::segment;
use crate::clock::{Clock, Instant};
use crate::media::PageName;
use crate::storage::file_bytes::{self, Asked};
use crate::storage::{ReadStore, ReadTx, first_pages};
use crate::web::Problem;
use crate::web::problem::Answer;

pub(super) async fn picture(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let name = named(&request)?;
    let (file, now) = (segment(&request, "file"), clock.now());
    let asked = Asked::Reader { name: file };
    let bytes = read.read(move |tx| bytes(tx, (&asked, name), now)).await?;
    Ok(answer(name, bytes))
}

/// Which copy the address means; whoever makes one up finds nothing.
pub(crate) fn named(request: &HttpRequest) -> Result<PageName, Problem> {
    let name = segment(request, "page").parse();
    name.map_err(|_made_up| Problem::NotFound)
}

/// The picture, for whom the file is there.
pub(crate) fn bytes(
    tx: &mut ReadTx<'_>,
    (asked, name): (&Asked, PageName),
    now: Instant,
) -> Result<Vec<u8>, Problem> {
    let Some(open) = file_bytes::open(tx, asked, now)? else {
        return Err(not_there(file_bytes::removal(tx, asked, now)?));
    };
    first_pages::picture(tx, &open, name)?.ok_or(Problem::NotFound)
}

/// Asked about every time, as the file is: it may have another first page, or be public no more.
pub(crate) fn answer(name: PageName, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, name.format.mime()))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(bytes)
}
