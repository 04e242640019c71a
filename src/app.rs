//! Builds everything from a [`Config`]: store, clock, routes, the order of the middleware; then runs.

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
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

use crate::accounts::passkey::PasskeyDesk;
use crate::accounts::sign_in::Throttle;
use crate::accounts::{Seal, password, session};
use crate::admin::intake::IntakeDesk;
use crate::admin::leaks::LeakDesk;
use crate::admin::time_travel::{Sight, TimeMachine};
use crate::admin::{
    self, calendar_feed, mails::SendsMail, password_desk::PasswordDesk, set_up::SetUpToken,
};
use crate::clock::Clock;
use crate::leaks::{self, Answer, Report};
use crate::media::Waiting;
use crate::operation::{Operation, listener};
use crate::passes;
use crate::public::card::CardDesk;
use crate::public::full_size::CopyDesk;
use crate::public::horizon::horizon;
use crate::public::pack::PackDesk;
use crate::public::paper::PaperDesk;
use crate::public::{self, PublicAddress};
use crate::storage::{ReadStore, StorageError, Store, secrets};
use crate::telemetry;
use crate::web::cache::{self, Cdn, PageCache};
use crate::web::doors::{Door, Doors, Limits, TrustedProxies};
use crate::web::problem::Problem;
use crate::web::sessions::Sessions;
use crate::web::{assets, headers, notice, same_origin, sessions};

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
    pub outside: Outside,
    /// What is counted, and how backups are planned.
    pub operation: Operation,
    /// This one, which reads files of strangers in processes of their own.
    pub program: PathBuf,
    /// To whom the darkroom gives way.
    pub waiting: Waiting,
}

/// How the room meets what is in front of it.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// What a client may take of the program.
    pub limits: Limits,
    /// Who is believed when they say for whom they ask.
    pub proxies: TrustedProxies,
    /// What caches in front of the room are told.
    pub cdn: Cdn,
    /// For how many seconds browsers remember to come by HTTPS only, where the address is one.
    pub hsts: u32,
}

impl Room {
    fn is_behind_https(&self) -> bool {
        self.address.starts_with("https://")
    }

    /// Answers at these doors until the process is told to stop; requests in flight are finished.
    pub fn serve(self, doors: Vec<Door>) -> io::Result<Server> {
        const FINISH_WITHIN_SECONDS: u64 = 30;
        let workers = self.workers;
        password::prepare();
        let shared = Shared::of(&self);
        let (read, clock) = (self.read.clone(), self.clock.clone());
        let meters = self.operation.meters.clone();
        let counted = meters.clone();
        let cache = PageCache::new((read, clock), horizon, self.outside.cdn, counted);
        let cache = Arc::new(cache);
        let kept = Arc::downgrade(&cache);
        meters.keeps(move || kept.upgrade().map_or((0, 0), |cache| cache.kept()));
        let builder = Server::build()
            .workers(workers)
            .max_concurrent_connections(self.outside.limits.accepted())
            .shutdown_timeout(FINISH_WITHIN_SECONDS);
        let rules = Doors::new(
            (self.outside.limits, self.outside.proxies.clone()),
            self.clock.clone(),
            builder.graceful_shutdown_signal(),
        );
        let program = move || app(self.clone(), shared.clone()).into_factory();
        Ok(cache::listen(builder, doors, (program, cache, rules))?.run())
    }

    /// Answers whoever counts on this listener, until the process ends.
    pub fn serve_metrics(&self, listener: TcpListener) -> io::Result<Server> {
        let asked = listener::Asked {
            meters: self.operation.meters.clone(),
            store: self.store.clone(),
            read: self.read.clone(),
            clock: self.clock.clone(),
        };
        listener::serve(listener, asked)
    }

    /// The room at this one instant: what begins while a check runs is no leak.
    #[must_use]
    pub fn standing_still(&self) -> Self {
        Self {
            clock: Clock::standing_at(self.clock.now()),
            ..self.clone()
        }
    }

    /// What readers of this room must not see now.
    pub fn secrets(&self) -> Result<secrets::Room, StorageError> {
        let now = self.clock.now();
        self.read.read_here(|tx| secrets::room(tx, now))
    }

    /// Asks every public route within this process, and looks for these secrets in the answers.
    pub async fn checked_for_leaks(self, known: &secrets::Room) -> Result<Report, String> {
        let service = self.within().await;
        let ask = async |address: &str| asked(&service, address).await;
        let routes = [public::ROUTES, passes::ROUTES, calendar_feed::ROUTES].concat();
        leaks::check(known, &routes, ask)
            .await
            .map_err(|error| error.to_string())
    }

    /// The whole program as it answers within this process, without its memory of pages.
    pub async fn within(
        self,
    ) -> impl Service<Request, Response = ServiceResponse<impl MessageBody>, Error = actix_web::Error>
    {
        let shared = Shared::of(&self);
        init_service(app(self, shared)).await
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
    passkeys: Data<PasskeyDesk>,
    intake: Data<IntakeDesk>,
    /// What readers' handlers share.
    readers: ReadersDesks,
}

/// What makes pictures and papers for readers, one at a time.
#[derive(Clone, Default)]
struct ReadersDesks {
    copies: Data<CopyDesk>,
    packs: Data<PackDesk>,
    cards: Data<CardDesk>,
    papers: Data<PaperDesk>,
}

impl Shared {
    fn of(room: &Room) -> Self {
        let passkeys = PasskeyDesk::at(&room.address);
        let intake = IntakeDesk::of(room.waiting.clone(), room.program.clone());
        let room = room.clone();
        let check = move || {
            let room = room.standing_still();
            let known = room.secrets().map_err(|error| error.to_string())?;
            System::new().block_on(room.checked_for_leaks(&known))
        };
        Self {
            leaks: Data::new(LeakDesk::new(check)),
            throttle: Data::default(),
            passwords: Data::default(),
            passkeys: Data::new(passkeys),
            intake: Data::new(intake),
            readers: ReadersDesks::default(),
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
        .app_data(Data::new(Seal::from_master(room.key.master())))
        .app_data(Data::new(SendsMail(room.sends_mail)))
        .app_data(Data::new(room.outside.proxies.clone()))
        .app_data(Data::new(headers::Hsts::of(
            &room.address,
            room.outside.hsts,
        )))
        .app_data(Data::new(room.operation.clone()))
        .app_data(Data::new(time_machine(&room, &shared.readers)))
        .app_data(shared.leaks)
        .app_data(shared.throttle)
        .app_data(shared.passwords)
        .app_data(shared.passkeys)
        .app_data(shared.intake)
        .app_data(shared.readers.copies)
        .app_data(shared.readers.packs)
        .app_data(shared.readers.cards)
        .app_data(shared.readers.papers)
        .wrap(Compress::default())
        .wrap(from_fn(same_origin::guard))
        // Around the guard, whose page is one about a problem too.
        .wrap(from_fn(notice::tell))
        .wrap(from_fn(headers::add))
        .wrap(from_fn(telemetry::trace))
        .configure(assets::routes)
        .service(
            web::scope("/admin")
                .wrap(from_fn(sessions::seat))
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
    desks: ReadersDesks,
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
        .app_data(desks.copies)
        .app_data(desks.packs)
        .app_data(desks.cards)
        .app_data(desks.papers)
        .wrap(from_fn(notice::tell))
        .configure(public::routes)
        .default_service(web::to(nothing_here))
}

/// The same handlers as readers reach, with a clock that stands at the instant, and no cache.
fn time_machine(room: &Room, desks: &ReadersDesks) -> TimeMachine {
    let (room, desks) = (room.clone(), desks.clone());
    TimeMachine(Box::new(move |at, address| {
        let (room, desks) = (room.clone(), desks.clone());
        Box::pin(async move {
            let service = init_service(readers(room, Clock::standing_at(at), desks)).await;
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
