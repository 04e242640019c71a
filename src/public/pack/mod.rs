//! The journalist's pack of an item: its words to paste, its photos in full size, contacts, terms and
//! checksums, as one ZIP that is sent while it is made.

mod docx;
mod drawing;
mod files;
mod packing;
mod page;
mod resumed;
mod sheets;
mod watch;

use std::rc::Rc;
use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue, TryIntoHeaderPair};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use self::docx::Docx;
use self::drawing::Small;
use self::files::PackedFile;
use self::packing::Packing;
use self::resumed::Parts;
use self::watch::Watch;
use super::full_size::{CopyDesk, PIECE, Sources, attachment, labels};
use super::item::{self, Story};
use super::paper::{PaperDesk, Sheet};
use super::photo_names::{file_name, placed};
use super::ranges::{answered, asked};
use super::shares::{Share, Shares};
use super::{PublicAddress, segment, view};
use crate::clock::{Clock, Instant};
use crate::keys::hex;
use crate::media::labels::Labels;
use crate::newsroom::RevisionId;
use crate::storage::images::ShownImage;
use crate::storage::{ReadStore, ReadTx};
use crate::web::Problem;
use crate::web::headers::UNCOMPRESSED;
use crate::web::problem::Answer;

/// Everything that goes into a pack but the bytes of its photos.
struct Pack {
    slug: String,
    revision: RevisionId,
    texts: Vec<(String, Bytes)>,
    docx: Docx,
    photos: Vec<Photo>,
    files: Vec<PackedFile>,
    sheet: Sheet,
    made_at: jiff::Zoned,
}

/// A photo of the pack, under the name that the texts call it by.
struct Photo {
    file: String,
    image: ShownImage,
    /// Says how old it is, where readers would take it for a new one.
    age: String,
    /// What stands in the document.
    small: Option<Small>,
    labels: Labels,
}

/// Where packs are made. One is under way for as long as its reader takes, so no client has more than two
/// of them; and how long one is, is known once it was made.
pub struct PackDesk {
    places: Arc<Shares>,
    lengths: Arc<Cache<String, usize>>,
}

impl Default for PackDesk {
    fn default() -> Self {
        const PLACES: usize = 32;
        const SHARE: usize = 2;
        const LENGTHS: usize = 1_000;
        Self {
            places: Shares::new(PLACES, SHARE),
            lengths: Arc::new(Cache::new(LENGTHS)),
        }
    }
}

pub(super) async fn pack(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
    desks: Desks,
) -> Answer {
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let pack = read
        .read(move |tx| {
            item::told(tx, (&slug, &address, now), |tx, story| {
                gathered(tx, story, now)
            })
        })
        .await?;
    let tag = pack.tag();
    let disposition = attachment(format!("{}.zip", pack.slug));
    let sources = Sources {
        read: (**read).clone(),
        clock: (**clock).clone(),
    };
    let mut answer = match asked(&request, &tag, usize::MAX).0 {
        StatusCode::NOT_MODIFIED => HttpResponse::NotModified().finish(),
        // Whoever asks for the head alone has nothing made.
        _ if *request.method() == Method::HEAD => {
            let (_outlet, nothing) = mpsc::channel(1);
            begun(StatusCode::OK).streaming(resumed::within(nothing, 0..usize::MAX))
        }
        StatusCode::OK => {
            let parts = Making::begin(&request, pack, sources, desks)?.parts();
            begun(StatusCode::OK).streaming(resumed::within(parts, 0..usize::MAX))
        }
        _ => a_part_of(&request, Making::begin(&request, pack, sources, desks)?).await?,
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
/// once.
async fn a_part_of(request: &HttpRequest, making: Making) -> Answer {
    let length = making.length().await?;
    let tag = making.pack.tag();
    Ok(answered(request, (&tag, length), begun, |range| {
        resumed::within(making.parts(), range)
    }))
}

/// Who makes packs, their photos and their paper.
type Desks = (Data<PackDesk>, Data<CopyDesk>, Data<PaperDesk>);

/// A pack that is made by whoever has a place, once or again.
struct Making {
    pack: Rc<Pack>,
    watch: Watch,
    desks: Desks,
    place: Rc<Share>,
}

impl Making {
    fn begin(
        request: &HttpRequest,
        pack: Pack,
        sources: Sources,
        desks: Desks,
    ) -> Result<Self, Problem> {
        let place = Rc::new(desks.0.places.take(request)?);
        let watch = Watch {
            sources,
            slug: pack.slug.clone(),
            revision: pack.revision,
        };
        Ok(Self {
            pack: Rc::new(pack),
            watch,
            desks,
            place,
        })
    }

    /// Begins to make it. Whoever stops reading ends the work at the next part; a fault breaks the
    /// answer off, so that nobody takes half a pack for a whole one.
    fn parts(&self) -> Parts {
        let (outlet, parts) = mpsc::channel(1);
        let (pack, watch) = (Rc::clone(&self.pack), self.watch.clone());
        let (desks, place) = (self.desks.clone(), Rc::clone(&self.place));
        actix_web::rt::spawn(async move {
            let packing = Packing::into(outlet.clone());
            match Box::pin(packed(&pack, (&watch, &desks), packing)).await {
                Ok(length) => desks.0.lengths.insert(pack.tag(), length),
                Err(fault) => {
                    let _nobody_listens = outlet.send(Err(fault)).await;
                }
            }
            drop(place);
        });
        parts
    }

    /// In bytes.
    async fn length(&self) -> Result<usize, Problem> {
        if let Some(known) = self.desks.0.lengths.get(&self.pack.tag()) {
            return Ok(known);
        }
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
        sum.update(self.docx.tag());
        for photo in &self.photos {
            let hash = &photo.image.hash;
            sum.update(format!("\n{} {hash} {:?}", photo.file, photo.labels));
        }
        sum.update(format!("\n{}", self.sheet.tag));
        for file in &self.files {
            sum.update(format!("\n{} {}", file.name, file.hash));
        }
        format!("\"{}\"", hex(&sum.finalize()))
    }
}

fn gathered(tx: &mut ReadTx<'_>, story: &Story<'_>, now: Instant) -> Result<Pack, Problem> {
    let slug = story.revision.wording.slug.as_str();
    let mut photos = shown(story);
    let pictures = photos.len();
    for photo in &mut photos {
        photo.small = Small::of(tx, &photo.image, (pictures, now))?;
    }
    let item = story.page(Vec::new(), now);
    let sheet = Sheet::of(tx, story, now)?;
    let files = PackedFile::all(story);
    let zone = &story.frame.room.zone;
    let made_at = zone.local(story.updated_at.unwrap_or(story.published_at));
    Ok(Pack {
        slug: slug.to_owned(),
        revision: story.revision.id,
        texts: sheets::all((story, &item), (&photos, &files)),
        docx: Docx::of((story, &item), &photos, &made_at),
        photos,
        files,
        sheet,
        made_at,
    })
}

/// The lead picture first, then those of the texts in their order.
fn shown(story: &Story<'_>) -> Vec<Photo> {
    let wording = &story.revision.wording;
    let lead = wording.lead.map(|lead| lead.image.get());
    let placed = placed(lead, [wording.body.as_str(), wording.notes.as_str()]);
    let may_be_shown = |number: &i64| {
        let mut images = story.around.images.iter();
        images.find(|image| image.id.get() == *number)
    };
    let images = placed.iter().filter_map(may_be_shown);
    images.map(|image| photo(story, &placed, image)).collect()
}

fn photo(story: &Story<'_>, placed: &[i64], image: &ShownImage) -> Photo {
    let wording = &story.revision.wording;
    let (slug, title) = (wording.slug.as_str(), wording.title.as_str());
    let room = story.frame.room.name.as_str();
    Photo {
        file: file_name(slug, placed, image.id.get()),
        labels: labels(image, &[slug, title, room], story.address),
        image: image.clone(),
        age: view::file_photo(image, story.published_on()),
        small: None,
    }
}

/// Says in the end how many bytes went out.
async fn packed(
    pack: &Pack,
    (watch, desks): (&Watch, &Desks),
    mut packing: Packing,
) -> Result<usize, Problem> {
    packing.begin(&pack.slug, &pack.made_at);
    let item = async || watch.item().await;
    for (name, text) in &pack.texts {
        added(&mut packing, (name, text.clone()), &item).await?;
    }
    let docx = pack.docx.bytes(watch).await?;
    added(&mut packing, (&pack.docx.name, docx), &item).await?;
    // Without faces there is none; the words are in the other texts.
    if desks.2.has_faces() {
        let bytes = desks
            .2
            .in_line(&watch.sources.read, pack.sheet.clone())
            .await?;
        let name = format!("{}.pdf", pack.slug);
        // Its photos are those of the beginning.
        let shown = async || {
            for photo in &pack.photos {
                watch.photo(&photo.image).await?;
            }
            watch.item().await
        };
        added(&mut packing, (&name, bytes), &shown).await?;
    }
    for photo in &pack.photos {
        watch.photo(&photo.image).await?;
        let labels = photo.labels.clone();
        let bytes = desks.1.copy(&watch.sources, &photo.image, labels).await?;
        let name = format!("photos/{}", photo.file);
        let shown = async || watch.photo(&photo.image).await;
        added(&mut packing, (&name, bytes), &shown).await?;
    }
    for file in &pack.files {
        file.pack(watch, &mut packing).await?;
    }
    watch.item().await?;
    Box::pin(packing.finish()).await
}

/// In pieces, before each of which is asked whether readers may still have it: one of them may take their
/// time.
async fn added(
    packing: &mut Packing,
    (name, mut left): (&str, Bytes),
    still: impl AsyncFn() -> Result<(), Problem>,
) -> Result<(), Problem> {
    let sum = Sha256::digest(&left);
    packing.open(name)?;
    while !left.is_empty() {
        still().await?;
        packing.more(&left.split_to(left.len().min(PIECE))).await?;
    }
    packing.sum(name, &sum);
    Ok(())
}
