//! Promises that cut across pages.

mod leaks;
mod words_and_time;
