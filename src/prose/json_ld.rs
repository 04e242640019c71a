//! JSON-LD: JSON that no text in it can turn into the end of its script element.

use std::fmt;

use serde_json::Value;

/// JSON that is safe inside `<script type="application/ld+json">`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonLd(String);

impl JsonLd {
    /// Writes the signs that HTML or old scripts would read as their own as JSON escapes.
    pub fn new(value: &Value) -> Self {
        Self(value.to_string().chars().flat_map(safe).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn safe(sign: char) -> Vec<char> {
    match sign {
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
            format!("\\u{:04x}", u32::from(sign)).chars().collect()
        }
        _ => vec![sign],
    }
}

impl fmt::Display for JsonLd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_the_script_and_all_signs_read_back() {
        let value = serde_json::json!({
            "headline": "</script><!-- \"&\" 'x' \u{2028}\u{2029} 🐟 خبر",
        });
        let json = JsonLd::new(&value).to_string();
        assert!(
            !json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
    }
}
