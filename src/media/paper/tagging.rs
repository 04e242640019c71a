//! What each part of the paper is, in the order in which it is read: headings, lists, tables, figures.

use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::drawing::Drawn;
use super::layout::{Page, Slot};
use super::{Paper, Part, Photo, Style, Table, Text};

pub(super) fn tree(paper: &Paper, drawn: Drawn) -> TagTree {
    let mut gardener = Gardener {
        paper,
        drawn,
        at: 0,
    };
    let mut tree = TagTree::new().with_lang(Some(paper.language.clone()));
    while let Some(part) = paper.parts.get(gardener.at) {
        let grown = match part {
            Part::Text(text) if text.depth > 0 => gardener.list(text.depth),
            Part::Text(Text {
                style: Style::Quote,
                ..
            }) => gardener.quote(),
            Part::Text(text) => gardener.paragraph(text),
            Part::Photo(photo) => gardener.figure(photo),
            Part::Table(table) => gardener.table(table),
            Part::Rule => {
                gardener.at += 1;
                Vec::new()
            }
        };
        for group in grown {
            tree.push(group);
        }
    }
    tree
}

struct Gardener<'a> {
    paper: &'a Paper,
    drawn: Drawn,
    /// The part that comes next.
    at: usize,
}

impl Gardener<'_> {
    fn pieces(&mut self, slot: Slot) -> Vec<Node> {
        let pieces = self.drawn.remove(&slot).unwrap_or_default();
        pieces.into_iter().map(Node::Leaf).collect()
    }

    fn text(&self) -> Option<&Text> {
        match self.paper.parts.get(self.at) {
            Some(Part::Text(text)) => Some(text),
            Some(Part::Photo(_) | Part::Table(_) | Part::Rule) | None => None,
        }
    }

    fn paragraph(&mut self, text: &Text) -> Vec<TagGroup> {
        // A mark that no list has taken belongs to its words.
        let mut pieces = self.pieces(Slot::Mark(self.at));
        pieces.extend(self.pieces(Slot::Text(self.at)));
        self.at += 1;
        if pieces.is_empty() {
            return Vec::new();
        }
        let english = text.english && self.paper.language != "en";
        let language = english.then(|| "en".to_owned());
        vec![TagGroup::with_children(kind(text, language), pieces)]
    }

    /// Paragraphs of one quotation.
    fn quote(&mut self) -> Vec<TagGroup> {
        let mut all = Vec::new();
        while let Some(text) = self.text().cloned() {
            if text.style != Style::Quote || text.depth > 0 {
                break;
            }
            all.extend(self.paragraph(&text).into_iter().map(Node::Group));
        }
        vec![TagGroup::with_children(Tag::BlockQuote, all)]
    }

    /// A list, with those inside of its items. Where items have numbers and the first had none, another
    /// list begins.
    fn list(&mut self, depth: u8) -> Vec<TagGroup> {
        let numbering = self.text().map_or(ListNumbering::None, numbering);
        let mut list = TagGroup::new(Tag::L(numbering));
        let mut label = Vec::new();
        let mut body: Vec<Node> = Vec::new();
        let mut begun = false;
        while let Some(text) = self.text().cloned() {
            if text.depth < depth {
                break;
            }
            if text.depth > depth {
                body.extend(self.list(text.depth).into_iter().map(Node::Group));
                continue;
            }
            if !text.mark.is_empty() && begun {
                if self::numbering(&text) != numbering {
                    break;
                }
                list.push(item(std::mem::take(&mut label), std::mem::take(&mut body)));
            }
            if !text.mark.is_empty() {
                label = self.pieces(Slot::Mark(self.at));
            }
            begun = true;
            body.extend(self.paragraph(&text).into_iter().map(Node::Group));
        }
        list.push(item(label, body));
        vec![list]
    }

    fn figure(&mut self, photo: &Photo) -> Vec<TagGroup> {
        let (picture, words) = (
            self.pieces(Slot::Photo(self.at)),
            self.pieces(Slot::Caption(self.at)),
        );
        self.at += 1;
        let alt = Some(photo.alt.clone());
        let picture = TagGroup::with_children(Tag::Figure(alt), picture);
        let words = TagGroup::with_children(Tag::P, words);
        let said = |group: &TagGroup| !group.children.is_empty();
        [picture, words].into_iter().filter(said).collect()
    }

    fn table(&mut self, table: &Table) -> Vec<TagGroup> {
        let mut whole = TagGroup::new(Tag::Table);
        for (number, row) in table.rows.iter().enumerate() {
            let mut line = TagGroup::new(Tag::TR);
            for column in 0..row.cells.len() {
                let pieces = self.pieces(Slot::Cell(self.at, number, column));
                let kind: TagKind = if row.is_header {
                    Tag::TH(TableHeaderScope::Column).into()
                } else {
                    Tag::TD.into()
                };
                line.push(TagGroup::with_children(kind, pieces));
            }
            whole.push(line);
        }
        self.at += 1;
        vec![whole]
    }
}

fn item(label: Vec<Node>, body: Vec<Node>) -> TagGroup {
    let mut item = TagGroup::new(Tag::LI);
    if !label.is_empty() {
        item.push(TagGroup::with_children(Tag::Lbl, label));
    }
    item.push(TagGroup::with_children(Tag::LBody, body));
    item
}

fn numbering(text: &Text) -> ListNumbering {
    match text.mark.chars().next() {
        None => ListNumbering::None,
        Some(sign) if sign.is_ascii_digit() => ListNumbering::Decimal,
        Some(_) => ListNumbering::Disc,
    }
}

fn kind(text: &Text, language: Option<String>) -> TagKind {
    match level(text.style).and_then(NonZeroU16::new) {
        Some(level) => Tag::Hn(level, Some(words(text))).with_lang(language).into(),
        None => Tag::P.with_lang(language).into(),
    }
}

const fn level(style: Style) -> Option<u16> {
    match style {
        Style::Title => Some(1),
        Style::Heading(0..=2) => Some(2),
        Style::Heading(3) => Some(3),
        Style::Heading(_) => Some(4),
        Style::Room
        | Style::Label
        | Style::Standfirst
        | Style::Small
        | Style::Notice
        | Style::Body
        | Style::Quote => None,
    }
}

fn words(text: &Text) -> String {
    text.runs.iter().map(|run| run.words.as_str()).collect()
}

/// The title and the headings below it, as far as anybody looks through them.
pub(super) fn outline(paper: &Paper, pages: &[Page]) -> Outline {
    const MOST: usize = 300;
    let mut root: Option<OutlineNode> = None;
    let placed = pages.iter().enumerate().flat_map(|(page, on)| {
        let places = on.placed.iter();
        places.map(move |placed| (page, placed.slot, placed.top))
    });
    let mut last = None;
    let mut count = 0;
    for (page, slot, top) in placed {
        let Slot::Text(number) = slot else { continue };
        let Some(Part::Text(text)) = paper.parts.get(number) else {
            continue;
        };
        if level(text.style).is_none() || last == Some(number) || count == MOST {
            continue;
        }
        (last, count) = (Some(number), count + 1);
        let place = XyzDestination::new(page, Point::from_xy(0.0, (top - 30.0).max(0.0)));
        let node = OutlineNode::new(words(text), place);
        match &mut root {
            Some(root) => root.push_child(node),
            None => root = Some(node.with_open(true)),
        }
    }
    let mut outline = Outline::new();
    if let Some(root) = root {
        outline.push_child(root);
    }
    outline
}
