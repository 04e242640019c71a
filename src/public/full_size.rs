//! A photo in full size, for journalists, with caption, credit, terms and the item's address in the
//! file; there exactly while a public publication shows the photo.

use std::sync::Arc;

use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::images::not_there;
use super::{PublicAddress, segment};
use crate::clock::Clock;
use crate::media::full_size::full_size;
use crate::media::labels::Labels;
use crate::storage::handed_on::{self, PublicUse};
use crate::storage::renditions::removal;
use crate::storage::{ReadStore, embedded};
use crate::web::problem::Answer;
use crate::web::{Problem, paths};

pub(super) async fn photo(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
    desk: Data<CopyDesk>,
) -> Answer {
    let (hash, now) = (segment(&request, "hash"), clock.now());
    let found = read
        .read(move |tx| match handed_on::public_use(tx, &hash, now)? {
            Some(found) => Ok(found),
            None => Err(not_there(removal(tx, &hash, now)?)),
        })
        .await?;
    let file_name = format!("{}-{}.jpg", found.slug, found.image.id);
    let labels = labels(&found, &address);
    let bytes = if let Some(kept) = desk.kept(&found, &labels) {
        kept
    } else {
        let _place = desk.place()?;
        desk.copy(&read, &found, labels).await?
    };
    // Asked about every time: the photo may have new words, or be public no more.
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "image/jpeg"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header(attachment(file_name))
        .body(bytes))
}

/// Says that the answer is a file to be kept, under this name.
pub(super) fn attachment(file_name: String) -> ContentDisposition {
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(file_name)],
    }
}

/// What the file says of itself.
pub(super) fn labels(found: &PublicUse, address: &PublicAddress) -> Labels {
    let image = &found.image;
    Labels {
        headline: found.title.clone(),
        caption: image.caption.clone(),
        alt_text: image.alt.clone(),
        credit: image.credit.clone(),
        source: found.room.clone(),
        terms: image.terms.clone(),
        taken_on: image.taken_on,
        address: format!("{}{}", address.0, paths::news(&found.slug)),
    }
}

/// Makes the copies. One takes a second of one core and hundreds of megabytes for a large photo, and
/// any stranger may ask: so one is made at a time, few wait, and what was made is kept a while.
pub struct CopyDesk {
    places: Arc<Semaphore>,
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
        const KEPT_BYTES: u64 = 64_000_000;
        const KEPT: usize = 30;
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            maker: Arc::new(Semaphore::new(1)),
            kept: Arc::new(Cache::with_weighter(KEPT, KEPT_BYTES, Weight)),
        }
    }
}

impl CopyDesk {
    /// A place among those who wait; none where all are taken. It is free again when it is dropped.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        place.map_err(|_full| Problem::Busy)
    }

    fn kept(&self, found: &PublicUse, labels: &Labels) -> Option<Bytes> {
        self.kept.get(&key(found, labels))
    }

    /// The photo with these words in it, for whoever has a place.
    pub(super) async fn copy(
        &self,
        read: &ReadStore,
        found: &PublicUse,
        labels: Labels,
    ) -> Result<Bytes, Problem> {
        let key = key(found, &labels);
        let permit = Arc::clone(&self.maker)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        // Somebody who waited in front may have asked for the same.
        if let Some(kept) = self.kept.get(&key) {
            return Ok(kept);
        }
        let id = found.image.id;
        let (format, original) = read
            .read(move |tx| Ok::<_, Problem>(embedded::original(tx, id)?))
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
fn key(found: &PublicUse, labels: &Labels) -> (String, String) {
    (found.image.hash.clone(), format!("{labels:?}"))
}
