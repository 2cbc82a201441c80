//! The way out: problems get their one shape, every answer its headers, and the log its line.

use super::{Answered, Desk, Incoming};
use crate::language::{self, Language};
use crate::problem::Problem;
use crate::trace::TRACEPARENT;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    HeaderMap, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, ResponseError};
use std::fmt;

/// A problem is a problem now; what a route answers may be kept by the caller, and asked about by its tag.
const NEVER_KEPT: HeaderValue = HeaderValue::from_static("no-store");
const ASK_FIRST: HeaderValue = HeaderValue::from_static("private, no-cache");
const TRACE_HEADER: HeaderName = HeaderName::from_static(TRACEPARENT);

/// Gives a problem its shape, whoever answered it; returns what the log is told of its cause.
pub(super) fn seal<B: MessageBody + 'static>(
    incoming: &Incoming,
    response: HttpResponse<EitherBody<B>>,
) -> (HttpResponse<EitherBody<B>>, Option<String>) {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return (response, None);
    }
    let language = language::preferred(incoming.language.as_ref());
    let error = response.error();
    let (body, cause) = if let Some(problem) = error.and_then(|error| error.as_error::<Problem>()) {
        (written(problem, language, incoming), problem.cause().map(str::to_owned))
    } else {
        let cause = error.filter(|_| status.is_server_error()).map(ToString::to_string);
        (written(&Problem::of_status(status), language, incoming), cause)
    };
    let mut response = response.map_body(|_, _| EitherBody::right(BoxBody::new(body)));
    let headers = response.headers_mut();
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language::tag(language)));
    headers.insert(CACHE_CONTROL, NEVER_KEPT);
    (response, cause)
}

fn written(problem: &Problem, language: Language, incoming: &Incoming) -> Vec<u8> {
    let body = problem.body(language, incoming.uri.path(), &incoming.trace.id);
    // A body of strings and numbers always serialises; if it ever did not, the status would still tell.
    serde_json::to_vec(&body).unwrap_or_default()
}

impl Desk {
    /// What every answer tells.
    pub(super) fn stamp(&self, incoming: &Incoming, headers: &mut HeaderMap) {
        if let Ok(parent) = HeaderValue::from_str(&incoming.trace.parent()) {
            headers.insert(TRACE_HEADER, parent);
        }
        if let Some(charge) = &incoming.charge {
            self.quotas.tell(charge, headers);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if !headers.contains_key(CONTENT_SECURITY_POLICY) {
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'none'"));
        }
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, ASK_FIRST);
        }
    }

    /// One line and one measure for each request: never a body, a query or a header of the caller's.
    pub(super) fn note(&self, incoming: &Incoming, answered: &Answered<'_>) {
        let taken = incoming.begun.elapsed();
        self.meters.end(incoming.method, answered.route, answered.status, taken);
        let micros = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX);
        if answered.status.is_server_error() {
            failed(incoming, answered, micros);
        } else {
            done(incoming, answered, micros);
        }
    }
}

fn done(incoming: &Incoming, answered: &Answered<'_>, micros: u64) {
    let Answered { route, client, status, .. } = answered;
    let (method, trace, status) = (incoming.method, &incoming.trace.id, status.as_u16());
    tracing::info!(method, route, status, micros, trace, client, "answered");
}

fn failed(incoming: &Incoming, answered: &Answered<'_>, micros: u64) {
    let Answered { route, client, status, cause } = answered;
    let (method, trace, status) = (incoming.method, &incoming.trace.id, status.as_u16());
    let cause = cause.as_deref().unwrap_or("-");
    tracing::error!(method, route, status, micros, trace, client, cause, "answered");
}

/// An answer that travels as an error, because the request it belongs to is gone.
pub(super) struct Sealed {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl From<HttpResponse<EitherBody<BoxBody>>> for Sealed {
    fn from(response: HttpResponse<EitherBody<BoxBody>>) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().try_into_bytes().map(Vec::from).unwrap_or_default();
        Self { status, headers, body }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({})", self.status)
    }
}

impl fmt::Display for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answered with {}", self.status)
    }
}

impl ResponseError for Sealed {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::with_body(self.status, BoxBody::new(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        response
    }
}
