//! A page's forms as a browser knows them: fields by their labels, and what would be sent of them.

use scraper::{ElementRef, Html};

use super::page::{Page, selector, words_of};

#[derive(Clone)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) is_post: bool,
    pub(super) is_multipart: bool,
    pub(super) fields: Vec<Field>,
}

#[derive(Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    /// The legend of the group that it stands in.
    pub(super) group: String,
    pub(super) disabled: bool,
    pub(super) holds: Holds,
}

#[derive(Clone)]
pub(super) enum Holds {
    Text(String),
    Hidden(String),
    /// A checkbox or a radio button.
    Pick {
        value: String,
        chosen: bool,
        radio: bool,
    },
    /// Value and label of each option, and which one is chosen.
    Options {
        all: Vec<(String, String)>,
        chosen: usize,
    },
    Files(Vec<(String, Vec<u8>)>),
    Button {
        value: String,
    },
}

impl Form {
    pub(super) fn all(page: &Page) -> Vec<Self> {
        let html = page.html();
        html.select(&selector("form"))
            .map(|form| Self::read(&html, form, page))
            .collect()
    }

    fn read(html: &Html, form: ElementRef<'_>, page: &Page) -> Self {
        let attr = |name| form.attr(name).unwrap_or_default().to_lowercase();
        let action = form.attr("action").unwrap_or_default();
        Self {
            action: if action.is_empty() {
                page.address.clone()
            } else {
                action.to_owned()
            },
            is_post: attr("method") == "post",
            is_multipart: attr("enctype") == "multipart/form-data",
            fields: form
                .select(&selector("input, select, textarea, button"))
                .filter(|field| field.attr("form").is_none())
                .chain(
                    html.select(&selector("[form]"))
                        .filter(|field| field.attr("form") == form.attr("id")),
                )
                .filter(|field| !matches!(field.attr("type"), Some("button" | "reset")))
                .map(|field| Field::read(html, field))
                .collect(),
        }
    }

    /// Names and values in the order of the page, as sent by a press of the button at that place.
    pub(super) fn pairs(&self, pressed: usize) -> Vec<(String, String)> {
        let named = self
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| !field.name.is_empty() && !field.disabled);
        named
            .filter_map(|(place, field)| {
                let value = field.value(place == pressed)?;
                Some((field.name.clone(), lines(&value)))
            })
            .collect()
    }

    pub(super) fn files(&self) -> Vec<(String, String, Vec<u8>)> {
        let mut all = Vec::new();
        for field in &self.fields {
            if let Holds::Files(files) = &field.holds {
                for (name, bytes) in files {
                    all.push((field.name.clone(), name.clone(), bytes.clone()));
                }
            }
        }
        all
    }
}

/// Browsers send every line break of a form as two characters.
fn lines(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\n', "\r\n")
}

impl Field {
    fn read(html: &Html, field: ElementRef<'_>) -> Self {
        Self {
            name: field.attr("name").unwrap_or_default().to_owned(),
            label: label_of(html, field),
            group: group_of(field),
            disabled: is_disabled(field),
            holds: Holds::read(field),
        }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        let Some((group, label)) = name.split_once(" › ") else {
            return self.label == name;
        };
        self.group == group && self.label == label
    }

    fn value(&self, pressed: bool) -> Option<String> {
        match &self.holds {
            Holds::Text(value) | Holds::Hidden(value) => Some(value.clone()),
            Holds::Pick { value, chosen, .. } => chosen.then(|| value.clone()),
            Holds::Options { all, chosen } => all.get(*chosen).map(|(value, _)| value.clone()),
            Holds::Files(_) => None,
            Holds::Button { value } => pressed.then(|| value.clone()),
        }
    }
}

impl Holds {
    fn read(field: ElementRef<'_>) -> Self {
        let value = field.attr("value").unwrap_or_default().to_owned();
        match (field.value().name(), field.attr("type")) {
            ("button", _) | (_, Some("submit")) => Self::Button { value },
            ("textarea", _) => Self::Text(field.text().collect()),
            ("select", _) => Self::options(field),
            (_, Some("hidden")) => Self::Hidden(value),
            (_, Some("file")) => Self::Files(Vec::new()),
            (_, Some(kind @ ("checkbox" | "radio"))) => Self::Pick {
                value: field.attr("value").unwrap_or("on").to_owned(),
                chosen: field.attr("checked").is_some(),
                radio: kind == "radio",
            },
            _ => Self::Text(value),
        }
    }

    fn options(field: ElementRef<'_>) -> Self {
        let options: Vec<_> = field.select(&selector("option")).collect();
        Self::Options {
            chosen: options
                .iter()
                .position(|option| option.attr("selected").is_some())
                .unwrap_or_default(),
            all: options
                .into_iter()
                .map(|option| {
                    let words = words_of(option);
                    let value = option.attr("value").unwrap_or(&words).to_owned();
                    (value, words)
                })
                .collect(),
        }
    }
}

/// What a control is called: by its label, by ARIA, else by its own words and pictures.
pub(super) fn label_of(html: &Html, field: ElementRef<'_>) -> String {
    if let Some(name) = field.attr("aria-label") {
        return name.trim().to_owned();
    }
    let pointing = field.attr("id").map(|id| format!("label[for='{id}']"));
    let labels = pointing.and_then(|css| html.select(&selector(&css)).next());
    let around = ancestors(field).find(|outer| outer.value().name() == "label");
    let own = matches!(field.value().name(), "button" | "a").then_some(field);
    labels.or(around).or(own).map(named).unwrap_or_default()
}

fn named(element: ElementRef<'_>) -> String {
    let images = selector("img[alt]");
    let words = element
        .select(&images)
        .filter_map(|image| image.attr("alt"));
    let pictures: Vec<&str> = words.collect();
    format!("{} {}", pictures.join(" "), words_of(element))
        .trim()
        .to_owned()
}

fn group_of(field: ElementRef<'_>) -> String {
    let legend = selector("legend");
    ancestors(field)
        .filter(|outer| outer.value().name() == "fieldset")
        .find_map(|group| group.select(&legend).next().map(words_of))
        .unwrap_or_default()
}

fn is_disabled(field: ElementRef<'_>) -> bool {
    let mut outer = ancestors(field).filter(|outer| outer.value().name() == "fieldset");
    field.attr("disabled").is_some() || outer.any(|group| group.attr("disabled").is_some())
}

fn ancestors(field: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    field.ancestors().filter_map(ElementRef::wrap)
}
