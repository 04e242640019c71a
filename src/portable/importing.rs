//! Makes a room of what was exported, or none: a row or a byte that is not as it was written ends it.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::manifest::{FILE, FORMAT, FileOfRow, Manifest, VERSION, table_file};
use super::{PortableError, Progress, file_failed};
use crate::keys::hex;
use crate::storage::rows::{self, Filling, Table};
use crate::storage::whole_file;

/// Makes a room of this folder in a file that is not there yet.
pub fn import(folder: &Path, room: &Path, progress: &dyn Progress) -> Result<(), PortableError> {
    // A log that another room left behind would be taken for the new one's.
    for end in ["", "-wal", "-shm"] {
        let mut name = room.as_os_str().to_owned();
        name.push(end);
        if fs::symlink_metadata(&name).is_ok() {
            return Err(PortableError::AlreadyThere(name.into()));
        }
    }
    let manifest = manifest(folder)?;
    let home = match room.parent() {
        Some(home) if !home.as_os_str().is_empty() => home,
        Some(_) | None => Path::new("."),
    };
    let new = tempfile::Builder::new()
        .prefix(".dateline-")
        .suffix(".unfinished")
        .tempfile_in(home)
        .map_err(file_failed(room))?;
    progress.begins(manifest.tables.values().map(|table| table.rows).sum());
    rows::fill(new.path(), &manifest.steps, |filling| {
        for table in filling.tables.clone() {
            read_table(filling, &table, &manifest, (folder, progress))?;
        }
        for (name, last) in &manifest.sequences {
            filling.set_sequence(name, *last)?;
        }
        Ok::<(), PortableError>(())
    })?;
    whole_file::examine(new.path()).map_err(PortableError::Unfit)?;
    new.as_file().sync_all().map_err(file_failed(room))?;
    new.persist_noclobber(room).map_err(|failed| {
        if failed.error.kind() == io::ErrorKind::AlreadyExists {
            PortableError::AlreadyThere(room.to_owned())
        } else {
            file_failed(room)(failed.error)
        }
    })?;
    Ok(())
}

fn manifest(folder: &Path) -> Result<Manifest, PortableError> {
    let none = || PortableError::NoExport(folder.to_owned());
    let text = fs::read_to_string(folder.join(FILE)).map_err(|_unreadable| none())?;
    let value: Value = serde_json::from_str(&text).map_err(|_no_json| none())?;
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(none());
    }
    if value.get("version").and_then(Value::as_u64) != Some(u64::from(VERSION)) {
        return Err(PortableError::Newer(folder.to_owned()));
    }
    let manifest: Manifest = serde_json::from_value(value).map_err(|_other| none())?;
    if rows::unknown(&manifest.steps)?.is_empty() {
        Ok(manifest)
    } else {
        Err(PortableError::Newer(folder.to_owned()))
    }
}

fn read_table(
    filling: &mut Filling<'_, '_>,
    table: &Table,
    manifest: &Manifest,
    (folder, progress): (&Path, &dyn Progress),
) -> Result<(), PortableError> {
    let file = folder.join(table_file(&table.name));
    let changed = |what: String| PortableError::Changed {
        file: file.clone(),
        what,
    };
    let lines = BufReader::new(File::open(&file).map_err(file_failed(&file))?);
    let (mut found, mut hash) = (0, Sha256::new());
    for line in lines.lines() {
        let line = line.map_err(file_failed(&file))?;
        found += 1;
        hash.update(&line);
        hash.update(b"\n");
        read_row(filling, table, &line, folder).map_err(|what| match what {
            What::Words(what) => changed(format!("line {found}: {what}")),
            What::File(error) => error,
        })?;
        progress.row();
    }
    match manifest.tables.get(&table.name) {
        Some(told) if told.rows != found => {
            Err(changed(format!("it has {found} rows of {}", told.rows)))
        }
        Some(told) if told.sha256 != hex(&hash.finalize()) => {
            Err(changed("some of its words are others".to_owned()))
        }
        Some(_same) => Ok(()),
        None => Err(changed("the table is not in export.json".to_owned())),
    }
}

fn read_row(
    filling: &mut Filling<'_, '_>,
    table: &Table,
    line: &str,
    folder: &Path,
) -> Result<(), What> {
    let mut fields: Map<String, Value> = serde_json::from_str(line)
        .map_err(|error| What::Words(format!("it cannot be read ({error})")))?;
    let mut bytes = Vec::new();
    for column in &table.bytes {
        let told = fields.remove(column).unwrap_or_default();
        bytes.push(file_of(folder, told)?);
    }
    let plain = Value::Object(fields).to_string();
    filling
        .add(table, &plain, bytes)
        .map_err(|error| What::Words(format!("it does not fit ({error})")))
}

/// What is wrong with a row.
enum What {
    Words(String),
    File(PortableError),
}

fn file_of(folder: &Path, told: Value) -> Result<Option<Vec<u8>>, What> {
    if told.is_null() {
        return Ok(None);
    }
    let told: FileOfRow = serde_json::from_value(told)
        .map_err(|_other| What::Words("it names no file".to_owned()))?;
    let name = PathBuf::from(&told.file);
    // An export from elsewhere reads nothing but itself.
    if !name
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Err(What::Words(format!(
            "{} leads out of the export",
            told.file
        )));
    }
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(|error| What::File(file_failed(&path)(error)))?;
    if hex(&Sha256::digest(&bytes)) == told.sha256 {
        Ok(Some(bytes))
    } else {
        Err(What::Words(format!("{} is another file", told.file)))
    }
}
