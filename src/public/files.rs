//! Files for readers: there exactly while a public publication names them. They are sent piece by piece,
//! to be kept and never to be shown as a page of the room.

use std::ops::Range;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};

use super::full_size::attachment;
use super::images::not_there;
use super::ranges::answered;
use super::segment;
use crate::clock::Clock;
use crate::newsroom::slug::Slug;
use crate::storage::ReadStore;
use crate::storage::file_bytes::{self, Asked, Open};
use crate::storage::files::PIECE;
use crate::web::Problem;
use crate::web::headers::UNCOMPRESSED;
use crate::web::problem::Answer;

/// Whatever a browser makes of such a file runs nothing, and has no part in the room.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

pub(super) async fn file(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let name = segment(&request, "file");
    let download = Download {
        asked: Asked::Reader { name },
        read: (**read).clone(),
        clock: (**clock).clone(),
    };
    download.answer(&request).await
}

/// A file that somebody asks for, and where to read it.
#[derive(Clone)]
pub(crate) struct Download {
    pub asked: Asked,
    pub read: ReadStore,
    pub clock: Clock,
}

impl Download {
    /// The file, a part of it, or that the reader has it already.
    pub(crate) async fn answer(self, request: &HttpRequest) -> Answer {
        let open = self.open().await?;
        let tag = format!("\"{}\"", open.hash);
        let begun = |status| begun(status, &open);
        Ok(answered(request, (&tag, open.byte_count), begun, |range| {
            self.stream(range, open.hash.clone())
        }))
    }

    async fn open(&self) -> Result<Open, Problem> {
        let (asked, now) = (self.asked.clone(), self.clock.now());
        self.read
            .read(move |tx| match file_bytes::open(tx, &asked, now)? {
                Some(open) => Ok(open),
                None => Err(not_there(file_bytes::removal(tx, &asked, now)?)),
            })
            .await
    }

    /// Each piece is read when the one before has gone, only while whoever asked may have it, and only
    /// while it is of the same bytes.
    fn stream(
        self,
        range: Range<usize>,
        hash: String,
    ) -> impl Stream<Item = Result<Bytes, Problem>> {
        stream::try_unfold((self, range, hash), |(file, left, hash)| async move {
            if left.is_empty() {
                return Ok(None);
            }
            let (number, skipped) = (left.start / PIECE + 1, left.start % PIECE);
            let mut bytes = file.piece(number, &hash).await?;
            if skipped >= bytes.len() {
                return Err(Problem::NotFound);
            }
            let mut bytes = bytes.split_off(skipped);
            bytes.truncate(left.len());
            let next = left.start + bytes.len();
            Ok(Some((bytes, (file, next..left.end, hash))))
        })
    }

    async fn piece(&self, number: usize, hash: &str) -> Result<Bytes, Problem> {
        let (asked, now, hash) = (self.asked.clone(), self.clock.now(), hash.to_owned());
        self.read
            .read(move |tx| {
                let open = file_bytes::open(tx, &asked, now)?;
                let open = open.filter(|open| open.hash == hash);
                let open = open.ok_or(Problem::NotFound)?;
                let bytes = file_bytes::piece(tx, &open, number)?;
                Ok(Bytes::from(bytes.ok_or(Problem::NotFound)?))
            })
            .await
    }
}

/// Asked about every time: it may have other bytes, or be public no more.
fn begun(status: StatusCode, open: &Open) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_TYPE, open.format.mime()))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED))
        .insert_header(attachment(name(open)));
    response
}

/// `verdict-in-paris.pdf`: what it is saved as.
fn name(open: &Open) -> String {
    let words = if open.title.is_empty() {
        let stem = open.file_name.rsplit_once('.');
        stem.map_or(open.file_name.as_str(), |(stem, _)| stem)
    } else {
        &open.title
    };
    format!("{}.{}", Slug::suggest(words).as_str(), open.format.ending())
}
