//! Promises that cut across pages.

#[cfg(test)]
mod leaks;
#[cfg(test)]
mod nothing_lost;
#[cfg(test)]
mod words_and_time;
