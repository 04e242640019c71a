//! Other bytes for a file: its address and its words stay, readers get the new bytes at once.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::taking::{Come, No, come};
use super::uses::Uses;
use super::{facts, name};
use crate::admin::intake::IntakeDesk;
use crate::admin::words::Stores;
use crate::admin::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{self, Done, Failure, writing};
use crate::keys::new_key;
use crate::newsroom::FileId;
use crate::storage::files::{self, NewBytes};
use crate::storage::{ReadStore, ReadTx, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Freshness, Numbered, Problem, Query, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/file_replacement.html")]
struct FileReplacementPage {
    frame: AdminFrame,
    form_key: String,
    name: String,
    facts: String,
    ending: &'static str,
    uses: Uses,
    /// With the version that is shown.
    action: String,
    back: String,
    refusal: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    file: Numbered<FileId>,
    (read, _, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| replacement_page(tx, &visit, file.0, String::new()))
        .await?;
    page(&shown, Freshness::Never)
}

fn replacement_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    id: FileId,
    refusal: String,
) -> Result<FileReplacementPage, Problem> {
    let room = room_of(tx)?;
    let file = files::find(tx, id)?.ok_or(Problem::NotFound)?;
    let shown = file.version.to_string();
    Ok(FileReplacementPage {
        form_key: new_key(),
        name: name(&file),
        facts: facts(&file),
        ending: file.format.ending(),
        uses: Uses::of(tx, id, visit)?,
        action: paths::with_query(&paths::file_replacement(id), &[("shown", &shown)]),
        back: paths::staff_file(id),
        refusal,
        frame: visit.frame(&room),
    })
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    (file, query, form): (Numbered<FileId>, Query, Multipart),
    (read, store, clock): Stores,
    intake: Data<IntakeDesk>,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let come = match come(form, &intake).await? {
        Ok(come) => come,
        Err(no) => return refused(&read, visit, file.0, no).await,
    };
    let shown = query.0.get("shown").parse();
    let shown = shown.map_err(|_no_number| Problem::Malformed)?;
    match replaced(&store, visit.clone(), (file.0, shown), come).await {
        Ok(Done::Now(()) | Done::Before(_)) => {
            say(&request, "Replaced. Its address is the same.");
            see_other(&paths::staff_file(file.0))
        }
        Err(Failure::Refused(refusal)) => {
            let no = (status_of(&refusal), refusal.to_string());
            refused(&read, visit, file.0, no).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn replaced(
    store: &Store,
    visit: Visit,
    aim: (FileId, i64),
    come: Come,
) -> Result<Done<()>, Failure> {
    store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &come.key,
                now: visit.now,
            };
            let new = NewBytes {
                taken: &come.taken,
                bytes: &come.bytes,
                file_name: &come.name,
                by: visit.staff.person.id,
                now: visit.now,
            };
            desk::files::replace(tx, aim, &new, &sent, &visit.staff.person)
        })
        .await
}

/// The same page with the sentence that says why not.
async fn refused(read: &ReadStore, visit: Visit, file: FileId, (status, sentence): No) -> Answer {
    let shown = read
        .read(move |tx| replacement_page(tx, &visit, file, sentence))
        .await?;
    page_with(status, &shown)
}
