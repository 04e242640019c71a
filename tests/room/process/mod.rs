//! The real binary: its first start, its end, and what a killed one leaves behind.

#[cfg(test)]
mod backups;
#[cfg(test)]
pub(crate) mod binary;
#[cfg(test)]
mod carried;
#[cfg(test)]
mod client;
#[cfg(test)]
pub(crate) mod drawn;
#[cfg(test)]
mod encoded;
#[cfg(test)]
mod first_start;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod operated;
#[cfg(test)]
mod overslept;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod rendered;
#[cfg(test)]
mod scheduled;
#[cfg(test)]
mod stop;
#[cfg(test)]
mod whole;
#[cfg(test)]
mod writer;
