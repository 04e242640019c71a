//! What staff may do: every route has a rule, and the rule holds for every role.

#[cfg(test)]
mod failing;
#[cfg(test)]
mod permissions;
