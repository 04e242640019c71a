//! All files, the newest first, with a search; and a new one.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::taking::{Come, No, come};
use super::{facts, first_page, name};
use crate::admin::images_page::{counted, used_in};
use crate::admin::intake::IntakeDesk;
use crate::admin::view::Names;
use crate::admin::words::Stores;
use crate::admin::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{self, Done, Failure, writing};
use crate::keys::new_key;
use crate::newsroom::FileId;
use crate::prose::dates::{self, DateWords};
use crate::public::file_view::PageView;
use crate::storage::files::{self, NewBytes};
use crate::storage::{ReadStore, ReadTx, Store, file_uses};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Pager;
use crate::web::{Fields, Freshness, Problem, Query, Staff, page, paths, see_other};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "admin/files.html")]
struct FilesPage {
    frame: AdminFrame,
    form_key: String,
    refusal: String,
    words: String,
    rows: Vec<FileRow>,
    count: String,
    pager: Pager,
    may_write: bool,
}

struct FileRow {
    number: String,
    href: String,
    name: String,
    page: Option<PageView>,
    language: String,
    facts: String,
    uses: String,
    uploaded: DateWords,
    uploaded_by: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, _, clock): Stores,
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| files_page(tx, &visit, &query.0, String::new()))
        .await?;
    page(&shown, Freshness::Never)
}

fn files_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    fields: &Fields,
    refusal: String,
) -> Result<FilesPage, Problem> {
    let room = room_of(tx)?;
    let (words, number) = (fields.get("words").trim(), fields.page());
    let count = files::count(tx, words)?;
    let found = files::page(tx, words, ((number - 1) * PER_PAGE, PER_PAGE))?;
    let ids: Vec<FileId> = found.iter().map(|file| file.id).collect();
    let uses = file_uses::counts(tx, &ids, visit.now)?;
    let names = Names::all(tx)?;
    let mut pages = first_page::all_of(tx, &ids)?;
    let row = |file: files::StaffFile| {
        let items = uses.get(&file.id).copied();
        FileRow {
            number: file.id.to_string(),
            href: paths::staff_file(file.id),
            name: name(&file),
            page: pages.remove(&file.id),
            language: file.words.language.as_str().to_owned(),
            facts: facts(&file),
            uses: used_in(items.unwrap_or_default()),
            uploaded: dates::staff_time(file.uploaded_at, &room.room.zone),
            uploaded_by: names.of(file.uploaded_by),
        }
    };
    Ok(FilesPage {
        form_key: new_key(),
        refusal,
        rows: found.into_iter().map(row).collect(),
        count: counted(count, "file"),
        pager: Pager::new(number, count, PER_PAGE, |page| {
            let page = page.to_string();
            paths::with_query(paths::STAFF_FILES, &[("words", words), ("page", &page)])
        }),
        words: words.to_owned(),
        may_write: visit.staff.person.roles.may_write(),
        frame: visit.frame(&room),
    })
}

pub(super) async fn upload(
    request: HttpRequest,
    staff: Staff,
    form: Multipart,
    (read, store, clock): Stores,
    intake: Data<IntakeDesk>,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let come = match come(form, &intake).await? {
        Ok(come) => come,
        Err(no) => return refused(&read, visit, no).await,
    };
    match taken(&store, visit.clone(), come).await {
        Ok(Done::Now(file)) => {
            say(
                &request,
                "The file is here. Give it a title, so that readers know what it is.",
            );
            see_other(&paths::staff_file(file))
        }
        Ok(Done::Before(number)) => {
            let file: FileId = number.parse().map_err(Problem::broken)?;
            see_other(&paths::staff_file(file))
        }
        Err(Failure::Refused(refusal)) => {
            let no = (status_of(&refusal), refusal.to_string());
            refused(&read, visit, no).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn taken(store: &Store, visit: Visit, come: Come) -> Result<Done<FileId>, Failure> {
    let writer = visit.staff.writer()?;
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
                by: writer.id(),
                now: visit.now,
            };
            desk::files::take_in(tx, &new, &sent, writer)
        })
        .await
}

/// The same page with the sentence that says why not.
async fn refused(read: &ReadStore, visit: Visit, (status, sentence): No) -> Answer {
    let shown = read
        .read(move |tx| files_page(tx, &visit, &Fields::default(), sentence))
        .await?;
    page_with(status, &shown)
}
