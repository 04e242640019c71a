//! Share cards: what other sites show beside a link to an item, a kind or the room. A card is there
//! exactly while its page is, and is drawn out of what that page says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::oneshot;

use super::item::standing_at;
use super::listing::kind_elsewhere;
use super::{LISTS, kind_of, open_frame, segment};
use crate::clock::{Clock, Instant};
use crate::media::graphic::{Card, Colours, GraphicError};
use crate::newsroom::room::{Accent, Room};
use crate::newsroom::tags::Tag;
use crate::newsroom::{Face, Graphic, Kind};
use crate::storage::{ReadStore, ReadTx};
use crate::web::page::{kept_elsewhere, showing};
use crate::web::problem::Answer;
use crate::web::{Problem, assets, paths};

pub(super) async fn item(
    request: HttpRequest,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    desk: Data<CardDesk>,
) -> Answer {
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let shown = vec![Tag::Room, Tag::Item(slug.clone())];
    let card = read.read(move |tx| item_card(tx, &slug, now)).await?;
    showing(desk.answer(card).await, shown)
}

pub(super) async fn kind(
    request: HttpRequest,
    read: Data<ReadStore>,
    desk: Data<CardDesk>,
) -> Answer {
    let slug = segment(&request, "kind");
    let card = read.read(move |tx| kind_card(tx, &slug)).await?;
    showing(desk.answer(card).await, LISTS.to_vec())
}

pub(super) async fn room(read: Data<ReadStore>, desk: Data<CardDesk>) -> Answer {
    let card = read
        .read(|tx| Ok::<_, Problem>(room_card(&open_frame(tx)?.room)))
        .await?;
    showing(desk.answer(card).await, LISTS.to_vec())
}

fn item_card(tx: &mut ReadTx<'_>, slug: &str, now: Instant) -> Result<Card, Problem> {
    let found = standing_at(tx, slug, now).map_err(to_card)?;
    let frame = open_frame(tx)?;
    let wording = &found.revision.wording;
    let kind = kind_of(&frame, wording.kind).ok_or(Problem::NotFound)?;
    let label = match found.face {
        Face::Withdrawn => format!("{}, withdrawn", kind.name),
        Face::Live | Face::Gone | Face::Moved => kind.name.clone(),
    };
    Ok(Card {
        label,
        title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        leftwards: wording.language.direction() == "rtl",
        ..of_kind(kind, &frame.room)
    })
}

fn kind_card(tx: &mut ReadTx<'_>, slug: &str) -> Result<Card, Problem> {
    let frame = open_frame(tx)?;
    match frame.kinds.iter().find(|kind| kind.slug == slug) {
        Some(kind) => Ok(of_kind(kind, &frame.room)),
        None => Err(to_card(kind_elsewhere(tx, (slug, &frame), paths::kind)?)),
    }
}

/// The kind's graphic: its name, where an item's card has a title.
fn of_kind(kind: &Kind, room: &Room) -> Card {
    Card {
        label: String::new(),
        icon: assets::drawing(&kind.icon),
        title: kind.plural.clone(),
        foot: room.name.as_str().to_owned(),
        language: String::new(),
        leftwards: false,
        colours: colours(kind.graphic, kind.colour.unwrap_or(room.accent)),
    }
}

fn room_card(room: &Room) -> Card {
    let (before, marked, after) = room.mission.marked();
    let mission = format!("{before}{marked}{after}");
    let name = room.name.as_str().to_owned();
    let (title, foot) = if mission.is_empty() {
        (name, String::new())
    } else {
        (mission, name)
    };
    Card {
        label: String::new(),
        icon: String::new(),
        title,
        foot,
        language: String::new(),
        leftwards: false,
        colours: colours(Graphic::Accent, room.accent),
    }
}

/// The same colours as the graphic of a list has.
fn colours(look: Graphic, accent: Accent) -> Colours {
    const BLACK: &str = "#111111";
    let on_accent = accent.text_on().to_owned();
    match look {
        Graphic::Accent => Colours {
            paper: accent.hex(),
            ink: on_accent,
            mark: None,
            edge: None,
        },
        Graphic::Ink => Colours {
            paper: BLACK.to_owned(),
            ink: "#ffffff".to_owned(),
            mark: Some((accent.hex(), on_accent)),
            edge: None,
        },
        Graphic::Wash => Colours {
            paper: "#f6f4ee".to_owned(),
            ink: BLACK.to_owned(),
            mark: None,
            edge: Some(accent.hex()),
        },
    }
}

/// Where the page has another address, its card has one below it.
fn to_card(problem: Problem) -> Problem {
    if let Problem::Moved { to } = problem {
        let to = format!("{to}/card.png");
        return Problem::Moved { to };
    }
    problem
}

/// Draws the cards. One takes a tenth of a second, and any stranger may ask: so one is drawn at a time,
/// few wait, and what was drawn is kept for as long as its words are the same. All are drawn on one
/// thread: each thread that draws holds on to the memory of a drawing.
pub struct CardDesk {
    kept: Arc<Cache<Card, Bytes, Weight>>,
    /// `None` without the front-end files: there is nothing to draw with.
    drawer: Option<SyncSender<Order>>,
}

/// A card to draw, and who waits for it.
struct Order {
    card: Card,
    asked_by: oneshot::Sender<Result<Bytes, GraphicError>>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Card, Bytes> for Weight {
    fn weight(&self, _card: &Card, bytes: &Bytes) -> u64 {
        u64::try_from(bytes.len()).unwrap_or(u64::MAX)
    }
}

impl Default for CardDesk {
    fn default() -> Self {
        const PLACES: usize = 24;
        const KEPT_BYTES: u64 = 8_000_000;
        const KEPT: usize = 500;
        let kept = Arc::new(Cache::with_weighter(KEPT, KEPT_BYTES, Weight));
        let drawer = assets::faces().and_then(|faces| {
            let (drawer, orders) = sync_channel(PLACES);
            let kept = Arc::clone(&kept);
            let draws = move || draw(&orders, &kept, |card| card.png(&faces));
            let thread = thread::Builder::new().name("cards".to_owned()).spawn(draws);
            thread.ok().map(|_ends_with_the_desk| drawer)
        });
        Self { kept, drawer }
    }
}

impl CardDesk {
    async fn answer(&self, card: Card) -> Answer {
        let bytes = match self.kept.get(&card) {
            Some(kept) => kept,
            None => self.drawn(card).await?,
        };
        let answer = HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "image/png"))
            .insert_header((header::CACHE_CONTROL, "public, no-cache"))
            .body(bytes);
        // Nobody asks for a card as often as for a page, and twice in memory is once too often.
        kept_elsewhere(Ok(answer))
    }

    async fn drawn(&self, card: Card) -> Result<Bytes, Problem> {
        let drawer = self.drawer.as_ref().ok_or(Problem::NotFound)?;
        let (asked_by, drawn) = oneshot::channel();
        let order = Order { card, asked_by };
        drawer.try_send(order).map_err(|_full| Problem::Busy)?;
        drawn
            .await
            .map_err(Problem::broken)?
            .map_err(Problem::broken)
    }
}

/// Draws what is ordered for as long as somebody can order. A card that trips the drawing costs its own
/// answer, and not the thread that draws all others.
fn draw(
    orders: &Receiver<Order>,
    kept: &Cache<Card, Bytes, Weight>,
    png: impl Fn(&Card) -> Result<Vec<u8>, GraphicError>,
) {
    for Order { card, asked_by } in orders {
        if asked_by.is_closed() {
            continue;
        }
        // Somebody who waited in front may have asked for the same.
        let drawn = match kept.get(&card) {
            Some(drawn) => Ok(drawn),
            None => catch_unwind(AssertUnwindSafe(|| png(&card)))
                .unwrap_or(Err(GraphicError::Panicked))
                .map(Bytes::from)
                .inspect(|bytes| kept.insert(card, bytes.clone())),
        };
        let _hung_up = asked_by.send(drawn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Card {
        Card {
            label: String::new(),
            icon: String::new(),
            title: title.to_owned(),
            foot: String::new(),
            language: String::new(),
            leftwards: false,
            colours: colours(Graphic::Accent, "#ffe600".parse().unwrap()),
        }
    }

    #[test]
    fn a_card_that_cannot_be_drawn_costs_nobody_elses() {
        let (drawer, orders) = sync_channel(2);
        let kept = Cache::with_weighter(4, 1_000, Weight);
        let answers = ["Trips", "Draws"].map(|title| {
            let (asked_by, drawn) = oneshot::channel();
            let card = titled(title);
            assert!(drawer.send(Order { card, asked_by }).is_ok());
            drawn
        });
        drop(drawer);
        draw(&orders, &kept, |card| {
            assert_eq!(card.title, "Draws");
            Ok(vec![7])
        });
        let [trips, draws] = answers.map(|drawn| drawn.blocking_recv().unwrap());
        assert!(matches!(trips, Err(GraphicError::Panicked)));
        assert_eq!(draws.unwrap(), [7][..]);
    }
}
