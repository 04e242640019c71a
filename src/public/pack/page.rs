//! The item as one HTML file that needs nothing but the photos beside it.

use askama::Template;

use super::Photo;
use super::files::PackedFile;
use crate::prose::markdown::{self, Figure, Figures, Html};
use crate::public::item::{ItemPage, Story};
use crate::web::Problem;

#[derive(Template)]
#[template(path = "public/pack.html")]
struct PackPage<'a> {
    item: &'a ItemPage,
    lead: Option<Figure>,
    body: Html,
    notes: Html,
    about: Html,
    files: &'a [PackedFile],
}

pub(super) fn html(
    story: &Story<'_>,
    item: &ItemPage,
    (photos, files): (&[Photo], &[PackedFile]),
) -> Result<String, Problem> {
    let wording = &story.revision.wording;
    let root = story.address.0.as_str();
    let beside = Beside { photos, root };
    let page = PackPage {
        item,
        lead: wording
            .lead
            .and_then(|lead| beside.figure(lead.image.get())),
        body: markdown::to_html(wording.body.as_str(), &beside),
        notes: markdown::to_html_named("notes", wording.notes.as_str(), &beside),
        about: story
            .about_words()
            .map(|words| markdown::to_html_named("about", words, &Beside { photos: &[], root }))
            .unwrap_or_default(),
        files,
    };
    Ok(page.render()?)
}

/// The photos of the pack, by their files; the rest of the room is where it always is.
struct Beside<'a> {
    photos: &'a [Photo],
    root: &'a str,
}

impl Figures for Beside<'_> {
    fn begin_the_page(&self) -> bool {
        false
    }

    fn in_the_room(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    fn figure(&self, number: i64) -> Option<Figure> {
        let is_it = |photo: &&Photo| photo.image.id.get() == number;
        let photo = self.photos.iter().find(is_it)?;
        let image = &photo.image;
        Some(Figure {
            src: format!("photos/{}", photo.file),
            srcset_avif: String::new(),
            srcset_webp: String::new(),
            srcset_jpeg: String::new(),
            width: image.width,
            height: image.height,
            alt: image.alt.clone(),
            caption: image.caption.clone(),
            file_photo: photo.age.clone(),
            credit: image.credit.clone(),
            terms: image.terms.clone(),
            full_size: None,
            tone: String::new(),
        })
    }
}
