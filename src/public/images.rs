//! Renditions for readers: there exactly while a public publication uses the image.

use std::ops::Range;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};

use super::ranges::answered;
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
        let rendition = self.clone();
        let begun = |status| self.begin(status);
        answered(request, (&tag, length), begun, |range| {
            rendition.stream(range, length)
        })
    }

    /// Each piece is read when the one before has gone, and only while the picture is public and no other
    /// copy has come in its place.
    fn stream(
        self,
        range: Range<usize>,
        length: usize,
    ) -> impl Stream<Item = Result<Bytes, Problem>> {
        stream::try_unfold((self, range), move |(rendition, left)| async move {
            if left.is_empty() {
                return Ok(None);
            }
            let piece = rendition.piece(left.start).await?;
            let mut bytes = Bytes::from(piece.bytes);
            bytes.truncate(left.len());
            if bytes.is_empty() || piece.of != length {
                return Err(Problem::NotFound);
            }
            let next = left.start + bytes.len();
            Ok(Some((bytes, (rendition, next..left.end))))
        })
    }
}

/// Nothing, or what readers are told of what went with its item.
pub(crate) fn not_there(removal: Option<String>) -> Problem {
    removal.map_or(Problem::NotFound, |reason| Problem::Gone { reason })
}
