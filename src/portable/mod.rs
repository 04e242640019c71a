//! The room outside of its file: folders of JSON, Markdown and pictures that anybody can read
//! without the program, and a room made of them again. The README.md beside this file describes the
//! format, and goes into every export.

mod exporting;
mod importing;
mod manifest;
mod readable;

use std::io;
use std::path::{Path, PathBuf};

pub use self::exporting::export;
pub use self::importing::import;
use crate::storage::StorageError;
use crate::storage::whole_file::Unfit;

/// Why a room could not be taken out, or made again.
#[derive(Debug, thiserror::Error)]
pub enum PortableError {
    #[error("{0} is not empty. Name a folder that is empty or not there yet.")]
    NotEmpty(PathBuf),
    #[error("{0} is there already. Name a file that is not there yet with --database.")]
    AlreadyThere(PathBuf),
    #[error("{0} holds no export: there is no export.json in it that this program can read.")]
    NoExport(PathBuf),
    #[error("A newer version of this program wrote {0}. Import it with that version.")]
    Newer(PathBuf),
    #[error("{file} is not as it was written: {what}. Nothing was imported.")]
    Changed { file: PathBuf, what: String },
    #[error("What was imported does not make a whole room: {0}. Nothing was kept.")]
    Unfit(Unfit),
    #[error("The database refused: {0}")]
    Storage(StorageError),
    #[error("The file {file} cannot be used: {cause}")]
    File { file: PathBuf, cause: io::Error },
}

impl From<StorageError> for PortableError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// Is told how many rows there are in all, and then of each that is done.
pub trait Progress {
    fn begins(&self, rows: u64);
    fn row(&self);
}

fn file_failed(file: &Path) -> impl FnOnce(io::Error) -> PortableError {
    let file = file.to_owned();
    move |cause| PortableError::File { file, cause }
}
