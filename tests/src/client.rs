//! A caller over HTTP: asks with a token of the moment, and reads what is answered.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]
#![expect(clippy::indexing_slicing, reason = "what is absent from a JSON value reads as null")]
#![expect(
    clippy::return_self_not_must_use,
    reason = "that it was granted, or refused, may be all there is to say"
)]

use crate::world::{Clock, token};
use event_log::Rim;
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

const ROOT: &str = "/samlad/v1/";

static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
    config.build().new_agent()
});

/// Somebody who calls.
#[derive(Clone)]
pub struct Caller {
    base: String,
    subject: Option<String>,
    clock: Arc<Clock>,
}

/// A request, before anybody has made it.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Vec<u8>>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// The body as JSON; null where it is none.
    pub body: Value,
    asked: String,
}

impl Ask {
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), headers: Vec::new(), body: None }
    }

    /// With a key that nobody has used.
    pub fn post(path: impl Into<String>, body: &Value) -> Self {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let key = format!("key-{:08}", KEYS.fetch_add(1, Ordering::Relaxed));
        let ask = Self { method: "POST", path: path.into(), headers: Vec::new(), body: None };
        ask.json(body).with("Idempotency-Key", key)
    }

    pub fn put(path: impl Into<String>, version: i64, body: &Value) -> Self {
        let ask = Self { method: "PUT", path: path.into(), headers: Vec::new(), body: None };
        ask.json(body).with("If-Match", format!("\"{version}\""))
    }

    pub fn delete(path: impl Into<String>, version: i64) -> Self {
        let ask = Self { method: "DELETE", path: path.into(), headers: Vec::new(), body: None };
        ask.with("If-Match", format!("\"{version}\""))
    }

    #[must_use]
    pub fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(name, _)| *name != header);
        self.headers.push((header, value.into()));
        self
    }

    #[must_use]
    pub fn without(mut self, header: &'static str) -> Self {
        self.headers.retain(|(name, _)| *name != header);
        self
    }

    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string())
    }

    #[must_use]
    pub fn bytes(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.with("Content-Type", kind)
    }
}

impl Caller {
    pub(crate) fn new(base: &str, subject: Option<&str>, clock: &Arc<Clock>) -> Self {
        Self { base: base.to_owned(), subject: subject.map(str::to_owned), clock: Arc::clone(clock) }
    }

    pub fn get(&self, path: impl Into<String>) -> Answer {
        self.send(&Ask::get(path))
    }

    pub fn post(&self, path: impl Into<String>, body: &Value) -> Answer {
        self.send(&Ask::post(path, body))
    }

    pub fn put(&self, path: impl Into<String>, version: i64, body: &Value) -> Answer {
        self.send(&Ask::put(path, version, body))
    }

    /// Makes a request. A path that does not begin with a slash lies under the API's root.
    #[track_caller]
    pub fn send(&self, ask: &Ask) -> Answer {
        let root = if ask.path.starts_with('/') { "" } else { ROOT };
        let mut request =
            Request::builder().method(ask.method).uri(format!("{}{root}{}", self.base, ask.path));
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        if let Some(subject) = &self.subject {
            request = request.header("Authorization", format!("Bearer {}", token(subject, self.clock.now())));
        }
        let answered = match ask.body.clone() {
            Some(body) => AGENT.run(request.body(body).unwrap()),
            None => AGENT.run(request.body(()).unwrap()),
        };
        let mut answered = answered.unwrap();
        let text = answered.body_mut().read_to_string().unwrap();
        let who = self.subject.as_deref().unwrap_or("nobody");
        let answer = Answer {
            status: answered.status().as_u16(),
            headers: answered.headers().clone(),
            body: serde_json::from_str(&text).unwrap_or_default(),
            text,
            asked: format!("{who}: {} {}", ask.method, ask.path),
        };
        assert!(answer.status < 500, "{answer:?}");
        answer
    }
}

impl Answer {
    /// It was granted.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!((200..300).contains(&self.status), "{} → {} {}", self.asked, self.status, self.text);
        self
    }

    /// It was refused, with this status and code, in the form of RFC 9457.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let told = format!("{} → {} {}", self.asked, self.status, self.text);
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{told}");
        self.problem()
    }

    /// It is a problem by RFC 9457, in one shape.
    #[track_caller]
    pub fn problem(self) -> Self {
        let told = format!("{} → {} {}", self.asked, self.status, self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{told}");
        assert_eq!(self.body["status"], self.status, "{told}");
        for member in ["type", "title", "detail", "instance", "code", "traceId"] {
            assert!(self.body[member].as_str().is_some_and(|said| !said.is_empty()), "{member} of {told}");
        }
        let kind = self.body["type"].as_str().unwrap();
        assert!(kind.ends_with(self.body["code"].as_str().unwrap()), "{told}");
        self
    }

    /// What a header says; nothing where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The version that the entity tag says.
    #[track_caller]
    pub fn version(&self) -> i64 {
        self.header("etag").trim_matches('"').split('.').next().unwrap().parse().unwrap()
    }

    /// The identity of what was made: the last part of its address.
    #[track_caller]
    pub fn id(&self) -> String {
        self.header("location").rsplit('/').next().unwrap().to_owned()
    }

    /// Where the programme's log stood after it.
    #[track_caller]
    pub fn position(&self) -> i64 {
        self.body["position"].as_i64().unwrap()
    }
}
