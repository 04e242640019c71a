//! The walls of the house: who may use whom, how long a file may be, that every page has its template.

#![expect(
    clippy::unwrap_used,
    reason = "the lint knows tests, but not the functions that they call"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Folder (or file) below `src`, and what it may use of ours.
const IMPORTS: [(&str, &[&str]); 26] = [
    ("clock", &[]),
    ("zone", &["clock"]),
    ("keys", &[]),
    ("accounts", &["clock", "keys"]),
    ("media", &["clock", "keys"]),
    ("prose", &["clock", "zone"]),
    ("newsroom", &["clock", "zone", "keys", "accounts", "media"]),
    (
        "storage",
        &["clock", "zone", "accounts", "media", "newsroom"],
    ),
    (
        "desk",
        &[
            "clock", "zone", "keys", "accounts", "media", "newsroom", "prose", "storage",
        ],
    ),
    (
        "mailer",
        &["clock", "keys", "accounts", "newsroom", "storage"],
    ),
    ("backups", &["clock", "storage"]),
    ("janitor", &["clock", "desk", "media", "storage"]),
    ("apart", &[]),
    ("darkroom", &["apart", "media", "storage"]),
    ("purger", &["clock", "keys", "storage"]),
    (
        "portable",
        &["clock", "keys", "media", "newsroom", "storage"],
    ),
    ("config", &[]),
    ("operation", &["clock", "storage", "backups"]),
    ("telemetry", &["config", "keys", "operation"]),
    (
        "web",
        &[
            "keys",
            "clock",
            "zone",
            "accounts",
            "media",
            "newsroom",
            "prose",
            "storage",
            "telemetry",
            "operation",
        ],
    ),
    (
        "public",
        &[
            "clock", "zone", "keys", "media", "newsroom", "prose", "storage", "web",
        ],
    ),
    (
        "passes",
        &[
            "clock", "newsroom", "prose", "storage", "desk", "web", "public",
        ],
    ),
    (
        "admin",
        &[
            "apart",
            "clock",
            "zone",
            "accounts",
            "media",
            "newsroom",
            "prose",
            "storage",
            "desk",
            "web",
            "public",
            "samples",
            "keys",
            "leaks",
            "operation",
            "backups",
        ],
    ),
    (
        "samples",
        &[
            "clock", "zone", "accounts", "media", "newsroom", "storage", "desk", "keys",
        ],
    ),
    ("leaks", &["clock", "keys", "prose", "storage", "web"]),
    (
        "commands",
        &[
            "clock",
            "zone",
            "accounts",
            "media",
            "newsroom",
            "prose",
            "storage",
            "desk",
            "web",
            "public",
            "admin",
            "apart",
            "mailer",
            "backups",
            "purger",
            "janitor",
            "darkroom",
            "operation",
            "portable",
            "samples",
            "leaks",
            "app",
            "config",
            "telemetry",
            "keys",
        ],
    ),
];

/// What a folder must not name, whoever lends it.
const FOREIGN: [(&str, &[&str]); 12] = [
    ("accounts", &["actix", "diesel", "askama", "tokio"]),
    ("media", &["actix", "diesel", "askama", "tokio"]),
    ("prose", &["actix", "diesel", "askama", "tokio"]),
    (
        "newsroom",
        &[
            "actix",
            "diesel",
            "askama",
            "tokio",
            "std::fs",
            "clock::Clock",
            "SystemTime",
        ],
    ),
    ("storage", &["actix", "askama", "lettre"]),
    ("mailer", &["actix", "diesel"]),
    ("purger", &["actix", "diesel"]),
    ("janitor", &["actix", "diesel"]),
    ("darkroom", &["actix", "diesel"]),
    ("desk", &["actix", "diesel", "askama", "lettre", "Clock,"]),
    ("passes", &["diesel", "get_session"]),
    (
        "public",
        &["diesel", "crate::storage::Store", "WriteTx", "get_session"],
    ),
];

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == extension) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing found in {folder}");
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .unwrap()
        .to_string_lossy()
        .into_owned()
}

/// The folder below `src` that a file belongs to, or the file's own name.
fn home(path: &Path) -> String {
    let below = name(path).trim_start_matches("src/").to_owned();
    below.split(['/', '.']).next().unwrap().to_owned()
}

/// The lines that are not a test's: tests may open everything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_owned()
}

/// The modules of ours that a text names after `crate::`, also inside braces.
fn uses(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    for part in text.split("crate::").skip(1) {
        let inside = part
            .strip_prefix('{')
            .and_then(|rest| rest.split('}').next());
        let names = inside
            .unwrap_or(part)
            .split(',')
            .take(if inside.is_some() { 99 } else { 1 });
        used.extend(names.map(|name| {
            let word = |c: char| !(c.is_alphanumeric() || c == '_');
            name.trim()
                .split(word)
                .next()
                .unwrap_or_default()
                .to_owned()
        }));
    }
    used.retain(|name| !name.is_empty());
    used
}

#[test]
fn every_folder_uses_only_what_its_place_allows() {
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let home = home(&path);
        let Some((_, allowed)) = IMPORTS.iter().find(|(known, _)| *known == home) else {
            assert!(
                ["lib", "main", "app"].contains(&home.as_str()),
                "no rule for {}",
                name(&path)
            );
            continue;
        };
        for used in uses(&code(&path)) {
            if used != home && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", name(&path)));
            }
        }
        let foreign = FOREIGN
            .iter()
            .find(|(known, _)| *known == home)
            .map_or(&[][..], |(_, list)| list);
        let text = code(&path);
        for word in foreign {
            if text.contains(word) {
                wrong.push(format!("{} names {word}", name(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_wall_that_is_broken_is_noticed() {
    assert_eq!(
        uses("use crate::{desk, web::page};\nlet x = crate::storage::open();"),
        ["desk", "web", "storage"]
    );
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    let mut wrong = Vec::new();
    let sources = ["src", "tests", "benches"].map(|folder| files(folder, "rs"));
    for path in sources.into_iter().flatten() {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not start with //!", name(&path)));
        }
        let lines = text.lines().count();
        if lines > 400 && !path.ends_with("storage/schema.rs") {
            wrong.push(format!("{} has {lines} lines", name(&path)));
        }
    }
    for path in files("templates", "html") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > 90 {
            wrong.push(format!("{} has {lines} lines", name(&path)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_page_template_belongs_to_one_page() {
    let sources: Vec<String> = files("src", "rs")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for side in ["public", "passes", "admin", "problems"] {
        for path in files(&format!("templates/{side}"), "html") {
            let below = name(&path).trim_start_matches("templates/").to_owned();
            let marker = format!("path = \"{below}\"");
            let pages = sources.iter().filter(|text| text.contains(&marker)).count();
            assert_eq!(pages, 1, "{below}");
        }
    }
}

#[test]
fn no_template_trusts_html_by_itself_or_carries_style_and_script() {
    for path in files("templates", "html") {
        let text = fs::read_to_string(&path).unwrap();
        for word in [
            "|safe",
            "| safe",
            "style=\"",
            "onclick=",
            "<style",
            "javascript:",
        ] {
            assert!(!text.contains(word), "{} holds {word}", name(&path));
        }
        for script in text.split("<script").skip(1) {
            let harmless = script.contains("src=\"") || script.contains("application/ld+json");
            assert!(harmless, "{} holds an inline script", name(&path));
        }
    }
}
