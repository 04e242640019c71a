//! Makes the papers. One takes some tenths of a second, and any stranger may ask: so one is made at a time,
//! few wait, and what was made is kept for as long as nothing on it changes.

use std::sync::Arc;

use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use super::Sheet;
use crate::media::paper::{PaperFaces, Part, Photos};
use crate::media::{CopyName, RenditionFormat};
use crate::storage::ReadStore;
use crate::storage::renditions::public_piece;
use crate::web::{Problem, assets};

/// In bytes: photos beyond that are left out, so that nobody holds more than these for one paper.
const MOST_OF_PHOTOS: usize = 24_000_000;

pub struct PaperDesk {
    /// `None` without the front-end files: there is nothing to set words with.
    faces: Option<Arc<PaperFaces>>,
    places: Semaphore,
    maker: Arc<Semaphore>,
    kept: Arc<Cache<String, Bytes, Weight>>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Bytes> for Weight {
    fn weight(&self, _tag: &String, bytes: &Bytes) -> u64 {
        u64::try_from(bytes.len()).unwrap_or(u64::MAX)
    }
}

impl Default for PaperDesk {
    fn default() -> Self {
        const PLACES: usize = 12;
        const KEPT: usize = 200;
        const KEPT_BYTES: u64 = 24_000_000;
        Self {
            faces: assets::paper_faces().map(Arc::new),
            places: Semaphore::new(PLACES),
            maker: Arc::new(Semaphore::new(1)),
            kept: Arc::new(Cache::with_weighter(KEPT, KEPT_BYTES, Weight)),
        }
    }
}

impl PaperDesk {
    pub(in crate::public) const fn has_faces(&self) -> bool {
        self.faces.is_some()
    }

    /// The PDF, if there are faces to set it with.
    pub(in crate::public) async fn made(
        &self,
        read: &ReadStore,
        sheet: Sheet,
    ) -> Result<Bytes, Problem> {
        if let Some(kept) = self.kept.get(&sheet.tag) {
            return Ok(kept);
        }
        let _place = self.places.try_acquire().map_err(|_full| Problem::Busy)?;
        self.in_line(read, sheet).await
    }

    /// The same for whoever has a place in another line, and has begun to answer.
    pub(in crate::public) async fn in_line(
        &self,
        read: &ReadStore,
        sheet: Sheet,
    ) -> Result<Bytes, Problem> {
        let faces = self.faces.clone().ok_or(Problem::NotFound)?;
        let permit = Arc::clone(&self.maker)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        // Somebody who waited in front may have asked for the same.
        if let Some(kept) = self.kept.get(&sheet.tag) {
            return Ok(kept);
        }
        let (photos, all) = photos(read, &sheet).await?;
        let kept = Arc::clone(&self.kept);
        // The permit belongs to the work: it goes on when whoever asked hangs up.
        let made = tokio::task::spawn_blocking(move || {
            let pdf = sheet.paper.pdf(&faces, &photos).map(Bytes::from);
            if let Ok(bytes) = &pdf
                && all
            {
                kept.insert(sheet.tag, bytes.clone());
            }
            drop(permit);
            pdf
        });
        made.await
            .map_err(Problem::broken)?
            .map_err(Problem::broken)
    }
}

/// The copies that are printed, of photos that are public still; and whether all of them are there.
async fn photos(read: &ReadStore, sheet: &Sheet) -> Result<(Photos, bool), Problem> {
    let photo = |part: &Part| match part {
        Part::Photo(photo) => Some((photo.image, photo.hash.clone(), photo.width)),
        Part::Text(_) | Part::Table(_) | Part::Rule => None,
    };
    let wanted: Vec<_> = sheet.paper.parts.iter().filter_map(photo).collect();
    let now = sheet.now;
    read.read(move |tx| {
        let (mut photos, mut all, mut bytes) = (Photos::new(), true, 0);
        for (image, hash, width) in wanted {
            if photos.contains_key(&(image, width)) {
                continue;
            }
            let name = CopyName {
                crop: None,
                width,
                format: RenditionFormat::Jpeg,
            };
            let room = MOST_OF_PHOTOS - bytes;
            let copy = public_piece(tx, &hash, name, (0, room), now)?;
            match copy.filter(|copy| copy.bytes.len() == copy.of) {
                Some(copy) => {
                    bytes += copy.of;
                    photos.insert((image, width), copy.bytes);
                }
                None => all = false,
            }
        }
        Ok::<_, Problem>((photos, all))
    })
    .await
}
