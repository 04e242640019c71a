//! Topics and places, by name, each with how often it is used; and a new one.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, Route};
use askama::Template;

use super::view::{Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of, status_of};
use crate::clock::Clock;
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::{Refusal, SubjectFamily, SubjectId, SubjectName};
use crate::storage::words::{self, Word};
use crate::storage::{ReadStore, ReadTx, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Pager;
use crate::web::{
    FieldErrors, Fields, Freshness, Problem, Query, Sent, Staff, assets, page, paths, see_other,
};

const PER_PAGE: u64 = 100;

pub(super) type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

#[derive(Template)]
#[template(path = "admin/words.html")]
struct WordsPage {
    frame: AdminFrame,
    form_key: String,
    address: &'static str,
    heading: &'static str,
    one: &'static str,
    nests: bool,
    /// Where the countries are loaded, for places.
    countries: Option<&'static str>,
    countries_key: String,
    problems: Vec<FieldProblem>,
    name: Field,
    count: String,
    rows: Vec<WordRow>,
    pager: Pager,
}

struct WordRow {
    href: String,
    name: String,
    slug: String,
    parent: String,
    place: String,
    uses: String,
}

/// How pages call what they are about: many of them, one of them.
pub(super) fn called(family: SubjectFamily) -> (&'static str, &'static str) {
    match family {
        SubjectFamily::Topic => ("Topics", "topic"),
        SubjectFamily::Place => ("Places", "place"),
    }
}

pub(super) fn opens_list(family: SubjectFamily) -> Route {
    web::get().to(
        move |request: HttpRequest, staff: Staff, query: Query, stores: Stores| {
            open(request, staff, (family, query), stores)
        },
    )
}

pub(super) fn adds(family: SubjectFamily) -> Route {
    web::post().to(
        move |request: HttpRequest, staff: Staff, form: Sent, stores: Stores| {
            add(request, staff, (family, form), stores)
        },
    )
}

async fn open(
    request: HttpRequest,
    staff: Staff,
    (family, query): (SubjectFamily, Query),
    (read, _, clock): Stores,
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let number = query.0.page();
    let typed = (Fields::default(), FieldErrors::default());
    let shown = read
        .read(move |tx| words_page(tx, &visit, (family, number), &typed))
        .await?;
    page(&shown, Freshness::Never)
}

async fn add(
    request: HttpRequest,
    staff: Staff,
    (family, form): (SubjectFamily, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let mut errors = FieldErrors::default();
    if let Some(name) = errors.take("name", single(fields.get("name"))) {
        let key = fields.form_key()?;
        let done: Result<Done<SubjectId>, Failure> = store
            .write(move |tx| {
                let sent = desk::writing::Sent {
                    form_key: &key,
                    now: clock.now(),
                };
                desk::words::add(tx, family, &name, &sent, editor)
            })
            .await;
        match done {
            Ok(Done::Now(_) | Done::Before(_)) => {
                say(&request, "Added. Items can name it from now on.");
                return see_other(paths::words(family));
            }
            Err(Failure::Refused(why)) if status_of(&why) == StatusCode::UNPROCESSABLE_ENTITY => {
                errors.add("name", why.to_string());
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    let typed = (fields, errors);
    let shown = read
        .read(move |tx| words_page(tx, &visit, (family, 1), &typed))
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// One name: a comma would make it two in the editor.
pub(super) fn single(typed: &str) -> Result<SubjectName, String> {
    if typed.contains([',', '،', ';']) {
        return Err("Write one name, without a comma.".to_owned());
    }
    match typed.trim() {
        "" => Err("Write its name.".to_owned()),
        typed => typed
            .parse()
            .map_err(|why: crate::newsroom::item::SubjectNameError| why.to_string()),
    }
}

fn words_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (family, number): (SubjectFamily, u64),
    (fields, errors): &(Fields, FieldErrors),
) -> Result<WordsPage, Problem> {
    let room = room_of(tx)?;
    let count = words::count(tx, family)?;
    let list = words::list(tx, family, ((number - 1) * PER_PAGE, PER_PAGE))?;
    let (heading, one) = called(family);
    let address = paths::words(family);
    Ok(WordsPage {
        form_key: new_key(),
        address,
        heading,
        one,
        nests: family == SubjectFamily::Place,
        countries: loads_countries(family),
        countries_key: new_key(),
        problems: problems(errors),
        name: Field::of("name", fields, errors),
        count: format!("{count} in all"),
        rows: list.into_iter().map(|word| row(family, word)).collect(),
        pager: Pager::new(number, count, PER_PAGE, |page| {
            paths::with_query(address, &[("page", &page.to_string())])
        }),
        frame: visit.frame(&room),
    })
}

/// Places can begin with the countries, where the program has their list.
fn loads_countries(family: SubjectFamily) -> Option<&'static str> {
    match family {
        SubjectFamily::Topic => None,
        SubjectFamily::Place => (!assets::countries().is_empty()).then_some(paths::COUNTRIES),
    }
}

fn row(family: SubjectFamily, word: Word) -> WordRow {
    WordRow {
        href: paths::word(family, word.id),
        uses: used(word.uses),
        slug: paths::subject(family, &word.slug),
        place: word
            .place
            .map(|place| place.to_string())
            .unwrap_or_default(),
        parent: word.parent.map(|(_, name)| name).unwrap_or_default(),
        name: word.name,
    }
}

/// What was sent about topics, places and kinds has to be mended first.
pub(super) fn is_not_yet(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::WordIsHere
            | Refusal::TooManyWords { .. }
            | Refusal::WordAddressTaken
            | Refusal::NoSuchParent
            | Refusal::NoSuchWord
            | Refusal::IntoItself
            | Refusal::KindIntoItself
            | Refusal::IntoWhatIsBelow
            | Refusal::BelowItself
            | Refusal::TooDeep
    )
}

/// In how many items something is used, in words.
pub(super) fn used(uses: u64) -> String {
    match uses {
        0 => "Not used".to_owned(),
        1 => "1 item".to_owned(),
        many => format!("{many} items"),
    }
}
