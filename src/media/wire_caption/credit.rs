//! Credits: who took the photo, and through whom it came.

/// What a credit in the caption says, as it stands there.
pub(super) enum Credit {
    /// `(Photo by …)`
    First(String),
    /// `(Photo credit should read …)`: it corrects the first.
    Corrected(String),
}

/// A credit in its parts.
#[derive(Default)]
pub(super) struct Told {
    pub photographer: String,
    pub agency: String,
    pub whole: String,
    pub is_corrected: bool,
}

const CORRECTED: &str = "photo credit should read";

const FIRST: [&str; 12] = [
    "photo by",
    "photos by",
    "photograph by",
    "photography by",
    "picture by",
    "image by",
    "handout photo by",
    "file photo by",
    "photo credit:",
    "photo:",
    "credit:",
    "foto:",
];

/// Agencies whose credit stands at the end without parentheses.
const AT_THE_END: [&str; 4] = ["photo credit should read", "reuters/", "epa-efe/", "epa/"];

/// How the names of agencies begin.
const AGENCIES: [&str; 16] = [
    "afp",
    "ap",
    "associated press",
    "reuters",
    "getty",
    "epa",
    "efe",
    "pa images",
    "pa wire",
    "dpa",
    "anadolu",
    "xinhua",
    "tass",
    "ansa",
    "kyodo",
    "shutterstock",
];

/// The credits of a caption in their order, and the caption without them.
pub(super) fn taken_out(text: &str) -> (Vec<Credit>, String) {
    let (mut credits, mut kept) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        kept.push_str(before);
        let group = closed(after);
        if let Some((credit, behind)) =
            group.and_then(|(inside, behind)| Some((read(inside)?, behind)))
        {
            credits.push(credit);
            rest = behind;
        } else {
            kept.push('(');
            rest = after;
        }
    }
    kept.push_str(rest);
    let kept = at_the_end(&kept, &mut credits);
    (
        credits,
        kept.split_whitespace().collect::<Vec<_>>().join(" "),
    )
}

/// What stands inside the parenthesis that was opened, with those in it, and what comes behind.
fn closed(text: &str) -> Option<(&str, &str)> {
    /// Credits are short; a parenthesis that stays open is not looked through to the end each time.
    const LONGEST: usize = 400;
    let mut open = 1_usize;
    for (at, sign) in text.char_indices().take(LONGEST) {
        match sign {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            let (inside, behind) = text.split_at_checked(at)?;
            return Some((inside, behind.strip_prefix(')')?));
        }
    }
    None
}

fn read(inside: &str) -> Option<Credit> {
    let inside = inside.trim();
    if let Some(credit) = behind(inside, CORRECTED) {
        return Some(Credit::Corrected(credit.to_owned()));
    }
    if let Some(name) = behind(inside, "ap photo/") {
        return Some(Credit::First(format!("{name}/AP")));
    }
    let first = FIRST.into_iter().find_map(|words| behind(inside, words));
    first.map(|credit| Credit::First(credit.to_owned()))
}

/// What stands behind these words (small letters of ASCII) at the beginning of a text.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(words.len())?;
    let rest = rest.trim_start_matches([' ', ':']);
    front.eq_ignore_ascii_case(words).then_some(rest)
}

fn at_the_end(text: &str, credits: &mut Vec<Credit>) -> String {
    let small = text.to_ascii_lowercase();
    let found = AT_THE_END.into_iter().find_map(|words| {
        let at = small.rfind(words)?;
        let (kept, credit) = text.split_at_checked(at)?;
        let begins_a_word = kept.is_empty() || kept.ends_with([' ', '.']) || kept.ends_with(OPENS);
        begins_a_word.then_some((words, kept, credit))
    });
    let Some((words, kept, credit)) = found else {
        return text.to_owned();
    };
    let (kept, credit, rest) = unquoted(kept, credit);
    credits.push(match behind(credit, CORRECTED) {
        Some(credit) => Credit::Corrected(credit.to_owned()),
        None => Credit::First(turned(credit, words)),
    });
    format!("{kept}{rest}")
}

const OPENS: [char; 4] = ['"', '“', '«', '„'];
const CLOSES: [char; 4] = ['"', '”', '»', '“'];

/// A credit in quotation marks ends where they do; then what stands before, the credit, and what comes behind.
fn unquoted<'a>(kept: &'a str, credit: &'a str) -> (&'a str, &'a str, &'a str) {
    let before = kept.strip_suffix(OPENS);
    let inside = credit.split_once(CLOSES);
    match (before, inside) {
        (Some(before), Some((credit, rest))) => (before, credit, rest),
        (Some(before), None) => (before, credit, ""),
        (None, _) => (kept, credit, ""),
    }
}

/// `REUTERS/Ann Osei` names the agency first; everywhere else the photographer stands in front.
fn turned(credit: &str, agency: &str) -> String {
    match credit.split_at_checked(agency.len()) {
        Some((agency, name)) => format!("{}/{}", name, agency.trim_end_matches('/')),
        None => credit.to_owned(),
    }
}

/// The last correction, or the first credit where nobody corrected it.
pub(super) fn told(credits: &[Credit]) -> Told {
    let first = credits.iter().find_map(|credit| match credit {
        Credit::First(words) => Some(parts(words)),
        Credit::Corrected(_) => None,
    });
    let corrected = credits.iter().rev().find_map(|credit| match credit {
        Credit::Corrected(words) => Some(parts(words)),
        Credit::First(_) => None,
    });
    let is_corrected = corrected.is_some();
    let first = first.unwrap_or_default();
    let spelled = match corrected {
        Some(parts) => parts
            .into_iter()
            .map(|part| as_spelled(part, &first))
            .collect(),
        None => first,
    };
    of_parts(&spelled, is_corrected)
}

fn parts(words: &str) -> Vec<String> {
    let tidy = |part: &str| {
        let part = part.trim_matches([' ', '.', ',', ';']);
        let part = part.trim_start_matches(OPENS).trim_end_matches(CLOSES);
        // What is in the flag already.
        part.strip_suffix(", File").unwrap_or(part).to_owned()
    };
    words
        .split('/')
        .map(tidy)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Corrections are written in capitals; where the first credit spells the same name, its spelling is kept.
fn as_spelled(part: String, first: &[String]) -> String {
    let same = first
        .iter()
        .find(|known| known.to_lowercase() == part.to_lowercase());
    same.cloned().unwrap_or(part)
}

fn of_parts(parts: &[String], is_corrected: bool) -> Told {
    let is_agency = |part: &&String| {
        let small = part.to_lowercase();
        AGENCIES.iter().any(|agency| {
            small
                .strip_prefix(agency)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    let photographer = parts.first().filter(|part| !is_agency(part)).cloned();
    let behind = parts.iter().skip(usize::from(photographer.is_some()));
    let mut agencies: Vec<&String> = behind.clone().filter(is_agency).collect();
    if agencies.is_empty() {
        agencies.extend(behind.last());
    }
    let agency = agencies
        .into_iter()
        .cloned()
        .collect::<Vec<_>>()
        .join(" / ");
    Told {
        photographer: photographer.unwrap_or_default(),
        agency,
        whole: parts.join(" / "),
        is_corrected,
    }
}
