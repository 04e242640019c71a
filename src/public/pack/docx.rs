//! The item as a document for word processors: Office Open XML (ECMA-376), of which words, looks and
//! links need a dozen elements.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use jiff::Zoned;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::packing::told;
use super::sheets;
use crate::prose::blocks::{Block, Look, Run, Style, blocks};
use crate::public::item::{ItemPage, Story};
use crate::web::Problem;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = include_str!("docx_types.xml");
const RELATIONS: &str = include_str!("docx_relations.xml");
const STYLES: &str = include_str!("docx_styles.xml");

/// The document, the same bytes for the same words.
pub(super) fn docx(
    story: &Story<'_>,
    item: &ItemPage,
    made_at: &Zoned,
) -> Result<Vec<u8>, Problem> {
    let document = document(story, item);
    let language = escaped(&item.language);
    let styles = STYLES.replace("LANGUAGE", &language);
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties(item, made_at)),
        ("word/document.xml", document.xml()),
        ("word/_rels/document.xml.rels", document.relations()),
        ("word/styles.xml", styles),
    ];
    zipped(&parts, made_at).map_err(Problem::broken)
}

fn zipped(parts: &[(&str, String)], made_at: &Zoned) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Words alone: nobody minds a few kilobytes.
    let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    if let Some(at) = told(made_at) {
        options = options.last_modified_time(at);
    }
    for (name, content) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The words in the order of the page, with the room's own in English.
fn document(story: &Story<'_>, item: &ItemPage) -> Document {
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
    document.blocks(&blocks(wording.body.as_str()));
    for (heading, words) in sheets::behind(story, item) {
        document.paragraph("Heading2", 0, &[plain(&heading)]);
        document.blocks(&blocks(&words));
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

/// The paragraphs of a document as they are written, and where its links lead.
#[derive(Default)]
struct Document {
    body: String,
    addresses: Vec<String>,
    right_to_left: bool,
}

impl Document {
    fn plain(&mut self, words: &str) {
        self.paragraph("Normal", 0, &[plain(words)]);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
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
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <w:body>\n{}</w:body></w:document>\n",
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
