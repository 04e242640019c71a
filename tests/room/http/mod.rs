//! What the program gives to clients that are many, slow, greedy, or behind something.

#[cfg(test)]
mod busy;
#[cfg(test)]
mod caches;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod proxies;
#[cfg(test)]
mod slow;
#[cfg(test)]
mod socket;
#[cfg(test)]
mod tls;
