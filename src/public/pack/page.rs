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
    files: &'a [PackedFile],
}

pub(super) fn html(
    story: &Story<'_>,
    item: &ItemPage,
    (photos, files): (&[Photo], &[PackedFile]),
) -> Result<String, Problem> {
    let wording = &story.revision.wording;
    let beside = Beside { photos };
    let page = PackPage {
        item,
        lead: wording
            .lead
            .and_then(|lead| beside.figure(lead.image.get())),
        body: markdown::to_html(wording.body.as_str(), &beside),
        notes: markdown::to_html_named("notes", wording.notes.as_str(), &beside),
        files,
    };
    Ok(page.render()?)
}

/// The photos of the pack, by their files.
struct Beside<'a> {
    photos: &'a [Photo],
}

impl Figures for Beside<'_> {
    fn begin_the_page(&self) -> bool {
        false
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
            file_photo: String::new(),
            credit: image.credit.clone(),
            terms: image.terms.clone(),
            full_size: None,
            tone: String::new(),
        })
    }
}
