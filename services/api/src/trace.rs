//! The trace that a request belongs to (W3C Trace Context): taken over from the caller, or begun here.

use crate::problem::Problem;
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};

/// The header of W3C Trace Context, both ways.
pub(crate) const TRACEPARENT: &str = "traceparent";

/// One request's place in its trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    /// 32 hexadecimal digits, the same in answer, log, problem and event.
    pub id: String,
    /// This request's own span: 16 hexadecimal digits.
    pub span: String,
    /// The caller's wish, passed on and otherwise without effect: a stranger must not decide what is costly.
    sampled: bool,
}

impl Trace {
    /// Malformed headers are passed over, as the standard asks, and a new trace begins.
    pub(crate) fn begin(headers: &HeaderMap, drawn: [u8; 32]) -> Self {
        let [for_trace, for_span] = numbers(drawn);
        let mut given = headers.get_all(TRACEPARENT);
        let first = given.next().filter(|_| given.next().is_none());
        let taken = first.and_then(|value| value.to_str().ok()).and_then(taken_over);
        let (id, sampled) =
            taken.map_or_else(|| (format!("{for_trace:032x}"), false), |(id, on)| (id.to_owned(), on));
        Self { id, span: format!("{:016x}", for_span >> 64), sampled }
    }

    /// What the answer tells: the trace, and the span of this service in it.
    pub(crate) fn parent(&self) -> String {
        let flags = if self.sampled { "01" } else { "00" };
        ["00", &self.id, &self.span, flags].join("-")
    }
}

/// Reads `version-trace-parent-flags`; a version to come may have more after the four.
fn taken_over(value: &str) -> Option<(&str, bool)> {
    let mut parts = value.trim().split('-');
    let (version, id) = (parts.next()?, parts.next()?);
    let (parent, flags) = (parts.next()?, parts.next()?);
    let known = version != "00" || parts.next().is_none();
    let widths = [(version, 2), (id, 32), (parent, 16), (flags, 2)];
    let well_formed = known && version != "ff" && widths.iter().all(|(part, width)| is_hex(part, *width));
    let named = [id, parent].iter().all(|part| part.bytes().any(|digit| digit != b'0'));
    let sampled = u8::from_str_radix(flags, 16).is_ok_and(|flags| flags & 1 == 1);
    (well_formed && named).then_some((id, sampled))
}

fn is_hex(part: &str, width: usize) -> bool {
    part.len() == width && part.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

/// The bytes drawn as two numbers, the first byte the highest.
fn numbers(drawn: [u8; 32]) -> [u128; 2] {
    let (first, second) = drawn.split_at(16);
    [first, second].map(|half| half.iter().fold(0, |number, byte| number << 8 | u128::from(*byte)))
}

impl FromRequest for Trace {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trace = request.extensions().get::<Self>().cloned();
        ready(trace.ok_or_else(|| Problem::Bug { cause: "a route stands outside the envelope".to_owned() }))
    }
}
