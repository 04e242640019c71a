//! The files of an item in its pack, as readers get them.

use sha2::{Digest, Sha256};

use super::packing::Packing;
use super::watch::Watch;
use crate::newsroom::slug::Slug;
use crate::public::file_view::facts;
use crate::public::item::Story;
use crate::storage::AttachedFile;
use crate::storage::file_bytes::{self, Asked};
use crate::web::{Problem, paths};

/// A file under the name that the texts call it by.
pub(super) struct PackedFile {
    pub name: String,
    pub title: String,
    pub language: &'static str,
    pub facts: String,
    pub hash: String,
    asked: Asked,
}

impl PackedFile {
    pub(super) fn all(story: &Story<'_>) -> Vec<Self> {
        (1..)
            .zip(&story.around.files)
            .map(|(place, file)| Self {
                name: name(place, file),
                title: file.title.clone(),
                language: file.language.as_str(),
                facts: facts(file),
                hash: file.hash.clone(),
                asked: Asked::Reader {
                    name: format!("{}.{}", file.key, file.format.ending()),
                },
            })
            .collect()
    }

    /// Piece by piece, each read when the one before has gone. A file that readers may not have any more,
    /// or that has other bytes by now, breaks the pack off.
    pub(super) async fn pack(&self, watch: &Watch, packing: &mut Packing) -> Result<(), Problem> {
        packing.open(&self.name)?;
        let (mut sum, mut number) = (Sha256::new(), 1);
        while let Some(bytes) = self.piece(watch, number).await? {
            sum.update(&bytes);
            packing.more(&bytes).await?;
            number += 1;
        }
        packing.sum(&self.name, &sum.finalize());
        Ok(())
    }

    async fn piece(&self, watch: &Watch, number: usize) -> Result<Option<Vec<u8>>, Problem> {
        let (asked, hash) = (self.asked.clone(), self.hash.clone());
        watch
            .ask(move |tx, now| {
                let open = file_bytes::open(tx, &asked, now)?;
                let Some(open) = open.filter(|open| open.hash == hash) else {
                    return Ok(None);
                };
                Ok(Some(file_bytes::piece(tx, &open, number)?))
            })
            .await
    }
}

/// `files/verdict-in-paris-2.pdf`: the words of its title, and its place among the item's files.
fn name(place: usize, file: &AttachedFile) -> String {
    let (words, ending) = (Slug::suggest(&file.title), file.format.ending());
    format!("files/{}-{place}.{ending}", words.as_str())
}

/// The files as Markdown, for texts that are read elsewhere: each leads to its address in the room.
pub(super) fn listed(story: &Story<'_>) -> String {
    let line = |(place, file): (usize, &AttachedFile)| {
        let title: String = file.title.chars().flat_map(plainly).collect();
        let address = paths::file(&file.key, file.format);
        format!(
            "- [{title}]({}{address}): {}; {}",
            story.address.0,
            facts(file),
            name(place, file)
        )
    };
    let lines: Vec<String> = (1..).zip(&story.around.files).map(line).collect();
    lines.join("\n")
}

/// A sign as Markdown shows it, whatever it would mean there.
fn plainly(sign: char) -> impl Iterator<Item = char> {
    sign.is_ascii_punctuation()
        .then_some('\\')
        .into_iter()
        .chain([sign])
}
