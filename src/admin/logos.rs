//! The room's logo and its icon: shown as they stand on light and on dark pages, set and taken away.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::intake::IntakeDesk;
use super::upload_form::{Reading, one_file};
use super::words::Stores;
use super::{AdminFrame, Visit, room_of, status_of};
use crate::accounts::Admin;
use crate::desk::{self, Done, Failure, writing};
use crate::keys::new_key;
use crate::media::logo::DrawnLogo;
use crate::newsroom::logo::{Logo, LogoPlace};
use crate::newsroom::room::Room;
use crate::newsroom::settings::Setting;
use crate::public::segment;
use crate::storage::{ReadStore, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::LogoView;
use crate::web::{Freshness, Problem, Query, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/logos.html")]
struct LogosPage {
    frame: AdminFrame,
    places: Vec<PlaceView>,
}

/// What stands in one place, and the forms that change it.
struct PlaceView {
    id: &'static str,
    label: &'static str,
    tells: &'static str,
    hint: &'static str,
    shown: Option<LogoView>,
    form_key: String,
    /// With what stands there now.
    action: String,
    end: String,
    refusal: String,
}

/// What the admin is told beside a place.
type Refused = (LogoPlace, String);

pub(super) async fn open(request: HttpRequest, staff: Staff, (read, _, clock): Stores) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    page(&shown(&read, visit, None).await?, Freshness::Never)
}

async fn shown(
    read: &ReadStore,
    visit: Visit,
    refused: Option<Refused>,
) -> Result<LogosPage, Problem> {
    read.read(move |tx| {
        let room = room_of(tx)?;
        let place = |place: &LogoPlace| {
            let mine = refused.as_ref().filter(|(where_to, _)| where_to == place);
            let refusal = mine.map_or_else(String::new, |(_, sentence)| sentence.clone());
            place_view(*place, &room.room, refusal)
        };
        Ok(LogosPage {
            frame: visit.frame(&room),
            places: LogoPlace::ALL.iter().map(place).collect(),
        })
    })
    .await
}

fn place_view(place: LogoPlace, room: &Room, refusal: String) -> PlaceView {
    let (tells, hint) = match place {
        LogoPlace::Masthead => (
            "On top of every page, in the place of the room’s name, which it says to whoever \
             cannot see it; in feeds and for search engines too.",
            "PNG, JPEG, WebP or GIF. It is shown at most 240 wide and 64 high; send three times \
             that, so that it is sharp.",
        ),
        LogoPlace::Icon => (
            "In browser tabs, on home screens and in feed readers. Without one, a sign in the \
             accent colour stands there.",
            "PNG, JPEG, WebP or GIF, as wide as high, with at least 192 pixels each way.",
        ),
    };
    let setting = Setting::from(place);
    let stands = setting.text(room);
    let query = [("shown", stands.as_str())];
    PlaceView {
        id: place.as_str(),
        label: setting.label(),
        tells,
        hint,
        shown: room.logo_at(place).map(|logo| shown_at(place, logo)),
        form_key: new_key(),
        action: paths::with_query(&paths::logo_place(place), &query),
        end: paths::with_query(&paths::logo_end(place), &query),
        refusal,
    }
}

/// Browsers show an icon on whatever paper they have.
fn shown_at(place: LogoPlace, logo: &Logo) -> LogoView {
    let shown = LogoView::of(logo);
    let on_white = shown.on_white && place == LogoPlace::Masthead;
    LogoView { on_white, ..shown }
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    (query, form): (Query, Multipart),
    (read, store, clock): Stores,
    intake: Data<IntakeDesk>,
) -> Answer {
    let admin = staff.admin()?;
    let place = place_of(&request)?;
    let visit = Visit::sends(&request, staff, &clock);
    let reading = Reading::of(form);
    let Some(_place) = intake.place() else {
        let _sent = reading.skip_the_rest().await;
        let said = "Too many pictures are on their way just now. Send it again in half a minute.";
        let busy = StatusCode::SERVICE_UNAVAILABLE;
        return refused(&read, visit, (place, said.to_owned()), busy).await;
    };
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    let (key, (_, bytes)) = match one_file(reading).await? {
        Ok(received) => received,
        Err(said) => return refused(&read, visit, (place, said), unfit).await,
    };
    let drawn = match intake.logo(place, bytes).await? {
        Ok(drawn) => drawn,
        Err(error) => return refused(&read, visit, (place, error.to_string()), unfit).await,
    };
    let aim = (place, query.0.get("shown").to_owned());
    let done = hung(&store, aim, Some(drawn), (key, &visit), admin).await;
    let sentence = "It stands there from now on.";
    answered(&request, &read, (visit, place), (done, sentence)).await
}

pub(super) async fn take_away(
    request: HttpRequest,
    staff: Staff,
    (query, form): (Query, Sent),
    (read, store, clock): Stores,
) -> Answer {
    let admin = staff.admin()?;
    let place = place_of(&request)?;
    let visit = Visit::sends(&request, staff, &clock);
    let aim = (place, query.0.get("shown").to_owned());
    let key = form.0.form_key()?;
    let done = hung(&store, aim, None, (key, &visit), admin).await;
    let sentence = "It is taken away. The log can bring it back.";
    answered(&request, &read, (visit, place), (done, sentence)).await
}

fn place_of(request: &HttpRequest) -> Result<LogoPlace, Problem> {
    let place = segment(request, "place");
    place.parse().map_err(|_unknown| Problem::NotFound)
}

async fn hung(
    store: &Store,
    (place, shown): (LogoPlace, String),
    drawn: Option<DrawnLogo>,
    (form_key, visit): (String, &Visit),
    admin: Admin,
) -> Result<Done<()>, Failure> {
    let now = visit.now;
    store
        .write(move |tx| {
            let sent = writing::Sent {
                form_key: &form_key,
                now,
            };
            desk::room::hang(tx, (place, &shown), drawn, &sent, admin)
        })
        .await
}

async fn answered(
    request: &HttpRequest,
    read: &ReadStore,
    (visit, place): (Visit, LogoPlace),
    (done, sentence): (Result<Done<()>, Failure>, &str),
) -> Answer {
    match done {
        Ok(Done::Now(()) | Done::Before(_)) => {
            say(request, sentence);
            see_other(paths::LOGOS)
        }
        Err(Failure::Refused(refusal)) => {
            let status = status_of(&refusal);
            refused(read, visit, (place, refusal.to_string()), status).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn refused(read: &ReadStore, visit: Visit, why: Refused, status: StatusCode) -> Answer {
    page_with(status, &shown(read, visit, Some(why)).await?)
}
