//! The page of several pictures: each of them, what shall be done, and the newsroom's no where it said no.

use askama::Template;

use super::editor_page::thumb;
use super::images_page::{name, pick, used_in};
use super::several_pictures_form::Written;
use super::view::{FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Instant;
use crate::desk::library::{Aim, Deed};
use crate::keys::new_key;
use crate::media::ImageId;
use crate::storage::{ReadTx, collections, images, uses};
use crate::web::{FieldErrors, Fields, Problem, paths};

#[derive(Template)]
#[template(path = "admin/several_pictures.html")]
pub(super) struct SeveralPicturesPage {
    frame: AdminFrame,
    form_key: String,
    heading: &'static str,
    hint: &'static str,
    button: &'static str,
    deed: &'static str,
    back: &'static str,
    problems: Vec<FieldProblem>,
    written: Written,
    rows: Vec<Row>,
    /// With how many it was done, where it was tried.
    done: Option<String>,
}

/// One of the pictures, with the newsroom's no where it said no.
pub(super) struct Row {
    pick: String,
    href: String,
    thumb: String,
    name: String,
    uses: String,
    refusal: String,
}

pub(super) fn rows(
    tx: &mut ReadTx<'_>,
    told: Vec<(Aim, String)>,
    now: Instant,
) -> Result<Vec<Row>, Problem> {
    let ids: Vec<ImageId> = told.iter().map(|(aim, _)| aim.image).collect();
    let uses = uses::counts(tx, &ids, now)?;
    let mut rows = Vec::new();
    for (aim, refusal) in told {
        let Some(image) = images::find(tx, aim.image)? else {
            continue;
        };
        let items = uses.get(&aim.image).copied().unwrap_or_default();
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

pub(super) fn several_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (deed, fields, errors): (Deed, &Fields, &FieldErrors),
    (rows, done): (Vec<Row>, Option<String>),
) -> Result<SeveralPicturesPage, Problem> {
    let room = room_of(tx)?;
    let (heading, button, hint) = called(deed);
    Ok(SeveralPicturesPage {
        form_key: new_key(),
        heading,
        button,
        hint,
        deed: deed.as_str(),
        back: back(deed),
        problems: problems(errors),
        written: Written::of((deed, &collections::all(tx)?), fields, errors),
        rows,
        done,
        frame: visit.frame(&room),
    })
}

pub(super) const fn back(deed: Deed) -> &'static str {
    match deed {
        Deed::Describe | Deed::License | Deed::Collect | Deed::TakeOut | Deed::Trash => {
            paths::IMAGES
        }
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
        Deed::License => (
            "Licence of several pictures",
            "Set this licence",
            "After its last day, readers see a picture nowhere; a day that has passed takes it away from them at once. A field that stays empty changes nothing.",
        ),
        Deed::Collect => (
            "Several pictures into a collection",
            "Put these into the collection",
            "A collection is for staff alone: readers see no difference. A picture can be in several.",
        ),
        Deed::TakeOut => (
            "Several pictures out of a collection",
            "Take these out of the collection",
            "The pictures stay in the library and in every item.",
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
