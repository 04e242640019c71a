//! The files below an item's text, as finished words.

use super::item::Story;
use super::view::Gallery;
use crate::media::{ByteCount, PageCount, PageName, RenditionFormat};
use crate::storage::AttachedFile;

/// One file: what it is, before anybody fetches it, and whom to ask who cannot read it.
pub struct FileView {
    pub href: String,
    pub title: String,
    pub language: String,
    pub direction: String,
    /// `PDF, English, 24 pages, 1.2 MB`
    pub facts: String,
    pub contact: String,
    pub page: Option<PageView>,
}

/// The picture of a file's first page, for plain screens and for those with twice as many pixels.
pub struct PageView {
    pub src: String,
    pub webp: String,
    pub jpeg: String,
    pub width: u32,
    pub height: u32,
}

impl PageView {
    /// Of a page so high, whose copies have these addresses.
    pub(crate) fn new(height: u32, address: impl Fn(PageName) -> String) -> Self {
        let named = |width, format| address(PageName { width, format });
        let set = |format| {
            let [plain, twice] = PageName::WIDTHS.map(|width| named(width, format));
            format!("{plain} 1x, {twice} 2x")
        };
        Self {
            src: named(PageName::SMALLEST, RenditionFormat::Jpeg),
            webp: set(RenditionFormat::Webp),
            jpeg: set(RenditionFormat::Jpeg),
            width: PageName::SMALLEST,
            height,
        }
    }

    fn of(gallery: Gallery<'_>, file: &AttachedFile) -> Option<Self> {
        let height = file.page_height?;
        Some(Self::new(height, |name| gallery.first_page(file, name)))
    }
}

impl FileView {
    pub(super) fn all(story: &Story<'_>) -> Vec<Self> {
        let desk = press_desk(story);
        let files = story.around.files.iter();
        files.map(|file| Self::of(story, file, &desk)).collect()
    }

    fn of(story: &Story<'_>, file: &AttachedFile, desk: &str) -> Self {
        let contact = if file.contact.is_empty() {
            desk
        } else {
            &file.contact
        };
        Self {
            href: story.gallery.file(file),
            title: title(file),
            language: file.language.as_str().to_owned(),
            direction: file.language.direction().to_owned(),
            facts: facts(file),
            contact: contact.to_owned(),
            page: PageView::of(story.gallery, file),
        }
    }
}

/// Only a draft has a file without a title.
fn title(file: &AttachedFile) -> String {
    if file.title.is_empty() {
        format!("File {}", file.id)
    } else {
        file.title.clone()
    }
}

pub(super) fn facts(file: &AttachedFile) -> String {
    let pages = file.pages.map(|pages| PageCount(pages).to_string());
    let facts = [
        Some(file.format.name().to_owned()),
        Some(file.language.name().to_owned()),
        pages,
        Some(ByteCount(file.byte_count).to_string()),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The item's first contact, else the room's.
fn press_desk(story: &Story<'_>) -> String {
    let all = &story.frame.room.contacts;
    let own = story.revision.wording.contacts.first();
    let own = own.and_then(|key| all.iter().find(|contact| contact.key == *key));
    let Some(contact) = own.or_else(|| all.first()) else {
        return String::new();
    };
    let said = [&contact.name, &contact.mail].into_iter();
    let said = said.filter(|words| !words.is_empty());
    said.cloned().collect::<Vec<_>>().join(", ")
}
