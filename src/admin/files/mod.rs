//! Files that readers may take: the addresses under /admin/files, and what its pages share.

mod first_page;
mod list;
mod one;
mod replacement;
mod taking;
mod uses;

pub use taking::LOOKS_AT_PDF;

use actix_web::HttpRequest;
use actix_web::web;

use super::words::Stores;
use crate::media::{ByteCount, PageCount};
use crate::newsroom::{FileId, Refusal};
use crate::public::files::Download;
use crate::storage::file_bytes::Asked;
use crate::storage::files::StaffFile;
use crate::web::problem::Answer;
use crate::web::{Numbered, Problem, Staff};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/files", web::get().to(list::open))
        .route("/files", web::post().to(list::upload))
        .route("/files/{number}", web::get().to(one::open))
        .route("/files/{number}", web::post().to(one::describe))
        .route("/files/{number}/end", web::post().to(one::delete))
        .route("/files/{number}/file", web::get().to(replacement::open))
        .route("/files/{number}/file", web::post().to(replacement::send))
        .route("/files/{number}/versions/{version}", web::get().to(version))
        .route("/files/{number}/{page}", web::get().to(first_page::open));
}

/// Whoever only writes may not.
pub(super) fn is_an_editors(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::FileIsPublic | Refusal::FileIsApproved | Refusal::FileMayReturn
    )
}

/// What was sent has to be mended first.
pub(super) fn is_not_yet(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NoSuchFileHere { .. }
            | Refusal::TooManyFiles { .. }
            | Refusal::FileNeedsTitle
            | Refusal::OtherFormat { .. }
    )
}

/// What people know a file by.
pub(super) fn name(file: &StaffFile) -> String {
    if file.words.title.is_empty() {
        file.file_name.clone()
    } else {
        file.words.title.as_str().to_owned()
    }
}

/// `PDF, English, 24 pages, 1.2 MB`
fn facts(file: &StaffFile) -> String {
    let pages = file.pages.map(|pages| format!(", {}", PageCount(pages)));
    format!(
        "{}, {}{}, {}",
        file.format.name(),
        file.words.language.name(),
        pages.unwrap_or_default(),
        ByteCount(file.byte_count)
    )
}

async fn version(
    request: HttpRequest,
    _staff: Staff,
    file: Numbered<FileId>,
    (read, _, clock): Stores,
) -> Answer {
    let version = request.match_info().get("version").unwrap_or_default();
    let version = version.parse().map_err(|_no_number| Problem::NotFound)?;
    let download = Download {
        asked: Asked::Staff {
            file: file.0,
            version,
        },
        read: (**read).clone(),
        clock: (**clock).clone(),
    };
    download.answer(&request).await
}
