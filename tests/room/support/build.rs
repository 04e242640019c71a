//! Items that are there before a test begins, made through the same moves as real ones.

use dateline::clock::Instant;
use dateline::desk::publishing::{self as moves, Aim, desk};
use dateline::desk::{Done, Failure, writing};
use dateline::keys::{new_key, new_uid};
use dateline::media::{FocalPoint, ImageId};
use dateline::newsroom::publishing::{Said, Shown};
use dateline::newsroom::room::ContactKey;
use dateline::newsroom::schedule::Typed;
use dateline::newsroom::slug::Slug;
use dateline::newsroom::words::{Dateline, Notes};
use dateline::newsroom::{Change, FileId, ItemId, KindId, Lead, Shape, Wording};
use dateline::storage::WriteTx;

use super::room::{Room, at};

/// An item to be: its words, and when it goes out.
pub(crate) struct Planned {
    wording: Wording,
    out: Out,
}

enum Out {
    Never,
    Live(Instant),
    Later(Instant),
}

/// A press release with something in every field that must be filled.
pub(crate) fn release(title: &str) -> Planned {
    Planned {
        wording: Wording {
            kind: KindId::new(1),
            language: "en".parse().unwrap(),
            title: title.parse().unwrap(),
            slug: Slug::suggest(title),
            summary: format!("In short: {title}.").parse().unwrap(),
            body: format!("In full: {title}.").parse().unwrap(),
            dateline: Dateline::default(),
            notes: Notes::default(),
            topics: Vec::new(),
            places: Vec::new(),
            contacts: Vec::new(),
            translation_of: None,
            lead: None,
            files: Vec::new(),
        },
        out: Out::Never,
    }
}

/// The same as a report.
pub(crate) fn report(title: &str) -> Planned {
    let mut report = release(title);
    report.wording.kind = KindId::new(2);
    report
}

impl Planned {
    /// Published at that instant.
    pub(crate) fn live_at(mut self, instant: &str) -> Self {
        self.out = Out::Live(at(instant));
        self
    }

    /// Scheduled now, to go live at that instant.
    pub(crate) fn going_live_at(mut self, instant: &str) -> Self {
        self.out = Out::Later(at(instant));
        self
    }

    pub(crate) fn slug(mut self, slug: &str) -> Self {
        self.wording.slug = slug.parse().unwrap();
        self
    }

    pub(crate) fn summary(mut self, summary: &str) -> Self {
        self.wording.summary = summary.parse().unwrap();
        self
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        self.wording.body = body.parse().unwrap();
        self
    }

    pub(crate) fn notes(mut self, notes: &str) -> Self {
        self.wording.notes = notes.parse().unwrap();
        self
    }

    pub(crate) fn written_in(mut self, place: &str) -> Self {
        self.wording.dateline = place.parse().unwrap();
        self
    }

    pub(crate) fn topic(mut self, name: &str) -> Self {
        self.wording.topics.push(name.parse().unwrap());
        self
    }

    pub(crate) fn place(mut self, name: &str) -> Self {
        self.wording.places.push(name.parse().unwrap());
        self
    }

    pub(crate) fn contact(mut self, key: &str) -> Self {
        self.wording.contacts.push(ContactKey::new(key));
        self
    }

    pub(crate) fn lead(mut self, image: ImageId) -> Self {
        self.wording.lead = Some(Lead {
            image,
            shape: Shape::Wide,
            focus: FocalPoint::default(),
        });
        self
    }

    pub(crate) fn file(mut self, file: FileId) -> Self {
        self.wording.files.push(file);
        self
    }

    pub(crate) fn in_language(mut self, language: &str) -> Self {
        self.wording.language = language.parse().unwrap();
        self
    }

    /// The point of the lead picture that stays in sight.
    pub(crate) fn focus(mut self, focus: FocalPoint) -> Self {
        self.wording.lead = self.wording.lead.map(|lead| Lead { focus, ..lead });
        self
    }

    pub(crate) fn translates(mut self, original: ItemId, language: &str) -> Self {
        self.wording.translation_of = Some(original);
        self.wording.language = language.parse().unwrap();
        self
    }
}

impl Room {
    pub(crate) async fn has(&self, planned: Planned) -> ItemId {
        let (wording, now, writer) = (planned.wording, self.clock.now(), self.right());
        let written = match planned.out {
            Out::Live(instant) => instant,
            Out::Never | Out::Later(_) => now,
        };
        let by = self.staff.editor.writer().unwrap();
        let item = self.take(written, move |tx, sent| {
            match writing::start(tx, &new_uid(), wording, sent, by)? {
                Done::Now(item) => Ok(item),
                Done::Before(answer) => panic!("started before: {answer}"),
            }
        });
        let item = item.await;
        match planned.out {
            Out::Never => {}
            Out::Live(instant) => self.publish_at(item, Said::default(), instant).await,
            Out::Later(instant) => {
                let at = Typed {
                    instant,
                    zone: "UTC".to_owned(),
                    wall: instant.to_string(),
                };
                self.take(now, move |tx, sent| {
                    let aim = aim(tx, item)?;
                    moves::later(tx, aim, (Said::default(), at), sent, writer)
                })
                .await;
            }
        }
        item
    }

    /// Publishes a draft for the first time, at that instant.
    pub(crate) async fn publish(&self, item: ItemId, instant: &str) {
        self.publish_at(item, Said::default(), at(instant)).await;
    }

    async fn publish_at(&self, item: ItemId, said: Said, instant: Instant) {
        let editor = self.right();
        self.take(instant, move |tx, sent| {
            let aim = aim(tx, item)?;
            moves::now(tx, aim, said, sent, editor)
        })
        .await;
    }

    /// Saves new words of an item as its draft.
    pub(crate) async fn save(&self, item: ItemId, planned: Planned) {
        let by = self.staff.editor.writer().unwrap();
        self.take(self.clock.now(), move |tx, sent| {
            let shown = desk(tx, item)?.unwrap().head.id;
            writing::save(tx, (item, shown), planned.wording, sent, by)
        })
        .await;
    }

    /// Publishes new words of a live item, now.
    pub(crate) async fn change(
        &self,
        item: ItemId,
        planned: Planned,
        (change, note): (Change, &str),
    ) {
        self.save(item, planned).await;
        let said = Said {
            change: Some(change),
            public_note: (!note.is_empty()).then(|| note.parse().unwrap()),
            reason: (change == Change::Typo).then(|| "A slip of the pen.".parse().unwrap()),
            urgent: false,
        };
        self.publish_at(item, said, self.clock.now()).await;
    }

    /// Schedules the draft of a live item as a correction.
    pub(crate) async fn publish_later(&self, item: ItemId, instant: &str) {
        let (editor, instant) = (self.right(), at(instant));
        let said = Said {
            change: Some(Change::Correction),
            public_note: "Another hour.".parse().ok(),
            ..Said::default()
        };
        let at = Typed {
            instant,
            zone: "UTC".to_owned(),
            wall: instant.to_string(),
        };
        self.take(self.clock.now(), move |tx, sent| {
            let aim = aim(tx, item)?;
            moves::later(tx, aim, (said, at), sent, editor)
        })
        .await;
    }

    pub(crate) async fn unschedule(&self, item: ItemId) {
        let editor = self.right();
        self.take(self.clock.now(), move |tx, sent| {
            let aim = aim(tx, item)?;
            moves::not_after_all(tx, aim, sent, editor)
        })
        .await;
    }

    pub(crate) async fn withdraw(&self, item: ItemId, note: &str) {
        let (editor, note) = (self.right(), note.parse().unwrap());
        self.take(self.clock.now(), move |tx, sent| {
            let aim = aim(tx, item)?;
            moves::withdraw(tx, aim, (note, None), sent, editor)
        })
        .await;
    }

    pub(crate) async fn restore(&self, item: ItemId, note: &str) {
        let (editor, note) = (self.right(), note.parse().unwrap());
        self.take(self.clock.now(), move |tx, sent| {
            let aim = aim(tx, item)?;
            moves::restore(tx, aim, note, sent, editor)
        })
        .await;
    }

    /// Makes one move at that instant, with a form of its own.
    async fn take<T: Send + 'static>(
        &self,
        now: Instant,
        a_move: impl FnOnce(&mut WriteTx<'_>, &writing::Sent<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> T {
        let made = self.store.write(move |tx| {
            let key = new_key();
            let sent = writing::Sent {
                form_key: &key,
                now,
            };
            a_move(tx, &sent)
        });
        made.await.unwrap()
    }
}

/// The item as it stands now, so that the move is never out of date.
fn aim(tx: &mut WriteTx<'_>, item: ItemId) -> Result<Aim, Failure> {
    let desk = desk(tx, item)?.unwrap();
    Ok(Aim {
        item,
        shown: Shown {
            revision: desk.head.id,
            publication: desk.lane.newest(),
            enclosed: Some(desk.enclosed.fingerprint()),
        },
    })
}
