//! An instant as somebody types it: date and time on the room's clock, and which of two where it happens twice.

use super::publishing_page::Confirm;
use super::view::{Choice, Field};
use crate::clock::Instant;
use crate::newsroom::schedule::{ScheduleError, Typed, WallClock, Which};
use crate::prose::dates;
use crate::storage::room::Frame;
use crate::web::{FieldErrors, Fields};

/// Date and time as somebody types them, in the room's zone.
pub(super) struct WhenFields {
    pub legend: &'static str,
    pub date: Field,
    pub time: Field,
    pub which: Vec<Choice>,
    pub zone: String,
    /// Where it is not, nothing typed means at once.
    pub required: bool,
}

pub(super) fn when(confirm: &Confirm, room: &Frame, now: Instant) -> WhenFields {
    let (fields, errors) = (&confirm.fields, &confirm.errors);
    let zone = &room.room.zone;
    let which = if errors.of("which").is_empty() && fields.get("which").is_empty() {
        Vec::new()
    } else {
        let chosen = fields.get("which");
        vec![
            Choice::new(
                "earlier",
                "The first time, before the clocks go back",
                chosen,
            ),
            Choice::new(
                "later",
                "The second time, after the clocks went back",
                chosen,
            ),
        ]
    };
    WhenFields {
        legend: "When",
        date: Field::of("date", fields, errors),
        time: Field::of("time", fields, errors),
        which,
        zone: format!(
            "{}; it is {} there",
            zone.name(),
            dates::staff_time(now, zone).words
        ),
        required: true,
    }
}

/// The instant that was typed, or what is wrong with it beside the field.
pub(super) fn typed_instant(
    fields: &Fields,
    (room, now): (&Frame, Instant),
    errors: &mut FieldErrors,
) -> Option<Typed> {
    let typed = typed_at(fields, room, errors)?;
    errors.take("date", typed.is_to_come(now))?;
    Some(typed)
}

/// Any instant that was typed, past or to come.
pub(super) fn typed_at(fields: &Fields, room: &Frame, errors: &mut FieldErrors) -> Option<Typed> {
    let zone = &room.room.zone;
    let wall = errors.take(
        "date",
        WallClock::parse(fields.get("date"), fields.get("time")),
    )?;
    let which = match fields.get("which") {
        "earlier" => Some(Which::Earlier),
        "later" => Some(Which::Later),
        _ => None,
    };
    let typed = Typed::read(wall, zone, which);
    let field = match &typed {
        Err(ScheduleError::Twice { .. }) => "which",
        Ok(_) | Err(_) => "time",
    };
    errors.take(field, typed)
}
