//! Small pieces of finished words that templates on both sides lay out.

use super::{assets, paths};
use crate::accounts::taste::Scheme;
use crate::newsroom::Kind;
use crate::newsroom::logo::{Logo, Paper};
use crate::newsroom::room::Accent;

/// A word that leads somewhere.
#[derive(Debug, Clone, Default)]
pub struct Link {
    pub label: String,
    pub href: String,
    pub current: bool,
}

impl Link {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current: false,
        }
    }
}

/// Addresses of the style sheets, the script and the icons of one side.
#[derive(Debug, Clone)]
pub struct Assets {
    pub css: String,
    pub accent_css: String,
    pub js: String,
    pub icons: String,
    /// The room's own icon, for browser tabs.
    pub icon: String,
    /// As in `image/png`.
    pub icon_type: &'static str,
}

impl Assets {
    pub fn public(accent: Accent, kinds: &[Kind]) -> Self {
        Self::of("public", accent, kinds)
    }

    pub fn admin(accent: Accent, kinds: &[Kind]) -> Self {
        Self::of("admin", accent, kinds)
    }

    /// The same in the colours that somebody chose, whatever their device asks for.
    #[must_use]
    pub fn in_scheme(self, scheme: Scheme) -> Self {
        let css = match scheme {
            Scheme::Device => return self,
            Scheme::Light => "admin.light.css",
            Scheme::Dark => "admin.dark.css",
        };
        Self {
            css: assets::address(css),
            ..self
        }
    }

    /// The same with the icon that the room was given, if it was.
    #[must_use]
    pub fn with_icon(self, icon: Option<&Logo>) -> Self {
        match icon {
            None => self,
            Some(icon) => Self {
                icon: paths::logo(&icon.hash),
                icon_type: "image/png",
                ..self
            },
        }
    }

    fn of(side: &str, accent: Accent, kinds: &[Kind]) -> Self {
        let hues = kinds.iter().filter_map(|kind| kind.colour);
        Self {
            css: assets::address(&format!("{side}.css")),
            accent_css: assets::colours_address(accent, hues),
            js: assets::address(&format!("{side}.js")),
            icons: assets::address("icons.svg"),
            icon: assets::icon_address(accent),
            icon_type: "image/svg+xml",
        }
    }
}

/// The room's logo, as large as it stands on a page.
#[derive(Debug, Clone)]
pub struct LogoView {
    pub src: String,
    /// In CSS pixels.
    pub width: u32,
    pub height: u32,
    /// Whether it needs a white field where the page is dark.
    pub on_white: bool,
}

impl LogoView {
    /// It fits into 240 × 64 CSS pixels; one that is larger has up to three pixels for each.
    pub fn of(logo: &Logo) -> Self {
        const WIDEST: u32 = 240;
        const HIGHEST: u32 = 64;
        let (width, height) = (logo.width.max(1), logo.height.max(1));
        let high = HIGHEST.min(height).min(WIDEST * height / width).max(1);
        Self {
            src: paths::logo(&logo.hash),
            width: (width * high).div_ceil(height).clamp(1, WIDEST),
            height: high,
            on_white: logo.paper == Paper::White,
        }
    }
}

/// Where a long list stands.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    pub page: u64,
    pub pages: u64,
    pub newer: Option<String>,
    pub older: Option<String>,
}

impl Pager {
    /// `address` makes the address of a page from its number.
    pub fn new(page: u64, count: u64, per_page: u64, address: impl Fn(u64) -> String) -> Self {
        let pages = count.div_ceil(per_page).max(1);
        Self {
            page,
            pages,
            newer: (page > 1).then(|| address(page - 1)),
            older: (page < pages).then(|| address(page + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_keeps_its_shape_and_fits() {
        let size = |width, height| {
            let logo = Logo {
                hash: String::new(),
                width,
                height,
                paper: Paper::Any,
            };
            let shown = LogoView::of(&logo);
            (shown.width, shown.height)
        };
        assert_eq!(size(720, 150), (240, 50));
        assert_eq!(size(192, 192), (64, 64));
        assert_eq!(size(100, 40), (100, 40));
        assert_eq!(size(720, 36), (240, 12));
    }

    #[test]
    fn a_pager_ends_where_the_list_ends() {
        let middle = Pager::new(2, 25, 12, |page| format!("/?page={page}"));
        assert_eq!(middle.newer.as_deref(), Some("/?page=1"));
        assert_eq!(middle.older.as_deref(), Some("/?page=3"));
        let last = Pager::new(3, 25, 12, |page| page.to_string());
        assert!(last.older.is_none());
        assert_eq!(Pager::new(1, 0, 12, |page| page.to_string()).pages, 1);
    }
}
