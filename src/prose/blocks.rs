//! A text as paragraphs with looks, for whoever writes another format than HTML or plain words.

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeList, NodeValue};

use super::links::{self, Address};
use super::markdown::parse;

/// Deeper lists are not pushed further in.
const DEEPEST: usize = 8;

/// A paragraph, and how it stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub style: Style,
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
pub fn blocks(source: &str) -> Vec<Block> {
    let arena = Arena::new();
    let mut writer = Writer::default();
    for edge in parse(&arena, source).traverse() {
        match edge {
            NodeEdge::Start(node) => writer.start(node),
            NodeEdge::End(node) => writer.end(node),
        }
    }
    writer.close();
    writer.blocks
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
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
}

impl Writer {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser knows nodes of extensions that are off"
    )]
    fn start(&mut self, node: Node<'_>) {
        let data = node.data();
        match &data.value {
            NodeValue::Paragraph | NodeValue::TableRow(_) => self.begin(self.style()),
            NodeValue::Heading(heading) => self.begin(Style::Heading(heading.level)),
            NodeValue::CodeBlock(code) => self.verbatim(&code.literal),
            NodeValue::HtmlBlock(html) => self.verbatim(&html.literal),
            NodeValue::ThematicBreak => self.verbatim("* * *"),
            NodeValue::BlockQuote => self.quotes += 1,
            NodeValue::List(list) => self.lists.push(first_number(list)),
            NodeValue::Item(_) => self.lead = self.mark(),
            NodeValue::FootnoteDefinition(footnote) => {
                self.lead = format!("[{}] ", footnote.name);
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
        self.open = Some(Block {
            style,
            depth: self.lists.len().min(DEEPEST),
            runs: Vec::new(),
        });
        let lead = std::mem::take(&mut self.lead);
        self.say(&lead);
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
        self.blocks.extend(self.open.take().filter(said));
    }
}

const fn first_number(list: &NodeList) -> Option<usize> {
    match list.list_type {
        ListType::Bullet => None,
        ListType::Ordered => Some(list.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each paragraph as its style, its depth, and its words with marks for their looks.
    fn told(source: &str) -> Vec<String> {
        let told = |run: &Run| {
            let Look {
                strong,
                emphasis,
                struck,
            } = run.look;
            let mark = [(strong, "**"), (emphasis, "*"), (struck, "~")];
            let mark: String = mark
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, mark)| *mark)
                .collect();
            let address = run.address.as_ref().map(|at| format!("<{at}>"));
            format!("{mark}{}{mark}{}", run.words, address.unwrap_or_default())
        };
        let line = |block: &Block| {
            let words: String = block.runs.iter().map(told).collect();
            format!("{:?} {} {words}", block.style, block.depth)
        };
        blocks(source).iter().map(line).collect()
    }

    #[test]
    fn looks_links_and_lines_are_kept() {
        assert_eq!(
            told(
                "## News\n\nOne **big *day*** ~~no~~\nfor [us](https://a.example), [in](/news/x).\\\nEnd"
            ),
            [
                "Heading(2) 0 News",
                "Text 0 One **big *****day*** ~no~ for us<https://a.example>, in.\nEnd",
            ]
        );
    }

    #[test]
    fn lists_quotations_tables_and_notes_are_paragraphs() {
        assert_eq!(
            told(
                "- one\n- two\n\n  3. c\n  4. d\n\n     more\n\n> We won.\n>\n> — Ann\n\n|a|b|\n|-|-|\n|1|2|\n\nX[^n]\n\n[^n]: Why\n\n```\ncode <b>\n```"
            ),
            [
                "Text 1 • one",
                "Text 1 • two",
                "Text 2 3. c",
                "Text 2 4. d",
                "Text 2 more",
                "Quote 0 We won.",
                "Quote 0 — Ann",
                "Text 0 a\tb",
                "Text 0 1\t2",
                "Text 0 X[n]",
                "Code 0 code <b>",
                "Text 0 [n] Why",
            ]
        );
    }

    #[test]
    fn pictures_and_addresses_that_nobody_may_be_sent_to_are_left_out() {
        assert_eq!(
            told("![a boat](image:1)\n\n[x](javascript:alert(1)) ![alt](https://a.example/b.png)"),
            ["Text 0 x "]
        );
    }

    #[test]
    fn a_text_that_nests_without_end_is_written_in_time() {
        let began = std::time::Instant::now();
        let deep = format!("{}x\n\n{}y", "> ".repeat(5_000), "- ".repeat(5_000));
        assert!(blocks(&deep).iter().all(|block| block.depth <= DEEPEST));
        let long = "1. x\n".repeat(4_000);
        assert_eq!(blocks(&long).len(), 4_000);
        assert!(began.elapsed().as_secs() < 2, "{:?}", began.elapsed());
    }
}
