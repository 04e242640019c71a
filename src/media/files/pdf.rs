//! PDF: how many pages it has, and whether it runs anything. Whatever else is in it is let go while it is
//! read, so that a large one costs no more memory than its bytes and one unpacked stream.

use lopdf::{Document, LoadOptions, Object};

use super::{FileError, FileFormat};

/// What one stream may unpack to; lists of objects are far smaller.
const LARGEST_STREAM: usize = 32_000_000;
/// Lists in lists in lists: deeper than any that a program writes.
const DEEPEST: usize = 40;

pub(super) fn pages(bytes: &[u8]) -> Result<u32, FileError> {
    let broken = FileError::Broken {
        name: FileFormat::Pdf.name(),
    };
    let options = LoadOptions {
        filter: Some(needed),
        max_decompressed_size: Some(LARGEST_STREAM),
        ..LoadOptions::default()
    };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::InvalidPassword) => return Err(FileError::Password),
        Err(_unreadable) => return Err(broken),
    };
    if document.is_encrypted() {
        return Err(FileError::Password);
    }
    if document.objects.values().any(|object| runs(object, 0)) {
        return Err(FileError::Runs);
    }
    match u32::try_from(document.get_pages().len()) {
        Ok(pages) if pages > 0 => Ok(pages),
        Ok(_) | Err(_) => Err(broken),
    }
}

/// Keeps what says where the pages are, and what runs.
fn needed(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let is_of_the_tree = object.as_dict().is_ok_and(|dict| {
        let of_type = |word: &[u8]| dict.has_type(word);
        of_type(b"Catalog") || of_type(b"Pages") || of_type(b"Page")
    });
    (is_of_the_tree || runs(object, 0)).then(|| (id, object.clone()))
}

/// Whether it is an action that runs a script or starts a program (ISO 32000-2, 12.6.4), or has one in it.
fn runs(object: &Object, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    match object {
        Object::Dictionary(dict) => {
            let action = dict.get(b"S").and_then(Object::as_name);
            action.is_ok_and(|name| name == b"JavaScript" || name == b"Launch")
                || dict.iter().any(|(_, part)| runs(part, depth + 1))
        }
        Object::Array(parts) => parts.iter().any(|part| runs(part, depth + 1)),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Stream(_)
        | Object::Reference(_) => false,
    }
}
