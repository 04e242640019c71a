//! What happened to the passes of an item, in words for its history.

use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::newsroom::Pass;

#[derive(Clone, Copy)]
pub(super) enum PassStep<'a> {
    Given(&'a Pass),
    Accepted(&'a Pass),
    Revoked(&'a Pass, PersonId),
}

impl<'a> PassStep<'a> {
    /// Every step of these passes, each with its instant.
    pub(super) fn all(passes: &'a [Pass]) -> impl Iterator<Item = (Instant, Self)> {
        passes.iter().flat_map(|pass| {
            let accepted = pass.accepted_at.map(|at| (at, Self::Accepted(pass)));
            let revoked = pass.revoked.map(|(by, at)| (at, Self::Revoked(pass, by)));
            [Some((pass.given_at, Self::Given(pass))), accepted, revoked]
                .into_iter()
                .flatten()
        })
    }

    /// Who of staff took it; nobody did where the holder accepted.
    pub(super) fn by(self) -> Option<PersonId> {
        match self {
            Self::Given(pass) => Some(pass.given_by),
            Self::Accepted(_) => None,
            Self::Revoked(_, by) => Some(by),
        }
    }

    pub(super) fn did(self) -> String {
        match self {
            Self::Given(pass) => format!("gave a pass to {}", holder(pass)),
            Self::Accepted(pass) => format!("with the pass of {} accepted its terms", holder(pass)),
            Self::Revoked(pass, _) => format!("revoked the pass of {}", holder(pass)),
        }
    }
}

/// Names in whatever script, which must not turn the words around them (Unicode, UAX 9).
fn holder(pass: &Pass) -> String {
    let words = &pass.words;
    format!(
        "\u{2068}{}\u{2069} of \u{2068}{}\u{2069}",
        words.holder, words.outlet
    )
}
