//! An item as a PDF for whoever prints it: there exactly while its page is, made anew when its words or
//! photos change, and the same bytes while they do not.

mod desk;
mod ending;
mod notes;
mod parts;

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream;
use sha2::{Digest, Sha256};

pub use desk::PaperDesk;

use super::full_size::attachment;
use super::item::{self, Story};
use super::ranges::{answered, asked};
use super::{PublicAddress, segment};
use crate::clock::{Clock, Instant};
use crate::keys::hex;
use crate::media::paper::Paper;
use crate::storage::{ReadStore, ReadTx, changes};
use crate::web::Problem;
use crate::web::headers::UNCOMPRESSED;
use crate::web::problem::Answer;

/// A paper that can be made, and the name of its bytes.
#[derive(Clone)]
pub(super) struct Sheet {
    pub paper: Paper,
    pub tag: String,
    pub now: Instant,
}

impl Sheet {
    pub(super) fn of(
        tx: &mut ReadTx<'_>,
        story: &Story<'_>,
        now: Instant,
    ) -> Result<Self, Problem> {
        let number = changes::moments(tx, story.revision.item, now)?.len();
        let paper = parts::paper(story, &story.page(Vec::new(), now), number);
        let mut sum = Sha256::new();
        sum.update(format!("{} {paper:?}", env!("CARGO_PKG_VERSION")));
        let tag = format!("\"{}\"", hex(&sum.finalize()));
        Ok(Self { paper, tag, now })
    }
}

pub(super) async fn item(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
    desk: Data<PaperDesk>,
) -> Answer {
    let slug = segment(&request, "slug");
    let name = format!("{slug}.pdf");
    let sheet = told(&read, (&slug, &address), clock.now()).await?;
    if !desk.has_faces() {
        return Err(Problem::NotFound);
    }
    let tag = sheet.tag.clone();
    let begun = |status| begun(status, &name);
    // Nothing is made for whoever has it already, or asks for the head alone.
    let mut head = begun(StatusCode::OK);
    head.insert_header((header::ETAG, tag.as_str()));
    if asked(&request, &tag, usize::MAX).0 == StatusCode::NOT_MODIFIED {
        return Ok(head.status(StatusCode::NOT_MODIFIED).finish());
    }
    if *request.method() == Method::HEAD {
        return Ok(head.streaming(stream::empty::<Result<Bytes, Problem>>()));
    }
    let bytes = desk.made(&read, sheet).await?;
    // It may have waited behind others: whatever went meanwhile is not sent.
    if told(&read, (&slug, &address), clock.now()).await?.tag != tag {
        return Err(Problem::Busy);
    }
    let length = bytes.len();
    Ok(answered(&request, (&tag, length), begun, |range| {
        let part = bytes.slice(range);
        stream::once(async move { Ok(part) })
    }))
}

async fn told(
    read: &ReadStore,
    (slug, address): (&str, &PublicAddress),
    now: Instant,
) -> Result<Sheet, Problem> {
    let (slug, address) = (slug.to_owned(), address.clone());
    let sheet = read.read(move |tx| {
        item::told(tx, (&slug, &address, now), |tx, story| {
            Sheet::of(tx, story, now)
        })
    });
    sheet.await.map_err(to_paper)
}

/// Where the page has another address, its paper has one below it.
fn to_paper(problem: Problem) -> Problem {
    if let Problem::Moved { to } = problem {
        let to = format!("{to}/paper.pdf");
        return Problem::Moved { to };
    }
    problem
}

/// Asked about every time: it may have new words, or be public no more.
fn begun(status: StatusCode, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // What is in it is packed already.
        .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED))
        .insert_header(attachment(name.to_owned()));
    answer
}
