//! An answer as text that can be searched: marks away, entities read, spaces single.

/// The text twice: as it was sent, so that attributes are in it, and without its marks.
pub(super) fn readable(sent: &str) -> String {
    let plain = spaced(&entities(&without_marks(sent)));
    let sent = spaced(&entities(sent));
    format!("{sent}\n{plain}")
}

/// Single spaces, and no difference between straight and round quotation marks.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks within a line leave nothing, all others a space.
fn without_marks(html: &str) -> String {
    const WITHIN: [&str; 14] = [
        "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "mark", "span", "strong",
        "sup",
    ];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, mark)) = rest.split_once('<') {
        text.push_str(before);
        let Some((mark, after)) = mark.split_once('>') else {
            rest = mark;
            break;
        };
        let name = mark
            .trim_start_matches('/')
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if !WITHIN.contains(&name) {
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The entities that our templates, our feed and our JSON write.
fn entities(text: &str) -> String {
    const KNOWN: [(&str, &str); 13] = [
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("\\u003c", "<"),
        ("\\u003e", ">"),
        ("\\u0026", "&"),
        ("\\\"", "\""),
    ];
    KNOWN
        .into_iter()
        .fold(text.to_owned(), |text, (entity, sign)| {
            if text.contains(entity) {
                text.replace(entity, sign)
            } else {
                text
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_across_marks_and_in_attributes() {
        let text = readable("<p>The <em>ferry</em>\n stops</p><p>here</p><img alt=\"A &#38; B\">");
        assert!(text.contains("The ferry stops here"));
        assert!(text.contains("alt=\"A & B\""));
        assert!(readable("a < b and no end").contains('a'));
    }
}
