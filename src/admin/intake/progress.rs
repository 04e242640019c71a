//! How far uploads are that are on their way, for those who wait for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::accounts::PersonId;

/// What has really been done of an upload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::admin) struct Progress {
    /// What came of the files that are done, in the order in which they were sent.
    pub done: Vec<End>,
    /// Copies of the next file that are made, and how many there will be; none while that is not known.
    pub made: usize,
    pub of: usize,
}

/// What came of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::admin) enum End {
    Kept,
    Known,
    Refused,
}

/// Who sends, and the key of their form: nobody is told of somebody else's upload.
type Key = (PersonId, String);

/// All uploads on their way.
#[derive(Clone, Default)]
pub(super) struct Uploads(Arc<Mutex<HashMap<Key, Progress>>>);

impl Uploads {
    pub(super) fn watched(&self, key: Key) -> Watched {
        Watched {
            key,
            all: self.clone(),
        }
    }

    /// Nothing is done of what nobody sends.
    pub(super) fn of(&self, key: &Key) -> Progress {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).cloned().unwrap_or_default()
    }
}

/// An upload that can be asked about until this is dropped.
pub(in crate::admin) struct Watched {
    key: Key,
    all: Uploads,
}

impl Watched {
    fn change(&self, change: impl FnOnce(&mut Progress)) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(all.entry(self.key.clone()).or_default());
    }

    pub(super) fn copied(&self, made: usize, of: usize) {
        self.change(|progress| (progress.made, progress.of) = (made, of));
    }

    pub(in crate::admin) fn ended(&self, end: End) {
        self.change(|progress| {
            progress.done.push(end);
            (progress.made, progress.of) = (0, 0);
        });
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_known_while_somebody_sends_and_to_them_alone() {
        let uploads = Uploads::default();
        let key = |person| (PersonId::new(person), "key".to_owned());
        let watched = uploads.watched(key(1));
        watched.copied(3, 14);
        let known = |done: &[End], made, of| Progress {
            done: done.to_vec(),
            made,
            of,
        };
        assert_eq!(uploads.of(&key(1)), known(&[], 3, 14));
        assert_eq!(uploads.of(&key(2)), Progress::default());
        watched.ended(End::Refused);
        assert_eq!(uploads.of(&key(1)), known(&[End::Refused], 0, 0));
        drop(watched);
        assert_eq!(uploads.of(&key(1)), Progress::default());
    }
}
