//! Stands before the whole program: answers readers out of memory, and hands on what is not there.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_http::{Request, Response, StatusCode};
use actix_web::body::{BodySize, EitherBody, MessageBody, to_bytes};
use actix_web::dev::{AppConfig, Service, ServiceFactory, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage};
use futures_util::future::{Either, Ready, ready};

use super::answer::{self, Answer, Wish};
use super::{Found, PageCache, asked};
use crate::operation::meters::Worker;
use crate::web::doors::{Answering, InFlight};
use crate::web::page::{KeptElsewhere, Shown};
use crate::web::problem::Problem;

/// A program with the cache before it.
pub(super) struct Cached<F> {
    program: F,
    cache: Arc<PageCache>,
}

impl<F> Cached<F> {
    pub(super) fn before(program: F, cache: Arc<PageCache>) -> Self {
        Self { program, cache }
    }
}

type Body<B> = EitherBody<Bytes, B>;
type Later<T> = Pin<Box<dyn Future<Output = T>>>;

impl<F, B> ServiceFactory<Request> for Cached<F>
where
    F: ServiceFactory<Request, Config = AppConfig, Response = ServiceResponse<B>, Error = Error>,
    F::Service: 'static,
    F::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = Response<Body<B>>;
    type Error = Error;
    type Config = AppConfig;
    type Service = CachedService<F::Service>;
    type InitError = F::InitError;
    type Future = Later<Result<Self::Service, Self::InitError>>;

    fn new_service(&self, config: AppConfig) -> Self::Future {
        let (program, cache) = (self.program.new_service(config), self.cache.clone());
        Box::pin(async move {
            let worker = cache.meters.worker();
            Ok(CachedService {
                program: Rc::new(program.await?),
                cache,
                worker,
            })
        })
    }
}

pub(super) struct CachedService<S> {
    program: Rc<S>,
    cache: Arc<PageCache>,
    worker: Arc<Worker>,
}

impl<S> CachedService<S> {
    /// The program itself.
    pub(super) fn program(&self) -> &S {
        &self.program
    }

    /// What this worker counts.
    pub(super) fn worker(&self) -> &Worker {
        &self.worker
    }
}

impl<S, B> Service<Request> for CachedService<S>
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = Response<Body<B>>;
    type Error = Error;
    type Future =
        Either<Ready<Result<Self::Response, Error>>, Later<Result<Self::Response, Error>>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.program.poll_ready(context)
    }

    fn call(&self, request: Request) -> Self::Future {
        let Some(address) = asked::address(&request) else {
            let in_flight = in_flight(&request);
            let answered = self.program.call(request);
            return Either::Right(Box::pin(async move {
                let answered = answered.await;
                drop(in_flight);
                Ok(handed_on(answered?))
            }));
        };
        if let Some(answer) = self.cache.get(&address)
            && !answer.in_pieces
        {
            return Either::Left(ready(Ok(kept(&answer, &request, &self.worker))));
        }
        let address = address.into_owned();
        let (program, cache) = (self.program.clone(), self.cache.clone());
        let worker = self.worker.clone();
        Either::Right(Box::pin(async move {
            let _in_flight = in_flight(&request);
            match filled(&*program, &cache, &address).await? {
                Filled::Kept(answer) if answer.in_pieces => {
                    Ok(handed_on(program.call(request).await?))
                }
                Filled::Kept(answer) => Ok(kept(&answer, &request, &worker)),
                Filled::Other(response) => Ok(response.map_body(|_, body| EitherBody::left(body))),
            }
        }))
    }
}

/// What came of an address that nothing true was kept of.
pub(super) enum Filled {
    Kept(Arc<Answer>),
    /// For this one request.
    Other(Response<Bytes>),
}

/// Lays the page out, or waits for whoever does.
pub(super) async fn filled<S, B>(
    program: &S,
    cache: &PageCache,
    address: &str,
) -> Result<Filled, Error>
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    let bare = asked::bare(address).ok_or(Problem::NotFound)?;
    let free = match cache.find(address).await {
        Some(Found::Kept(answer)) => return Ok(Filled::Kept(answer)),
        Some(Found::LayOut(free)) => free,
        None => return Err(Problem::Busy.into()),
    };
    let began = cache.begin();
    let response = program.call(bare).await?;
    let (status, mut headers) = (response.status(), response.headers().clone());
    let shown = response.response().extensions().get::<Shown>().cloned();
    let is_kept_elsewhere = response.response().extensions().contains::<KeptElsewhere>();
    if let BodySize::Sized(bytes) = response.response().body().size()
        && let Ok(bytes) = usize::try_from(bytes)
        && bytes > PageCache::LARGEST_ANSWER
        && status == StatusCode::OK
    {
        let lasts = cache.lasts(began, (status, &mut headers), &[]).await?;
        let answer = Answer::in_pieces(&headers);
        return Ok(Filled::Kept(cache.keep(free, lasts, answer)));
    }
    let body = to_bytes(response.into_body())
        .await
        .map_err(|_broke_off| Problem::Busy)?;
    if answer::may_be_kept(status, &headers) {
        let shown = shown.map_or_else(Vec::new, |shown| shown.0);
        let lasts = cache.lasts(began, (status, &mut headers), &shown).await?;
        let answer = Answer::of(status, &headers, &body);
        cache.meters.lays_out();
        if is_kept_elsewhere {
            return Ok(Filled::Kept(Arc::new(answer)));
        }
        return Ok(Filled::Kept(cache.keep(free, lasts, answer)));
    }
    let mut response = Response::with_body(status, body);
    *response.headers_mut() = headers;
    Ok(Filled::Other(response))
}

/// Counts the request among those that its connection has under way.
fn in_flight(request: &Request) -> Option<Answering> {
    request.conn_data::<InFlight>().map(InFlight::begins)
}

fn handed_on<B>(response: ServiceResponse<B>) -> Response<Body<B>> {
    Response::from(response).map_body(|_, body| EitherBody::right(body))
}

fn kept<B>(answer: &Answer, request: &Request, worker: &Worker) -> Response<Body<B>> {
    let text = |name: HeaderName| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let only_head = *request.method() == Method::HEAD;
    let wish = Wish {
        accept_encoding: text(header::ACCEPT_ENCODING),
        if_none_match: text(header::IF_NONE_MATCH),
        // A head has no parts (RFC 9110, 14.2).
        range: if only_head { "" } else { text(header::RANGE) },
        if_range: text(header::IF_RANGE),
    };
    let response = answer.respond(&wish);
    let bytes = if only_head { 0 } else { response.body().len() };
    worker.answered(response.status().as_u16(), bytes);
    response.map_body(|_, body| EitherBody::left(body))
}
