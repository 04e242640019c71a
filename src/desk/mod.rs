//! The moves: load, decide, store, note in the journal; one write transaction each.

pub mod autosaving;
pub mod calendar;
pub mod checklist;
pub mod collections;
pub mod enclosed;
pub mod factors;
pub mod files;
pub mod holding;
pub mod kinds;
pub mod library;
pub mod mails;
pub mod passes;
pub mod passkeys;
pub mod people;
pub mod pictures;
pub mod publishing;
pub mod review;
pub mod room;
pub mod several;
pub mod soundness;
pub mod telling;
pub mod words;
pub mod writing;

use crate::newsroom::Refusal;
use crate::storage::StorageError;

/// Why a move did not happen: the newsroom said no, or storage failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for Failure {
    /// A promise that the database kept is the same refusal as the early check.
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::EmailTaken => Self::Refused(Refusal::EmailTaken),
            StorageError::SlugTaken => Self::Refused(Refusal::SlugTaken),
            StorageError::LaneMovedOn => Self::Refused(Refusal::LaneMovedOn),
            other @ (StorageError::Busy
            | StorageError::Full
            | StorageError::ImageIsHere
            | StorageError::SentAlready
            | StorageError::SignedOut
            | StorageError::Unreadable { .. }
            | StorageError::Database(_)
            | StorageError::File(_)
            | StorageError::NoDatabase(_)
            | StorageError::Connection(_)
            | StorageError::Migration(_)
            | StorageError::CutOff(_)) => Self::Storage(other),
        }
    }
}

/// What came of a change to something that there is only one of at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Kept,
    /// Somebody changed it since the form was opened: nothing was stored.
    Conflict,
}

/// Whether a form's work was done by this sending or by an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done<T> {
    Now(T),
    /// The same form came before; this is where its first sending led.
    Before(String),
}
