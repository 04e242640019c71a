//! Several pictures at once: which were chosen, what is done with them, and what came of each.

use actix_web::HttpRequest;

use super::Visit;
use super::images_page::counted;
use super::one_by_one::{self, Again, Came, deed, with_each};
use super::several_pictures_form::further;
use super::several_pictures_page::{back, rows, several_page};
use super::words::Stores;
use crate::desk::Failure;
use crate::desk::library::{self, Aim, Deed};
use crate::storage::ReadTx;
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Problem, Query, Sent, Staff, page, paths, see_other,
};

/// A page of the library holds no more.
const MOST: usize = 24;

fn picked(text: &str) -> Option<Aim> {
    let (image, shown) = text.split_once('.')?;
    Some(Aim {
        image: image.parse().ok()?,
        shown: shown.to_owned(),
    })
}

fn aims(fields: &Fields) -> Vec<Aim> {
    one_by_one::aims(fields, ("picture", MOST), picked)
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
    let deed: Deed = deed(&query.0)?;
    let shown = read
        .read(move |tx| {
            let asked = (deed, &query.0, &FieldErrors::default());
            let told = foretold(tx, &visit, (deed, aims(&query.0)))?;
            let rows = rows(tx, told, visit.now)?;
            several_page(tx, &visit, asked, (rows, None))
        })
        .await?;
    page(&shown, Freshness::Never)
}

/// Each with the newsroom's no where it would say no: nobody fills in a form to be told afterwards.
fn foretold(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (deed, aims): (Deed, Vec<Aim>),
) -> Result<Vec<(Aim, String)>, Problem> {
    let by = (deed, visit.staff.person.roles);
    let told = aims.into_iter().map(|aim| {
        let refused = match library::refused(tx, (aim.image, visit.now), by) {
            // One that went for good meanwhile is left out; the others are not.
            Err(Failure::Refused(why)) => Some(why),
            told => told?,
        };
        Ok((aim, refused.map(|why| why.to_string()).unwrap_or_default()))
    });
    told.collect()
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    staff.writer()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let (key, aims) = (fields.form_key()?, aims(&fields));
    let deed: Deed = deed(&fields)?;
    let (further, errors) = further(deed, &fields);
    let again = if errors.is_empty() {
        let person = visit.staff.person.clone();
        let came = with_each((&store, &clock), &key, aims, move |tx, aim, sent| {
            library::with_one(tx, aim, (deed, &further), sent, &person)
        })
        .await?;
        let done = sentence(deed, &came);
        if came.refused.is_empty() {
            say(&request, &done);
            return see_other(back(deed));
        }
        Again::refused(came, done)
    } else {
        Again::untried(aims)
    };
    let status = again.status;
    let shown = read
        .read(move |tx| {
            let rows = rows(tx, again.told, visit.now)?;
            several_page(tx, &visit, (deed, &fields, &errors), (rows, again.done))
        })
        .await?;
    page_with(status, &shown)
}

fn sentence(deed: Deed, came: &Came<Aim>) -> String {
    let done = counted(came.done, "picture");
    let sentence = match deed {
        Deed::Describe => format!("{done}: the words were set."),
        Deed::License => format!("{done}: the licence was set."),
        Deed::Collect => format!("{done}: put into the collection."),
        Deed::TakeOut => format!("{done}: taken out of the collection."),
        Deed::Trash => format!("{done}: put into the trash, for 30 days."),
        Deed::Restore => format!("{done}: back in the library."),
    };
    if came.unchanged == 0 {
        sentence
    } else {
        let left = counted(came.unchanged, "picture");
        format!("{sentence} {left}: nothing had to be changed.")
    }
}
