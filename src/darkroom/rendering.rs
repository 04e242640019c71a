//! All copies of one picture made anew out of its original, which change at once or not at all.

use super::encoder::encoded;
use crate::apart::Apart;
use crate::media::{CopySet, Fault, ImageId, Master, Ready};
use crate::storage::copies::{self, Known};
use crate::storage::{ReadStore, StorageError, Store};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anew {
    /// Some copy has other bytes than before.
    Others,
    Same,
    /// The picture keeps what it has; why, in a sentence.
    Kept(String),
}

/// Makes every copy of a picture again, crops and AVIF too.
pub fn anew(
    (store, read): (&Store, &ReadStore),
    encoder: &Apart,
    image: ImageId,
) -> Result<Anew, StorageError> {
    let Some(known) = read.read_here(|tx| copies::known(tx, image))? else {
        return Ok(Anew::Kept("its original is not there".to_owned()));
    };
    let master = match Master::of(&known.original) {
        Ok(master) => master,
        Err(refusal) => return Ok(Anew::Kept(refusal.to_string())),
    };
    let made = match all(&master, &known, encoder) {
        Ok(made) => made,
        Err(fault) => return Ok(Anew::Kept(fault.to_string())),
    };
    let changed = store.write_here(|tx| copies::replace(tx, (image, &known.hash), &made))?;
    Ok(if changed { Anew::Others } else { Anew::Same })
}

fn all(master: &Master, known: &Known, encoder: &Apart) -> Result<copies::Anew, Fault> {
    let (mut copies, mut ready) = (master.whole(&|_made, _of| {})?, Ready::default());
    let avif = |asked: &[u8]| encoded(encoder, asked, &|| false);
    let cut = known.spots.iter().flat_map(|spot| {
        let spot = *spot;
        [CopySet::Crops(spot), CopySet::CropsAvif(spot)]
    });
    for set in cut.chain([CopySet::WholeAvif]) {
        copies.extend(master.set(set, &|| false, &avif)?);
        ready.add(set);
    }
    Ok(copies::Anew {
        copies,
        ready,
        tone: master.tone(),
    })
}
