//! What readers see: reads only, no cookie, no script needed.

pub mod card;
pub mod difference;
pub mod feeds;
pub mod file_view;
pub mod files;
pub mod first_page;
pub mod front;
pub mod full_size;
mod health;
pub mod history;
pub mod horizon;
pub mod images;
pub mod item;
pub mod listing;
mod logo;
pub mod pack;
pub mod paper;
mod photo_names;
mod ranges;
pub mod robots;
pub mod share;
mod shares;
pub mod text_page;
pub mod view;

use actix_web::{HttpRequest, web};

use crate::clock::Instant;
use crate::newsroom::room::{Contact, Room};
use crate::newsroom::tags::Tag;
use crate::newsroom::{Kind, KindId};
use crate::prose::dates;
use crate::storage::room::Frame;
use crate::storage::{ReadTx, room};
use crate::web::page::reads;
use crate::web::view::{Assets, Link, LogoView};
use crate::web::{Problem, paths};

/// Where the room is reached from outside, without a slash at the end, as `https://news.example.org`.
#[derive(Clone, Debug)]
pub struct PublicAddress(pub String);

/// What every list shows.
pub(crate) const LISTS: [Tag; 2] = [Tag::Room, Tag::Listing];

/// What the public layout needs.
pub struct RoomFrame {
    pub room_name: String,
    /// In the place of the name.
    pub logo: Option<LogoView>,
    pub assets: Assets,
    pub nav: Vec<Link>,
    pub contacts: Vec<ContactLine>,
    pub feed: String,
    pub banner: Option<Banner>,
    /// What readers must know at once; empty where there is nothing.
    pub notice: String,
    /// Pages of plain text, then links of the room's own.
    pub footer: Vec<Link>,
    pub year: String,
}

/// Says above a page who can see it, which is not everybody.
pub struct Banner {
    pub label: &'static str,
    /// Classes; only an embargo goes onto paper too.
    pub look: &'static str,
    pub sentences: Vec<String>,
    /// The terms that were accepted, line by line.
    pub terms: Vec<String>,
    pub back: Option<Link>,
}

/// A press contact in plain text; empty text is left out.
pub struct ContactLine {
    pub name: String,
    pub role: String,
    pub languages: String,
    pub phone: String,
    pub phone_href: String,
    pub after_hours: String,
    pub after_hours_href: String,
    pub mail: String,
}

impl ContactLine {
    pub fn of(contact: &Contact) -> Self {
        Self {
            name: contact.name.clone(),
            role: contact.role.clone(),
            languages: contact.languages.clone(),
            phone: contact.phone.clone(),
            phone_href: dial(&contact.phone),
            after_hours: contact.after_hours.clone(),
            after_hours_href: dial(&contact.after_hours),
            mail: contact.mail.clone(),
        }
    }
}

/// `tel:` and the digits (RFC 3966) of the number that the words begin with; empty where they
/// begin with none, as in "through the press desk".
fn dial(phone: &str) -> String {
    let number = phone
        .trim()
        .split(|c: char| !(c.is_ascii_digit() || "+ -()./".contains(c)));
    let digits: String = number
        .take(1)
        .flat_map(str::chars)
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    if digits.len() < 3 {
        String::new()
    } else {
        format!("tel:{digits}")
    }
}

impl RoomFrame {
    /// `current` is the address of the page, so that the navigation can say where one is.
    pub fn new(frame: &Frame, current: &str, now: Instant) -> Self {
        let room = &frame.room;
        let mut nav = vec![Link::new("All news", paths::FRONT)];
        nav.extend(
            frame
                .kinds
                .iter()
                .map(|kind| Link::new(&kind.plural, paths::kind(&kind.slug))),
        );
        for link in &mut nav {
            link.current = link.href == current;
        }
        Self {
            room_name: room.name.as_str().to_owned(),
            logo: room.logo.as_ref().map(LogoView::of),
            assets: Assets::public(room.accent, &frame.kinds).with_icon(room.icon.as_ref()),
            nav,
            contacts: room.contacts.iter().map(ContactLine::of).collect(),
            feed: paths::FEED.to_owned(),
            banner: None,
            notice: room.notice.as_str().to_owned(),
            footer: footer(room, current),
            year: dates::year(now, &room.zone),
        }
    }
}

fn footer(room: &Room, current: &str) -> Vec<Link> {
    let pages = room.pages.iter().map(|page| {
        let mut link = Link::new(&page.title, paths::text_page(&page.slug));
        link.current = link.href == current;
        link
    });
    let further = room.footer_links.iter();
    pages
        .chain(further.map(|link| Link::new(&link.label, &link.href)))
        .collect()
}

/// The room as readers meet it, or the page that says it opens soon.
pub(crate) fn open_frame(tx: &mut ReadTx<'_>) -> Result<Frame, Problem> {
    room::frame(tx)?.ok_or(Problem::NotOpenYet)
}

pub(crate) fn kind_of(frame: &Frame, id: KindId) -> Option<&Kind> {
    frame.kinds.iter().find(|kind| kind.id == id)
}

/// The part of the address that the route gave this name.
pub(crate) fn segment(request: &HttpRequest, name: &str) -> String {
    let part = request.match_info().get(name);
    part.unwrap_or_default().to_owned()
}

macro_rules! routes {
    ($($pattern:expr => $handler:path),+ $(,)?) => {
        /// Every route of the public side. The ones that begin with a kind come last: they would take any other.
        pub const ROUTES: &[&str] = &[$($pattern),+];

        /// The public side's addresses.
        pub fn routes(config: &mut web::ServiceConfig) {
            config$(.route($pattern, reads().to($handler)))+;
        }
    };
}

routes! {
    "/" => front::front,
    paths::FEED => feeds::atom,
    "/robots.txt" => robots::robots,
    paths::HEALTH => health::is_up,
    paths::READY => health::is_ready,
    "/news/{slug}" => item::item,
    "/news/{slug}/history" => history::history,
    "/news/{slug}/card.png" => card::item,
    "/news/{slug}/pack.zip" => pack::pack,
    "/news/{slug}/paper.pdf" => paper::item,
    "/images/{hash}/full.jpg" => full_size::photo,
    "/images/{hash}/{rendition}" => images::rendition,
    "/files/{file}" => files::file,
    "/files/{file}/{page}" => first_page::picture,
    "/logos/{logo}" => logo::logo,
    "/pages/{slug}" => text_page::open,
    "/topics/{slug}" => listing::topic,
    "/places/{slug}" => listing::place,
    "/{year:[0-9]{4}}" => listing::year,
    "/{year:[0-9]{4}}/{month:[0-9]{2}}" => listing::month,
    paths::ROOM_CARD => card::room,
    "/{kind}/card.png" => card::kind,
    "/{kind}" => listing::kind,
}

#[cfg(test)]
mod tests {
    use super::dial;

    #[test]
    fn a_number_is_dialled_without_the_words_behind_it() {
        assert_eq!(
            dial("+44 7700 900142, every night until 08:00"),
            "tel:+447700900142"
        );
        assert_eq!(dial("(020) 7946-0142"), "tel:02079460142");
        assert_eq!(dial("Through the press desk"), "");
    }
}
