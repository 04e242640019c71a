//! Writes the tree of a text as HTML, tag by tag; what this file does not write cannot come out.

mod tables;

use std::borrow::Cow;

use comrak::nodes::{ListType, Node, NodeLink, NodeList, NodeValue};

use super::figures::{Asked, Figure, Figures, Room};
use super::ids::Ids;
use super::links::{self, Address, push_escaped};
use super::quotation::{Quotation, quotation};
use super::tree::{is_tight, only_images, words_of};

/// Deeper containers lose their tags but keep their words: no reader can tell more levels apart,
/// and no browser has to build a tower of a hundred thousand elements.
const DEEPEST: usize = 32;

/// What was written, and how many pictures stand in it.
pub(super) struct Written {
    pub(super) html: String,
    pub(super) pictures: usize,
}

/// The HTML of a parsed text; every id starts with the name.
pub(super) fn write(root: Node<'_>, name: &str, figures: &impl Figures) -> Written {
    let mut writer = Writer {
        out: String::new(),
        todo: vec![(Task::Show(root), Place::default())],
        name,
        figures,
        ids: Ids::starting_with(name),
        tables: 0,
        footnotes: 0,
        pictures: 0,
    };
    // A list of tasks instead of recursion, so that no text can overflow the stack.
    while let Some((task, place)) = writer.todo.pop() {
        writer.work(task, place);
    }
    Written {
        html: writer.out,
        pictures: writer.pictures,
    }
}

enum Task<'a> {
    Show(Node<'a>),
    /// Written as it is.
    Tags(Cow<'static, str>),
    /// Escaped when it is written.
    Words(String),
}

/// Where in the tree a node stands, as far as its tags depend on it.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    in_link: bool,
}

struct Writer<'a, 'w, F> {
    out: String,
    todo: Vec<(Task<'a>, Place)>,
    name: &'w str,
    figures: &'w F,
    ids: Ids,
    tables: usize,
    footnotes: usize,
    pictures: usize,
}

impl<'a, F: Figures> Writer<'a, '_, F> {
    fn work(&mut self, task: Task<'a>, place: Place) {
        match task {
            Task::Show(node) => self.show(node, place),
            Task::Tags(tags) => self.out.push_str(&tags),
            Task::Words(words) => push_escaped(&mut self.out, &words),
        }
    }

    /// What is queued last is written first.
    fn queue(&mut self, nodes: impl DoubleEndedIterator<Item = Node<'a>>, place: Place) {
        self.todo
            .extend(nodes.rev().map(|node| (Task::Show(node), place)));
    }

    fn queue_tags(&mut self, tags: impl Into<Cow<'static, str>>, place: Place) {
        self.todo.push((Task::Tags(tags.into()), place));
    }

    fn within(&mut self, node: Node<'a>, (open, close): (&str, &'static str), place: Place) {
        self.out.push_str(open);
        let below = Place {
            depth: place.depth + 1,
            ..place
        };
        self.queue_tags(close, below);
        self.todo.extend(
            node.reverse_children()
                .map(|child| (Task::Show(child), below)),
        );
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser knows nodes of extensions that are off"
    )]
    fn show(&mut self, node: Node<'a>, place: Place) {
        let data = node.data();
        match &data.value {
            NodeValue::Paragraph => self.paragraph(node, place),
            NodeValue::Heading(heading) => self.heading(node, heading.level, place),
            NodeValue::BlockQuote => self.quote(node, place),
            NodeValue::List(list) => self.list(node, list, place),
            NodeValue::Item(_) => {
                self.nested(node, ("<li dir=\"auto\">", "</li>\n"), place);
            }
            NodeValue::ThematicBreak => self.out.push_str("<hr>\n"),
            NodeValue::CodeBlock(code) => {
                self.verbatim(("<pre><code>", "</code></pre>\n"), &code.literal);
            }
            NodeValue::HtmlBlock(html) => {
                self.verbatim(("<p dir=\"auto\">", "</p>\n"), html.literal.trim_end());
            }
            NodeValue::Table(_) => self.table(node, place),
            NodeValue::TableRow(header) => self.row(node, *header, place),
            NodeValue::FootnoteDefinition(_) => self.footnote(node, place),
            NodeValue::Document => self.within(node, ("", ""), place),
            _ => self.show_in_line(node, &data.value, place),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser knows nodes of extensions that are off"
    )]
    fn show_in_line(&mut self, node: Node<'a>, value: &NodeValue, place: Place) {
        match value {
            NodeValue::Text(text) => push_escaped(&mut self.out, text),
            NodeValue::HtmlInline(html) => push_escaped(&mut self.out, html),
            NodeValue::Code(code) => self.verbatim(("<code>", "</code>"), &code.literal),
            NodeValue::SoftBreak => self.out.push('\n'),
            NodeValue::LineBreak => self.out.push_str("<br>\n"),
            NodeValue::Emph => self.nested(node, ("<em>", "</em>"), place),
            NodeValue::Strong => self.nested(node, ("<strong>", "</strong>"), place),
            NodeValue::Strikethrough => self.nested(node, ("<del>", "</del>"), place),
            NodeValue::Link(link) => self.link(node, &link.url, place),
            NodeValue::Image(link) => self.image(node, link, place),
            NodeValue::FootnoteReference(reference) => {
                self.footnote_mark((reference.ix, reference.ref_num), place);
            }
            _ => self.within(node, ("", ""), place),
        }
    }

    /// A container that may stand in its own kind, so that its depth needs a limit.
    fn nested(&mut self, node: Node<'a>, tags: (&str, &'static str), place: Place) {
        let tags = if place.depth < DEEPEST {
            tags
        } else {
            ("", "")
        };
        self.within(node, tags, place);
    }

    fn verbatim(&mut self, (open, close): (&str, &str), text: &str) {
        self.out.push_str(open);
        push_escaped(&mut self.out, text);
        self.out.push_str(close);
    }

    fn paragraph(&mut self, node: Node<'a>, place: Place) {
        if let Some(images) = only_images(node) {
            return self.show_figures(&images);
        }
        let tags = if is_tight(node) {
            ("", "")
        } else {
            ("<p dir=\"auto\">", "</p>\n")
        };
        self.within(node, tags, place);
    }

    /// One image is a figure; several of one paragraph are a gallery.
    fn show_figures(&mut self, images: &[Node<'a>]) {
        let mut figures = Vec::new();
        for image in images {
            if let NodeValue::Image(link) = &image.data().value {
                figures.extend(self.figure(image, link));
            }
        }
        let several = figures.len() > 1;
        let room = if several { Room::Gallery } else { Room::Column };
        if several {
            self.out.push_str("<div class=\"gallery\">\n");
        }
        for figure in figures {
            let asked = self.count_picture();
            figure.push_whole(&mut self.out, asked, room);
        }
        if several {
            self.out.push_str("</div>\n");
        }
    }

    fn figure(&self, node: Node<'a>, link: &NodeLink) -> Option<Figure> {
        let figure = self.figures.figure(links::image_number(&link.url)?)?;
        Some(figure.told_as(words_of(node), &link.title))
    }

    fn count_picture(&mut self) -> Asked {
        self.pictures += 1;
        if self.pictures == 1 && self.figures.begin_the_page() {
            Asked::AtOnce
        } else {
            Asked::WhenNear
        }
    }

    /// The page has its one h1 already, so that a body begins at h2.
    fn heading(&mut self, node: Node<'a>, level: u8, place: Place) {
        let (tag, close) = match level {
            0..=2 => ("h2", "</h2>\n"),
            3 => ("h3", "</h3>\n"),
            4.. => ("h4", "</h4>\n"),
        };
        let mut open = format!("<{tag} id=\"");
        push_escaped(&mut open, &self.ids.fresh(&words_of(node)));
        open.push_str("\" dir=\"auto\">");
        self.within(node, (&open, close), place);
    }

    fn quote(&mut self, node: Node<'a>, place: Place) {
        match quotation(node) {
            Some(quotation) if place.depth < DEEPEST => self.attributed(quotation, place),
            Some(_) | None => {
                let tags = ("<blockquote>\n", "</blockquote>\n");
                self.nested(node, tags, place);
            }
        }
    }

    fn attributed(&mut self, quotation: Quotation<'a>, place: Place) {
        let place = Place {
            depth: place.depth + 1,
            ..place
        };
        self.out.push_str("<blockquote>\n");
        self.queue_tags("</cite></footer></blockquote>\n", place);
        self.queue(quotation.rest.into_iter(), place);
        self.todo.push((Task::Words(quotation.name), place));
        self.queue_tags("<footer><cite dir=\"auto\">", place);
        if !quotation.words.is_empty() {
            self.queue_tags("</p>\n", place);
            self.queue(quotation.words.into_iter(), place);
            self.queue_tags("<p dir=\"auto\">", place);
        }
        self.queue(quotation.blocks.into_iter(), place);
    }

    fn list(&mut self, node: Node<'a>, list: &NodeList, place: Place) {
        // An item must not outlive its list.
        if place.depth + 1 >= DEEPEST {
            return self.within(
                node,
                ("", ""),
                Place {
                    depth: DEEPEST,
                    ..place
                },
            );
        }
        match (list.list_type, list.start) {
            (ListType::Bullet, _) => self.within(node, ("<ul>\n", "</ul>\n"), place),
            (ListType::Ordered, 1) => self.within(node, ("<ol>\n", "</ol>\n"), place),
            (ListType::Ordered, start) => {
                self.within(
                    node,
                    (&format!("<ol start=\"{start}\">\n"), "</ol>\n"),
                    place,
                );
            }
        }
    }

    fn link(&mut self, node: Node<'a>, url: &str, place: Place) {
        let address = links::address(url);
        let linked = address != Address::Refused && !place.in_link;
        let tags = if linked {
            (self.link_tag(url, address), "</a>")
        } else {
            (String::new(), "")
        };
        let below = Place {
            in_link: place.in_link || linked,
            ..place
        };
        self.within(node, (&tags.0, tags.1), below);
        if node.first_child().is_none() {
            self.todo.push((Task::Words(url.to_owned()), below));
        }
    }

    /// A spot on the same page is one wherever the page is read.
    fn link_tag(&self, url: &str, address: Address) -> String {
        let mut tag = "<a href=\"".to_owned();
        if address == Address::Inside && url.starts_with('/') {
            push_escaped(&mut tag, &self.figures.in_the_room(url));
        } else {
            push_escaped(&mut tag, url);
        }
        tag.push_str(match address {
            Address::Outside => "\" rel=\"noopener\">",
            Address::Inside | Address::Refused => "\">",
        });
        tag
    }

    /// Only images of the library are loaded; others become a link that the reader may follow.
    fn image(&mut self, node: Node<'a>, link: &NodeLink, place: Place) {
        if links::image_number(&link.url).is_some() {
            if let Some(figure) = self.figure(node, link) {
                let asked = self.count_picture();
                figure.push_image(&mut self.out, asked, Room::Column);
            }
            return;
        }
        let alt = words_of(node);
        let words = if alt.is_empty() { &link.url } else { &alt };
        if place.in_link || links::address(&link.url) == Address::Refused {
            return push_escaped(&mut self.out, words);
        }
        let tag = self.link_tag(&link.url, links::address(&link.url));
        self.out.push_str(&tag);
        push_escaped(&mut self.out, words);
        self.out.push_str("</a>");
    }

    /// No heading's id has an underscore, so that none can be called like a footnote.
    fn footnote_mark(&mut self, (number, use_of_it): (u32, u32), place: Place) {
        let name = escaped(self.name);
        // Only the first of several marks is where the way back leads.
        let id = match use_of_it {
            0 | 1 => format!(" id=\"{name}_mark-{number}\""),
            2.. => String::new(),
        };
        let mark = if place.in_link {
            format!("<sup>{number}</sup>")
        } else {
            format!("<sup><a href=\"#{name}_note-{number}\"{id}>{number}</a></sup>")
        };
        self.out.push_str(&mark);
    }

    fn footnote(&mut self, node: Node<'a>, place: Place) {
        self.footnotes += 1;
        let (name, number) = (escaped(self.name), self.footnotes);
        if number == 1 {
            self.out.push_str("<section class=\"footnotes\"><ol>\n");
        }
        if node.next_sibling().is_none() {
            self.queue_tags("</ol></section>\n", place);
        }
        let back =
            format!("<a href=\"#{name}_mark-{number}\" aria-label=\"Back to {number}\">↩</a>");
        self.queue_tags(back + "</li>\n", place);
        let open = format!("<li id=\"{name}_note-{number}\" dir=\"auto\">");
        self.within(node, (&open, ""), place);
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_escaped(&mut out, text);
    out
}
