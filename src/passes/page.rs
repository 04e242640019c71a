//! The page of a pass: terms, item, or why there is nothing to read; and the button that accepts.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::{Held, Note, Stores, held, keep, secret_of, to_note};
use crate::clock::Instant;
use crate::desk;
use crate::newsroom::pass::{Deed, Standing};
use crate::newsroom::{Face, Publication};
use crate::prose::dates;
use crate::public::item::{ItemPage, Story};
use crate::public::view::{Card, Gallery};
use crate::public::{Banner, PublicAddress, RoomFrame, kind_of, open_frame};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError, items, listings, reading};
use crate::web::headers::keep_secret;
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::{Problem, paths, see_other};

/// What stands where the item cannot be read, or not yet.
#[derive(Template)]
#[template(path = "passes/pass.html")]
struct PassPage {
    frame: RoomFrame,
    heading: &'static str,
    sentence: &'static str,
    holder: String,
    outlet: String,
    terms: Vec<String>,
    /// Where the terms are accepted, if that is what is missing.
    accept: Option<String>,
}

/// What a pass leads to now.
enum Shown {
    Item(Box<ItemPage>),
    Pass(Box<PassPage>, StatusCode),
    /// The public page: there is nothing early any more.
    Public(String),
}

pub(super) async fn open(
    request: HttpRequest,
    (read, store, clock): Stores,
    address: Data<PublicAddress>,
) -> Answer {
    let (secret, now) = (secret_of(&request)?, clock.now());
    let (shown, note) = read
        .read(move |tx| {
            let held = held(tx, secret)?;
            shown(tx, &held, &address, now)
        })
        .await?;
    keep(&store, note, now).await?;
    let response = match shown {
        Shown::Item(item) => page_with(StatusCode::OK, &*item),
        Shown::Pass(pass, status) => page_with(status, &*pass),
        Shown::Public(address) => see_other(&address),
    };
    response.map(keep_secret)
}

/// No cookie remembers it: the pass itself does.
pub(super) async fn accept(request: HttpRequest, (read, store, clock): Stores) -> Answer {
    let secret = secret_of(&request)?;
    let back = paths::pass(&secret);
    let held = read.read(move |tx| held(tx, secret)).await?;
    let accepted: Result<(), StorageError> = store
        .jot(move |tx| desk::passes::accept(tx, &held.pass, clock.now()))
        .await;
    accepted?;
    see_other(&back).map(keep_secret)
}

fn shown(
    tx: &mut ReadTx<'_>,
    held: &Held,
    address: &PublicAddress,
    now: Instant,
) -> Result<(Shown, Note), Problem> {
    let standing = held.pass.standing(&held.lane, now);
    let room = open_frame(tx)?;
    let note = if standing.is_over() {
        None
    } else {
        to_note(tx, held.pass.id, Deed::Opened, now)?
    };
    let shown = match standing {
        Standing::Open(row) => Shown::Item(Box::new(early(tx, held, (row, &room), address, now)?)),
        Standing::TermsFirst(row) => terms(held, row, &room, now),
        Standing::OnHold => shut(held, &room, now, ON_HOLD),
        Standing::Expired => shut(held, &room, now, EXPIRED),
        Standing::Revoked => shut(held, &room, now, REVOKED),
        Standing::Ended(public) => Shown::Public(paths::news(&public.slug)),
    };
    Ok((shown, note))
}

/// The scheduled words as readers will see them.
fn early(
    tx: &mut ReadTx<'_>,
    held: &Held,
    (row, room): (&Publication, &Frame),
    address: &PublicAddress,
    now: Instant,
) -> Result<ItemPage, Problem> {
    let revision = items::revision(tx, row.revision)?.ok_or(Problem::NotFound)?;
    let kind = kind_of(room, revision.wording.kind).ok_or(Problem::NotFound)?;
    let around = reading::around(tx, &revision, now)?;
    let related = listings::related(tx, held.pass.item, revision.id, now)?;
    let story = Story {
        frame: room,
        kind,
        revision: &revision,
        around: &around,
        face: Face::Live,
        changed: false,
        published_at: row.published_at,
        updated_at: None,
        gallery: Gallery::Pass(&held.secret),
        address,
    };
    let mut page = story.page(Card::all(related, room), now);
    // A topic that only this item names has no page yet.
    page.topics.clear();
    page.places.clear();
    page.frame.banner = Some(Banner {
        terms: lines(held),
        ..banner(held, row, room)
    });
    Ok(page)
}

fn terms(held: &Held, row: &Publication, room: &Frame, now: Instant) -> Shown {
    let mut page = bare(held, room, now, ("News under embargo", BEFORE));
    page.frame.banner = Some(banner(held, row, room));
    page.terms = lines(held);
    page.accept = Some(paths::pass_acceptance(&held.secret));
    Shown::Pass(Box::new(page), StatusCode::OK)
}

const BEFORE: &str = "Accept these terms, and you can read it now, with its pictures.";

/// Heading, sentence and status of a pass that opens nothing now.
type Why = (&'static str, &'static str, StatusCode);

const ON_HOLD: Why = (
    "On hold",
    "The time of this news was taken back, so there is nothing to read for now. Keep the address: as soon as there is a new time, it opens again.",
    StatusCode::FORBIDDEN,
);
const EXPIRED: Why = (
    "This pass has expired",
    "It opens nothing any more. If you still need it, ask us for a new one.",
    StatusCode::GONE,
);
const REVOKED: Why = (
    "This pass was revoked",
    "It opens nothing any more. If you think that this is a mistake, ask us.",
    StatusCode::GONE,
);

fn shut(held: &Held, room: &Frame, now: Instant, (heading, sentence, status): Why) -> Shown {
    Shown::Pass(Box::new(bare(held, room, now, (heading, sentence))), status)
}

fn bare(
    held: &Held,
    room: &Frame,
    now: Instant,
    (heading, sentence): (&'static str, &'static str),
) -> PassPage {
    PassPage {
        frame: RoomFrame::new(room, "", now),
        heading,
        sentence,
        holder: held.pass.words.holder.as_str().to_owned(),
        outlet: held.pass.words.outlet.as_str().to_owned(),
        terms: Vec::new(),
        accept: None,
    }
}

fn banner(held: &Held, row: &Publication, room: &Frame) -> Banner {
    let words = &held.pass.words;
    let until = dates::in_zones(row.from, &room.room.zone, &room.room.further_zones);
    Banner {
        label: "Embargo",
        look: "preview embargo",
        sentences: vec![
            format!("Embargoed until {until}."),
            format!(
                "This pass is for \u{2068}{}\u{2069}, \u{2068}{}\u{2069}, and for nobody else.",
                words.holder, words.outlet
            ),
        ],
        terms: Vec::new(),
        back: None,
    }
}

fn lines(held: &Held) -> Vec<String> {
    let lines = held.pass.words.terms.as_str().lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
