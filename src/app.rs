//! Builds everything from a [`Config`]: store, clock, routes, the order of the middleware; then runs.

use std::net::TcpListener;

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession, TtlExtensionPolicy};
use actix_web::cookie::{Key, SameSite, time::Duration};
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};

use crate::accounts::password;
use crate::accounts::sign_in::Throttle;
use crate::admin::{self, mails::SendsMail, set_up::SetUpToken, sign_in::PasswordDesk};
use crate::clock::Clock;
use crate::public::{self, PublicAddress};
use crate::storage::{ReadStore, Store};
use crate::telemetry;
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
    pub fn serve(self, listener: TcpListener) -> std::io::Result<Server> {
        const FINISH_WITHIN_SECONDS: u64 = 30;
        let workers = self.workers;
        password::prepare();
        let throttle = Data::new(Throttle::default());
        let passwords = Data::new(PasswordDesk::default());
        let intake = Data::new(admin::intake::IntakeDesk::default());
        Ok(HttpServer::new(move || {
            let room = self.clone();
            App::new()
                .app_data(Data::new(room.store.clone()))
                .app_data(Data::new(room.read.clone()))
                .app_data(Data::new(room.clock.clone()))
                .app_data(Data::new(PublicAddress(room.address.clone())))
                .app_data(Data::new(room.set_up.clone()))
                .app_data(Data::new(SendsMail(room.sends_mail)))
                .app_data(throttle.clone())
                .app_data(passwords.clone())
                .app_data(intake.clone())
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
                .configure(public::routes)
                .default_service(web::to(nothing_here))
        })
        .workers(workers)
        .shutdown_timeout(FINISH_WITHIN_SECONDS)
        .listen(listener)?
        .run())
    }

    fn sessions(&self) -> SessionMiddleware<Sessions> {
        const HOURS: i64 = 24;
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
                    .session_ttl(Duration::hours(HOURS))
                    .session_ttl_extension_policy(TtlExtensionPolicy::OnStateChanges),
            )
            .build()
    }
}

async fn nothing_here() -> Result<actix_web::HttpResponse, Problem> {
    Err(Problem::NotFound)
}
