//! Lists of one kind, topic, place, year or month; filters of the query combine with each.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::share::ShareImage;
use super::view::{Card, hue};
use super::{LISTS, PublicAddress, RoomFrame, kind_of, open_frame, segment};
use crate::clock::{Clock, Instant};
use crate::newsroom::SubjectFamily;
use crate::prose::dates;
use crate::storage::listings::{self, Filter};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, kinds, subjects};
use crate::web::page::showing;
use crate::web::problem::Answer;
use crate::web::view::{Link, Pager};
use crate::web::{Fields, Freshness, Problem, Query, page, paths};

#[derive(Template)]
#[template(path = "public/listing.html")]
pub struct ListingPage {
    pub frame: RoomFrame,
    pub heading: String,
    /// Classes of the kind's colour, in the list of a kind that has one.
    pub hue: String,
    pub count: String,
    pub filters: Vec<Link>,
    pub cards: Vec<Card>,
    pub pager: Pager,
    /// What other sites show beside a link to the list of a kind.
    pub share: Vec<ShareImage>,
}

/// What the address asks for: its own subject first, then the query's filters.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    path: String,
    kind: Option<String>,
    year: Option<i16>,
    month: Option<i8>,
    topic: Option<String>,
    place: Option<String>,
    extra: Extra,
    page: u64,
    /// The room's address, for lists that have a share card.
    outside: String,
}

/// The filters that stand in the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Extra {
    topic: String,
    place: String,
    from: String,
    to: String,
}

impl Extra {
    fn of(fields: &Fields) -> Self {
        let word = |name: &str| fields.get(name).trim().chars().take(120).collect();
        Self {
            topic: word("topic"),
            place: word("place"),
            from: word("from"),
            to: word("to"),
        }
    }

    fn address(&self, path: &str, page: u64) -> String {
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        paths::with_query(
            path,
            &[
                ("topic", &self.topic),
                ("place", &self.place),
                ("from", &self.from),
                ("to", &self.to),
                ("page", &page),
            ],
        )
    }
}

/// The filters of the front page's query, if it has any.
pub(super) fn asked(fields: &Fields) -> Option<Asked> {
    let extra = Extra::of(fields);
    (extra != Extra::default()).then(|| Asked {
        path: paths::FRONT.to_owned(),
        extra,
        page: fields.page(),
        ..Asked::default()
    })
}

impl Asked {
    fn new(request: &HttpRequest, query: &Query) -> Self {
        Self {
            path: request.path().to_owned(),
            extra: Extra::of(&query.0),
            page: query.0.page(),
            ..Self::default()
        }
    }
}

pub(super) async fn kind(
    request: HttpRequest,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    address: Data<PublicAddress>,
) -> Answer {
    let asked = Asked {
        kind: Some(segment(&request, "kind")),
        outside: address.0.clone(),
        ..Asked::new(&request, &query)
    };
    filtered(&read, asked, clock.now()).await
}

pub(super) async fn topic(
    request: HttpRequest,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let asked = Asked {
        topic: Some(segment(&request, "slug")),
        ..Asked::new(&request, &query)
    };
    filtered(&read, asked, clock.now()).await
}

pub(super) async fn place(
    request: HttpRequest,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let asked = Asked {
        place: Some(segment(&request, "slug")),
        ..Asked::new(&request, &query)
    };
    filtered(&read, asked, clock.now()).await
}

pub(super) async fn year(
    request: HttpRequest,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let year = segment(&request, "year").parse().ok();
    let asked = Asked {
        year,
        ..Asked::new(&request, &query)
    };
    filtered(&read, asked, clock.now()).await
}

pub(super) async fn month(
    request: HttpRequest,
    query: Query,
    read: Data<ReadStore>,
    clock: Data<Clock>,
) -> Answer {
    let year = segment(&request, "year").parse().ok();
    let month = segment(&request, "month").parse().ok();
    let asked = Asked {
        year,
        month,
        ..Asked::new(&request, &query)
    };
    filtered(&read, asked, clock.now()).await
}

pub(super) async fn filtered(read: &ReadStore, asked: Asked, now: Instant) -> Answer {
    let listing = read.read(move |tx| listing_page(tx, &asked, now)).await?;
    showing(page(&listing, Freshness::Validated), LISTS.to_vec())
}

fn listing_page(tx: &mut ReadTx<'_>, asked: &Asked, now: Instant) -> Result<ListingPage, Problem> {
    let frame = open_frame(tx)?;
    let (filter, heading) = understand(tx, asked, &frame, now)?;
    let filters = removable(tx, asked, now)?;
    let count = listings::count(tx, &filter, now)?;
    let per_page = frame.room.per_page.get();
    let skip = (asked.page - 1) * per_page;
    let mut cards = Card::all(
        listings::newest(tx, &filter, now, (skip, per_page))?,
        &frame,
    );
    // A kind is there from the start, and filters that leave nothing say so; any other list exists
    // while something public is in it. No list has a page behind its last one.
    let stands_empty = asked.page == 1 && (asked.kind.is_some() || !filters.is_empty());
    if cards.is_empty() && !stands_empty {
        return Err(Problem::NotFound);
    }
    Card::begin_the_page(&mut cards);
    let kind = filter.kind.and_then(|id| kind_of(&frame, id));
    Ok(ListingPage {
        share: kind
            .and_then(|kind| ShareImage::of_kind(kind, &frame, &asked.outside))
            .into_iter()
            .collect(),
        hue: kind.map(hue).unwrap_or_default(),
        frame: RoomFrame::new(&frame, &asked.path, now),
        heading,
        count: if count == 1 {
            "1 item".to_owned()
        } else {
            format!("{count} items")
        },
        filters,
        cards,
        pager: Pager::new(asked.page, count, per_page, |page| {
            asked.extra.address(&asked.path, page)
        }),
    })
}

/// The filter and the heading, or an address that does not exist.
fn understand(
    tx: &mut ReadTx<'_>,
    asked: &Asked,
    frame: &Frame,
    now: Instant,
) -> Result<(Filter, String), Problem> {
    let mut filter = Filter::default();
    let mut heading = "All news".to_owned();
    if let Some(slug) = &asked.kind {
        let kind = frame.kinds.iter().find(|kind| kind.slug == *slug);
        let Some(kind) = kind else {
            return Err(kind_elsewhere(tx, (slug, frame), |slug| {
                asked.extra.address(&paths::kind(slug), asked.page)
            })?);
        };
        filter.kind = Some(kind.id);
        heading.clone_from(&kind.plural);
    }
    for (family, slug) in own_subjects(asked) {
        let found = subjects::public_by_slug(tx, family, slug, now)?.ok_or(Problem::NotFound)?;
        let subject = found.subject;
        if found.moved {
            let path = paths::subject(family, &subject.slug);
            let to = asked.extra.address(&path, asked.page);
            return Err(Problem::Moved { to });
        }
        heading = subject.name;
        filter.subjects.push((family, subject.slug));
    }
    if let Some(year) = asked.year {
        heading = span(&mut filter, (year, asked.month), frame)?;
    }
    narrow(&mut filter, &asked.extra, frame)?;
    Ok((filter, heading))
}

/// Where that of a kind is now whose address this was, or nowhere.
pub(super) fn kind_elsewhere(
    tx: &mut ReadTx<'_>,
    (slug, frame): (&str, &Frame),
    address: impl Fn(&str) -> String,
) -> Result<Problem, Problem> {
    let id = kinds::by_former_slug(tx, slug)?;
    let kind = id.and_then(|id| kind_of(frame, id));
    Ok(kind.map_or(Problem::NotFound, |kind| Problem::Moved {
        to: address(&kind.slug),
    }))
}

fn own_subjects(asked: &Asked) -> impl Iterator<Item = (SubjectFamily, &String)> {
    let topic = asked.topic.iter().map(|slug| (SubjectFamily::Topic, slug));
    topic.chain(asked.place.iter().map(|slug| (SubjectFamily::Place, slug)))
}

fn span(
    filter: &mut Filter,
    (year, month): (i16, Option<i8>),
    frame: &Frame,
) -> Result<String, Problem> {
    let zone = &frame.room.zone;
    let bounds = match month {
        Some(month) => dates::month_bounds(year, month, zone),
        None => dates::year_bounds(year, zone),
    };
    let (from, until) = bounds.ok_or(Problem::NotFound)?;
    (filter.from, filter.until) = (Some(from), Some(until));
    Ok(month.map_or_else(|| year.to_string(), |month| dates::month(year, month, "en")))
}

/// The query's filters on top; a day that is none is an address that does not exist.
fn narrow(filter: &mut Filter, extra: &Extra, frame: &Frame) -> Result<(), Problem> {
    let zone = &frame.room.zone;
    let day = |text: &str| match text {
        "" => Ok(None),
        text => dates::day_bounds(text, zone)
            .map(Some)
            .ok_or(Problem::NotFound),
    };
    if let Some((from, _)) = day(&extra.from)? {
        filter.from = Some(filter.from.map_or(from, |known| known.max(from)));
    }
    if let Some((_, until)) = day(&extra.to)? {
        filter.until = Some(filter.until.map_or(until, |known| known.min(until)));
    }
    for (family, slug) in [
        (SubjectFamily::Topic, &extra.topic),
        (SubjectFamily::Place, &extra.place),
    ] {
        if !slug.is_empty() {
            filter.subjects.push((family, slug.clone()));
        }
    }
    Ok(())
}

/// The query's filters as words, each with the address without it. One that is unknown is a 404.
fn removable(tx: &mut ReadTx<'_>, asked: &Asked, now: Instant) -> Result<Vec<Link>, Problem> {
    let mut links = Vec::new();
    let extra = &asked.extra;
    for (family, slug) in [
        (SubjectFamily::Topic, &extra.topic),
        (SubjectFamily::Place, &extra.place),
    ] {
        if slug.is_empty() {
            continue;
        }
        links.push(without_subject(tx, asked, (family, slug), now)?);
    }
    if !extra.from.is_empty() {
        let without = Extra {
            from: String::new(),
            ..extra.clone()
        };
        links.push(Link::new(
            format!("from {}", extra.from),
            without.address(&asked.path, 1),
        ));
    }
    if !extra.to.is_empty() {
        let without = Extra {
            to: String::new(),
            ..extra.clone()
        };
        links.push(Link::new(
            format!("to {}", extra.to),
            without.address(&asked.path, 1),
        ));
    }
    Ok(links)
}

/// A topic or place of the query with the address without it; where it has another address by now,
/// that is where the whole list is.
fn without_subject(
    tx: &mut ReadTx<'_>,
    asked: &Asked,
    (family, slug): (SubjectFamily, &str),
    now: Instant,
) -> Result<Link, Problem> {
    let found = subjects::public_by_slug(tx, family, slug, now)?.ok_or(Problem::NotFound)?;
    let with = |slug: String| {
        let mut extra = asked.extra.clone();
        match family {
            SubjectFamily::Topic => extra.topic = slug,
            SubjectFamily::Place => extra.place = slug,
        }
        extra
    };
    if found.moved {
        let to = with(found.subject.slug).address(&asked.path, asked.page);
        return Err(Problem::Moved { to });
    }
    let address = with(String::new()).address(&asked.path, 1);
    Ok(Link::new(found.subject.name, address))
}
