//! The item exactly as readers would see it, with its pictures from staff's own addresses.

use actix_web::web::Data;

use crate::clock::{Clock, Instant};
use crate::desk::publishing::{Desk, desk};
use crate::newsroom::{Face, ItemId};
use crate::public::item::{ItemPage, Story};
use crate::public::view::{Card, Gallery};
use crate::public::{Banner, PublicAddress, kind_of};
use crate::storage::{ReadStore, ReadTx, listings, reading};
use crate::web::problem::Answer;
use crate::web::view::Link;
use crate::web::{Freshness, Numbered, Problem, Staff, page, paths};

pub(super) async fn preview(
    _staff: Staff,
    item: Numbered<ItemId>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    let now = clock.now();
    let story = read
        .read(move |tx| {
            let desk = desk(tx, item.0)?.ok_or(Problem::NotFound)?;
            preview_page(tx, &desk, &address, now)
        })
        .await?;
    page(&story, Freshness::Never)
}

fn preview_page(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    address: &PublicAddress,
    now: Instant,
) -> Result<ItemPage, Problem> {
    let room = super::room_of(tx)?;
    let kind = kind_of(&room, desk.head.wording.kind).ok_or(Problem::NotFound)?;
    let around = reading::around(tx, &desk.head, now)?;
    let related = listings::related(tx, desk.item, desk.head.id, now)?;
    let before = desk.lane.at(now);
    let story = Story {
        frame: &room,
        kind,
        revision: &desk.head,
        around: &around,
        face: before.map_or(Face::Live, |row| row.face),
        changed: false,
        published_at: before.map_or(now, |row| row.published_at),
        updated_at: before.and_then(|row| row.updated_at),
        gallery: Gallery::Staff,
        address,
    };
    let mut shown = story.page(Card::all(related, &room), now);
    shown.frame.banner = Some(Banner {
        label: "Preview",
        look: "preview",
        sentences: vec![format!(
            "Preview of revision {}: this is how readers would see it now. Only staff can open this page.",
            desk.head.number
        )],
        terms: Vec::new(),
        back: Some(Link::new("Back to the editor", paths::item(desk.item))),
    });
    Ok(shown)
}
