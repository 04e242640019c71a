//! What can go wrong in storage. Nobody else reads a database's own errors.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("the database is busy")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("the address belongs to another item")]
    SlugTaken,
    #[error("the mail address belongs to another person")]
    EmailTaken,
    #[error("the image is in the library already")]
    ImageIsHere,
    #[error("the form was sent already")]
    SentAlready,
    #[error("another publication of the item is in the way")]
    LaneMovedOn,
    #[error("whoever asked for the change was signed out before it began")]
    SignedOut,
    #[error("the column {column} holds {bytes} bytes that the program cannot have written")]
    Unreadable { column: &'static str, bytes: usize },
    #[error("the database said: {0}")]
    Database(#[source] DieselError),
    #[error("the file cannot be used: {0}")]
    File(#[source] std::io::Error),
    #[error("this is no database of the program: {0}")]
    NoDatabase(String),
    #[error("no connection: {0}")]
    Connection(#[source] diesel::r2d2::PoolError),
    #[error("the tables could not be brought up to date: {0}")]
    Migration(String),
    #[error("the work was cut off: {0}")]
    CutOff(#[source] tokio::task::JoinError),
}

type Promise = (&'static str, fn() -> StorageError);

/// What the database calls a broken promise, and what we call it.
const PROMISES: [Promise; 6] = [
    ("slugs.slug", || StorageError::SlugTaken),
    ("people.email", || StorageError::EmailTaken),
    ("images.hash", || StorageError::ImageIsHere),
    ("sent_forms.form_key", || StorageError::SentAlready),
    ("publications.item_id", || StorageError::LaneMovedOn),
    ("publications_never_overlap", || StorageError::LaneMovedOn),
];

impl From<DieselError> for StorageError {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, information) = &error else {
            return Self::Database(error);
        };
        let message = information.message();
        if matches!(kind, DatabaseErrorKind::Unknown) {
            if message.contains("locked") || message.contains("busy") {
                return Self::Busy;
            }
            if message.contains("disk is full") {
                return Self::Full;
            }
        }
        PROMISES
            .iter()
            .find(|(name, _)| message.contains(name))
            .map_or_else(|| Self::Database(error), |(_, promise)| promise())
    }
}
