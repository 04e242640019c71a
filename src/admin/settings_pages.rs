//! The pages of plain text as fields of the settings, and back.

use super::view::Field;
use crate::newsroom::room_pages::{PageError, TextPage};
use crate::web::{FieldErrors, Fields};

/// All pages as one field: they are merged whole, as contacts are.
pub(super) const PAGES: &str = "pages";
const PARTS: [&str; 3] = ["title", "slug", "body"];
/// Empty ones that wait for a page.
const EMPTY: usize = 1;

/// One page as fields.
pub(super) struct PageFields {
    pub index: String,
    pub number: String,
    pub title: Field,
    pub slug: Field,
    pub body: Field,
}

fn name(index: usize, part: &str) -> String {
    format!("page_{index}_{part}")
}

pub(super) fn names() -> impl Iterator<Item = String> {
    (0..TextPage::MOST).flat_map(|index| PARTS.into_iter().map(move |part| name(index, part)))
}

pub(super) fn fill(fields: &mut Fields, pages: &[TextPage]) {
    for (index, page) in pages.iter().enumerate() {
        for (part, value) in PARTS.into_iter().zip([&page.title, &page.slug, &page.body]) {
            fields.set(&name(index, part), value);
        }
    }
}

/// How many pages the fields hold, counting up to the last one that is not empty.
fn count(fields: &Fields) -> usize {
    let holds = |index: &usize| {
        PARTS
            .iter()
            .any(|part| !fields.get(&name(*index, part)).trim().is_empty())
    };
    (0..TextPage::MOST)
        .filter(holds)
        .max()
        .map_or(0, |last| last + 1)
}

pub(super) fn parse(fields: &Fields, errors: &mut FieldErrors) -> Vec<TextPage> {
    let mut pages: Vec<TextPage> = Vec::new();
    for index in 0..count(fields) {
        match TextPage::typed(PARTS.map(|part| fields.get(&name(index, part)))) {
            Ok(None) => {}
            Ok(Some(page)) if pages.iter().any(|other| other.slug == page.slug) => {
                errors.add(&name(index, "slug"), PageError::SlugTaken.to_string());
            }
            Ok(Some(page)) => pages.push(page),
            Err(wrong) => {
                for (part, why) in wrong {
                    errors.add(&name(index, part), why.to_string());
                }
            }
        }
    }
    pages
}

pub(super) fn shown(fields: &Fields, errors: &FieldErrors) -> Vec<PageFields> {
    let shown = (count(fields) + EMPTY).min(TextPage::MOST);
    let page = |index: usize| {
        let field = |part: &str| Field::of(&name(index, part), fields, errors);
        PageFields {
            index: index.to_string(),
            number: (index + 1).to_string(),
            title: field("title"),
            slug: field("slug"),
            body: field("body"),
        }
    };
    (0..shown).map(page).collect()
}

/// The fields with all pages written out as one text.
pub(super) fn as_one(mut fields: Fields) -> Fields {
    let texts: Vec<String> = (0..count(&fields))
        .map(|index| {
            PARTS
                .map(|part| fields.get(&name(index, part)).trim().to_owned())
                .join("\n")
        })
        .filter(|text| !text.trim().is_empty())
        .collect();
    fields.set(PAGES, &texts.join("\n\n"));
    fields
}
