//! What must hold on every page that any test opens.

use std::collections::HashSet;

use scraper::{ElementRef, Html};

use super::form::label_of;
use super::page::{Page, selector};

/// Fails where a page is broken, whatever the test wanted from it.
pub(super) fn check(page: &Page, root: &str) {
    if !page.is_html() {
        return;
    }
    let html = page.html();
    let at = format!("{} {}", page.status, page.address);
    assert!(
        page.source()
            .to_lowercase()
            .trim_start()
            .starts_with("<!doctype html>"),
        "{at}: no doctype"
    );
    assert_eq!(page.count("h1"), 1, "{at}: one h1");
    assert!(!page.attr("html", "lang").is_empty(), "{at}: no language");
    labels(&html, &at);
    references(&html, &at);
    nothing_inline(&html, &at);
    nothing_foreign(&html, root, &at);
    assert_eq!(
        page.count("img:not([alt])"),
        0,
        "{at}: an image without alt"
    );
}

fn labels(html: &Html, at: &str) {
    let css = "input:not([type=hidden]):not([type=submit]), select, textarea";
    for field in html.select(&selector(css)) {
        let label = label_of(html, field);
        assert!(!label.is_empty(), "{at}: no label: {}", field.html());
    }
    for button in html.select(&selector("button, a[href]")) {
        let named = !label_of(html, button).is_empty();
        assert!(named, "{at}: says nothing: {}", button.html());
    }
}

/// Ids are unique, and whatever points to one finds it.
fn references(html: &Html, at: &str) {
    let mut ids = HashSet::new();
    for element in html.select(&selector("[id]")) {
        let id = element.attr("id").unwrap_or_default();
        assert!(ids.insert(id.to_owned()), "{at}: id {id} stands twice");
    }
    for name in [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "list",
    ] {
        for element in html.select(&selector(&format!("[{name}]"))) {
            for id in element.attr(name).unwrap_or_default().split_whitespace() {
                assert!(ids.contains(id), "{at}: {name} leads nowhere: {id}");
            }
        }
    }
    for link in html.select(&selector("a[href^='#']")) {
        let id = link
            .attr("href")
            .unwrap_or_default()
            .trim_start_matches('#');
        assert!(ids.contains(id), "{at}: the link #{id} leads nowhere");
    }
}

fn nothing_inline(html: &Html, at: &str) {
    assert!(
        html.select(&selector("style, [style], iframe, object, embed"))
            .next()
            .is_none(),
        "{at}: inline style, or a page in the page"
    );
    for script in html.select(&selector("script")) {
        let is_data = script.attr("type") == Some("application/ld+json");
        let is_file = script.attr("src").is_some() && script.text().count() == 0;
        assert!(is_data || is_file, "{at}: {}", script.html());
    }
    for element in html.select(&selector("*")) {
        let handler = element
            .value()
            .attrs()
            .find(|(name, _)| name.starts_with("on"));
        assert_eq!(handler, None, "{at}: {}", element.html());
    }
    for link in html.select(&selector("[href], [src], [action]")) {
        for address in addresses(link) {
            let scheme = address.trim().to_lowercase();
            assert!(!scheme.starts_with("javascript:"), "{at}: {address}");
        }
    }
}

/// Whatever a page loads comes from the room itself.
fn nothing_foreign(html: &Html, root: &str, at: &str) {
    for element in html.select(&selector(
        "link, script, img, source, video, audio, use, form",
    )) {
        for address in addresses(element) {
            let own = address.starts_with('/') && !address.starts_with("//");
            let named = element.value().name() == "link" && address.starts_with(root);
            let itself = address.is_empty() || address.starts_with('?');
            assert!(own || named || itself, "{at}: loads {address}");
        }
    }
}

fn addresses(element: ElementRef<'_>) -> Vec<String> {
    let plain = ["href", "src", "action", "poster"]
        .into_iter()
        .filter_map(|name| element.attr(name));
    let sized = element
        .attr("srcset")
        .into_iter()
        .flat_map(|all| all.split(", "))
        .filter_map(|one| one.split_whitespace().next());
    plain.chain(sized).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    const ROOT: &str = "http://127.0.0.1:8080";

    fn passes(main: &str) -> bool {
        let head = "<!doctype html><html lang=en><title>T</title>";
        let page = Page {
            address: "/".to_owned(),
            status: 200,
            headers: [(
                "content-type".parse().unwrap(),
                "text/html".parse().unwrap(),
            )]
            .into_iter()
            .collect(),
            body: format!("{head}<main>{main}</main>").into_bytes(),
        };
        catch_unwind(AssertUnwindSafe(|| check(&page, ROOT))).is_ok()
    }

    #[test]
    fn a_sound_page_passes() {
        assert!(passes(
            "<h1>One</h1><label for=a>A</label><input id=a><label>B <select></select></label>\
             <img src=/x.png alt=''><a href='#a'>To A</a><a href=https://quay.example/>Out</a>"
        ));
    }

    #[test]
    fn whatever_breaks_a_page_is_noticed() {
        for broken in [
            "<p>No heading</p>",
            "<h1>One</h1><h1>Two</h1>",
            "<h1>One</h1><input id=a>",
            "<h1>One</h1><textarea aria-label=''></textarea>",
            "<h1>One</h1><button></button>",
            "<h1>One</h1><p id=a></p><p id=a></p>",
            "<h1>One</h1><label for=a>A</label>",
            "<h1>One</h1><p aria-describedby=a></p>",
            "<h1>One</h1><a href='#a'>Nowhere</a>",
            "<h1 style='color:red'>One</h1>",
            "<h1 onclick='x()'>One</h1>",
            "<h1>One</h1><style>a{}</style>",
            "<h1>One</h1><script>x()</script>",
            "<h1>One</h1><script src=https://elsewhere.example/x.js></script>",
            "<h1>One</h1><img alt='' src=//elsewhere.example/x.png>",
            "<h1>One</h1><img alt='' src=/x.png srcset='/x.png 1w, https://elsewhere.example/y.png 2w'>",
            "<h1>One</h1><img src=/x.png>",
            "<h1>One</h1><a href=' JavaScript:x()'>Runs</a>",
            "<h1>One</h1><iframe></iframe>",
        ] {
            assert!(!passes(broken), "{broken}");
        }
    }
}
