//! Office documents: ZIP archives, told by the names of what is in them, or by the word with which an Open
//! Document file names itself (ODF 1.3, part 2, 3.3). What is no text is unpacked, within bounds, for what it
//! gives away and what it does.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FileError, FileFormat, traces};

/// More than any document has; each costs memory.
const MOST_PARTS: usize = 20_000;

/// What all of it may unpack to, as it says itself, in bytes: more than programs open.
const MOST_DECLARED: u128 = 600_000_000;

/// What all that is no XML may unpack to, in bytes: more than photos do, which are packed already.
const MOST_UNPACKED: u64 = 200_000_000;

/// What one part of it may.
const LARGEST_PART: u64 = 50_000_000;

const BROKEN: FileError = FileError::Broken {
    name: "office document",
};

pub(super) fn format(bytes: &[u8]) -> Result<FileFormat, FileError> {
    let mut archive = opened(bytes)?;
    if archive
        .decompressed_size()
        .is_none_or(|all| all > MOST_DECLARED)
    {
        return Err(FileError::Swells);
    }
    let names: Result<Vec<String>, _> = archive
        .file_names()
        .map(|name| name.map(|name| name.to_lowercase()))
        .collect();
    let names = names.map_err(|_unreadable| BROKEN)?;
    let has = |part: &str| names.iter().any(|name| name == part);
    let format = if has("word/document.xml") {
        FileFormat::Docx
    } else if has("xl/workbook.xml") {
        FileFormat::Xlsx
    } else if has("ppt/presentation.xml") {
        FileFormat::Pptx
    } else {
        named(&mut archive).ok_or(FileError::Unknown)?
    };
    if names.iter().any(|name| is_macro(name)) {
        return Err(FileError::Macros);
    }
    let mut left = MOST_UNPACKED;
    look_into(&mut archive, &mut left, DEEPEST)?;
    Ok(format)
}

fn opened(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, FileError> {
    let parts = bytes.windows(4).filter(|four| four == b"PK\x01\x02");
    if parts.take(MOST_PARTS + 1).count() > MOST_PARTS {
        return Err(BROKEN);
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|_unreadable| BROKEN)
}

/// How many documents may stand in each other: a table in a report in a presentation.
const DEEPEST: u8 = 3;

/// Looks at every part that is no text, and at the lists of parts; in documents inside this one too.
fn look_into(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    left: &mut u64,
    deep: u8,
) -> Result<(), FileError> {
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_unreadable| BROKEN)?;
        let name = part.name().map_err(|_unreadable| BROKEN)?.to_lowercase();
        let lists = ["_rels/", "[content_types].xml"];
        let says_what_is_there = lists.iter().any(|list| name.contains(list));
        let is_text = [".xml", ".rels", ".rdf", "/"]
            .iter()
            .any(|end| name.ends_with(end));
        if is_text && !says_what_is_there {
            continue;
        }
        let most = LARGEST_PART.min(*left) + 1;
        let mut bytes = Vec::new();
        part.take(most)
            .read_to_end(&mut bytes)
            .map_err(|_unreadable| BROKEN)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length >= most {
            return Err(BROKEN);
        }
        *left -= length;
        if says_what_is_there {
            look_for_deeds(&String::from_utf8_lossy(&bytes))?;
        } else if traces::has(&bytes) {
            return Err(FileError::Traces);
        } else if bytes.starts_with(b"PK\x03\x04") {
            let deeper = deep.checked_sub(1).ok_or(BROKEN)?;
            look_into(&mut opened(&bytes)?, left, deeper)?;
        }
    }
    Ok(())
}

/// What a document does when somebody opens it, as the lists of its parts tell (ECMA-376, part 2, 10.1 and
/// 9.3): it runs macros, by whatever name they go, or fetches something, which tells others who reads it.
fn look_for_deeds(list: &str) -> Result<(), FileError> {
    const FETCHED: [&str; 5] = [
        "attachedTemplate",
        "image",
        "oleObject",
        "frame",
        "subDocument",
    ];
    if list.contains("macroEnabled") || list.contains("vbaProject") {
        return Err(FileError::Macros);
    }
    let fetches = |entry: &str| {
        let is_fetched = |kind: &&str| entry.contains(&format!("/{kind}\""));
        entry.contains("\"External\"") && FETCHED.iter().any(is_fetched)
    };
    if list.split('<').any(fetches) {
        return Err(FileError::Fetches);
    }
    Ok(())
}

/// What an Open Document file says that it is.
fn named(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<FileFormat> {
    const LONGEST: u64 = 100;
    let first = archive.by_index(0).ok()?;
    if first.name().ok()? != "mimetype" {
        return None;
    }
    let mut word = String::new();
    first.take(LONGEST).read_to_string(&mut word).ok()?;
    let formats = [FileFormat::Odt, FileFormat::Ods, FileFormat::Odp];
    formats.into_iter().find(|format| format.mime() == word)
}

/// Where macros stand: VBA and Excel's older ones in Office Open XML, Basic and scripts in ODF.
fn is_macro(name: &str) -> bool {
    let begins = ["xl/macrosheets/", "basic/", "scripts/"];
    let ends = ["vbaproject.bin", "vbadata.xml"];
    begins
        .iter()
        .any(|begin| name.starts_with(begin) && name != *begin)
        || ends.iter().any(|end| name.ends_with(end))
        || name.contains("/activex/")
}
