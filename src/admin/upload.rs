//! Taking pictures into the library: each file is kept, known already, or refused with a sentence.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::Visit;
use super::images::{queue_address, shown};
use super::images_page::Came;
use super::intake::{End, IntakeDesk, Seen, Watched, hashed};
use super::upload_form::{Cut, File, Part, Reading};
use crate::clock::Clock;
use crate::desk::{Done, Failure, pictures};
use crate::media::files::FileSum;
use crate::media::{ImageHash, ImageId};
use crate::storage::images::{self, NewImage};
use crate::storage::{ReadStore, Store, forms};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Link;
use crate::web::{Fields, Problem, Query, Staff, see_other};

pub(super) async fn upload(
    request: HttpRequest,
    staff: Staff,
    form: Multipart,
    (read, store, clock): (Data<ReadStore>, Data<Store>, Data<Clock>),
    intake: Data<IntakeDesk>,
) -> Answer {
    staff.writer()?;
    let visit = Visit::sends(&request, staff, &clock);
    let mut reading = Reading::of(form);
    let Some(_place) = intake.place() else {
        // Whoever never finishes sending hears nothing, and needs to hear nothing.
        let _sent = reading.skip_the_rest().await;
        return all_busy(&read, visit).await;
    };
    let room = Rooms {
        visit: &visit,
        read: &read,
        store: &store,
        intake: &intake,
    };
    let mut tray = Tray::default();
    loop {
        match reading.next().await {
            Ok(Some(Part::File(file))) => {
                let file = Sent::of(file).await?;
                tray.sent.add(file.mark().as_bytes());
                tray.add(room.keep(file, tray.watched.clone()).await?);
            }
            Ok(Some(Part::Key(key))) => {
                // Behind the dot stands what the form holds, which whoever waits does not know.
                let form = key.split('.').next().unwrap_or_default();
                tray.watched = Some(intake.watched(visit.staff.person.id, form));
                tray.form_key = Some(key);
            }
            Ok(None) => return finish(&request, room, tray).await,
            Err(Cut::TooSlow) => return too_slow(&read, visit, tray).await,
            Err(Cut::Problem(problem)) => return Err(problem),
        }
    }
}

/// A file that came, with the hash that its bytes are known by.
struct Sent {
    name: String,
    bytes: Result<(Vec<u8>, ImageHash), String>,
}

impl Sent {
    async fn of(file: File) -> Result<Self, Problem> {
        let bytes = match file.bytes {
            Ok(bytes) => Ok(hashed(bytes).await?),
            Err(sentence) => Err(sentence),
        };
        let name = file.name;
        Ok(Self { name, bytes })
    }

    /// Tells it from any other file.
    fn mark(&self) -> &str {
        match &self.bytes {
            Ok((_, hash)) => hash.as_str(),
            Err(_) => &self.name,
        }
    }
}

/// How far somebody's upload of the form with this key is.
pub(super) async fn progress(staff: Staff, query: Query, intake: Data<IntakeDesk>) -> Answer {
    staff.writer()?;
    let progress = intake.progress(staff.person.id, query.0.get("form_key"));
    let json = serde_json::to_string(&progress).map_err(Problem::broken)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .body(json))
}

/// What came of one file.
enum Outcome {
    Kept(ImageId),
    Known(ImageId),
    Refused(String),
}

impl Outcome {
    const fn end(&self) -> End {
        match self {
            Self::Kept(_) => End::Kept,
            Self::Known(_) => End::Known,
            Self::Refused(_) => End::Refused,
        }
    }
}

/// What came of an upload so far.
#[derive(Default)]
struct Tray {
    form_key: Option<String>,
    watched: Option<Arc<Watched>>,
    /// Everything that was sent, in its order.
    sent: FileSum,
    kept: Vec<ImageId>,
    known: Vec<ImageId>,
    refused: Vec<String>,
}

impl Tray {
    /// Other files make another form, as another word does.
    fn key(&mut self) -> Option<String> {
        let sent = std::mem::take(&mut self.sent).digits();
        Some(format!("{}.{sent}", self.form_key.as_ref()?))
    }

    fn add(&mut self, outcome: Outcome) {
        if let Some(watched) = &self.watched {
            watched.ended(outcome.end());
        }
        match outcome {
            Outcome::Kept(image) => self.kept.push(image),
            Outcome::Known(image) => {
                if !self.kept.contains(&image) && !self.known.contains(&image) {
                    self.known.push(image);
                }
            }
            Outcome::Refused(sentence) => self.refused.push(sentence),
        }
    }

    /// The pages to go through: those of the new pictures, else of those that were here.
    fn queue(&self) -> Option<String> {
        let images = if self.kept.is_empty() {
            &self.known
        } else {
            &self.kept
        };
        let (first, rest) = images.split_first()?;
        Some(queue_address(*first, rest, images.len()))
    }

    /// How many were taken, and which were here before.
    fn words(&self) -> String {
        let kept = self.kept.len();
        let files = kept + self.known.len() + self.refused.len();
        let mut sentences = Vec::new();
        match (kept, self.refused.len()) {
            (0, _) => {}
            (1, 0) => sentences.push(
                "One picture is in the library. Describe it, so that everybody knows what it shows."
                    .to_owned(),
            ),
            (_, 0) => sentences.push(format!(
                "{kept} pictures are in the library. Describe them one after the other, so that \
                 everybody knows what they show."
            )),
            (1, _) => sentences.push(format!("1 of {files} files was taken.")),
            (_, _) => sentences.push(format!("{kept} of {files} files were taken.")),
        }
        match self.known.as_slice() {
            [] => {}
            [one] => sentences.push(format!("This photo is here already: picture {one}.")),
            several => sentences.push(format!(
                "These photos are here already: pictures {}.",
                list(several)
            )),
        }
        sentences.join(" ")
    }

    fn came(self) -> Came {
        let label = match (self.kept.len(), self.known.len()) {
            (1, _) => "Describe the new picture",
            (0, 1) => "See the picture",
            (0, _) => "See the pictures",
            (_, _) => "Describe the new pictures",
        };
        Came {
            taken: self.words(),
            go_on: self.queue().map(|address| Link::new(label, address)),
            refused: self.refused,
        }
    }
}

fn list(images: &[ImageId]) -> String {
    let numbers: Vec<String> = images.iter().map(ToString::to_string).collect();
    match numbers.split_last() {
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

/// Who uploads, and where to.
#[derive(Clone, Copy)]
struct Rooms<'a> {
    visit: &'a Visit,
    read: &'a ReadStore,
    store: &'a Store,
    intake: &'a IntakeDesk,
}

impl Rooms<'_> {
    /// Where the first sending of this form led to.
    async fn answered(&self, key: &str) -> Result<Option<String>, Problem> {
        let key = key.to_owned();
        self.read
            .read(move |tx| Ok::<_, Problem>(forms::answer(tx, &key)?))
            .await
    }

    /// A photo that is here already is known by its bytes, before anything is decoded.
    async fn keep(&self, sent: Sent, watched: Option<Arc<Watched>>) -> Result<Outcome, Problem> {
        let Sent { name, bytes } = sent;
        let (bytes, hash) = match bytes {
            Ok(known) => known,
            Err(sentence) => return Ok(Outcome::Refused(format!("{name}: {sentence}"))),
        };
        let known = self
            .read
            .read(move |tx| Ok::<_, Problem>(images::by_hash(tx, &hash)?))
            .await?;
        if let Some(image) = known {
            return Ok(Outcome::Known(image));
        }
        match self.intake.look(bytes, watched).await? {
            Ok(seen) => self.store(name, seen).await,
            Err(error) => Ok(Outcome::Refused(format!("{name}: {error}"))),
        }
    }

    async fn store(&self, name: String, seen: Seen) -> Result<Outcome, Problem> {
        let (writer, now) = (self.visit.staff.writer()?, self.visit.now);
        let kept = self
            .store
            .write(move |tx| {
                let new = NewImage {
                    taken: &seen.taken,
                    original: &seen.original,
                    file_name: &name,
                    by: writer.id(),
                    now,
                };
                pictures::take_in(tx, (&new, seen.look), writer)
            })
            .await?;
        Ok(match kept {
            Done::Now(image) => Outcome::Kept(image),
            Done::Before(number) => Outcome::Known(number.parse().map_err(Problem::broken)?),
        })
    }

    /// Remembers where this form led to; if it was sent twice at once, to where the first one did.
    async fn remember(&self, key: Option<String>, answer: String) -> Result<String, Problem> {
        let (Some(key), now) = (key, self.visit.now) else {
            return Ok(answer);
        };
        self.store
            .write(move |tx| pictures::finish_upload(tx, &key, answer, now))
            .await
            .map_err(|failure: Failure| failure.into())
    }
}

/// To the first picture to describe; where some were refused, to the library with the sentences.
async fn finish(request: &HttpRequest, room: Rooms<'_>, mut tray: Tray) -> Answer {
    let key = tray.key();
    if let Some(key) = &key
        && let Some(answer) = room.answered(key).await?
    {
        return led(request, &answer);
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(address) = tray.queue() else {
        let mut came = tray.came();
        if came.refused.is_empty() {
            came.refused = vec!["No file was chosen. Choose one or more pictures first.".into()];
        }
        return library(room.read, room.visit.clone(), unprocessable, came).await;
    };
    let sentences = [&[tray.words()], tray.refused.as_slice()]
        .concat()
        .join(" ");
    let answer = format!("{address} {sentences}");
    let answer = room.remember(key, answer).await?;
    if tray.refused.is_empty() {
        return led(request, &answer);
    }
    library(room.read, room.visit.clone(), unprocessable, tray.came()).await
}

/// An answer that is remembered: an address, and the sentence to be said there.
fn led(request: &HttpRequest, answer: &str) -> Answer {
    let (address, sentence) = answer.split_once(' ').unwrap_or((answer, ""));
    say(request, sentence);
    see_other(address)
}

async fn library(
    read: &ReadStore,
    visit: Visit,
    status: StatusCode,
    came: Came,
) -> Result<HttpResponse, Problem> {
    page_with(status, &shown(read, visit, Fields::default(), came).await?)
}

async fn all_busy(read: &ReadStore, visit: Visit) -> Answer {
    let came = Came {
        refused: vec![
            "Too many pictures are on their way just now. Nothing of yours was taken; upload it \
             again in half a minute."
                .to_owned(),
        ],
        ..Came::default()
    };
    let mut answer = library(read, visit, StatusCode::SERVICE_UNAVAILABLE, came).await?;
    answer
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("30"));
    Ok(answer)
}

async fn too_slow(read: &ReadStore, visit: Visit, tray: Tray) -> Answer {
    let mut came = tray.came();
    came.refused.push(
        "The rest did not arrive in time. Check the connection, then upload it again; what is here \
         is not taken twice."
            .to_owned(),
    );
    library(read, visit, StatusCode::REQUEST_TIMEOUT, came).await
}
