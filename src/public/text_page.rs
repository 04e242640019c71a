//! A page of plain text, such as the imprint.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use jiff::civil::Date;

use super::view::{BodyImages, Gallery};
use super::{RoomFrame, open_frame, segment};
use crate::clock::{Clock, Instant};
use crate::prose::markdown::{self, Html};
use crate::storage::{ReadStore, ReadTx};
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, page, paths};

#[derive(Template)]
#[template(path = "public/text_page.html")]
pub struct TextPage {
    pub frame: RoomFrame,
    pub title: String,
    pub body: Html,
}

pub(super) async fn open(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let shown = read.read(move |tx| text_page(tx, &slug, now)).await?;
    page(&shown, Freshness::Validated)
}

fn text_page(tx: &mut ReadTx<'_>, slug: &str, now: Instant) -> Result<TextPage, Problem> {
    let frame = open_frame(tx)?;
    let found = frame.room.pages.iter().find(|page| page.slug == slug);
    let found = found.ok_or(Problem::NotFound)?;
    Ok(TextPage {
        title: found.title.clone(),
        body: markdown::to_html(&found.body, &NO_IMAGES),
        frame: RoomFrame::new(&frame, &paths::text_page(slug), now),
    })
}

/// A page of plain text places no pictures: none of them would be its own to make public.
const NO_IMAGES: BodyImages<'static> = BodyImages {
    images: &[],
    gallery: Gallery::Public,
    published: Date::ZERO,
    begin_the_page: true,
};
