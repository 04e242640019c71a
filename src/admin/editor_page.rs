//! The editor's page: the fields as they stand, the states, the legal moves, what is missing.

use askama::Template;

use super::autosave::Unsaved;
use super::editor_checks::{Line, lines};
use super::editor_files::FileFields;
use super::merge::Conflict;
use super::passes_page;
use super::review_page::standing_of;
use super::view::{Chip, Choice, Field, FieldProblem, MoveButton, buttons, chips, problems};
use super::{AdminFrame, Visit};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::desk::publishing::Desk;
use crate::keys::new_key;
use crate::media::{CopyName, FocalPoint, ImageId, RenditionFormat, rendition};
use crate::newsroom::words::{Language, Summary, Title};
use crate::newsroom::{ItemId, Shape, SubjectFamily};
use crate::prose::dates;
use crate::public::view::{Gallery, Photo};
use crate::storage::images::LibraryImage;
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError, comments, images, library, people, subjects};
use crate::web::view::Link;
use crate::web::{FieldErrors, Fields, Problem, paths};

#[derive(Template)]
#[template(path = "admin/editor.html")]
pub(super) struct EditorPage {
    frame: AdminFrame,
    heading: String,
    action: String,
    form_key: String,
    shown: String,
    new: bool,
    problems: Vec<FieldProblem>,
    chips: Vec<Chip>,
    saved: String,
    public_line: String,
    public_href: Option<String>,
    preview: Option<String>,
    review: Option<Link>,
    history: Option<String>,
    passes: Option<Link>,
    standing: Vec<String>,
    /// Where script keeps the words while somebody types.
    autosave: String,
    unsaved: Vec<Unsaved>,
    /// The form holds words that were never saved.
    continued: bool,
    moves: Vec<MoveButton>,
    may_save: bool,
    conflict: Option<Conflict>,
    words: WordFields,
    picture: PictureFields,
    files: FileFields,
    known_topics: Vec<String>,
    known_places: Vec<String>,
    title_reads_well: usize,
    summary_reads_well: usize,
    checks: Vec<Line>,
}

/// The fields that hold words, and the choices that sort them.
struct WordFields {
    title: Field,
    slug: Field,
    summary: Field,
    body: Field,
    dateline: Field,
    topics: Field,
    places: Field,
    notes: Field,
    kinds: Vec<Choice>,
    languages: Vec<Choice>,
    contacts: Vec<Choice>,
    translation_of: Field,
}

/// The lead picture: which one, and how it is cut.
struct PictureFields {
    lead: Vec<LeadChoice>,
    lead_number: Field,
    shapes: Vec<Choice>,
    focus_x: Field,
    focus_y: Field,
    lead_photo: Option<Photo>,
}

/// A picture of the library to choose as lead.
struct LeadChoice {
    value: String,
    label: String,
    thumb: String,
    chosen: bool,
}

/// What the editor shows besides what is stored: the fields as they stand, and what is wrong.
#[derive(Default)]
pub(super) struct Shown {
    pub fields: Fields,
    pub errors: FieldErrors,
    pub conflict: Option<Conflict>,
    /// What the person typed and did not save, where the fields do not hold it.
    pub unsaved: Vec<Unsaved>,
    /// The fields are what the person typed and did not save.
    pub continued: bool,
}

/// Who somebody is, for a sentence.
pub(super) fn name_of(tx: &mut ReadTx<'_>, id: PersonId) -> Result<String, StorageError> {
    let person = people::all(tx)?.into_iter().find(|person| person.id == id);
    Ok(person.map_or_else(
        || "somebody".to_owned(),
        |person| person.name.as_str().to_owned(),
    ))
}

/// The revision on which the fields were typed, however often the page comes back.
fn typed_on(shown: &Shown, desk: Option<&Desk>) -> String {
    match shown.fields.get("shown") {
        "" => desk.map_or_else(String::new, |desk| desk.head.id.to_string()),
        kept => kept.to_owned(),
    }
}

/// The form of a new item stays one form until it has started the item: its words are kept under its key.
fn form_key(shown: &Shown, desk: Option<&Desk>) -> String {
    match (desk, shown.fields.form_key()) {
        (None, Ok(_kept)) => shown.fields.get("form_key").to_owned(),
        (Some(_), _) | (None, Err(_)) => new_key(),
    }
}

/// Everything of a new item (no `desk`) or of one that is there.
pub(super) fn editor_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    room: &Frame,
    desk: Option<&Desk>,
    shown: Shown,
) -> Result<EditorPage, Problem> {
    let item = desk.map(|desk| desk.item);
    let own = desk.map(|desk| desk.head.wording.language);
    Ok(EditorPage {
        heading: desk.map_or_else(|| "New item".to_owned(), title_of),
        action: item.map_or_else(|| paths::ITEMS.to_owned(), paths::item),
        form_key: form_key(&shown, desk),
        autosave: paths::autosave(item),
        continued: shown.continued,
        shown: typed_on(&shown, desk),
        new: desk.is_none(),
        problems: problems(&shown.errors),
        chips: desk.map_or_else(Vec::new, |desk| chips_of(desk, visit)),
        saved: desk
            .map(|desk| saved_line(tx, desk, room))
            .transpose()?
            .unwrap_or_default(),
        public_line: desk.map_or_else(String::new, |desk| public_line(desk, visit, room)),
        public_href: desk.and_then(|desk| public_href(desk, visit)),
        preview: item.map(paths::preview),
        history: item.map(paths::item_history),
        passes: desk.and_then(|desk| passes_page::link(desk, visit)),
        review: item.map(|item| review_link(tx, item)).transpose()?,
        standing: match desk {
            Some(desk) => standing_of(tx, desk, (room, visit))?,
            None => Vec::new(),
        },
        moves: desk.map_or_else(Vec::new, |desk| buttons(desk, visit)),
        may_save: visit.staff.person.roles.may_write(),
        words: word_fields(room, own, &shown),
        picture: picture_fields(tx, &shown, visit.now)?,
        files: FileFields::of(tx, &shown)?,
        known_topics: subjects::names(tx, SubjectFamily::Topic)?,
        known_places: subjects::names(tx, SubjectFamily::Place)?,
        title_reads_well: Title::READS_WELL_UP_TO,
        summary_reads_well: Summary::READS_WELL_UP_TO,
        checks: lines(tx, (desk, visit.now))?,
        frame: visit.frame(room),
        conflict: shown.conflict,
        unsaved: shown.unsaved,
    })
}

fn chips_of(desk: &Desk, visit: &Visit) -> Vec<Chip> {
    chips(&desk.lane, desk.draft_state(), visit.now)
}

fn review_link(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Link, StorageError> {
    let label = match comments::open(tx, item)? {
        0 => "Review".to_owned(),
        1 => "Review, 1 comment".to_owned(),
        several => format!("Review, {several} comments"),
    };
    Ok(Link::new(&label, paths::review(item)))
}

fn word_fields(room: &Frame, own: Option<Language>, shown: &Shown) -> WordFields {
    let field = |name: &str| Field::of(name, &shown.fields, &shown.errors);
    WordFields {
        title: field("title"),
        slug: field("slug"),
        summary: field("summary"),
        body: field("body"),
        dateline: field("dateline"),
        topics: field("topics"),
        places: field("places"),
        notes: field("notes"),
        kinds: kinds(room, &shown.fields),
        languages: languages(room, own, &shown.fields),
        contacts: contacts(room, &shown.fields),
        translation_of: field("translation_of"),
    }
}

fn picture_fields(
    tx: &mut ReadTx<'_>,
    shown: &Shown,
    now: Instant,
) -> Result<PictureFields, StorageError> {
    let field = |name: &str| Field::of(name, &shown.fields, &shown.errors);
    let lead = chosen_lead(tx, &shown.fields)?;
    Ok(PictureFields {
        lead: lead_choices(tx, &shown.fields, lead.as_ref(), now)?,
        lead_number: field("lead_number"),
        shapes: shapes(&shown.fields),
        focus_x: field("focus_x"),
        focus_y: field("focus_y"),
        lead_photo: lead.map(|image| big(&image, &shown.fields)),
    })
}

fn title_of(desk: &Desk) -> String {
    desk.head.wording.title.as_str().to_owned()
}

fn saved_line(tx: &mut ReadTx<'_>, desk: &Desk, room: &Frame) -> Result<String, StorageError> {
    let when = dates::staff_time(desk.head.written_at, &room.room.zone);
    let who = name_of(tx, desk.head.written_by)?;
    Ok(format!(
        "Saved {} by {who}, revision {}",
        when.words, desk.head.number
    ))
}

fn public_line(desk: &Desk, visit: &Visit, room: &Frame) -> String {
    let words = |instant| dates::staff_time(instant, &room.room.zone).words;
    let live = desk.lane.at(visit.now).map(|row| match row.face {
        crate::newsroom::Face::Live => format!("Readers see it since {}.", words(row.published_at)),
        crate::newsroom::Face::Withdrawn => format!("Withdrawn since {}.", words(row.from)),
        crate::newsroom::Face::Gone | crate::newsroom::Face::Moved => {
            format!("Removed since {}.", words(row.from))
        }
    });
    let next = desk
        .lane
        .scheduled(visit.now)
        .map(|row| format!("The next publication begins {}.", words(row.from)));
    live.into_iter().chain(next).collect::<Vec<_>>().join(" ")
}

fn public_href(desk: &Desk, visit: &Visit) -> Option<String> {
    desk.lane.at(visit.now).map(|row| paths::news(&row.slug))
}

fn kinds(room: &Frame, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("kind");
    room.kinds
        .iter()
        .map(|kind| Choice::new(kind.id.to_string(), &kind.name, chosen))
        .collect()
}

/// The room's languages, and the item's own where the room dropped it.
fn languages(room: &Frame, own: Option<Language>, fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("language");
    let all = &room.room.languages;
    let dropped = own.filter(|own| !all.contains(own));
    all.iter()
        .chain(dropped.as_ref())
        .map(|language| Choice::new(language.as_str(), language.name(), chosen))
        .collect()
}

fn contacts(room: &Frame, fields: &Fields) -> Vec<Choice> {
    let chosen: Vec<&str> = fields.all("contact").collect();
    let all = &room.room.contacts;
    all.iter()
        .map(|contact| Choice {
            value: contact.key.as_str().to_owned(),
            label: contact.name.clone(),
            chosen: chosen.contains(&contact.key.as_str()),
        })
        .collect()
}

fn shapes(fields: &Fields) -> Vec<Choice> {
    let chosen = fields.get("shape");
    vec![
        Choice::new(Shape::Whole.as_str(), "As it was taken", chosen),
        Choice::new(Shape::Wide.as_str(), "Wide, cut to 16:9", chosen),
    ]
}

fn chosen_lead(tx: &mut ReadTx<'_>, fields: &Fields) -> Result<Option<LibraryImage>, StorageError> {
    let typed = fields.get("lead_number").trim();
    let number = if typed.is_empty() {
        fields.get("lead")
    } else {
        typed
    };
    match number.parse::<ImageId>() {
        Ok(id) => images::find(tx, id),
        Err(_none_chosen) => Ok(None),
    }
}

/// No picture, the chosen one, and the newest of the library.
fn lead_choices(
    tx: &mut ReadTx<'_>,
    fields: &Fields,
    chosen: Option<&LibraryImage>,
    now: Instant,
) -> Result<Vec<LeadChoice>, StorageError> {
    const NEWEST: u64 = 24;
    let newest = library::newest(tx, NEWEST, now)?;
    let known = chosen.map(|image| image.shown.id);
    let others = newest.iter().filter(|image| Some(image.shown.id) != known);
    let mut choices = vec![LeadChoice {
        value: String::new(),
        label: "No picture".to_owned(),
        thumb: String::new(),
        chosen: chosen.is_none(),
    }];
    let chosen_number = known.map_or_else(|| fields.get("lead").to_owned(), |id| id.to_string());
    choices.extend(
        chosen
            .into_iter()
            .chain(others)
            .map(|image| lead_choice(image, &chosen_number)),
    );
    Ok(choices)
}

fn lead_choice(image: &LibraryImage, chosen: &str) -> LeadChoice {
    let number = image.shown.id.to_string();
    let alt = image.alt_text.text();
    let words = if alt.is_empty() {
        image.file_name.as_str()
    } else {
        alt
    };
    LeadChoice {
        chosen: number == chosen,
        label: format!("Picture {number}: {words}"),
        thumb: thumb(image),
        value: number,
    }
}

/// The smallest rendition, at staff's own address.
pub(super) fn thumb(image: &LibraryImage) -> String {
    let width = rendition::widths(image.shown.width)
        .into_iter()
        .min()
        .unwrap_or(image.shown.width);
    let name = CopyName::whole(width, RenditionFormat::Webp);
    paths::staff_rendition(image.shown.id, name)
}

fn big(image: &LibraryImage, fields: &Fields) -> Photo {
    let percent = |name: &str| fields.get(name).trim().parse().unwrap_or(50);
    let focus = FocalPoint::new(percent("focus_x"), percent("focus_y")).unwrap_or_default();
    Gallery::Staff.photo(&image.shown, focus)
}
