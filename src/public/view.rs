//! Cards, photos and graphics as finished words.

use jiff::civil::Date;

use super::kind_of;
use crate::clock::Instant;
use crate::media::{
    CopyName, CopySet, Crop, FocalPoint, ImageId, PageName, Ratio, RenditionFormat, Tone, rendition,
};
use crate::newsroom::file_photo::is_file_photo;
use crate::newsroom::{AddressSecret, Kind, Lead};
use crate::prose::dates::{self, DateWords};
use crate::prose::markdown;
use crate::storage::AttachedFile;
use crate::storage::images::ShownImage;
use crate::storage::listings;
use crate::storage::room::Frame;
use crate::web::view::Link;
use crate::web::{assets, paths};

/// The kind as a label with its icon.
pub struct KindLabel {
    pub name: String,
    pub href: String,
    pub icon: String,
    /// Classes of its colour, where it has one of its own.
    pub hue: String,
}

impl KindLabel {
    pub fn of(kind: &Kind) -> Self {
        Self {
            name: kind.name.clone(),
            href: paths::kind(&kind.slug),
            icon: kind.icon.clone(),
            hue: hue(kind),
        }
    }
}

/// A photo with all its sizes.
pub struct Photo {
    pub src: String,
    /// Empty as long as it is not made.
    pub avif: String,
    pub webp: String,
    pub jpeg: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub focus: String,
    /// Classes of the colours that stand in until it has come; empty where none may be seen.
    pub tone: String,
    /// Whether no picture of the page stands above it: this one is asked for at once, the others
    /// when they come near.
    pub first: bool,
}

/// Stands in where an item has no photo.
pub struct Graphic {
    pub words: String,
    pub look: String,
}

/// One item of a list.
pub struct Card {
    pub href: String,
    pub kind: KindLabel,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub direction: String,
    pub published: DateWords,
    pub updated: Option<DateWords>,
    pub photo: Option<Photo>,
    pub graphic: Graphic,
}

/// Where the images of a page come from: readers' addresses, or for what is not public those of
/// staff, or of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gallery<'a> {
    Public,
    Staff,
    Pass(&'a AddressSecret),
}

impl Gallery<'_> {
    fn address(self, image: &ShownImage, name: CopyName) -> String {
        match self {
            Self::Public => paths::rendition(&image.hash, name),
            Self::Staff => paths::staff_rendition(image.id, name),
            Self::Pass(secret) => paths::pass_rendition(secret, &image.hash, name),
        }
    }

    fn srcset(self, image: &ShownImage, crop: Option<Crop>, format: RenditionFormat) -> String {
        let named = |width| CopyName {
            crop,
            width,
            format,
        };
        widths(image, crop)
            .into_iter()
            .map(|width| format!("{} {width}w", self.address(image, named(width))))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Empty as long as not every copy of it is made.
    fn avif(self, image: &ShownImage, crop: Option<Crop>) -> String {
        let set = crop.map_or(CopySet::WholeAvif, |crop| CopySet::CropsAvif(crop.focus()));
        if image.ready.has(set) {
            self.srcset(image, crop, RenditionFormat::Avif)
        } else {
            String::new()
        }
    }

    /// The size for browsers that know no `srcset`, which search engines and readers take too.
    fn plain(self, image: &ShownImage, crop: Option<Crop>) -> String {
        const PLAIN: u32 = 960;
        let widths = widths(image, crop);
        let width = widths.iter().copied().filter(|width| *width <= PLAIN).max();
        let width = width.or(widths.first().copied()).unwrap_or(image.width);
        let format = RenditionFormat::Jpeg;
        self.address(
            image,
            CopyName {
                crop,
                width,
                format,
            },
        )
    }

    /// The download for journalists, which there is of public pictures only.
    fn full_size(self, image: &ShownImage) -> Option<Link> {
        let label = format!("Full size, {} × {} pixels", image.width, image.height);
        match self {
            Self::Public => Some(Link::new(&label, paths::full_size(&image.hash))),
            Self::Staff | Self::Pass(_) => None,
        }
    }

    pub(super) fn file(self, file: &AttachedFile) -> String {
        match self {
            Self::Public => paths::file(&file.key, file.format),
            Self::Staff => paths::staff_file(file.id),
            Self::Pass(secret) => paths::pass_file(secret, &file.key, file.format),
        }
    }

    /// A picture of its first page.
    pub(super) fn first_page(self, file: &AttachedFile, name: PageName) -> String {
        match self {
            Self::Public | Self::Pass(_) => paths::first_page(&self.file(file), name),
            Self::Staff => paths::staff_first_page(file.id, name),
        }
    }

    /// The whole picture, which the style sheet cuts where the layout wants it.
    pub fn photo(self, image: &ShownImage, focus: FocalPoint) -> Photo {
        self.sized(image, (None, focus), (image.width, image.height))
    }

    /// The picture as the layout cuts it; whole as long as its crops are not made.
    pub fn cut(self, image: &ShownImage, ratio: Ratio, focus: FocalPoint) -> Photo {
        let crop = Crop::new(ratio, focus);
        match crop.widths((image.width, image.height)).last() {
            Some(width) if image.ready.has(CopySet::Crops(focus)) => {
                self.sized(image, (Some(crop), focus), (*width, crop.height_at(*width)))
            }
            Some(_) | None => self.photo(image, focus),
        }
    }

    fn sized(
        self,
        image: &ShownImage,
        (crop, focus): (Option<Crop>, FocalPoint),
        (width, height): (u32, u32),
    ) -> Photo {
        Photo {
            src: self.plain(image, crop),
            avif: self.avif(image, crop),
            webp: self.srcset(image, crop, RenditionFormat::Webp),
            jpeg: self.srcset(image, crop, RenditionFormat::Jpeg),
            width,
            height,
            alt: image.alt.clone(),
            focus: focus_classes(focus),
            tone: image.tone.map(tone_classes).unwrap_or_default(),
            first: false,
        }
    }
}

fn widths(image: &ShownImage, crop: Option<Crop>) -> Vec<u32> {
    match crop {
        Some(crop) => crop.widths((image.width, image.height)),
        None => rendition::widths(image.width),
    }
}

/// Classes and not a style, as for the focal point.
fn tone_classes(tone: Tone) -> String {
    format!("toned {}", tone.classes())
}

/// The colours that stand in for a picture that is shown whole in a box of that shape at most: beside one that
/// is higher, they would go on being seen.
fn tone_within(image: &ShownImage, (width, height): (u32, u32)) -> String {
    let fills = image.width.saturating_mul(height) >= image.height.saturating_mul(width);
    let tone = image.tone.filter(|_| fills);
    tone.map(tone_classes).unwrap_or_default()
}

/// Classes and not a style, because the Content-Security-Policy knows no inline style.
fn focus_classes(focus: FocalPoint) -> String {
    let spot = focus.in_steps();
    format!("fx-{} fy-{}", spot.x(), spot.y())
}

impl Card {
    pub fn of(card: listings::Card, frame: &Frame) -> Option<Self> {
        let kind = kind_of(frame, card.kind)?;
        let language = card.language.as_str();
        Some(Self {
            href: paths::news(&card.slug),
            kind: KindLabel::of(kind),
            title: card.title,
            summary: card.summary,
            language: language.to_owned(),
            direction: card.language.direction().to_owned(),
            published: dates::day_and_time(card.published_at, &frame.room.zone, "en"),
            updated: card
                .updated_at
                .map(|updated| dates::day(updated, &frame.room.zone, "en")),
            photo: card
                .lead
                .map(|(lead, image)| Gallery::Public.cut(&image, Ratio::Card, lead.focus)),
            graphic: graphic(kind),
        })
    }

    /// Every card of a list whose kind the room knows, which is every card.
    pub fn all(cards: Vec<listings::Card>, frame: &Frame) -> Vec<Self> {
        cards
            .into_iter()
            .filter_map(|card| Self::of(card, frame))
            .collect()
    }

    /// Says of the first photo of the cards that it is the first picture of their page.
    pub fn begin_the_page(cards: &mut [Self]) {
        if let Some(photo) = cards.iter_mut().find_map(|card| card.photo.as_mut()) {
            photo.first = true;
        }
    }
}

pub fn graphic(kind: &Kind) -> Graphic {
    Graphic {
        words: kind.name.clone(),
        look: format!("{} {}", kind.graphic.as_str(), hue(kind))
            .trim_end()
            .to_owned(),
    }
}

/// Classes and not a style, as for the focal point.
pub fn hue(kind: &Kind) -> String {
    kind.colour.map(assets::hue).unwrap_or_default()
}

/// How wide and high pictures stand at most that are shown whole, on top and in a body, in rem (figure.css,
/// prose.css).
const WHOLE_BOX: (u32, u32) = (58, 46);
const BODY_BOX: (u32, u32) = (38, 46);

/// The lead picture with everything that stands under it.
pub struct FigureView {
    pub photo: Photo,
    pub wide: bool,
    pub caption: String,
    /// Says how old the photo is, where readers would take it for a new one.
    pub file_photo: String,
    pub credit: String,
    pub terms: String,
    pub full_size: Option<Link>,
}

impl FigureView {
    pub fn of(lead: Lead, image: &ShownImage, (gallery, published): (Gallery<'_>, Date)) -> Self {
        let wide = lead.shape == crate::newsroom::Shape::Wide;
        let photo = if wide {
            gallery.cut(image, Ratio::Head, lead.focus)
        } else {
            Photo {
                tone: tone_within(image, WHOLE_BOX),
                ..gallery.photo(image, lead.focus)
            }
        };
        Self {
            photo: Photo {
                first: true,
                ..photo
            },
            wide,
            caption: image.caption.clone(),
            file_photo: file_photo(image, published),
            credit: image.credit.clone(),
            terms: image.terms.clone(),
            full_size: gallery.full_size(image),
        }
    }

    /// Whether anything stands under the picture.
    pub fn has_words(&self) -> bool {
        let texts = [&self.caption, &self.file_photo, &self.credit, &self.terms];
        self.full_size.is_some() || texts.iter().any(|text| !text.is_empty())
    }
}

/// `File photo, May 2017` beside a story that was published on that day; else empty.
pub(super) fn file_photo(image: &ShownImage, published: Date) -> String {
    match image.taken_on {
        Some(day) if is_file_photo(day, published) => {
            let day = day.date();
            format!(
                "File photo, {}",
                dates::month(day.year(), day.month(), "en")
            )
        }
        Some(_) | None => String::new(),
    }
}

/// The images that a body may place, by their number.
pub struct BodyImages<'a> {
    pub images: &'a [ShownImage],
    pub gallery: Gallery<'a>,
    /// The day, in the room's zone, on which the story first came out.
    pub published: Date,
    /// Whether no picture of the page stands above the text.
    pub begin_the_page: bool,
}

impl markdown::Figures for BodyImages<'_> {
    fn begin_the_page(&self) -> bool {
        self.begin_the_page
    }

    fn figure(&self, number: i64) -> Option<markdown::Figure> {
        let image = self
            .images
            .iter()
            .find(|image| image.id == ImageId::new(number))?;
        Some(markdown::Figure {
            src: self.gallery.plain(image, None),
            srcset_avif: self.gallery.avif(image, None),
            srcset_webp: self.gallery.srcset(image, None, RenditionFormat::Webp),
            srcset_jpeg: self.gallery.srcset(image, None, RenditionFormat::Jpeg),
            tone: tone_within(image, BODY_BOX),
            width: image.width,
            height: image.height,
            alt: image.alt.clone(),
            caption: image.caption.clone(),
            file_photo: file_photo(image, self.published),
            credit: image.credit.clone(),
            terms: image.terms.clone(),
            full_size: self
                .gallery
                .full_size(image)
                .map(|link| (link.href, link.label)),
        })
    }
}

/// A date that readers of English read, in the room's zone.
pub fn date(instant: Instant, frame: &Frame) -> DateWords {
    dates::day_and_time(instant, &frame.room.zone, "en")
}
