//! The front page: mission, introduction, the newest items, twelve a page.

use actix_web::web::Data;
use askama::Template;

use super::share::ShareImage;
use super::view::Card;
use super::{LISTS, PublicAddress, RoomFrame, open_frame};
use crate::clock::{Clock, Instant};
use crate::storage::listings::{self, Filter};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx};
use crate::web::page::showing;
use crate::web::problem::Answer;
use crate::web::view::Pager;
use crate::web::{Freshness, Problem, Query, page, paths};

/// The mission line with its marked phrase.
pub struct Mission {
    pub before: String,
    pub marked: String,
    pub after: String,
}

#[derive(Template)]
#[template(path = "public/front.html")]
pub struct FrontPage {
    pub frame: RoomFrame,
    pub mission: Option<Mission>,
    pub heading: String,
    pub introduction: String,
    pub lead: Option<Card>,
    pub cards: Vec<Card>,
    pub pager: Pager,
    pub room_is_empty: bool,
    pub canonical: String,
    pub share: Vec<ShareImage>,
}

pub(super) async fn front(
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    let (now, number) = (clock.now(), query.0.page());
    if let Some(filter) = super::listing::asked(&query.0) {
        return super::listing::filtered(&read, filter, now).await;
    }
    let front = read
        .read(move |tx| front_page(tx, number, &address, now))
        .await?;
    showing(page(&front, Freshness::Validated), LISTS.to_vec())
}

fn front_page(
    tx: &mut ReadTx<'_>,
    number: u64,
    address: &PublicAddress,
    now: Instant,
) -> Result<FrontPage, Problem> {
    let frame = open_frame(tx)?;
    laid_out(tx, &frame, (number, address), now)
}

/// A page of the front, as the room would have it that is handed in.
pub fn laid_out(
    tx: &mut ReadTx<'_>,
    frame: &Frame,
    (number, address): (u64, &PublicAddress),
    now: Instant,
) -> Result<FrontPage, Problem> {
    let filter = Filter::default();
    let per_page = frame.room.per_page.get();
    let skip = (number - 1) * per_page;
    let mut cards = Card::all(listings::newest(tx, &filter, now, (skip, per_page))?, frame);
    let count = listings::count(tx, &filter, now)?;
    if cards.is_empty() && number > 1 {
        return Err(Problem::NotFound);
    }
    Card::begin_the_page(&mut cards);
    let lead = (number == 1 && !cards.is_empty()).then(|| cards.remove(0));
    Ok(FrontPage {
        mission: (number == 1).then(|| mission(frame)).flatten(),
        heading: heading(frame, number),
        introduction: frame.room.introduction.as_str().to_owned(),
        room_is_empty: count == 0,
        pager: Pager::new(number, count, per_page, page_address),
        frame: RoomFrame::new(frame, paths::FRONT, now),
        canonical: format!("{}{}", address.0, page_address(number)),
        share: share(frame, address).into_iter().collect(),
        lead,
        cards,
    })
}

fn share(frame: &Frame, address: &PublicAddress) -> Option<ShareImage> {
    let (before, marked, after) = frame.room.mission.marked();
    let name = frame.room.name.as_str();
    let alt = match format!("{before}{marked}{after}") {
        mission if mission.is_empty() => name.to_owned(),
        mission => format!("{name}: {mission}"),
    };
    ShareImage::card(&address.0, paths::ROOM_CARD, alt)
}

fn mission(frame: &Frame) -> Option<Mission> {
    let (before, marked, after) = frame.room.mission.marked();
    let has_words = !frame.room.mission.as_str().is_empty();
    has_words.then(|| Mission {
        before: before.to_owned(),
        marked: marked.to_owned(),
        after: after.to_owned(),
    })
}

fn heading(frame: &Frame, number: u64) -> String {
    let name = frame.room.name.as_str();
    if number == 1 {
        format!("{name} newsroom")
    } else {
        format!("All news, page {number}")
    }
}

fn page_address(number: u64) -> String {
    if number == 1 {
        paths::FRONT.to_owned()
    } else {
        format!("/?page={number}")
    }
}
