//! Several pictures at once: which were chosen, what will follow, and what came of each.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::editor_page::thumb;
use super::images_page::{counted, name, pick, used_in};
use super::view::{Choice, Field, FieldProblem, problems};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of};
use crate::accounts::Person;
use crate::clock::Clock;
use crate::desk::library::{self, Aim, Deed, Further, Outcome};
use crate::desk::{Failure, writing};
use crate::keys::new_key;
use crate::media::ImageId;
use crate::storage::{ReadTx, Store, images, uses};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Problem, Query, Sent, Staff, page, paths, see_other,
};

/// A page of the library holds no more.
const MOST: usize = 24;

#[derive(Template)]
#[template(path = "admin/several_pictures.html")]
struct SeveralPicturesPage {
    frame: AdminFrame,
    form_key: String,
    heading: &'static str,
    hint: &'static str,
    button: &'static str,
    deed: &'static str,
    back: &'static str,
    describes: bool,
    problems: Vec<FieldProblem>,
    credit: Field,
    terms: Field,
    caption: Field,
    wheres: Vec<Choice>,
    rows: Vec<Row>,
    /// With how many it was done, where it was tried.
    done: Option<String>,
}

/// One of the pictures, with the newsroom's no where it said no.
struct Row {
    pick: String,
    href: String,
    thumb: String,
    name: String,
    uses: String,
    refusal: String,
}

fn picked(text: &str) -> Option<Aim> {
    let (image, shown) = text.split_once('.')?;
    Some(Aim {
        image: image.parse().ok()?,
        shown: shown.to_owned(),
    })
}

fn aims(fields: &Fields) -> Vec<Aim> {
    fields
        .all("picture")
        .filter_map(picked)
        .take(MOST)
        .collect()
}

fn deed(fields: &Fields) -> Result<Deed, Problem> {
    fields
        .get("do")
        .parse()
        .map_err(|_source| Problem::Malformed)
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    (read, _, clock): Stores,
) -> Answer {
    staff.writer()?;
    let visit = Visit::opens(&request, staff, &clock);
    if aims(&query.0).is_empty() {
        say(&request, "Choose some pictures first.");
        return see_other(paths::IMAGES);
    }
    let deed = deed(&query.0)?;
    let shown = read
        .read(move |tx| {
            let asked = (deed, &query.0, &FieldErrors::default());
            let chosen = aims(&query.0).into_iter().map(|aim| (aim, String::new()));
            let rows = rows(tx, chosen.collect(), visit.now)?;
            several_page(tx, &visit, asked, (rows, None))
        })
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    staff.writer()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let (key, deed, aims) = (fields.form_key()?, deed(&fields)?, aims(&fields));
    let (further, errors) = further(deed, &fields);
    if !errors.is_empty() {
        let told = aims.into_iter().map(|aim| (aim, String::new())).collect();
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return told_again(&read, visit, (status, told, None), (deed, fields, errors)).await;
    }
    let making = Making {
        key,
        deed,
        further,
        person: visit.staff.person.clone(),
    };
    let came = with_each(&store, &clock, making, aims).await?;
    let done = came.sentence(deed);
    if came.refused.is_empty() {
        say(&request, &done);
        return see_other(back(deed));
    }
    let told = (StatusCode::CONFLICT, came.refused, Some(done));
    told_again(&read, visit, told, (deed, fields, errors)).await
}

/// The same page, with what is to be put right.
async fn told_again(
    read: &crate::storage::ReadStore,
    visit: Visit,
    (status, told, done): (StatusCode, Vec<(Aim, String)>, Option<String>),
    (deed, fields, errors): (Deed, Fields, FieldErrors),
) -> Answer {
    let shown = read
        .read(move |tx| {
            let rows = rows(tx, told, visit.now)?;
            several_page(tx, &visit, (deed, &fields, &errors), (rows, done))
        })
        .await?;
    page_with(status, &shown)
}

/// What is done with each, by whom, out of which form.
#[derive(Clone)]
struct Making {
    key: String,
    deed: Deed,
    further: Further,
    person: Person,
}

/// What came of all of them.
#[derive(Default)]
struct Came {
    done: u64,
    /// Which were so before.
    unchanged: u64,
    refused: Vec<(Aim, String)>,
}

impl Came {
    fn sentence(&self, deed: Deed) -> String {
        let done = counted(self.done, "picture");
        let sentence = match deed {
            Deed::Describe => format!("{done}: the words were set."),
            Deed::Trash => format!("{done}: put into the trash, for 30 days."),
            Deed::Restore => format!("{done}: back in the library."),
        };
        if self.unchanged == 0 {
            sentence
        } else {
            let left = counted(self.unchanged, "picture");
            format!("{sentence} {left}: nothing had to be changed.")
        }
    }
}

/// Does it with each picture in a transaction of its own.
async fn with_each(
    store: &Store,
    clock: &Clock,
    making: Making,
    aims: Vec<Aim>,
) -> Result<Came, Problem> {
    let mut came = Came::default();
    for aim in aims {
        let (making, clock, tried) = (making.clone(), clock.clone(), aim.clone());
        let one: Result<Outcome, Failure> = store
            .write(move |tx| {
                let sent = writing::Sent {
                    form_key: &making.key,
                    now: clock.now(),
                };
                let what = (making.deed, &making.further);
                library::with_one(tx, &tried, what, &sent, &making.person)
            })
            .await;
        match one {
            Ok(Outcome::Done) => came.done += 1,
            Ok(Outcome::NothingToDo) => came.unchanged += 1,
            Err(Failure::Refused(why)) => came.refused.push((aim, why.to_string())),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(came)
}

/// The words for all of them, with the complaints about them.
fn further(deed: Deed, fields: &Fields) -> (Further, FieldErrors) {
    let mut errors = FieldErrors::default();
    if deed != Deed::Describe {
        return (Further::default(), errors);
    }
    let typed = |name: &str| fields.get(name).trim();
    let credit = errors.take("credit", typed("credit").parse());
    let terms = errors.take("terms", typed("terms").parse());
    let caption = errors.take("caption", typed("caption").parse());
    if ["credit", "terms", "caption"]
        .iter()
        .all(|name| typed(name).is_empty())
    {
        errors.add("credit", "Write a credit, terms or a caption.");
    }
    let further = Further {
        credit: credit.filter(|words: &crate::media::Credit| !words.is_empty()),
        terms: terms.filter(|words: &crate::media::Terms| !words.is_empty()),
        caption: caption.filter(|words: &crate::media::Caption| !words.is_empty()),
        replaces: fields.get("where") == "all",
    };
    (further, errors)
}

fn rows(
    tx: &mut ReadTx<'_>,
    told: Vec<(Aim, String)>,
    now: crate::clock::Instant,
) -> Result<Vec<Row>, Problem> {
    let ids: Vec<ImageId> = told.iter().map(|(aim, _)| aim.image).collect();
    let uses = uses::of(tx, &ids, now)?;
    let mut rows = Vec::new();
    for (aim, refusal) in told {
        let Some(image) = images::find(tx, aim.image)? else {
            continue;
        };
        let items = uses.iter().filter(|one| one.image == aim.image).count();
        rows.push(Row {
            // What was refused is tried again with the words that stand there by now.
            pick: if refusal.is_empty() {
                pick(aim.image, &aim.shown)
            } else {
                pick(aim.image, &image.words()?.fingerprint())
            },
            href: paths::image(aim.image),
            thumb: thumb(&image),
            name: name(&image),
            uses: used_in(items),
            refusal,
        });
    }
    Ok(rows)
}

fn several_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (deed, fields, errors): (Deed, &Fields, &FieldErrors),
    (rows, done): (Vec<Row>, Option<String>),
) -> Result<SeveralPicturesPage, Problem> {
    let room = room_of(tx)?;
    let (heading, button, hint) = called(deed);
    let chosen = match fields.get("where") {
        "" => "missing",
        chosen => chosen,
    };
    Ok(SeveralPicturesPage {
        form_key: new_key(),
        heading,
        button,
        hint,
        deed: deed.as_str(),
        back: back(deed),
        describes: deed == Deed::Describe,
        problems: problems(errors),
        credit: Field::of("credit", fields, errors),
        terms: Field::of("terms", fields, errors),
        caption: Field::of("caption", fields, errors),
        wheres: vec![
            Choice::new("missing", "Only where a picture has none", chosen),
            Choice::new("all", "Everywhere, in place of what is there", chosen),
        ],
        rows,
        done,
        frame: visit.frame(&room),
    })
}

const fn back(deed: Deed) -> &'static str {
    match deed {
        Deed::Describe | Deed::Trash => paths::IMAGES,
        Deed::Restore => paths::TRASH,
    }
}

/// Heading, button and what follows.
const fn called(deed: Deed) -> (&'static str, &'static str, &'static str) {
    match deed {
        Deed::Describe => (
            "Words of several pictures",
            "Set these words",
            "Words show at once wherever a picture is used. A field that stays empty changes nothing.",
        ),
        Deed::Trash => (
            "Several pictures into the trash",
            "Put these into the trash",
            "The trash keeps each for 30 days; until then it can be brought back. What any item shows, or showed in words that can be brought back, stays.",
        ),
        Deed::Restore => (
            "Several pictures out of the trash",
            "Bring these back",
            "Each comes back into the library as it was.",
        ),
    }
}
