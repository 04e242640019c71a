//! What staff may do: every route has a rule, and the rule holds for every role.

mod permissions;
pub(crate) mod staffed;
