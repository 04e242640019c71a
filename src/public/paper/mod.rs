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
use super::images::asked;
use super::item::{self, Story};
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
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let name = format!("{slug}.pdf");
    let sheet = read
        .read(move |tx| {
            item::told(tx, (&slug, &address, now), |tx, story| {
                Sheet::of(tx, story, now)
            })
        })
        .await
        .map_err(to_paper)?;
    if !desk.has_faces() {
        return Err(Problem::NotFound);
    }
    let tag = sheet.tag.clone();
    if asked(&request, &tag, usize::MAX).0 == StatusCode::NOT_MODIFIED {
        return Ok(begun(StatusCode::NOT_MODIFIED, (&tag, &name)).finish());
    }
    // Nothing is made for whoever asks for the head alone.
    if *request.method() == Method::HEAD {
        let nothing = stream::empty::<Result<Bytes, Problem>>();
        return Ok(begun(StatusCode::OK, (&tag, &name)).streaming(nothing));
    }
    let bytes = desk.made(&read, sheet).await?;
    Ok(sent(&request, (&tag, &name), &bytes))
}

/// Where the page has another address, its paper has one below it.
fn to_paper(problem: Problem) -> Problem {
    if let Problem::Moved { to } = problem {
        let to = format!("{to}/paper.pdf");
        return Problem::Moved { to };
    }
    problem
}

/// The whole, or the part that is asked for.
fn sent(request: &HttpRequest, (tag, name): (&str, &str), bytes: &Bytes) -> HttpResponse {
    let length = bytes.len();
    let (status, range) = asked(request, tag, length);
    let mut answer = begun(status, (tag, name));
    if status == StatusCode::RANGE_NOT_SATISFIABLE {
        let said = format!("bytes */{length}");
        return answer.insert_header((header::CONTENT_RANGE, said)).finish();
    }
    if status == StatusCode::PARTIAL_CONTENT {
        let last = range.end.saturating_sub(1);
        let said = format!("bytes {}-{last}/{length}", range.start);
        answer.insert_header((header::CONTENT_RANGE, said));
    }
    answer.body(bytes.slice(range))
}

/// Asked about every time: it may have new words, or be public no more.
fn begun(status: StatusCode, (tag, name): (&str, &str)) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // What is in it is packed already.
        .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED))
        .insert_header((header::ETAG, tag))
        .insert_header(attachment(name.to_owned()));
    answer
}
