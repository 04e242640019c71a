//! How an image of the body stands on the page: as a figure with its words, or small in a line.

use super::links::push_escaped;

/// The widths a body image is shown at: the column on wide screens, nearly all of narrow ones.
const SIZES: &str = "(min-width: 42rem) 38rem, calc(100vw - 2rem)";

/// An image of the library in finished words and addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub src: String,
    pub srcset_webp: String,
    pub srcset_jpeg: String,
    /// In pixels, as the image stands in the library.
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub caption: String,
    pub credit: String,
    pub terms: String,
}

/// Knows how to show the images that a text places by their number.
pub trait Figures {
    /// `None` where no such image is to be shown.
    fn figure(&self, image: i64) -> Option<Figure>;
}

impl Figure {
    /// The figure with the words of this one use of it, where the text gives any.
    pub(super) fn told_as(mut self, alt: String, caption: &str) -> Self {
        if !alt.is_empty() {
            self.alt = alt;
        }
        if !caption.is_empty() {
            caption.clone_into(&mut self.caption);
        }
        self
    }

    pub(super) fn push_whole(&self, out: &mut String) {
        out.push_str("<figure><picture>");
        push_source(out, "image/webp", &self.srcset_webp);
        self.push_image(out);
        out.push_str("</picture>");
        self.push_words(out);
        out.push_str("</figure>\n");
    }

    /// The image alone, for the middle of a line.
    pub(super) fn push_image(&self, out: &mut String) {
        out.push_str("<img");
        push_attribute(out, "src", &self.src);
        if !self.srcset_jpeg.is_empty() {
            push_attribute(out, "srcset", &self.srcset_jpeg);
            push_attribute(out, "sizes", SIZES);
        }
        push_attribute(out, "alt", &self.alt);
        push_attribute(out, "width", &self.width.to_string());
        push_attribute(out, "height", &self.height.to_string());
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn push_words(&self, out: &mut String) {
        let credit = sentence(&self.credit, &self.terms);
        if self.caption.is_empty() && credit.is_empty() {
            return;
        }
        out.push_str("<figcaption dir=\"auto\">");
        push_escaped(out, &self.caption);
        if !credit.is_empty() {
            let gap = if self.caption.is_empty() { "" } else { " " };
            out.push_str(gap);
            out.push_str("<span class=\"credit\" dir=\"auto\">");
            push_escaped(out, &credit);
            out.push_str("</span>");
        }
        out.push_str("</figcaption>");
    }
}

fn push_source(out: &mut String, format: &str, srcset: &str) {
    if srcset.is_empty() {
        return;
    }
    out.push_str("<source");
    push_attribute(out, "type", format);
    push_attribute(out, "srcset", srcset);
    push_attribute(out, "sizes", SIZES);
    out.push('>');
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value);
    out.push('"');
}

/// Credit and terms in a row, the credit with a full stop where terms follow.
fn sentence(credit: &str, terms: &str) -> String {
    match (credit.trim_end_matches('.'), terms) {
        ("", terms) => terms.to_owned(),
        (_, "") => credit.to_owned(),
        (credit, terms) => format!("{credit}. {terms}"),
    }
}
