//! What the tests stand on.

#[cfg(test)]
pub(crate) mod staffed;
