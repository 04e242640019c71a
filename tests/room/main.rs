//! Everything that is tested over HTTP and on the real binary; one program, so that it links once.

mod admin;
mod http;
mod mail;
mod passes;
mod process;
mod promises;
mod public;
mod storage;
mod support;
