//! Markdown to safe HTML and to plain text: the only place that makes HTML nobody escapes again.

use std::fmt;

use comrak::nodes::Node;
use comrak::{Arena, Options};

use super::blocks::Placed;
pub use super::figures::{Figure, Figures};
use super::{html, plain, tree};

/// HTML that needs no escaping, because every tag in it was written by us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    tags: String,
    pictures: usize,
}

impl Html {
    pub fn as_str(&self) -> &str {
        &self.tags
    }

    pub const fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    pub const fn has_pictures(&self) -> bool {
        self.pictures > 0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tags)
    }
}

/// The HTML of a text that is alone on its page.
pub fn to_html(source: &str, figures: &impl Figures) -> Html {
    to_html_named("h", source, figures)
}

/// The HTML of one of several texts on a page, told apart by a name that starts every id in it.
pub fn to_html_named(name: &str, source: &str, figures: &impl Figures) -> Html {
    let arena = Arena::new();
    let written = html::write(parse(&arena, source), name, figures);
    Html {
        tags: written.html,
        pictures: written.pictures,
    }
}

/// The words alone, as they are pasted into a mail: lists with bullets, tables with tabs.
pub fn to_text(source: &str) -> String {
    let arena = Arena::new();
    plain::write(parse(&arena, source), &|_| None)
}

/// The same with what is said of its pictures where they stand; of one in the middle of a line, the first
/// line of that.
pub fn to_text_with(source: &str, pictures: &dyn Fn(&Placed) -> Option<String>) -> String {
    let arena = Arena::new();
    plain::write(parse(&arena, source), pictures)
}

/// The numbers of the images that a text places, in order, each once.
pub fn images_in(source: &str) -> Vec<i64> {
    let arena = Arena::new();
    let mut numbers = Vec::new();
    for number in parse(&arena, source)
        .descendants()
        .filter_map(tree::image_of_library)
    {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

/// How often a text places an image, the same one or another.
pub fn places_of_images(source: &str) -> usize {
    let arena = Arena::new();
    parse(&arena, source)
        .descendants()
        .filter_map(tree::image_of_library)
        .count()
}

/// Smart typography stays off: what was typed is what readers get.
pub(super) fn parse<'a>(arena: &'a Arena<'a>, source: &str) -> Node<'a> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    comrak::parse_document(arena, source, &options)
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;
    use scraper::Html as Page;

    use super::super::figures::tests::BELOW;
    use super::super::links::{self, Address};
    use super::*;

    pub(in crate::prose) fn html(source: &str) -> String {
        to_html(source, &BELOW).to_string()
    }

    #[test]
    fn looks_lists_and_breaks_become_plain_tags() {
        assert_eq!(
            html("One *big* **day** ~~not~~ `a<b`\\\nend"),
            "<p dir=\"auto\">One <em>big</em> <strong>day</strong> <del>not</del> \
             <code>a&lt;b</code><br>\nend</p>\n"
        );
        assert_eq!(
            html("- a\n- b"),
            "<ul>\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ul>\n"
        );
        assert_eq!(
            html("3. a\n\n   b"),
            "<ol start=\"3\">\n<li dir=\"auto\"><p dir=\"auto\">a</p>\n<p dir=\"auto\">b</p>\n</li>\n</ol>\n"
        );
    }

    #[test]
    fn a_body_has_no_h1_and_no_id_twice() {
        let written = html("# One\n\n## One\n\n### Two\n\n###### <b>");
        assert_eq!(
            written,
            "<h2 id=\"h-one\" dir=\"auto\">One</h2>\n<h2 id=\"h-one-2\" dir=\"auto\">One</h2>\n\
             <h3 id=\"h-two\" dir=\"auto\">Two</h3>\n<h4 id=\"h-b\" dir=\"auto\">&lt;b&gt;</h4>\n"
        );
        let like_a_note = html("# Note 1\n\n# Mark 1\n\n# _note-1\n\nA[^1]\n\n[^1]: B");
        for id in ["h-note-1", "h-mark-1", "h-note-1-2", "h_note-1", "h_mark-1"] {
            let said = format!(" id=\"{id}\"");
            assert_eq!(like_a_note.matches(&said).count(), 1, "{like_a_note}");
        }
        let notes = to_html_named("notes", "# One\n\nA[^1]\n\n[^1]: B", &BELOW).to_string();
        assert!(notes.contains("id=\"notes-one\"") && notes.contains("id=\"notes_note-1\""));
    }

    #[test]
    fn raw_html_is_shown_and_never_becomes_html() {
        assert_eq!(
            html("<script>alert(1)</script>\n\na <img src=x onerror=y> b"),
            "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>\n\
             <p dir=\"auto\">a &lt;img src=x onerror=y&gt; b</p>\n"
        );
    }

    #[test]
    fn words_of_any_script_survive_as_they_are() {
        let typed = r#""A" & 'b' -- 5 < 7... 🐟 خبر عاجل"#;
        let page = Page::parse_fragment(&html(typed));
        assert_eq!(
            page.root_element().text().collect::<String>().trim_end(),
            typed
        );
    }

    #[test]
    fn links_lead_only_where_readers_may_be_sent() {
        assert_eq!(
            html("[a](https://x.example/?a=1&b=\"2\")"),
            "<p dir=\"auto\"><a href=\"https://x.example/?a=1&amp;b=&quot;2&quot;\" \
             rel=\"noopener\">a</a></p>\n"
        );
        assert_eq!(
            html("[a](/news/b)"),
            "<p dir=\"auto\"><a href=\"/news/b\">a</a></p>\n"
        );
        assert_eq!(
            html("[a](javascript:alert%281%29)"),
            "<p dir=\"auto\">a</p>\n"
        );
        assert_eq!(html("[a](//evil.example)"), "<p dir=\"auto\">a</p>\n");
        assert_eq!(html("<javascript:x>"), "<p dir=\"auto\">javascript:x</p>\n");
        assert!(html("[](https://x.example)").contains(">https://x.example</a>"));
        assert!(html("press@x.example").contains("<a href=\"mailto:press@x.example\""));
    }

    #[test]
    fn a_quote_that_ends_with_a_dash_line_names_its_speaker() {
        let named = "<blockquote>\n<p dir=\"auto\">We <em>won</em>.</p>\n\
                     <footer><cite dir=\"auto\">Ann &amp; Bo, <strong>both</strong></cite></footer>\
                     </blockquote>\n";
        for dash in ["— ", "– ", "-- ", "—"] {
            assert_eq!(
                html(&format!("> We *won*.\n>\n> {dash}Ann & Bo, **both**")),
                named
            );
            assert_eq!(
                html(&format!("> We *won*.\n> {dash}Ann & Bo, **both**")),
                named
            );
        }
        assert!(!html("> — only a dash line").contains("<cite"));
        assert!(!html("> We won.\n>\n> —").contains("<cite"));
    }

    #[test]
    fn footnotes_lead_there_and_back() {
        assert_eq!(
            html("Fact[^x\"].\n\n[^x\"]: Source."),
            "<p dir=\"auto\">Fact<sup><a href=\"#h_note-1\" id=\"h_mark-1\">1</a></sup>.</p>\n\
             <section class=\"footnotes\"><ol>\n<li id=\"h_note-1\" dir=\"auto\">\
             <p dir=\"auto\">Source.</p>\n<a href=\"#h_mark-1\" aria-label=\"Back to 1\">↩</a></li>\n\
             </ol></section>\n"
        );
    }

    #[test]
    fn nothing_typed_makes_it_slow_or_deep() {
        let towers = [
            "[", "*", ">", "![", "- ", "`", "<", "*a ", "[^a]", "_a*", "|a", "> - ",
        ];
        for part in towers {
            let source = part.repeat(100_000 / part.len());
            let began = Instant::now();
            let written = html(&source);
            to_text(&source);
            images_in(&source);
            assert!(began.elapsed() < Duration::from_secs(3), "{part}");
            assert!(written.len() < 3_000_000, "{part}: {}", written.len());
            assert!(written.matches("<blockquote").count() <= 32, "{part}");
        }
    }

    const TAGS: &str = "html p h2 h3 h4 ul ol li blockquote footer cite hr pre code em strong del \
        br a img figure picture source figcaption span div table thead tbody tr th td sup section";
    const ATTRIBUTES: &str = "dir id start class role tabindex aria-label scope href rel src srcset \
        sizes alt width height loading decoding fetchpriority type";

    fn check(source: &str) {
        let page = Page::parse_fragment(&html(source));
        let mut ids = Vec::new();
        for element in page.root_element().descendent_elements() {
            let name = element.value().name();
            assert!(
                TAGS.split_whitespace().any(|tag| tag == name),
                "{name} from {source:?}"
            );
            for (name, value) in element.value().attrs() {
                assert!(
                    ATTRIBUTES.split_whitespace().any(|known| known == name),
                    "{name}"
                );
                if name == "href" {
                    assert_ne!(links::address(value), Address::Refused, "{value}");
                }
                if name == "src" {
                    assert!(value.starts_with("/images/"), "{value}");
                }
            }
            ids.extend(element.value().id());
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{source:?}");
    }

    const PIECES: [&str; 42] = [
        "a",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "](javascript:x)",
        "](image:1)",
        "](data:x)",
        "<script>",
        "</p>",
        "<a href=x onclick=y>",
        "\" onload=\"x",
        "> ",
        "- ",
        "1. ",
        "# ",
        "note 1",
        "mark 1",
        "| a | b |\n|---|---|\n",
        "|",
        "[^1]",
        "[^1]: ",
        "— ",
        "-- b",
        "http://x.example/",
        "www.x.example",
        "&#106;",
        "&lt;",
        "\u{0}",
        "خبر",
        "\\",
    ];

    proptest! {
        #[test]
        fn whatever_is_typed_only_our_tags_come_out(source in ".{0,300}") {
            check(&source);
        }

        #[test]
        fn whatever_markdown_is_typed_only_our_tags_come_out(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60),
        ) {
            let source = pieces.concat();
            check(&source);
            to_text(&source);
        }
    }
}
