//! One file: its words, its versions, and which items name it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::first_page::Shown;
use super::uses::Uses;
use super::{facts, name};
use crate::admin::editor_page::name_of;
use crate::admin::image_file::{Passage, passage};
use crate::admin::merge::{self, Conflict, Three};
use crate::admin::view::{Choice, Field, FieldProblem, Names, problems};
use crate::admin::words::Stores;
use crate::admin::{AdminFrame, Visit, room_of, status_of};
use crate::desk::{self, Changed, Done, Failure, writing};
use crate::keys::new_key;
use crate::media::{ByteCount, FileFormat};
use crate::newsroom::words::Language;
use crate::newsroom::{FileId, FileWords};
use crate::prose::dates::{self, DateWords};
use crate::storage::files::{self, StaffFile};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, StorageError};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/file.html")]
struct FilePage {
    frame: AdminFrame,
    form_key: String,
    end_key: String,
    number: String,
    heading: String,
    facts: String,
    file_name: String,
    uploaded: String,
    first_page: Shown,
    /// What the format keeps inside that goes out with it.
    inside: &'static str,
    problems: Vec<FieldProblem>,
    conflict: Option<Conflict>,
    shown: String,
    was: String,
    title: Field,
    languages: Vec<Choice>,
    contact: Field,
    versions: Vec<Version>,
    uses: Uses,
    /// Language and contact, for whoever may not change them.
    written: Option<Vec<Passage>>,
    /// Where readers get it; nothing while none of them may.
    public: Option<String>,
    replacement: String,
    end: String,
    may_write: bool,
}

struct Version {
    label: String,
    href: String,
    when: DateWords,
    by: String,
}

/// What a form holds besides what is stored.
#[derive(Default)]
struct Typed {
    fields: Fields,
    errors: FieldErrors,
    conflict: Option<Conflict>,
}

impl Typed {
    fn nothing_but(stored: &Fields) -> Self {
        Self {
            fields: stored.clone(),
            ..Self::default()
        }
    }
}

fn of_file(file: &StaffFile) -> Fields {
    let mut fields = Fields::default();
    fields.set("title", file.words.title.as_str());
    fields.set("language", file.words.language.as_str());
    fields.set("contact", file.words.contact.as_str());
    fields
}

fn parse(fields: &Fields) -> Result<FileWords, FieldErrors> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", fields.get("title").parse());
    let language = errors.take("language", fields.get("language").parse());
    let contact = errors.take("contact", fields.get("contact").parse());
    match (title, language, contact) {
        (Some(title), Some(language), Some(contact)) => Ok(FileWords {
            title,
            language,
            contact,
        }),
        _ => Err(errors),
    }
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    file: Numbered<FileId>,
    (read, _, clock): Stores,
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| file_page(tx, &visit, file.0, None))
        .await?;
    page(&shown, Freshness::Never)
}

fn file_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    id: FileId,
    typed: Option<Typed>,
) -> Result<FilePage, Problem> {
    let room = room_of(tx)?;
    let file = files::find(tx, id)?.ok_or(Problem::NotFound)?;
    let stored = of_file(&file);
    let uses = Uses::of(tx, id, visit)?;
    // What somebody has typed stays before them, also where it cannot be kept any more.
    let is_closed = uses.closed.is_some() && typed.is_none();
    let typed = typed.unwrap_or_else(|| Typed::nothing_but(&stored));
    let field = |name: &str| Field::of(name, &typed.fields, &typed.errors);
    // A form that comes back with complaints still looks at what it was opened with.
    let kept = |name: &str, now: String| {
        if typed.errors.is_empty() {
            now
        } else {
            typed.fields.get(name).to_owned()
        }
    };
    Ok(FilePage {
        form_key: new_key(),
        end_key: new_key(),
        number: id.to_string(),
        heading: name(&file),
        facts: facts(&file),
        uploaded: uploaded(tx, &file, &room)?,
        first_page: Shown::of(tx, &file)?,
        inside: inside(file.format),
        problems: problems(&typed.errors),
        shown: kept("shown", file.words.fingerprint()),
        was: kept("was", stored.encoded()),
        title: field("title"),
        languages: languages(&room, &typed.fields),
        contact: field("contact"),
        versions: versions(tx, &file, &room)?,
        public: uses.is_public.then(|| paths::file(&file.key, file.format)),
        written: is_closed.then(|| written(&file.words)),
        uses,
        replacement: paths::file_replacement(id),
        end: paths::file_end(id),
        may_write: visit.staff.person.roles.may_write(),
        frame: visit.frame(&room),
        conflict: typed.conflict,
        file_name: file.file_name,
    })
}

/// What the heading does not say of it.
fn written(words: &FileWords) -> Vec<Passage> {
    let contact = match words.contact.as_str() {
        "" => "The item’s press contact",
        contact => contact,
    };
    vec![
        passage("Language", words.language.name()),
        passage("Whom to ask for an accessible version", contact),
    ]
}

fn uploaded(tx: &mut ReadTx<'_>, file: &StaffFile, room: &Frame) -> Result<String, StorageError> {
    let when = dates::staff_time(file.uploaded_at, &room.room.zone).words;
    let who = name_of(tx, file.uploaded_by)?;
    Ok(format!("Uploaded {when} by {who}."))
}

const fn inside(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv | FileFormat::Txt => "",
        FileFormat::Pdf
        | FileFormat::Docx
        | FileFormat::Xlsx
        | FileFormat::Pptx
        | FileFormat::Odt
        | FileFormat::Ods
        | FileFormat::Odp => {
            "The file goes out as it is, with what its program keeps inside: names of authors, comments, \
             tracked changes, dates. Take out what readers must not have before you upload it."
        }
    }
}

/// The room's own first, then all others: a report may be in any.
fn languages(room: &Frame, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("language");
    let own = &room.room.languages;
    let others = Language::all().filter(|language| !own.contains(language));
    own.iter()
        .copied()
        .chain(others)
        .map(|language| Choice::new(language.as_str(), language.name(), chosen))
        .collect()
}

fn versions(
    tx: &mut ReadTx<'_>,
    file: &StaffFile,
    room: &Frame,
) -> Result<Vec<Version>, StorageError> {
    let names = Names::all(tx)?;
    let versions = files::versions(tx, file.id)?;
    let each = versions.into_iter().map(|one| Version {
        label: format!("Version {}, {}", one.version, ByteCount(one.byte_count)),
        href: paths::file_version(file.id, one.version),
        when: dates::staff_time(one.at, &room.room.zone),
        by: names.of(one.by),
    });
    Ok(each.collect())
}

pub(super) async fn describe(
    request: HttpRequest,
    staff: Staff,
    (file, form): (Numbered<FileId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (id, fields) = (file.0, form.0);
    let words = match parse(&fields) {
        Ok(words) => words,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return complained(&read, visit, (id, status), (fields, errors)).await;
        }
    };
    let (key, shown) = (fields.form_key()?, fields.get("shown").to_owned());
    let person = visit.staff.person.clone();
    let done: Result<_, Failure> = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::files::describe(tx, id, (&shown, &words), &sent, &person)
        })
        .await;
    match done {
        Ok(Done::Now(Changed::Kept) | Done::Before(_)) => {
            say(&request, "Saved.");
            see_other(&paths::staff_file(id))
        }
        Ok(Done::Now(Changed::Conflict)) => conflicting(&read, visit, id, fields).await,
        Err(Failure::Refused(refusal)) => {
            let mut errors = FieldErrors::default();
            errors.add("title", refusal.to_string());
            complained(&read, visit, (id, status_of(&refusal)), (fields, errors)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The same page, everything typed still there.
async fn complained(
    read: &ReadStore,
    visit: Visit,
    (id, status): (FileId, StatusCode),
    (fields, errors): (Fields, FieldErrors),
) -> Answer {
    let typed = Typed {
        fields,
        errors,
        conflict: None,
    };
    let shown = read
        .read(move |tx| file_page(tx, &visit, id, Some(typed)))
        .await?;
    page_with(status, &shown)
}

const LABELS: [(&str, &str); 3] = [
    ("title", "Title"),
    ("language", "Language"),
    ("contact", "Whom to ask for an accessible version"),
];

/// Somebody described it in between: both texts on one page, and nothing lost.
async fn conflicting(read: &ReadStore, visit: Visit, id: FileId, fields: Fields) -> Answer {
    let shown = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let stored = files::find(tx, id)?.ok_or(Problem::NotFound)?;
            let texts = Three {
                base: &Fields::parse(fields.get("was").as_bytes())?,
                theirs: &of_file(&stored),
                yours: &fields,
            };
            let (fields, differences) = merge::merge(&LABELS, texts);
            let conflict = Conflict::between(tx, "these words", (None, &room), differences)?;
            let typed = Typed {
                fields,
                conflict: Some(conflict),
                ..Typed::default()
            };
            file_page(tx, &visit, id, Some(typed))
        })
        .await?;
    page_with(StatusCode::CONFLICT, &shown)
}

pub(super) async fn delete(
    request: HttpRequest,
    staff: Staff,
    (file, form): (Numbered<FileId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (id, key) = (file.0, form.0.form_key()?);
    let person = visit.staff.person.clone();
    let done: Result<Done<()>, Failure> = store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::files::delete(tx, id, &sent, &person)
        })
        .await;
    match done {
        Ok(Done::Now(()) | Done::Before(_)) => {
            say(&request, "Deleted, with every version of it.");
            see_other(paths::STAFF_FILES)
        }
        Err(Failure::Refused(refusal)) => {
            let status = status_of(&refusal);
            let shown = read
                .read(move |tx| {
                    let mut shown = file_page(tx, &visit, id, None)?;
                    shown.problems.push(FieldProblem {
                        field: String::new(),
                        message: refusal.to_string(),
                    });
                    Ok::<_, Problem>(shown)
                })
                .await?;
            page_with(status, &shown)
        }
        Err(failure) => Err(failure.into()),
    }
}
