//! Questions about the tree of a text that more than one writer asks.

use comrak::nodes::{AstNode, Node, NodeValue, TableAlignment};

use super::links;

/// The images of a paragraph that holds nothing else.
pub(super) fn only_images(paragraph: Node<'_>) -> Option<Vec<Node<'_>>> {
    let parts: Vec<_> = paragraph.children().filter(|node| !is_gap(node)).collect();
    (!parts.is_empty() && parts.iter().all(|node| image_of_library(node).is_some()))
        .then_some(parts)
}

fn is_gap(node: Node<'_>) -> bool {
    let value = &node.data().value;
    matches!(value, NodeValue::SoftBreak | NodeValue::LineBreak)
        || value.text().is_some_and(|text| text.trim().is_empty())
}

/// The number of the image that a node places.
pub(super) fn image_of_library(node: Node<'_>) -> Option<i64> {
    let data = node.data();
    let NodeValue::Image(link) = &data.value else {
        return None;
    };
    links::image_number(&link.url)
}

/// In a tight list an item's text stands without a paragraph round it.
pub(super) fn is_tight(paragraph: Node<'_>) -> bool {
    let list = paragraph.parent().and_then(AstNode::parent);
    list.is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}

pub(super) fn is_header(row: Node<'_>) -> bool {
    matches!(row.data().value, NodeValue::TableRow(true))
}

/// How the first so many columns of a row's table are aligned.
pub(super) fn alignments(row: Node<'_>, columns: usize) -> Vec<TableAlignment> {
    let Some(table) = row.parent() else {
        return Vec::new();
    };
    if let NodeValue::Table(table) = &table.data().value {
        return table.alignments.iter().take(columns).copied().collect();
    }
    Vec::new()
}

/// The cells of a row. The parser fills every row up to the width of the table, which may make a
/// thousand cells of one sign; a row of the body ends with its last cell that holds anything.
pub(super) fn cells(row: Node<'_>) -> Vec<Node<'_>> {
    let cells = row.children();
    if is_header(row) {
        return cells.collect();
    }
    let empty_at_end = row.reverse_children().take_while(|cell| is_empty(cell));
    let filled = cells.count().saturating_sub(empty_at_end.count());
    row.children().take(filled).collect()
}

pub(super) fn is_empty(node: Node<'_>) -> bool {
    node.first_child().is_none()
}

/// The words under a node without their looks, on one line.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only these nodes hold words"
)]
pub(super) fn words_of(node: Node<'_>) -> String {
    let mut words = String::new();
    for part in node.descendants() {
        match &part.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::HtmlInline(html) => words.push_str(html),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
