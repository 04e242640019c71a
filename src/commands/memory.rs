//! When the allocator gives memory back that nobody uses any more. It reads that out of its environment before the
//! program begins, and there is no other way to say it without unsafe code; so the program begins once more.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::apart;

/// In milliseconds; its own second lets the memory of several photos add up that were taken in one after the other.
const GIVES_BACK_AFTER: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "10");

/// Begins the program once more, in this same process, unless the environment says already when. Where it cannot be
/// begun, it goes on and takes more memory.
pub(super) fn given_back_soon() {
    let (name, milliseconds) = GIVES_BACK_AFTER;
    let Ok(program) = apart::this_program() else {
        return;
    };
    if env::var_os(name).is_some() {
        return;
    }
    let mut words = env::args_os();
    let mut again = Command::new(program);
    if let Some(called) = words.next() {
        again.arg0(called);
    }
    let _why_not = again.args(words).env(name, milliseconds).exec();
}
