//! A photo in full size, for journalists, with caption, credit, terms and the item's address in the
//! file; there exactly while a public publication shows the photo.

use std::ops::Range;
use std::sync::Arc;

use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::images::not_there;
use super::photo_names::{file_name, placed};
use super::ranges::{answered, asked};
use super::shares::{Share, Shares};
use super::{PublicAddress, segment};
use crate::clock::Clock;
use crate::keys::hex;
use crate::media::full_size::full_size;
use crate::media::labels::Labels;
use crate::storage::ReadStore;
use crate::storage::handed_on::{self, PublicUse};
use crate::storage::images::ShownImage;
use crate::storage::renditions::removal;
use crate::web::headers::UNCOMPRESSED;
use crate::web::problem::Answer;
use crate::web::{Problem, paths};

/// What is sent at once; before each piece readers' right to it is asked for.
pub(super) const PIECE: usize = 1_000_000;

pub(super) async fn photo(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
    desk: Data<CopyDesk>,
) -> Answer {
    let photo = Photo {
        hash: segment(&request, "hash"),
        read: (**read).clone(),
        clock: (**clock).clone(),
    };
    let found = photo.found().await?;
    let labels = labels(&found.image, &found.words(), &address);
    let (tag, name) = (tag(&found.image, &labels), found.file_name());
    let begun = move |status| begun(status, name);
    // Whoever has it already, or asks for the head alone, has nothing made.
    let (status, _) = asked(&request, &tag, usize::MAX);
    if status == StatusCode::NOT_MODIFIED {
        return Ok(answered(&request, (&tag, 0), begun, |_| stream::empty()));
    }
    if *request.method() == Method::HEAD {
        let mut head = begun(StatusCode::OK);
        head.insert_header((header::ETAG, tag));
        return Ok(head.streaming(stream::empty::<Result<Bytes, Problem>>()));
    }
    let bytes = if let Some(kept) = desk.kept(&found.image, &labels) {
        kept
    } else {
        let _place = desk.place(&request)?;
        let made = desk.copy(&photo.sources(), &found.image, labels).await;
        // It may have waited behind others, and been removed meanwhile.
        photo.found().await?;
        made?
    };
    let length = bytes.len();
    Ok(answered(&request, (&tag, length), begun, move |range| {
        photo.stream(found.image, bytes, range)
    }))
}

/// A photo by its address, and where to ask for it.
struct Photo {
    hash: String,
    read: ReadStore,
    clock: Clock,
}

impl Photo {
    async fn found(&self) -> Result<PublicUse, Problem> {
        let (hash, now) = (self.hash.clone(), self.clock.now());
        self.read
            .read(move |tx| match handed_on::public_use(tx, &hash, now)? {
                Some(found) => Ok(found),
                None => Err(not_there(removal(tx, &hash, now)?)),
            })
            .await
    }

    fn sources(&self) -> Sources {
        Sources {
            read: self.read.clone(),
            clock: self.clock.clone(),
        }
    }

    /// Piece by piece, while readers may have it.
    fn stream(
        self,
        image: ShownImage,
        bytes: Bytes,
        range: Range<usize>,
    ) -> impl Stream<Item = Result<Bytes, Problem>> {
        let state = (self.sources(), image, bytes.slice(range));
        stream::try_unfold(state, |(sources, image, mut left)| async move {
            if left.is_empty() {
                return Ok(None);
            }
            sources.still_public(&image).await?;
            let piece = left.split_to(left.len().min(PIECE));
            Ok(Some((piece, (sources, image, left))))
        })
    }
}

impl PublicUse {
    fn words(&self) -> [&str; 3] {
        [&self.slug, &self.title, &self.room]
    }

    fn file_name(&self) -> String {
        let [body, notes] = &self.texts;
        let placed = placed(self.lead, [body, notes]);
        file_name(&self.slug, &placed, self.image.id.get())
    }
}

/// Asked about every time: the photo may have new words, or be public no more.
fn begun(status: StatusCode, file_name: String) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::CONTENT_TYPE, "image/jpeg"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED))
        .insert_header(attachment(file_name));
    answer
}

/// Says that the answer is a file to be kept, under this name.
pub(super) fn attachment(file_name: String) -> ContentDisposition {
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(file_name)],
    }
}

/// What the file says of itself, in an item of this slug and title, in the room of this name.
pub(super) fn labels(
    image: &ShownImage,
    [slug, title, room]: &[&str; 3],
    address: &PublicAddress,
) -> Labels {
    Labels {
        headline: (*title).to_owned(),
        caption: image.caption.clone(),
        alt_text: image.alt.clone(),
        credit: image.credit.clone(),
        publisher: (*room).to_owned(),
        terms: image.terms.clone(),
        taken_on: image.taken_on,
        address: format!("{}{}", address.0, paths::news(slug)),
    }
}

/// Names the bytes: the pixels, the words in them, and the program that writes both.
fn tag(image: &ShownImage, labels: &Labels) -> String {
    let made_of = format!("{} {} {labels:?}", env!("CARGO_PKG_VERSION"), image.hash);
    format!("\"{}\"", hex(&Sha256::digest(made_of)))
}

/// Where originals are, and what time it is.
#[derive(Clone)]
pub(super) struct Sources {
    pub read: ReadStore,
    pub clock: Clock,
}

impl Sources {
    async fn still_public(&self, image: &ShownImage) -> Result<(), Problem> {
        let (image, now) = (image.clone(), self.clock.now());
        let is_public = self
            .read
            .read(move |tx| handed_on::is_public(tx, &image, now));
        is_public.await?.then_some(()).ok_or(Problem::NotFound)
    }
}

/// Makes the copies. One takes a second of one core and hundreds of megabytes for a large photo, and
/// any stranger may ask: so one is made at a time, few wait, and what was made is kept a while.
pub struct CopyDesk {
    places: Arc<Shares>,
    maker: Arc<Semaphore>,
    kept: Arc<Cache<(String, String), Bytes, Weight>>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<(String, String), Bytes> for Weight {
    fn weight(&self, _name: &(String, String), bytes: &Bytes) -> u64 {
        u64::try_from(bytes.len()).unwrap_or(u64::MAX)
    }
}

impl Default for CopyDesk {
    fn default() -> Self {
        const PLACES: usize = 12;
        const SHARE: usize = 4;
        const KEPT_BYTES: u64 = 64_000_000;
        const KEPT: usize = 30;
        Self {
            places: Shares::new(PLACES, SHARE),
            maker: Arc::new(Semaphore::new(1)),
            kept: Arc::new(Cache::with_weighter(KEPT, KEPT_BYTES, Weight)),
        }
    }
}

impl CopyDesk {
    /// A place among those who wait; none where all are taken. It is free again when it is dropped.
    fn place(&self, request: &HttpRequest) -> Result<Share, Problem> {
        self.places.take(request)
    }

    fn kept(&self, image: &ShownImage, labels: &Labels) -> Option<Bytes> {
        self.kept.get(&key(image, labels))
    }

    /// The photo with these words in it; nothing where readers may not have it when its turn has come.
    /// Who has it may have lost the right to it by then.
    pub(super) async fn copy(
        &self,
        sources: &Sources,
        image: &ShownImage,
        labels: Labels,
    ) -> Result<Bytes, Problem> {
        let key = key(image, &labels);
        let permit = Arc::clone(&self.maker)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        // Somebody who waited in front may have asked for the same.
        if let Some(kept) = self.kept.get(&key) {
            return Ok(kept);
        }
        let (image, now) = (image.clone(), sources.clock.now());
        let (format, original) = sources
            .read
            .read(move |tx| handed_on::original(tx, &image, now))
            .await?
            .ok_or(Problem::NotFound)?;
        // The permit belongs to the work: it goes on when whoever asked hangs up.
        let kept = Arc::clone(&self.kept);
        let made = tokio::task::spawn_blocking(move || {
            let made = full_size(&original, format, &labels).map(Bytes::from);
            if let Ok(bytes) = &made {
                kept.insert(key, bytes.clone());
            }
            drop(permit);
            made
        });
        made.await
            .map_err(Problem::broken)?
            .map_err(Problem::broken)
    }
}

/// The same photo with other words is another copy.
fn key(image: &ShownImage, labels: &Labels) -> (String, String) {
    (image.hash.clone(), format!("{labels:?}"))
}
