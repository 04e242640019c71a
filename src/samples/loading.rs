//! Loads the sample room by making the same moves that people would have made.

use std::collections::HashMap;

use super::SampleError;
use super::photos::{Drawn, draw_all};
use super::words::{self, Sample, SampleImage, SampleItem, SamplePerson, Step};
use crate::accounts::{Password, Person, PersonId, Roles};
use crate::clock::Instant;
use crate::desk::publishing::{self as moves, Aim, desk};
use crate::desk::{self, Done, Failure, pictures, writing};
use crate::keys::{new_key, new_password, new_uid};
use crate::media::image::Words;
use crate::media::intake::Taken;
use crate::media::{AltText, FocalPoint, ImageId};
use crate::newsroom::publishing::{Said, Shown};
use crate::newsroom::room::{ContactKey, ReadersSee, Room};
use crate::newsroom::schedule::{self, Typed, WallClock};
use crate::newsroom::{ItemId, KindId, Lead, Refusal, SecondPair, Shape, SubjectName, Wording};
use crate::storage::images::NewImage;
use crate::storage::people::NewPerson;
use crate::storage::{ReadTx, WriteTx, mails, people, room};

/// What the moves need to know: people, kinds, images and items by their sample names.
struct Stage {
    room: Room,
    people: HashMap<String, Person>,
    kinds: HashMap<String, KindId>,
    images: HashMap<String, (ImageId, FocalPoint)>,
    items: HashMap<String, ItemId>,
    now: Instant,
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
    let (uid, name) = match known {
        Some(room) => (room.uid, room.name),
        None => (new_uid(), words.name.parse().map_err(words_error)?),
    };
    Ok(Room {
        uid,
        name,
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
        kinds: kinds.map(|kind| (kind.slug, kind.id)).collect(),
        images: HashMap::new(),
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
        hash: Password::attempt(&new_password()).hash()?,
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
    let id = match pictures::take_in(tx, &new, writer).map_err(|error| failed(error.to_string()))? {
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
    })
}

/// Plays one item's history, step by step, each at its own instant.
fn play(tx: &mut WriteTx<'_>, stage: &mut Stage, item: &SampleItem) -> Result<(), Failure> {
    let mut wording = stage.wording(item)?;
    for step in &item.history {
        let at = stage.instant(step.days, &step.time)?;
        let person = stage
            .people
            .get(&step.by)
            .cloned()
            .ok_or(Refusal::NotAWriter)?;
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now: at,
        };
        if step.what == "save" {
            stage.change(&mut wording, step)?;
            stage.save(tx, (item, &wording), &sent, &person)?;
        } else {
            let number = stage
                .items
                .get(&item.key)
                .copied()
                .ok_or(Refusal::NoSuchItem)?;
            stage.publish(tx, (number, step), &sent, &person)?;
        }
    }
    Ok(())
}

fn wrong<E>(_error: E) -> Refusal {
    Refusal::NotReady {
        missing: vec!["The sample words do not fit.".to_owned()],
    }
}

fn body(stage: &Stage, file: &str) -> Result<String, Refusal> {
    let mut text = words::file(file).map_err(wrong)?;
    for (key, (id, _)) in &stage.images {
        text = text.replace(&format!("(image:{key}"), &format!("(image:{id}"));
    }
    Ok(text)
}

impl Stage {
    fn wording(&self, item: &SampleItem) -> Result<Wording, Refusal> {
        let names = |names: &[String]| -> Result<Vec<SubjectName>, Refusal> {
            names
                .iter()
                .map(|name| name.parse().map_err(wrong))
                .collect()
        };
        let slugs = ["press-release", "report", "statement", "campaign-update"];
        let plural = if slugs.contains(&item.kind.as_str()) {
            format!("{}s", item.kind)
        } else {
            "victories".to_owned()
        };
        Ok(Wording {
            kind: self.kinds.get(&plural).copied().ok_or_else(|| wrong(()))?,
            language: item.language.parse().map_err(wrong)?,
            title: item.title.parse().map_err(wrong)?,
            slug: item.slug.parse().map_err(wrong)?,
            summary: item.summary.parse().map_err(wrong)?,
            body: body(self, &item.body)?.parse().map_err(wrong)?,
            dateline: item.dateline.parse().map_err(wrong)?,
            notes: item.notes.parse().map_err(wrong)?,
            topics: names(&item.topics)?,
            places: names(&item.places)?,
            contacts: item.contacts.iter().map(ContactKey::new).collect(),
            translation_of: item
                .translation_of
                .as_ref()
                .and_then(|key| self.items.get(key))
                .copied(),
            lead: item
                .lead
                .as_ref()
                .and_then(|key| self.images.get(key))
                .map(|(image, focus)| Lead {
                    image: *image,
                    shape: Shape::Whole,
                    focus: *focus,
                }),
        })
    }

    fn change(&self, wording: &mut Wording, step: &Step) -> Result<(), Refusal> {
        for (field, value) in &step.with {
            match field.as_str() {
                "title" => wording.title = value.parse().map_err(wrong)?,
                "slug" => wording.slug = value.parse().map_err(wrong)?,
                "summary" => wording.summary = value.parse().map_err(wrong)?,
                "dateline" => wording.dateline = value.parse().map_err(wrong)?,
                "notes" => wording.notes = value.parse().map_err(wrong)?,
                "body" => wording.body = body(self, value)?.parse().map_err(wrong)?,
                other => return Err(wrong(other)),
            }
        }
        Ok(())
    }

    /// So many days before the room was loaded, at that time of the room's zone.
    fn instant(&self, days: i64, time: &str) -> Result<Instant, Refusal> {
        Ok(self.typed(days, time)?.instant)
    }

    fn typed(&self, days: i64, time: &str) -> Result<Typed, Refusal> {
        const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
        let zone = &self.room.zone;
        let day = schedule::wall_clock(self.now.plus_millis(-days * DAY_MILLIS), zone);
        let wall = WallClock::parse(&day.date(), time).map_err(wrong)?;
        let typed = Typed::read(wall, zone, None)
            .or_else(|_doubled| Typed::read(wall, zone, Some(schedule::Which::Earlier)))
            .map_err(wrong)?;
        // What is said to have happened today has happened by now.
        let latest = if days >= 0 { self.now } else { typed.instant };
        Ok(Typed {
            instant: typed.instant.min(latest),
            ..typed
        })
    }

    fn save(
        &mut self,
        tx: &mut WriteTx<'_>,
        (item, wording): (&SampleItem, &Wording),
        sent: &writing::Sent<'_>,
        person: &Person,
    ) -> Result<(), Failure> {
        let writer = person.writer().ok_or(Refusal::NotAWriter)?;
        let Some(number) = self.items.get(&item.key).copied() else {
            if let Done::Now(number) =
                writing::start(tx, &new_uid(), wording.clone(), sent, writer)?
            {
                self.items.insert(item.key.clone(), number);
            }
            return Ok(());
        };
        let shown = desk(tx, number)?.ok_or(Refusal::NoSuchItem)?.head.id;
        writing::save(tx, (number, shown), wording.clone(), sent, writer)?;
        Ok(())
    }

    fn publish(
        &self,
        tx: &mut WriteTx<'_>,
        (item, step): (ItemId, &Step),
        sent: &writing::Sent<'_>,
        person: &Person,
    ) -> Result<(), Failure> {
        let editor = person.editor().ok_or(Refusal::NotAnEditor)?;
        let facts = desk(tx, item)?.ok_or(Refusal::NoSuchItem)?;
        let shown = Shown {
            revision: facts.head.id,
            publication: facts.lane.newest(),
        };
        let aim = Aim { item, shown };
        let note = step
            .note
            .as_ref()
            .map(|note| note.parse().map_err(wrong))
            .transpose()?;
        let said = Said {
            change: step
                .change
                .as_ref()
                .map(|change| change.parse().map_err(wrong))
                .transpose()?,
            public_note: note.clone(),
            reason: None,
            urgent: false,
        };
        let told = note.ok_or(Refusal::NoPublicNote);
        match step.what.as_str() {
            "publish" => moves::now(tx, aim, said, sent, editor)?,
            "schedule" => {
                let at = self.typed(step.for_days, &step.for_time)?;
                moves::later(tx, aim, (said, at), sent, editor)?
            }
            "cancel" => moves::not_after_all(tx, aim, sent, editor)?,
            "withdraw" => moves::withdraw(tx, aim, (told?, None), sent, editor)?,
            "return" => moves::restore(tx, aim, told?, sent, editor)?,
            other => return Err(wrong(other).into()),
        };
        Ok(())
    }
}
