//! What staff see: every page asks who is there first, and the newsroom what they may do.

pub mod account;
pub mod account_taste;
mod agenda;
mod alt_texts;
pub mod app_set_up;
mod asked_step;
pub mod autosave;
pub mod calendar;
pub mod calendar_feed;
mod calendar_page;
pub mod changes;
mod changes_page;
pub mod collections;
mod confirmation;
mod countries;
mod door_routes;
mod doorkeeper;
pub mod editor;
mod editor_checks;
mod editor_files;
mod editor_form;
mod editor_page;
pub mod factor_rule;
pub mod factors;
pub mod files;
pub mod forgotten_password;
pub mod guide;
pub mod history;
mod history_page;
mod history_passes;
pub mod hold;
mod image_file;
mod image_page;
mod image_replacement;
mod image_routes;
mod image_trash;
mod image_uses;
pub mod images;
mod images_asked;
mod images_page;
pub mod intake;
pub mod invitation;
pub mod items;
pub mod journal;
mod journal_entry;
mod journal_table;
mod kind_merger;
mod kinds;
pub mod leaks;
mod logos;
pub mod mails;
mod merge;
mod merger;
mod moved_on;
pub mod my_work;
mod one_by_one;
pub mod operation;
pub mod passes;
mod passes_page;
pub mod passkey_door;
pub mod passkeys;
pub mod password_desk;
pub mod people;
pub mod person;
pub mod preview;
pub mod publishing;
mod publishing_page;
pub mod readers_side;
pub mod review;
mod review_page;
mod rewriting;
mod room_routes;
pub mod search_everything;
pub mod second_factor;
pub mod set_password;
pub mod set_up;
pub mod settings;
mod settings_form;
mod settings_pages;
mod settings_preview;
mod several;
mod several_pictures;
mod several_pictures_form;
mod several_pictures_page;
pub mod sign_in;
mod step_words;
pub mod steps;
pub mod time_travel;
pub mod upload;
mod upload_form;
pub mod view;
mod when;
mod word;
mod words;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data};

use self::mails::SendsMail;
use crate::accounts::taste::Density;
use crate::clock::{Clock, Instant};
use crate::desk::Failure;
use crate::newsroom::journal::sight;
use crate::newsroom::room::Accent;
use crate::newsroom::{Move, Refusal, moves as table};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, room};
use crate::web::sessions;
use crate::web::view::{Assets, Link};
use crate::web::{Problem, Staff, paths};

/// What the admin's layout needs.
pub struct AdminFrame {
    pub room_name: String,
    pub assets: Assets,
    pub person: String,
    pub roles: String,
    pub nav: Vec<Link>,
    pub said: Option<String>,
    /// More on a screen.
    pub dense: bool,
    /// Whether keys are shortcuts.
    pub keys: bool,
}

/// One request of one person: who, when, and the sentence that the last change left.
#[derive(Clone)]
pub struct Visit {
    pub staff: Staff,
    pub now: Instant,
    pub path: String,
    /// Whether mails go out at all.
    pub sends_mail: bool,
    said: Option<String>,
}

impl Visit {
    /// A page is opened: it shows the sentence of the last change, once.
    fn opens(request: &HttpRequest, staff: Staff, clock: &Clock) -> Self {
        Self {
            said: sessions::said(request),
            ..Self::sends(request, staff, clock)
        }
    }

    /// A form is sent: the sentence is for the page after it.
    fn sends(request: &HttpRequest, staff: Staff, clock: &Clock) -> Self {
        Self {
            staff,
            now: clock.now(),
            path: request.path().to_owned(),
            sends_mail: request
                .app_data::<Data<SendsMail>>()
                .is_some_and(|sends| sends.0),
            said: None,
        }
    }

    /// Whether this person may make this move in some situation at least.
    fn may_ever(&self, a_move: Move) -> Result<(), Refusal> {
        table::may_ever(a_move, self.staff.person.roles)
    }

    fn frame(&self, room: &Frame) -> AdminFrame {
        let (person, taste) = (&self.staff.person, self.staff.taste);
        let mut nav = vec![
            Link::new("My work", paths::MY_WORK),
            Link::new("Items", paths::ITEMS),
            Link::new("Calendar", paths::CALENDAR),
            Link::new("Pictures", paths::IMAGES),
            Link::new("Files", paths::STAFF_FILES),
        ];
        if person.roles.editor {
            nav.push(Link::new("Topics", paths::TOPICS));
            nav.push(Link::new("Places", paths::PLACES));
            nav.push(Link::new("Time travel", paths::TIME_TRAVEL));
            nav.push(Link::new("Leak check", paths::LEAKS));
        }
        if sight(person.roles).is_ok() {
            nav.push(Link::new("Journal", paths::LOG));
        }
        if person.roles.admin {
            nav.push(Link::new("People", paths::PEOPLE));
            nav.push(Link::new("Kinds", paths::KINDS));
            nav.push(Link::new("Mails", paths::MAILS));
            nav.push(Link::new("Settings", paths::SETTINGS));
            nav.push(Link::new("Operation", paths::OPERATION));
        }
        for link in &mut nav {
            let below = format!("{}/", link.href);
            link.current = self.path == link.href
                || (link.href != paths::MY_WORK && self.path.starts_with(&below));
        }
        AdminFrame {
            room_name: room.room.name.as_str().to_owned(),
            assets: assets(room).in_scheme(taste.scheme),
            dense: taste.density == Density::Dense,
            keys: taste.keys,
            person: person.name.as_str().to_owned(),
            roles: person.roles.words(),
            nav,
            said: self.said.clone(),
        }
    }
}

/// The room as staff meet it. Whoever can sign in has a room.
fn room_of(tx: &mut ReadTx<'_>) -> Result<Frame, Problem> {
    room::frame(tx)?.ok_or(Problem::NotOpenYet)
}

fn assets(room: &Frame) -> Assets {
    Assets::admin(room.room.accent, &room.kinds).with_icon(room.room.icon.as_ref())
}

/// Sign-in and errors stand outside of any room's colours until the room is known.
fn plain_assets(room: Option<&Frame>) -> Assets {
    match room {
        Some(frame) => Assets::admin(frame.room.accent, &[]).with_icon(frame.room.icon.as_ref()),
        None => Assets::admin(Accent::default(), &[]),
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Storage(error) => error.into(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match status_of(&refusal) {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::FORBIDDEN => Self::Forbidden(refusal.to_string()),
            _ => Self::Refused(refusal.to_string()),
        }
    }
}

/// No right: 403. Not there: 404. Not yet: 422. Whatever else, it moved on: 409.
fn status_of(refusal: &Refusal) -> StatusCode {
    if matches!(
        refusal,
        Refusal::NotAWriter | Refusal::NotAnEditor | Refusal::NotAnAdmin | Refusal::NotForAuthors
    ) || images::is_an_editors(refusal)
        || files::is_an_editors(refusal)
    {
        StatusCode::FORBIDDEN
    } else if matches!(
        refusal,
        Refusal::NoSuchPerson
            | Refusal::NoSuchItem
            | Refusal::NoSuchImage
            | Refusal::NoSuchFile
            | Refusal::NoSuchEntry
            | Refusal::NoSuchSubject
            | Refusal::NoSuchKind
            | Refusal::NoSuchCollection
            | Refusal::NoRoom
    ) {
        StatusCode::NOT_FOUND
    } else if is_not_yet(refusal) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::CONFLICT
    }
}

/// What was sent has to be mended first.
fn is_not_yet(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NoRole
            | Refusal::EmailTaken
            | Refusal::InThePast
            | Refusal::NothingToHold
            | Refusal::NoChangeNamed
            | Refusal::NoReason
            | Refusal::NotATypo { .. }
            | Refusal::TargetNotThere
            | Refusal::TargetInACircle
            | Refusal::NoComment
            | Refusal::NotAWriterToAssign
            | Refusal::NoSuchRevision
            | Refusal::SameWords
            | Refusal::SettingUnfit { .. }
            | Refusal::NoSuchPass
            | Refusal::PassTooLong
            | Refusal::HasAPass
            | Refusal::NoPublicNote
            | Refusal::NotReady { .. }
            | Refusal::PictureNeedsAltText
            | Refusal::NoSuchImageInBody { .. }
            | Refusal::TooManyImages { .. }
            | Refusal::HasTranslations
            | Refusal::OwnTranslation
            | Refusal::NoSuchOriginal
            | Refusal::SlugTaken
            | Refusal::CollectionIsHere
    ) || words::is_not_yet(refusal)
        || files::is_not_yet(refusal)
}

/// Every address under /admin. `{number}` is the item's or the image's.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("", web::get().to(my_work::my_work))
        .route("/hold", web::get().to(hold::open))
        .route("/hold", web::post().to(hold::hold))
        .route("/hold/end", web::post().to(hold::undo))
        .route("/leaks", web::get().to(leaks::open))
        .route("/leaks", web::post().to(leaks::start))
        .route("/time-travel", web::get().to(time_travel::pick))
        .route(
            "/time-travel/{instant}{address:.*}",
            web::get().to(time_travel::look),
        )
        .route("/operation", web::get().to(operation::open))
        .route("/search", web::get().to(search_everything::open))
        .route("/guide", web::get().to(guide::open))
        .route("/readers{address:.*}", web::get().to(readers_side::look))
        .route("/mails", web::get().to(mails::open))
        .route("/mails/{number}/tries", web::post().to(mails::try_again));
    room_routes::routes(config);
    door_routes::routes(config);
    item_routes(config);
    step_routes(config);
    image_routes::routes(config);
    files::routes(config);
}

fn item_routes(config: &mut web::ServiceConfig) {
    config
        .route("/items", web::get().to(items::items))
        .route("/items", web::post().to(editor::start))
        .route("/items/new", web::get().to(editor::blank))
        .route("/items/new/autosave", web::post().to(autosave::keep_new))
        .route("/items/{number}/autosave", web::post().to(autosave::keep))
        .route("/autosaves/{number}/end", web::post().to(autosave::discard))
        .route("/items/{number}", web::get().to(editor::open))
        .route("/items/{number}", web::post().to(editor::save))
        .route("/items/{number}/preview", web::get().to(preview::preview))
        .route("/items/{number}/review", web::get().to(review::open))
        .route("/items/{number}/history", web::get().to(history::open))
        .route(
            "/items/{number}/history/changes",
            web::get().to(changes::open),
        )
        .route("/items/{number}/comments", web::post().to(review::comment))
        .route(
            "/items/{number}/comments/{comment}/resolution",
            web::post().to(review::resolve),
        )
        .route("/items/{number}/assignment", web::post().to(review::assign))
        .route("/items/{number}/passes", web::get().to(passes::list))
        .route("/items/{number}/pass", web::get().to(passes::blank))
        .route("/items/{number}/pass", web::post().to(passes::give));
}

/// Every move with the end of the address that makes it, below the item's.
pub fn moves() -> impl Iterator<Item = (&'static str, Move)> {
    const OTHERS: [(&str, Move); 6] = [
        ("", Move::Save),
        ("/publications", Move::PublishNow),
        ("/publications", Move::Correct),
        ("/urgent-publication", Move::PublishUrgently),
        ("/schedule", Move::Schedule),
        ("/pass", Move::GivePass),
    ];
    OTHERS.into_iter().chain(steps::STEPS)
}

fn step_routes(config: &mut web::ServiceConfig) {
    let below = |noun: &str| format!("/items/{{number}}{noun}");
    for (noun, urgent) in [("/publications", false), ("/urgent-publication", true)] {
        config
            .route(&below(noun), publishing::opens_now(urgent))
            .route(&below(noun), publishing::sends_now(urgent));
    }
    config
        .route("/items/{number}/schedule", publishing::opens_schedule())
        .route(
            "/items/{number}/schedule",
            web::post().to(publishing::later),
        );
    for (noun, a_move) in steps::STEPS {
        config
            .route(&below(noun), steps::opens(a_move))
            .route(&below(noun), steps::sends(a_move));
    }
}
