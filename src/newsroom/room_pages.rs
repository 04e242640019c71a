//! What the room shows besides its news: links at the foot, pages of plain text, how long lists are.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::slug::{Slug, SlugError};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error("Write a number from {} to {}.", PerPage::FEWEST, PerPage::MOST)]
    PerPage,
    #[error("Line {line}: write the words of the link, a space, and its address.")]
    NoWords { line: usize },
    #[error("Line {line}: the address must begin with https://, http://, mailto: or /.")]
    NoAddress { line: usize },
    #[error("Line {line} is too long.")]
    LineTooLong { line: usize },
    #[error("Write at most {} links.", FooterLinks::MOST)]
    TooManyLinks,
    #[error("The page needs a title.")]
    NoTitle,
    #[error("The page needs some text.")]
    NoBody,
    #[error("This is {over} characters too long.")]
    TooLong { over: usize },
    #[error("Another page has this address.")]
    SlugTaken,
    #[error(transparent)]
    Slug(#[from] SlugError),
}

/// How many items a page of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerPage(u64);

impl PerPage {
    pub const FEWEST: u64 = 6;
    pub const MOST: u64 = 48;

    pub fn get(self) -> u64 {
        self.0
    }
}

impl Default for PerPage {
    fn default() -> Self {
        Self(12)
    }
}

impl FromStr for PerPage {
    type Err = PageError;

    fn from_str(typed: &str) -> Result<Self, PageError> {
        let number = typed.trim().parse().map_err(|_source| PageError::PerPage)?;
        if (Self::FEWEST..=Self::MOST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(PageError::PerPage)
        }
    }
}

/// A link at the foot of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterLink {
    pub label: String,
    pub href: String,
}

/// The links at the foot, written a line each: the words, a space, the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FooterLinks(Vec<FooterLink>);

impl FooterLinks {
    pub const MOST: usize = 10;
    const LONGEST_LINE: usize = 300;

    pub fn iter(&self) -> impl Iterator<Item = &FooterLink> {
        self.0.iter()
    }
}

impl fmt::Display for FooterLinks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, link) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}{} {}", link.label, link.href)?;
        }
        Ok(())
    }
}

impl FromStr for FooterLinks {
    type Err = PageError;

    fn from_str(typed: &str) -> Result<Self, PageError> {
        let written = typed.lines().enumerate();
        let links = written
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(index, line)| footer_link(index + 1, line))
            .collect::<Result<Vec<_>, _>>()?;
        if links.len() > Self::MOST {
            return Err(PageError::TooManyLinks);
        }
        Ok(Self(links))
    }
}

fn footer_link(line: usize, typed: &str) -> Result<FooterLink, PageError> {
    const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "/"];
    let words: Vec<&str> = typed.split_whitespace().collect();
    let Some((href, label)) = words.split_last() else {
        return Err(PageError::NoWords { line });
    };
    if typed.chars().count() > FooterLinks::LONGEST_LINE || typed.chars().any(char::is_control) {
        return Err(PageError::LineTooLong { line });
    }
    // Two slashes at the beginning lead out of the room without saying so.
    let is_address = SCHEMES.iter().any(|scheme| href.starts_with(scheme));
    if !is_address || href.starts_with("//") {
        return Err(PageError::NoAddress { line });
    }
    if label.is_empty() {
        return Err(PageError::NoWords { line });
    }
    Ok(FooterLink {
        label: label.join(" "),
        href: (*href).to_owned(),
    })
}

/// A page of plain text, such as the imprint. Its body is Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPage {
    pub slug: String,
    pub title: String,
    pub body: String,
}

impl TextPage {
    pub const MOST: usize = 8;
    pub const LONGEST_TITLE: usize = 80;
    pub const LONGEST_BODY: usize = 12_000;

    /// The page that was typed; nothing where nothing was. An empty address is made of the title.
    /// Each complaint comes with the part that it is about.
    pub fn typed(
        [title, slug, body]: [&str; 3],
    ) -> Result<Option<Self>, Vec<(&'static str, PageError)>> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let (slug, body) = (slug.trim(), body.replace("\r\n", "\n").trim().to_owned());
        if [title.as_str(), slug, body.as_str()]
            .iter()
            .all(|part| part.is_empty())
        {
            return Ok(None);
        }
        let mut errors = Vec::new();
        match title.chars().count() {
            0 => errors.push(("title", PageError::NoTitle)),
            n if n > Self::LONGEST_TITLE => {
                errors.push(("title", too_long(n, Self::LONGEST_TITLE)));
            }
            _ => {}
        }
        match body.chars().count() {
            0 => errors.push(("body", PageError::NoBody)),
            n if n > Self::LONGEST_BODY => errors.push(("body", too_long(n, Self::LONGEST_BODY))),
            _ => {}
        }
        let slug = match slug {
            "" => Ok(Slug::suggest(&title)),
            typed => typed.parse(),
        };
        match slug {
            Ok(slug) if errors.is_empty() => Ok(Some(Self {
                slug: slug.as_str().to_owned(),
                title,
                body,
            })),
            Ok(_) => Err(errors),
            Err(error) => {
                errors.push(("slug", error.into()));
                Err(errors)
            }
        }
    }
}

fn too_long(count: usize, longest: usize) -> PageError {
    PageError::TooLong {
        over: count - longest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_the_foot_is_words_and_an_address_and_nothing_that_runs() {
        let typed = "Our work https://example.org/work\n\n  Write to us   mailto:a@example.org \nAbout /pages/about";
        let links: FooterLinks = typed.parse().unwrap();
        let told: Vec<_> = links.iter().map(|link| link.label.as_str()).collect();
        assert_eq!(told, ["Our work", "Write to us", "About"]);
        assert_eq!(links.to_string().parse(), Ok(links));
        for (typed, error) in [
            ("Run javascript:alert(1)", PageError::NoAddress { line: 1 }),
            ("Elsewhere //evil.example", PageError::NoAddress { line: 1 }),
            ("A https://a\nhttps://b", PageError::NoWords { line: 2 }),
        ] {
            assert_eq!(typed.parse::<FooterLinks>(), Err(error), "{typed}");
        }
        let many = "A /a\n".repeat(11);
        assert_eq!(many.parse::<FooterLinks>(), Err(PageError::TooManyLinks));
    }

    #[test]
    fn a_page_says_what_is_missing_and_makes_its_address_of_its_title() {
        let page = TextPage::typed(["About  us", "", "We are\r\nhere."])
            .unwrap()
            .unwrap();
        assert_eq!(
            (page.title.as_str(), page.slug.as_str()),
            ("About us", "about-us")
        );
        assert_eq!(page.body, "We are\nhere.");
        assert_eq!(TextPage::typed(["", " ", "\n"]), Ok(None));
        let errors = TextPage::typed(["", "Not A Slug!", ""]).unwrap_err();
        let parts: Vec<_> = errors.iter().map(|(part, _)| *part).collect();
        assert_eq!(parts, ["title", "body", "slug"]);
    }

    #[test]
    fn a_list_holds_six_to_forty_eight_items() {
        assert_eq!("24".parse(), Ok(PerPage(24)));
        for typed in ["5", "49", "", "many", "-12"] {
            assert_eq!(typed.parse::<PerPage>(), Err(PageError::PerPage), "{typed}");
        }
    }
}
