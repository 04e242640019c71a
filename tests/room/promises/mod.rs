//! Promises that cut across pages.

#[cfg(test)]
mod a_week_of_news;
#[cfg(test)]
mod hostile_words;
#[cfg(test)]
mod kept_whole;
#[cfg(test)]
mod leak_check;
#[cfg(test)]
mod links;
#[cfg(test)]
mod nothing_lost;
#[cfg(test)]
mod out_of_date;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod same_instant;
#[cfg(test)]
pub(crate) mod soundness;
#[cfg(test)]
mod time;
#[cfg(test)]
mod together;
#[cfg(test)]
mod two_lanes;
#[cfg(test)]
mod two_writers;
#[cfg(test)]
mod unsaved;
#[cfg(test)]
mod unseen;
