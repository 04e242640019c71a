//! A text as paragraphs with looks, for whoever writes another format than HTML or plain words.

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeList, NodeValue};

use super::links::{self, Address};
use super::markdown::parse;
use super::tree;

/// Deeper lists are not pushed further in.
const DEEPEST: usize = 8;

/// A paragraph, and how it stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub style: Style,
    pub role: Role,
    /// How many lists it stands in.
    pub depth: usize,
    pub runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// From 1, the largest, to 6.
    Heading(u8),
    Text,
    Quote,
    Code,
}

/// What it is among its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Alone,
    /// Begins an item of the innermost list: its first words, up to a space, are the item's mark.
    Item,
    /// A row of a table, with tabs between its cells; a header begins another table.
    Row {
        header: bool,
    },
}

/// A picture of the library that stands by itself or in a gallery, with the words of this one use of it,
/// which may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub number: i64,
    pub alt: String,
    pub caption: String,
}

impl Placed {
    pub(super) fn of(image: Node<'_>) -> Option<Self> {
        let data = image.data();
        let NodeValue::Image(link) = &data.value else {
            return None;
        };
        Some(Self {
            number: links::image_number(&link.url)?,
            alt: tree::words_of(image),
            caption: link.title.clone(),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Block(Block),
    Picture(Placed),
}

/// Words that look alike. A line end or a tab in them is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub words: String,
    pub look: Look,
    /// Where the words lead, outside of the room.
    pub address: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
}

/// The paragraphs of a Markdown text. Its pictures are left out; rows of a table are paragraphs with tabs.
#[cfg(test)]
fn blocks(source: &str) -> Vec<Block> {
    let block = |part| match part {
        Part::Block(block) => Some(block),
        Part::Picture(_) => None,
    };
    parts(source).into_iter().filter_map(block).collect()
}

/// The same with the pictures that stand between its paragraphs.
pub fn parts(source: &str) -> Vec<Part> {
    let arena = Arena::new();
    let mut writer = Writer::default();
    for edge in parse(&arena, source).traverse() {
        match edge {
            NodeEdge::Start(node) => writer.start(node),
            NodeEdge::End(node) => writer.end(node),
        }
    }
    writer.close();
    writer.parts
}

#[derive(Default)]
struct Writer {
    parts: Vec<Part>,
    open: Option<Block>,
    quotes: usize,
    /// The lists round it, with the number of the next item where items have numbers.
    lists: Vec<Option<usize>>,
    pictures: usize,
    strong: usize,
    emphasis: usize,
    struck: usize,
    address: Option<String>,
    /// Stands before whatever is said next.
    lead: String,
    /// Whether that is the mark of an item.
    begins_item: bool,
}

impl Writer {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser knows nodes of extensions that are off"
    )]
    fn start(&mut self, node: Node<'_>) {
        let data = node.data();
        match &data.value {
            NodeValue::Paragraph => {
                self.begin(self.style());
                self.place(node);
            }
            NodeValue::TableRow(header) => self.row(*header),
            NodeValue::Heading(heading) => self.begin(Style::Heading(heading.level)),
            NodeValue::CodeBlock(code) => self.verbatim(&code.literal),
            NodeValue::HtmlBlock(html) => self.verbatim(&html.literal),
            NodeValue::ThematicBreak => self.verbatim("* * *"),
            NodeValue::BlockQuote => self.quotes += 1,
            NodeValue::List(list) => self.lists.push(first_number(list)),
            NodeValue::Item(_) => {
                self.lead = self.mark();
                self.begins_item = true;
            }
            NodeValue::FootnoteDefinition(footnote) => {
                self.lead = format!("[{}] ", footnote.name);
                self.begins_item = false;
            }
            NodeValue::Image(_) => self.pictures += 1,
            NodeValue::Strong => self.strong += 1,
            NodeValue::Emph => self.emphasis += 1,
            NodeValue::Strikethrough => self.struck += 1,
            NodeValue::Link(link) if links::address(&link.url) == Address::Outside => {
                self.address = Some(link.url.clone());
            }
            NodeValue::TableCell if node.previous_sibling().is_some() => self.say("\t"),
            value => self.words(value),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only these nodes hold words"
    )]
    fn words(&mut self, value: &NodeValue) {
        match value {
            NodeValue::Text(text) => self.say(text),
            NodeValue::Code(code) => self.say(&code.literal),
            NodeValue::HtmlInline(html) => self.say(html),
            NodeValue::SoftBreak => self.say(" "),
            NodeValue::LineBreak => self.say("\n"),
            NodeValue::FootnoteReference(mark) => self.say(&format!("[{}]", mark.name)),
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what was counted at its start is counted down"
    )]
    fn end(&mut self, node: Node<'_>) {
        let data = node.data();
        let counter = match &data.value {
            NodeValue::BlockQuote => &mut self.quotes,
            NodeValue::Image(_) => &mut self.pictures,
            NodeValue::Strong => &mut self.strong,
            NodeValue::Emph => &mut self.emphasis,
            NodeValue::Strikethrough => &mut self.struck,
            NodeValue::Link(_) => {
                self.address = None;
                return;
            }
            NodeValue::List(_) => {
                let _ended = self.lists.pop();
                return;
            }
            NodeValue::Paragraph | NodeValue::TableRow(_) | NodeValue::Heading(_) => {
                self.close();
                return;
            }
            _ => return,
        };
        *counter = counter.saturating_sub(1);
    }

    /// What stands before the next item of the innermost list.
    fn mark(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            Some(None) | None => "• ".to_owned(),
        }
    }

    const fn style(&self) -> Style {
        if self.quotes > 0 {
            Style::Quote
        } else {
            Style::Text
        }
    }

    fn begin(&mut self, style: Style) {
        self.close();
        let role = if std::mem::take(&mut self.begins_item) {
            Role::Item
        } else {
            Role::Alone
        };
        self.open = Some(Block {
            style,
            role,
            depth: self.lists.len().min(DEEPEST),
            runs: Vec::new(),
        });
        let lead = std::mem::take(&mut self.lead);
        self.say(&lead);
    }

    fn row(&mut self, header: bool) {
        self.begin(self.style());
        if let Some(row) = &mut self.open {
            row.role = Role::Row { header };
        }
    }

    /// The pictures of a paragraph that holds nothing else.
    fn place(&mut self, paragraph: Node<'_>) {
        let Some(images) = tree::only_images(paragraph) else {
            return;
        };
        // No words are to come, and the mark of an item alone says nothing.
        self.open = None;
        let placed = images.into_iter().filter_map(Placed::of);
        self.parts.extend(placed.map(Part::Picture));
    }

    fn verbatim(&mut self, words: &str) {
        self.begin(Style::Code);
        self.say(words.trim_end());
        self.close();
    }

    fn say(&mut self, words: &str) {
        if words.is_empty() || self.pictures > 0 {
            return;
        }
        let run = Run {
            words: words.to_owned(),
            look: Look {
                strong: self.strong > 0,
                emphasis: self.emphasis > 0,
                struck: self.struck > 0,
            },
            address: self.address.clone(),
        };
        let Some(block) = &mut self.open else { return };
        match block.runs.last_mut() {
            Some(last) if (last.look, &last.address) == (run.look, &run.address) => {
                last.words.push_str(words);
            }
            _ => block.runs.push(run),
        }
    }

    /// A paragraph without words held pictures only.
    fn close(&mut self) {
        let said = |block: &Block| block.runs.iter().any(|run| !run.words.trim().is_empty());
        let open = self.open.take().filter(said);
        self.parts.extend(open.map(Part::Block));
    }
}

const fn first_number(list: &NodeList) -> Option<usize> {
    match list.list_type {
        ListType::Bullet => None,
        ListType::Ordered => Some(list.start),
    }
}

#[cfg(test)]
mod tests;
