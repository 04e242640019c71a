//! Who somebody is: a password is checked, slowed after failures, with the same work for an unknown address.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::password_desk::{PasswordDesk, Try};
use crate::accounts::passkey::PasskeyDesk;
use crate::accounts::sign_in::Throttle;
use crate::accounts::{Email, Password, PasswordHash, Person, Seal};
use crate::clock::Clock;
use crate::desk::factors::{self, CodeAnswer};
use crate::storage::{ReadStore, StorageError, Store, people};
use crate::web::Problem;
use crate::web::doors::client;

/// Everything that it takes to check a password or a code.
pub(super) struct Doorkeeper {
    pub(super) read: Data<ReadStore>,
    pub(super) store: Data<Store>,
    pub(super) seal: Data<Seal>,
    pub(super) passkeys: Data<PasskeyDesk>,
    pub(super) clock: Data<Clock>,
    throttle: Data<Throttle>,
    passwords: Data<PasswordDesk>,
}

impl FromRequest for Doorkeeper {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = || {
            Some(Self {
                read: request.app_data::<Data<ReadStore>>()?.clone(),
                store: request.app_data::<Data<Store>>()?.clone(),
                seal: request.app_data::<Data<Seal>>()?.clone(),
                passkeys: request.app_data::<Data<PasskeyDesk>>()?.clone(),
                clock: request.app_data::<Data<Clock>>()?.clone(),
                throttle: request.app_data::<Data<Throttle>>()?.clone(),
                passwords: request.app_data::<Data<PasswordDesk>>()?.clone(),
            })
        };
        ready(found().ok_or(Problem::Busy))
    }
}

impl Doorkeeper {
    /// The person of this address, if the password is theirs.
    pub(super) async fn knows(
        &self,
        request: &HttpRequest,
        (mail, typed): (&str, &str),
    ) -> Result<Option<Person>, Problem> {
        let client = client(request);
        let names = names(mail, &client);
        self.slow_down(&names).await;
        let one_try = self.passwords.begins(&client)?;
        let email: Option<Email> = mail.parse().ok();
        let known = match email {
            Some(email) => {
                self.read
                    .read(move |tx| people::by_email(tx, &email))
                    .await?
            }
            None => Ok::<_, StorageError>(None)?,
        };
        let (person, hash) = known.unzip();
        let typed: String = typed.chars().take(Password::LONGEST).collect();
        let typed = Password::attempt(&typed);
        let tried = (hash.flatten(), one_try);
        let right = self.passwords.is_right(typed, tried).await?;
        let [account, client] = &names;
        if right {
            self.throttle.succeeded(account, client);
        }
        Ok(person.filter(|_| right))
    }

    /// Whether this code is the person's. Codes cost no work, so the account itself makes pauses;
    /// the client is slowed down as with passwords.
    pub(super) async fn takes_code(
        &self,
        request: &HttpRequest,
        (person, typed): (&Person, &str),
    ) -> Result<CodeAnswer, Problem> {
        let names = [
            format!("codes of {}", person.id),
            format!("client {}", client(request)),
        ];
        self.slow_down(&names).await;
        let (person, seal, now) = (person.clone(), self.seal.clone(), self.clock.now());
        let typed: String = typed.chars().take(Password::LONGEST).collect();
        let answer = self
            .store
            .jot(move |tx| factors::check(tx, (&person, &typed), &seal, now))
            .await?;
        if matches!(answer, CodeAnswer::OfApp | CodeAnswer::Recovery { .. }) {
            let [account, client] = &names;
            self.throttle.succeeded(account, client);
        }
        Ok(answer)
    }

    /// One of the few tries that a client may have under way at once.
    pub(super) fn begins(&self, request: &HttpRequest) -> Result<Try, Problem> {
        self.passwords.begins(&client(request))
    }

    /// Slows a client down that asks again and again for something that costs no password.
    pub(super) async fn slows(&self, request: &HttpRequest) {
        self.slow_down(&[format!("client {}", client(request))])
            .await;
    }

    async fn slow_down(&self, names: &[String]) {
        let now = self.clock.now();
        self.throttle.begins(names, now);
        tokio::time::sleep(self.throttle.wait(names, now)).await;
    }

    pub(super) async fn hash(&self, password: Password) -> Result<PasswordHash, Problem> {
        self.passwords.hash(password).await
    }
}

/// The names under which failures are counted: the account that was tried and the client's address.
fn names(mail: &str, client: &str) -> [String; 2] {
    let mail = mail.trim().to_lowercase();
    let account: String = mail.chars().take(Email::LONGEST).collect();
    [format!("account {account}"), format!("client {client}")]
}
