//! Until when a page that is laid out now stays true, if nobody writes anything.

use crate::clock::Instant;
use crate::prose::dates;
use crate::storage::{ReadTx, publications, room};
use crate::web::Problem;

/// The next instant at which a publication begins or ends, or at which the year turns, which stands
/// at the foot of every page. Whatever else a page comes to say about "now" belongs in here.
pub fn horizon(tx: &mut ReadTx<'_>, now: Instant) -> Result<Instant, Problem> {
    let next = publications::next_change(tx, now)?;
    let new_year = room::frame(tx)?.and_then(|frame| dates::next_year(now, &frame.room.zone));
    // A page of a room that is not open yet is never kept.
    Ok(next.into_iter().chain(new_year).min().unwrap_or(now))
}
