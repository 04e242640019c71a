//! What is written for several pictures at once, with the complaints about it.

use super::images_asked::collections;
use super::view::{Choice, Field};
use crate::desk::collections::Chosen;
use crate::desk::library::{Deed, End, Further};
use crate::media::LastDay;
use crate::storage::collections::Collection;
use crate::web::{FieldErrors, Fields};

/// What can be written for them; which of it, the deed says.
pub(super) struct Written {
    deed: Deed,
    pub credit: Field,
    pub terms: Field,
    pub caption: Field,
    pub ends: Vec<Choice>,
    pub last_day: Field,
    pub territory: Field,
    pub wheres: Vec<Choice>,
    pub collections: Vec<Choice>,
    pub new_name: Field,
}

impl Written {
    pub(super) fn of(
        (deed, known): (Deed, &[Collection]),
        fields: &Fields,
        errors: &FieldErrors,
    ) -> Self {
        let field = |name| Field::of(name, fields, errors);
        Self {
            deed,
            credit: field("credit"),
            terms: field("terms"),
            caption: field("caption"),
            ends: choices(
                fields.get("end"),
                &[
                    ("as-it-is", "Leave it as it is"),
                    ("day", "It is the day below"),
                    ("never", "There is none: the licence does not end"),
                ],
            ),
            last_day: field("last_day"),
            territory: field("territory"),
            wheres: choices(
                fields.get("where"),
                &[
                    ("missing", "Only where a picture has none"),
                    ("all", "Everywhere, in place of what is there"),
                ],
            ),
            collections: collections(known, fields.get("collection")).collect(),
            new_name: field("new_name"),
        }
    }
}

impl Written {
    pub(super) fn describes(&self) -> bool {
        self.deed == Deed::Describe
    }

    pub(super) fn licenses(&self) -> bool {
        self.deed == Deed::License
    }

    pub(super) fn collects(&self) -> bool {
        self.deed == Deed::Collect
    }

    pub(super) fn takes_out(&self) -> bool {
        self.deed == Deed::TakeOut
    }
}

/// With the first of them chosen where nothing was.
fn choices(chosen: &str, all: &[(&str, &str)]) -> Vec<Choice> {
    let chosen = match all.first() {
        Some((first, _)) if chosen.is_empty() => first,
        _ => chosen,
    };
    all.iter()
        .map(|(value, label)| Choice::new(*value, *label, chosen))
        .collect()
}

/// What shall be written, as far as it could be read.
pub(super) fn further(deed: Deed, fields: &Fields) -> (Further, FieldErrors) {
    let mut errors = FieldErrors::default();
    let further = match deed {
        Deed::Describe => described(fields, &mut errors),
        Deed::License => licensed(fields, &mut errors),
        Deed::Collect => Further {
            into: into(fields, &mut errors),
            ..Further::default()
        },
        Deed::TakeOut => Further {
            out_of: errors.take("collection", fields.get("collection").parse()),
            ..Further::default()
        },
        Deed::Trash | Deed::Restore => Further::default(),
    };
    (further, errors)
}

fn described(fields: &Fields, errors: &mut FieldErrors) -> Further {
    let further = Further {
        credit: written("credit", fields, errors),
        terms: written("terms", fields, errors),
        caption: written("caption", fields, errors),
        replaces: replaces(fields),
        ..Further::default()
    };
    let nothing = further.credit.is_none() && further.terms.is_none() && further.caption.is_none();
    if nothing && errors.is_empty() {
        errors.add("credit", "Write a credit, terms or a caption.");
    }
    further
}

fn licensed(fields: &Fields, errors: &mut FieldErrors) -> Further {
    let further = Further {
        end: end(fields, errors),
        territory: written("territory", fields, errors),
        terms: written("terms", fields, errors),
        replaces: replaces(fields),
        ..Further::default()
    };
    let nothing =
        further.end == End::AsItIs && further.territory.is_none() && further.terms.is_none();
    if nothing && errors.is_empty() {
        errors.add("last_day", "Write a last day, a territory or terms.");
    }
    further
}

fn end(fields: &Fields, errors: &mut FieldErrors) -> End {
    let typed = fields.get("last_day").trim();
    match fields.get("end") {
        "never" if !replaces(fields) => {
            errors.add(
                "last_day",
                "To take last days away, choose “Everywhere” below.",
            );
            End::AsItIs
        }
        "never" => End::Never,
        "day" => match errors.take("last_day", typed.parse::<LastDay>()) {
            Some(day) => End::After(day),
            None => End::AsItIs,
        },
        _ if !typed.is_empty() => {
            errors.add(
                "last_day",
                "Choose “It is the day below” above, or empty the day.",
            );
            End::AsItIs
        }
        _ => End::AsItIs,
    }
}

fn into(fields: &Fields, errors: &mut FieldErrors) -> Option<Chosen> {
    let named = fields.get("new_name").trim();
    match fields.get("collection") {
        "" => errors.take("new_name", named.parse()).map(Chosen::New),
        _ if !named.is_empty() => {
            errors.add(
                "new_name",
                "Choose a collection or name a new one, not both.",
            );
            None
        }
        chosen => errors.take("collection", chosen.parse()).map(Chosen::Known),
    }
}

fn replaces(fields: &Fields) -> bool {
    fields.get("where") == "all"
}

/// Nothing where the field is empty.
fn written<T>(name: &str, fields: &Fields, errors: &mut FieldErrors) -> Option<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    match fields.get(name).trim() {
        "" => None,
        typed => errors.take(name, typed.parse()),
    }
}
