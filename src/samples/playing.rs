//! Plays the histories of the sample items: their words, and the instant of each step.

use super::loading::Stage;
use super::steps::take;
use super::words::{self, SampleItem, Step};
use crate::accounts::Person;
use crate::clock::Instant;
use crate::desk::publishing::desk;
use crate::desk::{Done, Failure, writing};
use crate::keys::{new_key, new_uid};
use crate::newsroom::room::ContactKey;
use crate::newsroom::schedule::{self, Typed, WallClock};
use crate::newsroom::{FileId, Lead, Refusal, Shape, SubjectName, Wording};
use crate::storage::WriteTx;

/// Plays one item's history, step by step, each at its own instant.
pub(super) fn play(
    tx: &mut WriteTx<'_>,
    stage: &mut Stage,
    item: &SampleItem,
) -> Result<(), Failure> {
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
            take(stage, tx, (number, step), &sent, &person)?;
        }
    }
    Ok(())
}

pub(super) fn wrong<E>(_error: E) -> Refusal {
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
            files: self.files_of(item),
            lead: self.lead_of(item),
        })
    }

    fn files_of(&self, item: &SampleItem) -> Vec<FileId> {
        let keys = item.files.iter();
        keys.filter_map(|key| self.files.get(key).copied())
            .collect()
    }

    fn lead_of(&self, item: &SampleItem) -> Option<Lead> {
        let (image, focus) = self.images.get(item.lead.as_ref()?)?;
        Some(Lead {
            image: *image,
            shape: Shape::Whole,
            focus: *focus,
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

    pub(super) fn typed(&self, days: i64, time: &str) -> Result<Typed, Refusal> {
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
}
