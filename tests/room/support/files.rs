//! Small PDFs, and their way into a room as if somebody had uploaded and described them.

use std::fmt::Write;

use dateline::keys::new_key;
use dateline::media::FileFormat;
use dateline::media::files::look_at;
use dateline::newsroom::{FileId, FileWords};
use dateline::storage::StorageError;
use dateline::storage::files::{self, NewBytes};

use super::room::Room;

/// A PDF of that many empty pages; another word makes other bytes.
pub(crate) fn pdf(pages: usize, word: &str) -> Vec<u8> {
    let mut text = format!("%PDF-1.4\n% {word}\n");
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")),
    ];
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned();
    objects.extend(std::iter::repeat_n(page, pages));
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(text.len());
        writeln!(text, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let (start, size) = (text.len(), places.len() + 1);
    writeln!(text, "xref\n0 {size}\n0000000000 65535 f ").unwrap();
    for place in &places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    let trailer = format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    (text + &trailer).into_bytes()
}

/// A file of a room: its number, and its address for readers.
pub(crate) struct Kept {
    pub(crate) id: FileId,
    pub(crate) address: String,
}

impl Room {
    /// Takes a file in under that name, with a title.
    pub(crate) async fn keep(&self, name: &str, bytes: &[u8], title: &str) -> Kept {
        let (now, by) = (self.clock.now(), self.staff.editor.id);
        let (name, bytes) = (name.to_owned(), bytes.to_vec());
        let words = FileWords {
            title: title.parse().unwrap(),
            language: "en".parse().unwrap(),
            contact: "".parse().unwrap(),
        };
        let kept = self.store.write(move |tx| {
            let taken = look_at(&name, &bytes).unwrap();
            let new = NewBytes {
                taken: &taken,
                bytes: &bytes,
                file_name: &name,
                by,
                now,
            };
            let id = files::add(tx, &new, (&new_key(), "en"))?;
            let known = files::find(tx, id)?.unwrap();
            files::describe(tx, &known, &words)?;
            Ok::<_, StorageError>(Kept {
                id,
                address: address(&known.key, known.format),
            })
        });
        kept.await.unwrap()
    }
}

fn address(key: &str, format: FileFormat) -> String {
    format!("/files/{key}.{}", format.ending())
}
