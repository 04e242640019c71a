//! The addresses of the library's pages.

use crate::media::{CopyName, ImageId};

pub const IMAGES: &str = "/admin/images";
/// Several pictures at once: which ones, the query says.
pub const SEVERAL_IMAGES: &str = "/admin/images/several";
/// Photos in use without good alt text, one after another.
pub const ALT_TEXTS: &str = "/admin/images/alt-text";
/// What lies in the trash.
pub const TRASH: &str = "/admin/images?show=trash";

pub fn image(id: ImageId) -> String {
    format!("{IMAGES}/{id}")
}

/// Putting a picture into the trash.
pub fn image_end(id: ImageId) -> String {
    format!("{IMAGES}/{id}/end")
}

/// Taking it out again.
pub fn image_return(id: ImageId) -> String {
    format!("{IMAGES}/{id}/return")
}

/// Giving a picture another file.
pub fn image_file(id: ImageId) -> String {
    format!("{IMAGES}/{id}/file")
}

/// `/admin/images/12/960.jpg`: for staff, also while the image is not public.
pub fn staff_rendition(id: ImageId, name: CopyName) -> String {
    format!("{IMAGES}/{id}/{name}")
}
