//! What a text quotes: words between quotation marks of many scripts, and quoted paragraphs.

/// Opening marks, and the signs that close each.
const PAIRS: [(char, &str); 9] = [
    ('“', "”"),
    ('„', "“”"),
    ('«', "»"),
    ('»', "«"),
    ('「', "」"),
    ('『', "』"),
    ('‹', "›"),
    ('‘', "’"),
    ('"', "\""),
];

/// What stands between quotation marks, and quoted paragraphs.
pub(super) fn quotations(text: &str) -> Vec<String> {
    let mut quotations: Vec<String> = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('>'))
        .map(spaced)
        .collect();
    let marked: String = text
        .split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with('>'))
        .collect();
    let mut rest = marked.as_str();
    while let Some((at, opening)) = rest.char_indices().find(|(at, sign)| {
        PAIRS.iter().any(|(opening, _)| opening == sign) && opens(rest, *at, *sign)
    }) {
        let closing = PAIRS.iter().find(|(known, _)| *known == opening);
        let closing = closing.map_or("", |(_, closing)| closing);
        let Some((_, inside)) = rest.split_at_checked(at + opening.len_utf8()) else {
            break;
        };
        let end = inside
            .char_indices()
            .find(|(at, sign)| {
                *sign == '\n' && ends_paragraph(inside, *at)
                    || closing.contains(*sign) && closes(inside, *at, *sign)
            })
            .map(|(at, _)| at);
        let Some((quoted, after)) = end.and_then(|end| inside.split_at_checked(end)) else {
            rest = inside;
            continue;
        };
        quotations.push(spaced(quoted));
        let mut signs = after.chars();
        signs.next();
        rest = signs.as_str();
    }
    quotations.retain(|words| !words.is_empty());
    quotations
}

/// A line that is only wrapped goes on in the next one.
fn ends_paragraph(text: &str, at: usize) -> bool {
    let (_, after) = text.split_at_checked(at).unwrap_or_default();
    after
        .lines()
        .nth(1)
        .is_none_or(|line| line.trim().is_empty())
}

/// A straight mark opens a quotation before a word and not behind one: `an 8" pipe` quotes nobody.
fn opens(text: &str, at: usize, sign: char) -> bool {
    if sign != '"' {
        return true;
    }
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let behind_a_word = before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let before_a_word = after
        .chars()
        .nth(1)
        .is_some_and(|next| !next.is_whitespace());
    !behind_a_word && before_a_word
}

/// A single mark inside a word is an apostrophe: `‘It’s over’` ends at the second.
fn closes(text: &str, at: usize, sign: char) -> bool {
    let (_, after) = text.split_at_checked(at).unwrap_or_default();
    sign != '’' || !after.chars().nth(1).is_some_and(char::is_alphanumeric)
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
