//! The kinds of items: what each is called, how it looks, in which order they stand; and a new one.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::settings::told_contrast;
use super::view::{Choice, Field, FieldProblem, problems};
use super::word::{is_told_in_form, shown, status_with};
use super::words::{Stores, used};
use super::{AdminFrame, Visit, room_of};
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::kind_words::{Icon, KindWords, kind_slug};
use crate::newsroom::room::Accent;
use crate::newsroom::{Graphic, Kind, KindId, Refusal};
use crate::storage::{ReadTx, kinds};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/kinds.html")]
struct KindsPage {
    frame: AdminFrame,
    rows: Vec<KindRow>,
    form: KindForm,
}

#[derive(Template)]
#[template(path = "admin/kind.html")]
struct KindPage {
    frame: AdminFrame,
    heading: String,
    form: KindForm,
    end: String,
    end_key: String,
    merger: String,
    /// Whether there is another one to merge it into.
    has_others: bool,
    used: String,
    is_used: bool,
}

struct KindRow {
    href: String,
    name: String,
    plural: String,
    address: String,
    icon: String,
    uses: String,
}

/// The fields of a kind, a new one's too.
pub(super) struct KindForm {
    pub action: String,
    pub form_key: String,
    /// As a word's; empty for a new one.
    pub shown: String,
    pub problems: Vec<FieldProblem>,
    pub name: Field,
    pub plural: Field,
    pub slug: Field,
    pub icons: Vec<Choice>,
    pub looks: Vec<Choice>,
    pub colour: Field,
    /// How well words are read on that colour.
    pub contrast: String,
    /// Empty for a new one, which comes behind the others.
    pub places: Vec<Choice>,
    pub button: &'static str,
}

type Typed = (Fields, FieldErrors);

pub(super) async fn open(request: HttpRequest, staff: Staff, (read, _, clock): Stores) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| kinds_page(tx, &visit, &Typed::default()))
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn add(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): Stores,
) -> Answer {
    let admin = staff.admin()?;
    let (visit, fields) = (Visit::sends(&request, staff, &clock), form.0);
    let key = fields.form_key()?;
    let errors = match parse(&fields) {
        Err(errors) => errors,
        Ok(new) => {
            let done: Result<Done<KindId>, Failure> = store
                .write(move |tx| {
                    let sent = desk::writing::Sent {
                        form_key: &key,
                        now: clock.now(),
                    };
                    desk::kinds::add(tx, &new, &sent, admin)
                })
                .await;
            let Some(errors) = refused(done)? else {
                say(&request, "Added. It stands behind the other kinds.");
                return see_other(paths::KINDS);
            };
            errors
        }
    };
    let typed = (fields, errors);
    let shown = read.read(move |tx| kinds_page(tx, &visit, &typed)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

pub(super) async fn open_one(
    request: HttpRequest,
    staff: Staff,
    kind: Numbered<KindId>,
    (read, _, clock): Stores,
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| kind_page(tx, &visit, kind.0, None))
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn change(
    request: HttpRequest,
    staff: Staff,
    (kind, form): (Numbered<KindId>, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let admin = staff.admin()?;
    let (visit, fields, kind) = (Visit::sends(&request, staff, &clock), form.0, kind.0);
    let shown = fields.get("shown").to_owned();
    let (key, place) = (
        fields.form_key()?,
        fields.get("place").parse().unwrap_or(usize::MAX),
    );
    let errors = match parse(&fields) {
        Err(errors) => errors,
        Ok(new) => {
            let done: Result<Done<()>, Failure> = store
                .write(move |tx| {
                    let sent = desk::writing::Sent {
                        form_key: &key,
                        now: clock.now(),
                    };
                    desk::kinds::change(tx, (kind, &shown), (&new, place), &sent, admin)
                })
                .await;
            let Some(errors) = refused(done)? else {
                say(&request, "Saved. Readers see it from now on.");
                return see_other(paths::KINDS);
            };
            errors
        }
    };
    let status = status_with(&errors);
    let shown = read
        .read(move |tx| kind_page(tx, &visit, kind, Some((fields, errors))))
        .await?;
    page_with(status, &shown)
}

pub(super) async fn delete(
    request: HttpRequest,
    staff: Staff,
    (kind, form): (Numbered<KindId>, Sent),
    (_, store, clock): Stores,
) -> Answer {
    let admin = staff.admin()?;
    let key = form.0.form_key()?;
    let done: Result<Done<()>, Failure> = store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::kinds::delete(tx, kind.0, &sent, admin)
        })
        .await;
    done?;
    say(&request, "Deleted. No item ever was of this kind.");
    see_other(paths::KINDS)
}

/// An address that is taken is told beside its field.
fn refused<T>(done: Result<Done<T>, Failure>) -> Result<Option<FieldErrors>, Problem> {
    match done {
        Ok(Done::Now(_) | Done::Before(_)) => Ok(None),
        Err(Failure::Refused(why)) if is_told_in_form(&why) => {
            let field = if matches!(why, Refusal::ChangedMeanwhile) {
                ""
            } else {
                "slug"
            };
            let mut errors = FieldErrors::default();
            errors.add(field, why.to_string());
            Ok(Some(errors))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn parse(fields: &Fields) -> Result<KindWords, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", fields.get("name").parse());
    let plural = errors.take("plural", fields.get("plural").parse());
    let slug = errors.take("slug", kind_slug(fields.get("slug"), fields.get("plural")));
    let icon = errors.take("icon", fields.get("icon").parse::<Icon>());
    let graphic = errors.take("graphic", fields.get("graphic").parse::<Graphic>());
    let colour = match fields.get("colour").trim() {
        "" => Some(None),
        typed => errors.take("colour", typed.parse()).map(Some),
    };
    let looks = (icon, graphic, colour);
    let (Some(name), Some(plural), Some(slug), (Some(icon), Some(graphic), Some(colour))) =
        (name, plural, slug, looks)
    else {
        return Err(errors);
    };
    Ok(KindWords {
        name,
        plural,
        slug,
        icon,
        graphic,
        colour,
    })
}

fn kinds_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    (fields, errors): &Typed,
) -> Result<KindsPage, Problem> {
    let room = room_of(tx)?;
    let all = kinds::all(tx)?;
    let mut form = form(fields, errors, 0);
    paths::KINDS.clone_into(&mut form.action);
    form.button = "Add the kind";
    Ok(KindsPage {
        rows: all
            .into_iter()
            .map(|(kind, uses)| row(kind, uses))
            .collect(),
        form,
        frame: visit.frame(&room),
    })
}

fn row(kind: Kind, uses: u64) -> KindRow {
    KindRow {
        href: paths::kind_page(kind.id),
        address: paths::kind(&kind.slug),
        name: kind.name,
        plural: kind.plural,
        icon: kind.icon,
        uses: used(uses),
    }
}

fn kind_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    id: KindId,
    typed: Option<Typed>,
) -> Result<KindPage, Problem> {
    let room = room_of(tx)?;
    let all = kinds::all(tx)?;
    let place = all.iter().position(|(kind, _)| kind.id == id);
    let place = place.ok_or(Problem::NotFound)?;
    let (kind, uses) = all.get(place).ok_or(Problem::NotFound)?;
    let (fields, errors) =
        typed.unwrap_or_else(|| (stored(kind, place + 1), FieldErrors::default()));
    let mut form = form(&fields, &errors, all.len());
    form.action = paths::kind_page(id);
    form.shown = shown(&fields, &errors, kind.hash().as_str());
    Ok(KindPage {
        heading: kind.name.clone(),
        end: paths::kind_end(id),
        merger: paths::kind_merger(id),
        has_others: all.len() > 1,
        end_key: new_key(),
        used: used(*uses),
        is_used: kinds::is_used(tx, id)? || all.len() < 2,
        form,
        frame: visit.frame(&room),
    })
}

fn stored(kind: &Kind, place: usize) -> Fields {
    let mut fields = Fields::default();
    fields.set("shown", kind.hash().as_str());
    fields.set("name", &kind.name);
    fields.set("plural", &kind.plural);
    fields.set("slug", &kind.slug);
    fields.set("icon", &kind.icon);
    fields.set("graphic", kind.graphic.as_str());
    let colour = kind.colour.map(Accent::hex);
    fields.set("colour", &colour.unwrap_or_default());
    fields.set("place", &place.to_string());
    fields
}

fn form(fields: &Fields, errors: &FieldErrors, places: usize) -> KindForm {
    let field = |name: &str| Field::of(name, fields, errors);
    let or = |name: &str, usual: &str| match fields.get(name) {
        "" => usual.to_owned(),
        chosen => chosen.to_owned(),
    };
    let (icon, look) = (or("icon", "megaphone"), or("graphic", "accent"));
    let place = fields.get("place");
    KindForm {
        action: String::new(),
        form_key: new_key(),
        shown: String::new(),
        problems: problems(errors),
        name: field("name"),
        plural: field("plural"),
        slug: field("slug"),
        icons: Icon::ALL
            .map(|(name, label)| Choice::new(name, label, &icon))
            .to_vec(),
        looks: looks(&look),
        colour: field("colour"),
        contrast: contrast(fields.get("colour")),
        places: (1..=places)
            .map(|number| Choice::new(number.to_string(), number.to_string(), place))
            .collect(),
        button: "Save the kind",
    }
}

fn contrast(typed: &str) -> String {
    let told = typed.parse().map(told_contrast).unwrap_or_default();
    format!("Such as #0b5fa5, in lists and on share cards. Empty: the room’s accent colour. {told}")
        .trim_end()
        .to_owned()
}

fn looks(chosen: &str) -> Vec<Choice> {
    let look = |graphic: &Graphic| {
        let label = match graphic {
            Graphic::Accent => "Its colour",
            Graphic::Ink => "Black, its words on its colour",
            Graphic::Wash => "Light grey, with a bar in its colour",
        };
        Choice::new(graphic.as_str(), label, chosen)
    };
    Graphic::ALL.iter().map(look).collect()
}
