//! Draws the first page of a PDF, in a process of its own.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::apart::{Apart, End};
use crate::media::first_page::DrawnPage;

/// The word of the command line that begins such a process.
pub const DRAWS: &str = "draw-first-page";
const PATIENCE: Duration = Duration::from_mins(1);
const WORKS_FOR: Duration = Duration::from_secs(10);

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    Page(DrawnPage),
    /// There will never be a page; why.
    Nothing(String),
    /// The work was left: it is begun again.
    Left,
}

pub const fn drawer(program: PathBuf) -> Apart {
    Apart {
        program,
        patience: PATIENCE,
        works_for: WORKS_FOR,
    }
}

/// Fails only where no process can be begun at all.
pub fn draw(drawer: &Apart, pdf: &[u8], stop: &AtomicBool) -> io::Result<Drawing> {
    let is_left = || stop.load(Ordering::Relaxed);
    Ok(
        match drawer.work(DRAWS, (pdf, DrawnPage::LONGEST), &is_left)? {
            End::Done(sent) => DrawnPage::received(&sent).map_or_else(
                || Drawing::Nothing("what came of it is no page".to_owned()),
                Drawing::Page,
            ),
            End::Nothing(why) => Drawing::Nothing(why),
            End::Left => Drawing::Left,
        },
    )
}
