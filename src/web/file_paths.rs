//! The addresses of files that readers may take, and of staff's pages about them.

use crate::media::{FileFormat, PageName};
use crate::newsroom::{AddressSecret, FileId};

/// Below it, files answer readers.
pub const FILES: &str = "/files/";
/// All files, for staff.
pub const STAFF_FILES: &str = "/admin/files";

/// `/files/0b5f….pdf`: stays when other bytes take the place of the old ones.
pub fn file(key: &str, format: FileFormat) -> String {
    named_file(&format!("{key}.{}", format.ending()))
}

/// The address of a file by its whole name.
pub fn named_file(name: &str) -> String {
    format!("{FILES}{name}")
}

/// `/files/0b5f….pdf/page-320.webp`: the picture of its first page.
pub fn first_page(file: &str, name: PageName) -> String {
    format!("{file}/{name}")
}

/// The last parts of all such addresses.
pub fn first_page_names() -> Vec<String> {
    PageName::all().map(|name| name.to_string()).collect()
}

/// The same before its instant, for whoever holds a pass.
pub fn pass_file(secret: &AddressSecret, key: &str, format: FileFormat) -> String {
    format!(
        "{}/files/{key}.{}",
        super::paths::pass(secret),
        format.ending()
    )
}

/// What staff know of a file.
pub fn staff_file(id: FileId) -> String {
    format!("{STAFF_FILES}/{id}")
}

/// The picture of its first page, for staff.
pub fn staff_first_page(id: FileId, name: PageName) -> String {
    format!("{STAFF_FILES}/{id}/{name}")
}

/// Its bytes of that version, for staff.
pub fn file_version(id: FileId, version: i64) -> String {
    format!("{STAFF_FILES}/{id}/versions/{version}")
}

/// Giving a file other bytes.
pub fn file_replacement(id: FileId) -> String {
    format!("{STAFF_FILES}/{id}/file")
}

/// Deleting a file.
pub fn file_end(id: FileId) -> String {
    format!("{STAFF_FILES}/{id}/end")
}
