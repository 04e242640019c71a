//! Whether readers may still have what a pack is sending: asked again before each piece, at that instant.

use crate::clock::Instant;
use crate::newsroom::RevisionId;
use crate::public::full_size::Sources;
use crate::public::item::standing_at;
use crate::storage::images::ShownImage;
use crate::storage::{ReadTx, handed_on};
use crate::web::Problem;

/// The words that the pack tells, and where to ask whether readers still see them.
#[derive(Clone)]
pub(super) struct Watch {
    pub sources: Sources,
    pub slug: String,
    pub revision: RevisionId,
}

impl Watch {
    /// Whether the item still stands there with these words. A pack of which one half is older than the
    /// other would be none.
    pub(super) async fn item(&self) -> Result<(), Problem> {
        self.ask(|_tx, _now| Ok(Some(()))).await
    }

    /// The same, and whether the photo is still the same and may be shown.
    pub(super) async fn photo(&self, image: &ShownImage) -> Result<(), Problem> {
        let image = image.clone();
        self.ask(move |tx, now| Ok(handed_on::is_public(tx, &image, now)?.then_some(())))
            .await
    }

    /// What is asked for while the item stands there; nothing breaks the pack off.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut ReadTx<'_>, Instant) -> Result<Option<T>, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (slug, revision, now) = (self.slug.clone(), self.revision, self.sources.clock.now());
        self.sources
            .read
            .read(move |tx| {
                if standing_at(tx, &slug, now)?.revision.id != revision {
                    return Err(Problem::NotFound);
                }
                ask(tx, now)?.ok_or(Problem::NotFound)
            })
            .await
    }
}
