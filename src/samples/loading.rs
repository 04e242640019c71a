//! Loads the sample room by making the same moves that people would have made.

use std::collections::HashMap;

use super::photos::{Drawn, draw_all};
use super::playing::play;
use super::words::{self, Sample, SampleImage, SamplePerson};
use super::{SampleError, files};
use crate::accounts::{Password, Person, PersonId, Roles};
use crate::clock::Instant;
use crate::desk::{self, Done, pictures, writing};
use crate::keys::{new_key, new_password, new_uid};
use crate::media::image::Words;
use crate::media::intake::Taken;
use crate::media::{AltText, FocalPoint, ImageId, Licence, Look};
use crate::newsroom::room::{ReadersSee, Room, RoomLine};
use crate::newsroom::room_pages::PerPage;
use crate::newsroom::{FileId, ItemId, KindId, SecondPair};
use crate::storage::images::NewImage;
use crate::storage::people::NewPerson;
use crate::storage::{ReadTx, WriteTx, mails, people, room};

/// What the moves need to know: people, kinds, images and items by their sample names.
pub(super) struct Stage {
    pub(super) room: Room,
    pub(super) people: HashMap<String, Person>,
    /// One person plays everybody, so nobody else could approve.
    pub(super) is_solo: bool,
    pub(super) kinds: HashMap<String, KindId>,
    pub(super) images: HashMap<String, (ImageId, FocalPoint)>,
    pub(super) files: HashMap<String, FileId>,
    pub(super) items: HashMap<String, ItemId>,
    pub(super) now: Instant,
}

/// The sample room, read and drawn; nothing of it is stored yet.
pub struct Prepared {
    sample: Sample,
    drawn: Vec<Drawn>,
}

/// Reads the words and draws the photos: the slow part, which needs no database.
pub fn prepare() -> Result<Prepared, SampleError> {
    let sample = words::read()?;
    let drawn = draw_all(&sample.images)?;
    Ok(Prepared { sample, drawn })
}

impl Prepared {
    /// Fills an empty room in one change. With `owner`, all of it is theirs, and a name that the
    /// room has already stays; otherwise the sample people get accounts.
    pub fn load(
        &self,
        tx: &mut WriteTx<'_>,
        now: Instant,
        owner: Option<PersonId>,
    ) -> Result<(), SampleError> {
        let room = sample_room(&self.sample, tx)?;
        let mut stage = set_the_stage(tx, &self.sample, room, (now, owner))?;
        for (image, (original, taken)) in self.sample.images.iter().zip(&self.drawn) {
            hang(tx, &mut stage, image, (original, taken))?;
        }
        for file in &self.sample.files {
            files::keep(tx, &mut stage, file)?;
        }
        for item in &self.sample.items {
            play(tx, &mut stage, item).map_err(|failure| SampleError::Move {
                item: item.key.clone(),
                failure,
            })?;
        }
        // What happened years ago, to people who do not exist, is told to nobody.
        mails::take_all_back(tx)?;
        Ok(())
    }
}

pub(super) fn words_error(sentence: impl ToString) -> SampleError {
    SampleError::Words {
        file: "room.json".to_owned(),
        sentence: sentence.to_string(),
    }
}

fn sample_room(sample: &Sample, tx: &mut ReadTx<'_>) -> Result<Room, SampleError> {
    let words = &sample.room;
    let known = room::frame(tx)?.map(|frame| frame.room);
    let (uid, name, logo, icon) = match known {
        Some(room) => (room.uid, room.name, room.logo, room.icon),
        None => (
            new_uid(),
            words.name.parse().map_err(words_error)?,
            None,
            None,
        ),
    };
    Ok(Room {
        uid,
        name,
        logo,
        icon,
        mission: words.mission.parse().map_err(words_error)?,
        introduction: words.introduction.parse().map_err(words_error)?,
        accent: words.accent.parse().map_err(words_error)?,
        zone: crate::zone::Zone::named(&words.zone).map_err(words_error)?,
        further_zones: words.further_zones.parse().map_err(words_error)?,
        second_pair: SecondPair::default(),
        readers_see: ReadersSee::default(),
        languages: words
            .languages
            .iter()
            .map(|tag| tag.parse().map_err(words_error))
            .collect::<Result<_, _>>()?,
        contacts: words.contacts.clone(),
        boilerplate: words.boilerplate.clone(),
        notice: RoomLine::default(),
        per_page: PerPage::default(),
        footer_links: words.footer_links.parse().map_err(words_error)?,
        pages: words.pages.clone(),
    })
}

fn set_the_stage(
    tx: &mut WriteTx<'_>,
    sample: &Sample,
    new: Room,
    (now, owner): (Instant, Option<PersonId>),
) -> Result<Stage, SampleError> {
    room::save(tx, &new, now)?;
    let frame = room::frame(tx)?;
    let kinds = frame.into_iter().flat_map(|frame| frame.kinds);
    let mut stage = Stage {
        room: new,
        people: HashMap::new(),
        is_solo: owner.is_some(),
        kinds: kinds.map(|kind| (kind.slug, kind.id)).collect(),
        images: HashMap::new(),
        files: HashMap::new(),
        items: HashMap::new(),
        now,
    };
    for person in &sample.people {
        let id = if let Some(owner) = owner {
            owner
        } else {
            desk::people::add(tx, &new_person(person)?, now)?
        };
        if let Some(known) = people::active(tx, id)? {
            stage.people.insert(person.key.clone(), known);
        }
    }
    Ok(stage)
}

fn new_person(person: &SamplePerson) -> Result<NewPerson, SampleError> {
    Ok(NewPerson {
        name: person.name.parse().map_err(words_error)?,
        email: person.mail.parse().map_err(words_error)?,
        hash: Some(Password::attempt(&new_password()).hash()?),
        roles: roles(&person.role)?,
    })
}

/// The sample editor also runs the sample room, so that its settings can be tried.
fn roles(role: &str) -> Result<Roles, SampleError> {
    let roles: Roles = role.parse().map_err(words_error)?;
    Ok(if roles.editor {
        roles.with(Roles::ADMIN)
    } else {
        roles
    })
}

fn hang(
    tx: &mut WriteTx<'_>,
    stage: &mut Stage,
    image: &SampleImage,
    (original, taken): (&[u8], &Taken),
) -> Result<(), SampleError> {
    let failed = |sentence: String| SampleError::Photo {
        image: image.key.clone(),
        sentence,
    };
    let person = stage
        .people
        .get("editor")
        .cloned()
        .ok_or_else(|| words_error("no editor"))?;
    let writer = person
        .writer()
        .ok_or_else(|| words_error("the editor does not write"))?;
    let new = NewImage {
        taken,
        original,
        file_name: &image.file_name,
        by: person.id,
        now: stage.now,
    };
    let look = Look::of(&taken.renditions);
    let kept = pictures::take_in(tx, (&new, look), writer);
    let id = match kept.map_err(|error| failed(error.to_string()))? {
        Done::Now(id) => id,
        Done::Before(number) => return Err(failed(format!("the same as picture {number}"))),
    };
    let words = image_words(image)?;
    let key = new_key();
    let sent = writing::Sent {
        form_key: &key,
        now: stage.now,
    };
    let shown = Words::default().fingerprint();
    pictures::describe(tx, id, (&shown, &words), &sent, &person)
        .map_err(|error| failed(error.to_string()))?;
    let focus = FocalPoint::new(image.focus.0, image.focus.1).unwrap_or_default();
    stage.images.insert(image.key.clone(), (id, focus));
    Ok(())
}

fn image_words(image: &SampleImage) -> Result<Words, SampleError> {
    Ok(Words {
        alt_text: match image.alt.as_deref() {
            None => AltText::Unwritten,
            Some("") => AltText::Decorative,
            Some(alt) => AltText::written(alt).map_err(words_error)?,
        },
        caption: image.caption.parse().map_err(words_error)?,
        credit: image.credit.parse().map_err(words_error)?,
        terms: image.terms.parse().map_err(words_error)?,
        taken_on: image
            .taken_on
            .as_deref()
            .map(|day| day.parse().map_err(words_error))
            .transpose()?,
        licence: Licence::default(),
    })
}
