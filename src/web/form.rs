//! What a browser sent: fields by name, a number in the address, a query; each with its limits.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::paths;
use super::problem::Problem;
use crate::keys::hex;

/// The fields of a form or a query, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
}

impl Fields {
    const MOST: usize = 400;

    pub fn parse(encoded: &[u8]) -> Result<Self, Problem> {
        let pairs: Vec<_> = form_urlencoded::parse(encoded)
            .into_owned()
            .take(Self::MOST + 1)
            .collect();
        if pairs.len() > Self::MOST {
            return Err(Problem::TooLarge);
        }
        Ok(Self { pairs })
    }

    /// The first value of that name, or empty text.
    pub fn get(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find_map(|(known, value)| (known == name).then_some(value.as_str()))
            .unwrap_or_default()
    }

    /// Every value of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter_map(move |(known, value)| (known == name).then_some(value.as_str()))
    }

    /// The key that makes this form one of its kind. A form of ours always has one.
    ///
    /// After a dot comes what the form holds: one that comes again with other words (a load that
    /// was stopped, a page out of the browser's memory) is another sending, and never taken for the first.
    pub fn form_key(&self) -> Result<String, Problem> {
        let key = self.get("form_key");
        let is_ours = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_ours {
            return Err(Problem::Malformed);
        }
        let mut held = Sha256::new();
        for (name, value) in &self.pairs {
            for text in [name, value] {
                held.update(text.len().to_le_bytes());
                held.update(text.as_bytes());
            }
        }
        Ok(format!("{key}.{}", hex(&held.finalize())))
    }

    /// Whether there is a field of that name.
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == name)
    }

    /// The fields as one text, which [`parse`](Self::parse) reads back.
    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.pairs)
            .finish()
    }

    /// Adds a value of that name behind those that are there.
    pub fn set(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    /// Every pair but those of one name.
    pub fn but(&self, name: &str) -> Vec<(String, String)> {
        let others = self.pairs.iter().filter(|(known, _)| known != name);
        others.cloned().collect()
    }

    /// These fields with all values of one name taken from others.
    #[must_use]
    pub fn with(mut self, name: &str, from: &Self) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        for value in from.all(name) {
            self.set(name, value);
        }
        self
    }

    /// The number of the page that a list is asked for, from 1.
    pub fn page(&self) -> u64 {
        self.get("page")
            .parse()
            .ok()
            .filter(|page| (1..=1_000_000).contains(page))
            .unwrap_or(1)
    }
}

/// A form that was sent.
#[derive(Debug)]
pub struct Sent(pub Fields);

impl Sent {
    /// The longest body, 200,000 characters, percent-encoded in signs of four bytes, and all else.
    const LARGEST: usize = 4 * 1024 * 1024;
    /// What somebody may send who is not signed in: a mail address, a password, a name.
    const LARGEST_OF_STRANGERS: usize = 16 * 1024;
    /// Long enough for a long text over a bad line; nobody holds a place longer.
    const PATIENCE: Duration = Duration::from_mins(2);

    fn largest(request: &HttpRequest) -> usize {
        if paths::is_door(request.path()) {
            Self::LARGEST_OF_STRANGERS
        } else {
            Self::LARGEST
        }
    }
}

impl FromRequest for Sent {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let readable = request.content_type() == "application/x-www-form-urlencoded";
        let (payload, largest) = (payload.take(), Self::largest(request));
        Box::pin(async move {
            if !readable {
                return Err(Problem::Malformed);
            }
            let body = tokio::time::timeout(Self::PATIENCE, all_of(payload, largest))
                .await
                .map_err(|_elapsed| Problem::TooSlow)??;
            Fields::parse(&body).map(Self)
        })
    }
}

async fn all_of(mut payload: Payload, largest: usize) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_cut_off| Problem::Malformed)?;
        if body.len() + chunk.len() > largest {
            return Err(Problem::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The query of an address.
#[derive(Debug)]
pub struct Query(pub Fields);

impl FromRequest for Query {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Fields::parse(request.query_string().as_bytes()).map(Self))
    }
}

/// The `{number}` of an address; anything else there is an address that does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<T>(pub T);

impl<T: FromStr> FromRequest for Numbered<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let number = request
            .match_info()
            .get("number")
            .and_then(|text| text.parse().ok());
        ready(number.map(Self).ok_or(Problem::NotFound))
    }
}

/// What is wrong with a form, field by field.
#[derive(Clone, Debug, Default)]
pub struct FieldErrors {
    errors: Vec<(String, String)>,
}

impl FieldErrors {
    /// The value, or nothing and a remembered complaint.
    pub fn take<T, E: std::fmt::Display>(
        &mut self,
        field: &str,
        result: Result<T, E>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, error.to_string());
                None
            }
        }
    }

    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push((field.to_owned(), message.into()));
    }

    pub fn of(&self, field: &str) -> &str {
        self.errors
            .iter()
            .find_map(|(known, message)| (known == field).then_some(message.as_str()))
            .unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.errors
            .iter()
            .map(|(field, message)| (field.as_str(), message.as_str()))
    }
}
