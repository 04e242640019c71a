//! Parts of what a page costs, within one process and on the sample room: `cargo bench --bench parts`.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot begin has to say so at once"
)]

mod room;

use std::hint::black_box;

use dateline::prose::diff;
use dateline::prose::markdown::{self, Figure, Figures};
use divan::Bencher;

use crate::room::{Answering, Asked};

/// The same as the binary's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Real handlers and middleware, and no memory of pages.
#[divan::bench(args = Asked::ALL)]
fn laid_out(bencher: Bencher<'_, '_>, asked: Asked) {
    let mut program = room::Program::open();
    bencher.bench_local(|| program.asked(asked));
}

/// Over one connection to a running room, out of its memory.
#[divan::bench(args = Asked::ALL)]
fn out_of_memory(bencher: Bencher<'_, '_>, asked: Asked) {
    let mut answering = Answering::open();
    answering.ask(asked);
    bencher.bench_local(|| answering.ask(asked));
}

const BODY: &str = include_str!("../../samples/bodies/marenza-pardon-is-no-inquiry.md");
const BODY_AFTERWARDS: &str =
    include_str!("../../samples/bodies/marenza-pardon-is-no-inquiry-2.md");

struct NoPictures;

impl Figures for NoPictures {
    fn figure(&self, _image: i64) -> Option<Figure> {
        None
    }

    fn begin_the_page(&self) -> bool {
        false
    }
}

#[divan::bench]
fn markdown_to_html() -> markdown::Html {
    markdown::to_html(black_box(BODY), &NoPictures)
}

#[divan::bench]
fn markdown_to_text() -> String {
    markdown::to_text(black_box(BODY))
}

/// Two versions of a text, word by word.
#[divan::bench]
fn difference(bencher: Bencher<'_, '_>) {
    const MOST: usize = 20_000;
    bencher.bench(|| diff::words(black_box(BODY), black_box(BODY_AFTERWARDS), MOST));
}
