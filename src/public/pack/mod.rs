//! The journalist's pack of an item: its words to paste, its photos in full size, contacts, terms and
//! checksums, as one ZIP that is sent while it is made.

mod packing;
mod page;
mod sheets;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::unfold;
use tokio::sync::mpsc;

use self::packing::Packing;
use super::full_size::{CopyDesk, attachment, labels};
use super::item::{self, Story};
use super::{PublicAddress, segment};
use crate::clock::Clock;
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
    texts: Vec<(String, String)>,
    photos: Vec<Photo>,
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
    desk: Data<CopyDesk>,
) -> Answer {
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let pack = read
        .read(move |tx| {
            item::told(tx, (&slug, &address, now), |_tx, story| {
                Ok(gathered(story, now))
            })
        })
        .await?;
    let place = desk.place()?;
    let disposition = attachment(format!("{}.zip", pack.slug));
    let (outlet, parts) = mpsc::channel(1);
    actix_web::rt::spawn(async move {
        // Whoever stops reading ends the work at the next part; a fault breaks the answer off, so that
        // nobody takes half a pack for a whole one.
        let packing = Packing::into(outlet.clone());
        if let Err(fault) = Box::pin(packed(pack, (&read, &desk), packing)).await {
            let _nobody_listens = outlet.send(Err(fault)).await;
        }
        drop(place);
    });
    let body = unfold(parts, |mut parts| async move {
        parts.recv().await.map(|part| (part, parts))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/zip"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        // Photos are packed already.
        .insert_header((header::CONTENT_ENCODING, UNCOMPRESSED))
        .insert_header(disposition)
        .streaming(body))
}

fn gathered(story: &Story<'_>, now: crate::clock::Instant) -> Pack {
    let slug = story.revision.wording.slug.as_str();
    let photos: Vec<Photo> = shown(story)
        .into_iter()
        .map(|image| photo(story, image))
        .collect();
    let zone = &story.frame.room.zone;
    Pack {
        slug: slug.to_owned(),
        texts: sheets::all(story, &photos, now),
        photos,
        made_at: zone.local(story.updated_at.unwrap_or(story.published_at)),
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
    pack: Pack,
    (read, desk): (&ReadStore, &CopyDesk),
    mut packing: Packing,
) -> Result<(), Problem> {
    packing.begin(&pack.slug, &pack.made_at);
    for (name, text) in pack.texts {
        packing.add(&name, text.into_bytes().into()).await?;
    }
    for photo in pack.photos {
        let bytes = desk.copy(read, &photo.found, photo.labels).await?;
        packing
            .add(&format!("photos/{}", photo.file), bytes)
            .await?;
    }
    packing.finish().await
}
