//! What staff see, and what they may do: every route has a rule, and the rule holds for every role.

#[cfg(test)]
mod account;
#[cfg(test)]
mod alt_texts;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod closed;
mod collections;
#[cfg(test)]
mod craft;
#[cfg(test)]
mod enclosures;
#[cfg(test)]
mod factor_rule;
#[cfg(test)]
mod factors;
#[cfg(test)]
mod failing;
#[cfg(test)]
mod file_words;
#[cfg(test)]
mod files;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hold;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod library;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod lists;
mod logos;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod operation;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod people;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod replacing;
#[cfg(test)]
mod review;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod several;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod taken_away;
#[cfg(test)]
mod time_travel;
#[cfg(test)]
mod trash;
#[cfg(test)]
mod typos;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod word_order;
#[cfg(test)]
mod words;
#[cfg(test)]
mod working;
