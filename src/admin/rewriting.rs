//! A page of the readers' side for another place: its links led elsewhere, a bar put above it.

use lol_html::html_content::{ContentType, Element};
use lol_html::{HandlerResult, RewriteStrSettings, element, rewrite_str};

use crate::web::Problem;

/// The attributes that hold one address.
const ADDRESSES: [&str; 3] = ["href", "src", "action"];

/// The page with this bar above it and every address as `lead` says.
pub(super) fn rewritten(
    html: &str,
    bar: &str,
    lead: impl Fn(&str) -> String,
) -> Result<String, Problem> {
    let addresses = element!("[href], [src], [action], [srcset]", |element| {
        for name in ADDRESSES {
            change(element, name, &lead)?;
        }
        change(element, "srcset", &|set: &str| led_set(set, &lead))?;
        Ok(())
    });
    // Whoever goes by keyboard still meets the way to the main part first.
    let has_skip = html.contains("class=\"skip\"");
    let above = element!(if has_skip { "a.skip" } else { "body" }, |place| {
        if has_skip {
            place.after(bar, ContentType::Html);
        } else {
            place.prepend(bar, ContentType::Html);
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(addresses)
        .append_element_content_handler(above);
    rewrite_str(html, settings).map_err(Problem::broken)
}

/// Sets an attribute where it changes, so that everything else stays as it was written.
fn change(
    element: &mut Element<'_, '_>,
    name: &str,
    lead: &impl Fn(&str) -> String,
) -> HandlerResult {
    if let Some(before) = element.get_attribute(name) {
        let after = lead(&before);
        if after != before {
            element.set_attribute(name, &after)?;
        }
    }
    Ok(())
}

/// `address width, address width`: each address led, the widths as they are.
fn led_set(set: &str, lead: &impl Fn(&str) -> String) -> String {
    let each = |one: &str| match one.trim().split_once(' ') {
        Some((address, width)) => format!("{} {width}", lead(address)),
        None => lead(one.trim()),
    };
    set.split(',').map(each).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_pictures_and_forms_are_led_and_words_are_not() {
        let html = "<!doctype html><body><a href=\"/a?b&#38;c\" class=x>/a</a>\
            <img src=\"/i/1.jpg\" srcset=\"/i/1.jpg 320w, /i/2.jpg 640w\" alt=\"&#60;/a\"><form action=\"/\"></form>";
        let there = |address: &str| format!("/then{address}");
        let led = rewritten(html, "<p>bar</p>", there).unwrap();
        assert_eq!(
            led,
            "<!doctype html><body><p>bar</p><a href=\"/then/a?b&#38;c\" class=x>/a</a>\
            <img src=\"/then/i/1.jpg\" srcset=\"/then/i/1.jpg 320w, /then/i/2.jpg 640w\" \
            alt=\"&#60;/a\"><form action=\"/then/\"></form>"
        );
    }
}
