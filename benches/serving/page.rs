//! BENCHMARKS.md, of which each benchmark keeps its own part.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Puts the text into BENCHMARKS.md, in the place of the last one of this name.
pub(crate) fn keep(name: &str, text: &str) -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("BENCHMARKS.md");
    let known = fs::read_to_string(&file).context("BENCHMARKS.md")?;
    let (begin, end) = (format!("<!-- {name} -->\n"), "<!-- end -->\n");
    let replaced = known.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(end)?;
        Some(format!("{before}{begin}{text}{end}{after}"))
    });
    let kept = replaced.unwrap_or_else(|| format!("{known}\n{begin}{text}{end}"));
    Ok(fs::write(file, kept)?)
}
