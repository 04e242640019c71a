//! What whoever runs the room can see of it: what is counted, what the file and the disk say. No
//! word of an item, no address of a person.

pub mod listener;
pub mod meters;
mod prometheus;
pub mod reading;

use std::sync::Arc;

use self::meters::Meters;
use crate::backups::Schedule;

/// What a running room counts, and how its backups are planned.
#[derive(Clone, Default)]
pub struct Operation {
    pub meters: Arc<Meters>,
    pub backups: Option<Schedule>,
}
