//! Share cards: a few words and one drawing as a picture of 1,200 × 630 pixels, in every script that
//! there is a face for. Words become outlines before they reach the drawing, so none of them is markup.

mod faces;
mod lines;
mod sheet;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageError};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, ImageHrefResolver, Options, Tree};

pub use faces::Faces;

pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

/// What stands on a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    /// Above the title, with its drawing; may be empty.
    pub label: String,
    /// The inner marks of a drawing of ours on a field of 24 × 24; never somebody's words.
    pub icon: String,
    pub title: String,
    /// Below the title.
    pub foot: String,
    /// The BCP 47 tag of the title, and whether it is written from right to left.
    pub language: String,
    pub leftwards: bool,
    pub colours: Colours,
}

/// Each as `#ffe600`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Colours {
    pub paper: String,
    pub ink: String,
    /// Behind the label, and its words there.
    pub mark: Option<(String, String)>,
    /// A bar at the lower edge.
    pub edge: Option<String>,
}

/// Why a card could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum GraphicError {
    #[error("the drawing cannot be read")]
    Drawing(#[from] usvg::Error),
    #[error("there is no place for the picture")]
    Size,
    #[error("the drawing broke down")]
    Panicked,
    #[error("the PNG encoder failed")]
    Png(#[from] ImageError),
}

impl Card {
    /// The card as a PNG; the same card is the same bytes. A letter that no face holds is left out.
    pub fn png(&self, faces: &Faces) -> Result<Vec<u8>, GraphicError> {
        let tree = Tree::from_str(&sheet::svg(self, faces), &options())?;
        let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or(GraphicError::Size)?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        // The paper covers everything, so no pixel lets another one through.
        let colours: Vec<u8> = pixels
            .data()
            .chunks_exact(4)
            .filter_map(|pixel| pixel.first_chunk::<3>())
            .flatten()
            .copied()
            .collect();
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive)
            .write_image(&colours, WIDTH, HEIGHT, ExtendedColorType::Rgb8)?;
        Ok(png)
    }
}

/// A drawing that opens nothing, whatever it names.
fn options() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}
