//! The room's own words and its kinds.

use diesel::prelude::*;

use super::columns::{from_json, parsed};
use super::schema::{kind_mergers, kinds, room};
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;
use crate::newsroom::logo::Logo;
use crate::newsroom::room::Room;
use crate::newsroom::settings::Setting;
use crate::newsroom::words::Language;
use crate::newsroom::{Kind, KindId, SecondPair};
use crate::zone::Zone;

/// What every public page needs, in one statement.
pub struct Frame {
    pub room: Room,
    pub kinds: Vec<Kind>,
}

type RoomRow = (
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
);
type FurtherRow = (String, String, i64, String, String, String);
pub(super) type KindRow = (i64, String, String, String, String, String, String);

const ROOM: (
    room::uid,
    room::name,
    room::mission,
    room::introduction,
    room::accent,
    room::zone,
    room::languages,
    room::contacts,
    room::boilerplate,
    room::second_pair,
    room::further_zones,
    room::readers_see,
) = (
    room::uid,
    room::name,
    room::mission,
    room::introduction,
    room::accent,
    room::zone,
    room::languages,
    room::contacts,
    room::boilerplate,
    room::second_pair,
    room::further_zones,
    room::readers_see,
);

const FURTHER: (
    room::notice,
    room::footer_links,
    room::per_page,
    room::pages,
    room::logo,
    room::icon,
) = (
    room::notice,
    room::footer_links,
    room::per_page,
    room::pages,
    room::logo,
    room::icon,
);

pub(super) const KIND: (
    kinds::id,
    kinds::slug,
    kinds::name,
    kinds::plural,
    kinds::icon,
    kinds::graphic,
    kinds::colour,
) = (
    kinds::id,
    kinds::slug,
    kinds::name,
    kinds::plural,
    kinds::icon,
    kinds::graphic,
    kinds::colour,
);

/// The room and its kinds, without those that went into another one; `None` while the room was not
/// set up.
pub fn frame(tx: &mut ReadTx<'_>) -> Result<Option<Frame>, StorageError> {
    let gone = kind_mergers::table.select(kind_mergers::kind_id);
    let rows: Vec<(RoomRow, FurtherRow, KindRow)> = room::table
        .inner_join(kinds::table.on(room::id.eq(1)))
        .filter(diesel::dsl::not(kinds::id.eq_any(gone)))
        .order(kinds::position)
        .select((ROOM, FURTHER, KIND))
        .load(tx.connection())?;
    let Some((row, further, _)) = rows.first().cloned() else {
        return Ok(None);
    };
    Ok(Some(Frame {
        room: read_room(row, further)?,
        kinds: rows
            .into_iter()
            .map(|(_, _, row)| read_kind(row))
            .collect::<Result<_, _>>()?,
    }))
}

/// What readers must know at once; empty where there is nothing, or no room yet.
pub fn notice(tx: &mut ReadTx<'_>) -> Result<String, StorageError> {
    let notice: Option<String> = room::table
        .select(room::notice)
        .first(tx.connection())
        .optional()?;
    Ok(notice.unwrap_or_default())
}

/// The room's rule of the second pair of eyes.
pub fn second_pair(tx: &mut ReadTx<'_>) -> Result<SecondPair, StorageError> {
    let rule: Option<String> = room::table
        .select(room::second_pair)
        .first(tx.connection())
        .optional()?;
    rule.map_or(Ok(SecondPair::default()), |rule| {
        parsed("room.second_pair", &rule)
    })
}

fn read_room(
    row: RoomRow,
    (notice, footer_links, per_page, pages, logo, icon): FurtherRow,
) -> Result<Room, StorageError> {
    let (
        uid,
        name,
        mission,
        introduction,
        accent,
        zone,
        languages,
        contacts,
        boilerplate,
        second_pair,
        further_zones,
        readers_see,
    ) = row;
    let tags: Vec<String> = from_json("room.languages", &languages)?;
    Ok(Room {
        uid,
        name: parsed("room.name", &name)?,
        mission: parsed("room.mission", &mission)?,
        introduction: parsed("room.introduction", &introduction)?,
        logo: read_logo("room.logo", &logo)?,
        icon: read_logo("room.icon", &icon)?,
        accent: parsed("room.accent", &accent)?,
        zone: Zone::named(&zone)
            .map_err(|_source| super::columns::unreadable("room.zone", &zone))?,
        languages: tags
            .iter()
            .map(|tag| parsed("room.languages", tag))
            .collect::<Result<_, _>>()?,
        contacts: from_json("room.contacts", &contacts)?,
        boilerplate: from_json("room.boilerplate", &boilerplate)?,
        second_pair: parsed("room.second_pair", &second_pair)?,
        further_zones: parsed("room.further_zones", &further_zones)?,
        readers_see: parsed("room.readers_see", &readers_see)?,
        notice: parsed("room.notice", &notice)?,
        footer_links: parsed("room.footer_links", &footer_links)?,
        per_page: parsed("room.per_page", &per_page.to_string())?,
        pages: from_json("room.pages", &pages)?,
    })
}

fn read_logo(column: &'static str, text: &str) -> Result<Option<Logo>, StorageError> {
    match text {
        "" => Ok(None),
        text => parsed(column, text).map(Some),
    }
}

pub(super) fn read_kind(row: KindRow) -> Result<Kind, StorageError> {
    let (id, slug, name, plural, icon, graphic, colour) = row;
    Ok(Kind {
        id: KindId::new(id),
        slug,
        name,
        plural,
        icon,
        graphic: parsed("kinds.graphic", &graphic)?,
        colour: match colour.as_str() {
            "" => None,
            colour => Some(parsed("kinds.colour", colour)?),
        },
    })
}

/// Writes the room's words, the first time and every later one.
pub fn save(tx: &mut WriteTx<'_>, new: &Room, now: Instant) -> Result<(), StorageError> {
    let tags: Vec<&str> = new.languages.iter().map(Language::as_str).collect();
    let further = (
        room::notice.eq(new.notice.as_str()),
        room::footer_links.eq(new.footer_links.to_string()),
        room::per_page.eq(i64::try_from(new.per_page.get()).unwrap_or(i64::MAX)),
        room::pages.eq(serde_json::json!(new.pages).to_string()),
        room::logo.eq(Setting::Logo.text(new)),
        room::icon.eq(Setting::Icon.text(new)),
    );
    let words = (
        room::uid.eq(&new.uid),
        room::name.eq(new.name.as_str()),
        room::mission.eq(new.mission.as_str()),
        room::introduction.eq(new.introduction.as_str()),
        room::accent.eq(new.accent.hex()),
        room::zone.eq(new.zone.name()),
        room::languages.eq(serde_json::json!(tags).to_string()),
        room::contacts.eq(serde_json::json!(new.contacts).to_string()),
        room::boilerplate.eq(serde_json::json!(new.boilerplate).to_string()),
        room::further_zones.eq(new.further_zones.to_string()),
        room::second_pair.eq(new.second_pair.as_str()),
        room::readers_see.eq(new.readers_see.as_str()),
        room::changed_at.eq(now.millis()),
    );
    let changed = diesel::update(room::table.find(1_i64))
        .set((words.clone(), further.clone()))
        .execute(tx.connection())?;
    if changed == 0 {
        diesel::insert_into(room::table)
            .values((room::id.eq(1_i64), words, further))
            .execute(tx.connection())?;
    }
    Ok(())
}
