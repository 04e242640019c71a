//! PDF: how many pages it has, whether it runs anything, and what its photos give away. Whatever else is in
//! it is let go while it is read.

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::inline::{self, Found};
use super::{FileError, traces};

/// What one stream may unpack to; lists of objects are far smaller.
const LARGEST_STREAM: usize = 32_000_000;
/// What all those together may that photos and words about them are packed in once more.
const MOST_UNPACKED: usize = 200_000_000;
/// What a document ends with (ISO 32000-2, 7.5.5), and among how many last bytes it is looked for.
const END: &[u8] = b"%%EOF";
const END_WITHIN: usize = 2_048;
/// Lists in lists in lists: deeper than any that a program writes.
const DEEPEST: usize = 40;

const BROKEN: FileError = FileError::Broken { name: "PDF" };

/// Stands in the place of a photo with traces, which is looked at where it lies and let go.
const TRACES: &[u8] = b"traces of a camera";
/// The same of what cannot be looked into.
const TANGLED: &[u8] = b"something dark";

pub(super) fn pages(bytes: &[u8]) -> Result<u32, FileError> {
    // One that stops in the middle is not mended: its pages would be missing without anybody noticing.
    let end = bytes.get(bytes.len().saturating_sub(END_WITHIN)..);
    if !end.is_some_and(|end| end.windows(END.len()).any(|part| part == END)) {
        return Err(BROKEN);
    }
    let options = LoadOptions {
        filter: Some(needed),
        max_decompressed_size: Some(LARGEST_STREAM),
        ..LoadOptions::default()
    };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::InvalidPassword) => return Err(FileError::Password),
        Err(_unreadable) => return Err(BROKEN),
    };
    if document.is_encrypted() {
        return Err(FileError::Password);
    }
    if document
        .objects
        .values()
        .any(|object| runs(object, &document, 0))
    {
        return Err(FileError::Runs);
    }
    if has_traces(&document)? {
        return Err(FileError::Traces);
    }
    match u32::try_from(document.get_pages().len()) {
        Ok(pages) if pages > 0 => Ok(pages),
        Ok(_) | Err(_) => Err(BROKEN),
    }
}

/// Keeps what says where the pages are, what runs, and what is looked at once it is unpacked. Of what stands
/// in the file itself the library keeps the object, and of what it unpacks the answer of this.
fn needed(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    match object {
        Object::Stream(stream) => match kept(stream) {
            Kept::Nothing => None,
            Kept::Whole => Some((id, Object::Null)),
            Kept::Mark(mark) => {
                *object = Object::Name(mark.to_vec());
                Some((id, Object::Null))
            }
        },
        // What a dictionary names elsewhere.
        Object::Name(_) => Some((id, object.clone())),
        Object::Dictionary(_) | Object::Array(_) => {
            let is_of_the_tree = object.as_dict().is_ok_and(|dict| {
                let of_type = |word: &[u8]| dict.has_type(word);
                of_type(b"Catalog") || of_type(b"Pages") || of_type(b"Page")
            });
            (is_of_the_tree || may_run(object, 0)).then(|| (id, object.clone()))
        }
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::String(..)
        | Object::Reference(_) => None,
    }
}

/// What is left of a stream.
enum Kept {
    Nothing,
    Whole,
    Mark(&'static [u8]),
}

fn kept(stream: &Stream) -> Kept {
    // Only what mends the document could tell where it ends.
    if stream.start_position.is_some() {
        return Kept::Mark(TANGLED);
    }
    let is_list = stream.dict.has_type(b"ObjStm");
    if has_named_filters(&stream.dict) {
        return Kept::Whole;
    }
    if holds_a_photo(stream) && !is_list {
        return match traces::has(&stream.content) {
            true => Kept::Mark(TRACES),
            false if is_packed_again(stream) => Kept::Whole,
            false => Kept::Nothing,
        };
    }
    match inline::look(stream) {
        Found::Traces => Kept::Mark(TRACES),
        Found::Dark => Kept::Mark(TANGLED),
        Found::Nothing if is_list || stream.dict.has(b"OnInstantiate") => Kept::Whole,
        Found::Nothing => Kept::Nothing,
    }
}

/// Whether how it is packed stands in another object.
fn has_named_filters(dict: &Dictionary) -> bool {
    let filter = dict.get(b"Filter");
    filter.is_ok_and(|filter| matches!(filter, Object::Reference(_)))
}

/// A picture, words about one (XMP), or a file that hangs on the document.
fn holds_a_photo(stream: &Stream) -> bool {
    let dict = &stream.dict;
    let filters = stream.filters().unwrap_or_default();
    dict.has_type(b"Metadata")
        || dict.has_type(b"EmbeddedFile")
        || is_picture(dict)
        || filters.iter().any(|name| is_photo(name))
}

fn is_picture(dict: &Dictionary) -> bool {
    let subtype = dict.get(b"Subtype").and_then(Object::as_name);
    subtype.is_ok_and(|name| name == b"Image")
}

/// Formats of their own, which hold more than pixels.
fn is_photo(filter: &[u8]) -> bool {
    filter == b"DCTDecode" || filter == b"JPXDecode"
}

/// Whether a photo or words cannot be looked at before they are unpacked; bare pixels tell nothing.
fn is_packed_again(stream: &Stream) -> bool {
    let filters = stream.filters().unwrap_or_default();
    match filters.as_slice() {
        [] => false,
        [only] => !is_photo(only) && !is_picture(&stream.dict),
        [.., last] => is_photo(last) || !is_picture(&stream.dict),
    }
}

fn has_traces(document: &Document) -> Result<bool, FileError> {
    let mut left = MOST_UNPACKED;
    for object in document.objects.values() {
        match object.as_name() {
            Ok(TRACES) => return Ok(true),
            Ok(TANGLED) => return Err(FileError::Tangled),
            Ok(_) | Err(_) => {}
        }
        let Ok(stream) = object.as_stream() else {
            continue;
        };
        let was_elsewhere = has_named_filters(&stream.dict);
        let stream = named(stream, document)?;
        if holds_a_photo(&stream) {
            let content = unpacked(&stream, left.min(LARGEST_STREAM))?;
            if traces::has(&content) {
                return Ok(true);
            }
            left = left.saturating_sub(content.len());
        } else if was_elsewhere {
            match inline::look(&stream) {
                Found::Nothing => {}
                Found::Traces => return Ok(true),
                Found::Dark => return Err(FileError::Tangled),
            }
        }
    }
    Ok(false)
}

/// The same stream with its filters in it.
fn named(stream: &Stream, document: &Document) -> Result<Stream, FileError> {
    let mut stream = stream.clone();
    if has_named_filters(&stream.dict) {
        let filter = stream.dict.get_deref(b"Filter", document);
        let filter = filter.map_err(|_not_there| FileError::Tangled)?.clone();
        stream.dict.set("Filter", filter);
    }
    Ok(stream)
}

/// Up to a photo's own format, which nobody unpacks.
fn unpacked(stream: &Stream, most: usize) -> Result<Vec<u8>, FileError> {
    if !is_packed_again(stream) {
        return Ok(stream.content.clone());
    }
    let mut dict = stream.dict.clone();
    if let Ok(filters) = dict.get_mut(b"Filter").and_then(Object::as_array_mut) {
        filters.retain(|name| !name.as_name().is_ok_and(is_photo));
    }
    let packed = Stream::new(dict, stream.content.clone());
    packed
        .get_plain_content_with_limit(most)
        .map_err(|_bomb| BROKEN)
}

/// What happens by itself when somebody opens the document or turns a page, and reaches out of it.
fn reaches_out(name: &[u8]) -> bool {
    [
        &b"URI"[..],
        b"SubmitForm",
        b"GoToR",
        b"GoToE",
        b"ImportData",
    ]
    .contains(&name)
}

/// What makes an action one that runs a script or starts a program (ISO 32000-2, 12.6.4), or a form one
/// with scripts (XFA, 12.7.8 of ISO 32000-1).
fn is_run(name: &[u8]) -> bool {
    name == b"JavaScript" || name == b"Launch"
}

/// Whether something in it runs, or is named elsewhere, where it may be that.
fn may_run(object: &Object, depth: usize) -> bool {
    within(object, depth, &|dict| match dict.get(b"S") {
        Ok(Object::Name(name)) => is_run(name) || reaches_out(name),
        Ok(Object::Reference(_)) => true,
        Ok(_) | Err(_) => dict.has(b"OpenAction") || dict.has(b"AA"),
    })
}

/// The same of what is there, now that all names are known.
fn runs(object: &Object, document: &Document, depth: usize) -> bool {
    if let Object::Stream(stream) = object {
        return stream.dict.has(b"OnInstantiate");
    }
    let of_kind = |dict: &Dictionary, kind: fn(&[u8]) -> bool| {
        let named = dict.get_deref(b"S", document).and_then(Object::as_name);
        named.is_ok_and(kind)
    };
    let by_itself = |dict: &Dictionary| {
        let opens = dict.get_deref(b"OpenAction", document);
        let turns = dict.get_deref(b"AA", document).and_then(Object::as_dict);
        let turns = turns
            .into_iter()
            .flat_map(|all| all.iter().map(|(name, _)| name));
        let turns = turns.filter_map(|name| {
            let all = dict.get_deref(b"AA", document).and_then(Object::as_dict);
            all.and_then(|all| all.get_deref(name, document)).ok()
        });
        let mut actions = opens
            .into_iter()
            .chain(turns)
            .filter_map(|one| one.as_dict().ok());
        actions.any(|action| of_kind(action, reaches_out))
    };
    within(object, depth, &|dict| {
        of_kind(dict, is_run) || by_itself(dict)
    })
}

/// Whether this, or a part of it, holds a script or is such a dictionary.
fn within(object: &Object, depth: usize, is_one: &dyn Fn(&Dictionary) -> bool) -> bool {
    if depth > DEEPEST {
        return true;
    }
    match object {
        Object::Dictionary(dict) => {
            dict.has(b"JS")
                || dict.has(b"XFA")
                || is_one(dict)
                || dict.iter().any(|(_, part)| within(part, depth + 1, is_one))
        }
        Object::Array(parts) => parts.iter().any(|part| within(part, depth + 1, is_one)),
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
