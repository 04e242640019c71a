//! Plain texts: UTF-8 that people can read, and nothing that a browser could take for a page.

use super::{FileError, FileFormat};

pub(super) fn format(bytes: &[u8], ending: &str) -> Result<FileFormat, FileError> {
    let format = match ending {
        "csv" => FileFormat::Csv,
        "txt" => FileFormat::Txt,
        _ => return Err(FileError::Unknown),
    };
    let text = std::str::from_utf8(bytes).map_err(|_other| FileError::NotUtf8)?;
    let is_hidden = |sign: char| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r' | '\u{c}');
    if text.contains(is_hidden) {
        return Err(FileError::NotUtf8);
    }
    if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
    {
        return Err(FileError::Markup);
    }
    Ok(format)
}
