//! When memory goes back to the system that nobody uses any more. Allocators read that out of their environment before
//! the program begins, and there is no other way to say it without unsafe code; so the program begins once more.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::apart;

/// At once, and all of it, so that the memory of photos that are taken in one after the other does not add up. Our own
/// allocator waits a second by itself and keeps what it reserved first; that of the system, which `SQLite` and the WebP
/// encoder use, keeps larger and larger pieces unless it is told from which size on (in bytes; mallopt(3)) it gives
/// each back.
const GIVES_BACK: [(&str, &str); 3] = [
    ("MIMALLOC_PURGE_DELAY", "0"),
    ("MIMALLOC_ARENA_EAGER_COMMIT", "0"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// Begins the program once more, in this same process, where the environment does not say all of it; what it says
/// is left. Where it cannot be begun, it goes on and takes more memory.
pub(super) fn given_back_at_once() {
    let unsaid = GIVES_BACK
        .into_iter()
        .filter(|(name, _value)| env::var_os(name).is_none());
    let unsaid: Vec<(&str, &str)> = unsaid.collect();
    let Ok(program) = apart::this_program() else {
        return;
    };
    if unsaid.is_empty() {
        return;
    }
    let mut words = env::args_os();
    let mut again = Command::new(program);
    if let Some(called) = words.next() {
        again.arg0(called);
    }
    let _why_not = again.args(words).envs(unsaid).exec();
}
