//! The sample room: invented words, drawn photos, and a history that goes through the same moves as real work.

mod accounts;
mod embed;
mod files;
mod loading;
mod photos;
mod playing;
mod scenes;
mod steps;
mod words;

pub use accounts::{Account, renew_passwords};
pub use loading::{Prepared, prepare};

use crate::desk::Failure;
use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    #[error("{file} cannot be read: {sentence}")]
    Words { file: String, sentence: String },
    #[error("the item {item}: {failure}")]
    Move { item: String, failure: Failure },
    #[error("the photo {image}: {sentence}")]
    Photo { image: String, sentence: String },
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("a password: {0}")]
    Password(#[from] crate::accounts::password::PasswordError),
}
