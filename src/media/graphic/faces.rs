//! The faces that letters are drawn with: which one holds which letter, each unpacked when it is needed.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::Deserialize;

/// One face, as the list of them tells it.
#[derive(Clone, Debug, Deserialize)]
struct Face {
    /// The name under which its bytes are found.
    file: String,
    /// The language whose readers expect these shapes; Han letters have others in each.
    #[serde(default)]
    language: String,
    /// How far lines stand apart, in heights of its letters.
    leading: f64,
    /// From and to, both included, in order.
    letters: Vec<(u32, u32)>,
}

type Unpack = Box<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// All faces, the first that holds a letter before the others.
pub struct Faces {
    known: Vec<Face>,
    unpack: Unpack,
    open: Cache<usize, Arc<Vec<u8>>, Weight>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<usize, Arc<Vec<u8>>> for Weight {
    fn weight(&self, _face: &usize, bytes: &Arc<Vec<u8>>) -> u64 {
        u64::try_from(bytes.len()).unwrap_or(u64::MAX)
    }
}

impl Faces {
    /// The faces of this list, a JSON array; `unpack` gives the bytes of one (TrueType).
    pub fn of(
        list: &[u8],
        unpack: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Result<Self, serde_json::Error> {
        const KEPT: usize = 100;
        const KEPT_BYTES: u64 = 12_000_000;
        Ok(Self {
            known: serde_json::from_slice(list)?,
            unpack: Box::new(unpack),
            open: Cache::with_weighter(KEPT, KEPT_BYTES, Weight),
        })
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The face to draw a letter with, for readers of that language.
    pub(in crate::media) fn holding(&self, letter: char, language: &str) -> Option<usize> {
        let mut others = None;
        for (number, face) in self.known.iter().enumerate() {
            if !face.holds(letter) {
                continue;
            }
            if face.language.is_empty() || face.language == language {
                return Some(number);
            }
            others = others.or(Some(number));
        }
        others
    }

    pub(in crate::media) fn holds(&self, face: usize, letter: char) -> bool {
        self.known.get(face).is_some_and(|face| face.holds(letter))
    }

    pub(in crate::media) fn leading(&self, face: usize) -> f64 {
        self.known.get(face).map_or(1.0, |face| face.leading)
    }

    pub(in crate::media) fn bytes(&self, face: usize) -> Option<Arc<Vec<u8>>> {
        if let Some(open) = self.open.get(&face) {
            return Some(open);
        }
        let bytes = Arc::new((self.unpack)(&self.known.get(face)?.file)?);
        self.open.insert(face, Arc::clone(&bytes));
        Some(bytes)
    }
}

impl Face {
    fn holds(&self, letter: char) -> bool {
        let letter = u32::from(letter);
        let after = self.letters.partition_point(|(from, _)| *from <= letter);
        let before = after.checked_sub(1).and_then(|at| self.letters.get(at));
        before.is_some_and(|(_, to)| letter <= *to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"[
        {"file": "latin", "leading": 1.1, "letters": [[32, 126], [8230, 8230]]},
        {"file": "ja", "language": "ja", "leading": 1.3, "letters": [[19968, 19970]]},
        {"file": "zh", "language": "zh", "leading": 1.3, "letters": [[19968, 19980]]}
    ]"#;

    #[test]
    fn a_han_letter_has_the_shape_that_its_readers_know() {
        let faces = Faces::of(LIST.as_bytes(), |_| None).unwrap();
        assert_eq!(faces.holding('a', "ja"), Some(0));
        assert_eq!(faces.holding('…', "ja"), Some(0));
        assert_eq!(faces.holding('一', "ja"), Some(1));
        assert_eq!(faces.holding('一', "zh"), Some(2));
        // One that only the other face holds is better than none.
        assert_eq!(faces.holding('丈', "ja"), Some(2));
        assert_eq!(faces.holding('ბ', "ja"), None);
        assert_eq!(faces.holding('\u{1f}', "ja"), None);
    }
}
