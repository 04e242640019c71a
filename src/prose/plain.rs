//! Writes the tree of a text as plain words, the way they are pasted into a mail.

use comrak::nodes::{ListType, Node, NodeList, NodeValue};

use super::blocks::Placed;
use super::links::{self, Address};
use super::quotation::{Quotation, quotation};
use super::tree;

const INDENT: &str = "  ";
/// Deeper lists are not pushed further in, so that no text grows with the square of its depth.
const DEEPEST: usize = 16;

/// What is said of a picture, if anything.
type Pictures<'w> = &'w dyn Fn(&Placed) -> Option<String>;

/// The plain text of a parsed text, without a line end behind it.
pub(super) fn write(root: Node<'_>, pictures: Pictures<'_>) -> String {
    let mut writer = Writer {
        out: String::new(),
        gap: 0,
        lead: String::new(),
        todo: Vec::new(),
        pictures,
    };
    writer.todo.push((Task::Show(root), 0));
    while let Some((task, depth)) = writer.todo.pop() {
        writer.work(task, depth);
    }
    writer.out
}

enum Task<'a> {
    Show(Node<'a>),
    Say(String),
    /// So many line ends before what follows; the outermost block has the last word.
    Gap(usize),
    /// Stands before whatever is said next.
    Lead(String),
    /// Ends a quotation where its words end.
    Close,
}

struct Writer<'a, 'w> {
    out: String,
    gap: usize,
    lead: String,
    todo: Vec<(Task<'a>, usize)>,
    pictures: Pictures<'w>,
}

impl<'a> Writer<'a, '_> {
    fn work(&mut self, task: Task<'a>, depth: usize) {
        match task {
            Task::Show(node) => self.show(node, depth),
            Task::Say(words) => self.say(&words),
            Task::Gap(lines) => self.gap = lines,
            Task::Lead(words) => self.lead.push_str(&words),
            Task::Close => self.close(),
        }
    }

    fn say(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.extend(std::iter::repeat_n('\n', self.gap));
        }
        self.gap = 0;
        self.out.push_str(&std::mem::take(&mut self.lead));
        self.out.push_str(words);
    }

    /// The mark belongs to the last words, not behind the gap after them.
    fn close(&mut self) {
        match self.lead.strip_suffix('“') {
            Some(lead) => self.lead = lead.to_owned(),
            None => self.out.push('”'),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser knows nodes of extensions that are off"
    )]
    fn show(&mut self, node: Node<'a>, depth: usize) {
        let data = node.data();
        match &data.value {
            NodeValue::Paragraph if self.only_pictures(node, depth) => {}
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Table(_) => {
                self.block(node, depth);
            }
            NodeValue::CodeBlock(code) => self.verbatim(&code.literal, depth),
            NodeValue::HtmlBlock(html) => self.verbatim(&html.literal, depth),
            NodeValue::ThematicBreak => self.verbatim("* * *", depth),
            NodeValue::BlockQuote => self.quote(node, depth),
            NodeValue::List(list) => self.list(node, list, depth),
            NodeValue::TableRow(_) => self.row(node, depth),
            NodeValue::FootnoteDefinition(footnote) => {
                self.within(node, depth);
                self.todo
                    .push((Task::Lead(format!("[{}] ", footnote.name)), depth));
            }
            NodeValue::Link(link) => self.link(node, &link.url, depth),
            _ => self.show_in_line(node, &data.value, depth),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser knows nodes of extensions that are off"
    )]
    fn show_in_line(&mut self, node: Node<'a>, value: &NodeValue, depth: usize) {
        match value {
            NodeValue::Text(text) => self.say(text),
            NodeValue::Code(code) => self.say(&code.literal),
            NodeValue::HtmlInline(html) => self.say(html),
            NodeValue::SoftBreak => self.say(" "),
            NodeValue::LineBreak => self.say("\n"),
            NodeValue::FootnoteReference(mark) => self.say(&format!("[{}]", mark.name)),
            // A picture cannot be pasted, and its words belong to it.
            NodeValue::Image(_) => {
                let told = self.told(node);
                self.say(
                    told.as_deref()
                        .and_then(|told| told.lines().next())
                        .unwrap_or(""),
                );
            }
            _ => self.within(node, depth),
        }
    }

    fn queue(&mut self, nodes: impl DoubleEndedIterator<Item = Node<'a>>, depth: usize) {
        self.todo
            .extend(nodes.rev().map(|node| (Task::Show(node), depth)));
    }

    fn queue_gap(&mut self, lines: usize, depth: usize) {
        self.todo.push((Task::Gap(lines), depth));
    }

    fn within(&mut self, node: Node<'a>, depth: usize) {
        self.todo.extend(
            node.reverse_children()
                .map(|child| (Task::Show(child), depth)),
        );
    }

    fn block(&mut self, node: Node<'a>, depth: usize) {
        self.queue_gap(if tree::is_tight(node) { 1 } else { 2 }, depth);
        self.within(node, depth);
    }

    fn told(&self, image: Node<'_>) -> Option<String> {
        (self.pictures)(&Placed::of(image)?)
    }

    /// A paragraph of nothing but pictures is a paragraph for each.
    fn only_pictures(&mut self, paragraph: Node<'a>, depth: usize) -> bool {
        let Some(images) = tree::only_images(paragraph) else {
            return false;
        };
        for image in images.into_iter().rev() {
            if let Some(told) = self.told(image) {
                self.queue_gap(2, depth);
                self.todo.push((Task::Say(told), depth));
            }
        }
        true
    }

    fn verbatim(&mut self, text: &str, depth: usize) {
        self.queue_gap(2, depth);
        self.say(text.trim_end());
    }

    fn quote(&mut self, node: Node<'a>, depth: usize) {
        self.queue_gap(2, depth);
        if let Some(quotation) = quotation(node) {
            self.attributed(quotation, depth);
        } else {
            self.todo.push((Task::Close, depth));
            self.within(node, depth);
        }
        self.lead.push('“');
    }

    fn attributed(&mut self, quotation: Quotation<'a>, depth: usize) {
        self.queue(quotation.rest.into_iter(), depth);
        self.todo
            .push((Task::Say(format!("— {}", quotation.name)), depth));
        self.queue_gap(1, depth);
        self.todo.push((Task::Close, depth));
        self.queue(quotation.words.into_iter(), depth);
        self.queue(quotation.blocks.into_iter(), depth);
    }

    fn list(&mut self, node: Node<'a>, list: &NodeList, depth: usize) {
        self.queue_gap(2, depth);
        let below = (depth + 1).min(DEEPEST);
        let gap = if list.tight { 1 } else { 2 };
        let items: Vec<_> = (list.start..).zip(node.children()).collect();
        for (number, item) in items.into_iter().rev() {
            let mark = match list.list_type {
                ListType::Bullet => "• ".to_owned(),
                ListType::Ordered => format!("{number}. "),
            };
            self.queue_gap(gap, below);
            self.within(item, below);
            self.todo
                .push((Task::Lead(INDENT.repeat(depth) + &mark), below));
        }
    }

    fn row(&mut self, node: Node<'a>, depth: usize) {
        self.queue_gap(1, depth);
        for cell in tree::cells(node).into_iter().rev() {
            self.within(cell, depth);
            if cell.previous_sibling().is_some() {
                self.todo.push((Task::Say("\t".to_owned()), depth));
            }
        }
    }

    /// The address follows in brackets, unless the words are the address.
    fn link(&mut self, node: Node<'a>, url: &str, depth: usize) {
        let words = tree::words_of(node);
        let same = [url, bare(url)].contains(&words.as_str());
        if !same && links::address(url) == Address::Outside {
            let told = if words.is_empty() {
                url.to_owned()
            } else {
                format!(" ({})", bare(url))
            };
            self.todo.push((Task::Say(told), depth));
        }
        self.within(node, depth);
    }
}

/// A mailbox or number is read without the scheme before it.
fn bare(url: &str) -> &str {
    url.strip_prefix("mailto:")
        .or_else(|| url.strip_prefix("tel:"))
        .unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use crate::prose::markdown::{to_text, to_text_with};

    #[test]
    fn paragraphs_headings_and_looks_become_plain_words() {
        let text = to_text("# News\n\nOne *big* **day**\nfor `us`.\n\nTwo\\\nlines.\n");
        assert_eq!(text, "News\n\nOne big day for us.\n\nTwo\nlines.");
    }

    #[test]
    fn lists_keep_their_bullets_numbers_and_levels() {
        let text = to_text("- one\n- two\n  - inner\n- three\n\nThen\n\n3. c\n4. d\n");
        assert_eq!(
            text,
            "• one\n• two\n  • inner\n• three\n\nThen\n\n3. c\n4. d"
        );
    }

    #[test]
    fn a_quotation_stands_in_quotation_marks_with_its_speaker_below() {
        let text = to_text("> We won.\n>\n> — Ann Osei, *director*\n\nAfter");
        assert_eq!(text, "“We won.”\n— Ann Osei, director\n\nAfter");
        assert_eq!(to_text("> One\n>\n> Two\n"), "“One\n\nTwo”");
    }

    #[test]
    fn an_address_follows_only_where_the_words_are_another() {
        let text =
            to_text("[here](https://a.example) https://b.example [x](/news/y) <c@d.example>");
        assert_eq!(
            text,
            "here (https://a.example) https://b.example x c@d.example"
        );
        assert_eq!(
            to_text("[press](mailto:c@d.example)"),
            "press (c@d.example)"
        );
    }

    #[test]
    fn a_table_becomes_rows_with_tabs() {
        let text = to_text("Before\n\n| Year | |\n|---|---|\n| 2018 | *7* |\n\nAfter");
        assert_eq!(text, "Before\n\nYear\t\n2018\t7\n\nAfter");
    }

    #[test]
    fn pictures_are_left_out_and_signs_stay_as_they_are() {
        assert_eq!(
            to_text("![a](image:1)\n\n\"A\" & <b>🐟</b> خبر"),
            "\"A\" & <b>🐟</b> خبر"
        );
    }

    #[test]
    fn what_is_said_of_pictures_stands_where_they_stand() {
        let told = |source| {
            to_text_with(source, &|placed| {
                let known = placed.number < 7;
                known.then(|| format!("[{}]\n{}", placed.number, placed.caption))
            })
        };
        let gallery =
            told("Before\n\n![](image:1 \"One\")\n![](image:2 \"Two\")\n![](image:7)\n\nAfter");
        assert_eq!(gallery, "Before\n\n[1]\nOne\n\n[2]\nTwo\n\nAfter");
        assert_eq!(told("See ![x](image:1 \"One\") here"), "See [1] here");
        assert_eq!(told("![](image:7)\n\nAfter"), "After");
    }

    #[test]
    fn footnotes_keep_their_names() {
        assert_eq!(
            to_text("Fact[^a].\n\n[^a]: Source."),
            "Fact[a].\n\n[a] Source."
        );
    }
}
