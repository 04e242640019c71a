//! Reads the command line, runs one command, turns its failure into a sentence and an exit code.

use std::process::ExitCode;

/// Answers are many small pieces of memory; this allocator hands them out faster than libc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dateline::commands::main()
}
