//! A page as it came: status, headers and bytes, and the questions that tests ask of it.

use std::fmt;

use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Node, Selector};

#[derive(Clone)]
pub(crate) struct Page {
    /// Path and query.
    pub(crate) address: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Two answers are equal if nobody can tell them apart but by their date.
impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        self.status == other.status
            && self.lasting_headers() == other.lasting_headers()
            && self.body == other.body
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.lasting_headers().join("\n");
        write!(
            f,
            "{} {}\n{headers}\n\n{}",
            self.status,
            self.address,
            self.source()
        )
    }
}

impl Page {
    fn lasting_headers(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        all.sort();
        all
    }

    /// A header's value, empty where the answer has none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html") && !self.body.is_empty()
    }

    /// The bytes as text, markup and all.
    pub(crate) fn source(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn html(&self) -> Html {
        Html::parse_document(&self.source())
    }

    /// What stands on the page for whoever reads it, with single spaces.
    pub(crate) fn text(&self) -> String {
        self.select("body").join(" ")
    }

    /// Whether these words can be read on the page.
    pub(crate) fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The words of every element of that kind, in the order of the page.
    pub(crate) fn select(&self, css: &str) -> Vec<String> {
        self.html().select(&selector(css)).map(words_of).collect()
    }

    /// The words of the only element of that kind.
    pub(crate) fn only(&self, css: &str) -> String {
        let mut found = self.select(css);
        assert_eq!(found.len(), 1, "{css} on {}: {found:?}", self.address);
        found.remove(0)
    }

    pub(crate) fn count(&self, css: &str) -> usize {
        self.html().select(&selector(css)).count()
    }

    /// An attribute of every element of that kind that has it.
    pub(crate) fn attrs(&self, css: &str, name: &str) -> Vec<String> {
        self.html()
            .select(&selector(css))
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// An attribute of the first element of that kind, empty where there is none.
    pub(crate) fn attr(&self, css: &str, name: &str) -> String {
        self.attrs(css, name).into_iter().next().unwrap_or_default()
    }
}

pub(super) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

/// The words in an element, with single spaces and without scripts.
pub(super) fn words_of(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    push_words(element, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_words(element: ElementRef<'_>, words: &mut String) {
    const BLOCKS: [&str; 22] = [
        "address",
        "article",
        "aside",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "li",
        "option",
        "p",
        "section",
        "td",
        "th",
        "ul",
    ];
    let name = element.value().name();
    if matches!(name, "script" | "style" | "template") {
        return;
    }
    let gap = if BLOCKS.contains(&name) { " " } else { "" };
    words.push_str(gap);
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            words.push_str(text);
        } else if let Some(inner) = ElementRef::wrap(child) {
            push_words(inner, words);
        }
    }
    words.push_str(gap);
}
