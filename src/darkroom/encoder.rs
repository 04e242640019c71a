//! Has AVIF made in a process of its own: what it takes of memory is given back whole, and it can be left in the
//! middle.

use std::path::PathBuf;
use std::time::Duration;

use crate::apart::{Apart, End};
use crate::media::{Fault, LARGEST_FILE};

/// The word of the command line that begins such a process.
pub const ENCODES: &str = "encode-avif";
/// The widest copies take seconds; behind everybody else's work, minutes.
const PATIENCE: Duration = Duration::from_mins(20);
const WORKS_FOR: Duration = Duration::from_mins(2);

pub const fn encoder(program: PathBuf) -> Apart {
    Apart {
        program,
        patience: PATIENCE,
        works_for: WORKS_FOR,
    }
}

/// The AVIF of what is asked for ([`crate::media::avif`]), unless it is left.
pub(super) fn encoded(
    encoder: &Apart,
    asked: &[u8],
    is_left: &dyn Fn() -> bool,
) -> Result<Vec<u8>, Fault> {
    match encoder.work(ENCODES, (asked, LARGEST_FILE), is_left) {
        Ok(End::Done(made)) => Ok(made),
        Ok(End::Nothing(why)) => Err(Fault::Avif(why)),
        Ok(End::Left) => Err(Fault::Left),
        Err(source) => Err(Fault::Avif(source.to_string())),
    }
}
