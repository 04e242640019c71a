//! Which face a letter on paper is set with: that of its look, else one that looks nearly like it.

use std::sync::Arc;

use crate::media::graphic::Faces;

/// What words are set for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Voice {
    Text,
    Strong,
    Slanted,
    Small,
    Head,
}

/// A face: whose list it is in, and its number there.
pub(super) type Key = (Voice, usize);

/// The faces of papers, each list without the scripts that the lists behind it have.
pub struct PaperFaces {
    pub text: Faces,
    pub strong: Faces,
    pub slanted: Faces,
    pub small: Faces,
    /// Titles and headings; holds every script.
    pub head: Faces,
}

impl PaperFaces {
    const fn list(&self, voice: Voice) -> &Faces {
        match voice {
            Voice::Text => &self.text,
            Voice::Strong => &self.strong,
            Voice::Slanted => &self.slanted,
            Voice::Small => &self.small,
            Voice::Head => &self.head,
        }
    }

    pub(super) fn bytes(&self, (voice, face): Key) -> Option<Arc<Vec<u8>>> {
        self.list(voice).bytes(face)
    }

    pub(super) fn leading(&self, (voice, face): Key) -> f64 {
        self.list(voice).leading(face)
    }

    pub(super) fn holds(&self, (voice, face): Key, letter: char) -> bool {
        self.list(voice).holds(face, letter)
    }

    /// The face for a letter, for readers of that language.
    pub(super) fn holding(&self, letter: char, voice: Voice, language: &str) -> Option<Key> {
        let tried: &[Voice] = match voice {
            Voice::Text => &[Voice::Text, Voice::Head],
            Voice::Strong => &[Voice::Strong, Voice::Head],
            Voice::Slanted => &[Voice::Slanted, Voice::Text, Voice::Head],
            Voice::Small => &[Voice::Small, Voice::Text, Voice::Head],
            Voice::Head => &[Voice::Head],
        };
        tried.iter().find_map(|voice| {
            let face = self.list(*voice).holding(letter, language)?;
            Some((*voice, face))
        })
    }
}
