//! `export.json`: what an export holds, so that whoever imports it knows whether all of it is there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The name that every export gives itself.
pub(super) const FORMAT: &str = "dateline-export";
/// Rises when a program that reads this version could not read the next.
pub(super) const VERSION: u32 = 1;
pub(super) const FILE: &str = "export.json";

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) version: u32,
    /// The program that wrote it.
    pub(super) program: String,
    pub(super) made_at: String,
    /// The steps that made the tables.
    pub(super) steps: Vec<String>,
    pub(super) tables: BTreeMap<String, TableOf>,
    /// The last number that each table has given out.
    pub(super) sequences: BTreeMap<String, i64>,
}

/// What a table's file holds.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct TableOf {
    pub(super) rows: u64,
    /// Of the file.
    pub(super) sha256: String,
}

/// Stands in a row where the bytes of a file do.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct FileOfRow {
    /// Below the export's folder.
    pub(super) file: String,
    pub(super) sha256: String,
}

/// `tables/people.jsonl`: a row on each line.
pub(super) fn table_file(table: &str) -> String {
    format!("tables/{table}.jsonl")
}
