//! Tables: they can be scrolled, name their columns, and grow with what was typed.

use comrak::nodes::{Node, TableAlignment};

use super::{Place, Task, Writer};
use crate::prose::figures::Figures;
use crate::prose::tree::{alignments, cells, is_empty, is_header};

impl<'a, F: Figures> Writer<'a, '_, F> {
    pub(super) fn table(&mut self, node: Node<'a>, place: Place) {
        self.tables += 1;
        // Landmarks of one page need names that differ.
        let number = if self.tables == 1 {
            String::new()
        } else {
            format!(" {}", self.tables)
        };
        let open = format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table{number}\">\
             <table>\n"
        );
        self.within(node, (&open, "</table></div>\n"), place);
    }

    pub(super) fn row(&mut self, node: Node<'a>, header: bool, place: Place) {
        let opens_body = node.previous_sibling().is_some_and(is_header);
        let closes_body = !header && node.next_sibling().is_none();
        self.out.push_str(match (header, opens_body) {
            (true, _) => "<thead><tr>",
            (false, true) => "<tbody>\n<tr>",
            (false, false) => "<tr>",
        });
        let close = match (header, closes_body) {
            (true, _) => "</tr></thead>\n",
            (false, true) => "</tr>\n</tbody>\n",
            (false, false) => "</tr>\n",
        };
        self.queue_tags(close, place);
        let cells = cells(node);
        let looks = alignments(node, cells.len());
        for (cell, look) in cells.into_iter().zip(looks).rev() {
            self.queue_cell(cell, (header, look), place);
        }
    }

    fn queue_cell(&mut self, node: Node<'a>, (header, look): (bool, TableAlignment), place: Place) {
        // An empty cell needs no direction, and on top it names no column.
        if is_empty(node) {
            return self.queue_tags("<td></td>", place);
        }
        let class = match look {
            TableAlignment::None | TableAlignment::Left => "",
            TableAlignment::Center => " class=\"align-center\"",
            TableAlignment::Right => " class=\"align-end\"",
        };
        let (tag, scope) = if header {
            ("th", " scope=\"col\"")
        } else {
            ("td", "")
        };
        self.queue_tags(format!("</{tag}>"), place);
        self.todo.extend(
            node.reverse_children()
                .map(|child| (Task::Show(child), place)),
        );
        self.queue_tags(format!("<{tag}{scope} dir=\"auto\"{class}>"), place);
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html as Page;

    use crate::prose::markdown::tests::html;
    use crate::prose::markdown::to_text;

    #[test]
    fn a_table_can_be_scrolled_and_names_its_columns() {
        assert_eq!(
            html("| a | | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n| 4 |"),
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n\
             <thead><tr><th scope=\"col\" dir=\"auto\">a</th>\
             <td></td>\
             <th scope=\"col\" dir=\"auto\" class=\"align-end\">c</th></tr></thead>\n<tbody>\n\
             <tr><td dir=\"auto\">1</td><td dir=\"auto\" class=\"align-center\">2</td>\
             <td dir=\"auto\" class=\"align-end\">3</td></tr>\n\
             <tr><td dir=\"auto\">4</td></tr>\n</tbody>\n</table></div>\n"
        );
    }

    #[test]
    fn a_table_grows_with_what_was_typed_and_not_with_its_width() {
        let wide = format!("{}\n{}\n", "|a".repeat(450), "|-".repeat(450));
        for row in ["|b\n", "|\n", "||||||||||||b\n", "|b||||||||||||\n"] {
            let source = wide.clone() + &row.repeat(200_000 / row.len() - 600);
            let written = html(&source);
            let times = written.len() / source.len();
            assert!(times < 16, "{row:?} became {times} times as long");
            let words: String = Page::parse_fragment(&written)
                .root_element()
                .text()
                .collect();
            assert_eq!(words.matches('b').count(), source.matches('b').count());
            assert!(to_text(&source).len() < 2 * source.len(), "{row:?}");
        }
    }
}
