//! Sign in and out: slowed after failures, the same answer for an unknown address, a new key each time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use actix_session::SessionExt;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use tokio::sync::Semaphore;

use super::view::Field;
use crate::accounts::password::{self, PasswordError};
use crate::accounts::sign_in::Throttle;
use crate::accounts::{Email, Password, PasswordHash, Person};
use crate::clock::Clock;
use crate::storage::{ReadStore, StorageError, Store, people, room};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{self, PERSON};
use crate::web::view::Assets;
use crate::web::{Fields, Freshness, Problem, Query, Sent, Staff, page, paths, see_other};

/// Hashing takes 19 MiB and a good part of a second's work: at most two at once, off the async
/// threads, and whoever finds the line too long is told so instead of waiting for ever. No client
/// has more than its share of the line, so that one that guesses does not keep others out.
#[derive(Clone)]
pub struct PasswordDesk {
    places: Arc<Semaphore>,
    permits: Arc<Semaphore>,
    /// How many tries of each client stand in the line.
    tries: Arc<Mutex<HashMap<String, usize>>>,
}

/// A try of this client in the line, until it is dropped.
struct Try {
    client: String,
    tries: Arc<Mutex<HashMap<String, usize>>>,
}

impl Drop for Try {
    fn drop(&mut self) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = tries.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                tries.remove(&self.client);
            }
        }
    }
}

impl Default for PasswordDesk {
    fn default() -> Self {
        const AT_ONCE: usize = 2;
        const IN_LINE: usize = 64;
        Self::new(AT_ONCE, IN_LINE)
    }
}

impl PasswordDesk {
    fn new(at_once: usize, in_line: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once + in_line)),
            permits: Arc::new(Semaphore::new(at_once)),
            tries: Arc::default(),
        }
    }

    /// A client's place in the line, unless it has its share already.
    fn begins(&self, client: &str) -> Result<Try, Problem> {
        const SHARE: usize = 8;
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let count = tries.entry(client.to_owned()).or_default();
        if *count == SHARE {
            return Err(Problem::Busy);
        }
        *count += 1;
        Ok(Try {
            client: client.to_owned(),
            tries: Arc::clone(&self.tries),
        })
    }

    pub async fn hash(&self, password: Password) -> Result<PasswordHash, Problem> {
        let hash: Result<_, PasswordError> = self.alone(move || password.hash()).await?;
        hash.map_err(Problem::broken)
    }

    async fn is_right(
        &self,
        typed: Password,
        (hash, one_try): (Option<PasswordHash>, Try),
    ) -> Result<bool, Problem> {
        self.alone(move || {
            let is_right = password::is_right(&typed, hash.as_ref());
            drop(one_try);
            is_right
        })
        .await
    }

    async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_line_is_full| Problem::Busy)?;
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(Problem::broken)?;
        // Both belong to the work: it goes on when whoever asked for it hangs up.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop((place, permit));
            done
        })
        .await
        .map_err(Problem::broken)
    }
}

#[derive(Template)]
#[template(path = "admin/sign_in.html")]
struct SignInPage {
    assets: Assets,
    room_name: String,
    mail: Field,
    password: Field,
    problem: String,
    next: String,
}

async fn sign_in_page(
    read: &ReadStore,
    fields: &Fields,
    problem: &str,
) -> Result<SignInPage, Problem> {
    let frame = read
        .read(move |tx| Ok::<_, Problem>(room::frame(tx)?))
        .await?;
    let frame = frame.ok_or(Problem::NotOpenYet)?;
    Ok(SignInPage {
        assets: super::plain_assets(Some(&frame)),
        room_name: frame.room.name.as_str().to_owned(),
        mail: Field {
            value: fields.get("mail").to_owned(),
            error: String::new(),
        },
        password: Field::default(),
        problem: problem.to_owned(),
        next: fields.get("next").to_owned(),
    })
}

pub(super) async fn open(query: Query, read: Data<ReadStore>) -> Answer {
    let sign_in = sign_in_page(&read, &query.0, "").await?;
    page(&sign_in, Freshness::Never)
}

/// The names under which failures are counted: the account that was tried and the client's address.
fn names(request: &HttpRequest, fields: &Fields) -> [String; 2] {
    let mail = fields.get("mail").trim().to_lowercase();
    let account: String = mail.chars().take(Email::LONGEST).collect();
    [
        format!("account {account}"),
        format!("client {}", client(request)),
    ]
}

/// Where the request comes from. Only a proxy on this machine is believed when it names somebody else.
fn client(request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else {
        return String::new();
    };
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .filter(|_| peer.is_loopback())
        .and_then(|value| value.to_str().ok())
        .and_then(|hops| hops.rsplit(',').next())
        .and_then(|hop| hop.trim().parse::<IpAddr>().ok());
    network(forwarded.unwrap_or(peer)).to_string()
}

/// Who has one IPv6 address has the 2^64 of its network.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

pub(super) async fn send(
    request: HttpRequest,
    form: Sent,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    (throttle, passwords): (Data<Throttle>, Data<PasswordDesk>),
) -> Answer {
    const WRONG: &str = "The mail address or the password is not right.";
    let names = names(&request, &form.0);
    throttle.begins(&names, clock.now());
    tokio::time::sleep(throttle.wait(&names, clock.now())).await;
    let [account, client] = &names;
    let one_try = passwords.begins(client)?;
    let Some(person) = check(&form.0, &read, (&passwords, one_try)).await? else {
        let again = sign_in_page(&read, &form.0, WRONG).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    throttle.succeeded(account, client);
    let session = request.get_session();
    session.clear();
    session.renew();
    session
        .insert(PERSON, person.id.get())
        .map_err(Problem::broken)?;
    let next = form.0.get("next");
    see_other(if paths::is_admin_page(next) {
        next
    } else {
        paths::MY_WORK
    })
}

/// The person whose password this is. The same work is done where nobody has the address.
async fn check(
    fields: &Fields,
    read: &ReadStore,
    (passwords, one_try): (&PasswordDesk, Try),
) -> Result<Option<Person>, Problem> {
    let email: Option<Email> = fields.get("mail").parse().ok();
    let known = match email {
        Some(email) => read.read(move |tx| people::by_email(tx, &email)).await?,
        None => Ok::<_, StorageError>(None)?,
    };
    let (person, hash) = known.unzip();
    let typed: String = fields
        .get("password")
        .chars()
        .take(Password::LONGEST)
        .collect();
    let typed = Password::attempt(&typed);
    let right = passwords.is_right(typed, (hash, one_try)).await?;
    Ok(person.filter(|_| right))
}

pub(super) async fn sign_out(request: HttpRequest, _staff: Staff, store: Data<Store>) -> Answer {
    sessions::end(&request, &store).await?;
    see_other(paths::SIGN_IN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client_of(peer: &str, forwarded: &str) -> String {
        let request = TestRequest::default()
            .peer_addr(peer.parse().unwrap())
            .insert_header(("x-forwarded-for", forwarded));
        client(&request.to_http_request())
    }

    #[actix_web::test]
    async fn a_line_that_is_too_long_is_told_so() {
        let desk = PasswordDesk::new(1, 1);
        let hash = || desk.hash(Password::attempt("correct horse battery"));
        let (one, two, three) = tokio::join!(hash(), hash(), hash());
        assert!(one.is_ok() && two.is_ok());
        assert!(matches!(three, Err(Problem::Busy)));
        assert!(hash().await.is_ok(), "a place that was left is free");
    }

    #[test]
    fn a_client_has_its_share_of_the_line_and_leaves_room_for_others() {
        let desk = PasswordDesk::default();
        let many: Vec<_> = (0..8).map(|_| desk.begins("client a").unwrap()).collect();
        assert!(matches!(desk.begins("client a"), Err(Problem::Busy)));
        assert!(desk.begins("client b").is_ok());
        drop(many);
        assert!(desk.begins("client a").is_ok());
        assert!(desk.tries.lock().unwrap().is_empty());
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        assert_eq!(
            client_of("127.0.0.1:5", "198.51.100.1, 203.0.113.7"),
            "203.0.113.7"
        );
        assert_eq!(client_of("[::1]:5", "2001:db8::7"), "2001:db8::");
        assert_eq!(client_of("[2001:db8:0:1:2::7]:5", ""), "2001:db8:0:1::");
        assert_eq!(client_of("192.0.2.9:5", "203.0.113.7"), "192.0.2.9");
        assert_eq!(client_of("127.0.0.1:5", "unknown"), "127.0.0.1");
    }
}
