//! The addresses of the library's pages.

use crate::media::{CopyName, ImageId};
use crate::newsroom::collection::CollectionId;
use crate::newsroom::logo::LogoPlace;

pub const IMAGES: &str = "/admin/images";
/// How far an upload is, for script.
pub const UPLOAD_PROGRESS: &str = "/admin/images/progress";
/// Several pictures at once: which ones, the query says.
pub const SEVERAL_IMAGES: &str = "/admin/images/several";
/// Photos in use without good alt text, one after another.
pub const ALT_TEXTS: &str = "/admin/images/alt-text";
/// What lies in the trash.
pub const TRASH: &str = "/admin/images?show=trash";
/// The room's own pictures.
pub const LOGOS: &str = "/admin/settings/logos";

/// The collections of pictures.
pub const COLLECTIONS: &str = "/admin/images/collections";

pub fn collection(id: CollectionId) -> String {
    format!("{COLLECTIONS}/{id}")
}

/// Deleting a collection.
pub fn collection_end(id: CollectionId) -> String {
    format!("{COLLECTIONS}/{id}/end")
}

/// The library, with nothing but the pictures of a collection.
pub fn collected(id: CollectionId) -> String {
    format!("{IMAGES}?collection={id}")
}

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

/// One of the room's own pictures, by the hash of its bytes.
pub fn logo(hash: &str) -> String {
    format!("/logos/{hash}.png")
}

/// Setting the logo or the icon.
pub fn logo_place(place: LogoPlace) -> String {
    format!("{LOGOS}/{}", place.as_str())
}

/// Taking it away.
pub fn logo_end(place: LogoPlace) -> String {
    format!("{LOGOS}/{}/end", place.as_str())
}
