//! Writes a ZIP part by part into an answer that is on its way.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

use actix_web::web::Bytes;
use jiff::Zoned;
use tokio::sync::mpsc::Sender;
use tokio::time::timeout;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::keys::hex;
use crate::web::Problem;

/// How long a reader may take for one part, which is a megabyte at most: as slow as uploads may be.
const PATIENCE: Duration = Duration::from_mins(2);

/// A pack that is being sent.
pub(super) struct Packing {
    zip: ZipWriter<StreamWriter<Shelf>>,
    shelf: Shelf,
    outlet: Sender<Result<Bytes, Problem>>,
    options: SimpleFileOptions,
    folder: String,
    checksums: String,
    sent: usize,
}

/// What was written and not sent yet.
#[derive(Clone, Default)]
struct Shelf(Rc<RefCell<Vec<u8>>>);

impl Write for Shelf {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Packing {
    pub(super) fn into(outlet: Sender<Result<Bytes, Problem>>) -> Self {
        let shelf = Shelf::default();
        Self {
            zip: ZipWriter::new_stream(shelf.clone()),
            shelf,
            outlet,
            // What is in it is small, or packed already.
            options: SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            folder: String::new(),
            checksums: String::new(),
            sent: 0,
        }
    }

    /// Everything stands in one folder, as old as the words in it.
    pub(super) fn begin(&mut self, folder: &str, made_at: &Zoned) {
        folder.clone_into(&mut self.folder);
        if let Some(at) = told(made_at) {
            self.options = self.options.last_modified_time(at);
        }
    }

    /// Begins a file that comes in pieces; [`more`](Self::more) adds one, [`sum`](Self::sum) ends it.
    pub(super) fn open(&mut self, name: &str) -> Result<(), Problem> {
        self.write(name, &[])
    }

    pub(super) async fn more(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.zip.write_all(bytes).map_err(Problem::broken)?;
        self.send().await
    }

    /// Writes down the checksum of a file (SHA-256).
    pub(super) fn sum(&mut self, name: &str, sum: &[u8]) {
        // Writing to a text does not fail.
        let _written = writeln!(self.checksums, "{}  {name}", hex(sum));
    }

    /// Adds the checksums, as `sha256sum --check` reads them; how many bytes it is in all.
    pub(super) async fn finish(mut self) -> Result<usize, Problem> {
        let checksums = std::mem::take(&mut self.checksums);
        self.write("SHA256SUMS.txt", checksums.as_bytes())?;
        self.send().await?;
        let Self {
            zip,
            shelf,
            outlet,
            sent,
            ..
        } = self;
        zip.finish().map_err(Problem::broken)?;
        Ok(sent + send(&outlet, &shelf).await?)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        let path = format!("{}/{name}", self.folder);
        self.zip
            .start_file(path, self.options)
            .map_err(Problem::broken)?;
        self.zip.write_all(bytes).map_err(Problem::broken)
    }

    async fn send(&mut self) -> Result<(), Problem> {
        self.sent += send(&self.outlet, &self.shelf).await?;
        Ok(())
    }
}

async fn send(outlet: &Sender<Result<Bytes, Problem>>, shelf: &Shelf) -> Result<usize, Problem> {
    let bytes = std::mem::take(&mut *shelf.0.borrow_mut());
    let count = bytes.len();
    match timeout(PATIENCE, outlet.send(Ok(bytes.into()))).await {
        Ok(Ok(())) => Ok(count),
        Ok(Err(_)) | Err(_) => Err(Problem::TooSlow),
    }
}

/// ZIP knows years from 1980 on, and no zone.
pub(super) fn told(at: &Zoned) -> Option<DateTime> {
    let part = |number: i8| u8::try_from(number).ok();
    DateTime::from_date_and_time(
        u16::try_from(at.year()).ok()?,
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
    .ok()
}
