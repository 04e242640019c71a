//! Readers' pages.

#[cfg(test)]
mod broken_off;
#[cfg(test)]
mod cache;
#[cfg(test)]
mod card;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod files;
#[cfg(test)]
mod first_pages;
#[cfg(test)]
mod front;
#[cfg(test)]
mod full_size;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod history;
#[cfg(test)]
mod images;
#[cfg(test)]
mod item;
#[cfg(test)]
mod large;
#[cfg(test)]
mod listing;
#[cfg(test)]
mod pack;
#[cfg(test)]
mod pack_pictures;
#[cfg(test)]
mod pack_places;
#[cfg(test)]
pub(crate) mod paper;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod wire;
