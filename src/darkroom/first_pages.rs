//! The first pages of PDFs, drawn one after the other in the background.

use std::sync::atomic::{AtomicBool, Ordering};

use super::drawer::{Drawing, draw};
use crate::apart::Apart;
use crate::media::first_page::DrawnPage;
use crate::storage::first_pages::{self, Source, Wish};
use crate::storage::{ReadStore, StorageError, Store};

/// Whoever draws first pages.
pub struct FirstPages {
    store: Store,
    read: ReadStore,
    drawer: Apart,
    /// Whether it was said already that no page can be drawn at all.
    is_told: AtomicBool,
}

impl FirstPages {
    pub const fn new(store: Store, read: ReadStore, drawer: Apart) -> Self {
        Self {
            store,
            read,
            drawer,
            is_told: AtomicBool::new(false),
        }
    }

    /// Draws every page that is wished for now, and gives way to people before each; how many came of it.
    pub fn round(&self, give_way: &dyn Fn(), stop: &AtomicBool) -> Result<usize, StorageError> {
        let mut drawn = 0;
        while let Some(wish) = self.read.read_here(first_pages::newest_wish)? {
            let Some(source) = self
                .read
                .read_here(|tx| first_pages::source(tx, wish.file))?
            else {
                break;
            };
            give_way();
            match draw(&self.drawer, &source.bytes, stop) {
                Ok(Drawing::Page(page)) => drawn += self.keep((wish, &source), page)?,
                Ok(Drawing::Nothing(why)) => self.leave_off(wish, &why)?,
                Ok(Drawing::Left) => break,
                Err(cause) => {
                    if !self.is_told.swap(true, Ordering::Relaxed) {
                        tracing::error!(%cause, "no first page of a PDF can be drawn; it is tried again");
                    }
                    break;
                }
            }
        }
        Ok(drawn)
    }

    fn keep(&self, of: (Wish, &Source), page: DrawnPage) -> Result<usize, StorageError> {
        match page.copies() {
            Ok(copies) => {
                self.store
                    .write_here(|tx| first_pages::keep(tx, of, &copies))?;
                Ok(1)
            }
            Err(fault) => {
                self.leave_off(of.0, &fault.to_string())?;
                Ok(0)
            }
        }
    }

    /// Readers see the file as before, and staff read why it has no picture.
    fn leave_off(&self, wish: Wish, why: &str) -> Result<(), StorageError> {
        tracing::warn!(
            file.id = wish.file.get(),
            why,
            "the first page of a PDF was not drawn"
        );
        self.store.jot_here(|tx| first_pages::end(tx, wish))
    }
}
