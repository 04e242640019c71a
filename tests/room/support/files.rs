//! Small PDFs, and their way into a room as if somebody had uploaded and described them.

use std::io::Write;

use dateline::keys::new_key;
use dateline::media::FileFormat;
use dateline::media::files::look_at;
use dateline::newsroom::{FileId, FileWords};
use dateline::storage::StorageError;
use dateline::storage::files::{self, NewBytes};

use super::room::Room;

/// A PDF of that many empty pages; another word makes other bytes.
pub(crate) fn pdf(pages: usize, word: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
    let mut objects = vec![
        CATALOG.to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")),
    ];
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned();
    objects.extend(std::iter::repeat_n(page, pages));
    let objects: Vec<Vec<u8>> = objects.into_iter().map(String::into_bytes).collect();
    pdf_of(word, &objects)
}

/// A PDF of one page, with these entries besides, and further objects from number 4 on.
pub(crate) fn one_page(entries: &str, further: &[Vec<u8>]) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R{entries}>>");
    let own = [CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1>>", &page];
    let own = own.into_iter().map(|object| object.as_bytes().to_vec());
    let objects: Vec<Vec<u8>> = own.chain(further.iter().cloned()).collect();
    pdf_of("one page", &objects)
}

/// A PDF of one page, three by four, in that colour: red, green and blue from 0 to 1.
pub(crate) fn painted(colour: &str) -> Vec<u8> {
    let paint = format!("{colour} rg 0 0 300 400 re f");
    let entries = "/MediaBox[0 0 300 400]/Contents 4 0 R";
    one_page(entries, &[stream("", paint.as_bytes())])
}

/// An object of these entries with these bytes.
pub(crate) fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";

/// These objects, numbered from 1 on, of which the first leads to all others.
fn pdf_of(word: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.4\n% {word}\n").into_bytes();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        writeln!(bytes, "{number} 0 obj").unwrap();
        bytes.extend_from_slice(object);
        writeln!(bytes, "\nendobj").unwrap();
    }
    let (start, size) = (bytes.len(), places.len() + 1);
    writeln!(bytes, "xref\n0 {size}\n0000000000 65535 f ").unwrap();
    for place in &places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(
        bytes,
        "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    bytes
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
