//! Texts in Markdown as parts of a paper. Nobody can follow a link on paper, so that its address stands at
//! the end, under a number.

use crate::media::paper::{Look, Part, Photo, Row, Run, Style, Table, Text};
use crate::media::rendition::{height_at, widths};
use crate::prose::blocks::{self, Block, Placed, Role};
use crate::prose::markdown::Figures;
use crate::public::item::Story;
use crate::public::view::BodyImages;
use crate::storage::images::ShownImage;

/// In points, the height of photos between paragraphs.
const TALLEST: u16 = 215;

/// The texts of an item, one after another.
pub(super) struct Texts<'a> {
    pub story: &'a Story<'a>,
    pub figures: BodyImages<'a>,
    /// In pixels, of the copies that are printed.
    pub width: u32,
    /// Where links lead, by the number they have on paper.
    pub addresses: Vec<String>,
}

impl Texts<'_> {
    pub(super) fn parts(&mut self, source: &str) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for part in blocks::parts(source) {
            match part {
                blocks::Part::Picture(placed) => parts.extend(self.photo(&placed)),
                blocks::Part::Block(block) => match block.role {
                    Role::Row { header } => {
                        let row = self.row(block, header);
                        push_row(&mut parts, row);
                    }
                    Role::Alone | Role::Item => parts.push(Part::Text(self.paragraph(block))),
                },
            }
        }
        parts
    }

    fn paragraph(&mut self, mut block: Block) -> Text {
        let style = match block.style {
            blocks::Style::Heading(level) => Style::Heading(level.max(2)),
            blocks::Style::Text | blocks::Style::Code => Style::Body,
            blocks::Style::Quote => Style::Quote,
        };
        let mark = if block.role == Role::Item {
            mark(&mut block)
        } else {
            String::new()
        };
        Text {
            depth: u8::try_from(block.depth).unwrap_or(u8::MAX),
            mark,
            ..Text::of(style, self.runs(block.runs))
        }
    }

    fn runs(&mut self, runs: Vec<blocks::Run>) -> Vec<Run> {
        let mut set = Vec::new();
        for run in runs {
            let number = run
                .address
                .as_deref()
                .and_then(|at| self.number(at, &run.words));
            let look = if run.look.strong {
                Look::Strong
            } else if run.look.emphasis {
                Look::Slanted
            } else {
                Look::Plain
            };
            let words = run.words;
            set.push(Run { words, look });
            set.extend(number.map(|number| Run {
                words: number.to_string(),
                look: Look::Raised,
            }));
        }
        set
    }

    /// The number of an address at the end; none where the words are the address.
    fn number(&mut self, address: &str, words: &str) -> Option<usize> {
        let schemes = ["https://", "http://", "mailto:", "tel:"];
        let bare = schemes
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme));
        let said = words.trim().trim_end_matches('/');
        let is_said = |address: &str| address.trim_end_matches('/') == said;
        if is_said(address) || bare.is_some_and(is_said) {
            return None;
        }
        let known = self.addresses.iter().position(|known| known == address);
        let at = known.unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        Some(at + 1)
    }

    fn row(&mut self, block: Block, is_header: bool) -> Row {
        let mut cells: Vec<Vec<Run>> = vec![Vec::new()];
        for run in self.runs(block.runs) {
            for (number, words) in run.words.split('\t').enumerate() {
                if number > 0 {
                    cells.push(Vec::new());
                }
                if let Some(cell) = cells.last_mut()
                    && !words.is_empty()
                {
                    cell.push(Run {
                        words: words.to_owned(),
                        look: run.look,
                    });
                }
            }
        }
        while cells.last().is_some_and(Vec::is_empty) {
            cells.pop();
        }
        Row { is_header, cells }
    }

    /// With the words of this one use, where the text gives any.
    fn photo(&self, placed: &Placed) -> Option<Part> {
        let mut images = self.story.around.images.iter();
        let image = images.find(|image| image.id.get() == placed.number)?;
        let figure = self.figures.figure(placed.number)?;
        let own = |own: &str, all: String| if own.is_empty() { all } else { own.to_owned() };
        let words = [
            own(&placed.caption, figure.caption),
            figure.file_photo,
            figure.credit,
            figure.terms,
        ];
        let alt = own(&placed.alt, figure.alt);
        Some(Part::Photo(photo(
            image,
            (self.width, TALLEST),
            alt,
            &words,
        )))
    }
}

/// A header begins another table.
fn push_row(parts: &mut Vec<Part>, row: Row) {
    match parts.last_mut() {
        Some(Part::Table(table)) if !row.is_header => table.rows.push(row),
        Some(_) | None => parts.push(Part::Table(Table { rows: vec![row] })),
    }
}

/// Takes the mark of an item off its words.
fn mark(block: &mut Block) -> String {
    let Some(first) = block.runs.first_mut() else {
        return String::new();
    };
    match first.words.split_once(' ') {
        Some((mark, rest)) => {
            let (mark, rest) = (mark.to_owned(), rest.to_owned());
            first.words = rest;
            mark
        }
        None => String::new(),
    }
}

/// The widest copy that is no wider than that, as high on paper as it may be.
pub(super) fn photo(
    image: &ShownImage,
    (most, tallest): (u32, u16),
    alt: String,
    words: &[String],
) -> Photo {
    let all = widths(image.width);
    let width = all.iter().copied().filter(|width| *width <= most).max();
    let width = width.unwrap_or(image.width);
    let said = words.iter().map(|words| words.trim());
    let said = said.filter(|words| !words.is_empty()).map(sentence);
    Photo {
        image: image.id,
        hash: image.hash.clone(),
        width,
        height: height_at(width, image.width, image.height),
        tallest,
        alt,
        words: said.collect::<Vec<_>>().join(" "),
    }
}

/// With a mark at its end, because others follow.
fn sentence(words: &str) -> String {
    let ends = words.ends_with(|sign: char| !sign.is_alphanumeric() && sign != ')');
    if ends {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}
