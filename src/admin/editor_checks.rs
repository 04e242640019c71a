//! What is missing before an item goes out, line by line.

use crate::clock::Instant;
use crate::desk::checklist::{self, Check};
use crate::desk::publishing::Desk;
use crate::storage::{ReadTx, StorageError};

/// A line of "Before it goes out".
pub(super) struct Line {
    pub look: String,
    pub sentence: String,
}

/// Nothing of an item that was not saved yet.
pub(super) fn lines(
    tx: &mut ReadTx<'_>,
    (desk, now): (Option<&Desk>, Instant),
) -> Result<Vec<Line>, StorageError> {
    let Some(desk) = desk else {
        return Ok(Vec::new());
    };
    let checks = checklist::look_at(tx, &desk.head.wording, now)?;
    Ok(checks.into_iter().map(line).collect())
}

fn line(check: Check) -> Line {
    let (look, sentence) = match check {
        Check::Done(name) => ("done", name.to_owned()),
        Check::Missing(sentence) => ("missing", sentence),
        Check::Advice(sentence) => ("advice", sentence),
    };
    Line {
        look: look.to_owned(),
        sentence,
    }
}
