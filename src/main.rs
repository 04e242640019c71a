//! Reads the command line, runs one command, turns its failure into a sentence and an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::commands::main()
}
