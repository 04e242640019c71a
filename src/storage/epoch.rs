//! The content epoch: a number that rises with every change of the file, whoever made it. Whatever
//! was read under a number is still true while the number stands.
//!
//! Asking the database (`PRAGMA data_version`) costs as much as serving a page. Instead, the 48 bytes
//! are read in which the write-ahead log keeps what was committed last (the header of the `-shm`
//! file; `SQLite`, "WAL-mode File Format"): each commit changes them before it is acknowledged.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::StorageError;
use super::connection::Connection;

/// The version of the header that is read here.
const HEADER_VERSION: u32 = 3_007_000;
const HEADER_BYTES: usize = 48;

/// What was committed last, as the log's header tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    /// Stands for all bytes.
    hash: u64,
    /// Rises by one with each commit.
    commits: u32,
}

/// Notices commits. One for a file and process: closing a second handle on the `-shm` file would
/// end the locks that `SQLite` holds on it (POSIX locks belong to the process, not to the handle).
pub(super) struct Epoch {
    /// Keeps the `-shm` file where it is: it would go with the last connection. Closed before `index`.
    _keeper: Mutex<Connection>,
    index: File,
    inode: (u64, u64),
    seen: AtomicU64,
    number: AtomicU64,
}

static OPEN: Mutex<Vec<Weak<Epoch>>> = Mutex::new(Vec::new());

impl Epoch {
    /// `keeper` is a connection that has read from the file already.
    pub(super) fn of(file: &Path, keeper: Connection) -> Result<Arc<Self>, StorageError> {
        let mut beside = fs::canonicalize(file)
            .map_err(StorageError::File)?
            .into_os_string();
        beside.push("-shm");
        let known = fs::metadata(&beside).map_err(StorageError::File)?;
        let inode = (known.dev(), known.ino());
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|epoch| epoch.strong_count() > 0);
        let same = open
            .iter()
            .filter_map(Weak::upgrade)
            .find(|epoch| epoch.inode == inode);
        if let Some(epoch) = same {
            return Ok(epoch);
        }
        let epoch = Arc::new(Self {
            _keeper: Mutex::new(keeper),
            index: File::open(&beside).map_err(StorageError::File)?,
            inode,
            seen: AtomicU64::new(0),
            number: AtomicU64::new(0),
        });
        open.push(Arc::downgrade(&epoch));
        Ok(epoch)
    }

    /// The number now. It never stands still over a commit, but may rise without one.
    pub(super) fn now(&self) -> u64 {
        let head = self.head();
        if let Some(head) = head
            && head.hash == self.seen.load(Ordering::Acquire)
        {
            return self.number.load(Ordering::Acquire);
        }
        // Raised before it is seen: whoever sees the new state finds the new number.
        let number = self.number.fetch_add(1, Ordering::AcqRel) + 1;
        self.seen
            .store(head.map_or(0, |head| head.hash), Ordering::Release);
        number
    }

    /// Before a change that readers cannot see, within its transaction.
    pub(super) fn before(&self) -> Before {
        Before(self.head())
    }

    /// After that change: the number stands, if nothing else was committed in between.
    pub(super) fn overlook(&self, before: Before) {
        let (Some(before), Some(after)) = (before.0, self.head()) else {
            return;
        };
        if after.commits == before.commits.wrapping_add(1) {
            // Where somebody noticed first, the number has risen, which harms nobody.
            let _noticed = self.seen.compare_exchange(
                before.hash,
                after.hash,
                Ordering::AcqRel,
                Ordering::Acquire,
            );
        }
    }

    /// Nothing where the header is not what it should be: then the number rises every time.
    fn head(&self) -> Option<Head> {
        let mut bytes = [0; HEADER_BYTES];
        self.index.read_exact_at(&mut bytes, 0).ok()?;
        let word = |at: usize| {
            let word = bytes.get(at..at + 4)?;
            Some(u32::from_ne_bytes(word.try_into().ok()?))
        };
        if word(0)? != HEADER_VERSION {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        hasher.write(&bytes);
        Some(Head {
            // 0 stands for "not known".
            hash: hasher.finish().max(1),
            commits: word(8)?,
        })
    }
}

/// What was committed before a change that readers cannot see.
pub(super) struct Before(Option<Head>);
