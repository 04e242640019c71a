//! Files that readers may take: which ones the room takes, told by their bytes and held against their
//! names. What runs by itself when somebody opens it is not taken.

mod inline;
mod office;
mod pdf;
mod text;
mod traces;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::intake::LARGEST_FILE;
use crate::keys::hex;

/// Ends every message, so that whoever is refused knows what to send instead.
const ACCEPTED: &str = "Send a PDF, an office document (docx, xlsx, pptx, odt, ods, odp), a CSV or a \
    text file of at most 40 MB.";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Csv,
    Txt,
}

/// Format, ending, name for people, MIME type (IANA's registry).
const KNOWN: [(FileFormat, &str, &str, &str); 9] = [
    (FileFormat::Pdf, "pdf", "PDF", "application/pdf"),
    (
        FileFormat::Docx,
        "docx",
        "Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        FileFormat::Xlsx,
        "xlsx",
        "Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        FileFormat::Pptx,
        "pptx",
        "PowerPoint presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (
        FileFormat::Odt,
        "odt",
        "OpenDocument text",
        "application/vnd.oasis.opendocument.text",
    ),
    (
        FileFormat::Ods,
        "ods",
        "OpenDocument spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    (
        FileFormat::Odp,
        "odp",
        "OpenDocument presentation",
        "application/vnd.oasis.opendocument.presentation",
    ),
    (FileFormat::Csv, "csv", "CSV", "text/csv; charset=utf-8"),
    (FileFormat::Txt, "txt", "Text", "text/plain; charset=utf-8"),
];

impl FileFormat {
    fn known(self) -> (&'static str, &'static str, &'static str) {
        let known = KNOWN.iter().find(|(format, ..)| *format == self);
        known.map_or(("", "", ""), |(_, ends, name, mime)| (ends, name, mime))
    }

    /// As names of files end, without the point.
    pub fn ending(self) -> &'static str {
        self.known().0
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        self.known().1
    }

    pub fn mime(self) -> &'static str {
        self.known().2
    }
}

/// A text that is the ending of no such file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no ending of a file that is taken here.")]
pub struct UnknownEnding(String);

impl FromStr for FileFormat {
    type Err = UnknownEnding;

    fn from_str(ending: &str) -> Result<Self, UnknownEnding> {
        let known = KNOWN.iter().find(|(_, ends, ..)| *ends == ending);
        known
            .map(|(format, ..)| *format)
            .ok_or_else(|| UnknownEnding(ending.to_owned()))
    }
}

/// Why a file is not taken; each message is for the person who sent it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("This file is empty. {ACCEPTED}")]
    Empty,
    #[error("This file is larger than 40 MB. {ACCEPTED}")]
    TooLarge,
    #[error("This is none of the files that readers can be given. {ACCEPTED}")]
    Unknown,
    #[error(
        "This is a document of an old Office format, or one with a password. Save it in a format of \
        today and without password. {ACCEPTED}"
    )]
    OldOffice,
    #[error(
        "The name of this file ends otherwise than a file of its format does, which is .{ends}. Rename \
        it, or save it anew."
    )]
    OtherEnding { ends: &'static str },
    #[error(
        "This document holds macros, which run on the machines of readers. Save it without them, then \
        send it again."
    )]
    Macros,
    #[error(
        "This PDF runs a script or starts a program when somebody opens it. Print it into a new PDF, \
        then send that one."
    )]
    Runs,
    #[error(
        "A photo inside this document tells where it was taken, or the number of the camera. Take that out \
        of the photo, place it anew, then send the document again."
    )]
    Traces,
    #[error(
        "This document fetches something from elsewhere when somebody opens it, such as a template or a \
        picture, and tells that place who reads it. Put it into the document, then send it again."
    )]
    Fetches,
    #[error(
        "This PDF cannot be looked at whole in reasonable time and memory. Print it into a new PDF, then \
        send that one."
    )]
    Tangled,
    #[error(
        "This document unpacks to more than 600 MB. Save it with fewer or smaller parts, then send it again."
    )]
    Swells,
    #[error("This PDF could not be looked at just now. Send it again in a minute.")]
    Unread,
    #[error("This PDF asks for a password. Save it without one, then send it again.")]
    Password,
    #[error("This {name} is damaged or cut off. Save it anew, then send it again.")]
    Broken { name: &'static str },
    #[error(
        "This text is not in UTF-8, or holds signs that nobody can read. Save it as UTF-8, then send \
        it again."
    )]
    NotUtf8,
    #[error("This is a page with markup and no plain text. {ACCEPTED}")]
    Markup,
}

/// What was found in a PDF, which whoever reads it in a process of its own sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfReport(Result<u32, FileError>);

impl PdfReport {
    /// The most bytes that one is sent in.
    pub const LONGEST: usize = 20;
    const BROKEN: FileError = FileError::Broken { name: "PDF" };
    const REFUSALS: [(&'static str, FileError); 5] = [
        ("password", FileError::Password),
        ("runs", FileError::Runs),
        ("traces", FileError::Traces),
        ("tangled", FileError::Tangled),
        ("broken", Self::BROKEN),
    ];

    /// A reader that trips over hostile bytes has found a broken file.
    pub fn of(bytes: &[u8]) -> Self {
        Self(catch_unwind(|| pdf::pages(bytes)).unwrap_or(Err(Self::BROKEN)))
    }

    /// Nothing unless it is one: who sent it may be in other hands by now.
    pub fn received(sent: &[u8]) -> Option<Self> {
        let word = std::str::from_utf8(sent).ok()?;
        let refusal = Self::REFUSALS.into_iter().find(|(known, _)| *known == word);
        match (refusal, word.parse()) {
            (Some((_, refusal)), _) => Some(Self(Err(refusal))),
            (None, Ok(pages)) => Some(Self(Ok(pages))),
            (None, Err(_)) => None,
        }
    }

    pub fn sent(&self) -> String {
        match &self.0 {
            Ok(pages) => pages.to_string(),
            Err(refusal) => {
                let mut all = Self::REFUSALS.into_iter();
                let known = all.find(|(_, known)| known == refusal);
                known.map_or("broken", |(word, _)| word).to_owned()
            }
        }
    }

    /// How many there are, or why it is not taken.
    pub fn pages(self) -> Result<u32, FileError> {
        self.0
    }
}

/// What is known of a file that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenFile {
    pub format: FileFormat,
    /// Of its bytes, as hexadecimal digits.
    pub hash: String,
    /// Where they can be counted.
    pub pages: Option<u32>,
}

/// What a file's bytes are known by (SHA-256), made piece by piece.
#[derive(Default)]
pub struct FileSum(Sha256);

impl FileSum {
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn digits(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Looks at a file of our own.
pub fn look_at(name: &str, bytes: &[u8]) -> Result<TakenFile, FileError> {
    look_at_with(name, bytes, &|pdf| PdfReport::of(pdf).pages())
}

/// Looks at a file that somebody sent under that name; how many pages a PDF has, or why it is not taken, says
/// whoever reads those.
pub fn look_at_with(
    name: &str,
    bytes: &[u8],
    pages: &dyn Fn(&[u8]) -> Result<u32, FileError>,
) -> Result<TakenFile, FileError> {
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    if bytes.len() > LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    // A reader that trips over hostile bytes must cost its sender a sentence, nobody a page.
    let looking = AssertUnwindSafe(|| looked_at(name, bytes, pages));
    catch_unwind(looking).unwrap_or(Err(FileError::Broken { name: "file" }))
}

fn looked_at(
    name: &str,
    bytes: &[u8],
    pages: &dyn Fn(&[u8]) -> Result<u32, FileError>,
) -> Result<TakenFile, FileError> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let format = format_of(bytes, &ending)?;
    if format.ending() != ending {
        return Err(FileError::OtherEnding {
            ends: format.ending(),
        });
    }
    let pages = match format {
        FileFormat::Pdf => Some(pages(bytes)?),
        FileFormat::Docx
        | FileFormat::Xlsx
        | FileFormat::Pptx
        | FileFormat::Odt
        | FileFormat::Ods
        | FileFormat::Odp
        | FileFormat::Csv
        | FileFormat::Txt => None,
    };
    let mut sum = FileSum::default();
    sum.add(bytes);
    Ok(TakenFile {
        format,
        hash: sum.digits(),
        pages,
    })
}

/// Bytes say what a file is; only what kind of text a text is, nothing but its name tells.
fn format_of(bytes: &[u8], ending: &str) -> Result<FileFormat, FileError> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok(FileFormat::Pdf),
        [b'P', b'K', 3, 4, ..] => office::format(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(FileError::OldOffice),
        _ => text::format(bytes, ending),
    }
}

/// `24 pages`, `1 page`.
pub struct PageCount(pub u32);

impl fmt::Display for PageCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 page"),
            several => write!(f, "{several} pages"),
        }
    }
}

/// `340 kB`, `1.2 MB`: rounded up, so that nothing is said to be smaller than it is.
pub struct ByteCount(pub u64);

impl fmt::Display for ByteCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 1_000_000 {
            write!(f, "{} kB", self.0.div_ceil(1_000))
        } else {
            let tenths = self.0.div_ceil(100_000);
            write!(f, "{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests;
