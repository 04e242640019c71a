//! Which addresses a text may lead to, and how any text stands in HTML without becoming HTML.

/// Where a link leads, as far as its safety goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Another place: a page elsewhere, a mailbox, a telephone.
    Outside,
    /// This room, or a spot on the same page.
    Inside,
    /// Nothing a reader may be sent to; the words stay, the link does not.
    Refused,
}

const OUTSIDE: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];
const IMAGE: &str = "image:";

/// Judges an address by what it may be, never by what it may not be.
pub(super) fn address(url: &str) -> Address {
    // Browsers drop tabs and line ends inside an address, which would make `/\t/x` another host.
    if url.chars().any(char::is_control) {
        return Address::Refused;
    }
    if OUTSIDE.iter().any(|scheme| starts_with(url, scheme)) {
        return Address::Outside;
    }
    let mut signs = url.chars();
    match (signs.next(), signs.next()) {
        // Browsers read a backslash as a slash, and two slashes as the start of a host.
        (Some('/'), Some('/' | '\\')) => Address::Refused,
        (Some('/' | '#'), _) => Address::Inside,
        _ => Address::Refused,
    }
}

fn starts_with(url: &str, scheme: &str) -> bool {
    url.len() > scheme.len()
        && url
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// The number in `image:12`.
pub(super) fn image_number(url: &str) -> Option<i64> {
    url.strip_prefix(IMAGE)?
        .parse()
        .ok()
        .filter(|number| *number > 0)
}

/// Appends text so that it reads the same between tags and inside a quoted attribute.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_mailboxes_telephones_and_this_room_may_be_linked() {
        for url in [
            "https://a.example",
            "HTTP://a.example",
            "mailto:a@b.example",
            "tel:+4420",
        ] {
            assert_eq!(address(url), Address::Outside, "{url}");
        }
        for url in ["/news/verdict", "/", "#note", "/a//b"] {
            assert_eq!(address(url), Address::Inside, "{url}");
        }
    }

    #[test]
    fn scripts_other_hosts_in_disguise_and_bare_words_may_not() {
        let refused = [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:x",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\\\\evil.example",
            "",
            "page.html",
            "https:",
            "file:///etc",
            "image:12",
            "mailto:",
            "?page=2",
        ];
        for url in refused {
            assert_eq!(address(url), Address::Refused, "{url}");
        }
    }

    #[test]
    fn only_a_whole_positive_number_names_an_image() {
        assert_eq!(image_number("image:12"), Some(12));
        for url in [
            "image:",
            "image:0",
            "image:-3",
            "image:12x",
            "image: 12",
            "http://image:12",
        ] {
            assert_eq!(image_number(url), None, "{url}");
        }
        assert_eq!(image_number("image:99999999999999999999"), None);
    }
}
