//! The journalist's pack of an item: its words to paste, its photos in full size, contacts, terms and
//! checksums, as one ZIP that is sent while it is made.

mod docx;
mod files;
mod packing;
mod page;
mod resumed;
mod sheets;

use std::rc::Rc;

use actix_web::body::SizedStream;
use actix_web::http::header::{self, HeaderValue, TryIntoHeaderPair};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use self::files::PackedFile;
use self::packing::Packing;
use self::resumed::Parts;
use super::full_size::{CopyDesk, attachment, labels};
use super::images::asked;
use super::item::{self, Story};
use super::paper::{PaperDesk, Sheet};
use super::{PublicAddress, segment};
use crate::clock::Clock;
use crate::keys::hex;
use crate::media::labels::Labels;
use crate::prose::markdown::images_in;
use crate::storage::ReadStore;
use crate::storage::handed_on::PublicUse;
use crate::storage::images::ShownImage;
use crate::web::Problem;
use crate::web::headers::UNCOMPRESSED;
use crate::web::problem::Answer;

/// Everything that goes into a pack but the bytes of its photos.
struct Pack {
    slug: String,
    texts: Vec<(String, Bytes)>,
    photos: Vec<Photo>,
    files: Vec<PackedFile>,
    sheet: Sheet,
    made_at: jiff::Zoned,
}

/// A photo of the pack, under the name that the texts call it by.
struct Photo {
    file: String,
    found: PublicUse,
    labels: Labels,
}

pub(super) async fn pack(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
    desks: (Data<CopyDesk>, Data<PaperDesk>),
) -> Answer {
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let pack = read
        .read(move |tx| {
            item::told(tx, (&slug, &address, now), |tx, story| {
                Ok(gathered(story, Sheet::of(tx, story, now)?, now))
            })
        })
        .await?;
    let tag = pack.tag();
    let disposition = attachment(format!("{}.zip", pack.slug));
    let mut answer = match asked(&request, &tag, usize::MAX).0 {
        StatusCode::NOT_MODIFIED => HttpResponse::NotModified().finish(),
        // Whoever asks for the head alone has nothing made (and a range is no part of one, RFC 9110, 14.2).
        _ if *request.method() == Method::HEAD => {
            let (_outlet, nothing) = mpsc::channel(1);
            begun(StatusCode::OK).streaming(resumed::within(nothing, 0..usize::MAX))
        }
        StatusCode::OK => {
            let parts = Making::begin(pack, (read, desks.0, desks.1))?.parts();
            begun(StatusCode::OK).streaming(resumed::within(parts, 0..usize::MAX))
        }
        _ => {
            let making = Making::begin(pack, (read, desks.0, desks.1))?;
            a_part_of(&request, &tag, making).await?
        }
    };
    let headers = answer.headers_mut();
    let (name, value) = disposition.try_into_pair().map_err(Problem::broken)?;
    headers.insert(name, value);
    let tag = HeaderValue::try_from(tag).map_err(Problem::broken)?;
    headers.insert(header::ETAG, tag);
    Ok(answer)
}

fn begun(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::CONTENT_TYPE, "application/zip"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // Photos are packed already.
        .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED));
    answer
}

/// What is left of a download that broke off. How long the whole is, nobody knows before it was made
/// once; its photos are kept for the second time.
async fn a_part_of(request: &HttpRequest, tag: &str, making: Making) -> Answer {
    let length = making.length().await?;
    let (status, range) = asked(request, tag, length);
    let mut answer = begun(status);
    if status == StatusCode::RANGE_NOT_SATISFIABLE {
        let said = format!("bytes */{length}");
        return Ok(answer.insert_header((header::CONTENT_RANGE, said)).finish());
    }
    let last = range.end.saturating_sub(1);
    let said = format!("bytes {}-{last}/{length}", range.start);
    let bytes = u64::try_from(range.len()).unwrap_or(u64::MAX);
    let body = resumed::within(making.parts(), range);
    Ok(answer
        .insert_header((header::CONTENT_RANGE, said))
        .body(SizedStream::new(bytes, body)))
}

/// Where what is in a pack comes from, and who makes its photos and its paper.
type From = (Data<ReadStore>, Data<CopyDesk>, Data<PaperDesk>);

/// A pack that is made by whoever has a place, once or again.
struct Making {
    pack: Rc<Pack>,
    from: From,
    place: Rc<OwnedSemaphorePermit>,
}

impl Making {
    fn begin(pack: Pack, from: From) -> Result<Self, Problem> {
        let place = Rc::new(from.1.place()?);
        Ok(Self {
            pack: Rc::new(pack),
            from,
            place,
        })
    }

    /// Begins to make it. Whoever stops reading ends the work at the next part; a fault breaks the
    /// answer off, so that nobody takes half a pack for a whole one.
    fn parts(&self) -> Parts {
        let (outlet, parts) = mpsc::channel(1);
        let (pack, place) = (Rc::clone(&self.pack), Rc::clone(&self.place));
        let from = self.from.clone();
        actix_web::rt::spawn(async move {
            let packing = Packing::into(outlet.clone());
            if let Err(fault) = Box::pin(packed(&pack, &from, packing)).await {
                let _nobody_listens = outlet.send(Err(fault)).await;
            }
            drop(place);
        });
        parts
    }

    /// In bytes.
    async fn length(&self) -> Result<usize, Problem> {
        let mut parts = self.parts();
        let mut length = 0;
        while let Some(part) = parts.recv().await {
            length += part?.len();
        }
        Ok(length)
    }
}

impl Pack {
    /// Names these bytes: everything that they are made of, and the program that makes them.
    fn tag(&self) -> String {
        let mut sum = Sha256::new();
        sum.update(format!("{} {}", env!("CARGO_PKG_VERSION"), self.made_at));
        for (name, text) in &self.texts {
            sum.update(format!("\n{name} {}\n", text.len()));
            sum.update(text);
        }
        for photo in &self.photos {
            let hash = &photo.found.image.hash;
            sum.update(format!("\n{} {hash} {:?}", photo.file, photo.labels));
        }
        sum.update(format!("\n{}", self.sheet.tag));
        for file in &self.files {
            sum.update(format!("\n{} {}", file.name, file.hash));
        }
        format!("\"{}\"", hex(&sum.finalize()))
    }
}

fn gathered(story: &Story<'_>, sheet: Sheet, now: crate::clock::Instant) -> Pack {
    let slug = story.revision.wording.slug.as_str();
    let photos: Vec<Photo> = shown(story)
        .into_iter()
        .map(|image| photo(story, image))
        .collect();
    let files = PackedFile::all(story, now);
    let zone = &story.frame.room.zone;
    let made_at = zone.local(story.updated_at.unwrap_or(story.published_at));
    Pack {
        slug: slug.to_owned(),
        texts: sheets::all(story, (&photos, &files, &made_at), now),
        photos,
        files,
        sheet,
        made_at,
    }
}

/// The lead picture first, then those of the body in their order.
fn shown<'a>(story: &Story<'a>) -> Vec<&'a ShownImage> {
    let wording = &story.revision.wording;
    let mut numbers: Vec<i64> = wording.lead.iter().map(|lead| lead.image.get()).collect();
    for source in [wording.body.as_str(), wording.notes.as_str()] {
        numbers.extend(images_in(source));
    }
    let mut images: Vec<&ShownImage> = Vec::new();
    for number in numbers {
        let image = story
            .around
            .images
            .iter()
            .find(|image| image.id.get() == number);
        images.extend(image.filter(|image| images.iter().all(|known| known.id != image.id)));
    }
    images
}

fn photo(story: &Story<'_>, image: &ShownImage) -> Photo {
    let wording = &story.revision.wording;
    let found = PublicUse {
        image: image.clone(),
        slug: wording.slug.as_str().to_owned(),
        title: wording.title.as_str().to_owned(),
        room: story.frame.room.name.as_str().to_owned(),
    };
    Photo {
        file: format!("{}-{}.jpg", found.slug, image.id),
        labels: labels(&found, story.address),
        found,
    }
}

async fn packed(
    pack: &Pack,
    (read, desk, papers): &From,
    mut packing: Packing,
) -> Result<(), Problem> {
    packing.begin(&pack.slug, &pack.made_at);
    for (name, text) in &pack.texts {
        packing.add(name, text.clone()).await?;
    }
    // Without faces there is none; the words are in the other texts.
    if papers.has_faces() {
        let bytes = papers.in_line(read, pack.sheet.clone()).await?;
        packing.add(&format!("{}.pdf", pack.slug), bytes).await?;
    }
    for photo in &pack.photos {
        let labels = photo.labels.clone();
        let bytes = desk.copy(read, &photo.found, labels).await?;
        packing
            .add(&format!("photos/{}", photo.file), bytes)
            .await?;
    }
    for file in &pack.files {
        file.pack(read, &mut packing).await?;
    }
    Box::pin(packing.finish()).await
}
