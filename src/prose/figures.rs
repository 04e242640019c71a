//! How an image of the body stands on the page: as a figure with its words, or small in a line.

use super::links::push_escaped;

/// The widths a body image is shown at, alone or beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Column,
    Gallery,
}

impl Room {
    /// The column on wide screens, nearly all of narrow ones; in a gallery, half of the column.
    const fn sizes(self) -> &'static str {
        match self {
            Self::Column => "(min-width: 42rem) 38rem, calc(100vw - 2rem)",
            Self::Gallery => "(min-width: 42rem) 19rem, calc(100vw - 2rem)",
        }
    }
}

/// An image of the library in finished words and addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub src: String,
    /// Empty as long as it is not made.
    pub srcset_avif: String,
    pub srcset_webp: String,
    pub srcset_jpeg: String,
    /// In pixels, as the image stands in the library.
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub caption: String,
    /// How old the photo is, where readers would take it for a new one.
    pub file_photo: String,
    pub credit: String,
    pub terms: String,
    /// Address and words of the download for journalists, where there is one.
    pub full_size: Option<(String, String)>,
    /// Classes of the colours that stand in until the picture has come.
    pub tone: String,
}

/// Knows how to show the images that a text places by their number.
pub trait Figures {
    /// `None` where no such image is to be shown.
    fn figure(&self, image: i64) -> Option<Figure>;

    /// Whether no picture of the page stands above the text.
    fn begin_the_page(&self) -> bool;

    /// Where an address of the room is found by whoever reads the text.
    fn in_the_room(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// When a browser asks for a picture: the first of a page at once, the others when they come near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    AtOnce,
    WhenNear,
}

impl Asked {
    const fn attributes(self) -> &'static str {
        match self {
            Self::AtOnce => " fetchpriority=\"high\">",
            Self::WhenNear => " loading=\"lazy\" decoding=\"async\">",
        }
    }
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

    pub(super) fn push_whole(&self, out: &mut String, asked: Asked, room: Room) {
        out.push_str("<figure><picture>");
        push_source(out, ("image/avif", &self.srcset_avif), room);
        push_source(out, ("image/webp", &self.srcset_webp), room);
        self.push_image(out, asked, room);
        out.push_str("</picture>");
        self.push_words(out);
        out.push_str("</figure>\n");
    }

    /// The image alone, for the middle of a line.
    pub(super) fn push_image(&self, out: &mut String, asked: Asked, room: Room) {
        out.push_str("<img");
        if !self.tone.is_empty() {
            push_attribute(out, "class", &self.tone);
        }
        push_attribute(out, "src", &self.src);
        if !self.srcset_jpeg.is_empty() {
            push_attribute(out, "srcset", &self.srcset_jpeg);
            push_attribute(out, "sizes", room.sizes());
        }
        push_attribute(out, "alt", &self.alt);
        push_attribute(out, "width", &self.width.to_string());
        push_attribute(out, "height", &self.height.to_string());
        out.push_str(asked.attributes());
    }

    fn push_words(&self, out: &mut String) {
        let credit = sentence(&self.credit, &self.terms);
        if self.full_size.is_none()
            && self.caption.is_empty()
            && self.file_photo.is_empty()
            && credit.is_empty()
        {
            return;
        }
        out.push_str("<figcaption dir=\"auto\">");
        push_escaped(out, &self.caption);
        push_span(out, "file-photo", &self.file_photo);
        push_span(out, "credit", &credit);
        if let Some((address, words)) = &self.full_size {
            push_gap(out);
            out.push_str("<a class=\"full-size\" dir=\"auto\" download");
            push_attribute(out, "href", address);
            out.push('>');
            push_escaped(out, words);
            out.push_str("</a>");
        }
        out.push_str("</figcaption>");
    }
}

fn push_span(out: &mut String, class: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    push_gap(out);
    out.push_str("<span");
    push_attribute(out, "class", class);
    push_attribute(out, "dir", "auto");
    out.push('>');
    push_escaped(out, words);
    out.push_str("</span>");
}

/// A space where words or a mark stand in front, for whoever reads without our style.
fn push_gap(out: &mut String) {
    if !out.ends_with("<figcaption dir=\"auto\">") {
        out.push(' ');
    }
}

fn push_source(out: &mut String, (format, srcset): (&str, &str), room: Room) {
    if srcset.is_empty() {
        return;
    }
    out.push_str("<source");
    push_attribute(out, "type", format);
    push_attribute(out, "srcset", srcset);
    push_attribute(out, "sizes", room.sizes());
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::prose::markdown::tests::html;
    use crate::prose::markdown::{images_in, places_of_images, to_html};

    /// With pictures up to the twelfth; says whether the text is the first that may show any.
    pub(in crate::prose) struct Library {
        begins: bool,
    }

    pub(in crate::prose) const BELOW: Library = Library { begins: false };

    impl Figures for Library {
        fn begin_the_page(&self) -> bool {
            self.begins
        }

        fn figure(&self, image: i64) -> Option<Figure> {
            (image <= 12).then(|| Figure {
                src: format!("/images/{image}/960.jpg"),
                srcset_avif: String::new(),
                srcset_webp: format!("/images/{image}/320.webp 320w"),
                srcset_jpeg: format!("/images/{image}/320.jpg 320w"),
                width: 1200,
                height: 800,
                alt: "A \"boat\" <at> sea".to_owned(),
                caption: "The boat & its crew".to_owned(),
                file_photo: if image == 12 {
                    "File photo, May 2017"
                } else {
                    ""
                }
                .to_owned(),
                credit: "Ann Osei/Dateline".to_owned(),
                terms: "Free to use".to_owned(),
                full_size: (image == 12)
                    .then(|| ("/images/12/full.jpg".to_owned(), "Full size".to_owned())),
                tone: String::new(),
            })
        }
    }

    #[test]
    fn an_image_alone_is_a_figure_with_all_its_words() {
        assert_eq!(
            html("![](image:12)"),
            "<figure><picture><source type=\"image/webp\" srcset=\"/images/12/320.webp 320w\" \
             sizes=\"(min-width: 42rem) 38rem, calc(100vw - 2rem)\">\
             <img src=\"/images/12/960.jpg\" srcset=\"/images/12/320.jpg 320w\" \
             sizes=\"(min-width: 42rem) 38rem, calc(100vw - 2rem)\" \
             alt=\"A &quot;boat&quot; &lt;at&gt; sea\" width=\"1200\" height=\"800\" \
             loading=\"lazy\" decoding=\"async\"></picture>\
             <figcaption dir=\"auto\">The boat &amp; its crew <span class=\"file-photo\" dir=\"auto\">\
             File photo, May 2017</span> <span class=\"credit\" dir=\"auto\">\
             Ann Osei/Dateline. Free to use</span> <a class=\"full-size\" dir=\"auto\" download \
             href=\"/images/12/full.jpg\">Full size</a></figcaption></figure>\n"
        );
    }

    #[test]
    fn several_images_of_one_paragraph_are_a_gallery_each_with_all_its_words() {
        for source in ["![](image:1)\n![](image:12)", "![](image:1) ![](image:12)"] {
            let written = html(source);
            let inside = written
                .strip_prefix("<div class=\"gallery\">\n<figure>")
                .and_then(|rest| rest.strip_suffix("</figure>\n</div>\n"));
            let inside = inside.unwrap_or_else(|| panic!("{written}"));
            assert_eq!(inside.matches("<figure>").count(), 1, "{inside}");
            assert_eq!(inside.matches("<figcaption").count(), 2, "{inside}");
            assert_eq!(inside.matches("class=\"credit\"").count(), 2, "{inside}");
            assert_eq!(inside.matches("19rem").count(), 4, "{inside}");
        }
    }

    #[test]
    fn a_gallery_ends_with_its_paragraph_and_never_holds_one_picture_or_words() {
        let then = html("![](image:1)\n![](image:2)\n\nThe end");
        assert!(
            then.ends_with("</div>\n<p dir=\"auto\">The end</p>\n"),
            "{then}"
        );
        for alone in [
            "![](image:1)\n![x](image:13)",
            "![](image:1)\n\n![](image:2)",
            "![](image:1)\n![](image:2) at sea",
        ] {
            assert!(!html(alone).contains("gallery"), "{alone}");
        }
    }

    #[test]
    fn a_use_of_an_image_may_have_words_of_its_own() {
        let written = html("![At *sea* \"now\"](image:1 \"Off <b>Sarrin</b>\")");
        assert!(
            written.contains("alt=\"At sea &quot;now&quot;\""),
            "{written}"
        );
        assert!(written.contains("<figcaption dir=\"auto\">Off &lt;b&gt;Sarrin&lt;/b&gt; <span"));
    }

    #[test]
    fn an_image_in_a_line_stays_in_its_line() {
        let written = html("See ![x](image:1) here");
        assert!(written.starts_with("<p dir=\"auto\">See <img src=\"/images/1/960.jpg\""));
        assert!(!written.contains("<figure>"), "{written}");
    }

    #[test]
    fn the_first_picture_of_a_page_is_asked_for_at_once_however_it_stands() {
        let first = |source: &str| {
            let html = to_html(source, &Library { begins: true });
            let all: Vec<_> = html.as_str().split("<img").skip(1).collect();
            let at_once = |tag: &&str| tag.contains("fetchpriority=\"high\">");
            assert!(all.iter().all(|tag| at_once(tag) != tag.contains("lazy")));
            let at_once = all.iter().filter(|tag| at_once(tag)).count();
            assert_eq!(html.has_pictures(), !all.is_empty(), "{source}");
            (at_once, all.len())
        };
        assert_eq!(first("![](image:1)\n\n![](image:2)"), (1, 2));
        assert_eq!(first("![](image:1) ![](image:2)"), (1, 2));
        assert_eq!(first("In ![](image:1) a line\n\n![](image:1)"), (1, 2));
        assert_eq!(first("![](image:13)\n\n![](image:2)"), (1, 1));
        assert_eq!(first("![](image:13)"), (0, 0));
        assert!(!html("![](image:1)").contains("fetchpriority"));
    }

    #[test]
    fn an_unknown_image_leaves_nothing_behind() {
        assert_eq!(html("![x](image:13)"), "");
        assert_eq!(html("a ![x](image:13) b"), "<p dir=\"auto\">a  b</p>\n");
    }

    #[test]
    fn an_image_from_elsewhere_is_never_loaded() {
        assert_eq!(
            html("![boat](https://x.example/a.png)"),
            "<p dir=\"auto\"><a href=\"https://x.example/a.png\" rel=\"noopener\">boat</a></p>\n"
        );
        assert_eq!(
            html("![boat](data:image/png;base64,AAAA)"),
            "<p dir=\"auto\">boat</p>\n"
        );
        let nested = html("[![boat](https://x.example/a.png)](https://y.example)");
        assert_eq!(nested.matches("<a ").count(), 1, "{nested}");
    }

    #[test]
    fn images_are_counted_in_order_each_once() {
        let source = "![](image:7)\n\na ![x](image:2 \"y\") ![](image:7) ![](http://x/image:9) `![](image:8)`";
        assert_eq!(images_in(source), [7, 2]);
        assert_eq!(places_of_images(source), 3);
    }
}
