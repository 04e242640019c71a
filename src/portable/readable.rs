//! What of an export is for people: pictures under names that say what they are, and every item's
//! newest words as Markdown. None of the Markdown is read back.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::PortableError;
use super::exporting::Folder;
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::{FileId, ItemId, KindId, Revision, SubjectName};
use crate::storage::rows::Table;
use crate::storage::{ReadTx, StorageError, files, images, items, publications, room};

const README: &str = include_str!("README.md");

/// Where the bytes of a row go.
pub(super) fn file_of(
    tx: &mut ReadTx<'_>,
    table: &Table,
    column: &str,
    fields: &Map<String, Value>,
) -> Result<String, StorageError> {
    let number = |name: &str| fields.get(name).and_then(Value::as_i64).unwrap_or_default();
    let image = number("image_id");
    Ok(match table.name.as_str() {
        "originals" => picture(tx, ImageId::new(image))?,
        "renditions" => {
            let format = fields.get("format").and_then(Value::as_str);
            let format = format.unwrap_or_default();
            format!(
                "renditions/{image}/{}-{}.{format}",
                number("width"),
                number("id")
            )
        }
        "file_bytes" => {
            let (file, version) = (number("file_id"), number("version"));
            let ending = files::find(tx, FileId::new(file))?;
            let ending = ending.map_or("bin", |file| file.format.ending());
            let whole = format!("files/{file}-version-{version}.{ending}");
            match number("piece") {
                1 => whole,
                further => format!("{whole}.{further}"),
            }
        }
        "first_pages" => {
            let (file, version) = (number("file_id"), number("version"));
            let format = fields.get("format").and_then(Value::as_str);
            format!(
                "files/{file}-version-{version}-page-{}.{}",
                number("width"),
                format.unwrap_or_default()
            )
        }
        name => {
            let key: Vec<String> = fields.values().filter_map(part_of_key).collect();
            format!("files/{name}/{}-{column}.bin", key.join("-"))
        }
    })
}

/// Numbers and hashes: what rows with bytes are known by, and nothing that somebody typed.
fn part_of_key(value: &Value) -> Option<String> {
    let is_hash =
        |text: &&str| text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = value.as_i64().map(|number| number.to_string());
    number.or_else(|| value.as_str().filter(is_hash).map(str::to_owned))
}

/// `pictures/7.jpg`
fn picture(tx: &mut ReadTx<'_>, id: ImageId) -> Result<String, StorageError> {
    let format = images::find(tx, id)?.map(|image| image.format);
    let end = match format.as_deref() {
        Some("jpeg") | None => "jpg",
        Some(other) => other,
    };
    Ok(format!("pictures/{id}.{end}"))
}

/// The description of the folder, and a file for each item.
pub(super) fn write(
    tx: &mut ReadTx<'_>,
    folder: &Folder,
    now: Instant,
) -> Result<(), PortableError> {
    folder.write("README.md", README.as_bytes())?;
    for item in items::all(tx)? {
        let Some(head) = items::head(tx, item)? else {
            continue;
        };
        let slug = head.wording.slug.as_str();
        let name = format!("items/{:05}-{slug}.md", item.get());
        let words = words(tx, item, &head, now)?;
        folder.write(&name, words.as_bytes())?;
    }
    Ok(())
}

/// The newest words of an item, below what is to be known of them. Writing to a string cannot fail.
fn words(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    head: &Revision,
    now: Instant,
) -> Result<String, StorageError> {
    let wording = &head.wording;
    let mut text = String::from("---\n");
    for (name, value) in facts(tx, item, head, now)? {
        // What is JSON is YAML, too.
        let _written = writeln!(text, "{name}: {value}");
    }
    let _written = write!(text, "---\n\n# {}\n", wording.title.as_str());
    for (heading, part) in [
        ("", wording.summary.as_str()),
        ("", wording.body.as_str()),
        ("## Notes to editors\n\n", wording.notes.as_str()),
    ] {
        if !part.is_empty() {
            let _written = writeln!(text, "\n{heading}{}", with_pictures(tx, part)?);
        }
    }
    Ok(text)
}

fn facts(
    tx: &mut ReadTx<'_>,
    item: ItemId,
    head: &Revision,
    now: Instant,
) -> Result<Vec<(&'static str, Value)>, StorageError> {
    let wording = &head.wording;
    let lane = publications::lane(tx, item)?;
    let public = lane.at(now);
    let face = public.map_or("nothing", |row| row.face.as_str());
    let published = public.map(|row| row.published_at.to_string());
    let lead = match wording.lead {
        Some(lead) => Some(format!("../{}", picture(tx, lead.image)?)),
        None => None,
    };
    Ok(vec![
        ("title", wording.title.as_str().into()),
        ("slug", wording.slug.as_str().into()),
        ("kind", kind(tx, wording.kind)?.into()),
        ("language", wording.language.as_str().into()),
        ("revision", head.number.into()),
        ("written_at", head.written_at.to_string().into()),
        ("readers_see", face.into()),
        (
            "these_words_are_public",
            public.is_some_and(|row| row.revision == head.id).into(),
        ),
        ("published_at", published.into()),
        ("dateline", wording.dateline.as_str().into()),
        ("topics", names(&wording.topics).into()),
        ("places", names(&wording.places).into()),
        ("lead_picture", lead.into()),
    ])
}

fn kind(tx: &mut ReadTx<'_>, id: KindId) -> Result<String, StorageError> {
    let kinds = room::frame(tx)?.map_or_else(Vec::new, |frame| frame.kinds);
    let kind = kinds.into_iter().find(|kind| kind.id == id);
    Ok(kind.map_or_else(String::new, |kind| kind.name))
}

fn names(subjects: &[SubjectName]) -> Vec<&str> {
    subjects.iter().map(SubjectName::as_str).collect()
}

/// The text with its pictures where they stand in the export.
fn with_pictures(tx: &mut ReadTx<'_>, text: &str) -> Result<String, StorageError> {
    const PLACED: &str = "](image:";
    let mut parts = text.split(PLACED);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<ImageId>() {
            Ok(image) => {
                let rest = part.strip_prefix(digits.as_str()).unwrap_or(part);
                let _written = write!(whole, "](../{}{rest}", picture(tx, image)?);
            }
            Err(_no_number) => {
                whole.push_str(PLACED);
                whole.push_str(part);
            }
        }
    }
    Ok(whole)
}
