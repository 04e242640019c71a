//! The database by itself: the promises that it keeps, its tables, its query plans.

#[cfg(test)]
mod attack;
#[cfg(test)]
mod constraints;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod large_room;
#[cfg(test)]
mod library_plans;
#[cfg(test)]
mod moved;
#[cfg(test)]
mod passes;
#[cfg(test)]
mod plans;
#[cfg(test)]
pub(crate) mod raw;
#[cfg(test)]
mod schema;
#[cfg(test)]
pub(crate) mod scratch;
#[cfg(test)]
mod served;
