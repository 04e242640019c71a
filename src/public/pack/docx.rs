//! The item as a document for word processors: Office Open XML (ECMA-376), of which words, looks and
//! links need a dozen elements, and pictures as many.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use actix_web::web::Bytes;
use jiff::Zoned;
use unicode_bidi::{BidiClass, bidi_class};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Photo;
use super::drawing::{Inside, drawing};
use super::packing::told;
use super::sheets;
use super::watch::Watch;
use crate::prose::blocks::{Block, Look, Part, Run, Style, parts};
use crate::public::item::{ItemPage, Story};
use crate::web::Problem;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = include_str!("docx_types.xml");
const RELATIONS: &str = include_str!("docx_relations.xml");
const STYLES: &str = include_str!("docx_styles.xml");
/// A4 with an inch round it.
const PAGE: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" \
     w:bottom=\"1440\" w:left=\"1440\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";

/// The document without the bytes of its pictures, which are read when it is packed.
pub(super) struct Docx {
    pub name: String,
    parts: Vec<(&'static str, String)>,
    pictures: Vec<Inside>,
    made_at: Zoned,
}

impl Docx {
    pub(super) fn of(
        (story, item): (&Story<'_>, &ItemPage),
        photos: &[Photo],
        made_at: &Zoned,
    ) -> Self {
        let document = document(story, item, photos);
        let language = escaped(&item.language);
        Self {
            name: format!("{}.docx", story.revision.wording.slug.as_str()),
            parts: vec![
                ("[Content_Types].xml", TYPES.to_owned()),
                ("_rels/.rels", RELATIONS.to_owned()),
                ("docProps/core.xml", properties(item, made_at)),
                ("word/document.xml", document.xml()),
                ("word/_rels/document.xml.rels", document.relations()),
                ("word/styles.xml", STYLES.replace("LANGUAGE", &language)),
            ],
            pictures: document.pictures,
            made_at: made_at.clone(),
        }
    }

    /// Names its bytes: they are the same for the same words and pictures.
    pub(super) fn tag(&self) -> String {
        let pictures: Vec<String> = self.pictures.iter().map(Inside::tag).collect();
        format!("{:?} {pictures:?}", self.parts)
    }

    /// The whole document, for whoever may have its pictures.
    pub(super) async fn bytes(&self, watch: &Watch) -> Result<Bytes, Problem> {
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for (name, xml) in &self.parts {
            parts.push(((*name).to_owned(), xml.clone().into_bytes()));
        }
        for (number, picture) in (1..).zip(&self.pictures) {
            let name = format!("word/media/picture{number}.jpg");
            parts.push((name, picture.bytes(watch).await?));
        }
        let zipped = zipped(&parts, &self.made_at).map_err(Problem::broken)?;
        Ok(zipped.into())
    }
}

fn zipped(parts: &[(String, Vec<u8>)], made_at: &Zoned) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Pictures are packed already, and nobody minds a few kilobytes of words.
    let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    if let Some(at) = told(made_at) {
        options = options.last_modified_time(at);
    }
    for (name, content) in parts {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Words and pictures in the order of the page, with the room's own in English.
fn document(story: &Story<'_>, item: &ItemPage, photos: &[Photo]) -> Document {
    let wording = &story.revision.wording;
    let mut document = Document::default();
    let right_to_left = item.direction == "rtl";
    let mut head = sheets::head(item, &item.title).into_iter();
    document.plain(&head.next().unwrap_or_default());
    document.right_to_left = right_to_left;
    for words in head {
        let style = if words == item.title {
            "Title"
        } else {
            "Normal"
        };
        document.paragraph(style, 0, &[plain(&words)]);
    }
    if let Some(photo) = sheets::lead(story, photos) {
        document.picture(photo, ["", ""]);
    }
    document.parts(&parts(wording.body.as_str()), photos);
    for (heading, words) in sheets::behind(story, item) {
        document.paragraph("Heading2", 0, &[plain(&heading)]);
        document.parts(&parts(&words), photos);
    }
    document.right_to_left = false;
    for words in sheets::contacts(item).trim().split("\n\n") {
        document.plain(words);
    }
    document.plain(&sheets::version(item));
    document
}

fn plain(words: &str) -> Run {
    Run {
        words: words.to_owned(),
        ..Run::default()
    }
}

/// The paragraphs of a document as they are written, where its links lead, and its pictures.
#[derive(Default)]
struct Document {
    body: String,
    addresses: Vec<String>,
    pictures: Vec<Inside>,
    drawn: usize,
    right_to_left: bool,
}

impl Document {
    fn plain(&mut self, words: &str) {
        self.paragraph("Normal", 0, &[plain(words)]);
    }

    fn parts(&mut self, parts: &[Part], photos: &[Photo]) {
        for part in parts {
            match part {
                Part::Block(block) => self.block(block),
                Part::Picture(placed) => {
                    if let Some(photo) = sheets::photo(photos, placed.number) {
                        self.picture(photo, [&placed.alt, &placed.caption]);
                    }
                }
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let style = match block.style {
            // The title is the only heading of the first rank.
            Style::Heading(1 | 2) => "Heading2",
            Style::Heading(_) => "Heading3",
            Style::Text => "Normal",
            Style::Quote => "Quote",
            Style::Code => "Code",
        };
        self.paragraph(style, block.depth, &block.runs);
    }

    /// A picture with what is said of it below; the words of this one use of it go before the library's.
    fn picture(&mut self, photo: &Photo, [alt, caption]: [&str; 2]) {
        if let Some(inside) = Inside::of(photo) {
            let known = self.pictures.iter().position(|known| known.is(photo));
            let number = known.unwrap_or(self.pictures.len()) + 1;
            if known.is_none() {
                self.pictures.push(inside);
            }
            self.drawn += 1;
            let alt = if alt.is_empty() {
                photo.image.alt.as_str()
            } else {
                alt
            };
            let words = [escaped(&photo.file), escaped(alt)];
            let place = (number, self.drawn);
            let drawing = drawing(place, &photo.image, words.each_ref().map(String::as_str));
            let direction = if self.right_to_left { "<w:bidi/>" } else { "" };
            self.push(&format!(
                "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/>{direction}</w:pPr>{drawing}</w:p>\n"
            ));
        }
        self.below(&sheets::below(photo, caption));
    }

    /// Each line in its own direction: the words of a picture are in no item's language.
    fn below(&mut self, lines: &[String]) {
        let of_the_text = self.right_to_left;
        for (left, words) in (0..lines.len()).rev().zip(lines) {
            let style = if left == 0 { "CaptionEnd" } else { "Caption" };
            self.right_to_left = runs_leftwards(words).unwrap_or(of_the_text);
            self.paragraph(style, 0, &[plain(words)]);
        }
        self.right_to_left = of_the_text;
    }

    /// Each list pushes its items in by a quarter of an inch, which is 360 twentieths of a point.
    fn paragraph(&mut self, style: &str, depth: usize, runs: &[Run]) {
        if runs.iter().all(|run| run.words.is_empty()) {
            return;
        }
        let direction = if self.right_to_left { "<w:bidi/>" } else { "" };
        self.push(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{direction}"
        ));
        if depth > 0 {
            self.push(&format!("<w:ind w:left=\"{}\"/>", depth * 360));
        }
        self.push("</w:pPr>");
        for run in runs {
            self.run(run);
        }
        self.push("</w:p>\n");
    }

    fn run(&mut self, run: &Run) {
        let looks = looks(run.look, self.right_to_left, run.address.is_some());
        let words = words(&run.words);
        let written = format!("<w:r>{looks}{words}</w:r>");
        match &run.address {
            None => self.push(&written),
            Some(address) => {
                self.addresses.push(address.clone());
                let number = self.addresses.len();
                self.push(&format!(
                    "<w:hyperlink r:id=\"link{number}\">{written}</w:hyperlink>"
                ));
            }
        }
    }

    fn push(&mut self, xml: &str) {
        self.body.push_str(xml);
    }

    fn xml(&self) -> String {
        format!(
            "{DECLARATION}<w:document \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">\
             <w:body>\n{}{PAGE}</w:body></w:document>\n",
            self.body
        )
    }

    fn relations(&self) -> String {
        const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut out = format!(
            "{DECLARATION}<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"styles\" Type=\"{KIND}/styles\" Target=\"styles.xml\"/>"
        );
        for (number, address) in (1..).zip(&self.addresses) {
            let address = escaped(address);
            // Writing to a text does not fail.
            let _written = write!(
                out,
                "<Relationship Id=\"link{number}\" Type=\"{KIND}/hyperlink\" \
                 Target=\"{address}\" TargetMode=\"External\"/>"
            );
        }
        for number in 1..=self.pictures.len() {
            let _written = write!(
                out,
                "<Relationship Id=\"picture{number}\" Type=\"{KIND}/image\" \
                 Target=\"media/picture{number}.jpg\"/>"
            );
        }
        out.push_str("</Relationships>\n");
        out
    }
}

fn looks(look: Look, right_to_left: bool, is_link: bool) -> String {
    let mut looks = String::new();
    if is_link {
        looks.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
    }
    // Scripts of both directions look at elements of their own for the same look.
    for (is_so, element) in [
        (look.strong, "<w:b/><w:bCs/>"),
        (look.emphasis, "<w:i/><w:iCs/>"),
        (look.struck, "<w:strike/>"),
        (right_to_left, "<w:rtl/>"),
    ] {
        if is_so {
            looks.push_str(element);
        }
    }
    format!("<w:rPr>{looks}</w:rPr>")
}

/// Which way words run, by the first letter that says so (UAX 9, P2 and P3).
fn runs_leftwards(words: &str) -> Option<bool> {
    let way = |letter| {
        let class = bidi_class(letter);
        let leftwards = matches!(class, BidiClass::R | BidiClass::AL);
        (leftwards || class == BidiClass::L).then_some(leftwards)
    };
    words.chars().find_map(way)
}

/// Words with their line ends and tabs.
fn words(words: &str) -> String {
    let mut out = String::new();
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            out.push_str("<w:br/>");
        }
        for (number, piece) in line.split('\t').enumerate() {
            if number > 0 {
                out.push_str("<w:tab/>");
            }
            out.push_str("<w:t xml:space=\"preserve\">");
            out.push_str(&escaped(piece));
            out.push_str("</w:t>");
        }
    }
    out
}

/// Without the signs that XML 1.0 cannot hold, even as numbers.
fn escaped(words: &str) -> String {
    let held = |sign: &char| !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}');
    let words: String = words.chars().filter(held).collect();
    quick_xml::escape::escape(&words).into_owned()
}

fn properties(item: &ItemPage, made_at: &Zoned) -> String {
    let at = made_at.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{}</dc:language>\
         <dc:source>{}</dc:source>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified>\
         </cp:coreProperties>\n",
        escaped(&item.title),
        escaped(&item.frame.room_name),
        escaped(&item.language),
        escaped(&item.canonical),
    )
}
