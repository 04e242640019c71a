//! One item's page, and what became of it: withdrawn under a notice, removed, or at a new address.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use jiff::civil::Date;

use super::file_view::FileView;
use super::share::ShareImage;
use super::view::{BodyImages, Card, FigureView, Gallery, Graphic, KindLabel};
use super::{ContactLine, PublicAddress, RoomFrame, kind_of, open_frame, segment, view};
use crate::clock::{Clock, Instant};
use crate::newsroom::tags::Tag;
use crate::newsroom::{Change, Face, Kind, Revision, SubjectFamily};
use crate::prose::dates::{self, DateWords};
use crate::prose::json_ld::JsonLd;
use crate::prose::markdown::{self, Html};
use crate::storage::reading::{self, Around, PublicItem, Sibling, Told};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx, listings};
use crate::web::page::showing;
use crate::web::problem::Answer;
use crate::web::view::Link;
use crate::web::{Freshness, Problem, assets, page, paths};

/// A change that readers are told of.
pub struct Notice {
    pub word: String,
    pub date: DateWords,
    pub note: String,
}

/// The same item in another language.
pub struct Translation {
    pub href: String,
    pub own_name: String,
    pub language: String,
    pub direction: String,
}

#[derive(Template)]
#[template(path = "public/item.html")]
pub struct ItemPage {
    pub frame: RoomFrame,
    /// One journalist reads it before its instant: other programs are told nothing of it.
    pub is_early: bool,
    pub kind: KindLabel,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub direction: String,
    pub dateline: String,
    pub published: DateWords,
    pub updated: Option<DateWords>,
    pub withdrawn: Option<Notice>,
    pub notices: Vec<Notice>,
    /// Where it stands what changed, if anything did.
    pub history: Option<String>,
    pub figure: Option<FigureView>,
    /// The kind's, where the item shows no photo at all.
    pub graphic: Option<Graphic>,
    pub body: Html,
    /// What readers may take, below the text.
    pub files: Vec<FileView>,
    pub notes: Html,
    pub contacts: Vec<ContactLine>,
    pub about: Html,
    pub about_heading: String,
    pub topics: Vec<Link>,
    pub places: Vec<Link>,
    pub translations: Vec<Translation>,
    pub related: Vec<Card>,
    /// The journalist's pack; of what is not public there is none.
    pub pack: Option<String>,
    /// The same on paper, where there are faces to set it with.
    pub paper: Option<String>,
    pub canonical: String,
    /// What other sites show beside a link to it: its photo, then its card.
    pub share: Vec<ShareImage>,
    pub json_ld: JsonLd,
}

/// A revision with its dates and everything that hangs on it, ready to be laid out.
pub struct Story<'a> {
    pub frame: &'a Frame,
    pub kind: &'a Kind,
    pub revision: &'a Revision,
    pub around: &'a Around,
    pub face: Face,
    /// Whether readers ever saw it otherwise.
    pub changed: bool,
    pub published_at: Instant,
    pub updated_at: Option<Instant>,
    pub gallery: Gallery<'a>,
    pub address: &'a PublicAddress,
}

pub(super) async fn item(
    request: HttpRequest,
    read: Data<ReadStore>,
    clock: Data<Clock>,
    address: Data<PublicAddress>,
) -> Answer {
    let (slug, now) = (segment(&request, "slug"), clock.now());
    let (item, shown) = read
        .read(move |tx| item_page(tx, &slug, &address, now))
        .await?;
    showing(page(&item, Freshness::Validated), shown)
}

fn item_page(
    tx: &mut ReadTx<'_>,
    slug: &str,
    address: &PublicAddress,
    now: Instant,
) -> Result<(ItemPage, Vec<Tag>), Problem> {
    told(tx, (slug, address, now), |tx, story| {
        let revision = story.revision;
        let related = listings::related(tx, revision.item, revision.id, now)?;
        let page = story.page(Card::all(related, story.frame), now);
        Ok((page, story.shown()))
    })
}

/// Tells the story that stands at the address.
pub(super) fn told<T>(
    tx: &mut ReadTx<'_>,
    (slug, address, now): (&str, &PublicAddress, Instant),
    tell: impl FnOnce(&mut ReadTx<'_>, &Story<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let found = standing_at(tx, slug, now)?;
    let frame = open_frame(tx)?;
    let kind = kind_of(&frame, found.revision.wording.kind).ok_or(Problem::NotFound)?;
    let around = reading::around(tx, &found.revision, now)?;
    let story = Story {
        frame: &frame,
        kind,
        revision: &found.revision,
        around: &around,
        face: found.face,
        changed: found.change != Change::First,
        published_at: found.published_at,
        updated_at: found.updated_at,
        gallery: Gallery::Public,
        address,
    };
    tell(tx, &story)
}

/// The item whose page stands at the address; else where it is now, or that it was removed.
pub(super) fn standing_at(
    tx: &mut ReadTx<'_>,
    slug: &str,
    now: Instant,
) -> Result<PublicItem, Problem> {
    let mut found = reading::at_address(tx, slug, now)?.ok_or(Problem::NotFound)?;
    // Several moves are one redirect, and a circle of them leads nowhere.
    for _ in 0..PublicItem::MOST_MOVES {
        let Some(next) = &found.moved_to else {
            return stands_here(found, slug);
        };
        found = reading::at_address(tx, next.as_str(), now)?.ok_or(Problem::NotFound)?;
    }
    stands_here(found, slug)
}

fn stands_here(found: PublicItem, slug: &str) -> Result<PublicItem, Problem> {
    let present = found.revision.wording.slug.as_str();
    match found.face {
        Face::Gone => Err(Problem::Gone {
            reason: found.public_note,
        }),
        Face::Live | Face::Withdrawn if present == slug => Ok(found),
        Face::Live | Face::Withdrawn => Err(Problem::Moved {
            to: paths::news(present),
        }),
        Face::Moved => Err(Problem::NotFound),
    }
}

impl Story<'_> {
    /// The item, its languages, its pictures, and what brings others onto its page.
    fn shown(&self) -> Vec<Tag> {
        let mut shown = vec![
            Tag::Room,
            Tag::Item(self.revision.wording.slug.as_str().to_owned()),
        ];
        let languages = self.around.translations.iter();
        shown.extend(languages.map(|one| Tag::Item(one.slug.clone())));
        let about = self.around.subjects.iter();
        shown.extend(about.map(|one| Tag::About(one.family, one.slug.clone())));
        let pictures = self.around.images.iter();
        shown.extend(pictures.map(|image| Tag::Image(image.hash.clone())));
        let files = self.around.files.iter();
        shown.extend(files.map(|file| Tag::File(file.key.clone())));
        shown
    }

    pub fn page(&self, mut related: Vec<Card>, now: Instant) -> ItemPage {
        let wording = &self.revision.wording;
        let (figure, body, notes) = self.words();
        let shown_above = figure.is_some() || body.has_pictures();
        if !shown_above && !notes.has_pictures() {
            Card::begin_the_page(&mut related);
        }
        let (withdrawn, notices) = self.notices();
        let canonical = format!("{}{}", self.address.0, paths::news(wording.slug.as_str()));
        ItemPage {
            frame: RoomFrame::new(self.frame, "", now),
            is_early: matches!(self.gallery, Gallery::Pass(_)),
            kind: KindLabel::of(self.kind),
            title: wording.title.as_str().to_owned(),
            summary: wording.summary.as_str().to_owned(),
            language: wording.language.as_str().to_owned(),
            direction: wording.language.direction().to_owned(),
            dateline: self.dateline(),
            published: view::date(self.published_at, self.frame),
            updated: self.updated_at.map(|at| view::date(at, self.frame)),
            withdrawn,
            notices,
            history: self.history(),
            graphic: (!shown_above).then(|| view::graphic(self.kind)),
            figure,
            body,
            files: FileView::all(self),
            notes,
            contacts: self.contacts(),
            about: self.about(),
            about_heading: format!("About {}", self.frame.room.name.as_str()),
            topics: self.subjects(SubjectFamily::Topic),
            places: self.subjects(SubjectFamily::Place),
            translations: self.around.translations.iter().map(translation).collect(),
            related,
            pack: self.pack(),
            paper: self.paper(),
            share: self.share(),
            json_ld: JsonLd::new(&self.json_ld(&canonical)),
            canonical,
        }
    }

    /// The lead picture, the text and the notes; the first picture among them begins the page.
    fn words(&self) -> (Option<FigureView>, Html, Html) {
        let figure = self.figure();
        let text = self.revision.wording.body.as_str();
        let body = markdown::to_html(text, &self.images(figure.is_none()));
        let notes = self.notes(figure.is_none() && !body.has_pictures());
        (figure, body, notes)
    }

    pub(super) fn images(&self, begin_the_page: bool) -> BodyImages<'_> {
        BodyImages {
            images: &self.around.images,
            gallery: self.gallery,
            published: self.published_on(),
            begin_the_page,
        }
    }

    fn notes(&self, begin_the_page: bool) -> Html {
        let words = self.revision.wording.notes.as_str();
        markdown::to_html_named("notes", words, &self.images(begin_the_page))
    }

    fn dateline(&self) -> String {
        let wording = &self.revision.wording;
        dates::dateline(
            wording.dateline.as_str(),
            self.published_at,
            &self.frame.room.zone,
            wording.language.as_str(),
        )
    }

    /// The withdrawal, where it is withdrawn now, and the changes that readers were told of.
    fn notices(&self) -> (Option<Notice>, Vec<Notice>) {
        let mut told = self.around.told.iter().filter_map(|told| self.notice(told));
        let withdrawn = if self.face == Face::Withdrawn {
            told.next()
        } else {
            None
        };
        (withdrawn, told.collect())
    }

    fn notice(&self, told: &Told) -> Option<Notice> {
        if matches!(told.change, Change::First | Change::Typo) {
            return None;
        }
        Some(Notice {
            word: change_word(told.change).to_owned(),
            date: view::date(told.at, self.frame),
            note: told.note.clone(),
        })
    }

    pub(super) fn figure(&self) -> Option<FigureView> {
        let lead = self.revision.wording.lead?;
        let image = self
            .around
            .images
            .iter()
            .find(|image| image.id == lead.image)?;
        Some(FigureView::of(
            lead,
            image,
            (self.gallery, self.published_on()),
        ))
    }

    pub(super) fn published_on(&self) -> Date {
        self.frame.room.zone.local(self.published_at).date()
    }

    /// The contacts that the item names. Where it names none, the room's stand at the page's end.
    fn contacts(&self) -> Vec<ContactLine> {
        let all = &self.frame.room.contacts;
        self.revision
            .wording
            .contacts
            .iter()
            .filter_map(|key| all.iter().find(|contact| contact.key == *key))
            .map(ContactLine::of)
            .collect()
    }

    /// What the room says of itself in the item's language, else in English.
    pub(super) fn about_words(&self) -> Option<&str> {
        let boilerplate = &self.frame.room.boilerplate;
        boilerplate
            .get(self.revision.wording.language.as_str())
            .or_else(|| boilerplate.get("en"))
            .map(String::as_str)
    }

    fn about(&self) -> Html {
        let none = BodyImages {
            images: &[],
            gallery: self.gallery,
            published: self.published_on(),
            begin_the_page: false,
        };
        self.about_words()
            .map(|words| markdown::to_html_named("about", words, &none))
            .unwrap_or_default()
    }

    fn subjects(&self, family: SubjectFamily) -> Vec<Link> {
        self.around
            .subjects
            .iter()
            .filter(|subject| subject.family == family)
            .map(|subject| Link::new(&subject.name, paths::subject(family, &subject.slug)))
            .collect()
    }

    fn history(&self) -> Option<String> {
        let slug = self.revision.wording.slug.as_str();
        self.changed.then(|| paths::news_history(slug))
    }

    fn paper(&self) -> Option<String> {
        let slug = self.revision.wording.slug.as_str();
        (self.gallery == Gallery::Public && assets::has_faces()).then(|| paths::paper(slug))
    }

    fn pack(&self) -> Option<String> {
        let slug = self.revision.wording.slug.as_str();
        (self.gallery == Gallery::Public).then(|| paths::pack(slug))
    }
}

/// A change as its dated notice begins.
pub(super) fn change_word(change: Change) -> &'static str {
    match change {
        Change::First => "Published",
        Change::Typo => "Typing error mended",
        Change::Update => "Updated",
        Change::Clarification => "Clarified",
        Change::Correction => "Corrected",
        Change::Withdrawal => "Withdrawn",
        Change::Removal => "Removed",
        Change::Return => "Restored",
    }
}

fn translation(sibling: &Sibling) -> Translation {
    Translation {
        href: paths::news(&sibling.slug),
        own_name: sibling.language.own_name().to_owned(),
        language: sibling.language.as_str().to_owned(),
        direction: sibling.language.direction().to_owned(),
    }
}
