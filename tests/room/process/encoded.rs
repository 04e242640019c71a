//! AVIF in a process of its own: it can be left in the middle, and whatever it is given, it ends.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use dateline::apart::{Apart, End};
use dateline::darkroom::{ENCODES, encoder};

fn program() -> Apart {
    encoder(PathBuf::from(env!("CARGO_BIN_EXE_dateline")))
}

/// Noise of that size, which takes longest, as the server asks for it.
fn asked(width: u32, height: u32) -> Vec<u8> {
    let noise = (0..width * height * 3).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    let pixels: Vec<u8> = noise.collect();
    [&width.to_le_bytes()[..], &height.to_le_bytes(), &pixels].concat()
}

fn made(asked: &[u8], is_left: &dyn Fn() -> bool) -> End {
    program()
        .work(ENCODES, (asked, 1_000_000), is_left)
        .unwrap()
}

#[test]
fn pixels_come_back_as_avif() {
    let End::Done(avif) = made(&asked(64, 48), &|| false) else {
        panic!("nothing came");
    };
    assert_eq!(avif.get(4..12), Some(&b"ftypavif"[..]));
}

#[test]
fn whoever_does_not_wait_ends_it() {
    let looked = AtomicU32::new(0);
    let after_some_time = || looked.fetch_add(1, Ordering::Relaxed) > 3;
    assert_eq!(made(&asked(1920, 1920), &after_some_time), End::Left);
}

#[test]
fn what_is_no_picture_and_what_takes_too_much_end_by_themselves() {
    for asked in [Vec::new(), b"xxxxxxxx".to_vec()] {
        assert!(matches!(made(&asked, &|| false), End::Nothing(_)));
    }
    let hurried = Apart {
        works_for: Duration::from_secs(1),
        ..program()
    };
    let large = asked(1920, 5_000);
    let ended = hurried.work(ENCODES, (&large, 1_000_000), &|| false);
    assert!(matches!(ended.unwrap(), End::Nothing(_)));
}
