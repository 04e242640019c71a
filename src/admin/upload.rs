//! Taking pictures into the library: each file is kept, known already, or refused with a sentence.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::Visit;
use super::images::{queue_address, shown};
use super::images_page::Came;
use super::intake::{IntakeDesk, Seen, hashed};
use super::upload_form::{Cut, File, Part, Reading};
use crate::clock::Clock;
use crate::desk::{Done, Failure, pictures};
use crate::media::ImageId;
use crate::storage::images::{self, NewImage};
use crate::storage::{ReadStore, Store, forms};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Link;
use crate::web::{Fields, Problem, Staff, see_other};

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
            Ok(Some(Part::File(file))) => tray.add(room.keep(file).await?),
            Ok(Some(Part::Key(key))) => {
                if let Some(answer) = room.answered(&key).await? {
                    let _sent = reading.skip_the_rest().await;
                    return led(&request, &answer);
                }
                tray.form_key = Some(key);
            }
            Ok(None) => return finish(&request, room, tray).await,
            Err(Cut::TooSlow) => return too_slow(&read, visit, tray).await,
            Err(Cut::Problem(problem)) => return Err(problem),
        }
    }
}

/// What came of one file.
enum Outcome {
    Kept(ImageId),
    Known(ImageId),
    Refused(String),
}

/// What came of an upload so far.
#[derive(Default)]
struct Tray {
    form_key: Option<String>,
    kept: Vec<ImageId>,
    known: Vec<ImageId>,
    refused: Vec<String>,
}

impl Tray {
    fn add(&mut self, outcome: Outcome) {
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
    async fn keep(&self, file: File) -> Result<Outcome, Problem> {
        let File { name, bytes } = file;
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(sentence) => return Ok(Outcome::Refused(format!("{name}: {sentence}"))),
        };
        let (bytes, hash) = hashed(bytes).await?;
        let known = self
            .read
            .read(move |tx| Ok::<_, Problem>(images::by_hash(tx, &hash)?))
            .await?;
        if let Some(image) = known {
            return Ok(Outcome::Known(image));
        }
        match self.intake.look(bytes).await? {
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
async fn finish(request: &HttpRequest, room: Rooms<'_>, tray: Tray) -> Answer {
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
    let answer = room.remember(tray.form_key.clone(), answer).await?;
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
