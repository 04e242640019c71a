//! Writes a room into a folder, as it is at one instant.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::manifest::{FILE, FORMAT, FileOfRow, Manifest, TableOf, VERSION, table_file};
use super::{PortableError, Progress, file_failed, readable};
use crate::clock::Instant;
use crate::keys::hex;
use crate::storage::rows::{self as source, Row, Table};
use crate::storage::{ReadStore, ReadTx};

type Fields = Map<String, Value>;

/// Writes everything into this folder, which must be empty; `export.json` comes last, so a folder
/// that has it is whole.
pub fn export(
    read: &ReadStore,
    folder: &Path,
    now: Instant,
    progress: &dyn Progress,
) -> Result<(), PortableError> {
    let folder = Folder::new(folder)?;
    read.read_here(|tx| {
        let tables = source::tables(tx)?;
        let mut all = 0;
        for table in &tables {
            all += source::count(tx, table)?;
        }
        progress.begins(all);
        let mut told = BTreeMap::new();
        for table in &tables {
            let written = write_table(tx, table, &folder, progress)?;
            told.insert(table.name.clone(), written);
        }
        readable::write(tx, &folder, now)?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: now.to_string(),
            steps: source::versions(tx)?,
            tables: told,
            sequences: source::sequences(tx)?.into_iter().collect(),
        };
        let json = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        folder.write(FILE, json.as_bytes())
    })
}

fn write_table(
    tx: &mut ReadTx<'_>,
    table: &Table,
    folder: &Folder,
    progress: &dyn Progress,
) -> Result<TableOf, PortableError> {
    let name = table_file(&table.name);
    let path = folder.path(&name);
    let mut lines = BufWriter::new(folder.create(&name)?);
    let (mut rows, mut hash) = (0, Sha256::new());
    let mut write = |line: &str| {
        rows += 1;
        hash.update(line);
        hash.update(b"\n");
        let written = writeln!(lines, "{line}");
        written.map_err(file_failed(&path))?;
        progress.row();
        Ok::<(), PortableError>(())
    };
    if table.bytes.is_empty() {
        source::each(tx, table, &mut write)?;
    } else {
        let mut last: Option<Row> = None;
        while let Some(row) = source::next(tx, table, last.as_ref())? {
            write(&with_files(tx, table, &row, folder)?)?;
            last = Some(row);
        }
    }
    let file = lines
        .into_inner()
        .map_err(|failed| file_failed(&path)(failed.into_error()))?;
    file.sync_all().map_err(file_failed(&path))?;
    Ok(TableOf {
        rows,
        sha256: hex(&hash.finalize()),
    })
}

/// The row, with files in the place of its bytes.
fn with_files(
    tx: &mut ReadTx<'_>,
    table: &Table,
    row: &Row,
    folder: &Folder,
) -> Result<String, PortableError> {
    let mut fields: Fields = serde_json::from_str(&row.json).unwrap_or_default();
    for column in &table.bytes {
        let value = match source::bytes(tx, table, row, column)? {
            None => Value::Null,
            Some(bytes) => {
                let file = readable::file_of(tx, table, column, &fields)?;
                folder.write(&file, &bytes)?;
                let told = FileOfRow {
                    file,
                    sha256: hex(&Sha256::digest(&bytes)),
                };
                serde_json::to_value(told).unwrap_or_default()
            }
        };
        fields.insert(column.clone(), value);
    }
    Ok(Value::Object(fields).to_string())
}

/// The folder that is written into. It holds drafts and password hashes, so it is its owner's alone.
pub(super) struct Folder(PathBuf);

impl Folder {
    fn new(folder: &Path) -> Result<Self, PortableError> {
        make(folder)?;
        let mut entries = fs::read_dir(folder).map_err(file_failed(folder))?;
        if entries.next().is_some() {
            return Err(PortableError::NotEmpty(folder.to_owned()));
        }
        Ok(Self(folder.to_owned()))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A new file of this name, below folders that are made where they are missing.
    fn create(&self, name: &str) -> Result<File, PortableError> {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            make(folder)?;
        }
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(file_failed(&path))
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PortableError> {
        let mut file = self.create(name)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        written.map_err(file_failed(&self.path(name)))
    }
}

fn make(folder: &Path) -> Result<(), PortableError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(folder).map_err(file_failed(folder))
}
