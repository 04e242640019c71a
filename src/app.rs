//! Builds everything from a [`Config`]: store, clock, routes, the order of the middleware; then runs.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use actix_http::Request;
use actix_service::IntoServiceFactory;
use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession, TtlExtensionPolicy};
use actix_web::App;
use actix_web::body::{MessageBody, to_bytes};
use actix_web::cookie::{Key, SameSite, time::Duration};
use actix_web::dev::{Server, Service, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::System;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::{self, Data};

use crate::accounts::sign_in::Throttle;
use crate::accounts::{password, session};
use crate::admin::intake::IntakeDesk;
use crate::admin::leaks::LeakDesk;
use crate::admin::time_travel::{Sight, TimeMachine};
use crate::admin::{
    self, calendar_feed, mails::SendsMail, password_desk::PasswordDesk, set_up::SetUpToken,
};
use crate::clock::Clock;
use crate::leaks::{self, Answer, Report};
use crate::passes;
use crate::public::full_size::CopyDesk;
use crate::public::horizon::horizon;
use crate::public::{self, PublicAddress};
use crate::storage::{ReadStore, StorageError, Store, secrets};
use crate::telemetry;
use crate::web::cache::{self, PageCache};
use crate::web::problem::Problem;
use crate::web::sessions::Sessions;
use crate::web::{assets, headers, same_origin};

/// Everything that a running room is made of.
#[derive(Clone)]
pub struct Room {
    pub store: Store,
    pub read: ReadStore,
    pub clock: Clock,
    /// From outside, without a slash at the end.
    pub address: String,
    pub key: Key,
    /// Opens the page where the first account is made, as long as there is none.
    pub set_up: SetUpToken,
    pub workers: usize,
    /// Whether the process has a mail server to give mails to.
    pub sends_mail: bool,
}

impl Room {
    fn is_behind_https(&self) -> bool {
        self.address.starts_with("https://")
    }

    /// Answers on this listener until the process is told to stop; requests in flight are finished.
    pub fn serve(self, listener: TcpListener) -> io::Result<Server> {
        const FINISH_WITHIN_SECONDS: u64 = 30;
        let workers = self.workers;
        password::prepare();
        let shared = Shared::of(&self);
        let (read, clock) = (self.read.clone(), self.clock.clone());
        let cache = Arc::new(PageCache::new(read, clock, horizon));
        let builder = Server::build()
            .workers(workers)
            .shutdown_timeout(FINISH_WITHIN_SECONDS);
        let stop = builder.graceful_shutdown_signal();
        let program = move || {
            let program = app(self.clone(), shared.clone()).into_factory();
            cache::answers(program, cache.clone(), stop.clone())
        };
        Ok(builder.listen("dateline", listener, program)?.run())
    }

    /// What readers of this room must not see now.
    pub fn secrets(&self) -> Result<secrets::Room, StorageError> {
        let now = self.clock.now();
        self.read.read_here(|tx| secrets::room(tx, now))
    }

    /// Asks every public route within this process, and looks for these secrets in the answers.
    pub async fn checked_for_leaks(self, known: &secrets::Room) -> Result<Report, String> {
        let shared = Shared::of(&self);
        let service = init_service(app(self, shared)).await;
        let ask = async |address: &str| asked(&service, address).await;
        let routes = [public::ROUTES, passes::ROUTES, calendar_feed::ROUTES].concat();
        leaks::check(known, &routes, ask)
            .await
            .map_err(|error| error.to_string())
    }

    fn sessions(&self) -> SessionMiddleware<Sessions> {
        let https = self.is_behind_https();
        let store = Sessions {
            store: self.store.clone(),
            read: self.read.clone(),
            clock: self.clock.clone(),
        };
        SessionMiddleware::builder(store, self.key.clone())
            .cookie_name(if https { "__Host-dateline" } else { "dateline" }.to_owned())
            .cookie_secure(https)
            .cookie_http_only(true)
            .cookie_same_site(SameSite::Lax)
            .cookie_path("/".to_owned())
            .cookie_content_security(CookieContentSecurity::Private)
            .session_lifecycle(
                PersistentSession::default()
                    .session_ttl(Duration::milliseconds(session::LONGEST_MILLIS))
                    .session_ttl_extension_policy(TtlExtensionPolicy::OnStateChanges),
            )
            .build()
    }
}

/// What all workers of a server have in common, besides the room.
#[derive(Clone)]
struct Shared {
    leaks: Data<LeakDesk>,
    throttle: Data<Throttle>,
    passwords: Data<PasswordDesk>,
    intake: Data<IntakeDesk>,
    copies: Data<CopyDesk>,
}

impl Shared {
    fn of(room: &Room) -> Self {
        let room = room.clone();
        Self {
            leaks: Data::new(LeakDesk::new(move || {
                let known = room.secrets().map_err(|error| error.to_string())?;
                System::new().block_on(room.clone().checked_for_leaks(&known))
            })),
            throttle: Data::default(),
            passwords: Data::default(),
            intake: Data::default(),
            copies: Data::default(),
        }
    }
}

fn app(
    room: Room,
    shared: Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(Data::new(room.store.clone()))
        .app_data(Data::new(room.read.clone()))
        .app_data(Data::new(room.clock.clone()))
        .app_data(Data::new(PublicAddress(room.address.clone())))
        .app_data(Data::new(room.set_up.clone()))
        .app_data(Data::new(SendsMail(room.sends_mail)))
        .app_data(Data::new(time_machine(&room, &shared.copies)))
        .app_data(shared.leaks)
        .app_data(shared.throttle)
        .app_data(shared.passwords)
        .app_data(shared.intake)
        .app_data(shared.copies)
        .wrap(Compress::default())
        .wrap(from_fn(same_origin::guard))
        .wrap(from_fn(headers::add))
        .wrap(from_fn(telemetry::trace))
        .configure(assets::routes)
        .service(
            web::scope("/admin")
                .wrap(room.sessions())
                .configure(admin::routes),
        )
        .configure(passes::routes)
        .configure(calendar_feed::routes)
        .configure(public::routes)
        .default_service(web::to(nothing_here))
}

/// The readers' side alone, which another clock can be given to.
fn readers(
    room: Room,
    clock: Clock,
    copies: Data<CopyDesk>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(Data::new(room.read))
        .app_data(Data::new(clock))
        .app_data(Data::new(PublicAddress(room.address)))
        .app_data(copies)
        .configure(public::routes)
        .default_service(web::to(nothing_here))
}

/// The same handlers as readers reach, with a clock that stands at the instant, and no cache.
fn time_machine(room: &Room, copies: &Data<CopyDesk>) -> TimeMachine {
    let (room, copies) = (room.clone(), copies.clone());
    TimeMachine(Box::new(move |at, address| {
        let (room, copies) = (room.clone(), copies.clone());
        Box::pin(async move {
            let service = init_service(readers(room, Clock::standing_at(at), copies)).await;
            let request = TestRequest::with_uri(&address.to_string()).to_request();
            let response = service
                .call(request)
                .await
                .map_err(|error| Problem::broken(io::Error::other(error.to_string())))?;
            let header = |name| response.headers().get(name).cloned();
            let location = header(LOCATION).and_then(|to| to.to_str().ok().map(str::to_owned));
            let (status, content_type) = (response.status(), header(CONTENT_TYPE));
            let body = to_bytes(response.into_body())
                .await
                .map_err(|_source| Problem::Busy)?;
            Ok(Sight {
                status,
                content_type,
                location,
                body,
            })
        })
    }))
}

/// What a stranger gets at this address: every header and the body.
async fn asked<B: MessageBody>(
    service: &impl Service<Request, Response = ServiceResponse<B>, Error = actix_web::Error>,
    address: &str,
) -> Result<Answer, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{address}: {error}");
    let uri: Uri = address.parse().map_err(|error| failed(&error))?;
    let request = TestRequest::with_uri(&uri.to_string()).to_request();
    let response = service
        .call(request)
        .await
        .map_err(|error| failed(&error))?;
    let status = response.status();
    let mut text = String::new();
    for (name, value) in response.headers() {
        text.push_str(name.as_str());
        text.push_str(": ");
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
        text.push('\n');
    }
    let body = to_bytes(response.into_body())
        .await
        .map_err(|_source| failed(&"the answer broke off"))?;
    text.push_str(&String::from_utf8_lossy(&body));
    Ok(Answer { status, text })
}

async fn nothing_here() -> Result<actix_web::HttpResponse, Problem> {
    Err(Problem::NotFound)
}
