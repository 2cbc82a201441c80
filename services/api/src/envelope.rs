//! What every request passes on its way in and every answer on its way out: trace, quota, measures, the one
//! shape of problems, and one line in the log.

mod outgoing;
#[cfg(test)]
mod tests;

use crate::measure::{self, Meters};
use crate::panicking;
use crate::problem::Problem;
use crate::quota::{Charge, Client, QuotaSettings, Quotas};
use crate::trace::Trace;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::{Error, HttpMessage, HttpResponse};
use event_log::Rim;
use futures_util::future::LocalBoxFuture;
use outgoing::Sealed;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

/// The route of what no route matched, in log and measures: a raw path could carry anything.
const NO_ROUTE: &str = "(none)";

/// The middleware. One is made for the process and cloned into every worker thread: quotas are shared.
#[derive(Clone)]
pub(crate) struct Envelope {
    rim: Arc<dyn Rim>,
    quotas: Arc<Quotas>,
}

impl Envelope {
    /// The proxies are those whose `X-Forwarded-For` is believed; without them, the nearest address is the peer.
    pub(crate) fn new(rim: Arc<dyn Rim>, quota: QuotaSettings, proxies: Vec<IpAddr>) -> Self {
        Self { rim, quotas: Arc::new(Quotas::new(quota, proxies)) }
    }
}

impl<S, B> Transform<S, ServiceRequest> for Envelope
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type InitError = ();
    type Transform = Enveloping<S>;
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, next: S) -> Self::Future {
        let Self { rim, quotas } = self.clone();
        let meters = Rc::new(Meters::default());
        ready(Ok(Enveloping { next: Rc::new(next), desk: Desk { rim, quotas, meters } }))
    }
}

/// The envelope around one worker thread's routes.
pub(crate) struct Enveloping<S> {
    next: Rc<S>,
    desk: Desk,
}

#[derive(Clone)]
struct Desk {
    rim: Arc<dyn Rim>,
    quotas: Arc<Quotas>,
    meters: Rc<Meters>,
}

/// What is kept of a request while it is answered. The request itself must not be: the router needs it alone.
struct Incoming {
    begun: Instant,
    method: &'static str,
    uri: Uri,
    language: Option<HeaderValue>,
    trace: Trace,
    charge: Option<Charge>,
}

/// What the log and the measures are told of an answer.
struct Answered<'a> {
    route: &'a str,
    client: &'a str,
    status: StatusCode,
    cause: Option<String>,
}

impl<S, B> Service<ServiceRequest> for Enveloping<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self::Response, Error>>;

    forward_ready!(next);

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        let next = Rc::clone(&self.next);
        let desk = self.desk.clone();
        Box::pin(async move {
            let incoming = desk.receive(&mut request);
            let under_way = desk.meters.begin(incoming.method);
            let refused = incoming.charge.as_ref().and_then(|charge| charge.refused);
            let outcome = if let Some(retry_after) = refused {
                let response = request.error_response(Problem::TooManyRequests { retry_after });
                Ok(Ok(response.map_into_right_body()))
            } else {
                let answer = panicking::guard(async { next.call(request).await }).await;
                answer.map(|answer| answer.map(ServiceResponse::map_into_left_body))
            };
            drop(under_way);
            match outcome {
                Ok(Ok(response)) => Ok(desk.send(&incoming, response)),
                Ok(Err(error)) => Err(desk.send_bare(&incoming, error)),
                Err(cause) => Err(desk.send_bare(&incoming, Problem::Bug { cause }.into())),
            }
        })
    }
}

impl Desk {
    fn receive(&self, request: &mut ServiceRequest) -> Incoming {
        let head = request.head();
        let incoming = Incoming {
            begun: Instant::now(),
            method: measure::method_label(&head.method),
            uri: head.uri.clone(),
            language: head.headers.get(ACCEPT_LANGUAGE).cloned(),
            trace: Trace::begin(&head.headers, self.rim.draw()),
            charge: self.quotas.charge(head),
        };
        // The codec remembers that it was HEAD, and leaves the body out.
        if head.method == Method::HEAD {
            request.head_mut().method = Method::GET;
        }
        request.extensions_mut().insert(incoming.trace.clone());
        incoming
    }

    /// Closes the envelope of an answer that came from a route, or from no route.
    fn send<B: MessageBody + 'static>(
        &self,
        incoming: &Incoming,
        response: ServiceResponse<EitherBody<B>>,
    ) -> ServiceResponse<EitherBody<B>> {
        let (request, response) = response.into_parts();
        // Where nothing was routed, asking for the route would try every route's pattern on the path.
        let problem = response.error().and_then(|error| error.as_error::<Problem>());
        let unrouted = matches!(problem, Some(Problem::NoSuchRoute | Problem::TooManyRequests { .. }));
        let route = if unrouted { None } else { request.match_pattern() };
        let extensions = request.extensions();
        let client = extensions.get::<Client>();
        if let Some(charge) = &incoming.charge {
            self.quotas.learn(charge, client, response.status());
        }
        let (mut response, cause) = outgoing::seal(incoming, response);
        self.stamp(incoming, response.headers_mut());
        self.note(
            incoming,
            &Answered {
                route: route.as_deref().unwrap_or(NO_ROUTE),
                client: client.map_or("-", |client| &client.0),
                status: response.status(),
                cause,
            },
        );
        drop(extensions);
        ServiceResponse::new(request, response)
    }

    /// Closes the envelope where the request is lost with what was to answer it: after a panic, or an error
    /// of a middleware within.
    fn send_bare(&self, incoming: &Incoming, error: Error) -> Error {
        let response = HttpResponse::from_error(error).map_into_left_body();
        let (mut response, cause) = outgoing::seal(incoming, response);
        self.stamp(incoming, response.headers_mut());
        let status = response.status();
        self.note(incoming, &Answered { route: NO_ROUTE, client: "-", status, cause });
        Sealed::from(response).into()
    }
}
