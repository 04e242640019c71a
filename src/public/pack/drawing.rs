//! Pictures of a document for word processors (ECMA-376, part 1, 20 and 21): stored copies, which are made of
//! pixels alone.

use super::Photo;
use super::watch::Watch;
use crate::clock::Instant;
use crate::media::{CopyName, RenditionFormat, rendition};
use crate::storage::ReadTx;
use crate::storage::images::ShownImage;
use crate::storage::renditions::public_piece;
use crate::web::Problem;

/// A copy that stands in the document, and how many bytes it had when the pack was begun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Small {
    name: CopyName,
    bytes: usize,
}

impl Small {
    /// Sharp on paper; where there are many pictures, sharp enough on a screen. Nothing as long as there is
    /// no copy.
    pub(super) fn of(
        tx: &mut ReadTx<'_>,
        image: &ShownImage,
        (pictures, now): (usize, Instant),
    ) -> Result<Option<Self>, Problem> {
        const MANY: usize = 12;
        let widest = if pictures > MANY { 640 } else { 1280 };
        let widths = rendition::widths(image.width);
        let fitting = widths.iter().filter(|width| **width <= widest).max();
        let Some(width) = fitting.or(widths.first()) else {
            return Ok(None);
        };
        let name = CopyName::whole(*width, RenditionFormat::Jpeg);
        let piece = public_piece(tx, &image.hash, name, (0, 0), now)?;
        Ok(piece.map(|piece| Self {
            name,
            bytes: piece.of,
        }))
    }
}

/// A picture of a document, once however often it stands there.
pub(super) struct Inside {
    image: ShownImage,
    small: Small,
}

impl Inside {
    pub(super) fn of(photo: &Photo) -> Option<Self> {
        Some(Self {
            image: photo.image.clone(),
            small: photo.small?,
        })
    }

    pub(super) fn is(&self, photo: &Photo) -> bool {
        self.image.id == photo.image.id
    }

    /// Names its bytes.
    pub(super) fn tag(&self) -> String {
        format!("{} {:?}", self.image.hash, self.small)
    }

    /// While readers may have it, and as long as no other copy has come in its place.
    pub(super) async fn bytes(&self, watch: &Watch) -> Result<Vec<u8>, Problem> {
        let (hash, small) = (self.image.hash.clone(), self.small);
        watch
            .ask(move |tx, now| {
                let piece = public_piece(tx, &hash, small.name, (0, small.bytes), now)?;
                let piece = piece.filter(|piece| piece.of == small.bytes);
                Ok(piece.map(|piece| piece.bytes))
            })
            .await
    }
}

/// The picture of that number in the document, in its place in the line. `id` is no other drawing's.
pub(super) fn drawing(
    (number, id): (usize, usize),
    image: &ShownImage,
    [name, alt]: [&str; 2],
) -> String {
    let (width, height) = extent(image);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{alt}\"/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
         </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// Width and height on paper, in 360,000ths of a centimetre: as wide as the text where the picture has that
/// many pixels, and no higher than half a page.
fn extent(image: &ShownImage) -> (u64, u64) {
    const TEXT: u64 = 5_731_200;
    const TALLEST: u64 = 4_680_000;
    const PIXEL: u64 = 9_525;
    let (across, down) = (
        u64::from(image.width.max(1)),
        u64::from(image.height.max(1)),
    );
    let width = TEXT.min(across * PIXEL).min(TALLEST * across / down);
    (width.max(1), (width * down / across).max(1))
}
