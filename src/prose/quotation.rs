//! A block quote that names its speaker: words, then a last line that starts with a dash.

use comrak::nodes::{Node, NodeValue};

const DASHES: [&str; 3] = ["—", "–", "--"];

/// A block quote taken apart.
pub(super) struct Quotation<'a> {
    /// The blocks before the one that names the speaker.
    pub(super) blocks: Vec<Node<'a>>,
    /// What stands before the speaker in the same paragraph.
    pub(super) words: Vec<Node<'a>>,
    /// The start of the speaker's name, without the dash.
    pub(super) name: String,
    /// The rest of the speaker's line.
    pub(super) rest: Vec<Node<'a>>,
}

/// Takes a block quote apart; `None` where its last line names nobody.
pub(super) fn quotation(quote: Node<'_>) -> Option<Quotation<'_>> {
    let paragraph = quote.last_child().filter(|last| is_paragraph(last))?;
    let mut line = last_line(paragraph);
    let first = line.first().copied()?;
    let name = undashed(first)?;
    let rest = line.split_off(1);
    let words = paragraph
        .children()
        .take_while(|node| !node.same_node(first));
    let mut words: Vec<_> = words.collect();
    // The break before the speaker's line belongs to neither.
    words.pop();
    let blocks: Vec<_> = quote
        .children()
        .take_while(|node| !node.same_node(paragraph))
        .collect();
    let says_something = !(blocks.is_empty() && words.is_empty());
    let names_somebody = !(name.is_empty() && rest.is_empty());
    (says_something && names_somebody).then_some(Quotation {
        blocks,
        words,
        name,
        rest,
    })
}

fn is_paragraph(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::Paragraph)
}

fn last_line(paragraph: Node<'_>) -> Vec<Node<'_>> {
    let mut line: Vec<_> = paragraph
        .reverse_children()
        .take_while(|node| !breaks(node))
        .collect();
    line.reverse();
    line
}

fn breaks(node: Node<'_>) -> bool {
    matches!(
        node.data().value,
        NodeValue::SoftBreak | NodeValue::LineBreak
    )
}

fn undashed(node: Node<'_>) -> Option<String> {
    let data = node.data();
    let text = data.value.text()?.trim_start();
    let name = DASHES.iter().find_map(|dash| text.strip_prefix(dash))?;
    Some(name.trim_start_matches(['-', ' ']).to_owned())
}
