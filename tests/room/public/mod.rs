//! Readers' pages.

#[cfg(test)]
mod lists;
#[cfg(test)]
mod story;
