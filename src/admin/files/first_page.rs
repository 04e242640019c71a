//! The picture of a PDF's first page, for staff, and what they read where there is none.

use std::collections::HashMap;

use actix_web::HttpRequest;

use crate::admin::words::Stores;
use crate::newsroom::FileId;
use crate::public::file_view::PageView;
use crate::public::first_page::{answer, bytes, named};
use crate::storage::file_bytes::Asked;
use crate::storage::files::{self, StaffFile};
use crate::storage::first_pages::{self, Progress};
use crate::storage::{ReadTx, StorageError};
use crate::web::problem::Answer;
use crate::web::{Numbered, Problem, Staff, paths};

pub(super) async fn open(
    request: HttpRequest,
    _staff: Staff,
    file: Numbered<FileId>,
    (read, _, clock): Stores,
) -> Answer {
    let (name, now) = (named(&request)?, clock.now());
    let bytes = read
        .read(move |tx| {
            let known = files::find(tx, file.0)?.ok_or(Problem::NotFound)?;
            let asked = Asked::Staff {
                file: file.0,
                version: known.version,
            };
            bytes(tx, (&asked, name), now)
        })
        .await?;
    Ok(answer(name, bytes))
}

/// The first page of a file, or how it stands with it.
pub(super) struct Shown {
    pub picture: Option<PageView>,
    /// Empty where there is nothing to say.
    pub sentence: &'static str,
}

impl Shown {
    pub(super) fn of(tx: &mut ReadTx<'_>, file: &StaffFile) -> Result<Self, StorageError> {
        let (picture, sentence) = match first_pages::progress(tx, (file.id, file.format))? {
            Progress::Never => (None, ""),
            Progress::Wished => (None, "The picture of its first page is still to be drawn."),
            Progress::Drawn(height) => (Some(view(file.id, height)), ""),
            Progress::Undrawable => (
                None,
                "The first page of this PDF could not be drawn, so readers see no picture of it. Print \
                 it into a new PDF and replace the file, if they should.",
            ),
        };
        Ok(Self { picture, sentence })
    }
}

/// The pictures of those of these files that have one.
pub(super) fn all_of(
    tx: &mut ReadTx<'_>,
    ids: &[FileId],
) -> Result<HashMap<FileId, PageView>, StorageError> {
    let heights = first_pages::heights(tx, ids)?;
    let views = heights.into_iter();
    Ok(views.map(|(id, height)| (id, view(id, height))).collect())
}

fn view(id: FileId, height: u32) -> PageView {
    PageView::new(height, |name| paths::staff_first_page(id, name))
}
