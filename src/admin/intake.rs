//! How much of the machine uploads may have: places, time, and one decoder.

mod progress;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::accounts::PersonId;
use crate::apart::Apart;
use crate::media::intake::{Taken, take_in_telling};
use crate::media::logo::{self, DrawnLogo, LogoFileError};
use crate::media::{ImageHash, Look, MediaError, Waiting};
use crate::newsroom::logo::LogoPlace;

use crate::web::Problem;

use progress::Uploads;
pub(super) use progress::{End, Progress, Watched};

/// Decoding a large photo takes hundreds of megabytes: one at a time, off the async threads. Each
/// upload in flight holds one file, of up to 40 MB, so there are only so many places.
#[derive(Clone)]
pub struct IntakeDesk {
    places: Arc<Semaphore>,
    decoder: Arc<Semaphore>,
    uploads: Uploads,
    waiting: Waiting,
    apart: Apart,
}

/// A file as it came, what was made of it, and how it looks.
pub(super) struct Seen {
    pub original: Vec<u8>,
    pub taken: Taken,
    pub look: Option<Look>,
}

impl IntakeDesk {
    /// That program reads PDFs, in a process of its own.
    pub fn of(waiting: Waiting, program: PathBuf) -> Self {
        const PLACES: usize = 6;
        Self {
            waiting,
            apart: Apart {
                program,
                patience: Duration::from_secs(20),
                works_for: Duration::from_secs(1),
            },
            places: Arc::new(Semaphore::new(PLACES)),
            decoder: Arc::new(Semaphore::new(1)),
            uploads: Uploads::default(),
        }
    }

    /// A place for one upload, or none where all are taken. It is free again when it is dropped.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        self.places.clone().try_acquire_owned().ok()
    }

    /// Whoever has a place may ask how far they are, by the key of their form.
    pub(super) fn watched(&self, by: PersonId, form: &str) -> Arc<Watched> {
        Arc::new(self.uploads.watched((by, form.to_owned())))
    }

    pub(super) fn progress(&self, by: PersonId, form: &str) -> Progress {
        self.uploads.of(&(by, form.to_owned()))
    }

    /// The room's logo or icon out of a file.
    pub(super) async fn logo(
        &self,
        place: LogoPlace,
        bytes: Vec<u8>,
    ) -> Result<Result<DrawnLogo, LogoFileError>, Problem> {
        self.decoded(move || match place {
            LogoPlace::Masthead => logo::logo(&bytes),
            LogoPlace::Icon => logo::icon(&bytes),
        })
        .await
    }

    pub(super) async fn look(
        &self,
        bytes: Vec<u8>,
        watched: Option<Arc<Watched>>,
    ) -> Result<Result<Seen, MediaError>, Problem> {
        self.decoded(move || {
            let tell = |made, of| {
                if let Some(watched) = &watched {
                    watched.copied(made, of);
                }
            };
            take_in_telling(&bytes, &tell).map(|taken| Seen {
                look: Look::of(&taken.renditions),
                original: bytes,
                taken,
            })
        })
        .await
    }

    pub(super) const fn apart(&self) -> &Apart {
        &self.apart
    }

    pub(super) async fn decoded<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let somebody = self.waiting.begin();
        let permit = Arc::clone(&self.decoder)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        // The permit belongs to the work: it goes on when whoever sent the file hangs up.
        blocking(move || {
            let done = work();
            drop((permit, somebody));
            done
        })
        .await
    }
}

/// The bytes again, and the hash that they are known by: found without decoding anything.
pub(super) async fn hashed(bytes: Vec<u8>) -> Result<(Vec<u8>, ImageHash), Problem> {
    blocking(move || {
        let hash = ImageHash::of(&bytes);
        (bytes, hash)
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Problem::broken)
}

/// How long a sender may still be waited for: a while, and longer with every byte that has come.
/// Only waiting counts, not what is done with a file meanwhile.
pub(super) struct Patience {
    left: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            left: Self::AT_MOST,
        }
    }
}

impl Patience {
    const AT_MOST: Duration = Duration::from_mins(1);
    /// A bad mobile connection manages this.
    const SLOWEST_BYTES_PER_SECOND: usize = 8_000;

    /// What comes next, or nothing where it did not come in time.
    pub(super) async fn wait<T>(&mut self, next: impl Future<Output = T>) -> Option<T> {
        let asked = Instant::now();
        let come = timeout(self.left, next).await.ok();
        self.left = self.left.saturating_sub(asked.elapsed());
        come
    }

    pub(super) fn earn(&mut self, bytes: usize) {
        let micros = bytes.saturating_mul(1_000_000) / Self::SLOWEST_BYTES_PER_SECOND;
        let earned = Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
        self.left = self.left.saturating_add(earned).min(Self::AT_MOST);
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[actix_web::test]
    async fn a_sender_who_trickles_is_not_waited_for_and_one_who_sends_is() {
        let mut patience = Patience {
            left: Duration::from_millis(1),
        };
        assert!(patience.wait(pending::<()>()).await.is_none());
        assert_eq!(patience.left, Duration::ZERO);
        patience.earn(1);
        assert_eq!(patience.left, Duration::from_micros(125));
        assert!(patience.wait(pending::<()>()).await.is_none());
        patience.earn(8_000);
        assert_eq!(patience.left, Duration::from_secs(1));
        assert!(patience.wait(ready(())).await.is_some(), "a second's worth");
    }

    #[test]
    fn nobody_saves_time_up() {
        let mut patience = Patience::default();
        patience.earn(usize::MAX);
        assert_eq!(patience.left, Patience::AT_MOST);
    }

    #[test]
    fn a_place_is_free_again_when_its_upload_ends() {
        let desk = IntakeDesk::of(Waiting::default(), PathBuf::new());
        let mut taken: Vec<_> = std::iter::from_fn(|| desk.place()).collect();
        assert_eq!(taken.len(), 6);
        taken.pop();
        assert!(desk.place().is_some());
    }
}
