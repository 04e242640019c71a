//! Renditions for readers: there exactly while a public publication uses the image.

use std::ops::Range;

use actix_web::body::SizedStream;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};

use super::segment;
use crate::clock::Clock;
use crate::media::CopyName;
use crate::newsroom::tags::Tag;
use crate::storage::ReadStore;
use crate::storage::renditions::{Piece, public_piece, removal};
use crate::web::Problem;
use crate::web::cache::PageCache;
use crate::web::page::showing;
use crate::web::problem::Answer;
use crate::web::range::{Part, part};

/// What is read at once; nobody holds more of a large picture.
const PIECE: usize = PageCache::LARGEST_ANSWER;

/// Which copy a name means; whoever makes one up finds nothing.
pub(crate) fn named(name: &str) -> Result<CopyName, Problem> {
    name.parse().map_err(|_made_up| Problem::NotFound)
}

/// A rendition by its address, and where to read it.
#[derive(Clone)]
struct Rendition {
    hash: String,
    name: CopyName,
    read: ReadStore,
    clock: Clock,
}

pub(super) async fn rendition(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let hash = segment(&request, "hash");
    let name = named(&segment(&request, "rendition"))?;
    let shown = vec![Tag::Image(hash.clone())];
    let rendition = Rendition {
        hash,
        name,
        read: (**read).clone(),
        clock: (**clock).clone(),
    };
    let first = rendition.piece(0).await?;
    let answer = if first.bytes.len() == first.of {
        rendition.begin(StatusCode::OK).body(first.bytes)
    } else {
        rendition.in_pieces(&request, first.of)
    };
    showing(Ok(answer), shown)
}

impl Rendition {
    /// What can be read at once from that byte on.
    async fn piece(&self, from: usize) -> Result<Piece, Problem> {
        let (hash, name, now) = (self.hash.clone(), self.name, self.clock.now());
        self.read
            .read(
                move |tx| match public_piece(tx, &hash, name, (from, PIECE), now)? {
                    Some(piece) => Ok(piece),
                    None => Err(not_there(removal(tx, &hash, now)?)),
                },
            )
            .await
    }

    /// Kept by the reader only: an image that stops being public must stop being served in between.
    fn begin(&self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response
            .insert_header((header::CONTENT_TYPE, self.name.format.mime()))
            .insert_header((
                header::CACHE_CONTROL,
                "private, max-age=31536000, immutable",
            ));
        response
    }

    /// What the request asks for of a picture of that many bytes.
    fn in_pieces(self, request: &HttpRequest, length: usize) -> HttpResponse {
        // The address names the picture; copies that were made anew are told apart by their length.
        let tag = format!("\"{}-{}-{length}\"", self.hash, self.name);
        let (status, range) = asked(request, &tag, length);
        let mut response = self.begin(status);
        response.insert_header((header::ETAG, tag));
        if status == StatusCode::NOT_MODIFIED {
            return response.finish();
        }
        if status == StatusCode::RANGE_NOT_SATISFIABLE {
            let said = format!("bytes */{length}");
            return response
                .insert_header((header::CONTENT_RANGE, said))
                .finish();
        }
        if status == StatusCode::PARTIAL_CONTENT {
            let last = range.end.saturating_sub(1);
            let said = format!("bytes {}-{last}/{length}", range.start);
            response.insert_header((header::CONTENT_RANGE, said));
        }
        let bytes = u64::try_from(range.len()).unwrap_or(u64::MAX);
        response.body(SizedStream::new(bytes, self.stream(range)))
    }

    /// Each piece is read when the one before has gone, and only while the picture is public.
    fn stream(self, range: Range<usize>) -> impl Stream<Item = Result<Bytes, Problem>> {
        stream::try_unfold((self, range), |(rendition, left)| async move {
            if left.is_empty() {
                return Ok(None);
            }
            let mut bytes = Bytes::from(rendition.piece(left.start).await?.bytes);
            bytes.truncate(left.len());
            let next = left.start + bytes.len();
            if next == left.start {
                return Err(Problem::NotFound);
            }
            Ok(Some((bytes, (rendition, next..left.end))))
        })
    }
}

/// Nothing, or what readers are told of what went with its item.
pub(crate) fn not_there(removal: Option<String>) -> Problem {
    removal.map_or(Problem::NotFound, |reason| Problem::Gone { reason })
}

/// The status and the bytes with which a request is answered (RFC 9110, 13.2.2 and 14.2).
pub(super) fn asked(request: &HttpRequest, tag: &str, length: usize) -> (StatusCode, Range<usize>) {
    let said = |name| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .trim()
    };
    let mut known = said(header::IF_NONE_MATCH).split(',').map(str::trim);
    if known.any(|one| one == "*" || one.trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, 0..0);
    }
    let if_range = said(header::IF_RANGE);
    if !if_range.is_empty() && if_range != tag {
        return (StatusCode::OK, 0..length);
    }
    match part(said(header::RANGE), length) {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    }
}
