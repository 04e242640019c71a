//! The files of an item in its pack, as readers get them.

use sha2::{Digest, Sha256};

use super::packing::Packing;
use crate::clock::Instant;
use crate::newsroom::slug::Slug;
use crate::public::file_view::facts;
use crate::public::item::Story;
use crate::storage::file_bytes::{self, Asked};
use crate::storage::{AttachedFile, ReadStore};
use crate::web::{Problem, paths};

/// A file under the name that the texts call it by.
pub(super) struct PackedFile {
    pub name: String,
    pub title: String,
    pub language: &'static str,
    pub facts: String,
    pub hash: String,
    asked: Asked,
    now: Instant,
}

impl PackedFile {
    pub(super) fn all(story: &Story<'_>, now: Instant) -> Vec<Self> {
        let files = story.around.files.iter();
        files
            .map(|file| Self {
                name: name(file),
                title: file.title.clone(),
                language: file.language.as_str(),
                facts: facts(file),
                hash: file.hash.clone(),
                asked: Asked::Reader {
                    name: format!("{}.{}", file.key, file.format.ending()),
                },
                now,
            })
            .collect()
    }

    /// Piece by piece, each read when the one before has gone. A file that readers may not have any more,
    /// or that has other bytes by now, breaks the pack off.
    pub(super) async fn pack(
        &self,
        read: &ReadStore,
        packing: &mut Packing,
    ) -> Result<(), Problem> {
        packing.open(&self.name)?;
        let (mut sum, mut number) = (Sha256::new(), 1);
        while let Some(bytes) = self.piece(read, number).await? {
            sum.update(&bytes);
            packing.more(&bytes).await?;
            number += 1;
        }
        packing.sum(&self.name, &sum.finalize());
        Ok(())
    }

    async fn piece(&self, read: &ReadStore, number: usize) -> Result<Option<Vec<u8>>, Problem> {
        let (asked, now, hash) = (self.asked.clone(), self.now, self.hash.clone());
        read.read(move |tx| {
            let open = file_bytes::open(tx, &asked, now)?;
            let open = open.filter(|open| open.hash == hash);
            let open = open.ok_or(Problem::NotFound)?;
            Ok(file_bytes::piece(tx, &open, number)?)
        })
        .await
    }
}

/// `files/verdict-in-paris-3.pdf`
fn name(file: &AttachedFile) -> String {
    let words = Slug::suggest(&file.title);
    format!(
        "files/{}-{}.{}",
        words.as_str(),
        file.id,
        file.format.ending()
    )
}

/// The files as Markdown, for texts that are read elsewhere: each leads to its address in the room.
pub(super) fn listed(story: &Story<'_>) -> String {
    let line = |file: &AttachedFile| {
        let title: String = file.title.chars().flat_map(plainly).collect();
        let address = paths::file(&file.key, file.format);
        format!(
            "- [{title}]({}{address}): {}; {}",
            story.address.0,
            facts(file),
            name(file)
        )
    };
    let lines: Vec<String> = story.around.files.iter().map(line).collect();
    lines.join("\n")
}

/// A sign as Markdown shows it, whatever it would mean there.
fn plainly(sign: char) -> impl Iterator<Item = char> {
    sign.is_ascii_punctuation()
        .then_some('\\')
        .into_iter()
        .chain([sign])
}
