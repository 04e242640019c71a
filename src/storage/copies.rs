//! Which copies of pictures are still to be made, and what was made of an original.

use diesel::prelude::*;

use super::columns::{narrow, parsed, unreadable};
use super::renditions::{add, crop_of};
use super::schema::{copy_wishes, images, items, originals, publications, renditions, revisions};
use super::{ReadTx, StorageError, WriteTx};
use crate::media::{CopySet, Crop, FocalPoint, ImageId, RECIPE, Ratio, Ready, Rendition, Tone};

/// A picture of which copies may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Another one as soon as the picture is wished for again.
    number: i64,
    pub image: ImageId,
}

/// The picture that was wished for last, of those that were wished for before this one; nobody waits for
/// an older one.
pub fn newest_wish(
    tx: &mut ReadTx<'_>,
    before: Option<Wish>,
) -> Result<Option<Wish>, StorageError> {
    let row: Option<(i64, i64)> = copy_wishes::table
        .filter(copy_wishes::id.lt(before.map_or(i64::MAX, |wish| wish.number)))
        .order(copy_wishes::id.desc())
        .select((copy_wishes::id, copy_wishes::image_id))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(number, image)| Wish {
        number,
        image: ImageId::new(image),
    }))
}

/// The wish is fulfilled, or cannot be. One that came meanwhile stays.
pub fn end(tx: &mut WriteTx<'_>, wish: Wish) -> Result<(), StorageError> {
    diesel::delete(copy_wishes::table.find(wish.number)).execute(tx.connection())?;
    Ok(())
}

/// What copies of a picture are made of, and which there are.
pub struct Known {
    pub hash: String,
    pub original: Vec<u8>,
    pub ready: Ready,
    /// Round which spots something crops it, in the steps that crops have.
    pub spots: Vec<FocalPoint>,
}

/// Nothing where the picture was emptied out of the trash, or its original is lost.
pub fn known(tx: &mut ReadTx<'_>, image: ImageId) -> Result<Option<Known>, StorageError> {
    let row: Option<(String, Vec<u8>, String)> = images::table
        .inner_join(originals::table.on(originals::image_id.eq(images::id)))
        .filter(images::id.eq(image.get()))
        .select((images::hash, originals::bytes, images::ready))
        .first(tx.connection())
        .optional()?;
    let Some((hash, original, ready)) = row else {
        return Ok(None);
    };
    Ok(Some(Known {
        hash,
        original,
        ready: parsed("images.ready", &ready)?,
        spots: spots(tx, image)?,
    }))
}

/// Of what staff work on and of what readers saw, see or will see, each once.
fn spots(tx: &mut ReadTx<'_>, image: ImageId) -> Result<Vec<FocalPoint>, StorageError> {
    let is_head = items::table.filter(items::head_id.eq(revisions::id.nullable()));
    let is_out = publications::table.filter(publications::revision_id.eq(revisions::id));
    let rows: Vec<(i64, i64)> = revisions::table
        .filter(revisions::lead_image_id.eq(image.get()))
        .filter(diesel::dsl::exists(is_head).or(diesel::dsl::exists(is_out)))
        .select((revisions::focus_x, revisions::focus_y))
        .distinct()
        .load(tx.connection())?;
    let mut spots: Vec<FocalPoint> = Vec::new();
    for (x, y) in rows {
        let (x, y) = (narrow("focus_x", x)?, narrow("focus_y", y)?);
        let spot =
            FocalPoint::new(x, y).map_err(|_outside| unreadable("focus", &format!("{x} {y}")))?;
        if !spots.contains(&spot.in_steps()) {
            spots.push(spot.in_steps());
        }
    }
    Ok(spots)
}

/// Keeps a set that was made of the file with this hash, and says that it is there; not where the picture
/// has another file by now.
pub fn keep(
    tx: &mut WriteTx<'_>,
    (image, hash): (ImageId, &str),
    (set, made): (CopySet, &[Rendition]),
) -> Result<(), StorageError> {
    let Some(mut ready) = ready(tx, image, hash)? else {
        return Ok(());
    };
    if ready.has(set) {
        return Ok(());
    }
    add(tx, image, made)?;
    ready.add(set);
    say(tx, image, &ready)
}

fn ready(tx: &mut ReadTx<'_>, image: ImageId, hash: &str) -> Result<Option<Ready>, StorageError> {
    let words: Option<String> = images::table
        .filter(images::id.eq(image.get()))
        .filter(images::hash.eq(hash))
        .select(images::ready)
        .first(tx.connection())
        .optional()?;
    words
        .map(|words| parsed("images.ready", &words))
        .transpose()
}

fn say(tx: &mut WriteTx<'_>, image: ImageId, ready: &Ready) -> Result<(), StorageError> {
    diesel::update(images::table.find(image.get()))
        .set(images::ready.eq(ready.to_string()))
        .execute(tx.connection())?;
    Ok(())
}

/// Keeps the colours of a picture that came before they were looked for.
pub fn keep_tone(
    tx: &mut WriteTx<'_>,
    (image, hash): (ImageId, &str),
    tone: Option<Tone>,
) -> Result<(), StorageError> {
    let tone = tone.map(|tone| tone.to_string()).unwrap_or_default();
    diesel::update(images::table.find(image.get()))
        .filter(images::hash.eq(hash))
        .filter(images::tone.ne(&tone))
        .set(images::tone.eq(&tone))
        .execute(tx.connection())?;
    Ok(())
}

/// Crops round spots that nothing crops the picture at any more go.
pub fn leave_off(tx: &mut WriteTx<'_>, (image, hash): (ImageId, &str)) -> Result<(), StorageError> {
    let Some(mut ready) = ready(tx, image, hash)? else {
        return Ok(());
    };
    let wanted = spots(tx, image)?;
    let mut unused = ready.spots();
    unused.retain(|spot| !wanted.contains(spot));
    if unused.is_empty() {
        return Ok(());
    }
    for spot in unused {
        let names = Ratio::ALL.map(|ratio| Crop::new(ratio, spot));
        diesel::delete(
            renditions::table
                .filter(renditions::image_id.eq(image.get()))
                .filter(renditions::crop.eq_any(names.map(|crop| crop.to_string()))),
        )
        .execute(tx.connection())?;
        ready.remove(CopySet::Crops(spot));
        ready.remove(CopySet::CropsAvif(spot));
    }
    say(tx, image, &ready)
}

/// The images of the library behind that number, oldest first: all of them, or those with a copy of an
/// older recipe than this program's, or without any.
pub fn to_render(tx: &mut ReadTx<'_>, after: i64, all: bool) -> Result<Vec<ImageId>, StorageError> {
    let present = images::table
        .filter(images::id.gt(after))
        .filter(images::emptied_at.is_null())
        .order(images::id)
        .select(images::id)
        .into_boxed();
    let of_it = renditions::table.filter(renditions::image_id.eq(images::id));
    let older = of_it.filter(renditions::recipe.lt(RECIPE));
    let wanted = if all {
        present
    } else {
        present.filter(diesel::dsl::exists(older).or(diesel::dsl::not(diesel::dsl::exists(of_it))))
    };
    let numbers: Vec<i64> = wanted.load(tx.connection())?;
    Ok(numbers.into_iter().map(ImageId::new).collect())
}

/// Whether something crops the picture round a spot of which crops were not made anew: one that somebody
/// chose meanwhile, whose own crops the others took the place of.
fn lacks_crops(tx: &mut ReadTx<'_>, image: ImageId, ready: &Ready) -> Result<bool, StorageError> {
    let spots = spots(tx, image)?;
    let mut sets = spots
        .into_iter()
        .flat_map(|spot| [CopySet::Crops(spot), CopySet::CropsAvif(spot)]);
    Ok(sets.any(|set| !ready.has(set)))
}

/// Whoever makes copies looks at the picture again, also where they are at work on it.
fn wish(tx: &mut WriteTx<'_>, image: ImageId) -> Result<(), StorageError> {
    let known = copy_wishes::table.filter(copy_wishes::image_id.eq(image.get()));
    diesel::delete(known).execute(tx.connection())?;
    diesel::insert_into(copy_wishes::table)
        .values(copy_wishes::image_id.eq(image.get()))
        .execute(tx.connection())?;
    Ok(())
}

/// Everything that was made anew of a picture's file.
pub struct Anew {
    pub copies: Vec<Rendition>,
    pub ready: Ready,
    pub tone: Option<Tone>,
}

/// Puts other copies in the place of an image's; says whether any byte is another. Nothing is done where
/// the picture has another file by now, whose copies are new themselves.
pub fn replace(
    tx: &mut WriteTx<'_>,
    (image, hash): (ImageId, &str),
    anew: &Anew,
) -> Result<bool, StorageError> {
    if ready(tx, image, hash)?.is_none() {
        return Ok(false);
    }
    let of_it = renditions::table.filter(renditions::image_id.eq(image.get()));
    let mut before: Vec<(String, i64, String, Vec<u8>)> = of_it
        .select((
            renditions::crop,
            renditions::width,
            renditions::format,
            renditions::bytes,
        ))
        .load(tx.connection())?;
    diesel::delete(of_it).execute(tx.connection())?;
    add(tx, image, &anew.copies)?;
    say(tx, image, &anew.ready)?;
    if lacks_crops(tx, image, &anew.ready)? {
        wish(tx, image)?;
    }
    keep_tone(tx, (image, hash), anew.tone)?;
    let mut now: Vec<_> = anew
        .copies
        .iter()
        .map(|copy| {
            let (crop, width) = (crop_of(copy.name), copy.name.width);
            let format = copy.name.format.extension().to_owned();
            (crop, i64::from(width), format, copy.bytes.clone())
        })
        .collect();
    before.sort_unstable();
    now.sort_unstable();
    Ok(before != now)
}
